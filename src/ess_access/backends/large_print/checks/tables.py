"""Rules of tables: a head row, simple cells, rows in one piece, words in one piece."""

from collections.abc import Iterator
from typing import Any

from ess_access.api.findings import Finding, Severity
from ess_access.backends.large_print.checks.opened import Paragraph, Word
from ess_access.backends.large_print.checks.resolved import is_on
from ess_access.backends.large_print.checks.said import Params, at
from ess_access.backends.large_print.checks.xml import W, values

__all__ = ["RULES"]

# Narrower than any letter of a sans serif face on average, so that a finding is a sure one.
_EMS_A_LETTER = 0.42
_TWIPS = 20
_LONG_CELL = 240  # characters: a dozen lines in a column of some twenty
_LEAST_FULL = 2  # a head row alone is no table yet
_MARGINS = 216  # Word's own, left and right


def _tables(word: Word) -> Iterator[tuple[Paragraph | None, Any]]:
    """Yield each table with its first paragraph that has words."""
    by_element = {one.element: one for one in word.main}
    for table in word.body.iter(f"{W}tbl"):
        inside = [by_element[node] for node in table.iter(f"{W}p") if node in by_element]
        named = next((one for one in inside if one.text.strip()), None)
        yield named or (inside[0] if inside else None), table


def _rows(table: Any) -> list[Any]:
    return list(table.iterchildren(f"{W}tr"))


def _named(paragraph: Paragraph | None) -> dict[str, str | int]:
    return at(paragraph) if paragraph is not None else {"paragraph": 0, "excerpt": "", "story": ""}


def no_head_row(word: Word) -> Iterator[Finding]:
    """LP-060: the first row is marked as head row (Microsoft, RGAA 5.6)."""
    for paragraph, table in _tables(word):
        rows = _rows(table)
        marked = rows and is_on(values(rows[0].find(f"{W}trPr")), "tblHeader")
        if not marked and not _is_nested(table):
            yield Finding("LP-060", Severity.WARNING, _named(paragraph))


def _is_nested(table: Any) -> bool:
    return next(table.iterancestors(f"{W}tbl"), None) is not None


def merged_cells(word: Word) -> Iterator[Finding]:
    """LP-061: no merged cells: a screen reader loses count of the columns (Microsoft)."""
    for paragraph, table in _tables(word):
        for cell in table.iter(f"{W}tc"):
            look = values(cell.find(f"{W}tcPr"))
            is_wide = look.get("gridSpan", {}).get("val", "1") != "1" or "hMerge" in look
            if is_wide or "vMerge" in look:
                yield Finding("LP-061", Severity.INFO, _named(paragraph))
                break


def breaking_rows(word: Word) -> Iterator[Finding]:
    """LP-062: a row stays on one page.

    A table that nobody gave a header has one fault already (LP-060), unless its rows are so long
    that they will be cut; what stands in another table is told of that one.
    """
    for paragraph, table in _tables(word):
        rows = _rows(table)
        if _is_nested(table) or not rows:
            continue
        loose = [row for row in rows if not is_on(values(row.find(f"{W}trPr")), "cantSplit")]
        has_head = is_on(values(rows[0].find(f"{W}trPr")), "tblHeader")
        if loose and (has_head or any(map(_is_long, loose))):
            yield Finding("LP-062", Severity.WARNING, _named(paragraph))


def _is_long(row: Any) -> bool:
    """Say whether a cell has so much to say that its row takes many lines."""
    return any(
        sum(len(node.text or "") for node in cell.iter(f"{W}t")) > _LONG_CELL
        for cell in row.iterchildren(f"{W}tc")
    )


def nested_tables(word: Word) -> Iterator[Finding]:
    """LP-063: no table within a table (Microsoft, DISIC)."""
    for paragraph, table in _tables(word):
        if _is_nested(table):
            yield Finding("LP-063", Severity.WARNING, _named(paragraph))


