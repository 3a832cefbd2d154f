"""PDFium, opened and closed with care; its calls that take pointers and buffers."""

import ctypes
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pypdfium2 as pdfium
from pypdfium2 import raw

from ess_access.api.reader import Source
from ess_access.errors import SourceError

__all__ = ["address_function", "declared_language", "narrow", "opened", "wide"]

# PDFium is not safe to call from two threads at once, in whatever documents.
_LOCK = threading.Lock()


@contextmanager
def opened(source: Source) -> Iterator[pdfium.PdfDocument]:
    """Open a PDF. Raises SourceError."""
    name = source.name
    if not source.data:
        raise SourceError("source-empty", name=name)
    with _LOCK:
        try:
            document = pdfium.PdfDocument(source.data)
        except pdfium.PdfiumError as error:
            locked = raw.FPDF_GetLastError() == raw.FPDF_ERR_PASSWORD
            if locked or "password" in str(error).lower():
                raise SourceError("source-password", name=name) from error
            raise SourceError("source-damaged", name=name, reason="PDF") from error
        try:
            pages = len(document)
            if pages > source.limits.pages:
                limit = source.limits.pages
                raise SourceError("source-too-many-pages", name=name, pages=pages, limit=limit)
            yield document
        except pdfium.PdfiumError as error:
            raise SourceError("source-damaged", name=name, reason="PDF") from error
        finally:
            document.close()


def wide(call: Callable[..., int], *arguments: Any) -> str:
    """Call a function that fills a buffer with UTF-16 and gives its length in bytes."""
    length = call(*arguments, None, 0)
    if length <= 2 or length > 10_000_000:
        return ""
    buffer = ctypes.create_string_buffer(length)
    call(*arguments, buffer, length)
    return buffer.raw[:length].decode("utf-16-le", "replace").rstrip("\0")


def declared_language(document: pdfium.PdfDocument) -> str:
    """Give the language that the catalogue of the file declares, ``""`` for none."""

    def call(pointer: Any, buffer: Any, length: int) -> int:
        shorts = ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort)) if buffer else None
        return int(raw.FPDFCatalog_GetLanguage(pointer, shorts, length))

    return wide(call, document.raw).strip()


def narrow(call: Callable[..., int], *arguments: Any) -> str:
    """Call a function that fills a buffer with bytes and gives their number."""
    length = call(*arguments, None, 0)
    if length <= 1 or length > 10_000_000:
        return ""
    buffer = ctypes.create_string_buffer(length)
    call(*arguments, buffer, length)
    return buffer.raw[:length].decode("utf-8", "replace").rstrip("\0")


def address_function(function: Any) -> Callable[[Any, int], int]:
    """Give a function of (pointer, index) that answers with the address itself.

    One Python object less for each character of the document.
    """
    address = ctypes.cast(function, ctypes.c_void_p).value
    made = ctypes.CFUNCTYPE(ctypes.c_void_p, ctypes.c_void_p, ctypes.c_int)(address or 0)

    def call(pointer: Any, index: int) -> int:
        return made(pointer, index) or 0

    return call
