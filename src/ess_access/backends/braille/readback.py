"""Read the Braille of an edition back and hold its words against those of the source."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby
from typing import assert_never

from ess_access.backends.braille import cells as c
from ess_access.backends.braille.inlines import holds_words
from ess_access.backends.braille.liblouis import CONTRACTED, UNCONTRACTED, liblouis
from ess_access.backends.braille.marks import (
    script_words,
    without_marks,
    without_private,
)
from ess_access.backends.braille.mending import operations_joined
from ess_access.backends.braille.options import BrailleOptions
from ess_access.backends.braille.reading import Canonical, languages_of, readable, words_of
from ess_access.document.inlines import plain_text
from ess_access.document.nodes import (
    Abbreviation,
    Block,
    Code,
    CodeBlock,
    Division,
    Document,
    Emphasis,
    Image,
    Inline,
    Language,
    LineBreak,
    Link,
    Note,
    PageMark,
    Script,
    Strong,
    Text,
)
from ess_access.document.walk import blocks_in, inlines_of, own_inlines

__all__ = ["ENTRY_END", "lost_words", "running_text", "source_words"]

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


def source_words(document: Document) -> tuple[str, ...]:
    """Give the words that the edition must hold, as print parts them, in reading order.

    Marks of :mod:`integral` stand before what is raised or lowered in them.
    """
    found: list[str] = []
    explained: set[str] = set()
    for block in _in_order(document.children):
        inlines = own_inlines(block)
        found += operations_joined(_printed(inlines, explained)).split()
        if isinstance(block, CodeBlock):
            found += without_private(block.text).split()
    return tuple(found)


def _in_order(blocks: Iterable[Block]) -> Iterator[Block]:
    """Yield blocks as the edition sets them: the notes of a box's title stand below it."""
    for block in blocks:
        if isinstance(block, Division):
            yield replace(block, children=())
            for inline in block.title:
                for node in inlines_of(inline):
                    if isinstance(node, Note):
                        yield from _in_order(node.children)
            yield from _in_order(block.children)
        else:
            yield from blocks_in((block,))


def _printed(nodes: Iterable[Inline], explained: set[str]) -> str:
    """Give the print of inline nodes, marked; what the edition sets apart is parted by blanks."""
    return "".join(_print_of(node, explained) for node in nodes)


def _print_of(node: Inline, explained: set[str]) -> str:
    match node:
        case Text(text) | Code(text):
            return without_private(text)
        case Emphasis(children) | Strong(children) | Language(_, children) | Link(_, children):
            return _printed(children, explained)
        case Script(position, children):
            return _scripted(position, children, explained)
        case Image(_, alt, description):
            said = f"{without_private(alt or '')} {without_private(description)}"
            return f" {said} "  # a note of its own (3.3c)
        case Note():
            return " "  # a call (3.9a)
        case Abbreviation(text, expansion, _):
            return without_private(text) + _sense(text, expansion, explained)
        case LineBreak() | PageMark():
            return plain_text((node,))
        case _:
            assert_never(node)


def _sense(text: str, expansion: str, explained: set[str]) -> str:
    """Part an abbreviation from what follows where its sense stands between them."""
    is_explained = bool(expansion) and text not in explained
    explained.update({text} if is_explained else ())
    return " " * is_explained


def _scripted(position: str, children: Iterable[Inline], explained: set[str]) -> str:
    """Mark the words that are raised or lowered, run by run: notes and pictures are not."""
    parts: list[str] = []
    for is_words, run in groupby(children, holds_words):
        if is_words:
            parts.append(script_words(position, without_marks(plain_text(run))))
            continue
        for child in run:
            match child:
                case Emphasis(inner) | Strong(inner) | Language(_, inner):
                    parts.append(_scripted(position, inner, explained))
                case Abbreviation(text, expansion, _):
                    parts.append(script_words(position, text))
                    parts.append(_sense(text, expansion, explained))
                case _:
                    parts.append(_print_of(child, explained))
    return "".join(parts)


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


def lost_words(
    document: Document, pages: Sequence[Sequence[str]], width: int, options: BrailleOptions
) -> tuple[str, ...]:
    """Give the words of the source that reading the Braille back does not find in their order.

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
    text = readable(c.BLANK.join(rows), is_contracted=options.grade == 2)
    read = words_of(louis.back_translate(text, table))
    canonical = Canonical(options.grade, table, languages_of(document))
    return tuple(_missing(source_words(document), read, canonical, text))


def _missing(
    source: Sequence[str], read: Sequence[str], canonical: Canonical, text: str
) -> Iterator[str]:
    """Match each word of the source with an unused one of the Braille.

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
        if late > _AHEAD:  # the reading itself goes on there
            at, late = end, 0


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
