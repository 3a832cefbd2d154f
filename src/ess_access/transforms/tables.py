"""Tables as places, headers and sentences: what every edition needs to say a cell in full.

A model's row holds only the cells that begin in it. :func:`grid` gives every place its cell,
:func:`headers_of` the cells that name a place, and :func:`linearised` the rows as titles and
entries for editions without columns.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import assert_never

from ess_access.document.inlines import plain_text, tidy
from ess_access.document.nodes import (
    Block,
    Cell,
    Code,
    CodeBlock,
    Definitions,
    Division,
    Figure,
    Heading,
    Inline,
    ListBlock,
    PageBreak,
    Paragraph,
    Quote,
    Rule,
    Table,
    Text,
)

__all__ = [
    "Grid",
    "LinearEntry",
    "LinearRow",
    "Placed",
    "flattened",
    "grid",
    "headers_of",
    "linearised",
]


@dataclass(frozen=True, slots=True)
class Placed:
    """A place of the grid. ``row`` and ``column`` are the place's own, counted from 0.

    ``is_origin`` is false where the cell began further left or further up. A place that no cell
    of the source covers holds an empty cell of its own.
    """

    cell: Cell
    row: int
    column: int
    is_origin: bool


Grid = tuple[tuple[Placed, ...], ...]


@dataclass(frozen=True, slots=True)
class LinearEntry:
    """A cell of a row, after the words that name its column (``()``: nothing names it)."""

    header: tuple[Inline, ...]
    children: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class LinearRow:
    """A row as it is said: its name (``()``: it has none), then its cells.

    ``title_header`` names the column that the title stands in (« Garantie » above « Optique »). A
    row without entries names the rows that follow it.
    """

    title: tuple[Inline, ...]
    entries: tuple[LinearEntry, ...]
    title_header: tuple[Inline, ...] = ()


_EMPTY = Cell(())


def grid(table: Table) -> Grid:
    """Lay the cells out in a full rectangle, spans expanded.

    A span that leaves the table is cut at its last row; a cell whose place is taken moves right
    (HTML Standard §4.9.12).
    """
    height = len(table.rows)
    laid: list[dict[int, Placed]] = [{} for _ in range(height)]
    for row, cells in enumerate(table.rows):
        column = 0
        for cell in cells:
            while column in laid[row]:
                column += 1
            for down in range(row, min(height, row + max(1, cell.row_span))):
                for across in range(column, column + max(1, cell.col_span)):
                    is_origin = (down, across) == (row, column)
                    laid[down].setdefault(across, Placed(cell, down, across, is_origin))
            column += max(1, cell.col_span)
    width = max((max(places, default=-1) + 1 for places in laid), default=0)
    return tuple(
        tuple(
            places.get(column, Placed(_EMPTY, row, column, is_origin=True))
            for column in range(width)
        )
        for row, places in enumerate(laid)
    )


def headers_of(table: Table, row: int, column: int) -> tuple[Cell, ...]:
    """Give the cells that name a place: column headers from the top, then row headers.

    Row headers are the header cell that spans the whole width above the row, if any (it names a
    group of rows), then the header cells on the left. Empty headers name nothing.
    """
    places = grid(table)
    columns = _column_headers(places, min(table.head_rows, row), column)
    if row < table.head_rows:
        return columns
    group: tuple[Cell, ...] = ()
    for above in places[table.head_rows : row]:
        if _is_group(above):
            group = (above[0].cell,)
    return columns + group + _row_headers(places[row], column, _corner(places, table.head_rows))


def linearised(table: Table) -> tuple[LinearRow, ...]:
    """Give the rows below the head as titles and entries, in order; empty cells included.

    A cell that spans rows is said again in each; one that spans columns comes once, under all
    their names. Where the table is all head, its rows are given as they stand.
    """
    places = grid(table)
    head_rows = table.head_rows if table.head_rows < len(places) else 0
    width = len(places[0]) if places else 0
    names = tuple(_column_headers(places, head_rows, column) for column in range(width))
    corner = _corner(places, head_rows)
    return tuple(_linear_row(row, names, corner) for row in places[head_rows:])


def _corner(places: Grid, head_rows: int) -> int:
    """Count the columns on the left whose head is empty: what stands there names the rows.

    So do people draw tables where the format has no row headers, as Markdown has none.
    """
    width = len(places[0]) if places and 0 < head_rows < len(places) else 0
    count = 0
    while count < width and not _column_headers(places, head_rows, count):
        count += 1
    return 1 if 0 < count < width else 0


def _linear_row(row: Sequence[Placed], names: Sequence[tuple[Cell, ...]], corner: int) -> LinearRow:
    if _is_group(row):
        return LinearRow(_named((row[0].cell,)), ())
    leading = _leading_headers(row, corner)
    entries: list[LinearEntry] = []
    column = leading
    while column < len(row):
        cell = row[column].cell
        end = column + 1
        while end < len(row) and row[end].cell is cell and not row[end].is_origin:
            end += 1
        header = _named(_distinct(name for names_ in names[column:end] for name in names_))
        entries.append(LinearEntry(header, cell.children))
        column = end
    return LinearRow(
        _named(_row_headers(row, leading, corner)),
        tuple(entries),
        _named(_distinct(name for names_ in names[:leading] for name in names_)),
    )


def _column_headers(places: Grid, head_rows: int, column: int) -> tuple[Cell, ...]:
    """Give the cells of the first ``head_rows`` rows over a column, each once, empty ones out."""
    return _distinct(places[row][column].cell for row in range(head_rows))


def _row_headers(row: Sequence[Placed], column: int, corner: int) -> tuple[Cell, ...]:
    own = row[column].cell if column < len(row) else None
    return _distinct(
        place.cell
        for place in row[:column]
        if (place.cell.header or place.column < corner) and place.cell is not own
    )


def _leading_headers(row: Sequence[Placed], corner: int) -> int:
    """Count the places at the row's left that name it; a row of names alone has none."""
    count = 0
    while count < len(row) and (row[count].cell.header or count < corner):
        count += 1
    while 0 < count < len(row) and row[count].cell is row[count - 1].cell:
        count -= 1  # a cell that reaches further names nothing
    return count if count < len(row) else 0


