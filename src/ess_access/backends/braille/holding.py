"""Words that stand on one row: a number and its unit, « n° 12 », « 18 bis », « 17 h 30 ».

Print holds them with no-break spaces; ordinary ones are held too where the words say enough.
Source of the pairs: Lexique des règles typographiques en usage à l'Imprimerie nationale,
« Coupures ».
"""

import re

from ess_access.backends.braille import cells as c
from ess_access.backends.braille.integral import RAISE
from ess_access.backends.braille.marks import HELD_SPACE

__all__ = ["held_cells", "hold", "no_break_spaces"]

# Spaces that no line ends at; not among others, which would make it an ordinary one.
_NO_BREAK = re.compile(
    "[\u00a0\u202f\u2007](?<![ \t\n\u00a0\u202f\u2007].)(?![ \t\n\u00a0\u202f\u2007])"
)
_HABIT = (
    6  # more no-break spaces than this, and than others: how a page was typed, not what it says
)
_UNITS = (
    "[%‰€$£°]"
    "|(?:h|min|s|km|cm|mm|kg|mg|g|t|l|cl|ml|ha|kWh|kW|W|Go|Mo|Ko|pt|px|bis|ter|quater"
    r"|euros?|ans?|mois|millions?|milliards?)(?!['\w])"
    rf"|[cdkm]?m(?:{RAISE}[23])?(?!['\w])"
)
_BEFORE_UNIT = re.compile(f"([0-9]) (?={_UNITS})")
_AFTER_HOUR = re.compile(f"([0-9][ {HELD_SPACE}]?h) (?=[0-9]{{2}}(?![0-9]))")
_AFTER_SIGN = re.compile(r" (?=[0-9])(?:(?<=[°§] )|(?<=°s )|(?<=\b[pP]\. )|(?<=\b[aA]rt\. ))")


def no_break_spaces(text: str) -> str:
    """Mark the no-break spaces of print as such."""
    if not any(space in text for space in "\u00a0\u202f\u2007"):
        return text
    found = _NO_BREAK.findall(text)
    if len(found) > _HABIT and len(found) > text.count(" "):
        return text
    return _NO_BREAK.sub(HELD_SPACE, text) if found else text


def hold(text: str) -> str:
    """Mark the spaces within pairs that print writes with an ordinary space."""
    text = _BEFORE_UNIT.sub(rf"\1{HELD_SPACE}", text)
    if "h " in text:
        text = _AFTER_HOUR.sub(rf"\1{HELD_SPACE}", text)
    return _AFTER_SIGN.sub(HELD_SPACE, text)


def held_cells(text: str, cells: str) -> str:
    """Put the sign of a held space between the cells of the words that ``text`` holds together.

    Cells that are fewer or more words than the text (a contraction over a space) stay as they are.
    """
    parts = text.split(HELD_SPACE)
    words = cells.split(c.BLANK)
    if len(words) != text.count(" ") + len(parts):
        return cells
    found: list[str] = []
    at = 0
    for part in parts:
        end = at + part.count(" ") + 1
        found.append(c.BLANK.join(words[at:end]))
        at = end
    return c.HELD.join(found)
