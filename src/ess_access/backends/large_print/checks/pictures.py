"""Rules of pictures: described, in line with the text."""

import re
from collections.abc import Iterator
from typing import Any

from ess_access.api.findings import Finding, Severity
from ess_access.backends.large_print.checks.opened import Paragraph, Word
from ess_access.backends.large_print.checks.said import at
from ess_access.backends.large_print.checks.xml import WP, W, values

__all__ = ["RULES"]

_DECORATIVE = "{http://schemas.microsoft.com/office/drawing/2017/decorative}decorative"
_O = "{urn:schemas-microsoft-com:office:office}"
_V = "{urn:schemas-microsoft-com:vml}"
# A file's name, a camera's or a program's, what kind of thing it is, no word at all, or what Office
# says of a picture that nobody looked at.
_NO_DESCRIPTION = re.compile(
    r"""^.*\.(?:png|jpe?g|jfif|gif|bmp|ico|tiff?|svg|webp|heic|avif|emf|wmf|eps|psd|ai|pdf|docx?)
        (?:\s*[(\[-].{0,12})?$
    | ^(?:une?\s|l[e’']\s?|la\s|an?\s|the\s)?
      (?:images?|img|pictures?|pic|photo(?:graphie|graph)?s?|dsc[nf]?|pxl|scan|figures?|fig|graphi(?:que|c)
      |graph|diagramm?e?|schéma|dessin|drawing|illustration|icône|icon|logo|bannière|banner|capture
      |screenshot|sans\ titre|untitled|alt|texte\ alternatif|alt\ text|alternative\ text|description
      |description\ (?:of|de\ l[’'])\s?image|placeholder)
      [\s._-]*(?:\d[\d\s._-]*)?(?:\(\d+\))?$
    | ^capture\ d[’']écran[\W\d]*(?:à[\W\d]*)?$ | ^screenshot[\W\d]*(?:at[\W\d]*)?$
    | ^(?:whatsapp|signal)[\s-]image\b | ^(?:img|pxl|dsc|vid|wa)[_-]?\d
    | ^\d{6,}(?:[_-]\d+)*$ | ^[\W_]+$
    | description\ (?:générée|automatically|generated|auto) | générée?s?\ par\ (?:l[’'])?IA\b
    | AI-generated
    """,
    re.IGNORECASE | re.VERBOSE,
)
_POSITIONED = re.compile(r"position\s*:\s*absolute", re.IGNORECASE)


def _drawings(word: Word) -> Iterator[tuple[Paragraph, Any]]:
    for paragraph in word.paragraphs:
        for drawing in paragraph.element.iter(f"{W}drawing"):
            if next(drawing.iterancestors(f"{W}p"), None) is paragraph.element:
                yield paragraph, drawing


def undescribed(word: Word) -> Iterator[Finding]:
    """LP-050: every picture has a description or is marked as decorative (RGAA 1.1, Microsoft)."""
    for paragraph, drawing in _drawings(word):
        properties = drawing.find(f".//{WP}docPr")
        if properties is None or _is_decorative(properties) or _is_text_box(drawing):
            continue
        if _is_watermark(paragraph, drawing):
            continue
        if not (properties.get("descr") or "").strip():
            yield Finding("LP-050", Severity.ERROR, at(paragraph))
    for paragraph, shape in _old_shapes(word):
        if not (shape.get("alt") or "").strip():
            yield Finding("LP-050", Severity.ERROR, at(paragraph))


def _old_shapes(word: Word) -> Iterator[tuple[Paragraph, Any]]:
    """Yield the shapes of VML, groups whole, that show something: no words, no rule, no twin."""
    for paragraph in word.paragraphs:
        for picture in paragraph.element.iter(f"{W}pict", f"{W}object"):
            if _is_fallback(picture) or _is_watermark(paragraph, picture):
                continue
            for shape in picture:
                is_shape = isinstance(shape.tag, str) and shape.tag.startswith(_V)
                if is_shape and shape.tag != f"{_V}shapetype" and _shows(shape):
                    yield paragraph, shape


def _shows(shape: Any) -> bool:
    if shape.get(f"{_O}hr", "f") not in {"f", "false"}:
        return False
    return not _is_text_box(shape) and next(shape.iter(f"{_V}textpath"), None) is None


def _is_decorative(properties: Any) -> bool:
    mark = properties.find(f".//{_DECORATIVE}")
    return mark is not None and mark.get("val", "1") not in {"0", "false"}


