"""Word documents (Office Open XML, Transitional and Strict), read from their own parts."""

from typing import ClassVar

from ess_access.api.reader import Reading, Source

__all__ = ["DocxReader"]


class DocxReader:
    """Read what a Word document shows: nothing hidden, nothing deleted, descriptions included."""

    name: ClassVar[str] = "docx"
    suffixes: ClassVar[frozenset[str]] = frozenset({".docx", ".docm", ".dotx", ".dotm"})

    def read(self, source: Source) -> Reading:
        """Understand the document.

        Raises SourceError for a file that is no Word document, is damaged or locked by a password,
        unfolds beyond the limits, or holds nothing.
        """
        from ess_access.readers.docx.reading import read_docx

        return read_docx(source)
