"""The page of each heading, counted by LibreOffice for the contents."""

import re
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path

from ess_access.backends.large_print.kept_office import kept_office
from ess_access.backends.large_print.paper import Title, outlined
from ess_access.backends.large_print.writer.bookmarks import bookmarks
from ess_access.backends.large_print.writer.capitals import spelled
from ess_access.document.inlines import plain_text
from ess_access.document.nodes import Document
from ess_access.document.walk import headings

__all__ = ["count_pages"]

# The contents grow when they get their numbers: a second pass moves what follows, a third rests.
_MOST_PASSES = 3
# Every number of a first pass has two digits, to take the room.
_GUESS = 10
_FOUR_DIGITS = 1000


def count_pages(
    document: Document, entries: int, draft: Callable[[Mapping[str, int]], Path]
) -> tuple[dict[str, int], int]:
    """Give the page of each bookmark, and how many pages there are.

    ``entries`` says how many lines the contents have; ``draft`` writes the DOCX with the numbers
    known so far. Where no number can move a line, one pass is as good as two. Raises EditionError
    when LibreOffice fails or takes too long.
    """
    names = bookmarks(document)
    pages = dict.fromkeys(names.values(), _GUESS)
    count = 0
    for _ in range(_MOST_PASSES):
        with tempfile.TemporaryDirectory(prefix="ess-access-pages-") as folder:
            pdf = kept_office().converted(draft(pages), "pdf", Path(folder))
            outline, count, roomy = outlined(pdf)
        counted = _counted(outline, document, names)
        is_settled = counted == pages or (roomy == entries and count < _FOUR_DIGITS)
        pages = counted
        if is_settled:
            break
    return pages, count


def _counted(
    outline: tuple[Title, ...], document: Document, names: Mapping[str, str]
) -> dict[str, int]:
    """Give the page of each bookmark: headings and outline come in the same order."""
    pages: dict[str, int] = {}
    position = 0
    for heading in headings(document):
        words = _folded(spelled(plain_text(heading.children)))
        rest = outline[position:]
        step = next(
            (index for index, title in enumerate(rest) if _folded(title.text).startswith(words)),
            None,
        )
        if step is not None and heading.id in names:
            position += step + 1
            pages[names[heading.id]] = rest[step].page
    return pages


def _folded(text: str) -> str:
    """Keep letters and digits alone: print changes spaces and signs."""
    return re.sub(r"\W+", "", text).casefold()
