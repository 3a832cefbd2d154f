"""HTML pages, saved from the web or written by hand."""

import re
from typing import TYPE_CHECKING, ClassVar

from ess_access.api.reader import Reading, Source

if TYPE_CHECKING:
    from ess_access.readers._html import Content

__all__ = ["HtmlReader"]


class HtmlReader:
    """Read the content of a page: no menu, no banner, nothing hidden."""

    name: ClassVar[str] = "html"
    suffixes: ClassVar[frozenset[str]] = frozenset({".html", ".htm", ".xhtml"})

    def read(self, source: Source) -> Reading:
        """Understand the page.

        Raises SourceError for an empty or binary file, one that is nested too deep, and one
        without any content.
        """
        from ess_access.readers._decoding import decoded
        from ess_access.readers._html import content_of_page

        text = decoded(source.name, source.data, _declared(source.data))
        content: Content = content_of_page(source, text.text)
        return Reading(content.document, (*text.findings, *content.findings))


def _declared(data: bytes) -> tuple[str, ...]:
    """Find the encoding that a page declares in its first lines (HTML Standard §13.2.3.2)."""
    head = data[:4096]
    patterns = (
        rb"<\?xml[^>]*encoding\s*=\s*[\"']([\w.:-]+)",
        rb"<meta[^>]+charset\s*=\s*[\"']?\s*([\w.:-]+)",
    )
    found = (re.search(pattern, head, re.IGNORECASE) for pattern in patterns)
    return tuple(match[1].decode("ascii", "replace") for match in found if match)
