"""Read the Braille of an edition back and hold its words against those of the source."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate

from ess_access.backends.braille import cells as c
from ess_access.backends.braille.expected import source_words
from ess_access.backends.braille.liblouis import CONTRACTED, UNCONTRACTED, liblouis
from ess_access.backends.braille.marks import (
    without_marks,
)
from ess_access.backends.braille.options import BrailleOptions
from ess_access.backends.braille.order import Swap, swapped_rows
from ess_access.backends.braille.reading import Canonical, languages_of, readable, words_of
from ess_access.document.nodes import (
    Document,
)

__all__ = ["ENTRY_END", "ReadBack", "lost_words", "read_back", "running_text"]

_MARKS_APART = frozenset({"?", "!", ":", ";", "»", "?!", "!!", "…"})
_MARKS_OF_WORDS = ".,;:!?)…»”"
_WORD = re.compile(r"[^\W_]+")
_WINDOW = 600  # words: columns of a table and notes stand elsewhere than in the model
_AHEAD = 12  # words of Braille's own (bullets, numbers) between two words of the source
# A hyphen that a row ends with, but for a dash, one alone (contracted: ⠰⠤) and the underscore.
_BROKEN = re.compile(
    f"(?:[^{c.HYPHEN}{c.CONTINUATION}{c.BLANK}{c.LETTER}]|[^{c.BLANK}]{c.LETTER}){c.HYPHEN}\\Z"
)
# An entry of the contents: leaders, two blanks, the number (a table's leaders have one blank).
ENTRY_END = re.compile(f"{c.LEADER}{{2,}}{c.BLANK}{{2}}{c.NUMBER}([\u2801-\u283f]+)\\Z")
_NUMBER_AT_END = re.compile("\u2800{3,}\u2820[\u2801-\u283f]+\\Z")


def running_text(
    pages: Sequence[Sequence[str]],
    width: int,
    *,
    has_header: bool = False,
    is_contracted: bool = False,
) -> Iterator[str]:
    """Give the rows as running text: page numbers dropped, broken words joined.

    Words are parted by one blank. ``has_header``: the first row is for numbers alone.
    ``is_contracted``: words are cut at their own hyphens, but those that are longer than a row.
    """
    pending = ""
    for page_number, page in enumerate(pages):
        for row_number, row in enumerate(page):
            cells = row
            if row_number == 0:
                if has_header:
                    continue
                if page_number > 0 and len(row) >= width:
                    cells = _NUMBER_AT_END.sub("", c.BLANK * 3 + cells)
                    if not cells.strip(c.BLANK):
                        continue
            cells = cells.strip(c.BLANK)
            if not cells:
                if pending:
                    yield pending
                    pending = ""
                continue
            has_blank = c.BLANK in cells
            cells = pending + cells
            pending = ""
            if cells.endswith(c.CONTINUATION) or _BROKEN.search(cells):
                is_own = is_contracted and has_blank and not cells.endswith(c.CONTINUATION)
                pending = cells if is_own else cells[:-1]
            else:
                yield cells
    if pending:
        yield pending


@dataclass(frozen=True, slots=True)
class ReadBack:
    """The words of the source that are not found, and the rows that stand in each other's place."""

    lost: tuple[str, ...]
    swaps: tuple[Swap, ...]


def read_back(
    document: Document, pages: Sequence[Sequence[str]], width: int, options: BrailleOptions
) -> ReadBack:
    """Hold the Braille, read back, against the source.

    Words that liblouis cannot read back (numbers with letters, letters that share a cell) count as
    found when their own cells, read back, are what stands there. The contents are passed over.
    """
    louis = liblouis()
    table = CONTRACTED if options.grade == 2 else UNCONTRACTED
    # They keep their place, so that the page after them is known to bear a number.
    text_pages = [() if any(ENTRY_END.search(row) for row in page) else page for page in pages]
    rows = running_text(
        text_pages, width, has_header=options.print_pages, is_contracted=options.grade == 2
    )
    source = source_words(document)
    known = frozenset(word for token in source for word in words_of(token))
    text = readable(c.BLANK.join(rows), is_contracted=options.grade == 2, known=known)
    read = words_of(louis.back_translate(text, table))
    canonical = Canonical(options.grade, table, languages_of(document), known)
    astray: list[int] = []
    lost = tuple(_missing(source, read, canonical, text, astray))
    if not astray:
        return ReadBack(lost, ())
    held = [
        _rows_of_text(page, number, width, has_header=options.print_pages)
        for number, page in enumerate(text_pages)
    ]
    places = _pages_of(astray, len(read), held)
    return ReadBack(lost, tuple(swapped_rows(source, read, held, places, options)))


def lost_words(
    document: Document, pages: Sequence[Sequence[str]], width: int, options: BrailleOptions
) -> tuple[str, ...]:
    """Give the words of the source that reading the Braille back does not find in their order."""
    return read_back(document, pages, width, options).lost


