"""Tables of data to nodes; tables that only lay a page out to what they hold."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from ess_access.api.findings import Finding, Severity
from ess_access.document.inlines import tidy
from ess_access.document.nodes import (
    Block,
    Cell,
    Division,
    Heading,
    LineBreak,
    Paragraph,
    Strong,
    Table,
    Text,
)
from ess_access.document.walk import blocks_in
from ess_access.readers._processor.kinds import Kind
from ess_access.readers._processor.raw import Part, RawCell, RawParagraph, RawTable

if TYPE_CHECKING:
    from ess_access.readers._processor.compose import Composer

__all__ = ["composed"]

_LONG_CELL = 3  # blocks: a cell of data holds fewer


def composed(raw: RawTable, composer: "Composer") -> Iterable[Block]:
    """Make a table, or the blocks of one that lays out (``SRC-017``)."""
    if not any(_worded(cell) for row in raw.rows for cell in row):
        return ()
    if _lays_out(raw):
        composer.findings.append(Finding("SRC-017", Severity.REVIEW, {}, raw.at))
        return _flattened(raw, composer)
    was_in_data, composer.in_data = composer.in_data, True
    rows = [[_cell_blocks(cell, composer) for cell in row] for row in raw.rows]
    composer.in_data = was_in_data
    head_rows = raw.head_rows
    if not head_rows and len(rows) > 1 and _first_row_stands_out(raw, rows):
        head_rows = 1
        composer.findings.append(Finding("SRC-051", Severity.REVIEW, {}, raw.at))
    if head_rows == len(rows):
        head_rows = min(1, len(rows) - 1)
    names_rows = _first_column_stands_out(raw, rows, head_rows)
    starts = sorted({cell.column for row in raw.rows for cell in row})
    made: list[tuple[Cell, ...]] = []
    for number, (row, contents) in enumerate(zip(raw.rows, rows, strict=True)):
        cells: list[Cell] = []
        for cell, content in zip(row, contents, strict=True):
            is_header = number < head_rows or cell.is_header or (names_rows and cell.column == 0)
            columns = sum(cell.column <= start < cell.column + cell.columns for start in starts)
            span = min(cell.rows, len(rows) - number)
            cells.append(
                Cell(
                    tuple(map(_plain, content)) if is_header else content,
                    span,
                    max(1, columns),
                    is_header,
                )
            )
        made.append(tuple(cells))
    while head_rows and not any(cell.children for cell in made[0]):
        made, head_rows = made[1:], head_rows - 1  # a head without a word names nothing
    caption = tidy((Text(raw.caption),)) if raw.caption else ()
    return (Table(tuple(made), head_rows, caption, raw.summary, at=raw.at),)


def _flattened(raw: RawTable, composer: "Composer") -> tuple[Block, ...]:
    flat = tuple(block for row in raw.rows for cell in row for block in composer.blocks(cell.parts))
    is_box = len(raw.rows) == 1 and len(raw.rows[0]) == 1 and raw.is_ruled
    if is_box and not any(isinstance(block, Heading) for block in blocks_in(flat)):
        return (Division("aside", "", (), flat, at=raw.at),)
    return flat


def _lays_out(raw: RawTable) -> bool:
    """Say whether a table that names nothing holds a page's parts rather than data."""
    columns = {cell.column for row in raw.rows for cell in row}
    if len(raw.rows) == 1 or (len(columns) == 1 and not raw.head_rows):
        return True
    if raw.head_rows:
        return False
    cells = [_worded(cell) for row in raw.rows for cell in row]
    if any(isinstance(part, RawTable) for cell in cells for part in cell):
        return True
    if any(_is_heading(part) for cell in cells for part in cell) and (
        not raw.is_ruled or any(_is_section(cell) for cell in cells)
    ):
        return True
    return not raw.is_ruled and any(len(cell) > _LONG_CELL for cell in cells)


def _worded(cell: RawCell) -> list[Part]:
    return [part for part in cell.parts if not isinstance(part, RawParagraph) or _has_content(part)]


def _has_content(part: RawParagraph) -> bool:
    return any(
        not isinstance(run.node, LineBreak)
        and not (isinstance(run.node, Text) and not run.node.text.strip())
        for run in part.runs
    )


def _is_heading(part: Part) -> bool:
    return isinstance(part, RawParagraph) and part.kind is Kind.HEADING


def _is_section(cell: Sequence[Part]) -> bool:
    """Say whether a heading of the cell has a text below it: a part of a page, no data."""
    return any(map(_is_heading, cell)) and sum(not _is_heading(part) for part in cell) > 1


def _cell_blocks(cell: RawCell, composer: "Composer") -> tuple[Block, ...]:
    """Make the blocks of a cell of data: a heading there is words in bold, no part of a text."""
    return tuple(
        Paragraph((Strong(block.children),), at=block.at) if isinstance(block, Heading) else block
        for block in composer.blocks(cell.parts)
    )


def _first_row_stands_out(raw: RawTable, rows: Sequence[Sequence[tuple[Block, ...]]]) -> bool:
    """Guess a head: each of its cells is worded and bold, and not all those below are."""
    if raw.head_by_style and all(rows[0][1:]):
        return True
    if all(cell.is_header for cell in raw.rows[0]) and any(rows[0]):
        return True
    first = [cell for cell in rows[0] if cell]
    return (
        len(first) > 1
        and all(_is_bold(cell) for cell in first)
        and not all(_is_bold(cell) for row in rows[1:] for cell in row if cell)
    )


def _first_column_stands_out(
    raw: RawTable, rows: Sequence[Sequence[tuple[Block, ...]]], head_rows: int
) -> bool:
    body = list(zip(raw.rows[head_rows:], rows[head_rows:], strict=True))
    if len(body) < 2:
        return False
    firsts: list[tuple[Block, ...]] = []
    others: list[tuple[Block, ...]] = []
    for row, contents in body:
        for cell, content in zip(row, contents, strict=True):
            (firsts if cell.column == 0 else others).append(content)
    worded = [cell for cell in firsts if cell]
    return (
        bool(worded)
        and bool(others)
        and all(_is_bold(cell) for cell in worded)
        and not any(_is_bold(cell) for cell in others)
    )


def _is_bold(cell: Sequence[Block]) -> bool:
    """Say whether a cell is bold throughout, or opens with a paragraph that is."""
    return bool(cell) and _is_bold_paragraph(cell[0])


def _is_bold_paragraph(block: Block) -> bool:
    return isinstance(block, Paragraph) and all(
        isinstance(node, Strong) or (isinstance(node, Text) and not node.text.strip())
        for node in block.children
    )


def _plain(block: Block) -> Block:
    match block:
        case Paragraph((Strong(children),)):
            return replace(block, children=children)
        case _:
            return block
