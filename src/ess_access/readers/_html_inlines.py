"""Inline elements to inline nodes."""

import re
from collections.abc import Sequence
from urllib.parse import unquote

from ess_access.api.findings import Severity
from ess_access.document.inlines import plain_text
from ess_access.document.nodes import (
    Abbreviation,
    Code,
    Emphasis,
    Image,
    Inline,
    LineBreak,
    Link,
    Note,
    PageMark,
    Script,
    Strong,
    Text,
)
from ess_access.readers._html_page import Page, Style, Wrap
from ess_access.readers._html_pictures import drawing, picture
from ess_access.readers._html_tree import Element, attribute, name_of, names, tokens

__all__ = ["inlines_of", "inlines_within", "page_mark", "wrap_of"]

_EMPHASIS = names("em i dfn var cite")
_STRONG = names("strong b mark")
_CODE = names("code kbd samp tt")
_MEDIA = names("video audio iframe object embed canvas applet")
_UNSAFE = ("javascript:", "vbscript:", "data:")
_PAGE_MARKS = names("doc-pagebreak pagebreak")
_QUOTES = {"fr": ("«\u00a0", "\u00a0»"), "en": ("“", "”")}
_BOLD = re.compile(r"font-weight\s*:\s*(?:bold|[6-9]00)", re.IGNORECASE)
_LIGHT = re.compile(r"font-weight\s*:\s*(?:normal|[1-5]00)", re.IGNORECASE)
_ITALIC = re.compile(r"font-style\s*:\s*(?:italic|oblique)", re.IGNORECASE)


def inlines_within(page: Page, element: Element, style: Style) -> list[Inline]:
    """Turn what an element holds into inline nodes; blocks within it run on, a space between."""
    found: list[Inline] = [Text(element.text)] if element.text else []
    for child in element:
        found.extend(inlines_of(page, child, style))
        if child.tail:
            found.append(Text(child.tail))
    return found


def inlines_of(page: Page, element: Element, style: Style) -> Sequence[Inline]:
    """Turn an element into inline nodes, in the language of ``style``."""
    name = name_of(element)
    mark = page_mark(element)
    if mark is not None:
        return (mark,)
    if element in page.notes:
        note = page.read_note(page, element, style)
        if note is not None:
            return (note,)
    if name == "br":
        return (LineBreak(),)
    tag, style = page.style_of(element, style)
    found = _own(page, element, name, style)
    if found is None:
        found = inlines_within(page, element, style)
        wrap = wrap_of(page, element)
        if wrap is not None and found:
            found = (wrap(tuple(found)),)
    if element in page.mixed:  # a block inside stood on its own lines
        found = (Text(" "), *found, Text(" "))
    return (page.language(tag)(tuple(found)),) if tag and found else found


def _own(page: Page, element: Element, name: str, style: Style) -> Sequence[Inline] | None:
    """Turn the elements that are more than a node around their children; ``None``: the others."""
    match name:
        case "img":
            return picture(page, element)
        case "svg":
            return drawing(page, element)
        case "a":
            return _link(page, element, style)
        case "area":
            words = attribute(element, "alt")
            return (Link(attribute(element, "href"), (Text(words),)), Text(" ")) if words else ()
        case "abbr" | "acronym":
            short = "".join(element.itertext())
            return (Abbreviation(short, attribute(element, "title")),) if short.strip() else ()
        case "q":
            is_inner = any(name_of(above) == "q" for above in element.iterancestors())
            language = "en" if is_inner else style.lang.partition("-")[0]
            opening, closing = _QUOTES.get(language, _QUOTES["en"])
            return (Text(opening), *inlines_within(page, element, style), Text(closing))
        case "rt":
            return (Text(" ("), *inlines_within(page, element, style), Text(")"))
        case "math":
            return (Text(attribute(element, "alttext") or _formula(element)),)
        case "sup" | "sub":
            return _script(page, element, name, style)
        case "del":
            words = " ".join("".join(element.itertext()).split())
            if words:
                page.find("SRC-022", Severity.INFO, element, words=words[:80])
            return ()
        case "s" | "strike":
            found = inlines_within(page, element, style)
            words = plain_text(found).strip()
            if words:
                page.find("SRC-021", Severity.REVIEW, element, words=words[:80])
            return found
        case _ if name in _CODE:
            text = "".join(element.itertext())
            return (Code(text),) if text.strip() else (Text(" "),)
        case _ if name in _MEDIA:
            return _media(page, element, style)
        case _:
            return None


