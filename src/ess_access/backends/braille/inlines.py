"""Inline nodes into one marked text, with the notes and the pictures met on the way."""

import itertools
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
from ess_access.document.walk import inlines_of

__all__ = [
    "LINE",
    "Reader",
    "Reading",
    "holds_words",
    "lines_of",
    "number_cells",
    "primary_language",
]

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
    within: str = ""  # the language of the words at hand, which a passage may change

    def __post_init__(self) -> None:
        self.within = self.lang

    def read(
        self, inlines: Iterable[Inline], at: Place | None = None, *, emphasis: bool = True
    ) -> Reading:
        """Read the inline nodes of a block; ``emphasis=False`` in headings (3.2)."""
        nodes = tuple(inlines)
        is_foreign = self._is_foreign(self.within)
        if len(nodes) == 1 and isinstance(nodes[0], Text) and not is_foreign:
            return Reading(self._words(nodes[0].text), at)
        reading = Reading(at=at)
        has_emphasis = emphasis and self.options.emphasis == "code"
        self._read(nodes, reading, depth=0 if has_emphasis else 1)
        reading.text = _parted("".join(reading.parts))
        if is_foreign and reading.text:
            self.languages.add(self.within)
            reading.text = _language_mark(self.within) + reading.text + marks.LANGUAGE_OFF
        return reading

    def _is_foreign(self, lang: str) -> bool:
        """Say whether whole blocks in this language are to be marked.

        No foreign words are contracted; in full, some languages have letters of their own (2.5).
        """
        return lang != "fr" and (self.options.grade == 2 or bool(c.code().foreign.get(lang)))

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
                    self._read_script(position, children, reading, depth)
                case Language(lang, children):
                    self._read_foreign(lang, children, reading, depth)
                case Abbreviation(text, expansion, _):
                    parts.append(marks.without_private(text))
                    self._explain(text, expansion, reading)
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

    def _explain(self, text: str, expansion: str, reading: Reading) -> None:
        """Give the sense of an abbreviation in a note, the first time (3.3c)."""
        if expansion and text not in self.explained:
            self.explained.add(text)
            reading.parts.append(_incise(expansion))

    def _read_script(
        self, position: str, children: tuple[Inline, ...], reading: Reading, depth: int
    ) -> None:
        """Read what is raised or lowered; notes and pictures in it stand as they do elsewhere."""
        for is_words, run in itertools.groupby(children, holds_words):
            if is_words:
                reading.parts.append(marks.script_words(position, plain_text(run)))
                continue
            for child in run:
                match child:
                    case Emphasis(inner) | Strong(inner) | Language(_, inner):
                        self._read_script(position, inner, reading, depth)
                    case Abbreviation(text, expansion, _):
                        reading.parts.append(marks.script_words(position, text))
                        self._explain(text, expansion, reading)
                    case _:
                        self._read((child,), reading, depth)

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
        primary, before = primary_language(lang), self.within
        if primary in ("", before):
            self._read(children, reading, depth)
            return
        self.languages.add(primary)
        reading.parts.append(_language_mark(primary))
        self.within = primary
        self._read(children, reading, depth)
        self.within = before
        back = _language_mark(before) if self._is_foreign(before) else marks.LANGUAGE_OFF
        reading.parts.append(back)

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


_WORDS = (Text, Code, Emphasis, Strong, Language, Script)


def holds_words(inline: Inline) -> bool:
    """Say whether a node holds words and nothing else: no note, picture, address, page mark."""
    return all(isinstance(node, _WORDS) for node in inlines_of(inline))


# A call of a note in a word, and a change of the print's page in one, which goes after it (3.4b).
_CALL_IN_WORD = re.compile(rf"({c.CALL}{c.NUMBER}[\u2801-\u283f]+)(?=[\ue014-\ue01e]*\w)")
# An address within a word goes after it; one before a word is parted from it.
_SHOWN = rf" \({marks.ADDRESS_ON}[^{marks.ADDRESS_OFF}]*{marks.ADDRESS_OFF}\)"
_ADDRESS_IN_WORD = re.compile(rf"(?<=\w)({_SHOWN})([\ue014\ue015]*\w(?:[\w'’-]*\w)?)")
_ADDRESS_BEFORE_WORD = re.compile(rf"({_SHOWN})(?=[\ue014-\ue01e]*\w)")
_PAGE_IN_WORD = re.compile(
    rf"(?<=\w)([\ue010-\ue01e]*) {c.PRINT_PAGE} ([\ue010-\ue01e]*[^\s\ue010-\ue01e(\[«“‘]\S*)"
)


def _parted(text: str) -> str:
    """Part what stands within a word: its letters would be read as digits of the call."""
    if c.CALL in text:
        text = _CALL_IN_WORD.sub(r"\1 ", text)
    if marks.ADDRESS_OFF + ")" in text:
        text = _ADDRESS_BEFORE_WORD.sub(r"\1 ", _ADDRESS_IN_WORD.sub(r"\2\1", text))
    if c.PRINT_PAGE in text:
        text = _PAGE_IN_WORD.sub(rf"\1\2 {c.PRINT_PAGE} ", text)
    return text


# The sign first, then what stands before it: `re` seeks a set of characters fast.
_MIDDLE_DOT = re.compile(r"[\u00b7\u2022\u2027\u2219\u22c5](?<=\w.)(?=\w)")


def _spelled_out(text: str, policy: str) -> str:
    """Write the words of inclusive writing as one word, or as two."""
    from ess_access.french import inclusive
    from ess_access.french.agreement import names_two

    done, parts = 0, []
    for word in inclusive.find(text):
        pair = (word.masculine, word.feminine)
        match policy:
            case _ if pair[0].lower() == pair[1].lower():
                said = word.masculine
            case "masculine" if not names_two(word.written):
                said = word.masculine
            case "feminine" if not names_two(word.written):
                said = word.feminine
            case _:
                joint = " et " if word.plural else " ou "
                said = joint.join(reversed(pair) if word.feminine_first else pair)
        parts += [text[done : word.start], said]
        done = word.end
    return "".join([*parts, text[done:]])


def primary_language(tag: str) -> str:
    """Give the primary subtag of a language tag: ``"pt-BR"`` → ``"pt"``."""
    return tag.split("-", maxsplit=1)[0].lower()


def _language_mark(primary: str) -> str:
    if primary == "fr":
        return marks.LANGUAGE_OFF
    return marks.FOREIGN.get(primary, marks.FOREIGN["other"])


def _incise(text: str) -> str:
    return f" {c.NOTE_OPEN}{marks.without_private(text)}{c.NOTE_CLOSE} "


@cache
def number_cells(number: int) -> str:
    """Give a number with its modifier."""
    digits = c.code().digits
    return c.NUMBER + "".join(digits[digit] for digit in str(number))


_LANGUAGE_MARKS = frozenset((*marks.FOREIGN.values(), marks.LANGUAGE_OFF))


def lines_of(text: str) -> Iterator[str]:
    """Cut at the ends of lines; what runs over one, emphasis or language, is opened again."""
    is_open, language = False, ""
    for line in text.split(LINE):
        piece = language + (marks.EMPHASIS_ON if is_open else "") + line
        is_open = piece.count(marks.EMPHASIS_ON) > piece.count(marks.EMPHASIS_OFF)
        language = next((char for char in reversed(piece) if char in _LANGUAGE_MARKS), "")
        yield piece + (marks.EMPHASIS_OFF if is_open else "")