def broken_words(word: Word) -> Iterator[Finding]:
    """LP-064: no column is narrower than its longest word."""
    by_element = {one.element: one for one in word.main}
    for _, table in _tables(word):
        for cell in table.iter(f"{W}tc"):
            found = _too_long(cell, _width(cell), by_element)
            if found is not None:
                paragraph, text = found
                yield Finding("LP-064", Severity.WARNING, {**at(paragraph), "word": text})
                break


def _width(cell: Any) -> int:
    """Give the width of a cell in twips, its own or that of its column; 0 where none is said."""
    look = values(cell.find(f"{W}tcPr"))
    width = look.get("tcW", {})
    if width.get("type", "dxa") == "dxa" and width.get("w", "").isdigit():
        return int(width["w"])
    table = next(cell.iterancestors(f"{W}tbl"))
    layout = values(table.find(f"{W}tblPr")).get("tblLayout", {}).get("type", "autofit")
    row = cell.getparent()
    if layout != "fixed" or width or any("gridSpan" in values(one.find(f"{W}tcPr")) for one in row):
        return 0  # the program widens the column, or the width is a part of the page
    columns = [column.get(f"{W}w", "") for column in table.iter(f"{W}gridCol")]
    place = list(row.iterchildren(f"{W}tc")).index(cell)
    return int(columns[place]) if place < len(columns) and columns[place].isdigit() else 0


def _too_long(
    cell: Any, width: int, by_element: dict[Any, Paragraph]
) -> tuple[Paragraph, str] | None:
    if not width:
        return None
    for element in cell.iterchildren(f"{W}p"):
        paragraph = by_element.get(element)
        if paragraph is None:
            continue
        size = max(
            (float(run.look.get("sz", {}).get("val", "20")) / 2 for run in paragraph.runs),
            default=10.0,
        )
        for text in paragraph.text.replace("-", "- ").replace("/", "/ ").split():
            if len(text) * size * _EMS_A_LETTER * _TWIPS > width - _MARGINS:
                return paragraph, text
    return None


def blank_headers(word: Word) -> Iterator[Finding]:
    """LP-065: each column has a name (WCAG H51); the corner above names of rows needs none."""
    for paragraph, table in _tables(word):
        rows = _rows(table)
        is_headed = rows and is_on(values(rows[0].find(f"{W}trPr")), "tblHeader")
        if not is_headed or _is_nested(table):
            continue
        filled = [[_has_content(cell) for cell in row.iterchildren(f"{W}tc")] for row in rows]
        empty = [
            number
            for number, is_named in enumerate(filled[0], 1)
            # A column that says nothing at all is LP-066's.
            if not is_named and any(len(row) < number or row[number - 1] for row in filled[1:])
        ]
        if any(number > 1 for number in empty):
            yield Finding("LP-065", Severity.WARNING, {**_named(paragraph), "column": empty[-1]})


def blank_lines(word: Word) -> Iterator[Finding]:
    """LP-066: no row and no column is blank: a screen reader believes that the table ends there."""
    for paragraph, table in _tables(word):
        rows = [[_has_content(cell) for cell in row.iterchildren(f"{W}tc")] for row in _rows(table)]
        if _is_nested(table) or sum(map(any, rows)) < _LEAST_FULL or len({*map(len, rows)}) > 1:
            continue
        blank_rows = sum(not any(row) for row in rows)
        blank_columns = sum(not any(column) for column in zip(*rows, strict=True))
        if blank_rows or blank_columns:
            params: Params = {"rows": blank_rows, "columns": blank_columns}
            yield Finding("LP-066", Severity.REVIEW, {**_named(paragraph), **params})


def _has_content(cell: Any) -> bool:
    drawn = (f"{W}drawing", f"{W}pict", f"{W}object", f"{W}sdt", f"{W}fldChar")
    text = "".join(node.text or "" for node in cell.iter(f"{W}t"))
    continues = "vMerge" in values(cell.find(f"{W}tcPr"))
    return bool(text.strip()) or continues or next(cell.iter(*drawn), None) is not None


RULES = (
    no_head_row,
    merged_cells,
    breaking_rows,
    nested_tables,
    broken_words,
    blank_headers,
    blank_lines,
)