def _is_group(row: Sequence[Placed]) -> bool:
    """Say whether one header cell fills the row and so names the rows beneath."""
    if len(row) < 2:
        return False
    first = row[0]
    return (
        first.is_origin
        and first.cell.header
        and bool(flattened(first.cell.children))
        and all(place.cell is first.cell and not place.is_origin for place in row[1:])
    )


def _distinct(cells: Iterable[Cell]) -> tuple[Cell, ...]:
    """Keep the cells with words, each once: the same cell, not merely an equal one."""
    kept: list[Cell] = []
    for cell in cells:
        if flattened(cell.children) and all(cell is not other for other in kept):
            kept.append(cell)
    return tuple(kept)


def _named(cells: Iterable[Cell]) -> tuple[Inline, ...]:
    return _in_a_row((flattened(cell.children) for cell in cells), ", ")


def flattened(blocks: Iterable[Block]) -> tuple[Inline, ...]:
    """Give the words of blocks as one run of inline content, nothing left out."""
    return _in_a_row((_flat(block) for block in blocks), " ")


def _in_a_row(runs: Iterable[tuple[Inline, ...]], separator: str) -> tuple[Inline, ...]:
    joined: list[Inline] = []
    for run in runs:
        if run and joined:
            joined.append(Text(separator))
        joined.extend(run)
    return tidy(joined)


def _flat(block: Block) -> tuple[Inline, ...]:
    match block:
        case Heading(_, children) | Paragraph(children):
            return children
        case ListBlock(items):
            return _in_a_row((flattened(item) for item in items), ", ")
        case Definitions(items):
            return _in_a_row(
                ((*item.term, Text(": "), *flattened(item.children)) for item in items), ", "
            )
        case Quote(children):
            return flattened(children)
        case CodeBlock(text):
            return (Code(text),)
        case Figure(image, caption):
            return (image, Text(" "), *caption) if plain_text(caption) else (image,)
        case Division(_, _, title, children):
            return _in_a_row((title, flattened(children)), " ")
        case Table(rows, _, caption, summary):
            cells = (flattened(cell.children) for row in rows for cell in row)
            said = (Text(summary),) if summary else ()
            return _in_a_row((caption, said, _in_a_row(cells, ", ")), " ")
        case Rule() | PageBreak():
            return ()
        case _:
            assert_never(block)
