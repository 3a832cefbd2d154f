"""Figures of the structure tree that have no marked content.

PDFium shows the elements that a page's content refers to, no others. LibreOffice draws pictures
outside any marked content: their ``Figure`` and its description are in the file all the same
(ISO 32000-1, 14.7.2 and 14.8.4.5), and pypdf reads them.
"""

import io
import logging
import struct
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import pypdfium2 as pdfium
from pypdfium2 import raw

from ess_access.readers.pdf.characters import Box
from ess_access.readers.pdf.tree import Tag

__all__ = ["Hidden", "StructureError", "has_gaps", "hidden_figures"]

_MOST_DEPTH = 60
_MOST_ELEMENTS = 500_000
_HOLD_OBJECTS = frozenset({"Link", "Annot", "Form"})  # their gaps are annotations


class StructureError(Exception):
    """The structure tree cannot be read a second time."""


@dataclass(frozen=True, slots=True)
class Hidden:
    """A figure. ``path`` is the place and the name of each element down to it; box in points."""

    path: tuple[tuple[int, str], ...]
    alt: str
    page: int
    box: Box | None


def has_gaps(root: Tag) -> bool:
    """Say whether the tree has places that PDFium did not fill."""
    if root.name not in _HOLD_OBJECTS and len(root.kids) < root.places:
        return True
    return any(isinstance(kid, Tag) and has_gaps(kid) for kid in root.kids.values())


def hidden_figures(document: pdfium.PdfDocument, data: bytes) -> tuple[Hidden, ...]:
    """List the figures without marked content, in reading order. Raises StructureError."""
    from pypdf import PdfReader
    from pypdf.errors import DependencyError, PyPdfError

    with _quiet():
        try:
            reader = PdfReader(io.BytesIO(data))
            if reader.is_encrypted:  # opened without a password: PDFium takes the lock off
                copy = io.BytesIO()
                document.save(copy, flags=raw.FPDF_REMOVE_SECURITY)
                reader = PdfReader(copy)
            return tuple(_Walk(reader).figures())
        except (
            # What a damaged file makes of a parser that trusts its types.
            PyPdfError,
            DependencyError,
            pdfium.PdfiumError,
            ArithmeticError,
            AssertionError,
            AttributeError,
            LookupError,
            NotImplementedError,
            OSError,
            RecursionError,
            TypeError,
            ValueError,
            struct.error,
            zlib.error,
        ) as error:
            raise StructureError(str(error)) from error


@contextmanager
def _quiet() -> Iterator[None]:
    """Keep what pypdf logs of a damaged file off the terminal."""
    logger = logging.getLogger("pypdf")
    silent = logging.NullHandler()
    propagated = logger.propagate
    logger.addHandler(silent)
    logger.propagate = False
    try:
        yield
    finally:
        logger.propagate = propagated
        logger.removeHandler(silent)


class _Walk:
    """One walk over the structure tree of an open file."""

    def __init__(self, reader: Any) -> None:
        catalogue = reader.trailer["/Root"].get_object()
        self._tree = _dictionary(_resolved(catalogue.get("/StructTreeRoot")))
        self._roles = _dictionary(_resolved(self._tree.get("/RoleMap")))
        self._numbers = {
            page.indirect_reference.idnum: number
            for number, page in enumerate(reader.pages)
            if page.indirect_reference is not None
        }
        self._seen: set[int] = set()
        self._page = 0
        self._count = 0

    def figures(self) -> Iterator[Hidden]:
        for place, kid in enumerate(_kids(self._tree)):
            yield from self._below(kid, place, ())

    def _below(self, kid: Any, place: int, above: tuple[tuple[int, str], ...]) -> Iterator[Hidden]:
        element = _dictionary(_resolved(kid))
        if "/S" not in element or len(above) > _MOST_DEPTH or not self._is_new(kid):
            return
        name = self._name(element)
        path = (*above, (place, name))
        page = _raw(element, "/Pg")
        self._page = self._numbers.get(getattr(page, "idnum", -1), self._page)
        if name == "Figure":
            if not _is_drawn(element, self._name, 0):
                yield Hidden(path, _words(element), self._page, _box(element))
            return
        for number, inner in enumerate(_kids(element)):
            yield from self._below(inner, number, path)

    def _is_new(self, kid: Any) -> bool:
        """Say whether an element was not met yet: a damaged tree may hold itself."""
        self._count += 1
        if self._count > _MOST_ELEMENTS:
            raise StructureError("too many elements")
        key = getattr(kid, "idnum", None)
        if key is None:
            return True
        is_new = key not in self._seen
        self._seen.add(key)
        return is_new

    def _name(self, element: Mapping[str, Any]) -> str:
        name = str(element.get("/S"))
        for _ in range(10):
            role = _resolved(self._roles.get(name))
            if role is None or str(role) == name:
                break
            name = str(role)
        return name.removeprefix("/")


def _is_drawn(element: Mapping[str, Any], name_of: Any, depth: int) -> bool:
    """Say whether an element has marked content of its own; its caption's are words."""
    for kid in _kids(element):
        value = _resolved(kid)
        if isinstance(value, int):
            return True
        inner = _dictionary(value)
        if inner.get("/Type") == "/MCR":
            return True
        if (
            "/S" in inner
            and depth < _MOST_DEPTH
            and name_of(inner) != "Caption"
            and _is_drawn(inner, name_of, depth + 1)
        ):
            return True
    return False


def _resolved(value: Any) -> Any:
    return value.get_object() if hasattr(value, "get_object") else value


def _dictionary(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


def _raw(element: Mapping[str, Any], key: str) -> Any:
    """Give a value as it is written, a reference where it is one."""
    return dict.get(element, key) if isinstance(element, dict) else None


def _kids(element: Mapping[str, Any]) -> list[Any]:
    held = _raw(element, "/K")
    value = _resolved(held)
    if value is None:
        return []
    return list(value) if isinstance(value, list) else [held]


def _words(element: Mapping[str, Any]) -> str:
    for key in ("/Alt", "/ActualText"):
        value = _resolved(element.get(key))
        if isinstance(value, bytes):
            value = value.decode("utf-8", "replace")
        if isinstance(value, str) and value.strip():
            return " ".join(value.split())
    return ""


def _box(element: Mapping[str, Any]) -> Box | None:
    """Give the place that the attributes tell (ISO 32000-1, 14.8.5.4.3)."""
    held = _resolved(element.get("/A"))
    for one in held if isinstance(held, list) else [held]:
        value = _resolved(_dictionary(_resolved(one)).get("/BBox"))
        if isinstance(value, list) and len(value) == 4:
            x, y, other_x, other_y = (float(_resolved(number)) for number in value)
            return Box(min(x, other_x), min(y, other_y), max(x, other_x), max(y, other_y))
    return None
