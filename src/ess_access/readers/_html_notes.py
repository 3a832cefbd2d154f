"""Footnotes of a page: which links call one, where it is, and what of it is only machinery."""

import re
from collections.abc import Iterable
from urllib.parse import unquote

from ess_access.document.text import clean
from ess_access.readers._html_page import Page
from ess_access.readers._html_tree import (
    HEADINGS,
    Element,
    attribute,
    name_of,
    names,
    removed,
    tokens,
    words_in,
)

__all__ = ["notes_set_apart"]

_CALL_WORDS = names("doc-noteref noteref footnote-ref footnote-reference footnote-call appel-note")
_NOTE_WORDS = names(
    "doc-footnote doc-endnote footnote endnote rearnote footnotes endnotes rearnotes doc-endnotes"
    " references reflist notes"
)
_BACK_WORDS = names("doc-backlink backlink footnote-backref footnote-back footnote-return")
_MARK = re.compile(r"(?i:[\[(]?(?:note\s)?(?:\d{1,3}|[ivxlc]{1,5}|[a-z]|\*{1,4}|[†‡§]+)[\])]?)")
_BACK_MARK = re.compile(r"[↩↵↑⤴^\ufe0e\ufe0f\s]*")
_TITLES = re.compile("(?i:(?:foot|end)?notes?(?: de (?:bas de page|fin))?|références|renvois)")
_HOLDERS = names("li p dd aside div section")
_MAX_DEPTH = 3  # a note that a note calls, and so on


def notes_set_apart(page: Page, roots: Iterable[Element]) -> None:
    """Find the calls, take the notes that they call out of the text, and fill ``page.notes``."""
    links = [link for root in roots for link in root.iter("a")]
    order = {element: number for number, element in enumerate(_all(roots))}
    called: dict[Element, list[Element]] = {}
    depths: dict[Element, int] = {}
    for link in links:
        note = _note_called(page, link, order)
        if note is None or any(above in called for above in note.iterancestors()):
            continue
        around = next((above for above in link.iterancestors() if above in called), None)
        depth = 0 if around is None else depths[around] + 1
        if around is note or depth > _MAX_DEPTH or any(n in called for n in note.iterdescendants()):
            continue
        called.setdefault(note, []).append(link)
        depths.setdefault(note, depth)
    for note, calls in called.items():
        _stripped_of_machinery(note, calls)
        for call in calls:
            page.notes[call] = note
    for note in called:
        _removed_with_its_frame(note)


def _all(roots: Iterable[Element]) -> Iterable[Element]:
    for root in roots:
        yield from root.iter()


def _note_called(page: Page, link: Element, order: dict[Element, int]) -> Element | None:
    href = attribute(link, "href")
    if not href.startswith("#"):
        return None
    target = page.ids.get(unquote(href[1:]))
    if target is None or target not in order:
        return None
    words = "".join(link.itertext()).strip()
    parent = link.getparent()
    says_so = bool(_words_of(link) & _CALL_WORDS) or (
        parent is not None and bool(_words_of(parent) & _CALL_WORDS)
    )
    if not says_so and not _MARK.fullmatch(words):
        return None
    note = _holder(target)
    if note is None or order[note] < order[link] or note in set(link.iterancestors()):
        return None
    in_sup = name_of(link) == "sup" or any(
        name_of(element) == "sup" for element in (*link.iterancestors(), *link.iter())
    )
    is_note = any(_words_of(element) & _NOTE_WORDS for element in (note, *note.iterancestors()))
    if says_so or (is_note and in_sup) or _leads_back(note, link) or (in_sup and is_note):
        return note
    return note if in_sup and name_of(note) in ("li", "p", "dd", "aside") else None


def _words_of(element: Element) -> frozenset[str]:
    return tokens(element, "role", "epub-type", "class")


