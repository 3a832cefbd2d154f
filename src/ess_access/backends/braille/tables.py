"""Tables: in columns when they fit the page, else in lines (CBFU 3.8a, 3.8b), or as asked."""

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from ess_access.backends.braille import cells as c
from ess_access.backends.braille import marks
from ess_access.backends.braille.elements import Element, Flow, Grid
from ess_access.backends.braille.fill import Run
from ess_access.backends.braille.layouts import LAYOUTS, entry_text
from ess_access.backends.braille.translator import Translation
from ess_access.document.inlines import plain_text
from ess_access.document.nodes import Block, Cell, LineBreak, Note, Paragraph, Table
from ess_access.document.walk import inlines_in
from ess_access.transforms import tables

if TYPE_CHECKING:
    from ess_access.backends.braille.compose import Composer

__all__ = ["table_elements"]

_GAP = 2  # blank cells between columns, 3.8a
_TIGHT_GAP = 1  # where it spares another presentation, or cells turned over, 3.8a
_NARROWEST = 6  # cells of a column: narrower ones cut words and are read letter by letter
_METHODS = {
    "columns": "Le tableau qui suit est transcrit en colonnes.",
    "lines": "Le tableau qui suit est transcrit en lignes.",
}
_ABSENT = Translation(c.ABSENT, "(vide)")


def table_elements(table: Table, composer: "Composer", method: str) -> Iterator[Element]:
    """Compose a table; ``method`` is the option ``tables``.

    A transcriber's note names the method. An empty cell is ⠿⠿. A table with more columns than a
    method of :mod:`layouts` takes is set in lines.
    """
    yield Grid((), after=1)
    if table.caption:
        yield from composer.set_line(composer.read_text(table.caption), keep=2)
    if table.summary:
        yield composer.note(table.summary)
    if not any(table.rows):
        return
    layout, most = LAYOUTS.get(method, (None, 0))
    columns = None
    if method in {"auto", "columns"}:
        columns = _columns(table, composer, is_forced=method == "columns")
    if layout is not None and len(tables.grid(table)[0]) <= most:
        yield from layout(table, composer)
    elif columns is not None:
        yield replace(composer.note(_METHODS["columns"], after=1), keep=2)
        yield columns
    else:
        yield from _lines_note(table, composer)
        yield from _in_lines(table, composer)
    yield Grid((), after=1)


# --- columns ----------------------------------------------------------------------------------


def _is_plain(cell: Cell) -> bool:
    """Say whether a cell holds words alone, which a column can hold."""
    return all(isinstance(child, Paragraph) for child in cell.children) and not any(
        isinstance(node, Note | LineBreak) for node in inlines_in(cell.children)
    )


def _cell_words(cell: Cell, composer: "Composer") -> Translation:
    parts = [
        composer.translator.translate(composer.read_text(child.children))
        for child in cell.children
        if isinstance(child, Paragraph)
    ]
    said = Translation(
        c.BLANK.join(part.cells for part in parts if part.cells),
        " ".join(part.print for part in parts if part.cells),
    )
    return said if said.cells else _ABSENT


def _columns(table: Table, composer: "Composer", *, is_forced: bool) -> Grid | None:
    """Set the table in columns; ``None`` when it does not fit."""
    if not all(_is_plain(cell) for row in table.rows for cell in row):
        return None
    places = tables.grid(table)
    count = len(places[0]) if places else 0
    if not count or count * _NARROWEST + (count - 1) * _GAP > composer.width + _NARROWEST:
        return None
    go_back = composer.bookmark()
    words = [
        [
            _cell_words(place.cell, composer) if place.is_origin else Translation("", "")
            for place in row
        ]
        for row in places
    ]
    gap = _GAP
    widths = _tight_widths(words, composer.width)
    if widths is not None:
        gap = _TIGHT_GAP
    else:
        widths = _widths(words, composer.width, is_forced=is_forced)
    if widths is None:
        go_back()  # what was read for nothing is read again
        return None
    rows: list[tuple[str, str]] = []
    head = 0
    for number, row in enumerate(words):
        rows.extend(_column_rows(row, widths, gap, has_leaders=number >= table.head_rows))
        if number + 1 == table.head_rows:
            rule = (c.BLANK * gap).join(c.SEPARATION * width for width in widths)
            rows.append((rule, ""))
            head = len(rows)
    return Grid(tuple(rows), head=head)


def _tight_widths(words: list[list[Translation]], width: int) -> list[int] | None:
    """Give the columns of a table whose rows fit a row of the page with one blank alone (3.8a)."""
    wanted = _wanted(words)
    gaps = len(wanted) - 1
    if sum(wanted) + gaps * _TIGHT_GAP <= width < sum(wanted) + gaps * _GAP:
        return wanted
    return None


def _wanted(words: list[list[Translation]]) -> list[int]:
    """Give the cells that each column asks for; one, where all that stands in it spans others."""
    return [max(1, *(len(row[column].cells) for row in words)) for column in range(len(words[0]))]


