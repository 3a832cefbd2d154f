"""The characters of a page, gathered into pieces that one instruction of the file drew."""

import ctypes
import math
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from pypdfium2 import raw

from ess_access.readers.pdf.library import address_function, narrow

__all__ = ["Box", "Page", "Piece", "page_of"]

_BOLD_NAME = re.compile("bold|black|heavy|semibold|demi", re.IGNORECASE)
_ITALIC_NAME = re.compile("italic|oblique", re.IGNORECASE)
_MOST_CHARACTERS = 2_000_000
_HYPHEN = "\x02"  # what PDFium writes for a hyphen at the end of a line
_PRIVATE = re.compile("[\ue000-\uf8ff]")
_NO_OBJECT = -1


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle in points; the page's origin is at its foot."""

    left: float
    bottom: float
    right: float
    top: float

    @property
    def middle(self) -> float:
        """Half its height."""
        return (self.bottom + self.top) / 2

    def holds(self, x: float, y: float) -> bool:
        """Say whether a point lies in it, or within a point of it."""
        return self.left - 1 <= x <= self.right + 1 and self.bottom - 1 <= y <= self.top + 1


@dataclass(frozen=True, slots=True)
class Piece:
    """Characters drawn together. ``mark`` is their marked content, -1 for none."""

    text: str
    box: Box
    size: float
    is_bold: bool
    is_italic: bool
    mark: int
    is_artifact: bool


@dataclass(slots=True)
class Page:
    """One page: its pieces in the order of the file, its links, and what had no character."""

    number: int
    label: str
    width: float
    height: float
    pieces: list[Piece] = field(default_factory=list)
    links: list[tuple[Box, str]] = field(default_factory=list)
    unknown: int = 0

    @property
    def characters(self) -> int:
        """How many characters other than spaces it has."""
        return sum(len("".join(piece.text.split())) for piece in self.pieces)

    def href_at(self, box: Box) -> str:
        """Give the address of the link over a place, ``""`` for none."""
        x, y = (box.left + box.right) / 2, box.middle
        return next((href for area, href in self.links if area.holds(x, y)), "")


@dataclass(frozen=True, slots=True)
class _Drawn:
    size: float
    is_bold: bool
    is_italic: bool
    mark: int
    is_artifact: bool
    font: str


_NOTHING = _Drawn(0.0, is_bold=False, is_italic=False, mark=-1, is_artifact=False, font="")


def page_of(page: Any, number: int, label: str) -> Page:
    """Read the characters of an open page."""
    width, height = page.get_size()
    made = Page(number, label, width, height)
    text_page = page.get_textpage()
    try:
        _read(text_page, made)
    finally:
        text_page.close()
    made.links = _links(page)
    return made


def _read(text_page: Any, made: Page) -> None:
    pointer = text_page.raw
    count = min(raw.FPDFText_CountChars(pointer), _MOST_CHARACTERS)
    if count <= 0:
        return
    object_of = address_function(raw.FPDFText_GetTextObject)
    unicode_of, is_made_up = raw.FPDFText_GetUnicode, raw.FPDFText_IsGenerated
    known: dict[int, _Drawn] = {}
    fonts: dict[int, tuple[str, int]] = {}
    letters: list[str] = []
    indexes: list[int] = []
    current = _NO_OBJECT
    has_gap = False  # a space that PDFium made up: between two objects, their places tell
    for index in range(count):
        code = unicode_of(pointer, index)
        letter = chr(code) if 0 < code < 0x110000 else ""
        if letter in ("", "\ufffd", "\ufffe", "\uffff"):
            made.unknown += 1
            continue
        drawn = object_of(pointer, index)
        if drawn == 0 or letter in "\r\n" or (letter == " " and is_made_up(pointer, index) == 1):
            has_gap = letter == " "
            continue
        if drawn != current:
            _end(pointer, made, letters, indexes, known.get(current, _NOTHING))
            letters, indexes = [], []
            current = drawn
            if drawn not in known:
                known[drawn] = _looks(pointer, index, drawn, fonts)
        elif has_gap:
            letters.append(" ")
        has_gap = False
        letters.append(letter)
        indexes.append(index)
    _end(pointer, made, letters, indexes, known.get(current, _NOTHING))


