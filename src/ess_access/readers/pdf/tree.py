"""The tags of a PDF, one tree for all its pages."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from pypdfium2 import raw

from ess_access.readers.pdf.library import wide

__all__ = ["Content", "Tag", "add_page", "contents_of"]

_MOST_DEPTH = 60


@dataclass(frozen=True, slots=True)
class Content:
    """Marked content: the number of its page, from 0, and its own."""

    page: int
    mark: int


@dataclass(slots=True)
class Tag:
    """One element. ``kids`` are by their place, which is the same on every page.

    ``places`` counts them with those that PDFium does not show: it skips what has no content.
    A figure without content has the number of its ``page``, from 0, and its place among the
    pictures ``drawn`` there, -1 where it is none of them.
    """

    name: str
    alt: str = ""
    actual: str = ""
    lang: str = ""
    row_span: int = 1
    col_span: int = 1
    places: int = 0
    page: int = -1
    drawn: int = -1
    kids: dict[int, "Tag | Content"] = field(default_factory=dict)

    def in_order(self) -> Iterator["Tag | Content"]:
        """Yield what it holds, in reading order."""
        for place in sorted(self.kids):
            yield self.kids[place]


def add_page(root: Tag, page: Any, number: int) -> None:
    """Add the elements of one open page to the tree."""
    tree = raw.FPDF_StructTree_GetForPage(page.raw)
    if not tree:
        return
    try:
        root.places = max(root.places, raw.FPDF_StructTree_CountChildren(tree))
        for place in range(root.places):
            element = raw.FPDF_StructTree_GetChildAtIndex(tree, place)
            if element:
                _add(root, place, element, number, 0)
    finally:
        raw.FPDF_StructTree_Close(tree)


def _add(parent: Tag, place: int, element: Any, page: int, depth: int) -> None:
    held = parent.kids.get(place)
    if isinstance(held, Tag):
        tag = held
    else:
        tag = _tag(element)
        parent.kids[place] = tag
    if depth > _MOST_DEPTH:
        return
    tag.places = max(tag.places, raw.FPDF_StructElement_CountChildren(element))
    for kid in range(tag.places):
        child = raw.FPDF_StructElement_GetChildAtIndex(element, kid)
        if child:
            _add(tag, kid, child, page, depth + 1)
            continue
        mark = raw.FPDF_StructElement_GetChildMarkedContentID(element, kid)
        if mark >= 0:
            # The same place on another page: the element's marks are numbered page by page.
            tag.kids.setdefault(kid, Content(page, mark))


def _tag(element: Any) -> Tag:
    tag = Tag(
        wide(raw.FPDF_StructElement_GetType, element),
        " ".join(wide(raw.FPDF_StructElement_GetAltText, element).split()),
        wide(raw.FPDF_StructElement_GetActualText, element),
        wide(raw.FPDF_StructElement_GetLang, element),
    )
    if tag.name in ("TD", "TH"):
        tag.row_span = _span(element, b"RowSpan")
        tag.col_span = _span(element, b"ColSpan")
    return tag


def _span(element: Any, name: bytes) -> int:
    import ctypes

    for number in range(max(0, raw.FPDF_StructElement_GetAttributeCount(element))):
        attribute = raw.FPDF_StructElement_GetAttributeAtIndex(element, number)
        value = raw.FPDF_StructElement_Attr_GetValue(attribute, name) if attribute else None
        if value:
            found = ctypes.c_float()
            if raw.FPDF_StructElement_Attr_GetNumberValue(value, found):
                return max(1, min(int(found.value), 1000))
    return 1


def contents_of(tag: Tag) -> Iterator[Content]:
    """Yield all the marked content below an element."""
    for kid in tag.in_order():
        match kid:
            case Content():
                yield kid
            case Tag():
                yield from contents_of(kid)
