"""Paragraphs: where they stand, what they look like, the pictures that they bring along."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from ess_access.backends.large_print.writer.capitals import without_capitals
from ess_access.backends.large_print.writer.edition import Edition, Story
from ess_access.backends.large_print.writer.inlines import bookmarked, has_raised, write_inlines
from ess_access.backends.large_print.writer.markup import Element, child, clark, property_of
from ess_access.backends.large_print.writer.numbering import LEVELS
from ess_access.backends.large_print.writer.pictures import add_figure_picture, captions
from ess_access.backends.large_print.writer.runs import Look, add_text
from ess_access.document.inlines import plain_text
from ess_access.document.nodes import Heading, Image, Inline, Text

__all__ = [
    "Setting",
    "add_line",
    "add_paragraph",
    "space_after",
    "write_heading",
    "write_paragraph",
    "write_picture",
]

# Styles that give way to a list's own within one.
_YIELDING = frozenset({"Quote", "Definition", "TableText", "TableHeading"})
_BARRED = frozenset({"Quote", "CodeBlock"})
# Styles that bring an indent of one step along.
_INDENTED = frozenset({"Quote", "CodeBlock", "Definition"})


@dataclass(frozen=True, slots=True)
class Setting:
    """Where blocks stand: their edition, part and language, their indent in twips.

    ``style`` is that of plain paragraphs. ``list_level`` counts the lists around (0: none);
    ``numbering`` is the ``w:numId`` that the next paragraph takes as an item's first, ``widened``
    the twips that its long number needs on top. ``bar`` draws the line at the left of a quotation;
    ``is_whole``: no line ends within a compound.
    """

    edition: Edition
    story: Story
    lang: str
    style: str = ""
    indent: int = 0
    list_level: int = 0
    numbering: int = 0
    widened: int = 0
    bar: bool = False
    bold: bool = False
    foreign: bool = False
    is_whole: bool = False

    @property
    def look(self) -> Look:
        """Give the look of plain text here."""
        return Look(
            self.lang,
            bold=self.bold,
            styled_bold=self.bold,
            foreign=self.foreign,
            is_whole=self.is_whole,
        )

    @property
    def left(self) -> int:
        """How far from the margin text begins, in twips."""
        return self.indent + self.edition.rhythm.list_step * min(self.list_level, LEVELS)

    @property
    def paragraph_style(self) -> str:
        """Give the style of a paragraph here, ``""`` for Normal."""
        if self.list_level and (not self.style or self.style in _YIELDING):
            if not self.numbering:
                return "ListContinue"
            is_bullet = self.numbering == self.edition.numbering.bullets()
            return "ListBullet" if is_bullet else "ListNumber"
        return self.style


def add_paragraph(
    parent: Element, setting: Setting, *, raised: bool = False, keep_next: bool = False
) -> Element:
    """Append ``w:p`` with its properties, in the order of the schema."""
    edition = setting.edition
    paragraph = child(parent, "p")
    style = setting.paragraph_style
    properties = child(paragraph, "pPr")
    if style:
        child(properties, "pStyle", val=style)
    if keep_next:
        child(properties, "keepNext")
    # No page can begin within a cell.
    if edition.break_before and parent.tag != clark("tc"):
        child(properties, "pageBreakBefore")
        edition.break_before = False
    if setting.numbering:
        numbering = child(properties, "numPr")
        child(numbering, "ilvl", val=min(setting.list_level, LEVELS) - 1)
        child(numbering, "numId", val=setting.numbering)
    if setting.bar and style not in _BARRED:
        borders = child(properties, "pBdr")
        child(borders, "left", val="single", sz=24, space=12, color=edition.theme.text)
    if raised:
        child(properties, "spacing", line=edition.rhythm.raised_multiple, lineRule="auto")
    _indent(properties, setting, style)
    return paragraph


def _indent(properties: Element, setting: Setting, style: str) -> None:
    step = setting.edition.rhythm.list_step
    if setting.numbering:
        # The numbering itself indents, from the margin.
        if setting.indent:
            child(properties, "ind", left=setting.left, hanging=step + setting.widened)
        return
    left = setting.left + step * (style == "CodeBlock")
    by_style = step if style in _INDENTED else 0
    if left != by_style:
        child(properties, "ind", left=left)


def space_after(paragraph: Element, twips: int) -> None:
    """Set the space below a paragraph that is already written."""
    property_of(paragraph, "spacing").set(clark("after"), str(twips))


def add_line(
    parent: Element, words: str, setting: Setting, *, keep_next: bool = False, label: str = ""
) -> Element:
    """Append a paragraph of plain words, after a ``label`` of the edition's own."""
    paragraph = add_paragraph(parent, setting, keep_next=keep_next)
    if label:
        add_text(paragraph, label, replace(setting.look, is_added=True), setting.edition)
    add_text(paragraph, words, setting.look, setting.edition)
    return paragraph


