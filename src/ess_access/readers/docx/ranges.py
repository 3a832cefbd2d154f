"""Bookmarks by which our own large print says where quotations, boxes and items begin and end."""

import re
from collections.abc import Sequence

from ess_access.readers._processor.raw import RawMark
from ess_access.readers._zip import Element
from ess_access.readers.docx.context import Context
from ess_access.readers.docx.names import w

__all__ = ["around", "mark_of", "typed_behind"]

_NAME = re.compile(r"_ea_([A-Za-z0-9_]+)_\d+")
_ADDRESS = re.compile(r"\s?\(\S+\)")
_LONGEST_LABEL = 40


def mark_of(element: Element, context: Context) -> RawMark | None:
    """Give the mark of ``w:bookmarkStart`` or ``w:bookmarkEnd``, ``None`` for other bookmarks."""
    identity = element.get(w("id")) or ""
    if element.tag == w("bookmarkEnd"):
        name = context.ranges.get(identity)
        return RawMark(identity, name, opens=False) if name else None
    found = _NAME.fullmatch(element.get(w("name")) or "")
    if found is None:
        return None
    context.ranges[identity] = found[1]
    return RawMark(identity, found[1], opens=True)


def around(
    marks: Sequence[tuple[RawMark, int]], *, has_words: bool
) -> tuple[list[RawMark], list[RawMark], list[RawMark]]:
    """Give the marks that end before a paragraph, those that begin with it, those that end after.

    A range ends before the paragraph where its mark stands before all words of it, as word
    processors move marks.
    """
    begun = [mark for mark, _ in marks if mark.opens]
    here = {mark.identity for mark in begun}
    before = [
        mark
        for mark, place in marks
        if not mark.opens and not place and has_words and mark.identity not in here
    ]
    after = [mark for mark, _ in marks if not mark.opens and mark not in before]
    return before, begun, after


def typed_behind(run: Element) -> str:
    """Give the words of a run of our own large print that somebody typed behind those it adds."""
    words = "".join(
        "\N{NON-BREAKING HYPHEN}" if node.tag == w("noBreakHyphen") else node.text or ""
        for node in run.iter(w("t"), w("noBreakHyphen"))
    )
    address = _ADDRESS.match(words)
    if address is not None:
        return words[address.end() :]
    return words if len(words) > _LONGEST_LABEL else ""
