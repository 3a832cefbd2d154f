"""Put the parts of an edition together, in the order in which they are read."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from ess_access.backends.large_print.fonts import family
from ess_access.backends.large_print.options import LargePrintOptions
from ess_access.backends.large_print.sizes import page_of, sizes_of
from ess_access.backends.large_print.themes import THEMES
from ess_access.backends.large_print.words import wording
from ess_access.backends.large_print.writer import Result
from ess_access.backends.large_print.writer.blocks import write_blocks
from ess_access.backends.large_print.writer.bookmarks import bookmarks
from ess_access.backends.large_print.writer.capitals import lowered_headings
from ess_access.backends.large_print.writer.charter import (
    charter_of,
    heading_colour,
    write_charter,
)
from ess_access.backends.large_print.writer.contents import (
    is_wanted,
    listed_headings,
    write_contents,
)
from ess_access.backends.large_print.writer.edition import Edition, Story
from ess_access.backends.large_print.writer.markup import clark
from ess_access.backends.large_print.writer.notes import (
    add_notes_title,
    attach_notes,
    write_plain_notes,
)
from ess_access.backends.large_print.writer.numbering import Numbering, numbering_xml
from ess_access.backends.large_print.writer.paragraphs import Setting, write_heading
from ess_access.backends.large_print.writer.parts import (
    blank_document,
    embed_fonts,
    replace_part,
    set_background,
    set_properties,
    settings_xml,
)
from ess_access.backends.large_print.writer.rhythm import rhythm_of
from ess_access.backends.large_print.writer.sections import (
    close_last_section,
    fill_section,
    share_furniture,
    write_furniture,
)
from ess_access.backends.large_print.writer.styles import styles_xml
from ess_access.backends.large_print.writer.title import opening_title, write_title
from ess_access.document.nodes import Document
from ess_access.transforms.outline import title_heading

__all__ = ["assembled"]


def assembled(
    document: Document,
    options: LargePrintOptions,
    pages: Mapping[str, int],
    *,
    plain_notes: bool = False,
    fallback_title: str = "",
) -> tuple[Any, Result]:
    """Give python-docx's document, complete, and what was met on the way."""
    word = blank_document()
    edition = _edition(word, document, options)
    edition.plain_notes = plain_notes
    charter = charter_of(options.template) if options.template else None
    colour = heading_colour(charter, edition)
    replace_part(word.part.styles, styles_xml(edition, colour))
    embed_fonts(word, edition.face)
    body = word.element.body
    section = body.find(clark("sectPr"))
    body.remove(section)
    _write_body(body, document, edition, Story(word.part), pages)
    fill_section(section, edition.page)
    close_last_section(body, section)
    body.append(section)
    write_furniture(word.sections[-1], edition)
    if charter is not None:
        write_charter(word.sections[-1], charter, edition)
    share_furniture(body, section)
    settings = word.settings.element
    attach_notes(word.part, settings, edition)
    settings_xml(settings, edition, has_notes=bool(edition.notes) and not plain_notes)
    set_background(word, edition.theme)
    set_properties(word, document, fallback_title)
    return word, Result((*edition.findings, *lowered_headings(edition)))


def _edition(word: Any, document: Document, options: LargePrintOptions) -> Edition:
    face = family(options.font_family, options.font_dir)
    rhythm = rhythm_of(options, face)
    letter = face.letter_width(options.size_pt) + options.letter_spacing_pt
    numbering_part = word.part.numbering_part
    replace_part(numbering_part, numbering_xml(rhythm.list_step))
    return Edition(
        document=document,
        options=options,
        face=face,
        sizes=sizes_of(options.size_pt),
        page=page_of(options.margin_cm, letter),
        theme=THEMES[options.theme],
        rhythm=rhythm,
        words=wording(document.meta.lang),
        numbering=Numbering(numbering_part.element),
        targets=bookmarks(document),
    )


def _write_body(
    body: Any, document: Document, edition: Edition, story: Story, pages: Mapping[str, int]
) -> None:
    """Write title, contents, text and the title of the notes."""
    setting = Setting(edition, story, document.meta.lang)
    first = opening_title(document)
    blocks = document.children
    if first is not None:
        edition.place = first.at
        write_heading(body, first, setting, is_title=True)
        blocks = blocks[1:]
    write_title(body, setting, has_heading=title_heading(document) is not None)
    listed = listed_headings(document, edition.targets, first)
    if is_wanted(document, edition.options, listed):
        write_contents(body, listed, pages, setting)
        edition.break_before = True
    write_blocks(body, blocks, setting)
    add_notes_title(body, edition, story)
    if edition.plain_notes:
        write_plain_notes(body, edition, replace(story, in_note=True))
