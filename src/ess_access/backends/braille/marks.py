"""Marks inside a text on its way to cells: characters for private use, cleaned from all input.

A paragraph is one string: what is emphasised, foreign or an address is between two marks, so that
the mending of spaces and numbers sees the words as the print has them.
"""

import re

from ess_access.backends.braille import cells as c
from ess_access.backends.braille.integral import LOWER, RAISE, script

__all__ = [
    "ADDRESS",
    "ADDRESS_OFF",
    "ADDRESS_ON",
    "EMPHASIS_OFF",
    "EMPHASIS_ON",
    "FILL",
    "FOREIGN",
    "HELD_SPACE",
    "LANGUAGE_OFF",
    "script_words",
    "without_marks",
    "without_private",
]

# \ue010 to \ue013 are those of `integral`.
EMPHASIS_ON = "\ue014"
EMPHASIS_OFF = "\ue015"
ADDRESS_ON = "\ue016"
ADDRESS_OFF = "\ue017"
LANGUAGE_OFF = "\ue018"
HELD_SPACE = "\ue01f"  # a space that no row ends at
# A passage in another language opens with the mark of that language.
FOREIGN = {
    "en": "\ue019",
    "es": "\ue01a",
    "de": "\ue01b",
    "it": "\ue01c",
    "la": "\ue01d",
    "other": "\ue01e",
}

# In cells: the word that follows is an address, which breaks with the continuation sign (1.8).
# Dots 7 and 8, which six-dot Braille never has, and which liblouis hands on.
ADDRESS = "\u28c0"

FILL = "\u2820\u2824\u2804"  # 3.8: a blank to fill, less than a row

_SCRIPT_DIGITS = re.compile(f"[{RAISE}{LOWER}]([-−+]?[0-9]+)")
_RAISED = str.maketrans("0123456789-−+", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁻⁺")
_LOWERED = str.maketrans("0123456789-−+", "₀₁₂₃₄₅₆₇₈₉₋₋₊")

_PRIVATE = re.compile("[\ue000-\uf8ff\U000f0000-\U000ffffd\U00100000-\U0010fffd]")
_MARKS = re.compile("[\ue010-\ue02f\u28c0]")


def without_private(text: str) -> str:
    """Replace characters for private use: Symbol's bullet as Word writes it, else unreadable."""
    return _PRIVATE.sub(lambda found: "•" if found[0] == "\uf0b7" else "\ufffd", text)


def script_words(position: str, text: str) -> str:
    """Mark each word that is raised (``"super"``) or lowered (1.5, table 2)."""
    mark = RAISE if position == "super" else LOWER
    words = without_private(text).split()
    whole = script(mark, " ".join(words))
    return whole if words and " " not in whole else " ".join(mark + word for word in words)


def without_marks(text: str) -> str:
    """Give the print of a mended text: « 10⁶ » is not « 106 », and notes stand in brackets."""
    text = text.replace("\ue013", "\u00a0").replace(HELD_SPACE, "\u00a0")
    if RAISE in text or LOWER in text:
        text = _SCRIPT_DIGITS.sub(_script_digits, text)
    text = text.replace(FILL, "___").replace(c.NOTE_OPEN, "[").replace(c.NOTE_CLOSE, "]")
    return _MARKS.sub("", text)


def _script_digits(found: re.Match[str]) -> str:
    return found[1].translate(_RAISED if found[0][0] == RAISE else _LOWERED)
