"""Lists that were typed: paragraphs, or lines of one, that begin with a mark of their own."""

import re
from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass, replace

from ess_access.document.inlines import plain_text, tidy
from ess_access.document.nodes import (
    Block,
    Cell,
    Definitions,
    Division,
    Emphasis,
    Inline,
    Language,
    LineBreak,
    ListBlock,
    Note,
    Paragraph,
    Quote,
    Strong,
    Table,
    Text,
)
from ess_access.document.walk import blocks_in, map_inlines

__all__ = ["looks_typed", "with_typed_lists"]

# A mark that stands for nothing but an item. A dash may also open a line of dialogue.
_BULLETS = "•●◦‣▪■□○∙·\uf0b7"
_SURE = re.compile(f"[{_BULLETS}➢➤✓✔]\\s*(?=\\S)")
_DASH = re.compile(r"[-–]\s+(?=\S)|\*\s+(?=\S)")
_ASKED = re.compile(r"[?!][\s»”\"]*$")

_Line = tuple[Inline, ...]
_Kind = re.Pattern[str]


def looks_typed(block: Block) -> bool:
    """Say whether a paragraph begins with a mark that may make it an item of a typed list."""
    if not isinstance(block, Paragraph):
        return False
    return any(_kind(line) is not None for line in _lines_of(block.children))


def with_typed_lists(
    blocks: Sequence[Block], kept: Container[int] = ()
) -> tuple[tuple[Block, ...], int]:
    """Make lists of the paragraphs and lines that begin with a typed mark, and count them.

    Dashes make a list when at least two in a row have one, and do not read like a dialogue. A
    mark typed at the beginning of an item of a real list goes. Blocks whose :func:`id` is in
    ``kept`` stay as they are.
    """
    if not any(map(looks_typed, blocks_in(blocks))):
        return tuple(blocks), 0
    maker = _Maker(kept)
    return maker.blocks(blocks), maker.count


@dataclass(slots=True)
class _Piece:
    """A line, or a paragraph of one: ``kind`` is that of its mark."""

    block: Paragraph
    kind: _Kind


class _Maker:
    def __init__(self, kept: Container[int]) -> None:
        self._kept = kept
        self.count = 0

    def blocks(self, blocks: Iterable[Block]) -> tuple[Block, ...]:
        found: list[Block] = []
        waiting: list[_Piece] = []
        for block in blocks:
            parts: Sequence[Block | _Piece] = ()
            if isinstance(block, Paragraph) and id(block) not in self._kept:
                parts = _pieces(block)
            for part in parts or (self._within(block),):
                if isinstance(part, _Piece):
                    if waiting and waiting[-1].kind is not part.kind:
                        found.extend(self._settled(waiting))
                        waiting = []
                    waiting.append(part)
                else:
                    found.extend(self._settled(waiting))
                    waiting = []
                    found.append(part)
        found.extend(self._settled(waiting))
        return tuple(found)

    def _settled(self, pieces: Sequence[_Piece]) -> Sequence[Block]:
        is_list = pieces and (
            pieces[0].kind is _SURE or (len(pieces) > 1 and not _is_dialogue(pieces))
        )
        if not is_list:
            return [self._within(piece.block) for piece in pieces]
        self.count += 1
        items = tuple((self._within(_unmarked(piece.block, piece.kind)),) for piece in pieces)
        return [ListBlock(items, at=pieces[0].block.at)]

    def _within(self, block: Block) -> Block:
        if id(block) in self._kept:
            return block
        match block:
            case Paragraph(children) if any(_holds_note(node) for node in children):
                return replace(block, children=map_inlines(children, self._note))
            case ListBlock(items):
                return replace(block, items=tuple(map(self._item, items)))
            case Quote(children) | Division(_, _, _, children):
                return replace(block, children=self.blocks(children))
            case Definitions(entries):
                return replace(
                    block,
                    items=tuple(
                        replace(entry, children=self.blocks(entry.children)) for entry in entries
                    ),
                )
            case Table(rows):
                return replace(block, rows=tuple(tuple(map(self._cell, row)) for row in rows))
            case _:
                return block

    def _item(self, item: tuple[Block, ...]) -> tuple[Block, ...]:
        """Drop the mark that was typed behind that of the list."""
        match item:
            case (Paragraph() as first, *rest) if id(first) not in self._kept:
                if _kind(first.children) is _SURE and _mark(first)[0] in _BULLETS:
                    first = _unmarked(first, _SURE)
                return (self._within(first), *self.blocks(rest))
            case _:
                return self.blocks(item)

    def _cell(self, cell: Cell) -> Cell:
        return replace(cell, children=self.blocks(cell.children))

    def _note(self, node: Inline) -> Iterable[Inline]:
        return (Note(self.blocks(node.children)) if isinstance(node, Note) else node,)


