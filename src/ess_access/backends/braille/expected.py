"""The words that an edition must hold, as print parts them, in the order in which they are set."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import groupby
from typing import assert_never

from ess_access.backends.braille.inlines import holds_words
from ess_access.backends.braille.marks import (
    script_words,
    without_marks,
    without_private,
)
from ess_access.backends.braille.mending import operations_joined
from ess_access.document.inlines import plain_text
from ess_access.document.nodes import (
    Abbreviation,
    Block,
    Code,
    CodeBlock,
    Division,
    Document,
    Emphasis,
    Image,
    Inline,
    Language,
    LineBreak,
    Link,
    Note,
    PageMark,
    Script,
    Strong,
    Text,
)
from ess_access.document.walk import blocks_in, inlines_of, own_inlines

__all__ = ["source_words"]


def source_words(document: Document) -> tuple[str, ...]:
    """Give the words that the edition must hold, as print parts them, in reading order.

    Marks of :mod:`integral` stand before what is raised or lowered in them.
    """
    found: list[str] = []
    explained: set[str] = set()
    for block in _in_order(document.children):
        inlines = own_inlines(block)
        found += operations_joined(_printed(inlines, explained)).split()
        if isinstance(block, CodeBlock):
            found += without_private(block.text).split()
    return tuple(found)


def _in_order(blocks: Iterable[Block]) -> Iterator[Block]:
    """Yield blocks as the edition sets them: the notes of a box's title stand below it."""
    for block in blocks:
        if isinstance(block, Division):
            yield replace(block, children=())
            for inline in block.title:
                for node in inlines_of(inline):
                    if isinstance(node, Note):
                        yield from _in_order(node.children)
            yield from _in_order(block.children)
        else:
            yield from blocks_in((block,))


def _printed(nodes: Iterable[Inline], explained: set[str]) -> str:
    """Give the print of inline nodes, marked; what the edition sets apart is parted by blanks."""
    return "".join(_print_of(node, explained) for node in nodes)


def _print_of(node: Inline, explained: set[str]) -> str:
    match node:
        case Text(text) | Code(text):
            return without_private(text)
        case Emphasis(children) | Strong(children) | Language(_, children) | Link(_, children):
            return _printed(children, explained)
        case Script(position, children):
            return _scripted(position, children, explained)
        case Image(_, alt, description):
            said = f"{without_private(alt or '')} {without_private(description)}"
            return f" {said} "  # a note of its own (3.3c)
        case Note():
            return " "  # a call (3.9a)
        case Abbreviation(text, expansion, _):
            return without_private(text) + _sense(text, expansion, explained)
        case LineBreak() | PageMark():
            return plain_text((node,))
        case _:
            assert_never(node)


def _sense(text: str, expansion: str, explained: set[str]) -> str:
    """Part an abbreviation from what follows where its sense stands between them."""
    is_explained = bool(expansion) and text not in explained
    explained.update({text} if is_explained else ())
    return " " * is_explained


def _scripted(position: str, children: Iterable[Inline], explained: set[str]) -> str:
    """Mark the words that are raised or lowered, run by run: notes and pictures are not."""
    parts: list[str] = []
    for is_words, run in groupby(children, holds_words):
        if is_words:
            parts.append(script_words(position, without_marks(plain_text(run))))
            continue
        for child in run:
            match child:
                case Emphasis(inner) | Strong(inner) | Language(_, inner):
                    parts.append(_scripted(position, inner, explained))
                case Abbreviation(text, expansion, _):
                    parts.append(script_words(position, text))
                    parts.append(_sense(text, expansion, explained))
                case _:
                    parts.append(_print_of(child, explained))
    return "".join(parts)
