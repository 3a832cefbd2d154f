"""Check Braille files as they lie on the disk; nothing here trusts what wrote them."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from ess_access.api.findings import Finding, Severity
from ess_access.backends.braille import cells as c
from ess_access.backends.braille.files import BrailleFile, kind_of, open_brf, open_pef, open_text
from ess_access.backends.braille.options import BrailleOptions, page_size
from ess_access.backends.braille.readback import lost_words
from ess_access.document.nodes import Document, Place

__all__ = ["check_files"]

_SEVERITIES = {"BR-103": Severity.WARNING, "BR-105": Severity.WARNING}


def check_files(
    paths: Sequence[Path], document: Document | None, options: BrailleOptions
) -> Iterator[Finding]:
    """Check files of one edition, and that they hold the same cells."""
    opened: list[tuple[str, BrailleFile]] = []
    for path in paths:
        data = path.read_bytes()
        kind = kind_of(path)
        if kind == "brf":
            found = open_brf(data, options.brf_table)
        elif kind == "pef":
            found = open_pef(data)
        else:
            found = open_text(data)
        opened.append((path.name, found))
        for code, params in found.faults:
            severity = _SEVERITIES.get(code, Severity.ERROR)
            yield Finding(code, severity, {"file": path.name, **params})
        yield from _geometry(path.name, found, options)
        if options.page_numbers and options.preset != "display" and document is not None:
            yield from _numbers(path.name, found)
    yield from _same_cells(opened)
    if document is not None and opened:
        width, _ = page_size(options)
        lost = lost_words(document, opened[0][1].pages, width, options)
        if lost:
            words = ", ".join(lost[:10]) + (", …" if len(lost) > 10 else "")
            yield Finding("BR-120", Severity.ERROR, {"count": len(lost), "words": words})


def _geometry(name: str, file: BrailleFile, options: BrailleOptions) -> Iterator[Finding]:
    width, height = page_size(options)
    width = file.width or width
    height = file.height or height
    is_continuous = options.preset == "display"
    for number, page in enumerate(file.pages, 1):
        longest = max((len(row) for row in page), default=0)
        if longest > width:
            yield Finding(
                "BR-101",
                Severity.ERROR,
                {"file": name, "page": number, "cells": longest, "width": width},
                Place(page=number),
            )
        if len(page) > height and not (is_continuous and not file.height):
            yield Finding(
                "BR-102",
                Severity.ERROR,
                {"file": name, "page": number, "rows": len(page), "height": height},
                Place(page=number),
            )


def _numbers(name: str, file: BrailleFile) -> Iterator[Finding]:
    """Each page but the first of a volume bears its number at the right of its first row (3.4a)."""
    digits = c.code().digits
    shown = 0
    for number, page in enumerate(file.pages, 1):
        shown += 1
        first = page[0] if page else ""
        label = c.NUMBER + "".join(digits[digit] for digit in str(shown))
        if first.endswith(c.BLANK * 3 + label) or (shown == 1 and number == 1):
            continue
        if not first.rpartition(c.BLANK * 3)[2].startswith(c.NUMBER):
            shown = 1  # a volume begins: its first page bears none
            continue
        yield Finding(
            "BR-106",
            Severity.ERROR,
            {"file": name, "page": number, "expected": shown},
            Place(page=number),
        )


def _same_cells(opened: Sequence[tuple[str, BrailleFile]]) -> Iterator[Finding]:
    for name, file in opened[1:]:
        first_name, first = opened[0]
        if file.pages != first.pages and not file.faults:
            yield Finding("BR-107", Severity.ERROR, {"file": name, "other": first_name})
