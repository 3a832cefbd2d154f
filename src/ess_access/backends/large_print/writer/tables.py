"""Tables: kept where every word fits its column, else told row by row."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from ess_access.api.findings import Severity
from ess_access.backends.large_print.writer.blocks import write_blocks
from ess_access.backends.large_print.writer.columns import Columns, fitted_columns
from ess_access.backends.large_print.writer.markup import Element, child, clark, property_of
from ess_access.backends.large_print.writer.paragraphs import (
    Setting,
    add_line,
    add_paragraph,
    space_after,
    write_paragraph,
)
from ess_access.backends.large_print.writer.rows import write_rows
from ess_access.backends.large_print.writer.sections import end_section
from ess_access.document.inlines import plain_text
from ess_access.document.nodes import Block, Image, ListBlock, Paragraph, Table
from ess_access.document.walk import blocks_in, inlines_of, own_inlines
from ess_access.transforms.tables import Grid, Placed, grid

__all__ = ["write_table"]

_EXCERPT = 60


@dataclass(frozen=True, slots=True)
class _Frame:
    """A table on the page: its places, the widths of its columns in twips, its head rows."""

    places: Grid
    widths: tuple[int, ...]
    head_rows: int
    setting: Setting


def write_table(parent: Element, table: Table, setting: Setting) -> None:
    """Append a table with its caption and its summary, or its rows as paragraphs."""
    setting = replace(setting, numbering=0)
    edition = setting.edition
    guessed = _with_head(table)
    columns, turned = _layout(guessed, setting)
    if columns is None:
        _write_heads(parent, table, setting)
        edition.report("LP-106", Severity.INFO, table=_name(table))
        write_rows(parent, table, setting)
        return
    if guessed is not table:
        edition.report("LP-107", Severity.REVIEW, table=_name(table))
    if turned:
        end_section(parent, edition.page, edition)
    _write_heads(parent, table, setting, is_turned=turned)
    within = replace(setting, is_whole=columns.is_whole)
    _write_frame(parent, table, _Frame(grid(table), columns.widths, guessed.head_rows, within))
    if turned:
        end_section(parent, edition.page.turned(), edition)


def _layout(table: Table, setting: Setting) -> tuple[Columns | None, bool]:
    """Give the columns (``None``: tell it row by row), and whether to turn it."""
    if not _is_tabular(table):
        return None, False
    edition = setting.edition
    columns = fitted_columns(table, edition.page.text_width - setting.left, edition)
    if columns is not None:
        return columns, False
    if edition.options.landscape_tables and not setting.left and not setting.story.in_note:
        return fitted_columns(table, edition.page.turned().text_width, edition), True
    return None, False


def _with_head(table: Table) -> Table:
    """Take the first row for the head of a table that names neither its columns nor its rows."""
    places = grid(table)
    names_rows = any(place.cell.header for row in places for place in row)
    if table.head_rows or names_rows or len(places) < 2 or len(places[0]) < 2:
        return table
    return replace(table, head_rows=1)


def _is_tabular(table: Table) -> bool:
    """Say whether it is a grid of short texts under headers: what a table is good for.

    A table whose headers are those of its rows has nothing to repeat on the next page: its rows are
    told one by one, each after its header. Pictures, code and tables within cells need the
    whole width.
    """
    places = grid(table)
    if not places or len(places) <= table.head_rows or not table.head_rows or len(places[0]) < 2:
        return False
    return all(_is_simple(block) for row in table.rows for cell in row for block in cell.children)


def _is_simple(block: Block) -> bool:
    match block:
        case Paragraph(children):
            return not any(
                isinstance(inner, Image) for node in children for inner in inlines_of(node)
            )
        case ListBlock(items):
            return all(_is_simple(inner) for item in items for inner in item)
        case _:
            return False


def _name(table: Table) -> str:
    words = plain_text(table.caption).strip()
    if words:
        return words[:_EXCERPT]
    first = [
        plain_text(own_inlines(block))
        for cell in (table.rows[0] if table.rows else ())
        for block in blocks_in(cell.children)
    ]
    return " | ".join(first)[:_EXCERPT]


def _write_heads(
    parent: Element, table: Table, setting: Setting, *, is_turned: bool = False
) -> None:
    """Append the caption and the summary; their lines are no longer on a page that is turned."""
    first = len(parent)
    above = replace(setting, style="Caption")
    half = setting.edition.rhythm.blank_line // 2
    if table.caption:
        space_after(write_paragraph(parent, table.caption, above, keep_next=True), half)
    summary = table.summary.strip()
    if summary and summary != plain_text(table.caption).strip():
        above = replace(above, style="TableSummary")
        space_after(add_line(parent, summary, above, keep_next=True), half)
    page = setting.edition.page
    for paragraph in parent[first:] if is_turned else ():
        rest = page.turned().text_width - page.text_width
        property_of(paragraph, "ind").set(clark("right"), str(rest))


def _write_frame(parent: Element, table: Table, frame: _Frame) -> None:
    setting = frame.setting
    if setting.edition.break_before:
        _break_before(parent, setting)
    element = child(parent, "tbl")
    properties = child(element, "tblPr")
    child(properties, "tblStyle", val="TableGrid")
    child(properties, "tblW", w=sum(frame.widths), type="dxa")
    if setting.left:
        child(properties, "tblInd", w=setting.left, type="dxa")
    child(properties, "tblLayout", type="fixed")
    rows_are_named = all(row[0].cell.header for row in frame.places[frame.head_rows :])
    child(
        properties,
        "tblLook",
        val="04A0" if rows_are_named else "0420",
        firstRow=1,
        lastRow=0,
        firstColumn=int(rows_are_named),
        lastColumn=0,
        noHBand=0,
        noVBand=1,
    )
    if table.caption:
        child(properties, "tblCaption", val=plain_text(table.caption).strip())
    if table.summary.strip():
        child(properties, "tblDescription", val=table.summary.strip())
    columns = child(element, "tblGrid")
    for width in frame.widths:
        child(columns, "gridCol", w=width)
    for row in frame.places:
        _write_row(element, row, frame)
    # Word wants a paragraph between a table and what follows; it is the blank line as well.
    child(child(child(parent, "p"), "pPr"), "spacing", after=0)


def _break_before(parent: Element, setting: Setting) -> None:
    """Begin a page above a table: a table cannot do so itself, an empty paragraph does."""
    last = parent[-1] if len(parent) else None
    if last is not None and last.tag == clark("p") and len(last) == 1:
        property_of(last, "pageBreakBefore")  # the one that ends the table before
        setting.edition.break_before = False
    else:
        add_paragraph(parent, replace(setting, style=""), keep_next=True)


def _write_row(element: Element, row: Sequence[Placed], frame: _Frame) -> None:
    line = child(element, "tr")
    properties = child(line, "trPr")
    child(properties, "cantSplit")
    if row[0].row < frame.head_rows:
        child(properties, "tblHeader")
    column = 0
    while column < len(row):
        place = row[column]
        end = column + 1
        while end < len(row) and row[end].cell is place.cell and not row[end].is_origin:
            end += 1
        _write_cell(line, place, end - column, frame)
        column = end


def _write_cell(line: Element, place: Placed, span: int, frame: _Frame) -> None:
    setting = frame.setting
    cell = child(line, "tc")
    properties = child(cell, "tcPr")
    widths = frame.widths[place.column : place.column + span]
    child(properties, "tcW", w=sum(widths), type="dxa")
    if span > 1:
        child(properties, "gridSpan", val=span)
    starts = place.is_origin
    if place.cell.row_span > 1:
        child(properties, "vMerge", val="restart" if starts else "continue")
    is_header = place.row < frame.head_rows or place.cell.header
    within = Setting(
        setting.edition,
        setting.story,
        setting.lang,
        style="TableHeading" if is_header else "TableText",
        bold=is_header,
        foreign=setting.foreign,
        is_whole=setting.is_whole,
    )
    if starts:
        write_blocks(cell, place.cell.children, within)
    if cell[-1].tag != clark("p"):
        # A cell ends with a paragraph (ECMA-376 part 1 §17.4.65).
        add_paragraph(cell, within)
