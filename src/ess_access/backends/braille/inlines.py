"""Inline nodes into one marked text, with the notes and the pictures met on the way."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import assert_never

from ess_access.api.findings import Finding, Severity
from ess_access.backends.braille import cells as c
from ess_access.backends.braille import marks
from ess_access.backends.braille.options import BrailleOptions
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
    Place,
    Script,
    Strong,
    Text,
)

__all__ = ["LINE", "Reader", "Reading", "lines_of", "number_cells"]

LINE = "\ue020"  # the end of a line that means something; never left in a text


@dataclass(slots=True)
class Reading:
    """The text of a block; ``notes`` are numbered as they are called."""

    text: str = ""
    at: Place | None = None
    parts: list[str] = field(default_factory=list)
    notes: list[tuple[int, Note]] = field(default_factory=list)


@dataclass(slots=True)
class Reader:
    """Read inline nodes in the order of the document; it counts notes and keeps what it doubts."""

    options: BrailleOptions
    lang: str = "fr"
    notes: int = 0
    findings: list[Finding] = field(default_factory=list)
    explained: set[str] = field(default_factory=set)
    print_pages: list[str] = field(default_factory=list)
    languages: set[str] = field(default_factory=set)

    def read(
        self, inlines: Iterable[Inline], at: Place | None = None, *, emphasis: bool = True
    ) -> Reading:
        """Read the inline nodes of a block; ``emphasis=False`` in headings (3.2)."""
        nodes = tuple(inlines)
        if len(nodes) == 1 and isinstance(nodes[0], Text):
            return Reading(self._words(nodes[0].text), at)
        reading = Reading(at=at)
        has_emphasis = emphasis and self.options.emphasis == "code"
        self._read(nodes, reading, depth=0 if has_emphasis else 1)
        reading.text = "".join(reading.parts)
        return reading

    def _read(self, nodes: Iterable[Inline], reading: Reading, depth: int) -> None:
        parts = reading.parts
        for node in nodes:
            match node:
                case Text(text):
                    parts.append(self._words(text))
                case Emphasis(children) | Strong(children):
                    if depth == 0:
                        parts.append(marks.EMPHASIS_ON)
                    self._read(children, reading, depth + 1)
                    if depth == 0:
                        parts.append(marks.EMPHASIS_OFF)
                case Script(position, children):
                    parts.append(marks.script_words(position, plain_text(children)))
                case Language(lang, children):
                    self._read_foreign(lang, children, reading, depth)
                case Abbreviation(text, expansion, _):
                    parts.append(marks.without_private(text))
                    if expansion and text not in self.explained:
                        self.explained.add(text)
                        parts.append(_incise(expansion))
                case Link(href, children):
                    self._read(children, reading, depth)
                    parts.append(self._address(href, plain_text(children)))
                case Image(_, alt, description):
                    parts.append(self.picture_text(alt, description, reading.at))
                case Note():
                    self.notes += 1
                    reading.notes.append((self.notes, node))
                    parts.append(f" {c.CALL}{number_cells(self.notes)}")
                case Code(text):
                    code = marks.without_private(text)
                    parts.append(marks.ADDRESS_ON + code + marks.ADDRESS_OFF)
                case LineBreak():
                    parts.append(LINE)
                case PageMark(label):
                    if self.options.print_pages:
                        self.print_pages.append(marks.without_private(label))
                        parts.append(f" {c.PRINT_PAGE} ")
                case _:
                    assert_never(node)

    def _words(self, text: str) -> str:
        text = marks.without_private(text)
        if self.options.inclusive != "as-written":
            return _spelled_out(text, self.options.inclusive)
        # The code has no sign for the middle dot: the stop, which print uses as well, keeps the
        # word whole and reads the same (table 1; 1.6 keeps the points of print).
        return _MIDDLE_DOT.sub(".", text) if not text.isascii() else text

    def _read_foreign(
        self, lang: str, children: tuple[Inline, ...], reading: Reading, depth: int
    ) -> None:
        primary = lang.split("-", maxsplit=1)[0].lower()
        if primary == self.lang:
            self._read(children, reading, depth)
            return
        self.languages.add(primary)
        reading.parts.append(marks.FOREIGN.get(primary, marks.FOREIGN["other"]))
        self._read(children, reading, depth)
        reading.parts.append(marks.LANGUAGE_OFF)

    def _address(self, href: str, words: str) -> str:
        """Give a link's address in brackets: on paper nothing else leads there."""
        if not self.options.link_addresses or href.startswith("#") or not href:
            return ""
        shown = href.removeprefix("mailto:").removeprefix("tel:")
        said = words.strip().rstrip("/")
        bare = shown.rstrip("/")
        for start in ("", "https://", "http://", "https://www.", "http://www."):
            if bare == start + said:
                return ""
        if not shown.startswith(("http:", "https:")) and "@" not in shown:
            return ""
        address = marks.without_private(shown)
        return f" ({marks.ADDRESS_ON}{address}{marks.ADDRESS_OFF})"

    def picture_text(self, alt: str | None, description: str, at: Place | None) -> str:
        """Give a picture as an incised transcriber's note (3.3c); ``""`` when decorative."""
        if alt is None and not description:
            self.findings.append(Finding("BR-001", Severity.ERROR, {}, at))
            return _incise("image sans description")
        if not alt and not description:
            return ""
        said = " ".join(text.strip() for text in (alt or "", description) if text.strip())
        return _incise(f"image : {said}")


_MIDDLE_DOT = re.compile(r"(?<=\w)[\u00b7\u2022\u2027\u2219\u22c5](?=\w)")


def _spelled_out(text: str, policy: str) -> str:
    """Write the words of inclusive writing as one word, or as two."""
    from ess_access.french import inclusive

    done, parts = 0, []
    for word in inclusive.find(text):
        match policy:
            case "masculine":
                said = word.masculine
            case "feminine":
                said = word.feminine
            case _:
                joint = " et " if word.plural else " ou "
                pair = (word.masculine, word.feminine)
                said = joint.join(reversed(pair) if word.feminine_first else pair)
        parts += [text[done : word.start], said]
        done = word.end
    return "".join([*parts, text[done:]])


def _incise(text: str) -> str:
    return f" {c.NOTE_OPEN}{marks.without_private(text)}{c.NOTE_CLOSE} "


@cache
def number_cells(number: int) -> str:
    """Give a number with its modifier."""
    digits = c.code().digits
    return c.NUMBER + "".join(digits[digit] for digit in str(number))


def lines_of(text: str) -> Iterator[str]:
    """Cut at the ends of lines; an emphasis that runs over one is opened again after it."""
    is_open = False
    for line in text.split(LINE):
        piece = (marks.EMPHASIS_ON if is_open else "") + line
        is_open = piece.count(marks.EMPHASIS_ON) > piece.count(marks.EMPHASIS_OFF)
        yield piece + (marks.EMPHASIS_OFF if is_open else "")
