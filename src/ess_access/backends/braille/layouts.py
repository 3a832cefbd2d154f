"""Tables in other ways than columns and lines: steps, titles, lists of levels, titles with lines.

CBFU 3.8c to 3.8f. They are chosen by the option ``tables``; a transcriber's note names each.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from ess_access.backends.braille import cells as c
from ess_access.backends.braille import marks
from ess_access.backends.braille.elements import Element, Flow, Grid
from ess_access.backends.braille.headings import heading_flow
from ess_access.document.inlines import plain_text
from ess_access.document.nodes import Block, Cell, Paragraph, Table
from ess_access.transforms import tables

if TYPE_CHECKING:
    from ess_access.backends.braille.compose import Composer

__all__ = ["LAYOUTS", "entry_text"]

_MOST_STEPS = 5  # columns, 3.8c: each begins two cells further
_INTRODUCTIONS = {
    "steps": "Le tableau qui suit est transcrit par renfoncements progressifs.",
    "list": "Le tableau qui suit est transcrit en liste hiérarchisée.",
    "titles": (
        "Le tableau qui suit est transcrit en titres et paragraphes. Les en-têtes de lignes y sont"
        " des titres centrés, ceux de colonnes des titres placés en cinquième cellule, omis si"
        " aucun élément n’y figure."
    ),
    "hybrid": (
        "Le tableau qui suit est transcrit par renfoncements pour sa première colonne, et en"
        " lignes pour les autres."
    ),
}


def _column_names(table: Table, composer: "Composer") -> list[str]:
    """Give the words above each column, from the top down; a cell's notes are called once."""
    if table.head_rows >= len(table.rows):
        return []
    places = tables.grid(table)
    read: dict[int, str] = {}
    names: list[str] = []
    for column in range(len(places[0])):
        parts: list[str] = []
        for row in places[: table.head_rows]:
            cell = row[column].cell
            if row[column].row and places[row[column].row - 1][column].cell is cell:
                continue
            if id(cell) in read:
                inlines = tables.flattened(cell.children)
                parts.append(marks.without_private(plain_text(inlines)).strip())
            else:
                read[id(cell)] = composer.read_text(tables.flattened(cell.children)).strip(" ")
                parts.append(read[id(cell)])
        names.append(", ".join(part for part in parts if part))
    return names


def _introduction(
    method: str, names: list[str], composer: "Composer", *, step: int
) -> Iterator[Element]:
    """Name the method, then the headers of columns, each ``step`` cells further (3.8c)."""
    has_names = any(names)
    text = c.NOTE_OPEN + _INTRODUCTIONS[method]
    if has_names:
        text += " Les colonnes portent les en-têtes suivants :"
    shown = [name or c.ABSENT for name in names] if has_names else []
    flows = [(text, 6, 4), *((name, 4 + at * step, 4 + at * step) for at, name in enumerate(shown))]
    for at, (words, first, rest) in enumerate(flows):
        closing = c.NOTE_CLOSE if at + 1 == len(flows) else ""
        flow = composer.flow(words + closing, first, rest)
        yield replace(flow, keep=1)
    yield from composer.pending_notes()
    yield Grid((), after=1)


def _cell(cell: Cell, composer: "Composer", first: int, rest: int) -> Iterator[Element]:
    """Set a cell in its place: its paragraphs as blocks, what else it holds moved as far."""
    is_empty = True
    for child in cell.children:
        if isinstance(child, Paragraph):
            flow = composer.flow(composer.read_text(child.children), first, rest)
            if not flow.cells:
                continue
            yield flow
            yield from composer.pending_notes()
        else:
            yield from _tight(composer.block(child, first))
        is_empty = False
    if is_empty:
        yield Flow(c.ABSENT, "(vide)", first=first, rest=rest)


def _tight(elements: Iterable[Element]) -> Iterator[Element]:
    """Leave out the blank rows around a list: in a table, places say enough (example 19)."""
    return (found for found in elements if not isinstance(found, Grid) or found.rows)


