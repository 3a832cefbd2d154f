"""Braille cells: Unicode patterns, dots, and the signs of the Code braille français uniformisé.

Everywhere in this room cells are a ``str`` of Unicode Braille patterns, U+2800 to U+283F.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any

__all__ = [
    "ABSENT",
    "BLANK",
    "BULLET",
    "CALL",
    "CAPITAL",
    "CAPITALS",
    "CAPITALS_PASSAGE",
    "CONTINUATION",
    "EMPHASIS",
    "EMPHASIS_PASSAGE",
    "END",
    "HELD",
    "HYPHEN",
    "LEADER",
    "LETTER",
    "NOTE_CLOSE",
    "NOTE_OPEN",
    "NUMBER",
    "PRINT_PAGE",
    "RAISED",
    "Code",
    "code",
    "dots",
    "pattern",
]

BLANK = "\u2800"
HELD = "\u2840"  # a blank that no row ends at; dot 7, which six-dot Braille never has
UNDEFINED = "\u28ff"  # what the wrapper has liblouis answer for a character it does not know


def pattern(dots: str) -> str:
    """Give the cells for dots: ``"45 15"`` → ``"⠘⠑"``."""
    return "".join(
        chr(0x2800 + sum(1 << (int(dot) - 1) for dot in cell)) for cell in dots.split(" ")
    )


def dots(cells: str) -> str:
    """Give the dots of cells: ``"⠘⠑"`` → ``"45 15"``."""
    return " ".join(
        "".join(str(dot + 1) for dot in range(8) if (ord(cell) - 0x2800) >> dot & 1) or "0"
        for cell in cells
    )


# Tables 1 and 3, signs that belong to Braille itself.
NUMBER = pattern("6")  # modificateur mathématique
LETTER = pattern("56")  # indicateur de valeur de base
CAPITAL = pattern("46")
CAPITALS = pattern("46 46")
CAPITALS_PASSAGE = pattern("25 46")
END = pattern("6 3")  # indicateur de fin
EMPHASIS = pattern("456")
EMPHASIS_PASSAGE = pattern("25 456")
RAISED = pattern("4")
LOWERED = pattern("26")
DIGIT_SPACE = pattern("3")  # 1.2e
CONTINUATION = pattern("5")  # 1.8
HYPHEN = pattern("36")
BULLET = pattern("246 135")
LEADER = pattern("3")
NOTE_OPEN = pattern("6 23")  # 3.3a
NOTE_CLOSE = pattern("56 3")
CALL = pattern("346")  # 3.9a
PRINT_PAGE = pattern("5 25")  # 3.4b
ABSENT = pattern("123456 123456")  # 3.8
BOX_OPEN = pattern("2356")  # 3.10
BOX_CLOSE = pattern("1245")
INNER_BOX_OPEN = pattern("26")
INNER_BOX_CLOSE = pattern("24")
SEPARATION = pattern("25")
FULL_CELL = pattern("123456")


@dataclass(frozen=True, slots=True)
class Code:
    """The tables of the code: characters in lower case to cells, or to other characters."""

    letters: Mapping[str, str]
    digits: Mapping[str, str]
    arithmetic: Mapping[str, str]
    signs: Mapping[str, str]
    foreign: Mapping[str, Mapping[str, str]]
    nearest: Mapping[str, str]
    same: Mapping[str, str]
    names: Mapping[str, str]
    music: Mapping[str, str]
    descriptions: Mapping[str, str]
    marks: Mapping[str, str]

    def knows(self, char: str) -> bool:
        """Say whether the code has cells for this character."""
        return (
            char.lower() in self.letters
            or char in self.digits
            or char in self.arithmetic
            or char in self.signs
        )


def _patterns(table: Mapping[str, str]) -> Mapping[str, str]:
    return MappingProxyType({char: pattern(value) for char, value in table.items()})


@cache
def code() -> Code:
    """Read the tables of ``data/cbfu.toml``, once a process."""
    text = (files(__package__) / "data" / "cbfu.toml").read_text(encoding="utf-8")
    table: dict[str, Any] = tomllib.loads(text)
    return Code(
        letters=_patterns(table["letters"]),
        digits=_patterns(table["digits"]),
        arithmetic=_patterns(table["arithmetic"]),
        signs=_patterns(table["signs"] | table["borrowed"]),
        foreign=MappingProxyType(
            {lang: _patterns(letters) for lang, letters in table["foreign"].items()}
        ),
        nearest=MappingProxyType(table["nearest"]),
        same=MappingProxyType(table["same"]),
        names=MappingProxyType(table["names"]),
        music=_patterns(table["music"]),
        descriptions=MappingProxyType(table["descriptions"]),
        marks=MappingProxyType(table["marks"]),
    )
