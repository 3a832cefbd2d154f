"""Frames and drawings of an OpenDocument text: pictures, text boxes, charts, formulas."""

from ess_access.api.findings import Severity
from ess_access.document.nodes import Image, Text
from ess_access.readers._machine import without_mention
from ess_access.readers._processor.kinds import Kind
from ess_access.readers._processor.raw import Part, RawBox, RawParagraph, RawRun
from ess_access.readers._zip import Element, joined, name_of, parsed
from ess_access.readers.odt.context import Context
from ess_access.readers.odt.names import DRAW, LOEXT, MATH, OFFICE, SVG, TABLE, TEXT, XLINK

__all__ = ["drawn"]

_SHAPES = frozenset(
    {
        "custom-shape", "rect", "ellipse", "circle", "polygon", "polyline", "path", "line",
        "regular-polygon", "caption", "connector", "measure",
    }
)  # fmt: skip


def drawn(element: Element, context: Context) -> tuple[list[Image], list[Part]]:
    """Read a drawing: its pictures, and what stands after the paragraph that holds it."""
    images: list[Image] = []
    parts: list[Part] = []
    name = name_of(element)[len(DRAW) :]
    if name == "frame":
        _frame(element, context, images, parts)
    elif name == "g":
        _group(element, context, images, parts)
    elif name in _SHAPES:
        _shape(element, context, images, parts)
    elif name == "control":
        context.find("SRC-064", Severity.WARNING, what="form")
    elif name == "a":
        for child in element:
            if name_of(child).startswith(DRAW):
                found, after = drawn(child, context)
                images.extend(found)
                parts.extend(after)
    return images, parts


def _described(element: Element, context: Context) -> tuple[str | None, str]:
    """Give the description, and the longer one; ``""`` for decorative, ``None`` for neither."""
    if "true" in (element.get(f"{LOEXT}decorative"), element.get(f"{DRAW}decorative")):
        return "", ""
    title, description = (
        " ".join("".join(found.itertext()).split()) if found is not None else ""
        for found in (element.find(f"{SVG}title"), element.find(f"{SVG}desc"))
    )
    title, is_made = without_mention(title)
    description, is_too = without_mention(description)
    if is_made or is_too:
        context.find("SRC-058", Severity.REVIEW, alt=(title or description)[:120])
    if not title:
        return description or None, ""
    return title, description if description != title else ""


def _frame(element: Element, context: Context, images: list[Image], parts: list[Part]) -> None:
    alt, description = _described(element, context)
    box = element.find(f"{DRAW}text-box")
    if box is not None:
        _box(box, context, parts)
        if alt:
            images.append(Image(None, alt, description))
        return
    embedded = element.find(f"{DRAW}object")
    if embedded is not None and _object(embedded, context, parts):
        if alt:
            images.append(Image(None, alt, description))
        return
    pictures = element.findall(f"{DRAW}image")
    if pictures:
        images.append(_picture(_best(pictures), context, alt, description))
    elif alt:
        images.append(Image(None, alt, description))
    elif element.find(f"{DRAW}plugin") is not None or embedded is not None:
        context.find("SRC-064", Severity.WARNING, what=element.get(f"{DRAW}name") or "object")


def _best(pictures: list[Element]) -> Element:
    """Choose among renderings of one picture: pixels and SVG before metafiles."""

    def rank(picture: Element) -> int:
        href = (picture.get(f"{XLINK}href") or "").lower()
        return 0 if href.endswith((".png", ".jpg", ".jpeg", ".gif", ".webp")) else 1

    return min(pictures, key=rank)


def _picture(picture: Element, context: Context, alt: str | None, description: str) -> Image:
    data = picture.find(f"{OFFICE}binary-data")
    pictures, at = context.pictures, context.at
    if data is not None:
        href = "data:;base64," + "".join((data.text or "").split())
        return pictures.image(href, alt, at, description=description)
    href = picture.get(f"{XLINK}href") or ""
    inside = joined("content.xml", href) if "://" not in href else ""
    content = context.part(inside) if inside else None
    if content is not None:
        return pictures.image_of(content, inside.rpartition("/")[2], alt, at, description)
    # A name that climbs starts from the archive, as from a folder beside the file (ODF 1.3 §3.7).
    beside = href.removeprefix("../") if href.startswith("../") else href
    return pictures.image(beside, alt, at, description=description)


def _box(box: Element, context: Context, parts: list[Part]) -> None:
    from ess_access.readers.odt.body import flow

    at = context.at
    context.deeper()
    inner = flow(box, context)
    context.shallower()
    if inner:
        parts.append(RawBox(inner, at))


def _group(element: Element, context: Context, images: list[Image], parts: list[Part]) -> None:
    alt, description = _described(element, context)
    before = len(images)
    context.deeper()
    for child in element:
        if name_of(child).startswith(DRAW):
            found, after = drawn(child, context)
            images.extend(found)
            parts.extend(after)
    context.shallower()
    if alt and len(images) == before:
        images.append(Image(None, alt, description))
    elif alt:
        first = images[before]
        if first.alt is None:
            images[before] = Image(first.asset, alt, description)


def _shape(element: Element, context: Context, images: list[Image], parts: list[Part]) -> None:
    alt, description = _described(element, context)
    before = len(parts)
    if element.find(f"{TEXT}p") is not None or element.find(f"{TEXT}list") is not None:
        _box(element, context, parts)
    worded = any(_has_words(part) for part in parts[before:])
    if not worded:
        del parts[before:]
    if alt:
        images.append(Image(None, alt, description))
    elif alt is None and not worded:
        name = element.get(f"{DRAW}name") or name_of(element)[len(DRAW) :]
        context.find("SRC-063", Severity.REVIEW, drawing=name[:80])


def _has_words(part: Part) -> bool:
    if not isinstance(part, RawBox):
        return False
    return any(not isinstance(inner, RawParagraph) or inner.runs for inner in part.parts)


def _object(embedded: Element, context: Context, parts: list[Part]) -> bool:
    """Read a chart's values or a formula's words; say whether there were any."""
    root = _content(embedded, context)
    if root is None:
        return False
    formula = root if root.tag == f"{MATH}math" else next(root.iter(f"{MATH}math"), None)
    if formula is not None:
        words = _formula(formula)
        if words:
            context.find("SRC-061", Severity.REVIEW, formula=words[:120])
            parts.append(RawParagraph(Kind.BODY, 0, [RawRun(Text(words))], context.at))
        return bool(words)
    values = next(root.iter(f"{TABLE}table"), None)
    if values is None:
        return False
    from ess_access.readers.odt.grid import table

    found = table(values, context)
    if found is None:
        return False
    found.head_rows = found.head_rows or 1
    found.is_ruled = True
    context.find("SRC-059", Severity.REVIEW)
    parts.append(found)
    return True


def _content(embedded: Element, context: Context) -> Element | None:
    inline = next((child for child in embedded if isinstance(child.tag, str)), None)
    if inline is not None:
        return inline
    folder = joined("content.xml", embedded.get(f"{XLINK}href") or "")
    data = context.part(f"{folder}/content.xml") if folder else None
    return parsed(data, context.source.name) if data is not None else None


def _formula(element: Element) -> str:
    for annotation in element.iter(f"{MATH}annotation"):
        if annotation.text:
            return " ".join(annotation.text.split())
    return " ".join("".join(element.itertext()).split())