def _end(
    pointer: Any, made: Page, letters: list[str], indexes: Sequence[int], looks: _Drawn
) -> None:
    if not indexes:
        return
    text = "".join(letters)
    if _PRIVATE.search(text):
        from ess_access.readers.docx.symbols import symbols

        text, unknown = symbols(text, looks.font)
        made.unknown += len(unknown)
    if not text:
        return
    # A piece may go over a line's end: each line is a piece of its own.
    boxes = (_box(pointer, indexes[0]), _box(pointer, indexes[-1]))
    box = Box(
        min(each.left for each in boxes),
        min(each.bottom for each in boxes),
        max(each.right for each in boxes),
        max(each.top for each in boxes),
    )
    made.pieces.append(
        Piece(
            text,
            box,
            looks.size or max(1.0, box.top - box.bottom),
            looks.is_bold,
            looks.is_italic,
            looks.mark,
            looks.is_artifact,
        )
    )


def _box(pointer: Any, index: int) -> Box:
    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    raw.FPDFText_GetCharBox(pointer, index, left, right, bottom, top)
    loose = raw.FS_RECTF()
    if raw.FPDFText_GetLooseCharBox(pointer, index, loose):
        low, high = sorted((float(loose.bottom), float(loose.top)))
        return Box(left.value, low, right.value, high)
    return Box(left.value, bottom.value, right.value, top.value)


def _looks(pointer: Any, index: int, drawn: int, fonts: dict[int, tuple[str, int]]) -> _Drawn:
    handle = ctypes.cast(drawn, raw.FPDF_PAGEOBJECT)
    size = ctypes.c_float()
    matrix = raw.FS_MATRIX()
    raw.FPDFTextObj_GetFontSize(handle, size)
    scale = 1.0
    if raw.FPDFPageObj_GetMatrix(handle, matrix):
        scale = math.hypot(matrix.b, matrix.d) or math.hypot(matrix.a, matrix.c) or 1.0
    font = ctypes.cast(raw.FPDFTextObj_GetFont(handle), ctypes.c_void_p).value or 0
    if font not in fonts:
        fonts[font] = _font(pointer, index)
    name, flags = fonts[font]
    mark = raw.FPDFPageObj_GetMarkedContentID(handle)
    return _Drawn(
        round(size.value * scale, 1),
        bool(_BOLD_NAME.search(name)) or bool(flags & 1 << 18),
        bool(_ITALIC_NAME.search(name)) or bool(flags & 1 << 6),
        mark,
        mark < 0 and _is_artifact(handle),
        name,
    )


def _font(pointer: Any, index: int) -> tuple[str, int]:
    """Give a font's name and its flags (ISO 32000-1, table 123)."""
    flags = ctypes.c_int()

    def named(where: Any, number: int, buffer: Any, length: int) -> int:
        return int(raw.FPDFText_GetFontInfo(where, number, buffer, length, flags))

    return narrow(named, pointer, index), flags.value


def _is_artifact(handle: Any) -> bool:
    for number in range(min(raw.FPDFPageObj_CountMarks(handle), 20)):
        mark = raw.FPDFPageObj_GetMark(handle, number)
        length = ctypes.c_ulong()
        raw.FPDFPageObjMark_GetName(mark, None, 0, length)
        buffer = ctypes.create_string_buffer(max(2, length.value))
        raw.FPDFPageObjMark_GetName(
            mark, ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort)), len(buffer), length
        )
        if buffer.raw[: length.value].decode("utf-16-le", "replace").rstrip("\0") == "Artifact":
            return True
    return False


def _links(page: Any) -> list[tuple[Box, str]]:
    found: list[tuple[Box, str]] = []
    place, link = ctypes.c_int(0), raw.FPDF_LINK()
    while len(found) < 10_000 and raw.FPDFLink_Enumerate(page.raw, place, link):
        action = raw.FPDFLink_GetAction(link)
        rectangle = raw.FS_RECTF()
        if not action or not raw.FPDFLink_GetAnnotRect(link, rectangle):
            continue
        if raw.FPDFAction_GetType(action) != raw.PDFACTION_URI:
            continue
        href = narrow(
            lambda where, buffer, length: raw.FPDFAction_GetURIPath(
                page.pdf.raw, where, buffer, length
            ),
            action,
        )
        low, high = sorted((rectangle.bottom, rectangle.top))
        if href:
            found.append((Box(rectangle.left, low, rectangle.right, high), href))
    return found
