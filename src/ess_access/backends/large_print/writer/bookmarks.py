"""Bookmarks: one for each heading, with a name that Word takes."""

import re

from ess_access.document.nodes import Document
from ess_access.document.walk import headings

__all__ = ["bookmarks"]

_CHARACTERS = 40  # Word's limit


def bookmarks(document: Document) -> dict[str, str]:
    """Name a bookmark for each id of a heading: letters, digits, underscores; unique."""
    found: dict[str, str] = {}
    for number, heading in enumerate(headings(document), 1):
        if heading.id and heading.id not in found:
            name = f"h{number}_" + re.sub(r"[^A-Za-z0-9]+", "_", heading.id)
            found[heading.id] = name[:_CHARACTERS]
    return found
