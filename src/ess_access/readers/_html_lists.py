"""Lists and lists of definitions to nodes."""

import re
from collections.abc import Callable
from dataclasses import replace

from ess_access.document.inlines import tidy
from ess_access.document.nodes import (
    Block,
    Definition,
    Definitions,
    Inline,
    ListBlock,
    Paragraph,
    Text,
)
from ess_access.document.numerals import FORMS
from ess_access.readers._html_inlines import inlines_within
from ess_access.readers._html_page import Page, Style
from ess_access.readers._html_tree import Element, attribute, lang_of, name_of
from ess_access.readers._numbered import Numbered, numbered_lists

__all__ = ["BlockReader", "definitions", "list_block"]

BlockReader = Callable[[Page, Element, Style], list[Block]]

_INTEGER = re.compile(r"[+-]?[0-9]{1,9}(?![0-9])")
_STYLE = re.compile(r"list-style(?:-type)?\s*:\s*([a-z-]+)", re.IGNORECASE)
_NAMES_OF_CSS = {"lower-latin": "lower-alpha", "upper-latin": "upper-alpha"}


def list_block(page: Page, element: Element, style: Style, read: BlockReader) -> list[Block]:
    """Turn a list into one, or several where its numbers jump; strays become items.

    Items without content are dropped, but they keep the number that the page gives them.
    """
    if name_of(element) == "ol":
        return _ordered(page, element, style, read)
    items = [stray] if (stray := _stray(page, element, element.text)) else []
    for child in _entries_of(element):
        content = tuple(_content(page, child, style, read))
        if _is_list(child) and items:
            # Old editors put a nested list beside the item it belongs to.
            items[-1] += content
        else:
            items += filter(None, (content,))
        items += filter(None, (_stray(page, child, child.tail),))
    return [ListBlock(tuple(items), at=page.place(element))] if items else []


def _ordered(page: Page, element: Element, style: Style, read: BlockReader) -> list[Block]:
    items: list[Numbered] = []
    before: list[Block] = list(_stray(page, element, element.text))
    is_reversed = element.get("reversed") is not None
    entries = _entries_of(element)
    start = _number(attribute(element, "start"))
    if start is None:
        start = sum(name_of(child) == "li" for child in entries) if is_reversed else 1
    number, form = start, _form(element, "decimal")
    for child in entries:
        content = tuple(_content(page, child, style, read))
        if name_of(child) == "li":
            value = _number(attribute(child, "value"))
            number = number if value is None else value
            if content:
                items.append(Numbered(number, content, _form(child, form)))
            number += -1 if is_reversed else 1
            content = ()
        content += _stray(page, child, child.tail)
        # What is no item bears no number: it belongs to the item above.
        if items:
            items[-1] = replace(items[-1], content=items[-1].content + content)
        else:
            before.extend(content)
    return before + (numbered_lists(items, page.place(element)) if items else [])


def _entries_of(element: Element) -> list[Element]:
    """Give the children of a list; a wrapper around items is looked through."""
    found: list[Element] = []
    for child in element:
        is_wrapper = name_of(child) == "div" and lang_of(child) is None
        has_words = (child.text or "").strip() or (child.tail or "").strip()
        if is_wrapper and not has_words and any(name_of(inner) == "li" for inner in child):
            found.extend(_entries_of(child))
        else:
            found.append(child)
    return found


def _is_list(element: Element) -> bool:
    return name_of(element) in ("ul", "ol")


def _content(page: Page, child: Element, style: Style, read: BlockReader) -> list[Block]:
    inner = page.in_language(child, style)
    if _is_list(child):
        return list_block(page, child, inner, read)
    return read(page, child, inner)


def _stray(page: Page, beside: Element, text: str | None) -> tuple[Block, ...]:
    """Make a paragraph of words that stand between items."""
    if not (text or "").strip():
        return ()
    return (Paragraph(tidy((Text(text or ""),)), at=page.place(beside)),)


def _form(element: Element, usual: str) -> str:
    """Give the form of numbers that ``type``, or a style of the element's own, asks for."""
    css = _STYLE.search(element.get("style") or "")
    if css is not None:
        form = _NAMES_OF_CSS.get(css[1].lower(), css[1].lower())
        return form if form in FORMS else usual
    letter = attribute(element, "type")
    return next((form for form, (name, _) in FORMS.items() if name == letter), usual)


def _number(text: str) -> int | None:
    """Read a number as browsers do (HTML Standard, “rules for parsing integers”)."""
    found = _INTEGER.match(text)
    return int(found[0]) if found else None


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
