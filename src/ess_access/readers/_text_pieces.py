"""Pieces of plain text: paragraphs unwrapped, items with their marks, tables, quotations."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from ess_access.readers._text_lines import Line, Mark, wrap_width

__all__ = ["Piece", "cells_of", "pieces_of"]

_SENTENCE_END = re.compile(r"[.!?…:;»\"”)]\s*$")
_MOST_COLUMNS = 30


@dataclass
class Piece:
    """What stands by itself in the text.

    ``kind`` is ``"text"``, ``"item"``, ``"rule"``, ``"table"`` (``rows``) or ``"quote"`` (``rows``
    of one cell). ``parts`` are the words of its lines, ``under`` the character that underlines it
    (``"."``: a lone dash follows).
    """

    kind: str
    line: int
    indent: int = 0
    parts: list[str] = field(default_factory=list)
    mark: Mark | None = None
    under: str = ""
    hashes: int = 0
    after_blank: bool = False
    before_blank: bool = False
    rows: list[tuple[str, ...]] = field(default_factory=list)

    @cached_property
    def words(self) -> str:
        """The words of the whole piece, unwrapped; asked for when all lines are in."""
        return "".join(self.parts)


def pieces_of(raw: Sequence[str], lines: Sequence[Line]) -> list[Piece]:
    """Gather lines into pieces, in order."""
    width = wrap_width(lines)
    found: list[Piece] = []
    last: Line | None = None  # the line just before, when it is part of the last piece
    after_blank = True
    index = 0
    while index < len(lines):
        line = lines[index]
        if line.is_blank:
            last, after_blank = None, True
            if found:
                found[-1].before_blank = True
            index += 1
            continue
        taken, piece = _special(raw, lines, index)
        if piece is not None:
            piece.after_blank = after_blank
            found.append(piece)
            index += taken
            last, after_blank = None, False
            continue
        index += 1
        if line.is_lone and _is_mark_of_next(lines, index - 1):
            line = lines[index]
            found.append(
                Piece(
                    "item",
                    line.number,
                    line.indent,
                    [line.words],
                    Mark("lone"),
                    after_blank=after_blank,
                )
            )
            last, after_blank, index = line, False, index + 1
            continue
        if line.underline or line.is_lone:
            if not _underlined(found, line, last) and line.underline:
                rule = Piece("rule", line.number, after_blank=after_blank)
                found.append(rule)
            last, after_blank = None, False
            continue
        if last is not None and _goes_on(found[-1], last, line, width):
            words = _as_written(line)
            if not _joins(found[-1].parts[-1], words):
                found[-1].parts.append(" ")
            found[-1].parts.append(words)
        else:
            kind = "item" if line.mark is not None else "text"
            found.append(
                Piece(
                    kind,
                    line.number,
                    line.indent,
                    [line.words],
                    line.mark,
                    hashes=line.hashes,
                    after_blank=after_blank,
                )
            )
        last, after_blank = line, False
    return found


def _special(raw: Sequence[str], lines: Sequence[Line], index: int) -> tuple[int, Piece | None]:
    """Take the lines of a quotation or a table that begins here."""
    number = lines[index].number
    quoted = _run(raw, index, lambda text: text.lstrip().startswith(">"))
    if quoted:
        inner = [re.sub(r"^\s*>\s?", "", text) for text in raw[index : index + quoted]]
        return quoted, Piece("quote", number, rows=[(text,) for text in inner])
    for separator, least in (("|", 2), ("\t", 2), ("   ", 3)):
        count = len(cells_of(raw[index], separator))
        if not 1 < count <= _MOST_COLUMNS:
            continue
        taken = 1
        while index + taken < len(raw) and len(cells_of(raw[index + taken], separator)) == count:
            taken += 1
        if taken >= least:
            rows = [cells_of(text, separator) for text in raw[index : index + taken]]
            drawn = [row for row in rows if any(re.search(r"[^\s:=-]", cell) for cell in row)]
            if len(drawn) > 1:
                return taken, Piece("table", number, rows=drawn)
    return 0, None


def _run(raw: Sequence[str], index: int, is_part: Callable[[str], bool]) -> int:
    end = index
    while end < len(raw) and is_part(raw[end]):
        end += 1
    return end - index


def cells_of(text: str, separator: str) -> tuple[str, ...]:
    """Cut a line at its tabs, bars or wide gaps; ``()`` where it is no row of a table."""
    if separator == "|":
        text = text.strip()
        if not (text.startswith("|") and text.endswith("|") and len(text) > 2):
            return ()
        return tuple(cell.strip() for cell in text[1:-1].split("|"))
    if separator not in text.strip():
        return ()
    cut = "\t+" if separator == "\t" else r"\s{3,}"
    cells = tuple(cell.strip() for cell in re.split(cut, text.rstrip()))
    return () if not cells[0] or re.fullmatch(r"\W|o|\d{1,3}[.)]|\w[.)]", cells[0]) else cells


def _is_mark_of_next(lines: Sequence[Line], index: int) -> bool:
    """Say whether a mark stands on a line of its own, above the words of its item, as others do."""

    def is_pair(place: int) -> bool:
        if not 0 <= place < len(lines) - 1:
            return False
        words = lines[place + 1]
        return lines[place].is_lone and bool(words.words) and words.mark is None

    return is_pair(index) and (is_pair(index + 2) or is_pair(index - 2))


def _underlined(found: list[Piece], line: Line, last: Line | None) -> bool:
    """Let a drawn line or a lone dash mark the text just above it as a heading."""
    if not found or last is None or found[-1].kind != "text" or last.number != found[-1].line:
        return False
    if line.is_lone:
        found[-1].under = "."
        return True
    if line.length * 2 >= last.length or line.underline == "=":
        found[-1].under = line.underline
        return True
    return False


def _goes_on(piece: Piece, last: Line, line: Line, width: int) -> bool:
    """Say whether a line continues the piece that the line just above belongs to."""
    if line.mark is not None and not (width and _is_stray_number(piece, last, line, width)):
        return False
    if line.hashes or last.hashes:
        return False
    if piece.kind == "item" and line.indent > piece.indent:
        return True
    if piece.kind == "text" and line.indent > last.indent + 1:
        return False  # a paragraph that begins with an indent
    first_word = line.words.split(maxsplit=1)[0]
    if width and last.length <= width < last.length + 1 + len(first_word):
        return True
    return last.length >= 45 and line.words[:1].islower() and not _SENTENCE_END.search(last.words)


def _is_stray_number(piece: Piece, last: Line, line: Line, width: int) -> bool:
    """Guard against a number or dash that only wrapping brought to the start of a line."""
    if last.length + 1 + len(line.words.split(maxsplit=1)[0]) <= width or line.mark is None:
        return False
    if _SENTENCE_END.search(last.words) or piece.kind != "text":
        return False
    # « – même la nuit – » closes its dash on the same line; an item has none to close.
    is_aside = line.mark.written in ("–", "—") and f" {line.mark.written} " in line.words
    return line.mark.number > 1 or is_aside


def _as_written(line: Line) -> str:
    if line.mark is None:
        return line.words
    gap = "" if line.mark.number else " "  # a number's mark is written with its space
    return f"{line.mark.written}{gap}{line.words}"


def _joins(before: str, after: str) -> bool:
    """Say whether the line's end cut a word at its own hyphen (« rendez- / vous »)."""
    return re.search(r"\w[-\u2010]$", before[-2:]) is not None and after[:1].islower()
