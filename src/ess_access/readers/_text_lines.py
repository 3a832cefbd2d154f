"""Lines of plain text: what each begins with, and the width that the text was wrapped at."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

__all__ = ["WIDEST", "Line", "Mark", "lines_of", "wrap_width"]

_DASHES = "\\-\u2010\u2011\u2013\u2014\u2212"
_BULLETS = "•*·▪◦●○■□▫◾◼►▸▶➢➤➔→✓✔‣⁃➜❖♦✦\uf0b7\uf0a7\uf0d8\uf0fc\uf076"
_BULLET = re.compile(rf"(--?|[{_DASHES}{_BULLETS}+]|o(?=\s))(\s+|(?=[^\s\d{_DASHES}*.]))(\S.*)")
_TIGHT = re.compile(rf"[{_DASHES}*+]\S")
_LONE = re.compile(rf"(?:[{_DASHES}{_BULLETS}]|o)")
_NUMBER = re.compile(r"\(?(\d{1,3})(?:([.)°/])|\s?([-–—]))\s+(\S.*)|\((\d{1,3})\)\s*(\S.*)")
_LETTER = re.compile(r"\(?([a-z])[.)]\s+(\S.*)")
_UNDERLINE = re.compile(r"([=\-~_*#–—])\1{2,}|=\s*")
_RULE = re.compile(r"(?:([-=_*~#–—•·])\s*)(?:\1\s*){2,}")
_HASHES = re.compile(r"(#{1,6})\s+(\S.*?)\s*#*")
_CELLS = re.compile(r"\t+|\s{3,}")
_NARROWEST, _NARROWEST_BLOCK = 45, 55
WIDEST = 130  # columns: no editor wraps later


@dataclass(frozen=True, slots=True)
class Mark:
    """What a list's item begins with. ``kind`` tells marks apart; ``number`` is 0 for bullets."""

    kind: str
    number: int = 0
    written: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """A line: its number from 1, its indent in columns, its words without mark and indent.

    ``underline`` is the character of a line that only draws one, ``hashes`` the level of a line
    with hash signs, ``is_lone`` says that a bullet stands there without words.
    """

    number: int
    indent: int
    words: str
    length: int
    mark: Mark | None = None
    underline: str = ""
    hashes: int = 0
    is_lone: bool = False

    @property
    def is_blank(self) -> bool:
        """Whether nothing stands on the line."""
        return not (self.words or self.underline or self.is_lone)


def lines_of(text: str) -> tuple[Line, ...]:
    """Read the lines of a text; tabs count to the next multiple of four columns."""
    raw = text.split("\n")
    return tuple(
        _line(number, line, raw[number - 2] if number > 1 else "", raw[number : number + 1])
        for number, line in enumerate(raw, 1)
    )


def _line(number: int, raw: str, before: str, after: Sequence[str]) -> Line:
    words = raw.strip()
    lead = raw[: len(raw) - len(raw.lstrip())]
    indent = len(lead.expandtabs(4))
    length = indent + len(words)
    if not words or words == "--":  # two dashes part an e-mail from its signature (RFC 3676 §4.3)
        return Line(number, 0, "", 0)
    if _LONE.fullmatch(words):
        return Line(number, indent, "", length, is_lone=True)
    if _UNDERLINE.fullmatch(words) or _RULE.fullmatch(words):
        return Line(number, indent, "", length, underline=words[0])
    hashes = _HASHES.fullmatch(words)
    if hashes:
        return Line(number, indent, hashes[2], length, hashes=len(hashes[1]))
    bullet = _BULLET.fullmatch(words)
    if bullet and (bullet[2] or _is_tight_list(words, before, after)):
        kind = "dash" if bullet[1][0] in _DASHES else bullet[1]
        return Line(number, indent, bullet[3], length, Mark(kind, 0, bullet[1]))
    counted = _NUMBER.fullmatch(words)
    if counted:
        digits, rest = counted[1] or counted[5], counted[4] or counted[6]
        kind = f"number{counted[2] or counted[3] or '()'}"
        return Line(number, indent, rest, length, Mark(kind, int(digits), words[: -len(rest)]))
    letter = _LETTER.fullmatch(words)
    if letter:
        place = ord(letter[1]) - ord("a") + 1
        written = words[: -len(letter[2])]
        return Line(number, indent, letter[2], length, Mark("letter", place, written))
    return Line(number, indent, words, length)


def _is_tight_list(words: str, before: str, after: Sequence[str]) -> bool:
    """Say whether a mark without a space (« -Accueil ») is one: its neighbour has the same."""
    if words[0] not in f"{_DASHES}*+":
        return True
    near = (before.strip(), *(line.strip() for line in after))
    return any(_TIGHT.match(line) and line[0] == words[0] for line in near)


def wrap_width(lines: Sequence[Line]) -> int:
    """Give the column at which an editor wrapped the text, 0 where lines are whole paragraphs.

    A line was wrapped when the next line's first word would not have fitted on it; the width is
    the one that explains most line ends, and prose goes on in small letters after most of them.
    """
    pairs = [
        (line.length, len(after.words.split(maxsplit=1)[0]), after.words[:1].islower())
        for line, after in pairwise(lines[:4000])
        if line.words
        and after.words
        and after.mark is None
        and not after.hashes
        and " " in line.words
    ]
    best_width, best_score, best_small = 0, 0, 0
    for width in sorted({length for length, _, _ in pairs}):
        if not _NARROWEST <= width <= WIDEST:
            continue
        ended = [small for length, word, small in pairs if length <= width < length + 1 + word]
        score = len(ended) - 2 * sum(length > width for length, _, _ in pairs)
        if score > best_score:
            best_width, best_score, best_small = width, score, sum(ended)
    if not pairs or best_score * 2 < len(pairs) or best_small * 5 < best_score * 2:
        return _width_of_blocks(lines)
    return best_width


def _width_of_blocks(lines: Sequence[Line]) -> int:
    """Give the width of a text too short to show it, whose paragraphs blank lines part.

    No line is longer than an editor's, and the longest ends as prose does: then two lines that
    stand together are one paragraph where the first is full.
    """
    worded = [line for line in lines if line.words]
    if not any(line.is_blank for line in lines[:-1]) or not worded:
        return 0
    longest = max(worded, key=lambda line: line.length)
    if not _NARROWEST_BLOCK <= longest.length <= WIDEST or longest.words.endswith(","):
        return 0
    return longest.length
