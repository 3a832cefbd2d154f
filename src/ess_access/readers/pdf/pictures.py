"""Pictures that stand on the pages of a PDF."""

import ctypes
import io
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import pypdfium2 as pdfium
from pypdfium2 import raw

from ess_access.api.reader import Limits
from ess_access.document.nodes import Image, Place
from ess_access.readers._pictures import Pictures
from ess_access.readers.pdf.characters import Box
from ess_access.readers.pdf.tree import Content

__all__ = ["Drawn", "PagePictures", "drawn_on"]

_SMALLEST_PT = 24.0  # a smaller one is an ornament, a bullet or a rule


@dataclass(frozen=True, slots=True)
class Drawn:
    """A picture on a page; ``data`` is empty where it is too large or cannot be had."""

    box: Box
    mark: int
    data: bytes
    pixels: int

    @property
    def is_small(self) -> bool:
        """Whether it is too small to say anything."""
        width, height = self.box.right - self.box.left, self.box.top - self.box.bottom
        return width < _SMALLEST_PT or height < _SMALLEST_PT


def drawn_on(page: Any, limits: Limits) -> list[Drawn]:
    """Take the pictures of an open page."""
    found: list[Drawn] = []
    for item in page.get_objects(filter=(raw.FPDF_PAGEOBJ_IMAGE,), max_depth=4):
        try:
            left, bottom, right, top = item.get_bounds()
        except pdfium.PdfiumError:
            continue
        box = Box(left, bottom, right, top)
        width, height = _pixels(item)
        picture = Drawn(box, raw.FPDFPageObj_GetMarkedContentID(item.raw), b"", width * height)
        if picture.is_small or width * height > limits.pixels:
            found.append(picture)
        else:
            found.append(Drawn(box, picture.mark, _bytes(item), width * height))
    return found


def _pixels(item: Any) -> tuple[int, int]:
    width, height = ctypes.c_uint(), ctypes.c_uint()
    raw.FPDFImageObj_GetImagePixelSize(item.raw, width, height)
    return width.value, height.value


def _bytes(item: Any) -> bytes:
    """Give the picture as a file of its own: a JPEG as it stands, others as PNG."""
    names = item.get_filters()
    if names == ["DCTDecode"]:
        data = bytes(item.get_data())
        if data.startswith(b"\xff\xd8\xff"):
            return data
    try:
        bitmap = item.get_bitmap(render=False)
        buffer = io.BytesIO()
        bitmap.to_pil().save(buffer, "PNG")
    except (pdfium.PdfiumError, ValueError, OSError, KeyError, MemoryError):
        return b""
    return buffer.getvalue()


@dataclass(slots=True)
class PagePictures:
    """The pictures of all pages, made into nodes as they are met."""

    pictures: Pictures
    by_page: Mapping[int, Sequence[Drawn]]
    repeated: frozenset[bytes] = field(default_factory=frozenset)
    shown: set[tuple[int, bytes]] = field(default_factory=set)

    @classmethod
    def of(cls, pictures: Pictures, by_page: Mapping[int, Sequence[Drawn]]) -> "PagePictures":
        """Make it, knowing which pictures stand on most pages: logos in a margin."""
        counts = Counter(
            data for drawn in by_page.values() for data in {one.data for one in drawn if one.data}
        )
        most = max(3, (len(by_page) + 1) // 2)
        return cls(pictures, by_page, frozenset(data for data, n in counts.items() if n >= most))

    def tagged(self, places: Iterable[Content], alt: str | None, at: Place) -> list[Image]:
        """Give the picture of a tagged figure, without bytes where it is drawn with lines."""
        marks = {(place.page, place.mark) for place in places}
        for page, mark in sorted(marks):
            for drawn in self.by_page.get(page, ()):
                if drawn.mark == mark and drawn.data:
                    self.shown.add((page, drawn.data))
                    return [self.node(drawn, page, alt, at)]
        if alt is None:
            return []
        return [Image(None, alt)]

    def described(self, page: int, place: int, alt: str | None, at: Place) -> list[Image]:
        """Give the picture at a place of a page, -1 for a figure that is drawn with lines."""
        if place >= 0 and self.by_page[page][place].data:
            drawn = self.by_page[page][place]
            self.shown.add((page, drawn.data))
            return [self.node(drawn, page, alt, at)]
        return [] if alt is None else [Image(None, alt)]

    def node(self, drawn: Drawn, page: int, alt: str | None, at: Place) -> Image:
        """Make the node of a picture."""
        return self.pictures.image_of(drawn.data, f"p. {page + 1}", alt, at)

    def worth_showing(self, page: int, area: float) -> list[Drawn]:
        """List the pictures of a page that say something.

        Small ones, those in the margin of every page, and the ground of the whole page (``area`` is
        the page's, in square points) are left out.
        """
        return [
            drawn
            for drawn in self.by_page.get(page, ())
            if drawn.data
            and not drawn.is_small
            and drawn.data not in self.repeated
            and (page, drawn.data) not in self.shown
            and (drawn.box.right - drawn.box.left) * (drawn.box.top - drawn.box.bottom)
            < area * 0.85
        ]