def wrap_of(page: Page, element: Element) -> Wrap | None:
    """Give the node that an inline element puts around its children, if any."""
    name = name_of(element)
    css = element.get("style") or ""
    if name in _STRONG and not _LIGHT.search(css):
        return Strong
    if name in _EMPHASIS:
        return Emphasis
    if name == "a":
        href = _href(page, element)
        return (lambda children: Link(href, children)) if href else None
    if css and name in ("span", "font"):
        if _BOLD.search(css):
            return Strong
        if _ITALIC.search(css):
            return Emphasis
    return None


def page_mark(element: Element) -> PageMark | None:
    """Give the mark of a printed page that the element is (EPUB Accessibility 1.1 §2.3)."""
    if not tokens(element, "role", "epub-type") & _PAGE_MARKS:
        return None
    label = (
        attribute(element, "aria-label")
        or attribute(element, "title")
        or " ".join("".join(element.itertext()).split())
        or re.sub(r"^\D*", "", attribute(element, "id"))
    )
    return PageMark(label.strip(" .\u00a0"))


def _script(page: Page, element: Element, name: str, style: Style) -> Sequence[Inline]:
    found = inlines_within(page, element, style)
    notes = [node for node in found if isinstance(node, Note)]
    rest = plain_text(node for node in found if not isinstance(node, Note))
    if notes and not rest.strip(" ,;()[]\u00a0\u202f"):
        return notes
    return (Script("super" if name == "sup" else "sub", tuple(found)),) if found else ()


def _href(page: Page, element: Element) -> str:
    """Give the address that a link leads to, ``""`` where it leads nowhere."""
    href = attribute(element, "href")
    if href.lower().startswith(_UNSAFE):
        return ""
    if not href.startswith("#"):
        return href
    target = unquote(href[1:])
    if target in page.targets:
        return f"#{page.targets[target]}"
    if target and target.lower() != "top" and target not in page.ids:
        page.find("SRC-019", Severity.WARNING, element, target=target)
    return ""


def _link(page: Page, element: Element, style: Style) -> Sequence[Inline]:
    found = inlines_within(page, element, style)
    href = _href(page, element)
    if not href:
        return found
    if not _says_something(found):
        label = attribute(element, "aria-label") or attribute(element, "title")
        if not label:
            return found
        found.append(Text(label))
    return (Link(href, tuple(found)),)


def _says_something(nodes: Sequence[Inline]) -> bool:
    """Say whether there are words, or a picture that stands for words."""
    return bool(plain_text(nodes).strip()) or any(
        isinstance(node, Image) and node.alt is None for node in nodes
    )


def _formula(element: Element) -> str:
    for annotation in element.iter("annotation"):
        if "tex" in attribute(annotation, "encoding").lower() and annotation.text:
            return annotation.text
    return " ".join("".join(element.itertext()).split())


def _media(page: Page, element: Element, style: Style) -> Sequence[Inline]:
    """Keep what a video, a sound or a frame says of itself, and a finding for the rest."""
    source = attribute(element, "src") or attribute(element, "data")
    for inner in element.iter("source"):
        source = source or attribute(inner, "src")
    title = attribute(element, "title") or attribute(element, "aria-label")
    name = title or source or name_of(element)
    page.find("SRC-020", Severity.WARNING, element, media=name[:200])
    found = inlines_within(page, element, style)
    if plain_text(found).strip():
        return found
    return (Link(source, (Text(title),)),) if title and source else ()
