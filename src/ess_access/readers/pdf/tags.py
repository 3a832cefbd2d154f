"""Small questions about tags: what they cover, rows of tables, marks of items."""

import re
from collections.abc import Sequence
from dataclasses import replace

from ess_access.document.inlines import plain_text, tidy
from ess_access.document.nodes import Block, Heading, PageMark, Paragraph, Text
from ess_access.readers.pdf.characters import Page, Piece
from ess_access.readers.pdf.tree import Tag, contents_of
from ess_access.readers.pdf.words import is_bold

__all__ = ["NUMBER", "coverage", "looks_like_heading", "names_contents", "rows_of", "unlabelled"]

_CONTENTS_TITLES = frozenset(
    {"table des matières", "sommaire", "contents", "table of contents", "index", "plan"}
)
_BULLET = re.compile("[•●◦‣▪■□○➢➤✓✔·∙\uf0b7*–-]\\s+|[•●◦‣▪■□○➢➤\uf0b7]\\s*")
NUMBER = re.compile(r"\(?(\d{1,4}|[a-zA-Z])[.)°]\s*")


def coverage(root: Tag, pages: Sequence[Page]) -> float:
    """Give the share of the characters, artifacts aside, that the tags reach (0 to 1)."""
    reached = {(content.page, content.mark) for content in contents_of(root)}
    total = covered = 0
    for number, page in enumerate(pages):
        for piece in page.pieces:
            if not piece.is_artifact:
                count = len("".join(piece.text.split()))
                total += count
                covered += count if (number, piece.mark) in reached else 0
    return covered / total if total else 0.0


def looks_like_heading(pieces: Sequence[Piece], body_size: float) -> bool:
    """Say whether a paragraph is short, bold and much larger than the text."""
    words = "".join(piece.text for piece in pieces)
    return (
        bool(pieces)
        and 2 < len(words) < 150
        and not words.rstrip().endswith((".", ",", ";"))
        and is_bold(pieces)
        and min(piece.size for piece in pieces) >= body_size * 1.3
    )


def names_contents(block: Block) -> bool:
    """Say whether a block is the title of a table of contents."""
    match block:
        case Heading(_, children) | Paragraph(children):
            words = plain_text(children).strip(" :.\u00a0").casefold()
            return words in _CONTENTS_TITLES
        case _:
            return False


def rows_of(tag: Tag, *, in_head: bool = False) -> list[tuple[Tag, bool]]:
    """List the rows and the caption of a table, each with whether it is in its head."""
    found: list[tuple[Tag, bool]] = []
    for kid in tag.in_order():
        if not isinstance(kid, Tag):
            continue
        if kid.name in ("THead", "TBody", "TFoot"):
            found.extend(rows_of(kid, in_head=kid.name == "THead"))
        elif kid.name in ("TR", "Caption"):
            found.append((kid, in_head))
    return found


def unlabelled(content: tuple[Block, ...]) -> tuple[tuple[Block, ...], str]:
    """Take the mark or number that an item begins with out of its words."""
    match content:
        case (Paragraph(children) as first, *rest):
            place = next(
                (n for n, node in enumerate(children) if not isinstance(node, PageMark)), 0
            )
        case _:
            return content, ""
    head = children[place] if children else None
    if not isinstance(head, Text):
        return content, ""
    found = _BULLET.match(head.text) or NUMBER.match(head.text)
    if found is None or (found.end() == len(head.text) and place + 1 == len(children)):
        return content, ""
    left = Text(head.text[found.end() :])
    words = tidy((*children[:place], left, *children[place + 1 :]))
    return (replace(first, children=words), *rest), found[0]
