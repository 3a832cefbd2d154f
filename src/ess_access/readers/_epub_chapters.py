"""Chapters of a book as one text: ids without clashes, links from one to another, pictures."""

import posixpath
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from ess_access.readers._html_tree import attribute, name_of
from ess_access.readers._zip import Element, joined

__all__ = ["Chapter", "linked_together"]

_XLINK = "{http://www.w3.org/1999/xlink}href"


@dataclass(frozen=True, slots=True)
class Chapter:
    """A text of the book: the name of its part, and the element that holds it."""

    part: str
    body: Element


def linked_together(
    chapters: Sequence[Chapter],
) -> tuple[tuple[Element, ...], dict[str, Element]]:
    """Give the chapters' elements and the ids of all, links and pictures pointing there.

    An id that two chapters have is renamed in the second.
    """
    ids: dict[str, Element] = {}
    names: dict[tuple[str, str], str] = {}
    for number, chapter in enumerate(chapters, start=1):
        for element in chapter.body.iter():
            given = attribute(element, "id") if name_of(element) else ""
            if not given:
                continue
            name = given if given not in ids else f"{given}-{number}"
            while name in ids:
                name += "-"
            element.set("id", name)
            ids[name] = element
            names[chapter.part, given] = name
        if not attribute(chapter.body, "id"):
            name = f"chapter-{number}"
            while name in ids:
                name += "-"
            ids[name] = chapter.body
            names[chapter.part, ""] = name
        else:
            names[chapter.part, ""] = attribute(chapter.body, "id")
    for chapter in chapters:
        for element in chapter.body.iter("a", "img", "svg", "area"):
            if name_of(element) == "svg":
                _unwrapped(element)
            if name_of(element) in ("a", "area"):
                _relinked(element, chapter.part, names)
            elif name_of(element) == "img":
                _resourced(element, chapter.part)
    return tuple(chapter.body for chapter in chapters), ids


def _relinked(element: Element, part: str, names: dict[tuple[str, str], str]) -> None:
    href = attribute(element, "href")
    parts = urlsplit(href)
    if not href or parts.scheme or parts.netloc:
        return
    target = joined(part, parts.path) if parts.path else part
    name = names.get((target, unquote(parts.fragment)))
    if name is not None:
        element.set("href", f"#{name}")
    elif (target, "") in names or not parts.path:
        element.set("href", f"#{names.get((target, ''), parts.fragment)}")
    else:
        del element.attrib["href"]  # a part that is no text of the book


def _resourced(element: Element, part: str) -> None:
    src = attribute(element, "src")
    if src and not urlsplit(src).scheme:
        path = unquote(urlsplit(src).path)
        element.set("src", posixpath.normpath(posixpath.join(posixpath.dirname(part), path)))


def _unwrapped(element: Element) -> None:
    """Turn a drawing that only frames one picture, as covers have, into that picture."""
    pictures = list(element.iter("image"))
    if len(pictures) != 1 or next(element.iter("text"), None) is not None:
        return
    href = pictures[0].get(_XLINK) or pictures[0].get("href") or pictures[0].get("xlink:href") or ""
    title = next(("".join(t.itertext()).strip() for t in element.iter("title")), "")
    label = attribute(element, "aria-label") or title
    tail = element.tail
    element.clear()
    element.tag, element.tail = "img", tail
    element.set("src", href)
    if label:
        element.set("alt", label)
