"""Rules of tables: a head row, simple cells, rows in one piece, words in one piece."""

from collections.abc import Iterator
from typing import Any

from ess_access.api.findings import Finding, Severity
from ess_access.backends.large_print.checks.opened import Paragraph, Word
from ess_access.backends.large_print.checks.resolved import is_on
from ess_access.backends.large_print.checks.said import at
from ess_access.backends.large_print.checks.xml import W, values

__all__ = ["RULES"]

# Narrower than any letter of a sans serif face on average, so that a finding is a sure one.
_EMS_A_LETTER = 0.42
_TWIPS = 20
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
            if look.get("gridSpan", {}).get("val", "1") != "1" or "vMerge" in look:
                yield Finding("LP-061", Severity.INFO, _named(paragraph))
                break


def breaking_rows(word: Word) -> Iterator[Finding]:
    """LP-062: a row stays on one page."""
    for paragraph, table in _tables(word):
        rows = _rows(table)
        if any(not is_on(values(row.find(f"{W}trPr")), "cantSplit") for row in rows):
            yield Finding("LP-062", Severity.WARNING, _named(paragraph))


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
            width = values(cell.find(f"{W}tcPr")).get("tcW", {})
            if width.get("type", "dxa") != "dxa" or not width.get("w", "0").isdigit():
                continue
            found = _too_long(cell, int(width["w"]), by_element)
            if found is not None:
                paragraph, text = found
                yield Finding("LP-064", Severity.WARNING, {**at(paragraph), "word": text})
                break


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
        if not rows or not is_on(values(rows[0].find(f"{W}trPr")), "tblHeader"):
            continue
        cells = list(rows[0].iterchildren(f"{W}tc"))
        names = ["".join(node.text or "" for node in cell.iter(f"{W}t")) for cell in cells]
        drawn = [next(cell.iter(f"{W}drawing", f"{W}pict"), None) is not None for cell in cells]
        empty = [
            number
            for number, (name, has_picture) in enumerate(zip(names, drawn, strict=True), 1)
            if not name.strip() and not has_picture
        ]
        if any(number > 1 for number in empty):
            yield Finding("LP-065", Severity.WARNING, {**_named(paragraph), "column": empty[-1]})


RULES = (
    no_head_row,
    merged_cells,
    breaking_rows,
    nested_tables,
    broken_words,
    blank_headers,
)