def _holder(target: Element) -> Element | None:
    """Climb from the place that a call leads to up to the note that begins there."""
    element: Element | None = target
    while element is not None and name_of(element) not in _HOLDERS:
        if name_of(element) in HEADINGS or name_of(element) in ("td", "th", "body", "ol", "ul"):
            return None
        element = element.getparent()
    if element is None:
        return None
    parent = element.getparent()
    if parent is not None and name_of(element) == "p" and _holds_only(parent, element):
        element = parent
    if any(element.find(f".//{heading}") is not None for heading in HEADINGS):
        return None
    return element


def _holds_only(parent: Element, element: Element) -> bool:
    if name_of(parent) not in ("li", "aside", "dd", "div"):
        return False
    if name_of(parent) == "div" and not re.match("(?:ftn|edn|fn|note|footnote)", _id(parent)):
        return False
    return parent[0] is element and not (parent.text or "").strip()


def _id(element: Element) -> str:
    return attribute(element, "id").lower()


def _ids_of_call(call: Element) -> frozenset[str]:
    """Give the ids that a way back to this call may name."""
    near = [call, *call.iter()]
    parent = call.getparent()
    if parent is not None and name_of(parent) in ("sup", "span"):
        near.append(parent)
        previous = call.getprevious()
        if previous is not None:
            near.append(previous)
    found = {attribute(element, name) for element in near for name in ("id", "name")}
    return frozenset(found - {""})


def _leads_back(note: Element, call: Element) -> bool:
    ids = _ids_of_call(call)
    return any(unquote(attribute(link, "href")[1:]) in ids for link in note.iter("a"))


def _stripped_of_machinery(note: Element, calls: list[Element]) -> None:
    """Drop the ways back to the calls, and the mark that repeats the call's."""
    ids = frozenset(id_ for call in calls for id_ in _ids_of_call(call))
    for link in list(note.iter("a")):
        goes_back = unquote(attribute(link, "href")[1:]) in ids
        words = "".join(link.itertext()).strip()
        if (goes_back or _words_of(link) & _BACK_WORDS) and (
            _MARK.fullmatch(words)
            or _BACK_MARK.fullmatch(words)
            or len(words) <= 2
            or _words_of(link) & _BACK_WORDS
        ):
            parent = link.getparent()
            removed(link)
            if parent is not None and name_of(parent) in ("sup", "span") and not _has_words(parent):
                removed(parent)
    mark = re.escape("".join(calls[0].itertext()).strip().strip("[]()"))
    for element in note.iter():
        if element.text and element.text.strip():
            if mark:
                pattern = rf"^\s*(?:[\[(]{mark}[\])][.:]?|{mark}[.):]?(?=\s))\s*"
                element.text = clean(re.sub(pattern, "", element.text, count=1))
            return
        if element is not note and (element.tail or "").strip():
            return


def _has_words(element: Element) -> bool:
    return next(words_in(element), None) is not None or element.find(".//img") is not None


def _removed_with_its_frame(note: Element) -> None:
    """Take a note out, then the list, the rule and the title that held nothing but notes."""
    parent, rule = note.getparent(), note.getprevious()
    removed(note)
    is_last = rule is not None and rule.getnext() is None and not (rule.tail or "").strip()
    if rule is not None and is_last and name_of(rule) == "hr":
        removed(rule)
    while parent is not None and name_of(parent) not in ("body", "main", "html", "article"):
        if _has_words(parent) and not _only_titles(parent):
            return
        above, previous = parent.getparent(), parent.getprevious()
        if above is None:
            return
        if previous is not None and _is_title(previous) and not (parent.tail or "").strip():
            before = previous.getprevious()
            removed(previous)
            previous = before
        if previous is not None and name_of(previous) == "hr":
            removed(previous)
        removed(parent)
        parent = above


def _is_title(element: Element) -> bool:
    words = "".join(element.itertext()).strip(" :.\u00a0\n\t")
    return name_of(element) in HEADINGS and _TITLES.fullmatch(words) is not None


def _only_titles(element: Element) -> bool:
    if (element.text or "").strip():
        return False
    return all(_is_title(child) for child in element if _has_words(child))
