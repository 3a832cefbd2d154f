"""Cut a run of cells into rows: the next row of so many cells, asked for one at a time."""

import re
from collections.abc import Callable
from functools import cache

from ess_access.backends.braille import cells as c
from ess_access.backends.braille.marks import ADDRESS

__all__ = ["Run", "usual_rows"]

# A cell that begins a sign of two cells or changes the next one: a row never ends after it.
_PREFIXES = frozenset(
    (c.CAPITAL, c.NUMBER, c.LETTER, c.EMPHASIS, c.RAISED, c.CONTINUATION, c.pattern("45"))
)
# After these an address is best broken: slash, point, hyphen, at sign.
_JOINTS = frozenset(c.pattern("34") + c.pattern("256") + c.HYPHEN + c.pattern("345"))

_NARROWEST = 4  # cells: in fewer, not even a broken word is worth its row

_TWO_BLANKS = c.BLANK * 2

Splitter = Callable[[int, int], int]


class Run:
    """Cells that wait for their rows.

    ``take`` gives the words that fit in a room. A word longer than any row is broken: an address
    with the sign of continuation (CBFU 1.8), another word with a hyphen.
    Blanks that are held (`cells.HELD`) end a row only where what they hold is longer than any row.
    ``split`` may say after how many cells of the word number so-and-so a syllable ends.
    """

    __slots__ = ("_addresses", "_at", "_cells", "_split", "_word")

    def __init__(self, cells: str, split: Splitter | None = None) -> None:
        self._addresses: frozenset[int] = frozenset()
        if ADDRESS in cells:
            starts: list[int] = []
            kept: list[str] = []
            length = 0
            for part in cells.split(ADDRESS):
                length += len(part)
                kept.append(part)
                starts.append(length)
            cells = "".join(kept)
            self._addresses = frozenset(starts[:-1])
        self._cells = cells
        self._at = 0
        self._word = 0
        self._split = split

    @property
    def is_done(self) -> bool:
        """Say whether every cell has its row."""
        return self._at >= len(self._cells)

    @property
    def word(self) -> int:
        """The number of words begun in the rows taken so far."""
        return self._word

    def take(self, room: int, usual: int) -> str:
        """Give the next row, at most ``room`` cells; ``""`` when the word waits for a usual row.

        ``usual`` is the room of the rows to come.
        """
        cells, at = self._cells, self._at
        if room < _NARROWEST and room < usual:
            return ""
        if len(cells) - at <= room:
            self._advance(len(cells), len(cells))
            return cells[at:]
        cut = cells.rfind(c.BLANK, at, at + room + 1)
        if self._split is not None:
            row = self._with_syllables(max(cut + 1, at), room)
            if row:
                return row
        start = max(cut + 1, at)
        end = cells.find(c.BLANK, start)
        length = (len(cells) if end < 0 else end) - start
        if length > usual:
            cut = max(cut, cells.rfind(c.HELD, start, at + room + 1))
        if cut > at:
            self._advance(cut, cut + 1)
            return cells[at:cut]
        if length <= usual and room < usual:
            return ""
        cut = cells.rfind(c.HELD, at, at + room + 1)
        if cut > at:
            self._advance(cut, cut + 1)
            return cells[at:cut]
        return self._broken(room)

    def _is_within_word(self) -> bool:
        """Say whether the last row ended within a word."""
        return self._at > 0 and self._cells[self._at - 1] != c.BLANK

    def _advance(self, end: int, after: int) -> None:
        """Count the words that begin in the cells up to ``end``, and go on at ``after``."""
        begun = self._cells.count(c.BLANK, self._at, end) + 1
        self._word += begun - self._is_within_word()
        self._at = after

    def _broken(self, room: int) -> str:
        """Break the word at hand, which no row can hold."""
        cells, at = self._cells, self._at
        word_start = max(cells.rfind(c.BLANK, 0, at), cells.rfind(c.HELD, 0, at)) + 1
        is_address = word_start in self._addresses
        last = at + room - 1
        floor = at + max(1, room // 2)
        cut = last
        if is_address:
            while cut > floor and cells[cut - 1] not in _JOINTS:
                cut -= 1
            if cut == floor:
                cut = last
        while cut > at + 1 and cells[cut - 1] in _PREFIXES:
            cut -= 1
        self._advance(cut, cut)
        return cells[at:cut] + (c.CONTINUATION if is_address else c.HYPHEN)

    def _with_syllables(self, word_start: int, room: int) -> str:
        """Give a row that ends within a word, at a syllable; ``""`` when there is none to gain."""
        at = self._at
        if self._split is None or word_start in self._addresses:
            return ""
        left = room - (word_start - at) - 1
        number = self._word + self._cells.count(c.BLANK, at, word_start) - self._is_within_word()
        if left < 2 or (word_start == at and self._is_within_word()):
            return ""
        length = self._split(number, left)
        if length <= 0:
            return ""
        cut = word_start + length
        row = self._cells[at:cut]
        self._advance(cut, cut)
        return row if row.endswith(c.HYPHEN) else row + c.HYPHEN


def usual_rows(cells: str, at: int, room: int) -> list[str]:
    """Give all the rows of ``room`` cells from ``at`` on, each with as many words as it holds.

    Nothing where a word is longer than a row, or blanks stand together: a `Run` sees to them.
    """
    if _TWO_BLANKS in cells or cells.endswith(c.BLANK):
        return []
    rows = _row_pattern(room).findall(cells, at)
    is_whole = sum(map(len, rows)) + len(rows) - 1 == len(cells) - at
    return rows if is_whole else []


@cache
def _row_pattern(room: int) -> re.Pattern[str]:
    return re.compile(f"(?s)(.{{1,{room}}})(?:{c.BLANK}|\\Z)")
