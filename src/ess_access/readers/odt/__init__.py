"""OpenDocument texts, as LibreOffice writes them, packed or flat."""

from typing import ClassVar

from ess_access.api.reader import Reading, Source

__all__ = ["OdtReader"]


class OdtReader:
    """Read what an OpenDocument text shows, descriptions of pictures included."""

    name: ClassVar[str] = "odt"
    suffixes: ClassVar[frozenset[str]] = frozenset({".odt", ".ott", ".fodt"})

    def read(self, source: Source) -> Reading:
        """Understand the document.

        Raises SourceError for a file that is no OpenDocument text, is damaged or locked by a
        password, unfolds beyond the limits, or holds nothing.
        """
        from ess_access.readers.odt.reading import read_odt

        return read_odt(source)
