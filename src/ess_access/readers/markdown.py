"""Markdown: CommonMark with tables, footnotes, definitions, boxes and front matter."""

from typing import ClassVar

from ess_access.api.reader import Reading, Source

__all__ = ["MarkdownReader"]


class MarkdownReader:
    """Read Markdown, the HTML within it included."""

    name: ClassVar[str] = "markdown"
    suffixes: ClassVar[frozenset[str]] = frozenset({".md", ".markdown", ".mdown", ".mkd"})

    def read(self, source: Source) -> Reading:
        """Understand the text.

        Raises SourceError for an empty or binary file, one that is nested too deep, and one
        without any content.
        """
        from ess_access.readers._markdown import read_markdown

        return read_markdown(source)
