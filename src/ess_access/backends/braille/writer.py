"""Write the cells of an edition as BRF, PEF and Unicode text: the same cells in all three."""

import hashlib
import re
from xml.sax.saxutils import escape, quoteattr

from ess_access.backends.braille.alphabets import encode_table, encoding_of
from ess_access.backends.braille.edition import Edition
from ess_access.backends.braille.pages import Page, Row
from ess_access.document.nodes import Meta

__all__ = ["brf", "pef", "unicode_text"]

_DATE = re.compile(r"\d{4}(?:-\d{2}(?:-\d{2})?)?")


def brf(edition: Edition, alphabet: str) -> bytes:
    """Write Braille ASCII: CR LF after each row, a form feed between pages."""
    table = encode_table(alphabet)
    text = _text(edition, "\r\n").translate(table)
    return text.encode(encoding_of(alphabet))


def unicode_text(edition: Edition) -> bytes:
    """Write Unicode Braille patterns: LF after each row, a form feed between pages."""
    return _text(edition, "\n").encode("utf-8")


def _text(edition: Edition, end: str) -> str:
    """Give the rows, which end with no blank, and a form feed between pages."""
    pages = (
        "".join([row.cells + end for row in page.rows])
        for volume in edition.volumes
        for page in volume.pages
    )
    return "\f".join(pages)


def pef(edition: Edition, meta: Meta, *, duplex: bool, fallback_title: str = "") -> bytes:
    """Write PEF 2008-1, the exchange format of embossers, which wants a title."""
    text = unicode_text(edition)
    identifier = "urn:sha256:" + hashlib.sha256(text).hexdigest()
    head = [
        ("title", meta.title or fallback_title),
        *(("creator", author) for author in meta.authors),
        ("language", meta.lang),
        ("date", meta.published if _DATE.fullmatch(meta.published) else ""),
        ("format", "application/x-pef+xml"),
        ("identifier", identifier),
    ]
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<pef version="2008-1" xmlns="http://www.daisy.org/ns/2008/pef">',
        '<head><meta xmlns:dc="http://purl.org/dc/elements/1.1/">',
        *(f"<dc:{name}>{escape(value)}</dc:{name}>" for name, value in head if value),
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
