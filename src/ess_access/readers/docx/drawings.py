"""Pictures, text boxes, charts and diagrams, in DrawingML and in the older VML."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from ess_access.api.findings import Severity
from ess_access.document.nodes import Image, Text
from ess_access.readers._machine import without_mention
from ess_access.readers._processor.kinds import Kind
from ess_access.readers._processor.raw import Part, RawBox, RawParagraph, RawRun
from ess_access.readers._zip import Element
from ess_access.readers.docx.charts import chart_table, diagram_list
from ess_access.readers.docx.context import Story
from ess_access.readers.docx.names import DGM, MC, PIC, WP, A, C, O, R, V, w

__all__ = ["drawn"]

_DECORATIVE = "{http://schemas.microsoft.com/office/drawing/2017/decorative}decorative"
_SVG = "{http://schemas.microsoft.com/office/drawing/2016/SVG/main}svgBlip"
_SHAPE_NAME = "{http://schemas.microsoft.com/office/word/2010/wordprocessingShape}cNvPr"
_TEXT_BOX = w("txbxContent")
_HIDDEN = re.compile(r"visibility\s*:\s*hidden|mso-hide\s*:\s*all", re.IGNORECASE)


@dataclass(slots=True)
class _Found:
    images: list[tuple[Image, str]] = field(default_factory=list)
    parts: list[Part] = field(default_factory=list)


def drawn(element: Element, story: Story) -> tuple[list[tuple[Image, str]], list[Part]]:
    """Read ``w:drawing``, ``w:pict`` or ``w:object``.

    Gives the pictures with the address that each leads to (``""``: none), and what stands after the
    paragraph: text boxes, the data of charts, the words of diagrams.
    """
    found = _Found()
    if element.tag == w("drawing"):
        for frame in element:
            if frame.tag in (f"{WP}inline", f"{WP}anchor"):
                _frame(frame, story, found)
    else:
        _vml(element, story, found)
    return found.images, found.parts


def _frame(frame: Element, story: Story, found: _Found) -> None:
    properties = frame.find(f"{WP}docPr")
    if properties is not None and properties.get("hidden") in ("1", "true"):
        return
    alt, description = _words(properties, story)
    href = _href(properties, story)
    before = len(found.images) + len(found.parts)
    pictures = list(_outside_boxes(frame, f"{PIC}pic"))
    for number, picture in enumerate(pictures):
        own = picture.find(f"{PIC}nvPicPr/{PIC}cNvPr")
        own_alt, own_description = _words(own, story) if number or alt is None else (None, "")
        chosen = (
            (alt, description) if number == 0 and alt is not None else (own_alt, own_description)
        )
        if number == 0 and alt and len(pictures) > 1:
            # A group says what it is; its first picture has words of its own beside.
            own_alt, own_description = _words(own, story)
            if own_alt and own_alt not in alt:
                chosen = (f"{alt.rstrip('.')}. {own_alt}", description or own_description)
        if chosen[0] is None and number and alt is not None:
            chosen = ("", "")  # the description of the whole group stands on its first picture
        image = _picture(picture, story, *chosen)
        found.images.append((image, href or _href(own, story)))
    for chart in _outside_boxes(frame, f"{C}chart"):
        _chart(chart, story, found, alt, description)
    for diagram in _outside_boxes(frame, f"{DGM}relIds"):
        _diagram(diagram, story, found, alt, description)
    if alt is None:
        for shape in _outside_boxes(frame, _SHAPE_NAME):
            said, more = _words(shape, story)
            if said:
                found.images.append((Image(None, said, more), ""))
    _boxes(frame, story, found)
    if len(found.images) + len(found.parts) > before:
        if alt and not pictures and not _has_graphic(frame):
            found.images.append((Image(None, alt, description), href))
        return
    if alt:
        found.images.append((Image(None, alt, description), href))
    elif alt is None:
        name = (properties.get("name") or "") if properties is not None else ""
        story.context.find("SRC-063", Severity.REVIEW, drawing=name[:80] or "?")


def _has_graphic(frame: Element) -> bool:
    return next(frame.iter(f"{C}chart", f"{DGM}relIds"), None) is not None


def _outside_boxes(element: Element, tag: str) -> Iterator[Element]:
    """Yield what is drawn here, not what stands in a text box or in a second rendering."""
    for found in element.iter(tag):
        for above in found.iterancestors():
            if above is element:
                yield found
                break
            if above.tag in (_TEXT_BOX, f"{MC}Fallback"):
                break


def _words(properties: Element | None, story: Story) -> tuple[str | None, str]:
    """Give the description and the longer one; ``""`` for decorative, ``None`` for neither."""
    if properties is None:
        return None, ""
    for flag in properties.iter(_DECORATIVE):
        if flag.get("val") in ("1", "true"):
            return "", ""
    return _described(properties.get("descr"), properties.get("title"), story)


def _described(descr: str | None, title: str | None, story: Story) -> tuple[str | None, str]:
    alt = " ".join((descr or "").split())
    title = " ".join((title or "").split())
    alt, is_made = without_mention(alt)
    if is_made:
        story.context.find("SRC-058", Severity.REVIEW, alt=alt[:120])
    if not alt:
        return title or None, ""
    return alt, title if title != alt else ""


def _href(properties: Element | None, story: Story) -> str:
    click = properties.find(f"{A}hlinkClick") if properties is not None else None
    relation = story.relation(click) if click is not None else None
    return relation.target if relation is not None and relation.is_external else ""


def _picture(picture: Element, story: Story, alt: str | None, description: str) -> Image:
    blip = next(picture.iter(f"{A}blip"), None)
    if blip is None:
        return _absent("?", story, alt, description)
    embedded = story.relation(blip, "embed")
    if embedded is not None and not embedded.is_external:
        if embedded.target in story.context.package:
            return _kept(embedded.target, story, alt, description)
        svg = next(blip.iter(_SVG), None)
        relation = story.relation(svg, "embed") if svg is not None else None
        if relation is not None and relation.target in story.context.package:
            return _kept(relation.target, story, alt, description)
        return _absent(embedded.target.rpartition("/")[2] or "?", story, alt, description)
    linked = embedded or story.relation(blip, "link")
    if linked is None:
        return _absent("?", story, alt, description)
    return _from_outside(linked.target, story, alt, description)


def _kept(part: str, story: Story, alt: str | None, description: str) -> Image:
    context = story.context
    name = part.rpartition("/")[2]
    return context.pictures.image_of(context.package.read(part), name, alt, context.at, description)


def _from_outside(target: str, story: Story, alt: str | None, description: str) -> Image:
    context = story.context
    return context.pictures.image(target, alt, context.at, description=description)


def _absent(name: str, story: Story, alt: str | None, description: str) -> Image:
    story.context.find("SRC-010", Severity.WARNING, picture=name)
    if alt is None:
        story.context.find("SRC-003", Severity.WARNING, picture=name)
    return Image(None, alt, description)


def _chart(chart: Element, story: Story, found: _Found, alt: str | None, description: str) -> None:
    relation = story.relation(chart)
    context = story.context
    table = None
    if relation is not None and relation.target in context.package:
        table = chart_table(context.package.xml(relation.target), context.at)
    if alt:
        found.images.append((Image(None, alt, description), ""))
    if table is not None:
        context.find("SRC-059", Severity.REVIEW)
        found.parts.append(table)
    elif not alt:
        context.find("SRC-064", Severity.WARNING, what="chart")


def _diagram(
    diagram: Element, story: Story, found: _Found, alt: str | None, description: str
) -> None:
    relation = story.relation(diagram, "dm")
    context = story.context
    block = None
    if relation is not None and relation.target in context.package:
        block = diagram_list(context.package.xml(relation.target), context.at)
    if alt:
        found.images.append((Image(None, alt, description), ""))
    if block is not None:
        context.find("SRC-060", Severity.REVIEW)
        found.parts.append(block)
    elif not alt:
        context.find("SRC-064", Severity.WARNING, what="SmartArt")


def _boxes(element: Element, story: Story, found: _Found) -> None:
    from ess_access.readers.docx.body import flow

    for box in _outside_boxes(element, _TEXT_BOX):
        story.context.deeper()
        at = story.context.at
        parts = flow(box, story.beside())
        story.context.shallower()
        if parts:
            found.parts.append(RawBox(parts, at))


def _vml(element: Element, story: Story, found: _Found) -> None:
    for data in _outside_boxes(element, f"{V}imagedata"):
        shape = data.getparent()
        if shape is not None and _HIDDEN.search(shape.get("style") or ""):
            story.context.left_out(story.context.hidden, shape.get("alt") or "")
            continue
        alt, description = _described(
            shape.get("alt") if shape is not None else None, data.get(f"{O}title"), story
        )
        relation = story.relation(data) or story.relation(data, "pict")
        if relation is None:
            target = data.get(f"{R}href") or data.get("src") or ""
            if target:
                found.images.append((_from_outside(target, story, alt, description), ""))
            continue
        if relation.is_external:
            image = _from_outside(relation.target, story, alt, description)
        elif relation.target in story.context.package:
            image = _kept(relation.target, story, alt, description)
        else:
            image = _absent(relation.target.rpartition("/")[2], story, alt, description)
        href = shape.get("href") or "" if shape is not None else ""
        found.images.append((image, href))
    for path in _outside_boxes(element, f"{V}textpath"):
        words = path.get("string") or ""
        if words.strip():
            runs = [RawRun(Text(words))]
            found.parts.append(RawParagraph(Kind.BODY, 0, runs, story.context.at))
    _boxes(element, story, found)
