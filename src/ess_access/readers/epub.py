"""EPUB books: their chapters in the order of the spine, through the page reader."""

from typing import ClassVar

from ess_access.api.reader import Reading, Source

__all__ = ["EpubReader"]


class EpubReader:
    """Read a book: its text, its notes where they are called, the description of its cover."""

    name: ClassVar[str] = "epub"
    suffixes: ClassVar[frozenset[str]] = frozenset({".epub"})

    def read(self, source: Source) -> Reading:
        """Understand the book.

        Raises SourceError for a file that is no book, is damaged or locked, unfolds beyond the
        limits, or holds nothing.
        """
        from ess_access.readers._epub import read_epub

        return read_epub(source)
