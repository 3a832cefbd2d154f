"""Lists and lists of definitions to nodes."""

from collections.abc import Callable

from ess_access.document.inlines import tidy
from ess_access.document.nodes import Block, Definition, Definitions, Inline, ListBlock, Text
from ess_access.readers._html_inlines import inlines_within
from ess_access.readers._html_page import Page, Style
from ess_access.readers._html_tree import Element, attribute, name_of

__all__ = ["BlockReader", "definitions", "list_block"]

BlockReader = Callable[[Page, Element, Style], list[Block]]


def list_block(page: Page, element: Element, style: Style, read: BlockReader) -> list[Block]:
    """Turn a list into one; items without content are dropped, strays become items."""
    items: list[tuple[Block, ...]] = []
    start = _number(attribute(element, "start"))
    for child in element:
        inner = page.in_language(child, style)
        if not items and name_of(child) == "li":
            start = _number(attribute(child, "value")) or start
        if name_of(child) in ("ul", "ol") and items:
            # Old editors put a nested list beside the item it belongs to.
            items[-1] += tuple(list_block(page, child, inner, read))
            continue
        if name_of(child) in ("ul", "ol"):
            content = list_block(page, child, inner, read)
        else:
            content = read(page, child, inner)
        if content:
            items.append(tuple(content))
        if (child.tail or "").strip():
            words = tidy((Text(child.tail or ""),))
            from ess_access.document.nodes import Paragraph

            items.append((Paragraph(words, at=page.place(child)),))
    if not items:
        return []
    ordered = name_of(element) == "ol"
    first = start if ordered and start is not None else 1
    return [ListBlock(tuple(items), ordered, first, at=page.place(element))]


def _number(text: str) -> int | None:
    try:
        return int(text) if len(text) < 10 else None
    except ValueError:
        return None


def definitions(page: Page, element: Element, style: Style, read: BlockReader) -> list[Block]:
    """Turn a list of definitions into one; terms that share a definition are one entry."""
    entries: list[Definition] = []
    term: tuple[Inline, ...] = ()
    content: list[Block] = []
    is_defined = False
    for child in _entries(element):
        inner = page.in_language(child, style)
        if name_of(child) == "dt":
            words = inner.wrapped(inlines_within(page, child, inner))
            if is_defined:
                entries.append(Definition(term, tuple(content)))
                term, content, is_defined = (), [], False
            term = tidy((*term, Text(", "), *words)) if term else words
        else:
            content.extend(read(page, child, inner))
            is_defined = True
    if term or content:
        entries.append(Definition(term, tuple(content)))
    kept = tuple(entry for entry in entries if entry.term or entry.children)
    return [Definitions(kept, at=page.place(element))] if kept else []


def _entries(element: Element) -> list[Element]:
    found: list[Element] = []
    for child in element:
        if name_of(child) == "div":
            found.extend(_entries(child))
        else:
            found.append(child)
    return found
