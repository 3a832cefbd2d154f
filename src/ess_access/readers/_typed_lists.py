"""Lists that were typed: paragraphs that begin with a dash or a dot of their own."""

import re
from collections.abc import Sequence
from dataclasses import replace

from ess_access.document.inlines import plain_text, tidy
from ess_access.document.nodes import (
    Block,
    Emphasis,
    Inline,
    Language,
    ListBlock,
    Paragraph,
    Strong,
    Text,
)

__all__ = ["with_typed_lists"]

# A mark that stands for nothing but an item. A dash may also open a line of dialogue.
_SURE = re.compile("[•●◦‣▪■□○➢➤✓✔·∙\uf0b7\u25aa\u2023]\\s*(?=\\S)")
_DASH = re.compile("[-–]\\s+(?=\\S)|\\*\\s+(?=\\S)")


def with_typed_lists(blocks: Sequence[Block]) -> tuple[tuple[Block, ...], int]:
    """Make lists of the paragraphs that begin with a typed mark, and count them.

    Dashes make a list when at least two paragraphs in a row have one.
    """
    found: list[Block] = []
    lists = 0
    number = 0
    while number < len(blocks):
        items: list[tuple[Block, ...]] = []
        sure, pattern = False, None
        while number + len(items) < len(blocks):
            block = blocks[number + len(items)]
            kind = _kind(block)
            if kind is None or (pattern is not None and kind is not pattern):
                break
            pattern, sure = kind, sure or kind is _SURE
            items.append((_unmarked(block, kind),))
        if items and (sure or len(items) > 1):
            found.append(ListBlock(tuple(items), at=blocks[number].at))
            lists += 1
            number += len(items)
        else:
            found.append(blocks[number])
            number += 1
    return tuple(found), lists


def _kind(block: Block) -> re.Pattern[str] | None:
    if not isinstance(block, Paragraph):
        return None
    text = plain_text(block.children)
    return next((pattern for pattern in (_SURE, _DASH) if pattern.match(text)), None)


def _unmarked(block: Block, pattern: re.Pattern[str]) -> Block:
    if not isinstance(block, Paragraph):
        return block
    match = pattern.match(plain_text(block.children))
    taken = match.end() if match else 0
    return replace(block, children=tidy(_without(block.children, taken)[0]))


def _without(nodes: tuple[Inline, ...], count: int) -> tuple[tuple[Inline, ...], int]:
    """Drop the first ``count`` characters; give what is left to drop too."""
    kept: list[Inline] = []
    for node in nodes:
        match node:
            case Text(text) if count:
                kept.append(Text(text[count:]))
                count = max(0, count - len(text))
            case Emphasis() | Strong() | Language() if count:
                children, count = _without(node.children, count)
                if children:
                    kept.append(replace(node, children=children))
            case _:
                kept.append(node)
    return tuple(kept), count
