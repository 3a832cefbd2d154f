"""Inline content to passages: words of one language, with what must be said after them."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import assert_never

from ess_access.backends.audio.announcements import Announcements
from ess_access.backends.audio.options import Verbosity
from ess_access.document.inlines import plain_text
from ess_access.document.nodes import (
    Abbreviation,
    Code,
    Emphasis,
    Image,
    Inline,
    Language,
    LineBreak,
    Link,
    Note,
    PageMark,
    Script,
    Strong,
    Text,
)

__all__ = ["Aside", "Passage", "Reader", "is_file_name", "solid"]

_RAISED = str.maketrans(
    "0123456789+-",
    "\u2070\u00b9\u00b2\u00b3\u2074\u2075\u2076\u2077\u2078\u2079\u207a\u207b",
)
# A camera's or an editor's name for a picture describes nothing.
_FILE_NAME = re.compile(
    r"[^\n]*\.(?:avif|bmp|emf|gif|heic|jpe?g|png|svg|tiff?|webp|wmf)|"
    r"(?:img|dsc[fn]?|image|photo|picture|scan|screenshot)[-_ ]?\d+",
    re.IGNORECASE,
)
Aside = Note | PageMark | Image


@dataclass(slots=True)
class Passage:
    """Words of one language without a break of line.

    ``asides`` are what is said after the sentence in which they stand, each with the count of
    letters and marks (white space apart) before it.
    """

    lang: str
    text: str = ""
    asides: list[tuple[int, Aside]] = field(default_factory=list)


def solid(text: str) -> int:
    """Count characters without white space: what cutting a text in sentences leaves alone."""
    return sum(not mark.isspace() for mark in text)


def is_file_name(alt: str) -> bool:
    """Say whether a description is but the picture's file name."""
    return _FILE_NAME.fullmatch(alt.strip()) is not None


class Reader:
    """Read inline content of one document aloud; remembers which abbreviations it explained."""

    def __init__(self, words: Announcements, verbosity: Verbosity) -> None:
        self._words = words
        self._verbosity = verbosity
        self._explained: set[str] = set()

    def passages(self, inlines: Iterable[Inline], lang: str) -> tuple[Passage, ...]:
        """Give the passages in order; one without words may still carry asides."""
        found = [Passage(lang)]
        for node in inlines:
            self._read(node, lang, found)
        return tuple(passage for passage in found if passage.text.strip() or passage.asides)

    def _read(self, node: Inline, lang: str, found: list[Passage]) -> None:
        match node:
            case Text(text) | Code(text):
                _add(found, text, lang)
            case Emphasis(children) | Strong(children):
                for child in children:
                    self._read(child, lang, found)
            case Language(own, children):
                for child in children:
                    self._read(child, own or lang, found)
            case Script(position, children):
                text = plain_text(children)
                raised = position == "super" and text.strip("+-").isdecimal()
                # m<sup>2</sup> is one word; the letters of 1<sup>er</sup> stay as they are.
                if raised:
                    _add(found, text.translate(_RAISED), lang)
                else:
                    for child in children:
                        self._read(child, lang, found)
            case Abbreviation(text, expansion, say):
                _add(found, self._abbreviation(text, expansion, say), lang)
            case Link(href, children):
                self._link(href, children, lang, found)
            case Image(_, alt, description):
                if alt is None or is_file_name(alt):
                    _add(found, f" ({self._words.say('picture_bare')}) ", lang)
                elif alt:
                    _add(found, self._words.say("picture_inline", alt=alt), lang)
                if description:
                    _aside(found, node)
            case Note():
                _aside(found, node)
            case PageMark():
                if self._verbosity != "brief":
                    _aside(found, node)
            case LineBreak():
                found.append(Passage(lang))
            case _:
                assert_never(node)

    def _abbreviation(self, text: str, expansion: str, say: str) -> str:
        said = {"letters": " ".join(text) if text.isalpha() else text, "word": text.lower()}.get(
            say, text
        )
        if not expansion or text in self._explained or expansion == text:
            return said
        self._explained.add(text)
        return f"{said} ({expansion})"

    def _link(
        self, href: str, children: tuple[Inline, ...], lang: str, found: list[Passage]
    ) -> None:
        said = plain_text(children).strip()
        for child in children:
            self._read(child, lang, found)
        if not said and not href.startswith("#"):
            _add(found, href, lang)
        elif self._verbosity == "full" and not href.startswith("#") and not _is_address(said, href):
            _add(found, self._words.say("link_full", href=href), lang)


def _is_address(said: str, href: str) -> bool:
    bare = href.removeprefix("mailto:").removeprefix("https://").removeprefix("http://")
    return said.rstrip("/").endswith(bare.rstrip("/"))


def _add(found: list[Passage], text: str, lang: str) -> None:
    last = found[-1]
    if last.lang == lang:
        last.text += text
    elif not any(mark.isalnum() for mark in text):
        # A stop or a space after a foreign word belongs to it, for the breath's sake.
        last.text += text
    elif not last.text.strip() and not last.asides:
        found[-1] = Passage(lang, text)
    else:
        found.append(Passage(lang, text))


def _aside(found: list[Passage], node: Aside) -> None:
    found[-1].asides.append((solid(found[-1].text), node))
