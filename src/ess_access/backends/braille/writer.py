"""Write the cells of an edition as BRF, PEF and Unicode text: the same cells in all three."""

import hashlib
import re
from xml.sax.saxutils import escape, quoteattr

from ess_access.backends.braille.alphabets import encode_table, encoding_of
from ess_access.backends.braille.edition import Edition
from ess_access.backends.braille.pages import Page, Row
from ess_access.backends.braille.pef import LANGUAGE
from ess_access.document.nodes import Meta

__all__ = ["brf", "pef", "unicode_text"]

_DATE = re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}")  # PEF takes whole dates alone
_NOT_XML = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def brf(edition: Edition, alphabet: str) -> bytes:
    """Write Braille ASCII: CR LF after each row, a form feed between pages."""
    # The low byte of a cell is its dots: bytes are translated ten times faster than characters.
    text = _text(edition, _CR + _LF, _FF).encode("utf-16-le")
    return text[::2].translate(_bytes_of(alphabet))


_CR, _LF, _FF = "\xfd", "\xfe", "\xff"  # no dots of six-dot Braille


def _bytes_of(alphabet: str) -> bytes:
    """Give the table for ``bytes.translate`` from dots to the characters of the alphabet."""
    table = bytearray(256)
    for cell, char in encode_table(alphabet).items():
        table[cell & 0xFF] = char.encode(encoding_of(alphabet))[0]
    for mark, byte in ((_CR, b"\r"), (_LF, b"\n"), (_FF, b"\f")):
        table[ord(mark)] = byte[0]
    return bytes(table)


def unicode_text(edition: Edition) -> bytes:
    """Write Unicode Braille patterns: LF after each row, a form feed between pages."""
    return _text(edition, "\n", "\f").encode("utf-8")


def _text(edition: Edition, end: str, turn: str) -> str:
    """Give the rows, which end with no blank, and what stands between pages."""
    pages = (end.join([*page.cells, ""]) for volume in edition.volumes for page in volume.pages)
    return turn.join(pages)


def pef(edition: Edition, meta: Meta, *, duplex: bool, fallback_title: str = "") -> bytes:
    """Write PEF 2008-1, the exchange format of embossers, which wants a title."""
    text = unicode_text(edition)
    identifier = "urn:sha256:" + hashlib.sha256(text).hexdigest()
    head = [
        ("title", meta.title or fallback_title),
        *(("creator", author) for author in meta.authors),
        ("language", meta.lang if LANGUAGE.fullmatch(meta.lang) else ""),
        ("date", meta.published if _DATE.fullmatch(meta.published) else ""),
        ("format", "application/x-pef+xml"),
        ("identifier", identifier),
    ]
    said = [(name, " ".join(_NOT_XML.sub("", value).split())) for name, value in head]
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<pef version="2008-1" xmlns="http://www.daisy.org/ns/2008/pef">',
        '<head><meta xmlns:dc="http://purl.org/dc/elements/1.1/">',
        *(f"<dc:{name}>{escape(value)}</dc:{name}>" for name, value in said if value),
        "</meta></head>",
        "<body>",
    ]
    size = (
        f"cols={quoteattr(str(edition.width))} rows={quoteattr(str(edition.height))} "
        f'rowgap="0" duplex="{str(duplex).lower()}"'
    )
    for volume in edition.volumes:
        lines.append(f"<volume {size}>")
        lines.append("<section>")
        # The schema asks for a page in each section, and a row in each page.
        for page in volume.pages or (Page((Row(""),), 1),):
            lines.append("<page>")
            lines.extend(f"<row>{row.cells}</row>" if row.cells else "<row/>" for row in page.rows)
            lines.append("</page>")
        lines.append("</section>")
        lines.append("</volume>")
    lines += ["</body>", "</pef>", ""]
    return "\n".join(lines).encode("utf-8")