def write_paragraph(
    parent: Element,
    children: tuple[Inline, ...],
    setting: Setting,
    *,
    keep_next: bool = False,
    label: str = "",
) -> Element:
    """Append a paragraph, then the descriptions of the pictures that it holds.

    ``label`` are words of the edition's own that come first.
    """
    alone = _picture_alone(children)
    if alone is not None and not label:
        return write_picture(parent, alone, (), setting)
    paragraph = add_paragraph(parent, setting, raised=has_raised(children), keep_next=keep_next)
    if label:
        add_text(paragraph, label, replace(setting.look, is_added=True), setting.edition)
    written = write_inlines(paragraph, children, setting.look, setting.edition, setting.story)
    before = len(parent)
    _write_descriptions(parent, written, setting)
    if any(shown for _, shown in written) and len(parent) > before:
        property_of(paragraph, "keepNext")  # a picture stays with what is said of it
    return paragraph


def _picture_alone(children: tuple[Inline, ...]) -> Image | None:
    found = [node for node in children if not (isinstance(node, Text) and not node.text.strip())]
    only = found[0] if len(found) == 1 else None
    return only if isinstance(only, Image) else None


def write_heading(
    parent: Element, heading: Heading, setting: Setting, *, is_title: bool = False
) -> None:
    """Append a heading in its real style, its bookmark around its words."""
    edition = setting.edition
    plain = Setting(
        edition,
        setting.story,
        setting.lang,
        style=f"Heading{min(heading.level, 6)}",
        bold=True,
        foreign=setting.foreign,
    )
    children = without_capitals(heading.children, edition)
    paragraph = add_paragraph(parent, plain, raised=has_raised(children))
    look = replace(plain.look, size_pt=edition.sizes.title if is_title else 0)
    written = write_inlines(paragraph, children, look, edition, setting.story)
    if heading.id in edition.targets:
        bookmarked(paragraph, edition.targets[heading.id], edition)
    _write_descriptions(parent, written, setting)


def write_picture(
    parent: Element, image: Image, caption: tuple[Inline, ...], setting: Setting
) -> Element:
    """Append a picture in a paragraph of its own, its caption and its description below."""
    edition = setting.edition
    if setting.numbering:
        add_paragraph(parent, setting, keep_next=True)
        setting = replace(setting, numbering=0)
    has_captions = bool(caption) or any(True for _ in captions(image, edition))
    holder = replace(setting, style="Picture" if has_captions else "")
    paragraph = add_paragraph(parent, holder)
    shown = add_figure_picture(paragraph, image, edition, setting.story)
    if not shown:
        parent.remove(paragraph)
    _write_captions(parent, image, caption, setting, shown=shown)
    return paragraph


def _write_descriptions(
    parent: Element, pictures: Iterable[tuple[Image, bool]], setting: Setting
) -> None:
    for image, shown in pictures:
        _write_captions(parent, image, (), setting, shown=shown)


def _write_captions(
    parent: Element, image: Image, caption: tuple[Inline, ...], setting: Setting, *, shown: bool
) -> None:
    below = replace(setting, style="Caption", numbering=0)
    words = plain_text(caption).strip()
    lines = [
        line
        for line in captions(image, setting.edition, shown=shown)
        if not words or not line.words.endswith(words) or not shown
    ]
    paragraphs = [
        add_line(parent, line.words, replace(below, style=line.style), label=line.label)
        for line in lines
        if line.style == "AbsentPicture"
    ]
    paragraphs += [write_paragraph(parent, caption, below)] if words else []
    paragraphs += [
        add_line(parent, line.words, replace(below, style=line.style), label=line.label)
        for line in lines
        if line.style != "AbsentPicture"
    ]
    for paragraph in paragraphs[:-1]:
        # What is said of one picture stays together.
        space_after(paragraph, setting.edition.rhythm.blank_line // 2)
        property_of(paragraph, "keepNext")
