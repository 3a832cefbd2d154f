"""Headings of plain text: how they stand one under the other."""

import re
from collections.abc import Mapping, Sequence

from ess_access.french.typography import is_capitals
from ess_access.readers._text_pieces import Piece

__all__ = ["WHOLE", "ranked"]

# The kinds of headings, the highest first, when a text has several.
_STRENGTH = (
    "=", "*", "capitals", "part", "chapter", "-", "section", "article", "roman", "letter",
    "number-1", "~", "number-2", "number-3", "number-4", "plain",
)  # fmt: skip
# Parts that stand beside all others, numbered or not.
WHOLE = re.compile(
    r"(?:introduction|préambule|avant-propos|sommaire|conclusion|annexes?|remerciements|glossaire|"
    r"bibliographie|résumé|mentions légales|contacts?|édito|éditorial|table des matières)",
    re.IGNORECASE,
)


def ranked(pieces: Sequence[Piece], kinds: Mapping[int, str]) -> Mapping[int, int]:
    """Turn kinds into levels: those that the text has, in the order of their strength."""
    order = sorted(kinds)
    if not order:
        return {}
    hashes = {int(kind[1:]) for kind in kinds.values() if kind.startswith("#")}
    if hashes:  # the author gave the levels; what else looks like a heading stands below
        deepest = max(hashes)
        return {
            index: int(kind[1:]) if kind.startswith("#") else min(6, deepest + 1)
            for index, kind in kinds.items()
        }
    settled = dict(kinds)
    _with_capitals_joined(pieces, settled)
    present = [kind for kind in _STRENGTH if kind in settled.values()]
    first, strongest = order[0], present[0]
    has_title = _heads_all(settled, order)
    for index in order:
        if settled[index] == "plain" and WHOLE.fullmatch(pieces[index].words):
            settled[index] = strongest
    shift = 1
    if has_title:
        rest = {settled[index] for index in order[1:]}
        present = [kind for kind in present if kind in rest]
        shift = 2
    levels = {
        index: min(6, present.index(settled[index]) + shift)
        for index in order
        if settled[index] in present
    }
    if has_title:
        levels[first] = 1
    return levels


def _heads_all(kinds: Mapping[int, str], order: Sequence[int]) -> bool:
    """Say whether the first heading is the title of the whole text.

    It opens the text, and another heading follows at once, or all the others are of stronger kinds.
    """
    first = order[0]
    if first != 0 or len(order) < 2:
        return False
    if kinds[first] not in ("plain", "capitals"):
        return False  # drawn lines and numbers say their level themselves
    if order[1] == 1 and kinds[order[1]] == kinds[first]:
        return True
    strength = _STRENGTH.index(kinds[first])
    return all(_STRENGTH.index(kinds[index]) < strength for index in order[1:])


def _with_capitals_joined(pieces: Sequence[Piece], kinds: dict[int, str]) -> None:
    """Put « 1. OBJET » on the level of « PRÉAMBULE »: both are set in capitals."""
    if "capitals" not in kinds.values():
        return
    for kind in ("part", "chapter", "roman", "number-1"):
        found = [index for index in kinds if kinds[index] == kind]
        if found and all(is_capitals(pieces[index].words) for index in found):
            for index in found:
                kinds[index] = "capitals"
            return
