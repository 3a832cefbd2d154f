"""Picture elements to nodes: which file, and which words stand for it."""

import re
from collections.abc import Sequence

from lxml import etree

from ess_access.api.findings import Finding, Severity
from ess_access.document.nodes import Image, Inline
from ess_access.readers._html_page import Page
from ess_access.readers._html_tree import Element, attribute, tokens
from ess_access.readers._machine import without_mention

__all__ = ["drawing", "picture"]

_LAZY = ("data-src", "data-original", "data-lazy-src", "data-lazy")
_SVG = 'xmlns="http://www.w3.org/2000/svg"'


def picture(page: Page, element: Element) -> Sequence[Inline]:
    """Turn ``<img>`` into an image; a counting pixel of one by one is none."""
    if attribute(element, "width") in ("0", "1") and attribute(element, "height") in ("0", "1"):
        return ()
    alt = _by_people(page, element, _alt(page, element))
    description = _description(page, element)
    title = attribute(element, "title")
    if not description and alt and title not in ("", alt):
        description = title
    image = page.pictures.image(_href(element), alt, page.place(element), description=description)
    return (image,)


def _href(element: Element) -> str:
    """Choose the file: the element's own, what a script would load, the largest of a set."""
    src = attribute(element, "src")
    lazy = next((attribute(element, name) for name in _LAZY if attribute(element, name)), "")
    if lazy and (not src or src.startswith("data:")):
        return lazy
    if src:
        return src
    sets = [element.get("srcset") or element.get("data-srcset") or ""]
    for above in element.iterancestors("picture"):
        sets.extend(source.get("srcset") or "" for source in above.iter("source"))
    return next((_largest(listed) for listed in sets if listed.strip()), "")


def _largest(listed: str) -> str:
    sized = [
        (float(size or 1), -number, address)
        for number, (address, size) in enumerate(
            re.findall(r"(\S*[^\s,])(?:\s+(\d+(?:\.\d+)?)[wxh])?\s*(?:,|$)", listed)
        )
    ]
    return max(sized)[2] if sized else ""


def _alt(page: Page, element: Element) -> str | None:
    """Give the description (Accessible Name 1.2), ``None`` where there is none at all."""
    if tokens(element, "role") & {"presentation", "none"}:
        return ""
    labels = _texts(page, element, "aria-labelledby") or attribute(element, "aria-label")
    if labels:
        return labels
    alt = element.get("alt")
    return alt if alt is not None else attribute(element, "title") or None


def _by_people(page: Page, element: Element, alt: str | None) -> str | None:
    """Take out of a description what Office wrote there: pages are made of its files too."""
    if not alt:
        return alt
    shown, is_made = without_mention(alt)
    if not is_made:
        return alt
    params: dict[str, str | int] = {"alt": " ".join(shown.split())[:120]}
    page.findings.append(Finding("SRC-058", Severity.REVIEW, params, page.place(element)))
    return shown or None


def _description(page: Page, element: Element) -> str:
    """Give the long description that is not part of the page's visible text."""
    hidden = _texts(page, element, "aria-describedby", "aria-details", is_hidden=True)
    longdesc = attribute(element, "longdesc")
    if not hidden and longdesc.startswith("#") and longdesc[1:] in page.ids:
        target = page.ids[longdesc[1:]]
        return "" if _top(target) is _top(element) else _text(target)
    return hidden


def _texts(page: Page, element: Element, *attributes: str, is_hidden: bool = False) -> str:
    found: list[str] = []
    for name in attributes:
        for id_ in attribute(element, name).split():
            target = page.ids.get(id_)
            if target is not None and not (is_hidden and _top(target) is _top(element)):
                found.append(_text(target))
    return " ".join(found)


def _top(element: Element) -> Element:
    above = element
    for above in element.iterancestors():  # noqa: B007 - the last one is what is asked for
        pass
    return above


def _text(element: Element) -> str:
    return " ".join("".join(element.itertext()).split())


def drawing(page: Page, element: Element) -> Sequence[Inline]:
    """Turn ``<svg>`` into an image; one without a name and without words is an ornament."""
    title = next((_text(child) for child in element.iter("title")), "")
    description = next((_text(child) for child in element.iter("desc")), "")
    label = _texts(page, element, "aria-labelledby") or attribute(element, "aria-label") or title
    has_words = next(element.iter("text"), None) is not None
    is_picture = "img" in tokens(element, "role") or has_words
    if tokens(element, "role") & {"presentation", "none"} or not (label or is_picture):
        return ()
    source = etree.tostring(element, encoding="unicode", with_tail=False)
    if _SVG not in source:
        source = source.replace("<svg", f"<svg {_SVG}", 1)
    image: Image = page.pictures.image_of(
        source.encode(), "svg", label or None, page.place(element), description
    )
    return (image,)
