"""Inclusive words whose second form stands apart: « directeur / directrice », « salarié (e) ».

A word in brackets is seldom an ending: it is believed only where a hyphen would be believed too.
« doi(ven)t », whose plural is set inside the verb, is read here as well.
"""

import re
from collections.abc import Iterator

from ess_access.french.doublets import Doublet, doublet
from ess_access.french.marks import ELISION, LETTERS

__all__ = ["Apart", "apart_at"]

# Where it starts, what is written, the elided word before it, the forms.
Apart = tuple[int, str, str, Doublet]

_START = rf"(?<![\w@.·'’-])(?P<elision>{ELISION})?"
_SPACED = re.compile(
    rf"{_START}(?P<first>{LETTERS})[ \u00a0]/[ \u00a0](?P<second>{LETTERS})(?![\w'’.·@-]\w)"
)
_BRACKETED = re.compile(
    rf"{_START}(?P<first>{LETTERS}(?:-{LETTERS})*)[ \u00a0]"
    rf"\((?:-[ \u00a0]?)?(?P<second>{LETTERS})\)(?P<s>[ \u00a0]?s\b)?(?![\w(])"
)
_INNER_PLURAL = re.compile(
    rf"{_START}(?P<first>{LETTERS})\((?P<second>en|ven|nen|ss?en|tten)\)t(?!\w)"
)
# Closing brackets hold units and letters of lists as often: « durée (s) », « le plan (a) ».
_TOO_SHORT = 3


def apart_at(text: str, start: int) -> Iterator[Apart]:
    """Read the word that begins at a place, and its second form a space away."""
    if match := _SPACED.match(text, start):
        forms = doublet(match["first"], [("/", match["second"])])
        if forms is not None and match["second"].lower() in {forms.masculine, forms.feminine}:
            yield match.start(), match.group(), match["elision"] or "", forms
    if match := _BRACKETED.match(text, start):
        tail = [("-", match["second"])] + ([("-", "s")] if match["s"] else [])
        forms = doublet(match["first"], tail) if len(match["first"]) > _TOO_SHORT else None
        if forms is not None:
            yield match.start(), match.group(), match["elision"] or "", forms
    if match := _INNER_PLURAL.match(text, start):
        yield match.start(), match.group(), match["elision"] or "", _verb(match)


def _verb(match: re.Match[str]) -> Doublet:
    """Read « étai(en)t », « doi(ven)t »: the plural, and the singular where it is heard."""
    first = match["first"].lower()
    many = f"{first}{match['second'].lower()}t"
    said = many if match["second"] == "en" and first.endswith("ai") else f"{first}t ou {many}"
    return Doublet(said, said, plural=True)
