"""Plain text: pasted web pages, e-mails, files of Windows and of long ago."""

from typing import ClassVar

from ess_access.api.reader import Reading, Source

__all__ = ["TextReader"]


class TextReader:
    """Read text without marks of structure, and infer the structure that people see in it."""

    name: ClassVar[str] = "text"
    suffixes: ClassVar[frozenset[str]] = frozenset({".txt", ".text"})

    def read(self, source: Source) -> Reading:
        """Understand the text. Raises SourceError for an empty or binary file."""
        from ess_access.readers._text import read_text

        return read_text(source)
