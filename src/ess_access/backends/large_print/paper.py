"""Measure a PDF: lines of text with their size, their font and where they stand."""

import ctypes
import re
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

__all__ = ["Line", "Paper", "Title", "measured", "outlined"]

# Characters raised or lowered by less than this part of their size are in the same line.
_SAME_LINE = 0.45
# Two ems of nothing part two columns of a table.
_NEW_COLUMN = 2.0
_NAME_BYTES = 256
_ROOMY = re.compile(r"^[^\r\n]*[^\s.][^\r\n]*?\.{12,} *[0-9]+ *\r?$", re.MULTILINE)
_MOST_TITLE_PAGES = 3


@dataclass(frozen=True, slots=True)
class Line:
    """A line of one column. ``page`` counts from 1; sizes and places are in points."""

    page: int
    text: str
    size: float
    smallest: float
    baseline: float
    left: float


@dataclass(frozen=True, slots=True)
class Title:
    """A heading of the outline and the page that it is on, from 1."""

    text: str
    page: int


@dataclass(frozen=True, slots=True)
class Paper:
    """A whole PDF. ``fonts`` gives the letters set in each font, by its name in the PDF."""

    pages: int
    lines: tuple[Line, ...]
    fonts: dict[str, str]
    outline: tuple[Title, ...]


@dataclass(slots=True)
class _Char:
    char: str
    size: float
    font: str
    x: float
    y: float


def measured(path: Path) -> Paper:
    """Measure a PDF file."""
    pypdfium2: Any = import_module("pypdfium2")  # it comes without types
    lines: list[Line] = []
    fonts: dict[str, set[str]] = {}
    pdf = pypdfium2.PdfDocument(path)
    try:
        outline = _outline(pdf)
        count = len(pdf)
        for number in range(count):
            page = pdf[number]
            text = page.get_textpage()
            chars = list(_chars(text, pypdfium2.raw))
            for one in chars:
                if not one.char.isspace():
                    fonts.setdefault(one.font, set()).add(one.char)
            lines.extend(_lines(chars, number + 1))
            text.close()
            page.close()
    finally:
        pdf.close()
    letters = {name: "".join(sorted(found)) for name, found in sorted(fonts.items())}
    return Paper(count, tuple(lines), letters, outline)


def outlined(path: Path) -> tuple[tuple[Title, ...], int, int]:
    """Give the headings of a PDF's outline, how many pages it has, and its roomy entries.

    An entry of the contents is roomy when its words and its page stand in one line with so many
    leader dots that a number of two digits more, or fewer, moves no line.
    """
    pypdfium2: Any = import_module("pypdfium2")  # it comes without types
    pdf = pypdfium2.PdfDocument(path)
    try:
        return _outline(pdf), len(pdf), _roomy_entries(pdf)
    finally:
        pdf.close()


def _roomy_entries(pdf: Any) -> int:
    """Count them over the first pages that follow each other and have some."""
    found = 0
    for number in range(len(pdf)):
        text = pdf[number].get_textpage().get_text_range()
        here = len(_ROOMY.findall(text))
        if (found and not here) or number > _MOST_TITLE_PAGES + found:
            break
        found += here
    return found


def _outline(pdf: Any) -> tuple[Title, ...]:
    return tuple(
        Title(mark.get_title(), (mark.get_dest().get_index() or 0) + 1)
        for mark in pdf.get_toc()
        if mark.get_dest() is not None
    )


def _chars(text: Any, raw: Any) -> Iterator[_Char]:
    name = ctypes.create_string_buffer(_NAME_BYTES)
    flags = ctypes.c_int()
    x, y = ctypes.c_double(), ctypes.c_double()
    high = 0
    for index in range(text.count_chars()):
        if raw.FPDFText_IsGenerated(text, index) == 1:
            continue  # a space or a line end that PDFium adds
        code = raw.FPDFText_GetUnicode(text, index)
        if 0xD800 <= code < 0xDC00:
            high = code  # the first half of a character beyond U+FFFF
            continue
        if 0xDC00 <= code < 0xE000:
            code = 0x10000 + ((high - 0xD800) << 10) + (code - 0xDC00)
        raw.FPDFText_GetFontInfo(text, index, name, _NAME_BYTES, flags)
        raw.FPDFText_GetCharOrigin(text, index, x, y)
        yield _Char(
            chr(code),
            raw.FPDFText_GetFontSize(text, index),
            name.value.decode("utf-8", "replace"),
            x.value,
            y.value,
        )


def _lines(chars: list[_Char], page: int) -> Iterator[Line]:
    line: list[_Char] = []
    for one in chars:
        if line and _begins_line(one, line[-1]):
            yield from _line(line, page)
            line = []
        line.append(one)
    yield from _line(line, page)


def _begins_line(one: _Char, before: _Char) -> bool:
    size = max(one.size, before.size)
    return (
        abs(one.y - before.y) > _SAME_LINE * size
        or one.x < before.x - size
        or one.x - before.x > _NEW_COLUMN * size
    )


def _line(chars: list[_Char], page: int) -> Iterator[Line]:
    text = "".join(one.char for one in chars)
    if text.strip():
        inked = [one for one in chars if not one.char.isspace()]
        sizes = [one.size for one in inked]
        baselines = sorted(one.y for one in inked)
        yield Line(
            page,
            text.strip(),
            max(sizes),
            min(sizes),
            baselines[len(baselines) // 2],
            inked[0].x,
        )
