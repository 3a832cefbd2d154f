"""A page of HTML to a document; Markdown and EPUB come this way too."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from ess_access.api.findings import Finding, Severity
from ess_access.api.reader import Source
from ess_access.document.inlines import plain_text
from ess_access.document.nodes import Block, Document, Heading, Meta, Paragraph, Place
from ess_access.document.walk import blocks_in
from ess_access.errors import SourceError
from ess_access.readers._doubts import doubts
from ess_access.readers._html_blocks import blocks_within, note_of
from ess_access.readers._html_notes import notes_set_apart
from ess_access.readers._html_page import Page, Style, language_tag, prepared
from ess_access.readers._html_tasks import tasks_in_words
from ess_access.readers._html_tree import (
    Element,
    attribute,
    lang_of,
    name_of,
    parsed,
    refuse_deep,
    settled,
)
from ess_access.readers._html_visible import content_root, prune
from ess_access.readers._pictures import Pictures
from ess_access.transforms.typed_lists import with_typed_lists

__all__ = ["DEFAULT_LANG", "Content", "blocks_of_elements", "content_of_page", "ids_of"]

DEFAULT_LANG = "fr"


@dataclass(frozen=True, slots=True)
class Content:
    """A page as a document, and what is doubtful in it."""

    document: Document
    findings: tuple[Finding, ...]


def content_of_page(source: Source, text: str) -> Content:
    """Read a whole page: what it says of itself, and its content. Raises SourceError."""
    root = parsed(text)
    if root is None:
        raise SourceError("source-no-content", name=source.name)
    refuse_deep(source.name, root, source.limits)
    settled(root)
    findings: list[Finding] = []
    declared = _declared_language(root)
    lang = language_tag(declared or "")
    if declared and not lang:
        findings.append(Finding("SRC-008", Severity.WARNING, {"lang": declared}, Place(line=1)))
    elif not declared:
        findings.append(Finding("SRC-009", Severity.INFO))
    lang = lang or DEFAULT_LANG
    meta = _meta(root, lang)
    ids = ids_of(root)
    tasks_in_words(root, lang)
    prune(root)
    chosen, left_out = content_root(root)
    if left_out:
        findings.append(Finding("SRC-018", Severity.INFO, {"words": left_out}))
    pictures = Pictures(source)
    blocks, met = blocks_of_elements(
        chosen, ids, lang, pictures, lambda element: Place(line=_line(element))
    )
    if not blocks:
        raise SourceError("source-no-content", name=source.name)
    meta = Meta(_title(meta.title, blocks), meta.lang, meta.authors, meta.published)
    document = Document(meta, blocks, pictures.assets)
    return Content(document, (*findings, *met, *pictures.findings, *doubts(document)))


def blocks_of_elements(
    elements: Sequence[Element],
    ids: dict[str, Element],
    lang: str,
    pictures: Pictures,
    place: Callable[[Element], Place | None],
) -> tuple[tuple[Block, ...], tuple[Finding, ...]]:
    """Turn elements into blocks, notes and links among them resolved.

    The trees are changed on the way. ``ids`` maps ids to elements, ``place`` says where an
    element stands for messages. Names must be HTML's own (:func:`_html_tree.settled`).
    """
    page = Page(place, pictures, lang, note_of, ids)
    notes_set_apart(page, elements)
    prepared(page, (*elements, *dict.fromkeys(page.notes.values())))
    style = Style(lang)
    blocks = [block for element in elements for block in _blocks(page, element, style)]
    if page.held_marks:
        blocks.append(Paragraph(tuple(page.held_marks)))
    made, typed = with_typed_lists(blocks)
    if typed:
        page.findings.append(Finding("SRC-065", Severity.REVIEW, {"count": typed}))
    return made, tuple(page.findings)


def _blocks(page: Page, element: Element, style: Style) -> list[Block]:
    from ess_access.readers._html_blocks import blocks_of

    if name_of(element) in ("body", "html"):  # their language is the document's
        return blocks_within(page, element, style)
    return blocks_of(page, element, style)


def _line(element: Element) -> int | None:
    line = element.sourceline
    return int(line) if line is not None else None


def _declared_language(root: Element) -> str | None:
    body = next(root.iter("body"), None)
    for element in (root, body):
        if element is not None and lang_of(element):
            return lang_of(element)
    for meta in root.iter("meta"):
        if attribute(meta, "http-equiv").lower() == "content-language":
            return attribute(meta, "content") or None
    return None


def ids_of(root: Element) -> dict[str, Element]:
    found: dict[str, Element] = {}
    for element in root.iter():
        for name in ("id", "name"):
            value = element.get(name)
            if value and (name == "id" or name_of(element) == "a"):
                found.setdefault(value.strip(), element)
    return found


def _meta(root: Element, lang: str) -> Meta:
    title = next(root.iter("title"), None)
    named: dict[str, list[str]] = {}
    for meta in root.iter("meta"):
        name = (attribute(meta, "name") or attribute(meta, "property")).lower()
        content = " ".join((meta.get("content") or "").split())
        if name and content:
            named.setdefault(name, []).append(content)
    authors = next(
        (named[n] for n in ("author", "dc.creator", "dcterms.creator") if n in named), []
    )
    dates = ("date", "dcterms.date", "dc.date", "dcterms.issued", "article:published_time")
    published = next((named[name][0] for name in dates if name in named), "")
    words = " ".join("".join(title.itertext()).split()) if title is not None else ""
    return Meta(words, lang, tuple(dict.fromkeys(authors)), published)


def _title(title: str, blocks: Sequence[Block]) -> str:
    """Leave the site's name out of a page's title when the first heading says the rest."""
    found = [block for block in blocks_in(blocks) if isinstance(block, Heading)]
    if found and found[0].level == 1:
        heading = plain_text(found[0].children)
        if re.match(rf"{re.escape(heading)}\s+[|–—·:>»-]\s", title) or re.search(
            rf"\s[|–—·:>«-]\s+{re.escape(heading)}$", title
        ):
            return heading
    return title
