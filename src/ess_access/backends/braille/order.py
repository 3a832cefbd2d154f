"""Rows of a page that changed places: each goes on where the other one should."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, islice, pairwise, product

from ess_access.backends.braille import cells as c
from ess_access.backends.braille.liblouis import CONTRACTED, UNCONTRACTED, liblouis
from ess_access.backends.braille.options import BrailleOptions
from ess_access.backends.braille.reading import readable, words_of

__all__ = ["Swap", "swapped_rows"]

_LEAST_WORDS = 2
_LEAST_ROWS = 3
_CONTEXT = 4  # words of the rows around that must be those of the document too
_MOST_READINGS = 16


@dataclass(frozen=True, slots=True)
class Swap:
    """Two rows of a page, counted from 1 as the page is."""

    page: int
    row: int
    other: int


@dataclass(frozen=True, slots=True)
class _Row:
    page: int
    number: int
    words: tuple[str, ...]
    is_broken: bool  # its last word goes on in the next row


def swapped_rows(
    source: Sequence[str],
    read: Sequence[str],
    pages: Sequence[Sequence[tuple[int, str]]],
    astray: Sequence[int],
    options: BrailleOptions,
) -> Iterator[Swap]:
    """Yield the rows that stand in each other's place.

    ``source`` are the words of the document in order, ``read`` those of the Braille; ``pages`` the
    rows of text with their numbers, ``astray`` the pages, from 0, where words were read out of
    turn: the others are sound.
    Nothing is said on doubt: neither row goes on from the one before it, nor into the next one, as
    in the source, and after the exchange the source has all of these words in a row.
    """
    words = tuple(word for token in source for word in words_of(token))
    text, read_text = f" {' '.join(words)} ", f" {' '.join(read)} "
    judge = _Judge(text, read_text, frozenset(words), frozenset(pairwise(words)))
    around = {near for page in astray for near in (page - 1, page, page + 1)}
    runs: list[list[_Row]] = [[]]
    for number, rows in enumerate(pages):
        if number in around:
            runs[-1] += _rows(number, rows, options, judge.known)
        elif runs[-1]:
            runs.append([])
    for run in runs:
        yield from judge.swaps(run)


def _rows(
    page: int, rows: Sequence[tuple[int, str]], options: BrailleOptions, known: frozenset[str]
) -> Iterator[_Row]:
    louis, is_contracted = liblouis(), options.grade == 2
    table = CONTRACTED if is_contracted else UNCONTRACTED
    for number, row in rows:
        cells = row.strip(c.BLANK).removeprefix(c.BULLET).strip(c.BLANK)
        is_broken = cells.endswith((c.HYPHEN, c.CONTINUATION))
        cells = cells.rstrip(c.HYPHEN + c.CONTINUATION) if is_broken else cells
        text = readable(cells, is_contracted=is_contracted, known=known)
        said = words_of(louis.back_translate(text, table))
        if said:
            yield _Row(page, number, said, is_broken)


@dataclass(frozen=True, slots=True)
class _Judge:
    """Knows the words of the document and of the Braille, and which follow one another."""

    text: str
    read: str
    known: frozenset[str]
    pairs: frozenset[tuple[str, str]]

    def swaps(self, rows: Sequence[_Row]) -> Iterator[Swap]:
        """Find the exchanges that set a run of rows right."""
        lost = [
            place
            for place in range(len(rows))
            if not self._goes_on(rows, place - 1)
            and not self._goes_on(rows, place)
            and len(rows[place].words) >= _LEAST_WORDS
        ]
        done: set[int] = set()
        for one, other in combinations(lost, 2):
            on_a_page = rows[one].page == rows[other].page
            if on_a_page and not done & {one, other} and self._is_mended(rows, one, other):
                done |= {one, other}
                yield Swap(rows[one].page + 1, rows[one].number, rows[other].number)

    def _is_mended(self, rows: Sequence[_Row], one: int, other: int) -> bool:
        """Say whether the document has the rows, and what is around them, once exchanged."""
        mended = list(rows[max(0, one - 1) : other + 2])
        first, second = one - max(0, one - 1), other - max(0, one - 1)
        mended[first], mended[second] = mended[second], mended[first]
        if len(mended) < second + 1 + (first == 0):
            return False
        spans = [(first - 1, first + 2), (second - 1, second + 2)]
        if other - one <= _LEAST_WORDS:  # what stands between them is around both
            spans = [(first - 1, second + 2)]
        return all(self._has(mended[max(0, start) : end]) for start, end in spans)

    def _has(self, rows: Sequence[_Row]) -> bool:
        """Say whether the document has these rows in a row; of the outer ones, the near words."""
        if len(rows) < _LEAST_ROWS:
            return False
        shown = [
            [
                without
                for without in (row.words, row.words[1:] if row.words[0].isdecimal() else ())
                if without
            ]
            for row in rows
        ]
        for chosen in islice(product(*shown), _MOST_READINGS):
            joined = ""
            for place, (row, words) in enumerate(zip(rows, chosen, strict=True)):
                near = words
                if place == 0:
                    near = words[-_CONTEXT:]
                elif place == len(rows) - 1:
                    near = words[:_CONTEXT]
                joined += " ".join(near) + ("" if row.is_broken and near[-1] == words[-1] else " ")
            sought = f" {joined.strip()} "
            # What stands elsewhere as the document has it is not what is sought here.
            if self.text.count(sought) > self.read.count(sought):
                return True
        return False

    def _goes_on(self, rows: Sequence[_Row], place: int) -> bool:
        """Say whether the next row goes on from a row; of the ends, nothing is known."""
        if not 0 <= place < len(rows) - 1:
            return False
        row, following = rows[place], rows[place + 1]
        if row.is_broken:
            return row.words[-1] + following.words[0] in self.known
        # A call of a note ends a row, the number of an item begins one.
        ends = row.words[-2:] if row.words[-1].isdecimal() else row.words[-1:]
        begins = following.words[:2] if following.words[0].isdecimal() else following.words[:1]
        return any((end, begin) in self.pairs for end in ends for begin in begins)
