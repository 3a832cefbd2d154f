"""Tables guessed from words that stand in line, row after row."""

from collections.abc import Sequence

from ess_access.document.inlines import plain_text
from ess_access.document.nodes import Cell, Inline, Paragraph, Place, Table
from ess_access.readers._runs import folded
from ess_access.readers.pdf.lines import Stretch
from ess_access.readers.pdf.words import Speller, is_bold, joined_runs

__all__ = ["is_contents", "table_at"]

_BULLETS = "•●◦‣▪■□○➢➤✓✔∙\uf0b7*-–"
_FEWEST_ROWS = 3


def table_at(
    rows: Sequence[Sequence[Stretch]], place: int, speller: Speller, at: Place
) -> tuple[Table, int] | None:
    """Make a table of the rows from ``place`` on; also give the place after it.

    ``None`` where the rows are no table: at least three rows of two or more stretches whose
    beginnings stand in line.
    """
    if not _is_row(rows[place]):
        return None
    columns = [one.box.left for one in rows[place]]
    grid: list[list[list[Stretch]]] = []
    end = place
    while end < len(rows):
        row = rows[end]
        if end > place and _pitch(rows, end) > 3.2 * row[0].size:
            break
        placed = _placed(row, columns)
        if placed is None:
            break
        goes_on = len(row) < len(columns) and not placed[0] and bool(grid)
        if len(row) == 1 and not goes_on:
            break
        if goes_on:
            for held, more in zip(grid[-1], placed, strict=True):
                held.extend(more)
        else:
            grid.append(placed)
        end += 1
    if len(grid) < _FEWEST_ROWS or len(columns) < 2:
        return None
    head = all(_bold(cell) for cell in grid[0] if cell) and not all(
        _bold(cell) for row in grid[1:] for cell in row if cell
    )
    made = tuple(
        tuple(
            Cell(
                (Paragraph(words),) if (words := _words(cell, speller)) else (),
                header=head and number == 0,
            )
            for cell in row
        )
        for number, row in enumerate(grid)
    )
    return Table(made, int(head), at=at), end


def is_contents(table: Table) -> bool:
    """Say whether a table is one of contents: titles, and numbers of pages that grow."""
    numbers: list[int] = []
    for row in table.rows:
        words = [plain_text(b.children) for b in row[-1].children if isinstance(b, Paragraph)]
        if len(row) != 2 or len(words) != 1 or not words[0].isdecimal():
            return False
        numbers.append(int(words[0][:6]))
    return len(numbers) > 3 and numbers == sorted(numbers)


def _is_row(row: Sequence[Stretch]) -> bool:
    return len(row) > 1 and not any(one.text[:1] in _BULLETS for one in row)


def _pitch(rows: Sequence[Sequence[Stretch]], place: int) -> float:
    return rows[place - 1][0].box.middle - rows[place][0].box.middle


def _placed(row: Sequence[Stretch], columns: list[float]) -> list[list[Stretch]] | None:
    """Put the stretches of a row into columns; ``None`` where they stand elsewhere."""
    placed: list[list[Stretch]] = [[] for _ in columns]
    for one in row:
        fitting = [
            number
            for number, left in enumerate(columns)
            if abs(one.box.left - left) < one.size * 1.5
            or (
                # Figures stand in line at their end, centred words in the middle.
                left - one.size * 3 < one.box.left
                and (number + 1 == len(columns) or one.box.right < columns[number + 1] - 1)
                and number > 0
            )
        ]
        if not fitting:
            return None
        nearest = min(fitting, key=lambda number: abs(columns[number] - one.box.left))
        if placed[nearest]:
            return None
        placed[nearest].append(one)
    return placed


def _bold(cell: Sequence[Stretch]) -> bool:
    return is_bold([piece for one in cell for piece in one.pieces])


def _words(cell: Sequence[Stretch], speller: Speller) -> tuple[Inline, ...]:
    pairs = [(piece, one.page, "") for one in cell for piece in one.pieces]
    return folded(joined_runs(pairs, speller))
