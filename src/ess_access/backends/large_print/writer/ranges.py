"""Ranges: what a row of paragraphs cannot say of its structure, said by hidden bookmarks.

Word knows paragraphs, lists of paragraphs and tables. That a quotation holds a list, that an item
holds a table, where a box ends: a bookmark around the paragraphs says it, and who reads the
edition again finds the same structure. A bookmark changes nothing on the page and outlives an edit.
What paragraphs say by themselves gets none.
"""

import re

from ess_access.backends.large_print.writer.edition import Edition
from ess_access.backends.large_print.writer.markup import Element, child, clark
from ess_access.backends.large_print.writer.paragraphs import Setting
from ess_access.document.nodes import (
    Block,
    CodeBlock,
    Definitions,
    Division,
    Image,
    ListBlock,
    Paragraph,
    Quote,
)
from ess_access.document.walk import inlines_of
from ess_access.transforms.typed_lists import looks_typed

__all__ = ["enclose", "range_name"]

# Names that begin with a line are not shown to people; Word takes 40 characters at most.
_PREFIX = "_ea_"
_LONGEST = 40
_ROLE = re.compile("[a-z]{1,12}")
_TAG = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8})*")


def enclose(parent: Element, first: int, name: str, edition: Edition) -> None:
    """Put a bookmark around the children of an element from ``first`` on."""
    if len(parent) == first:
        return
    identity = edition.bookmark()
    start = child(parent, "bookmarkStart", id=identity, name=f"{_PREFIX}{name}_{identity}")
    end = child(parent, "bookmarkEnd", id=identity)
    opening, closing = parent[first], parent[-3]
    # Within paragraphs, as Word writes them itself.
    if opening.tag == clark("p"):
        properties = opening.find(clark("pPr"))
        opening.insert(0 if properties is None else 1, start)
    else:
        opening.addprevious(start)
    if closing.tag == clark("p"):
        closing.append(end)


def range_name(block: Block, before: Block | None, setting: Setting) -> str:
    """Name the range that a block needs, ``""`` for one that its paragraphs tell by themselves.

    ``before`` is the block above: two lists of one kind would else be one.
    """
    match block:
        case Division():
            return _box_name(block)
        case Quote(children):
            is_plain = all(map(_is_plain, children)) and not setting.bar and not setting.list_level
            return "" if is_plain and not isinstance(before, Quote) else "quote"
        case Definitions(entries):
            is_plain = (
                all(_is_plain(child) for entry in entries for child in entry.children)
                and not setting.style
                and not setting.list_level
            )
            return "" if is_plain and not isinstance(before, Definitions) else "definitions"
        case ListBlock(_, is_ordered, start, form):
            is_apart = not (isinstance(before, ListBlock) and before.ordered == is_ordered)
            if is_apart and is_plain_list(block):
                return ""
            name = f"numbers_{max(0, start)}" if is_ordered else "bullets"
            return f"{name}_{form.replace('-', '_')}" if is_ordered and form != "decimal" else name
        case CodeBlock():
            return "code" if isinstance(before, CodeBlock) else ""
        case Paragraph():
            # Nothing is guessed within another range, and these have one.
            is_held = setting.list_level or setting.bar or setting.style == "Definition"
            return "text" if looks_typed(block) and not is_held else ""
        case _:
            return ""


def is_plain_list(block: ListBlock) -> bool:
    """Say whether a list holds paragraphs and such lists alone, each item a paragraph first."""
    return all(
        item
        and _is_plain(item[0])
        and all(_is_plain(part) or isinstance(part, ListBlock) for part in item)
        and all(is_plain_list(part) for part in item if isinstance(part, ListBlock))
        and not any(map(_go_on, item, item[1:]))
        for item in block.items
    )


def _go_on(one: Block, other: Block) -> bool:
    return isinstance(one, ListBlock) and isinstance(other, ListBlock)


def _is_plain(block: Block) -> bool:
    """Say whether a block is a paragraph of words; pictures bring paragraphs of their own.

    Words that begin with a mark would be read as an item.
    """
    if not isinstance(block, Paragraph) or not block.children or looks_typed(block):
        return False
    return not any(isinstance(node, Image) for part in block.children for node in inlines_of(part))


def _box_name(division: Division) -> str:
    role = division.role if _ROLE.fullmatch(division.role) else "aside"
    tag = division.lang.replace("-", "_") if _TAG.fullmatch(division.lang) else ""
    name = f"box_{role}_{tag}" if tag else f"box_{role}"
    return name if len(name) <= _LONGEST - 12 else f"box_{role}"
