"""Formats of other office programs, converted by LibreOffice where it is installed."""

from typing import ClassVar

from ess_access.api.reader import Reading, Source

__all__ = ["OfficeReader"]


class OfficeReader:
    """Read what LibreOffice can open, by way of a Word or OpenDocument text."""

    name: ClassVar[str] = "office"
    suffixes: ClassVar[frozenset[str]] = frozenset(
        {".doc", ".dot", ".rtf", ".wps", ".wpd", ".odp", ".ppt", ".pptx", ".sxw", ".pages"}
    )

    def read(self, source: Source) -> Reading:
        """Understand the document.

        Raises MissingError without LibreOffice, SourceError where it cannot convert the file.
        """
        from ess_access.readers._office import read_office

        return read_office(source)
