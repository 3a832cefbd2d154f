"""PDF files: by their tags where they have them, else by what the page looks like."""

from typing import ClassVar

from ess_access.api.reader import Reading, Source

__all__ = ["PdfReader"]


class PdfReader:
    """Read the text of a PDF; that its structure was guessed is always said."""

    name: ClassVar[str] = "pdf"
    suffixes: ClassVar[frozenset[str]] = frozenset({".pdf"})

    def read(self, source: Source) -> Reading:
        """Understand the file.

        Raises SourceError for a file that is damaged, locked by a password, made of pictures of
        pages alone, or longer than the limits.
        """
        from ess_access.readers.pdf.reading import read_pdf

        return read_pdf(source)
