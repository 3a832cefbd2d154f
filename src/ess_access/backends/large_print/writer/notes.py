"""Notes: at the end, at the size of the body, with links both ways."""

from typing import Any

from ess_access.backends.large_print.writer.blocks import write_blocks
from ess_access.backends.large_print.writer.edition import Edition, Story
from ess_access.backends.large_print.writer.inlines import bookmarked
from ess_access.backends.large_print.writer.markup import Element, child, clark, root, text_of
from ess_access.backends.large_print.writer.paragraphs import Setting, add_line
from ess_access.backends.large_print.writer.ranges import enclose

__all__ = ["add_notes_title", "attach_notes", "write_plain_notes"]

_CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.endnotes+xml"


def add_notes_title(body: Element, edition: Edition, story: Story) -> None:
    """Append the heading above the notes, which Word sets after the last paragraph."""
    if not edition.notes:
        return
    setting = Setting(edition, story, edition.document.meta.lang, style="Heading1", bold=True)
    first = len(body)
    bookmarked(add_line(body, edition.words.notes, setting), "notes", edition)
    enclose(body, first, "notes", edition)


def write_plain_notes(body: Element, edition: Edition, story: Story) -> None:
    """Append the notes as paragraphs of the body."""
    setting = Setting(edition, story, edition.document.meta.lang, style="EndnoteText")
    for number, (note, place) in enumerate(edition.notes, 1):
        edition.place = place
        start = len(body)
        write_blocks(body, note.children, setting)
        holder = root("note")
        holder.extend(list(body[start:]))
        _add_label(holder, number, edition)
        body.extend(list(holder))


def attach_notes(document_part: Any, settings: Element, edition: Edition) -> None:
    """Add the part that holds the notes. ``document_part`` is python-docx's."""
    from docx.opc.constants import RELATIONSHIP_TYPE
    from docx.opc.packuri import PackURI
    from docx.opc.part import XmlPart

    if not edition.notes or edition.plain_notes:
        return
    element = root("endnotes")
    part = XmlPart(PackURI("/word/endnotes.xml"), _CONTENT_TYPE, element, document_part.package)
    document_part.relate_to(part, RELATIONSHIP_TYPE.ENDNOTES)
    _add_separators(element)
    story = Story(part, in_note=True)
    # A note may call no other, so the list does not grow while it is written.
    for number, (note, place) in enumerate(edition.notes, 1):
        edition.place = place
        holder = child(element, "endnote", id=number)
        setting = Setting(edition, story, edition.document.meta.lang, style="EndnoteText")
        write_blocks(holder, note.children, setting)
        _add_label(holder, number, edition)
    properties = child(settings, "endnotePr")
    for identity in (-1, 0):
        child(properties, "endnote", id=identity)


def _add_separators(element: Element) -> None:
    for identity, kind in ((-1, "separator"), (0, "continuationSeparator")):
        holder = child(element, "endnote", type=kind, id=identity)
        paragraph = child(holder, "p")
        child(child(paragraph, "pPr"), "spacing", after=0)
        child(child(paragraph, "r"), kind)


def _add_label(holder: Element, number: int, edition: Edition) -> None:
    """Begin the note with its number, a link back to where it is called."""
    first = holder.find(clark("p"))
    if first is None or first is not holder[0]:
        first = child(holder, "p")
        child(child(first, "pPr"), "pStyle", val="EndnoteText")
        holder.insert(0, first)
    words = list(first)
    start = child(first, "bookmarkStart", id=edition.bookmark(), name=f"note_{number}")
    link = child(first, "hyperlink", anchor=f"call_{number}", history=1)
    link.set(clark("tooltip"), edition.words.back_to_text)
    run = child(link, "r")
    child(child(run, "rPr"), "rStyle", val="EndnoteReference")
    if edition.plain_notes:
        text_of(run, str(number))
    else:
        child(run, "endnoteRef")
    child(first, "bookmarkEnd", id=start.get(clark("id")))
    stop = child(first, "r")
    child(child(stop, "rPr"), "rStyle", val="AddedWords")
    text_of(stop, ". ")
    # The label goes before the words, after the properties.
    for node in words:
        if node.tag != clark("pPr"):
            first.append(node)
