"""Rules of what was typed instead of said: capitals, dashes for lists, blanks for layout."""

import re
from collections.abc import Iterator

from ess_access.api.findings import Finding, Severity
from ess_access.backends.large_print.checks.opened import Paragraph, Word
from ess_access.backends.large_print.checks.said import at, grouped
from ess_access.backends.large_print.checks.xml import W

__all__ = ["RULES"]

_SIGN = re.compile(
    r"\s*(?:[-\u2013\u2014*\u2022\u00b7\u25aa\u25cf\u25e6]|\d{1,2}[.)]|[a-z]\))\s+\S"
)
_BLANKS = re.compile(r" {4,}")
_LEAST_ITEMS = 2
_LEAST_LETTERS = 4  # « A », « ESS » have no shape to lose


def typed_capitals(word: Word) -> Iterator[Finding]:
    """LP-009: no sentence in block capitals: its words lose their shape (UKAAF, RNIB)."""
    from ess_access.french.typography import is_capitals

    yield from grouped(
        "LP-009",
        Severity.WARNING,
        (
            (one, {})
            for one in word.paragraphs
            if sum(char.isalpha() for char in one.text) >= _LEAST_LETTERS
            and is_capitals(" ".join(one.text.split()))
        ),
    )


def fake_lists(word: Word) -> Iterator[Finding]:
    """LP-035: lists are real lists (DISIC, Microsoft)."""
    found: list[Paragraph] = []
    for one in (*word.main, None):
        if one is not None and _looks_like_item(one):
            found.append(one)
            continue
        if len(found) >= _LEAST_ITEMS:
            yield Finding("LP-035", Severity.WARNING, {**at(found[0]), "count": len(found)})
        found = []


def _looks_like_item(paragraph: Paragraph) -> bool:
    return (
        not paragraph.is_list_item
        and not paragraph.heading_level
        and not paragraph.in_contents
        and bool(_SIGN.match(paragraph.text))
    )


def blanks_for_layout(word: Word) -> Iterator[Finding]:
    """LP-036: no row of blank paragraphs, no row of spaces (Microsoft)."""
    previous: Paragraph | None = None
    for one in word.main:
        if previous is not None and _is_blank(previous) and _is_blank(one):
            yield Finding("LP-036", Severity.WARNING, at(one))
            break
        previous = one
    for one in word.main:
        if _BLANKS.search(one.text) and not any("noProof" in run.look for run in one.runs):
            yield Finding("LP-036", Severity.WARNING, at(one))
            break


def tabs_for_columns(word: Word) -> Iterator[Finding]:
    """LP-036: columns are those of a table (Microsoft: no repeated blank characters)."""
    rows: list[Paragraph] = []
    for one in (*word.main, None):
        columns = 0 if one is None or one.in_contents or "toc" in one.style_name else _columns(one)
        if one is not None and columns > 1:
            rows.append(one)
            continue
        if len(rows) >= _LEAST_ITEMS:
            yield Finding("LP-036", Severity.WARNING, at(rows[0]))
            return
        rows = []


def _columns(paragraph: Paragraph) -> int:
    """Count what stands before, between and after the tabs of a line; one tab makes no columns."""
    line = "".join(
        "\t" if node.tag == f"{W}tab" else node.text or ""
        for node in paragraph.element.iter(f"{W}t", f"{W}tab")
        if node.getparent().tag == f"{W}r"
    )
    return sum(bool(piece.strip()) for piece in line.split("\t")) if line.count("\t") > 1 else 0


def _is_blank(paragraph: Paragraph) -> bool:
    holds = {"drawing", "pict", "object", "br", "sectPr", "fldChar"}
    return (
        not paragraph.in_table
        and not paragraph.text.strip()
        and "pBdr" not in paragraph.look
        and not any(paragraph.element.find(f".//{W}{name}") is not None for name in holds)
    )


RULES = (typed_capitals, fake_lists, blanks_for_layout, tabs_for_columns)
