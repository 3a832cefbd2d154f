"""A table told row by row: each cell after the words that name its column."""

from dataclasses import replace

from ess_access.backends.large_print.writer.blocks import write_blocks
from ess_access.backends.large_print.writer.markup import Element, clark, property_of
from ess_access.backends.large_print.writer.paragraphs import Setting, space_after, write_paragraph
from ess_access.document.nodes import Block, CodeBlock, Inline, Paragraph, Strong, Table, Text
from ess_access.document.walk import blocks_in, own_inlines
from ess_access.transforms.tables import LinearEntry, LinearRow, linearised

__all__ = ["write_rows"]


def write_rows(parent: Element, table: Table, setting: Setting) -> None:
    """Append the rows of a table as paragraphs."""
    for row in linearised(table):
        _write_row(parent, row, setting)


def _write_row(parent: Element, row: LinearRow, setting: Setting) -> None:
    colon = setting.edition.words.colon
    if row.title:
        title: tuple[Inline, ...] = row.title
        if row.title_header:
            title = (*row.title_header, Text(colon), *title)
        write_paragraph(parent, title, replace(setting, style="RowTitle", bold=True))
    entries = [entry for entry in row.entries if entry.header or _says_something(entry.children)]
    within = replace(setting, style="RowEntry")
    for entry in entries:
        first = len(parent)
        write_blocks(parent, _labelled(entry, setting), within)
        stands_alone = entry.header and not (
            entry.children and isinstance(entry.children[0], Paragraph)
        )
        if stands_alone and len(parent) > first + 1:
            property_of(parent[first], "keepNext")  # the name of a column stays with its cell
    if entries and parent[-1].tag == clark("p"):
        # The last cell keeps a whole line from the next row.
        space_after(parent[-1], setting.edition.rhythm.blank_line)


def _labelled(entry: LinearEntry, setting: Setting) -> tuple[Block, ...]:
    """Put the name of the column before what the cell says; an empty cell says so."""
    words = setting.edition.words
    label: tuple[Inline, ...] = ()
    if entry.header:
        label = (Strong((*entry.header, Text(words.colon.rstrip(" ")))), Text(" "))
    blocks = entry.children
    if not _says_something(blocks):
        blocks = (Paragraph((Text(f"({words.empty_cell})"),)),)
    match blocks[0]:
        case Paragraph(children):
            return (Paragraph((*label, *children)), *blocks[1:])
        case _ if label:
            return (Paragraph(label), *blocks)
        case _:
            return blocks


def _says_something(blocks: tuple[Block, ...]) -> bool:
    return any(own_inlines(block) or isinstance(block, CodeBlock) for block in blocks_in(blocks))
