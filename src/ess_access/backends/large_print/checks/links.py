"""Rules of links: words that say where they lead, and a place that exists."""

import re
from collections.abc import Iterator

from ess_access.api.findings import Finding, Severity
from ess_access.backends.large_print.checks.fields import field_links
from ess_access.backends.large_print.checks.opened import Paragraph, Word
from ess_access.backends.large_print.checks.said import at
from ess_access.backends.large_print.checks.xml import R, W
from ess_access.french.words import words

__all__ = ["RULES"]

_WORDS = re.compile(r"\w+(?:-\w+)*")
# A long address is spelled letter by letter; « www.exemple.org/droits » is as good as a name.
_BARE = re.compile(
    r"\s*(?:https?://|www\.)[^\s/?#]+(?:/[^\s?#]*[?#]|/[^\s/]+/|[?#])\S+\s*", re.IGNORECASE
)


_CALLS = tuple(f"{W}{name}" for name in ("endnoteRef", "endnoteReference", "footnoteReference"))


def _links(word: Word) -> Iterator[tuple[Paragraph, str, str]]:
    """Yield paragraph, words and place of each link: an address, or a bookmark after « # »."""
    for paragraph in word.paragraphs:
        relations = word.relations.get(paragraph.story, {})
        for link in paragraph.element.iter(f"{W}hyperlink"):
            text = "".join(node.text or "" for node in link.iter(f"{W}t"))
            is_call = next(link.iter(*_CALLS), None) is not None
            is_picture = link.find(f".//{W}drawing") is not None
            if not is_call and not is_picture:
                anchor = link.get(f"{W}anchor", "")
                address = relations.get(link.get(f"{R}id", ""), "")
                yield paragraph, text, f"{address}#{anchor}" if anchor else address
        for field in field_links(paragraph.element):
            if field.runs:
                yield paragraph, field.text, f"#{field.anchor}" if field.anchor else field.address


def vague_links(word: Word) -> Iterator[Finding]:
    """LP-037: a link's words say where it goes (Microsoft, WCAG 2.2 §2.4.4)."""
    for paragraph, text, _ in _links(word):
        is_vague = _is_vague(text) or _BARE.fullmatch(text)
        if is_vague and not _is_contents(paragraph):
            yield Finding("LP-037", Severity.WARNING, {**at(paragraph), "words": text.strip()})


def _is_contents(paragraph: Paragraph) -> bool:
    """Say whether links there have the words of the headings that they lead to."""
    return paragraph.in_contents or paragraph.style_name.startswith("toc")


def _is_vague(text: str) -> bool:
    """Say whether a link points and names nothing; a bare noun leans on its sentence."""
    pointing = words("links", "pointing")
    vague = pointing | words("links", "joining")
    found = _WORDS.findall(text.lower())
    parts = [part for one in found for part in ([one] if one in vague else one.split("-"))]
    points = not parts or any(part in pointing for part in parts)
    return points and all(part in vague for part in parts)


def same_words(word: Word) -> Iterator[Finding]:
    """LP-067: links of the same words lead to one place (WCAG 2.2 §2.4.9, RGAA 6.1)."""
    places: dict[str, str] = {}
    told: set[str] = set()
    for paragraph, text, place in _links(word):
        if not place or _is_contents(paragraph) or _is_vague(text):
            continue
        name = " ".join(text.split()).lower()
        if places.setdefault(name, place) == place or name in told:
            continue
        told.add(name)
        yield Finding("LP-067", Severity.REVIEW, {**at(paragraph), "words": text.strip()})


def broken_links(word: Word) -> Iterator[Finding]:
    """LP-038: a link within the document leads somewhere."""
    bookmarks = {
        node.get(f"{W}name", "")
        for root in word.stories.values()
        for node in root.iter(f"{W}bookmarkStart")
    }
    for paragraph, text, place in _links(word):
        target = place.removeprefix("#")
        if place.startswith("#") and target not in bookmarks and target != "_top":
            yield Finding(
                "LP-038",
                Severity.ERROR,
                {**at(paragraph), "words": text.strip(), "target": target},
            )


RULES = (vague_links, same_words, broken_links)
