"""Tables to nodes: heads, spans, captions, and tables that only lay a page out."""

from collections.abc import Sequence
from dataclasses import dataclass

from ess_access.api.findings import Severity
from ess_access.document.inlines import tidy
from ess_access.document.nodes import Block, Cell, Inline, Table
from ess_access.readers._html_lists import BlockReader
from ess_access.readers._html_page import Page, Style
from ess_access.readers._html_tree import HEADINGS, Element, attribute, name_of, tokens
from ess_access.transforms.tables import flattened

__all__ = ["table"]

_MOST_PLACES = 1_000_000


@dataclass(frozen=True, slots=True)
class _Row:
    element: Element
    cells: tuple[Element, ...]
    in_head: bool
    left_in_group: int  # rows of its group from this one on, itself included


def table(page: Page, element: Element, style: Style, read: BlockReader) -> list[Block]:
    """Turn a table of data into one; flatten a table that lays out (``SRC-017``)."""
    rows = _rows(element)
    caption = _caption(page, element, style, read)
    if tokens(element, "role") & {"presentation", "none"}:
        return [*_caption_blocks(page, element, style, read), *_flat(page, rows, style, read)]
    if not rows:
        return read(page, element, style)
    if _lays_out(element, rows, has_caption=bool(caption)):
        page.find("SRC-017", Severity.REVIEW, element)
        return _flat(page, rows, style, read)
    spans = _spans(rows)
    if spans is None:
        page.find("SRC-023", Severity.WARNING, element)
        return [*_caption_blocks(page, element, style, read), *_flat(page, rows, style, read)]
    head_rows = _head_rows(rows)
    cells: list[tuple[Cell, ...]] = []
    for number, (row, row_spans) in enumerate(zip(rows, spans, strict=True)):
        _, inner = page.style_of(row.element, style)
        cells.append(
            tuple(
                Cell(
                    tuple(read(page, cell, page.in_language(cell, inner))),
                    span[0],
                    span[1],
                    header=number < head_rows or _is_header(cell),
                )
                for cell, span in zip(row.cells, row_spans, strict=True)
            )
        )
    while head_rows and not any(cell.children for cell in cells[0]):
        cells, head_rows = cells[1:], head_rows - 1  # a head without a word names nothing
    kept = [row for row in cells if row]
    if not any(cell.children for row in kept for cell in row):
        return list(_caption_blocks(page, element, style, read))
    summary = " ".join((element.get("summary") or "").split())
    return [Table(tuple(cells), head_rows, caption, summary, at=page.place(element))]


def _rows(element: Element) -> list[_Row]:
    """Give the rows with a cell, head first and foot last, whatever their order in the source."""
    groups: list[tuple[int, list[Element]]] = []
    loose: list[Element] = []
    for child in element:
        match name_of(child):
            case "tr":
                if not loose:
                    groups.append((1, loose))
                loose.append(child)
            case "thead" | "tbody" | "tfoot" as name:
                loose = []
                rank = {"thead": 0, "tbody": 1, "tfoot": 2}[name]
                groups.append((rank, [row for row in child if name_of(row) == "tr"]))
            case _:
                continue
    found: list[_Row] = []
    for rank, group in sorted(groups, key=lambda group: group[0]):
        for number, row in enumerate(group):
            cells = tuple(cell for cell in row if name_of(cell) in ("td", "th"))
            found.append(_Row(row, cells, rank == 0, len(group) - number))
    while found and not found[-1].cells:
        found.pop()
    return found


def _caption(page: Page, element: Element, style: Style, read: BlockReader) -> tuple[Inline, ...]:
    return tidy(flattened(_caption_blocks(page, element, style, read)))


def _caption_blocks(
    page: Page, element: Element, style: Style, read: BlockReader
) -> Sequence[Block]:
    for child in element:
        if name_of(child) == "caption":
            return read(page, child, page.in_language(child, style))
    return ()


def _flat(page: Page, rows: Sequence[_Row], style: Style, read: BlockReader) -> list[Block]:
    return [
        block
        for row in rows
        for cell in row.cells
        for block in read(page, cell, page.in_language(cell, style))
    ]


def _lays_out(element: Element, rows: Sequence[_Row], *, has_caption: bool) -> bool:
    """Say whether a table that names nothing holds a page's parts rather than data."""
    if has_caption or attribute(element, "summary") or any(row.in_head for row in rows):
        return False
    cells = [cell for row in rows for cell in row.cells]
    if any(_is_header(cell) or cell.get("headers") for cell in cells):
        return False
    width = max((len(row.cells) for row in rows), default=0)
    if width < 2 or len(rows) < 2:
        return True
    return any(
        name_of(inner) in HEADINGS or name_of(inner) == "table"
        for cell in cells
        for inner in cell.iterdescendants()
    )


def _is_header(cell: Element) -> bool:
    return (
        name_of(cell) == "th"
        or attribute(cell, "scope") != ""
        or bool(tokens(cell, "role") & {"columnheader", "rowheader"})
    )


def _names_row(cell: Element) -> bool:
    return attribute(cell, "scope").lower() in ("row", "rowgroup") or "rowheader" in tokens(
        cell, "role"
    )


def _head_rows(rows: Sequence[_Row]) -> int:
    """Count the rows of ``<thead>``, else the leading rows whose worded cells are headers."""
    head = sum(row.in_head for row in rows)
    if head:
        return head if head < len(rows) else min(head, 1)
    for row in rows:
        worded = [cell for cell in row.cells if "".join(cell.itertext()).strip()]
        if not worded or not all(_is_header(cell) for cell in worded):
            break
        if any(_names_row(cell) for cell in worded):
            break
        head += 1
    return min(head, 1) if head == len(rows) else head


def _spans(rows: Sequence[_Row]) -> list[list[tuple[int, int]]] | None:
    """Give each cell the rows and columns it truly covers, ``None`` where the table is monstrous.

    A span ends with its group of rows; columns in which no cell begins are no columns
    (HTML Standard §4.9.12).
    """
    taken: list[dict[int, None]] = [{} for _ in rows]
    placed: list[list[tuple[int, int, int]]] = []  # column, rows, columns
    begun: set[int] = set()
    places = 0
    for number, row in enumerate(rows):
        column = 0
        placed.append([])
        for cell in row.cells:
            while column in taken[number]:
                column += 1
            down = _span(cell, "rowspan", row.left_in_group) or row.left_in_group
            down = min(down, row.left_in_group, len(rows) - number)
            across = max(1, _span(cell, "colspan", 1000))
            places += down * across
            if places > _MOST_PLACES:
                return None
            for r in range(number, number + down):
                taken[r].update(dict.fromkeys(range(column, column + across)))
            begun.add(column)
            placed[number].append((column, down, across))
            column += across
    if len(begun) * len(rows) > _MOST_PLACES:
        return None
    columns = sorted(begun)
    return [
        [
            (down, sum(column <= c < column + across for c in columns) if across > 1 else 1)
            for column, down, across in row
        ]
        for row in placed
    ]


def _span(cell: Element, name: str, most: int) -> int:
    text = attribute(cell, name)
    if not text.isdecimal():
        return 1
    return min(int(text[:6]), most)