def _widths(words: list[list[Translation]], width: int, *, is_forced: bool) -> list[int] | None:
    """Share the row among the columns: what each needs, long ones turned over within."""
    count = len(words[0])
    room = width - _GAP * (count - 1)
    wanted = _wanted(words)
    longest = [
        max((len(word) for row in words for word in _words(row[column])), default=1)
        for column in range(count)
    ]
    if sum(wanted) <= room:
        return wanted
    # A column is never narrower than its longest word, with the two cells of its runover.
    least = [min(size, word + 2) for size, word in zip(wanted, longest, strict=True)]
    if sum(least) > room:
        return None
    widths = list(least)
    spare = room - sum(widths)
    while spare:
        needs = [
            (-(-size // got), size - got, -column)
            for column, (size, got) in enumerate(zip(wanted, widths, strict=True))
        ]
        _, lacking, at = max(needs)
        if lacking <= 0:
            break
        widths[-at] += 1
        spare -= 1
    tallest = max(
        -(-len(row[column].cells) // widths[column]) for row in words for column in range(count)
    )
    # Cells of many rows are read across each other: such a table is better in lines.
    return widths if is_forced or tallest <= 3 else None


def _words(said: Translation) -> list[str]:
    return said.cells.replace(c.HELD, c.BLANK).split(c.BLANK)


def _column_rows(
    row: list[Translation], widths: list[int], gap: int, *, has_leaders: bool
) -> Iterator[tuple[str, str]]:
    """Give the rows of one row of the table, its cells side by side."""
    runs = [Run(said.cells) for said in row]
    prints = [said.print.split(" ") for said in row]
    is_first = True
    while not all(run.is_done for run in runs):
        cells: list[str] = []
        printed: list[str] = []
        for run, width, words in zip(runs, widths, prints, strict=True):
            # 3.8a: the runover of a cell is set back by two cells.
            indent = 0 if is_first else min(2, width - 1)
            begun = run.word
            piece = "" if run.is_done else run.take(width - indent, width - indent)
            cells.append((c.BLANK * indent + piece if piece else "").ljust(width, c.BLANK))
            said = " ".join(words[begun : run.word])
            if said:
                printed.append(said)
        text = _with_leaders(cells, gap) if has_leaders else (c.BLANK * gap).join(cells)
        yield text.rstrip(c.BLANK), " | ".join(printed)
        is_first = False


def _with_leaders(cells: list[str], gap: int) -> str:
    """Join cells; three blanks or more before the next column are dots (3.8a)."""
    found: list[str] = []
    for number, cell in enumerate(cells):
        is_last = not any(rest.strip(c.BLANK) for rest in cells[number + 1 :])
        text = cell.rstrip(c.BLANK)
        blanks = len(cell) - len(text) + gap
        if is_last or not text or blanks < 3:
            found.append(cell + c.BLANK * gap)
            continue
        found.append(text + c.BLANK + c.LEADER * (blanks - 2) + c.BLANK)
    return "".join(found)


# --- lines --------------------------------------------------------------------------------------


def _lines_note(table: Table, composer: "Composer") -> Iterator[Element]:
    """Name the method, and the headers as the print has them (3.8b)."""
    # Where all the rows are heads, they are set as rows.
    head_rows = table.head_rows if table.head_rows < len(table.rows) else 0
    names = "; ".join(
        composer.read_text(tables.flattened(cell.children)).strip(" ")
        for row in table.rows[:head_rows]
        for cell in row
        if cell.children
    )
    headers = f" En-têtes : {names}." if names else ""
    text = c.NOTE_OPEN + _METHODS["lines"] + headers + c.NOTE_CLOSE
    said = composer.translator.translate(text)
    yield Flow(said.cells, said.print, first=6, rest=4, keep=1)
    yield from composer.pending_notes()
    yield Grid((), after=1)


def _in_lines(table: Table, composer: "Composer") -> Iterator[Element]:
    """Set each row as a line 1-3: its title, then « header: value; header: value » (3.8b)."""
    is_headless = table.head_rows >= len(table.rows)
    for row in tables.linearised(table):
        title = composer.read_text(row.title).strip(" ")
        parts: list[str] = []
        later: list[Block] = []
        for number, entry in enumerate(row.entries):
            # The note before the table has the headers whole; here they are words alone.
            header = "" if is_headless else marks.without_private(plain_text(entry.header))
            said, rest = entry_text(entry.children, composer)
            later += rest
            if number == 0 and said and not title and len(row.entries) > 1 and not is_headless:
                title = said.strip(" ")  # 3.8b: the first column goes without its header
                continue
            value = said or ("" if rest else c.ABSENT)
            parts.append(f"{header.strip()} : {value}" if header.strip() else value)
        text = " ; ".join(part for part in parts if part)
        yield from composer.set_line(f"{title} : {text}" if title and text else title + text)
        for block in later:
            yield from composer.block(block, 2)
