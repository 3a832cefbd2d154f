"""Read the Braille of an edition back and hold its words against those of the source."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import cache

from ess_access.backends.braille import cells as c
from ess_access.backends.braille.liblouis import CONTRACTED, UNCONTRACTED, liblouis
from ess_access.backends.braille.options import BrailleOptions
from ess_access.backends.braille.translator import Translator
from ess_access.document.inlines import plain_text
from ess_access.document.nodes import CodeBlock, Document, Image
from ess_access.document.walk import blocks_in, inlines_of, own_inlines

__all__ = ["lost_words", "running_text", "source_words"]

_WORD = re.compile(r"[^\W_]+")
_WINDOW = 600  # words: columns of a table and notes stand elsewhere than in the model
_NUMBER_AT_END = re.compile("\u2800{3,}\u2820[\u2801-\u283f]+\\Z")


def source_words(document: Document) -> tuple[str, ...]:
    """Give the words that the edition must hold, in reading order."""
    found: list[str] = []
    for block in blocks_in(document.children):
        inlines = own_inlines(block)
        found += _WORD.findall(plain_text(inlines))
        for inline in inlines:
            for node in inlines_of(inline):
                if isinstance(node, Image):
                    found += _WORD.findall(node.description)
        if isinstance(block, CodeBlock):
            found += _WORD.findall(block.text)
    return tuple(found)


def running_text(
    pages: Sequence[Sequence[str]], width: int, *, has_header: bool = False
) -> Iterator[str]:
    """Give the rows as running text: page numbers dropped, broken words joined.

    Words are parted by one blank. ``has_header``: the first row is for numbers alone.
    """
    pending = ""
    for page in pages:
        for row_number, row in enumerate(page):
            cells = row
            if row_number == 0:
                cells = "" if has_header else _NUMBER_AT_END.sub("", c.BLANK * 3 + cells)
                if not cells.strip(c.BLANK):
                    continue
            cells = cells.strip(c.BLANK)
            if not cells:
                if pending:
                    yield pending
                    pending = ""
                continue
            cells = pending + cells
            pending = ""
            if cells.endswith(c.CONTINUATION) or (
                cells.endswith(c.HYPHEN) and len(row) >= width - 1
            ):
                pending = cells[:-1]
            else:
                yield cells
    if pending:
        yield pending


def lost_words(
    document: Document, pages: Sequence[Sequence[str]], width: int, options: BrailleOptions
) -> tuple[str, ...]:
    """Give the words of the source that reading the Braille back does not find in their order.

    Words that liblouis cannot read back (numbers with letters, letters that share a cell) count as
    found when their own cells, read back, are what stands there.
    """
    louis = liblouis()
    table = CONTRACTED if options.grade == 2 else UNCONTRACTED
    rows = running_text(pages, width, has_header=options.print_pages)
    text = _readable(c.BLANK.join(rows))
    read = [_plain(word) for word in _WORD.findall(louis.back_translate(text, table))]
    return tuple(_missing(source_words(document), read, _Canonical(options.grade, table)))


def _readable(cells: str) -> str:
    """Say the modifier again after each space inside a number: liblouis forgets it there."""
    return _digit_space().sub(c.DIGIT_SPACE + c.NUMBER, cells)


@cache
def _digit_space() -> re.Pattern[str]:
    digits = "".join(sorted(c.code().digits.values()))
    return re.compile(f"(?<=[{digits}]){c.DIGIT_SPACE}(?=[{digits}])")


class _Canonical:
    """Give the word as its own Braille reads back."""

    def __init__(self, grade: int, table: str) -> None:
        self._translator = Translator(liblouis(), grade)
        self._table = table

    def __call__(self, word: str) -> tuple[str, ...]:
        cells = self._translator.cells(word)
        back = liblouis().back_translate(_readable(cells), self._table)
        return tuple(_plain(part) for part in _WORD.findall(back))


def _plain(word: str) -> str:
    return word.casefold()


def _missing(source: Sequence[str], read: Sequence[str], canonical: _Canonical) -> Iterator[str]:
    """Match each word with the nearest unused one, not far before or after the last match."""
    places: dict[str, list[int]] = {}
    for at, word in enumerate(read):
        places.setdefault(word, []).append(at)
    used = bytearray(len(read))
    at = 0
    for word in source:
        for parts in ((_plain(word),), canonical):
            wanted = parts(word) if callable(parts) else parts
            found = _find(wanted, places, used, at, read)
            if found >= 0:
                break
        else:
            yield word
            continue
        at = found + 1


def _find(
    wanted: tuple[str, ...],
    places: dict[str, list[int]],
    used: bytearray,
    at: int,
    read: Sequence[str],
) -> int:
    """Find these words side by side near ``at``; mark them used; ``-1`` when they are not there."""
    if not wanted:
        return -1
    candidates = places.get(wanted[0], [])
    best = -1
    for place in _near(candidates, at):
        end = place + len(wanted)
        if any(used[place:end]) or tuple(read[place:end]) != wanted:
            continue
        if best < 0 or abs(place - at) < abs(best - at):
            best = place
        if place >= at:
            break
    if best >= 0:
        for place in range(best, best + len(wanted)):
            used[place] = 1
        return best + len(wanted) - 1
    return -1


def _near(places: list[int], at: int) -> Iterator[int]:
    first = bisect_left(places, at - _WINDOW)
    for place in places[first:]:
        if place > at + _WINDOW:
            return
        yield place