def _rows_of_text(
    page: Sequence[str], number: int, width: int, *, has_header: bool
) -> list[tuple[int, str]]:
    """Give the rows of a page that hold text, with their numbers, without the page's own."""
    found: list[tuple[int, str]] = []
    for place, row in enumerate(page):
        cells = row
        if place == 0 and has_header:
            continue
        if place == 0 and number > 0 and len(row) >= width:
            cells = _NUMBER_AT_END.sub("", c.BLANK * 3 + row)
        if cells.strip(c.BLANK):
            found.append((place + 1, cells))
    return found


def _pages_of(
    astray: Iterable[int], count: int, pages: Sequence[Sequence[tuple[int, str]]]
) -> list[int]:
    """Give the pages of words, from their places among ``count``: as far in as in cells."""
    ends = list(accumulate(sum(len(cells) for _, cells in page) for page in pages))
    return sorted({bisect_left(ends, place * ends[-1] / max(count, 1)) for place in astray})


def _missing(
    source: Sequence[str],
    read: Sequence[str],
    canonical: Canonical,
    text: str,
    astray: list[int],
) -> Iterator[str]:
    """Match each word of the source with an unused one of the Braille; ``astray`` is added to.

    It is the next one, or a few words on; else, columns and notes standing elsewhere than in the
    model, one of the surroundings, from which the reading does not go on.
    """
    places: dict[str, list[int]] = {}
    for place, word in enumerate(read):
        places.setdefault(word, []).append(place)
    used = bytearray(len(read))
    at = 0
    late = 0
    tokens = [words_of(token) for token in source]
    numbers = iter(range(len(tokens)))
    for number in numbers:
        words = tokens[number]
        if not words:
            continue
        readings: tuple[tuple[str, ...], ...] = (words,)
        if not _is_next(words, read, at):
            readings = (*_readings(words, source[number]), *canonical(source[number]))
            readings += tuple(_beside_marks(source, number, canonical))
        end = _first(readings, places, used, (at, at + _AHEAD), read)
        if end >= 0:
            at, late = end, 0
            continue
        # « pré- et post- »: a row ended with the hyphen, and both words were taken for one.
        if source[number].endswith("-") and number + 1 < len(tokens):
            after = tokens[number + 1] or ("",)
            seam = (*words[:-1], words[-1] + after[0], *after[1:])
            end = _first((("".join(seam),), seam), places, used, (at, at + _AHEAD), read)
            if end >= 0:
                at, late = end, 0
                next(numbers)
                continue
        end = _first(readings, places, used, (at - _WINDOW, at + _WINDOW), read)
        if end < 0:
            if () in readings and canonical.cells(source[number]) in text:
                continue  # signs alone, which read back as no word: their cells are there
            yield without_marks(source[number])
            continue
        late += 1
        astray.append(end)
        if late > _AHEAD:  # the reading itself goes on there
            at, late = end, 0


def _beside_marks(
    source: Sequence[str], number: int, canonical: Canonical
) -> Iterator[tuple[str, ...]]:
    """Give what a word reads like with the mark that follows it apart, or without its own.

    « destiné ? » is one word in Braille (1.3); the address of a link parts a word from its mark.
    """
    token = source[number]
    after = source[number + 1] if number + 1 < len(source) else ""
    if after and after in _MARKS_APART:
        yield from canonical(f"{token} {after}")
    bare = token.rstrip(_MARKS_OF_WORDS)
    if bare != token:
        yield from canonical(bare)


def _is_next(words: tuple[str, ...], read: Sequence[str], at: int) -> bool:
    return tuple(read[at : at + len(words)]) == words


def _readings(words: tuple[str, ...], token: str) -> Iterator[tuple[str, ...]]:
    """Give what a token may read like: its words, two as one where a row cut it at its hyphen."""
    yield words
    if len(words) == 1 or "-" not in token:
        return
    yield ("".join(words),)
    ends = [found.end() for found in _WORD.finditer(token)]
    for at, end in enumerate(ends[:-1]):
        if token[end] == "-":
            yield (*words[:at], words[at] + words[at + 1], *words[at + 2 :])


def _first(
    readings: Sequence[tuple[str, ...]],
    places: dict[str, list[int]],
    used: bytearray,
    window: tuple[int, int],
    read: Sequence[str],
) -> int:
    """Find the first of the readings, unused, in a window; mark it used and give its end, or -1."""
    start, stop = window
    best, found = stop + 1, -1
    for wanted in readings:
        if not wanted:
            continue
        candidates = places.get(wanted[0], [])
        for place in candidates[bisect_left(candidates, start) :]:
            if place >= best:
                break
            end = place + len(wanted)
            if not any(used[place:end]) and tuple(read[place:end]) == wanted:
                best, found = place, end
                break
    if found >= 0:
        used[best:found] = b"\1" * (found - best)
    return found
