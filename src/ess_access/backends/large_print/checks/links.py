"""Rules of links: words that say where they lead, and a place that exists."""

import re
from collections.abc import Iterator

from ess_access.api.findings import Finding, Severity
from ess_access.backends.large_print.checks.fields import field_links
from ess_access.backends.large_print.checks.opened import Paragraph, Word
from ess_access.backends.large_print.checks.said import at
from ess_access.backends.large_print.checks.xml import W

__all__ = ["RULES"]

# Microsoft: « a link's text makes sense by itself »; WCAG 2.2 §2.4.9.
_VAGUE = frozenset(
    {
        "ici",
        "cliquez ici",
        "cliquer ici",
        "cliquez",
        "lien",
        "ce lien",
        "suite",
        "lire la suite",
        "en savoir plus",
        "plus",
        "plus d’infos",
        "voir",
        "télécharger",
        "here",
        "click here",
        "click",
        "link",
        "this link",
        "more",
        "read more",
        "learn more",
        "download",
    }
)


def _links(word: Word) -> Iterator[tuple[Paragraph, str, str]]:
    """Yield paragraph, words and bookmark (``""`` for an address outside) of each link."""
    for paragraph in word.paragraphs:
        for link in paragraph.element.iter(f"{W}hyperlink"):
            text = "".join(node.text or "" for node in link.iter(f"{W}t"))
            is_call = link.find(f".//{W}endnoteRef") is not None
            is_picture = link.find(f".//{W}drawing") is not None
            if not is_call and not is_picture:
                yield paragraph, text, link.get(f"{W}anchor", "")
        for field in field_links(paragraph.element):
            if field.runs:
                yield paragraph, field.text, field.anchor


def vague_links(word: Word) -> Iterator[Finding]:
    """LP-037: a link's words say where it goes (Microsoft, WCAG 2.2 §2.4.4)."""
    for paragraph, text, _ in _links(word):
        words = re.sub(r"[\s\u00a0.…»«>\u2192-]+", " ", text).strip().lower().replace("'", "’")
        if words in _VAGUE or not words:
            yield Finding("LP-037", Severity.WARNING, {**at(paragraph), "words": text.strip()})


def broken_links(word: Word) -> Iterator[Finding]:
    """LP-038: a link within the document leads somewhere."""
    bookmarks = {
        node.get(f"{W}name", "")
        for root in word.stories.values()
        for node in root.iter(f"{W}bookmarkStart")
    }
    for paragraph, text, target in _links(word):
        if target and target not in bookmarks and target != "_top":
            yield Finding(
                "LP-038",
                Severity.ERROR,
                {**at(paragraph), "words": text.strip(), "target": target},
            )


RULES = (vague_links, broken_links)
