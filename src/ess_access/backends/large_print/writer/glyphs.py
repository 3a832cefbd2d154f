"""Characters that the font lacks: an equal sign that it has, or another font."""

from collections.abc import Iterator
from dataclasses import dataclass

from ess_access.backends.large_print.fonts import Face

__all__ = ["FALLBACK_FONT", "FittedText", "fitted"]

# On every Windows and Mac with Office; LibreOffice finds its own where it is absent.
FALLBACK_FONT = "Segoe UI Symbol"

# What says the same on paper, from the nearest to the plainest; the first that the font has wins.
_EQUALS = {
    "\u202f": ("\u00a0",),  # NNBSP: a no-break space all the same
    "\u2007": ("\u00a0",),  # figure space
    "\u2009": ("\u00a0",),  # thin space
    "\u2015": ("\u2014", "-"),  # horizontal bar
    "\u2012": ("\u2013", "-"),  # figure dash
    "\u2010": ("-",),
    "\u2032": ("\u2019", "'"),  # prime
    "\u2033": ("\u201d", '"'),
    "\u2192": ("->",),
    "\u2190": ("<-",),
    "\u2194": ("<->",),
    "\u21d2": ("=>",),
    "\u2794": ("->",),
    "\u279c": ("->",),
    "\u27a4": ("->",),
    "\u2713": ("\u221a",),
    "\u2714": ("\u221a",),
    "\u2717": ("\u00d7",),
    "\u2718": ("\u00d7",),
    "\u2610": ("[ ]",),
    "\u2611": ("[x]",),
    "\u2612": ("[x]",),
    "\u25a0": ("\u2022",),
    "\u25aa": ("\u2022",),
    "\u25cf": ("\u2022",),
    "\u25e6": ("\u2022",),
    "\u2023": ("\u2022",),
    "\u2116": ("N\u00b0",),
    "\u2212": ("\u2013", "-"),  # minus
    "\u2217": ("*",),
    "\u2044": ("/",),
    "\ufb00": ("ff",),
    "\ufb01": ("fi",),
    "\ufb02": ("fl",),
}
# Spaces say nothing that is lost: no need to speak of their replacement.
_SILENT = frozenset("\u202f\u2007\u2009\u2010\u2012\ufb00\ufb01\ufb02")
# Not drawn: they join or steer what stands around them; the hyphen is an element of its own.
_NO_GLYPH = frozenset("\n\t\u200c\u200d\ufe0e\ufe0f\u2011")


@dataclass(frozen=True, slots=True)
class FittedText:
    """A stretch of text for one font; ``replaced`` pairs each character with what stands for it."""

    text: str
    is_lacking: bool
    replaced: tuple[tuple[str, str], ...] = ()


def fitted(words: str, face: Face) -> Iterator[FittedText]:
    """Cut words into stretches that the face can set and stretches that it cannot."""
    advances = face.advances
    if all(ord(char) in advances for char in words):
        yield FittedText(words, is_lacking=False)
        return
    stretch: list[str] = []
    replaced: list[tuple[str, str]] = []
    is_lacking = False
    for char in words:
        text = char
        if ord(char) not in advances and char not in _NO_GLYPH:
            text = _equal(char, face)
            if text != char and char not in _SILENT:
                replaced.append((char, text))
        lacks = text == char and ord(char) not in advances and char not in _NO_GLYPH
        if char in _NO_GLYPH and char not in "\n\t\u2011":
            lacks = is_lacking  # a joiner stays with the sign before it
        if lacks != is_lacking and stretch:
            yield FittedText("".join(stretch), is_lacking, tuple(replaced))
            stretch, replaced = [], []
        is_lacking = lacks
        stretch.append(text)
    if stretch:
        yield FittedText("".join(stretch), is_lacking, tuple(replaced))


def _equal(char: str, face: Face) -> str:
    for candidate in _EQUALS.get(char, ()):
        if all(ord(part) in face.advances for part in candidate):
            return candidate
    return char
