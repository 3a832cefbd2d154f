"""Blocks to paragraphs: lists, quotations, boxes; headings, pictures and tables through others."""

from collections.abc import Iterable
from dataclasses import replace
from typing import assert_never

from ess_access.backends.large_print.writer.boxes import close_box, title_of
from ess_access.backends.large_print.writer.markup import Element, clark
from ess_access.backends.large_print.writer.numbering import LEVELS
from ess_access.backends.large_print.writer.paragraphs import (
    Setting,
    add_paragraph,
    space_after,
    write_heading,
    write_paragraph,
    write_picture,
)
from ess_access.backends.large_print.writer.ranges import enclose, range_name
from ess_access.backends.large_print.writer.runs import add_text
from ess_access.document.nodes import (
    Block,
    CodeBlock,
    Definitions,
    Division,
    Figure,
    Heading,
    ListBlock,
    PageBreak,
    Paragraph,
    Quote,
    Rule,
    Table,
)
from ess_access.document.numerals import written_number

__all__ = ["write_blocks"]


def write_blocks(parent: Element, blocks: Iterable[Block], setting: Setting) -> None:
    """Append blocks, in order."""
    before: Block | None = None
    for block in blocks:
        if block.at is not None:
            setting.edition.place = block.at
        first = len(parent)
        name = range_name(block, before, setting)
        _write_block(parent, block, setting, has_range=bool(name))
        if name:
            enclose(parent, first, name, setting.edition)
        if len(parent) > first and block != Paragraph(()):
            before = block
        if setting.numbering:
            setting = replace(setting, numbering=0)


def _write_block(parent: Element, block: Block, setting: Setting, *, has_range: bool) -> None:
    edition = setting.edition
    match block:
        case Heading():
            write_heading(parent, block, setting)
        case Paragraph(children):
            write_paragraph(parent, children, setting)
        case ListBlock():
            _write_list(parent, block, setting, has_range=has_range)
        case Definitions():
            _write_definitions(parent, block, replace(setting, numbering=0))
        case Quote(children):
            indent = setting.indent + edition.rhythm.list_step
            within = replace(setting, indent=indent, bar=True, style="Quote")
            write_blocks(parent, children, within)
        case CodeBlock(text):
            paragraph = add_paragraph(parent, replace(setting, style="CodeBlock"))
            add_text(paragraph, text, replace(setting.look, is_code=True), edition)
        case Figure(image, caption):
            write_picture(parent, image, caption, setting)
        case Division():
            _write_division(parent, block, setting)
        case Table():
            # Tables hold blocks and blocks hold tables.
            from ess_access.backends.large_print.writer.tables import write_table

            write_table(parent, block, setting)
        case Rule():
            add_paragraph(parent, replace(setting, style="Separator"))
        case PageBreak():
            edition.break_before = True
        case _:
            assert_never(block)


def _write_list(parent: Element, block: ListBlock, setting: Setting, *, has_range: bool) -> None:
    numbering = setting.edition.numbering
    level = setting.list_level + 1
    if setting.numbering:
        # An item that begins with a list: its own number stands on a line by itself.
        add_paragraph(parent, setting, keep_next=True)
    identity = (
        numbering.numbers(min(level, LEVELS) - 1, block.start, block.form)
        if block.ordered
        else numbering.bullets()
    )
    widened = _widened(block, setting) if block.ordered else 0
    holder = replace(setting, list_level=level, indent=setting.indent + widened, widened=widened)
    for item in block.items:
        within = replace(holder, numbering=identity)
        first = len(parent)
        if not item or not isinstance(item[0], Paragraph | ListBlock | Figure):
            add_paragraph(parent, within, keep_next=bool(item))
            within = replace(within, numbering=0)
        write_blocks(parent, item, within)
        if has_range:
            enclose(parent, first, "item", setting.edition)
    if level == 1 and block.items and parent[-1].tag == clark("p"):
        # Items stand half a line apart; what follows the list, a whole one.
        space_after(parent[-1], setting.edition.rhythm.blank_line)


def _widened(block: ListBlock, setting: Setting) -> int:
    """Give the twips that the longest number needs beyond the usual indent."""
    edition = setting.edition
    last = block.start + len(block.items) - 1
    numbers = range(block.start, last + 1) if "roman" in block.form else (last,)
    longest = max((written_number(number, block.form) for number in numbers), key=len, default="")
    number = f"{longest}.\u00a0"
    needed = edition.face.bold.width(number, edition.options.size_pt) * 20
    return max(0, round(needed) - edition.rhythm.list_step) if len(number) > 4 else 0


def _write_definitions(parent: Element, block: Definitions, setting: Setting) -> None:
    step = setting.edition.rhythm.list_step
    within = replace(setting, indent=setting.indent + step, style=setting.style or "Definition")
    for entry in block.items:
        write_paragraph(parent, entry.term, replace(setting, style="Term", bold=True))
        write_blocks(parent, entry.children, within)


def _write_division(parent: Element, division: Division, setting: Setting) -> None:
    setting = replace(setting, numbering=0)
    if division.lang:
        foreign = division.lang.lower() != setting.edition.document.meta.lang.lower()
        setting = replace(setting, lang=division.lang, foreign=foreign)
    title = replace(setting, style="BoxTitle", bold=True)
    if division.role == "section":
        if division.title:
            write_paragraph(parent, division.title, title)
        write_blocks(parent, division.children, setting)
        return
    before = len(parent)
    label, words = title_of(division, setting.edition)
    write_paragraph(parent, words, title, label=label)
    write_blocks(parent, division.children, setting)
    close_box(parent, before, setting.edition)
