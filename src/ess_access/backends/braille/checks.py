"""Check Braille files as they lie on the disk; nothing here trusts what wrote them."""

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from ess_access.api.findings import Finding, Severity
from ess_access.backends.braille import cells as c
from ess_access.backends.braille.expected import source_words
from ess_access.backends.braille.files import BrailleFile, kind_of, open_brf, open_text
from ess_access.backends.braille.options import BrailleOptions, page_size
from ess_access.backends.braille.pef import open_pef
from ess_access.backends.braille.readback import ENTRY_END, read_back, running_text
from ess_access.document.nodes import Document

__all__ = ["check_files"]

_SEVERITIES = {"BR-103": Severity.WARNING, "BR-105": Severity.WARNING}


def check_files(
    paths: Sequence[Path], document: Document | None, options: BrailleOptions
) -> Iterator[Finding]:
    """Check files of one edition, and that they hold the same cells."""
    opened: list[tuple[str, BrailleFile]] = []
    is_wordless = document is not None and not source_words(document)
    for path in paths:
        data = path.read_bytes()
        if not data.strip() and not is_wordless:  # form feeds are white space too
            yield Finding("BR-113", Severity.ERROR, {"file": path.name})
            continue
        kind = kind_of(path)
        if kind == "brf":
            found = open_brf(data, options.brf_table)
        elif kind == "pef":
            found = open_pef(data)
        else:
            found = open_text(data)
        opened.append((path.name, found))
        if not found.faults and not _filled(found) and not is_wordless:
            yield Finding("BR-113", Severity.ERROR, {"file": path.name})
        for code, params in found.faults:
            severity = _SEVERITIES.get(code, Severity.ERROR)
            yield Finding(code, severity, {"file": path.name, **params})
        yield from _geometry(path.name, found, options)
        if document is not None:
            yield from _declared(path.name, found, options)
        if options.page_numbers and options.preset != "display" and document is not None:
            width, _ = page_size(options)
            yield from _numbers(path.name, found, width)
            yield from _contents(path.name, found, width)
    yield from _same_cells(opened)
    readable = [(name, file) for name, file in opened if file.volumes or not file.faults]
    if document is not None and readable:
        width, _ = page_size(options)
        name, file = readable[0]
        back = read_back(document, file.pages, width, options)
        for swap in back.swaps:
            params = {"page": swap.page, "row": swap.row, "other": swap.other}
            yield Finding("BR-121", Severity.ERROR, {"file": name, **params})
        lost = back.lost
        if lost:
            words = ", ".join(lost[:10]) + (", …" if len(lost) > 10 else "")
            # liblouis reads contracted Braille back with a few errors of its own.
            is_doubtful = options.grade == 2 and len(lost) * 100 < len(source_words(document))
            severity = Severity.REVIEW if is_doubtful else Severity.ERROR
            yield Finding("BR-120", severity, {"count": len(lost), "words": words})


def _geometry(name: str, file: BrailleFile, options: BrailleOptions) -> Iterator[Finding]:
    is_continuous = options.preset == "display"
    for number, page in enumerate(file.pages, 1):
        declared = file.sizes[number - 1] if file.sizes else (0, 0)
        width, height = (
            own or chosen for own, chosen in zip(declared, page_size(options), strict=True)
        )
        longest = max((len(row) for row in page), default=0)
        if longest > width:
            yield Finding(
                "BR-101",
                Severity.ERROR,
                {"file": name, "page": number, "cells": longest, "width": width},
            )
        if len(page) > height and not (is_continuous and not file.sizes):
            yield Finding(
                "BR-102",
                Severity.ERROR,
                {"file": name, "page": number, "rows": len(page), "height": height},
            )


def _declared(name: str, file: BrailleFile, options: BrailleOptions) -> Iterator[Finding]:
    """Hold what a PEF declares of its pages against what was asked for: embossers go by it."""
    width, height = page_size(options)
    widths = {cols for cols, _ in file.sizes if cols}
    heights = {rows for _, rows in file.sizes if rows}
    if options.preset == "display":
        heights = set()
    both_sides = {str(value).lower() for value in file.duplex}
    for attribute, declared, expected in (
        ("cols", widths, width),
        ("rows", heights, height),
        ("duplex", both_sides, str(options.duplex).lower()),
    ):
        others: set[str] = {str(value) for value in declared} - {str(expected)}
        if others:
            params: dict[str, str | int] = {
                "file": name,
                "attribute": attribute,
                "declared": ", ".join(sorted(others)),
                "expected": str(expected),
            }
            yield Finding("BR-112", Severity.ERROR, params)


