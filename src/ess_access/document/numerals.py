"""The numbers of lists as they are written: figures, letters, Roman numerals."""

from collections.abc import Mapping
from types import MappingProxyType

__all__ = ["FORMS", "written_number"]

# The names are those of CSS Lists 3; beside each, the one of HTML and OpenDocument, and Word’s.
FORMS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "decimal": ("1", "decimal"),
        "lower-alpha": ("a", "lowerLetter"),
        "upper-alpha": ("A", "upperLetter"),
        "lower-roman": ("i", "lowerRoman"),
        "upper-roman": ("I", "upperRoman"),
    }
)
_ROMAN = (
    (1000, "m"),
    (900, "cm"),
    (500, "d"),
    (400, "cd"),
    (100, "c"),
    (90, "xc"),
    (50, "l"),
    (40, "xl"),
    (10, "x"),
    (9, "ix"),
    (5, "v"),
    (4, "iv"),
    (1, "i"),
)
_LONGEST = 40


def written_number(number: int, form: str) -> str:
    """Write a number in a form (``"lower-roman"``); in figures where the form has no sign for it.

    After z come aa, bb, as a word processor writes them (ECMA-376-1 §17.18.59).
    """
    match form:
        case "lower-alpha" | "upper-alpha" if number > 0:
            letter = chr(ord("a") + (number - 1) % 26) * min((number - 1) // 26 + 1, _LONGEST)
            return letter if form == "lower-alpha" else letter.upper()
        case "lower-roman" | "upper-roman" if 0 < number < 4000:
            text = _roman(number)
            return text if form == "lower-roman" else text.upper()
        case _:
            return str(number)


def _roman(number: int) -> str:
    text = ""
    for value, letters in _ROMAN:
        count, number = divmod(number, value)
        text += letters * count
    return text