def _is_text_box(drawing: Any) -> bool:
    return drawing.find(f".//{W}txbxContent") is not None


def ill_described(word: Word) -> Iterator[Finding]:
    """LP-051: a file's name is no description."""
    for paragraph, drawing in _drawings(word):
        properties = drawing.find(f".//{WP}docPr")
        text = " ".join((properties.get("descr") or "").split()) if properties is not None else ""
        if text and _NO_DESCRIPTION.search(text):
            yield Finding("LP-051", Severity.WARNING, {**at(paragraph), "description": text[:60]})
    for paragraph, shape in _old_shapes(word):
        text = " ".join((shape.get("alt") or "").split())
        if text and _NO_DESCRIPTION.search(text):
            yield Finding("LP-051", Severity.WARNING, {**at(paragraph), "description": text[:60]})


def floating(word: Word) -> Iterator[Finding]:
    """LP-052: pictures stand in line with the text (Microsoft, DISIC)."""
    for paragraph, drawing in _drawings(word):
        if drawing.find(f"{WP}anchor") is None or _is_text_box(drawing):
            continue
        if not _is_watermark(paragraph, drawing):
            yield Finding("LP-052", Severity.WARNING, at(paragraph))
    for paragraph, shape in _old_shapes(word):
        if _POSITIONED.search(shape.get("style", "")):
            yield Finding("LP-052", Severity.WARNING, at(paragraph))


def text_boxes(word: Word) -> Iterator[Finding]:
    """LP-053: no words in a floating frame: they are read out of order, or not at all."""
    for paragraph in word.paragraphs:
        for box in paragraph.element.iter(f"{W}txbxContent"):
            owner = next(box.iterancestors(f"{W}p"), None)
            if owner is not paragraph.element or _is_fallback(box):
                continue
            if not any(_is_watermark(paragraph, above) for above in box.iterancestors()):
                words = " ".join("".join(node.text or "" for node in box.iter(f"{W}t")).split())
                yield Finding("LP-053", Severity.WARNING, {**at(paragraph), "words": words[:60]})

    for paragraph in word.paragraphs:
        for path in paragraph.element.iter(f"{_V}textpath"):
            words = path.get("string", "").strip()
            if words and not _is_fallback(path) and not _is_watermark(paragraph, path.getparent()):
                yield Finding("LP-053", Severity.WARNING, {**at(paragraph), "words": words[:60]})
        frame = values(paragraph.element.find(f"{W}pPr")).get("framePr", {})
        if paragraph.text.strip() and frame and frame.get("dropCap", "none") == "none":
            words = " ".join(paragraph.text.split())
            yield Finding("LP-053", Severity.WARNING, {**at(paragraph), "words": words[:60]})


def watermarks(word: Word) -> Iterator[Finding]:
    """LP-054: nothing is drawn behind the text (RNIB, UKAAF)."""
    for paragraph in word.paragraphs:
        for shape in paragraph.element.iter(f"{_V}shape", f"{WP}docPr"):
            if _is_watermark(paragraph, shape) and not _is_fallback(shape):
                path = shape.find(f"{_V}textpath")
                box = next(shape.getparent().iter(f"{W}txbxContent"), None)
                words = path.get("string", "") if path is not None else ""
                words = words or "".join(box.itertext(f"{W}t") if box is not None else ())
                yield Finding("LP-054", Severity.WARNING, {**at(paragraph), "words": words[:60]})
                return


def _is_watermark(paragraph: Paragraph, shape: Any) -> bool:
    """Say whether a shape of the margins is named as Word names watermarks, or is words behind."""
    if not paragraph.story.startswith(("header", "footer")):
        return False
    named = (shape, *shape.iter(f"{_V}shape", f"{WP}docPr"))
    if any("watermark" in f"{one.get('id', '')} {one.get('name', '')}".lower() for one in named):
        return True
    anchors = (*shape.iterancestors(f"{WP}anchor"), *shape.iter(f"{WP}anchor"))
    return any(
        anchor.get("behindDoc") in {"1", "true"} and _is_text_box(anchor) for anchor in anchors
    )


def _is_fallback(element: Any) -> bool:
    """Say whether it is drawn for old programs alone: a second time."""
    return any(str(one.tag).endswith("}Fallback") for one in element.iterancestors())


RULES = (undescribed, ill_described, floating, text_boxes, watermarks)