def _body(table: Table) -> tuple[tuple[tables.Placed, ...], ...]:
    head = table.head_rows if table.head_rows < len(table.rows) else 0
    return tables.grid(table)[head:]


def _in_steps(table: Table, composer: "Composer") -> Iterator[Element]:
    """Set each column two cells further than the one before (3.8c)."""
    yield from _introduction("steps", _column_names(table, composer), composer, step=2)
    for row in _body(table):
        for place in row:
            if place.is_origin:
                yield from _cell(place.cell, composer, 2 * place.column, 2 * place.column)


def _in_list(table: Table, composer: "Composer") -> Iterator[Element]:
    """Set each column as a level of a list (3.8e); what spans rows stands once, above them."""
    yield from _introduction("list", _column_names(table, composer), composer, step=2)
    items = [place for row in _body(table) for place in row if place.is_origin]
    for at, place in enumerate(items):
        is_above = at + 1 < len(items) and items[at + 1].column > place.column
        first = 2 * place.column
        # 3.1c: the runover is set back by four cells where a lower level follows, else by two.
        yield from _cell(place.cell, composer, first, first + (4 if is_above else 2))


def _in_titles(table: Table, composer: "Composer") -> Iterator[Element]:
    """Make titles of the headers of rows and columns (3.8d)."""
    yield from _introduction("titles", _column_names(table, composer), composer, step=0)
    for row in tables.linearised(table):
        title, entries = row.title, row.entries
        if not title and len(entries) > 1:
            title, entries = tables.flattened(entries[0].children), entries[1:]
        if title:
            said = composer.inline_words(title)
            if said.cells:
                yield replace(heading_flow(said, 2), entry=None)
                yield from composer.pending_notes()
        for entry in entries:
            inner = [found for child in entry.children for found in composer.block(child)]
            if not inner:
                continue
            name = marks.without_private(plain_text(entry.header)).strip()
            if name:
                said = composer.translator.translate(name)
                yield replace(heading_flow(said, 3), entry=None)
            yield from inner


def _in_titled_lines(table: Table, composer: "Composer") -> Iterator[Element]:
    """Set the first column in blocks, and the others in a line under it (3.8f, example 20)."""
    names = _column_names(table, composer)
    others = " ; ".join(name or c.ABSENT for name in names[1:])
    shown = ([f"{names[0]} :", others] if names[0] else [others]) if any(names) else []
    yield from _introduction("hybrid", shown, composer, step=0)
    for row in tables.linearised(table):
        title, entries = composer.read_text(row.title).strip(" "), row.entries
        later: list[Block] = []
        if not title and len(entries) > 1:
            title, later = entry_text(entries[0].children, composer)
            title, entries = title.strip(" ") or c.ABSENT, entries[1:]
        if title:
            yield replace(composer.flow(title, 0, 0), keep=1 if entries else 0)
            yield from composer.pending_notes()
        values: list[str] = []
        for entry in entries:
            said, rest = entry_text(entry.children, composer)
            values.append(said.strip(" ") or ("" if rest else c.ABSENT))
            later += rest
        flow = composer.flow(" ; ".join(value for value in values if value), 4, 6)
        if flow.cells:
            yield flow
        yield from composer.pending_notes()
        for block in later:
            yield from composer.block(block, 4)


def entry_text(children: tuple[Block, ...], composer: "Composer") -> tuple[str, list[Block]]:
    """Give the words of a cell's paragraphs, and its other blocks, which follow the line."""
    said: list[str] = []
    for number, child in enumerate(children):
        if not isinstance(child, Paragraph):
            return " ".join(said), list(children[number:])
        said.append(composer.read_text(child.children))
    return " ".join(said), []


Layout = Callable[[Table, "Composer"], Iterator[Element]]

# What each method sets, and the most columns that it can take.
LAYOUTS: dict[str, tuple[Layout, int]] = {
    "steps": (_in_steps, _MOST_STEPS),
    "list": (_in_list, _MOST_STEPS),
    "titles": (_in_titles, 10**6),
    "hybrid": (_in_titled_lines, 10**6),
}