def _numbers(name: str, file: BrailleFile, width: int) -> Iterator[Finding]:
    """Each page but the first of a volume bears its number at the right of its first row (3.4a)."""
    digits = c.code().digits
    for volume in _volumes(file, width):
        for number, page in enumerate(volume[1:], 2):
            label = c.NUMBER + "".join(digits[digit] for digit in str(number))
            if not (len(page[0]) == width and page[0].endswith(c.BLANK * 3 + label)):
                params: dict[str, str | int] = {"file": name, "page": number, "expected": number}
                yield Finding("BR-106", Severity.ERROR, params)


_NUMBER_END = re.compile(f"{c.BLANK}{{3}}{c.NUMBER}[\u2801-\u283f]+\\Z")
_NUMBER_ALONE = re.compile(f"{c.BLANK}{{3,}}{c.NUMBER}[\u2801-\u283f]+")
# Where fewer than two leaders fit, they are left out (3.7a).
_ENTRY = re.compile(f"{c.LEADER}*{c.BLANK}{{2,}}{c.NUMBER}([\u2801-\u283f]+)\\Z")


def _contents(name: str, file: BrailleFile, width: int) -> Iterator[Finding]:
    """Each entry of the contents is found on the page that it names (3.7)."""
    digits = {cell: digit for digit, cell in c.code().digits.items()}
    for pages in _volumes(file, width):
        entry: list[str] = []
        for page in pages:
            is_contents = any(ENTRY_END.search(row) for row in page)
            for at, row in enumerate(page):
                is_full = is_contents and at > 0 and len(row) == width
                end = _ENTRY.search(row) if is_full else None
                if end is None:
                    if at == 0 and _NUMBER_ALONE.fullmatch(row):
                        continue
                    entry = [*entry, row] if row and is_contents else []
                    continue
                entry.append(row[: end.start()])
                words = c.BLANK.join(running_text([entry], width)).strip(c.BLANK)
                number = "".join(digits.get(cell, "") for cell in end[1])
                entry = []
                if not _begins_on(words, pages, int(number or 0), width):
                    yield Finding(
                        "BR-108", Severity.ERROR, {"file": name, "expected": number or "?"}
                    )


def _begins_on(words: str, pages: Sequence[tuple[str, ...]], number: int, width: int) -> bool:
    """Say whether a heading begins on a page; a long one may end on the next."""
    # The empty page stands for those before: a number is sought on the first row.
    here, both = (
        c.BLANK.join(running_text(((), *pages[number - 1 : number + more]), width))
        for more in (0, 1)
    )
    return number > 0 and 0 <= both.find(words) < len(here)


def _volumes(file: BrailleFile, width: int) -> Sequence[Sequence[tuple[str, ...]]]:
    """Give the volumes; BRF and text do not tell them: a page without number begins one (3.4a).

    A number ends a whole row: what a page of the print is called, or a title that is a number,
    stands elsewhere.
    """
    if file.sizes:
        return file.volumes
    volumes: list[list[tuple[str, ...]]] = []
    for page in file.pages:
        first = page[0] if page else ""
        if not volumes or len(first) != width or not _NUMBER_END.search(first):
            volumes.append([])
        volumes[-1].append(page)
    return volumes


def _filled(file: BrailleFile) -> tuple[tuple[str, ...], ...]:
    """Give the pages that hold something: a PEF without words has a page all the same."""
    return tuple(page for page in file.pages if any(page))


def _same_cells(opened: Sequence[tuple[str, BrailleFile]]) -> Iterator[Finding]:
    for name, file in opened[1:]:
        first_name, first = opened[0]
        if _filled(file) != _filled(first) and not file.faults:
            yield Finding("BR-107", Severity.ERROR, {"file": name, "other": first_name})
