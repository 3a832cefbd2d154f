"""Tables of an OpenDocument text by their grid."""

from collections.abc import Iterator

from ess_access.readers._processor.raw import RawCell, RawTable
from ess_access.readers._zip import Element, name_of
from ess_access.readers.odt.context import Context
from ess_access.readers.odt.names import TABLE

__all__ = ["table"]

_GROUPS = frozenset({"table-header-rows", "table-rows", "table-row-group"})
_MOST_REPEATED = 200


def table(element: Element, context: Context) -> RawTable | None:
    """Read ``table:table``; ``None`` for one without cells."""
    at = context.at
    rows: list[list[RawCell]] = []
    head_rows = 0
    is_head = True
    for row, in_head in _rows(element, in_head=False):
        if row.get(f"{TABLE}visibility") in ("collapse", "filter"):
            context.hide(row)
            continue
        is_head = is_head and in_head
        for _ in range(_repeated(row, "number-rows-repeated")):
            head_rows += is_head
            rows.append(_row(row, context))
    while rows and not any(cell.parts for cell in rows[-1]):
        rows.pop()  # spreadsheets repeat empty rows to the end of the sheet
    if not any(rows):
        return None
    title, description = element.find(f"{TABLE}title"), element.find(f"{TABLE}desc")
    return RawTable(
        rows,
        head_rows,
        _words(title),
        _words(description),
        _is_ruled(element, context),
        at,
    )


def _words(element: Element | None) -> str:
    return " ".join("".join(element.itertext()).split()) if element is not None else ""


def _rows(element: Element, *, in_head: bool) -> Iterator[tuple[Element, bool]]:
    for child in element:
        if not name_of(child).startswith(TABLE):
            continue
        name = name_of(child)[len(TABLE) :]
        if name == "table-row":
            yield child, in_head
        elif name in _GROUPS:
            yield from _rows(child, in_head=in_head or name == "table-header-rows")


def _row(row: Element, context: Context) -> list[RawCell]:
    from ess_access.readers.odt.body import flow

    cells: list[RawCell] = []
    column = 0
    for cell in row:
        if cell.tag == f"{TABLE}covered-table-cell":
            column += _repeated(cell, "number-columns-repeated")
            continue
        if cell.tag != f"{TABLE}table-cell":
            continue
        across = _repeated(cell, "number-columns-spanned")
        down = _repeated(cell, "number-rows-spanned")
        for _ in range(_repeated(cell, "number-columns-repeated")):
            cells.append(RawCell(flow(cell, context), column, across, down))
            column += 1
    while cells and not cells[-1].parts and cells[-1].column >= _MOST_REPEATED:
        cells.pop()
    return cells


def _repeated(element: Element, name: str) -> int:
    text = element.get(TABLE + name) or "1"
    return max(1, min(int(text), _MOST_REPEATED)) if text.isdecimal() and len(text) < 9 else 1


def _is_ruled(element: Element, context: Context) -> bool:
    """Say whether lines are drawn around a cell; a style that is not known counts as lines."""
    return context.styles.has_borders(
        {cell.get(f"{TABLE}style-name") for cell in element.iter(f"{TABLE}table-cell")}
    )
