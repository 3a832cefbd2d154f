"""Small questions about tags: what they cover, rows of tables, marks of items."""

import re
from collections.abc import Sequence
from dataclasses import replace

from ess_access.document.inlines import plain_text, tidy
from ess_access.document.nodes import Block, Heading, PageMark, Paragraph, Text
from ess_access.document.numerals import written_number
from ess_access.readers.pdf.characters import Page, Piece
from ess_access.readers.pdf.tree import Tag, contents_of
from ess_access.readers.pdf.words import is_bold

__all__ = [
    "NUMBER",
    "coverage",
    "looks_like_heading",
    "names_contents",
    "numbered",
    "numbers_of",
    "rows_of",
    "unlabelled",
    "with_label",
]

_CONTENTS_TITLES = frozenset(
    {"table des matières", "sommaire", "contents", "table of contents", "index", "plan"}
)
_BULLET = re.compile("[•●◦‣▪■□○➢➤✓✔·∙\uf0b7*–-]\\s+|[•●◦‣▪■□○➢➤\uf0b7]\\s*")
_LABEL = re.compile(r"\(?(\d{1,4}|[a-zA-Z]|[ivxlc]{1,8}|[IVXLC]{1,8})[.)°]*")
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


def numbered(label: str) -> tuple[int, str]:
    """Read the number or the letter of an item: its value and the form it is written in."""
    if label.isdecimal():
        return int(label), "decimal"
    return ord(label.lower()) - ord("a") + 1, "lower-alpha" if label.islower() else "upper-alpha"


def numbers_of(labels: Sequence[str]) -> list[tuple[int, str]] | None:
    """Read the numbers of a list's items, ``None`` where one of them has none of its own.

    Letters that count in Roman numerals from i on are such numerals.
    """
    found = [_LABEL.fullmatch(label.strip()) for label in labels]
    written = [match[1] for match in found if match is not None]
    if len(written) < len(labels):
        return None
    for form in ("lower-roman", "upper-roman"):
        romans = {written_number(number, form): number for number in range(1, 100)}
        if len(written) > 1 and all(label in romans for label in written):
            return [(romans[label], form) for label in written]
    if any(len(label) > 1 and not label.isdecimal() for label in written):
        return None
    return [numbered(label) for label in written]


def with_label(label: str, content: tuple[Block, ...]) -> tuple[Block, ...]:
    """Put a label that says something (« Art. 3 ») before the words of its item."""
    if not any(letter.isalnum() for letter in label):
        return content
    match content:
        case (Paragraph(children) as first, *rest):
            return (replace(first, children=tidy((Text(f"{label.strip()} "), *children))), *rest)
        case _:
            return (Paragraph((Text(label.strip()),)), *content)


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
