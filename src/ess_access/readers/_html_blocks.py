"""Block elements to block nodes."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from ess_access.document.inlines import plain_text
from ess_access.document.nodes import (
    Block,
    CodeBlock,
    Division,
    Figure,
    Heading,
    Image,
    Inline,
    LineBreak,
    Note,
    PageBreak,
    PageMark,
    Paragraph,
    Place,
    Quote,
    Rule,
    Text,
)
from ess_access.document.text import clean
from ess_access.readers._html_inlines import inlines_of, inlines_within, page_mark, wrap_of
from ess_access.readers._html_lists import definitions, list_block
from ess_access.readers._html_page import Page, Style
from ess_access.readers._html_tables import table
from ess_access.readers._html_tree import (
    Element,
    heading_level,
    is_block,
    name_of,
    names,
    tokens,
)
from ess_access.transforms.tables import flattened

__all__ = ["blocks_of", "blocks_within", "note_of"]

_ROLES = {
    "complementary": "aside",
    "doc-pullquote": "aside",
    "sidebar": "aside",
    "doc-tip": "note",
    "tip": "note",
    "note": "note",
    "doc-footnote": "note",
    "footnote": "note",
    "doc-notice": "warning",
    "warning": "warning",
    "notice": "warning",
    "doc-example": "example",
    "example": "example",
}
_BOXES = names("admonition callout alert fr-callout fr-alert markdown-alert custom-block notice")
_KINDS = (
    ("warning", re.compile("warn|caution|danger|attention|error|important")),
    ("example", re.compile("exampl|exempl")),
)
_TITLES = names(
    "admonition-title callout-title alert-title fr-callout__title fr-alert__title"
    " markdown-alert-title custom-block-title title"
)
_BREAK = re.compile(r"(?i:(?:page-)?break-(before|after)\s*:\s*(?:page|always|left|right))")


class Flow:
    """Blocks in the order they come, and the run of inline nodes that is not a block yet."""

    def __init__(self, page: Page, style: Style) -> None:
        self._page, self._style = page, style
        self._run: list[Inline] = []
        self._at: Place | None = None
        self.blocks: list[Block] = []

    def inline(self, nodes: Iterable[Inline], at: Place | None) -> None:
        """Add inline nodes to the run."""
        for node in nodes:
            if self._at is None and not _is_blank(node):
                self._at = at
            self._run.append(node)

    def end_run(self) -> None:
        """Make paragraphs of the run; two line breaks part them; pictures alone are figures."""
        run, self._run = self._run, []
        place, self._at = self._at, None
        if all(map(_is_blank, run)):  # between two blocks, as a rule
            return
        for part in _parted(run):
            nodes = self._style.wrapped(part)
            marks = [node for node in nodes if isinstance(node, PageMark)]
            if len(marks) == len(nodes):
                self._page.held_marks.extend(marks)
                continue
            pictures = [node for node in nodes if isinstance(node, Image)]
            if pictures and all(
                isinstance(node, Image | LineBreak) or node == Text(" ") for node in nodes
            ):
                self.blocks.extend(Figure(picture, at=place) for picture in pictures)
            else:
                self.blocks.append(Paragraph(_with_marks(self._page, nodes), at=place))


def _is_blank(node: Inline) -> bool:
    return isinstance(node, Text) and not node.text.strip(" \t\n\r\u00a0")


def _parted(run: Sequence[Inline]) -> Iterable[list[Inline]]:
    part: list[Inline] = []
    breaks = 0
    for node in run:
        if isinstance(node, LineBreak):
            breaks += 1
        elif not _is_blank(node):
            if breaks > 1:
                yield part
                part = []
            breaks = 0
        part.append(node)
    yield part


def _with_marks(page: Page, nodes: tuple[Inline, ...]) -> tuple[Inline, ...]:
    marks, page.held_marks = tuple(page.held_marks), []
    return (*marks, *nodes)


def blocks_within(page: Page, element: Element, style: Style) -> list[Block]:
    """Turn what an element holds into blocks; words between blocks become paragraphs."""
    flow = Flow(page, style)
    at = page.place(element)
    if element.text:
        flow.inline((Text(element.text),), at)
    for child in element:
        if _stands_alone(page, child):
            flow.end_run()  # before the child is read: it takes the page marks that wait
            flow.blocks.extend(blocks_of(page, child, style))
        else:
            flow.inline(inlines_of(page, child, style), page.place(child))
        if child.tail:
            flow.inline((Text(child.tail),), at)
    flow.end_run()
    return flow.blocks


def _stands_alone(page: Page, element: Element) -> bool:
    return (is_block(element) or element in page.mixed) and page_mark(element) is None


def blocks_of(page: Page, element: Element, style: Style) -> list[Block]:
    """Turn a block element, or an inline one that holds blocks, into blocks."""
    css = element.get("style")
    breaks = set(_BREAK.findall(css)) if css and "break" in css else set()
    at = page.place(element)
    found = _blocks_of(page, element, style, at)
    if "before" in breaks:
        found.insert(0, PageBreak(at=at))
    if "after" in breaks:
        found.append(PageBreak(at=at))
    return found


def _blocks_of(page: Page, element: Element, style: Style, at: Place | None) -> list[Block]:
    level = heading_level(element)
    if level:
        inner = page.in_language(element, style)
        nodes = inner.wrapped(inlines_within(page, element, inner))
        if not nodes:
            return []
        return [Heading(level, _with_marks(page, nodes), page.heading_ids.get(element, ""), at=at)]
    name = name_of(element)
    if name in ("p", "dt", "summary", "legend", "caption", "figcaption"):
        return blocks_within(page, element, page.in_language(element, style))
    if name == "pre":
        text = clean("".join(_lines(element))).strip("\n")
        return [CodeBlock(text, at=at)] if text.strip() else []
    tag, inner = page.style_of(element, style)
    found = _container(page, element, name, inner, at)
    if not tag or not found:
        return found
    match found:
        case [Division(lang="") as division]:
            return [replace(division, lang=tag)]
        case _:
            return [Division("section", tag, (), tuple(found), at=at)]


def _lines(element: Element) -> Iterable[str]:
    yield element.text or ""
    for child in element:
        if name_of(child) == "br":
            yield "\n"
        else:
            yield from _lines(child)
        yield child.tail or ""


def _container(
    page: Page, element: Element, name: str, style: Style, at: Place | None
) -> list[Block]:
    match name:
        case "ul" | "ol" | "menu" | "dir":
            return list_block(page, element, style, blocks_within)
        case "dl":
            return definitions(page, element, style, blocks_within)
        case "table":
            return table(page, element, style, blocks_within)
        case "hr":
            return [] if _BREAK.search(element.get("style") or "") else [Rule(at=at)]
        case "blockquote":
            children = blocks_within(page, element, style)
            return [Quote(tuple(children), at=at)] if children else []
        case "figure":
            return _figure(page, element, style)
        case "details":
            return _box(page, element, "details", style, at)
        case "aside":
            return _box(page, element, _role_of(element) or "aside", style, at)
        case _:
            role = _role_of(element)
            if role:
                return _box(page, element, role, style, at)
            wrap = None if is_block(element) else wrap_of(page, element)
            return blocks_within(page, element, style.within(wrap) if wrap else style)


def _role_of(element: Element) -> str:
    for role in tokens(element, "role", "epub-type"):
        if role in _ROLES:
            return _ROLES[role]
    classes = tokens(element, "class")
    if name_of(element) in ("div", "aside", "section") and classes & _BOXES:
        kinds = " ".join(classes - {"alert", "fr-alert"})
        return next((kind for kind, pattern in _KINDS if pattern.search(kinds)), "note")
    return ""


def _box(page: Page, element: Element, role: str, style: Style, at: Place | None) -> list[Block]:
    title: tuple[Inline, ...] = ()
    for child in element:
        is_title = name_of(child) == "summary" or (
            bool(tokens(child, "class") & _TITLES) and not heading_level(child)
        )
        if is_title and not (element.text or "").strip():
            inner = page.in_language(child, style)
            title = inner.wrapped(inlines_within(page, child, inner))
            following = child.tail
            element.remove(child)
            element.text = clean((element.text or "") + (following or ""))
            break
        if name_of(child) and not title and name_of(element) != "details":
            break
    children = blocks_within(page, element, style)
    if not children and not title:
        return []
    return [Division(role, "", title, tuple(children), at=at)]


def _figure(page: Page, element: Element, style: Style) -> list[Block]:
    """Turn ``<figure>`` into a figure or a captioned table, else into what it holds."""
    caption: tuple[Inline, ...] = ()
    for child in list(element):
        if name_of(child) == "figcaption":
            caption = flattened(blocks_within(page, child, page.in_language(child, style)))
            is_first = child.getprevious() is None
            element.remove(child)
            break
    found = blocks_within(page, element, style)
    if not plain_text(caption).strip():
        return found
    match found:
        case [Figure(_, ()) as figure]:
            return [replace(figure, caption=caption)]
        case _:
            pass
    from ess_access.document.nodes import Table

    match found:
        case [Table(caption=()) as captioned]:
            return [replace(captioned, caption=caption)]
        case _:
            words = Paragraph(caption, at=page.place(element))
            return [words, *found] if is_first else [*found, words]


def note_of(page: Page, call: Element, style: Style) -> Note | None:
    """Read the note that an element calls; ``None`` where it holds nothing."""
    note = page.notes[call]
    if note in page.notes_read:
        return page.notes_read[note]
    page.notes_read[note] = None
    marks, page.held_marks = page.held_marks, []
    children = blocks_within(page, note, Style(style.lang))
    page.held_marks = marks
    page.notes_read[note] = Note(tuple(children)) if children else None
    return page.notes_read[note]