def _pieces(paragraph: Paragraph) -> list["Paragraph | _Piece"]:
    """Cut a paragraph before its marked lines; a line without a mark goes on in the item above."""
    lines = _lines_of(paragraph.children)
    kinds = [_kind(line) for line in lines]
    marked = [kind for kind in kinds if kind is not None]
    if len(lines) == 1 or len(marked) < 2 or any(kind is not marked[0] for kind in marked):
        return [_Piece(paragraph, kinds[0])] if kinds[0] is not None else []
    first = next(number for number, kind in enumerate(kinds) if kind is not None)
    if first > 1:  # an address, a stanza, with a dash somewhere
        return []
    groups: list[list[_Line]] = [lines[:first]] if first else []
    for line, kind in zip(lines[first:], kinds[first:], strict=True):
        if kind is not None:
            groups.append([])
        groups[-1].append(line)
    made = [replace(paragraph, children=tidy(_joined(group))) for group in groups]
    pieces: list[Paragraph | _Piece] = [_Piece(block, marked[0]) for block in made[-len(marked) :]]
    if marked[0] is not _SURE and _is_dialogue([p for p in pieces if isinstance(p, _Piece)]):
        return []
    return [*made[: -len(marked)], *pieces]


def _lines_of(children: Sequence[Inline]) -> list[_Line]:
    lines: list[list[Inline]] = [[]]
    for node in children:
        if isinstance(node, LineBreak):
            lines.append([])
        else:
            lines[-1].append(node)
    return [tuple(line) for line in lines if line]


def _joined(lines: Sequence[_Line]) -> list[Inline]:
    nodes: list[Inline] = []
    for line in lines:
        nodes += [LineBreak(), *line] if nodes else line
    return nodes


def _kind(line: Sequence[Inline]) -> _Kind | None:
    """Give the kind of mark that a line begins with; marks along the line make no item."""
    first = _first_text(line)
    if not first or (first[0].isalnum() and first[0].isascii()):
        return None
    text = plain_text(line).lstrip()
    if _DASH.match(text):
        return _DASH
    is_along = any(f"{gap}{text[:1]}" in text for gap in " \n\t\u00a0")
    return _SURE if _SURE.match(text) and not is_along else None


def _first_text(line: Sequence[Inline]) -> str:
    for node in line:
        match node:
            case Text(text) if text.strip():
                return text.lstrip()
            case Emphasis(children) | Strong(children) | Language(_, children) if children:
                return _first_text(children)
            case Text():
                continue
            case _:
                return ""
    return ""


def _is_dialogue(pieces: Sequence[_Piece]) -> bool:
    """Say whether dashes open the lines of a dialogue: some of them ask or exclaim, some do not."""
    asked = sum(
        _ASKED.search(plain_text(piece.block.children).rstrip()) is not None for piece in pieces
    )
    return 0 < asked < len(pieces)


def _holds_note(node: Inline) -> bool:
    match node:
        case Note():
            return True
        case Emphasis(children) | Strong(children) | Language(_, children):
            return any(map(_holds_note, children))
        case _:
            return False


def _mark(block: Paragraph) -> str:
    return plain_text(block.children).lstrip()[:1]


def _unmarked(block: Paragraph, kind: _Kind) -> Paragraph:
    text = plain_text(block.children)
    match = kind.match(text, len(text) - len(text.lstrip()))
    taken = match.end() if match else 0
    return replace(block, children=tidy(_without(block.children, taken)[0]))


def _without(nodes: tuple[Inline, ...], count: int) -> tuple[tuple[Inline, ...], int]:
    """Drop the first ``count`` characters, breaks among them; give what is left to drop too.

    They are a mark and blanks: what is no text ends them.
    """
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
            case LineBreak() if count:
                count -= 1
            case _:
                kept.append(node)
                count = 0
    return tuple(kept), count
