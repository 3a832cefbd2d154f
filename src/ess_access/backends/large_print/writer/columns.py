"""Measure a table with the font's own widths: no word may be broken in two."""

import re
from dataclasses import dataclass

from ess_access.backends.large_print.writer.edition import Edition
from ess_access.backends.large_print.writer.runs import printed, unbroken
from ess_access.document.inlines import plain_text
from ess_access.document.nodes import Block, Cell, ListBlock, Table
from ess_access.document.walk import blocks_in, own_inlines
from ess_access.transforms.tables import grid

__all__ = ["Columns", "fitted_columns"]

_TWIPS = 20
# Left and right margin of a cell, its border, and a hair for the rounding of renderers.
_CELL_MARGINS = 2 * 115 + 30 + 20
# A column of prose is comfortable at some twenty letters; more is only shared out.
_COMFORT_EMS = 12
# Where a line may break: spaces that break, and, where compounds may part, after a hyphen.
_SPACES = re.compile("[ \n\t]+")
_BREAKS = re.compile("[ \n\t]+|(?<=-)")


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of a table, in twips; ``is_whole``: compounds too fit in one line."""

    widths: tuple[int, ...]
    is_whole: bool


def fitted_columns(table: Table, available: int, edition: Edition) -> Columns | None:
    """Give widths in which each word stays whole; ``None`` when there are none.

    A compound parts at its hyphen only where the columns would else be too narrow.
    """
    for is_whole in (True, False):
        widths = _fitted(table, available, edition, is_whole=is_whole)
        if widths is not None:
            return Columns(widths, is_whole)
    return None


def _fitted(
    table: Table, available: int, edition: Edition, *, is_whole: bool
) -> tuple[int, ...] | None:
    places = grid(table)
    count = len(places[0])
    least = [0.0] * count
    liked = [0.0] * count
    spanning: list[tuple[int, int, float]] = []
    for row in places:
        for place in row:
            if not place.is_origin:
                continue
            need, wish = _measured(place.cell, edition, is_whole=is_whole)
            span = min(place.cell.col_span, count - place.column)
            if span > 1:
                spanning.append((place.column, span, need))
                continue
            least[place.column] = max(least[place.column], need)
            liked[place.column] = max(liked[place.column], wish)
    for column, span, need in spanning:
        lack = need - sum(least[column : column + span])
        for widened in range(column, column + span):
            least[widened] += max(0.0, lack) / span
    if sum(least) > available:
        return None
    return _shared(least, liked, available)


def _shared(least: list[float], liked: list[float], available: int) -> tuple[int, ...]:
    """Share what is left among the columns, by what each would still like."""
    wanting = [max(0.0, wish - need) for need, wish in zip(least, liked, strict=True)]
    rest = available - sum(least)
    total = sum(wanting)
    part = min(1.0, rest / total) if total else 0.0
    return tuple(int(need + want * part) for need, want in zip(least, wanting, strict=True))


def _measured(cell: Cell, edition: Edition, *, is_whole: bool) -> tuple[float, float]:
    """Give the width of the longest word and of the longest line, in twips."""
    # Bold is the wider face, and any word may be emphasised.
    face = edition.face.bold
    size = edition.options.size_pt
    spread = edition.options.letter_spacing_pt
    need = wish = 0.0
    for block, indent in _lines_of(cell.children, 0, edition.rhythm.list_step):
        words = printed(block, edition.document.meta.lang)
        pieces = _SPACES.split(words) if is_whole else _BREAKS.split(unbroken(words))
        for piece in pieces:
            word = piece.replace("\u2011", "-")
            width = face.width(word, size) + spread * len(word)
            need = max(need, width * _TWIPS + indent)
        line = face.width(words, size) + spread * len(words)
        wish = max(wish, line * _TWIPS + indent)
    comfort = max(_COMFORT_EMS * size * _TWIPS, wish / 3)
    return need + _CELL_MARGINS, max(need, min(wish, comfort)) + _CELL_MARGINS


def _lines_of(blocks: tuple[Block, ...], indent: int, step: int) -> list[tuple[str, int]]:
    """Give the text of each paragraph of a cell with its indent, in twips."""
    lines: list[tuple[str, int]] = []
    for block in blocks:
        if isinstance(block, ListBlock):
            for item in block.items:
                lines.extend(_lines_of(item, indent + step, step))
        else:
            lines.extend((plain_text(own_inlines(inner)), indent) for inner in blocks_in((block,)))
    return lines
