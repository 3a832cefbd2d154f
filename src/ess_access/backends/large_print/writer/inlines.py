"""Inline nodes to runs, links and calls of notes."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import assert_never
from urllib.parse import quote

from ess_access.backends.large_print.writer.edition import Edition, Story
from ess_access.backends.large_print.writer.markup import Element, R, child, clark, text_of
from ess_access.backends.large_print.writer.pictures import add_inline_picture
from ess_access.backends.large_print.writer.runs import Look, add_text
from ess_access.document.inlines import plain_text
from ess_access.document.nodes import (
    Abbreviation,
    Block,
    Code,
    CodeBlock,
    Emphasis,
    Image,
    Inline,
    Language,
    LineBreak,
    Link,
    Note,
    PageMark,
    Script,
    Strong,
    Text,
)
from ess_access.document.walk import blocks_in, inlines_of, own_inlines

__all__ = ["bookmarked", "has_raised", "write_inlines"]

# Word opens these; anything else (javascript:, data:) is printed without being a link.
_SCHEMES = re.compile(r"(?:https?|ftps?|mailto|tel|sms|file):", re.IGNORECASE)
_ANY_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_SAFE = "/:?#[]@!$&'()*+,;=%~-._"


@dataclass(frozen=True, slots=True)
class _Line:
    """A paragraph being written, and the pictures that it leaves to be described below it."""

    edition: Edition
    story: Story
    pictures: list[tuple[Image, bool]]


def write_inlines(
    parent: Element, nodes: Iterable[Inline], look: Look, edition: Edition, story: Story
) -> tuple[tuple[Image, bool], ...]:
    """Append inline nodes to a paragraph.

    Gives the pictures that they hold, and whether each could be shown.
    """
    line = _Line(edition, story, [])
    _write(parent, nodes, look, line)
    return tuple(line.pictures)


def _write(parent: Element, nodes: Iterable[Inline], look: Look, line: _Line) -> None:
    edition = line.edition
    for node in nodes:
        match node:
            case Text(text):
                add_text(parent, text, look, edition)
            case Emphasis(children):
                # No italics (UKAAF, RNIB): bold, and a style that still says emphasis.
                _write(parent, children, _stressed(look, "Emphasis"), line)
            case Strong(children):
                _write(parent, children, _stressed(look, "Strong"), line)
            case Script(position, children):
                _write(parent, children, replace(look, position=position), line)
            case Language(lang, children):
                _write(parent, children, replace(look, lang=lang, foreign=True), line)
            case Abbreviation(text, expansion, _):
                add_text(parent, text, look, edition)
                if expansion and expansion != text and edition.first_use(text):
                    add_text(parent, f" ({expansion})", look, edition)
            case Link():
                _write_link(parent, node, look, line)
            case Image():
                shown = add_inline_picture(parent, node, edition, line.story)
                if not shown and look.is_link:
                    # A link needs words: the picture's stand in its place.
                    add_text(parent, node.alt or edition.words.absent_picture, look, edition)
                else:
                    line.pictures.append((node, shown))
            case Note():
                _write_call(parent, node, look, line)
            case Code(text):
                add_text(parent, text, replace(look, is_code=True), edition)
            case LineBreak():
                child(child(parent, "r"), "br")
            case PageMark(label):
                if edition.options.page_marks:
                    added = replace(look, is_added=True)
                    add_text(parent, f"({edition.words.source_page} {label}) ", added, edition)
            case _:
                assert_never(node)


def _stressed(look: Look, style: str) -> Look:
    """Add emphasis or importance to a look; a word may have both."""
    both = look.style not in ("", style)
    return replace(look, bold=True, style="IntenseEmphasis" if both else style)


def _write_link(parent: Element, link: Link, look: Look, line: _Line) -> None:
    edition = line.edition
    href = link.href.strip()
    words = plain_text(link.children).strip()
    label = link.children
    if not words and not any(isinstance(node, Image) for node in label):
        words = _address(href)
        label = (Text(words),)
    holder = None if look.is_link else _hyperlink(parent, href, edition, line.story)
    if holder is None:
        _write(parent, label, look, line)
    else:
        _write(holder, label, replace(look, is_link=True), line)
    address = _address(href)
    if edition.options.link_addresses and address and not _says(words, address):
        added = replace(look, is_code=True, is_added=True)
        add_text(parent, f" ({address})", added, edition)


def _hyperlink(parent: Element, href: str, edition: Edition, story: Story) -> Element | None:
    if href.startswith("#"):
        target = edition.targets.get(href[1:])
        return child(parent, "hyperlink", anchor=target, history=1) if target else None
    if not href or (_ANY_SCHEME.match(href) and not _SCHEMES.match(href)):
        return None
    holder = child(parent, "hyperlink", history=1)
    holder.set(f"{{{R}}}id", story.external(quote(href, safe=_SAFE)))
    return holder


def _address(href: str) -> str:
    """Give what paper needs of an address; nothing for a place of this document."""
    if href.startswith("#") or (_ANY_SCHEME.match(href) and not _SCHEMES.match(href)):
        return ""
    return re.sub(r"^(?:mailto|tel|sms):", "", href, flags=re.IGNORECASE)


def _says(words: str, address: str) -> bool:
    """Say whether the words of a link give its address already."""

    def bare(text: str) -> str:
        text = re.sub(r"^https?://", "", text.strip().lower())
        return re.sub(r"[\s\u00a0\u202f.()-]|/$", "", text).removeprefix("+33").lstrip("0")

    return bare(address) in bare(words)


def _write_call(parent: Element, note: Note, look: Look, line: _Line) -> None:
    """Write « (note 1) », at full size, as a link to the note; the note leads back."""
    edition = line.edition
    if line.story.in_note:
        # WordprocessingML allows no note within a note: its words stand where it is called.
        added = replace(look, is_added=True)
        add_text(parent, f" ({edition.words.note}{edition.words.colon}", added, edition)
        for number, block in enumerate(note.children):
            if number:
                add_text(parent, " ", look, edition)
            _write(parent, _words_of(block), look, line)
        add_text(parent, ")", added, edition)
        return
    number, is_first = edition.number_of(note)
    plain = replace(look, position="", bold=False, style="", is_code=False, is_link=False)
    if not _ends_with_space(parent):
        add_text(parent, " ", replace(plain, is_added=True), edition)
    holder = child(parent, "hyperlink", anchor=f"note_{number}", history=1)
    text_of(_call_run(holder, "NoteCall"), f"({edition.words.note}\u00a0")
    if is_first and not edition.plain_notes:
        child(_call_run(holder, "EndnoteReference"), "endnoteReference", id=number)
    else:
        text_of(_call_run(holder, "NoteCall"), str(number))
    if is_first:
        identity = edition.bookmark()
        start = child(parent, "bookmarkStart", id=identity, name=f"call_{number}")
        holder.addprevious(start)
        child(parent, "bookmarkEnd", id=identity)
    text_of(_call_run(holder, "NoteCall"), ")")


def _ends_with_space(paragraph: Element) -> bool:
    """Say whether the words so far end with a space, or there are none yet."""
    shown = [node.text or "" for node in paragraph.iter(clark("t"))]
    return not shown or shown[-1].endswith((" ", "\u00a0"))


def _call_run(holder: Element, style: str) -> Element:
    run = child(holder, "r")
    child(child(run, "rPr"), "rStyle", val=style)
    return run


def _words_of(block: Block) -> tuple[Inline, ...]:
    found: list[Inline] = []
    for inner in blocks_in((block,)):
        if found:
            found.append(Text(" "))
        found.extend((Code(inner.text),) if isinstance(inner, CodeBlock) else own_inlines(inner))
    return tuple(found)


def bookmarked(paragraph: Element, name: str, edition: Edition) -> None:
    """Put a bookmark around what a paragraph holds so far."""
    identity = edition.bookmark()
    start = child(paragraph, "bookmarkStart", id=identity, name=name)
    first = next((node for node in paragraph if not node.tag.endswith("}pPr")), start)
    if first is not start:
        first.addprevious(start)
    child(paragraph, "bookmarkEnd", id=identity)


def has_raised(nodes: Iterable[Inline]) -> bool:
    """Say whether a paragraph holds raised or lowered characters."""
    return any(isinstance(inner, Script) for node in nodes for inner in inlines_of(node))
