"""Where a word may be cut at the end of a row (CBFU 3.1g); off unless it is asked for."""

from collections.abc import Callable
from functools import cache
from typing import Any

from ess_access.backends.braille import cells as c
from ess_access.backends.braille.elements import Flow
from ess_access.backends.braille.fill import Splitter
from ess_access.backends.braille.options import BrailleOptions

__all__ = ["splitter_of"]

_OPERATORS = frozenset("=+×÷−")
_FEWEST_LETTERS = 2  # on either side of a cut


@cache
def _dictionary() -> Any:
    import pyphen

    return pyphen.Pyphen(lang="fr_FR", left=_FEWEST_LETTERS, right=_FEWEST_LETTERS)


def splitter_of(options: BrailleOptions) -> Callable[[Flow], Splitter | None]:
    """Give what says, for a flow, after how many cells one of its words may be cut.

    Contracted words are cut at their own hyphens alone: their cells are not their letters.
    """
    has_syllables = options.hyphenation == "syllables" and options.grade == 1

    def splitter(flow: Flow) -> Splitter | None:
        if flow.entry is not None:
            return None  # headings are never cut
        words = flow.print.split(" ")
        cells = flow.cells.split(c.BLANK)
        if len(words) != len(cells):
            return None

        def split(number: int, room: int) -> int:
            word = cells[number]
            # A hyphen in an operation is its minus sign (2.4a: ⠠⠄ announces one).
            is_operation = c.END in word or not _OPERATORS.isdisjoint(words[number])
            length = 0 if is_operation else _at_hyphen(word, room)
            if has_syllables:
                length = max(length, _at_syllable(words[number], word, room))
            return length

        return split

    return splitter


def _at_hyphen(cells: str, room: int) -> int:
    """Give the length of the word's beginning that ends with a hyphen; ``0`` without one."""
    at = cells.rfind(c.HYPHEN, 1, room + 1)
    while at > 0:
        is_hyphen = (
            at + 1 < len(cells)
            and cells[at - 1] not in (c.HYPHEN, c.CONTINUATION, c.NUMBER)
            and cells[at + 1] != c.HYPHEN
        )
        if is_hyphen:
            return at + 1
        at = cells.rfind(c.HYPHEN, 1, at)
    return 0


def _at_syllable(word: str, cells: str, room: int) -> int:
    """Give the length of the longest beginning that ends with a syllable.

    Acronyms, words with digits or inner capitals, and what follows an apostrophe at once are left
    whole (3.1g).
    """
    letters = c.code().letters
    signs = c.code().signs
    body = word.rstrip(',;:.?!)»"”…')
    lead = len(body) - len(body.lstrip("(«\"“'"))
    start = max(lead, body.rfind("'") + 1)
    plain = body[start:]
    if not plain.isalpha() or (len(plain) > 1 and not plain[1:].islower()):
        return 0
    tail = sum(len(signs.get(char, " ")) for char in word[len(body) :])
    best = 0
    for position in _dictionary().positions(plain):
        rest = plain[position:]
        after = sum(len(letters[char]) for char in rest if char in letters)
        if any(char not in letters for char in rest):
            return 0
        length = len(cells) - tail - after
        if 0 < length <= room:
            best = max(best, length)
    return best
