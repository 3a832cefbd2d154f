"""Rules of what was typed instead of said: capitals, hyphens, dashes, blanks for layout."""

import re
from collections.abc import Iterator
from itertools import groupby

from ess_access.api.findings import Finding, Severity
from ess_access.backends.large_print.checks.opened import Paragraph, Word
from ess_access.backends.large_print.checks.said import at, grouped
from ess_access.backends.large_print.checks.xml import W

__all__ = ["RULES"]

# Dashes, bullets, arrows and pictures of the keyboard, and those of the fonts of signs; then
# « 1. », « 1.2 », « (1) », « 1° », « a) », « iv. »; a dash may touch its word.
_SIGN = re.compile(
    r"""\s*(?:
        (?:[-\u2013\u2014*\u2022\u00b7\u2023\u25a0-\u25ff\u2190-\u21ff\u2600-\u27bf\uf020-\uf0ff]
          |[\U0001f300-\U0001faff])\ufe0f?
        |o|\d{1,2}[.)\u00b0]|\d{1,2}(?:\.\d{1,2}){1,3}\.?|\(?(?:\d{1,2}|[A-Za-z])\)|[ivx]{1,4}[.)]
      )\s+\S
      |\s*[-\u2013\u2022](?=[^\W\d_])""",
    re.VERBOSE,
)
# A line of a dialogue: a dash, a sentence. What a list enumerates seldom is one.
_SPEECH = re.compile(r"\s*[\u2013\u2014]\s*[«\"“]?\s*[A-ZÀ-ÖØ-Þ…].*[.!?…»\"”]\s*", re.DOTALL)
_BLANKS = re.compile("[ \u00a0]{4,}|(?:\n[ \u00a0]*){4,}")
_TABS = re.compile(r"^\t{2,}|\t{3,}")
# Words in capitals one after another, with nothing between them but blanks and elisions.
_CAPITALS = re.compile(
    r"(?<![\w’'-])(?:[A-ZÀ-ÖØ-ÞŒ]+(?:[’'-][A-ZÀ-ÖØ-ÞŒ]+)*[ \u00a0]+){3,}[A-ZÀ-ÖØ-ÞŒ]{2,}(?!\w)"
)
_SOFT_HYPHEN = "\u00ad"
_LEAST_ITEMS = 2
_MOST_BETWEEN = 2  # paragraphs that go on with an item before the next one
_LEAST_ROWS = 3  # lines with one tab: two may be a name and a date
_LEAST_LETTERS = 4  # « A », « ESS » have no shape to lose


def typed_capitals(word: Word) -> Iterator[Finding]:
    """LP-009: no sentence in block capitals: its words lose their shape (UKAAF, RNIB)."""
    yield from grouped(
        "LP-009",
        Severity.WARNING,
        ((one, {}) for one in word.paragraphs if _has_capitals(" ".join(one.text.split()))),
    )


def _has_capitals(text: str) -> bool:
    """Say whether a text, or four words of it in a row, are in capitals."""
    from ess_access.french.typography import is_capitals

    if sum(char.isalpha() for char in text) < _LEAST_LETTERS:
        return False
    return is_capitals(text) or any(is_capitals(run.group()) for run in _CAPITALS.finditer(text))


def soft_hyphens(word: Word) -> Iterator[Finding]:
    """LP-016: no optional hyphen: a word may be split where one stands (UKAAF)."""
    yield from grouped(
        "LP-016",
        Severity.WARNING,
        ((one, {}) for one in word.paragraphs if _may_be_split(one)),
    )


def _may_be_split(paragraph: Paragraph) -> bool:
    return any(
        _SOFT_HYPHEN in run.text or run.element.find(f"{W}softHyphen") is not None
        for run in paragraph.runs
        if run.is_shown
    )


def fake_lists(word: Word) -> Iterator[Finding]:
    """LP-035: lists are real lists (DISIC, Microsoft)."""
    found: list[tuple[int, Paragraph]] = []
    for place, one in enumerate(word.main):
        if not _typed_items(one):
            continue
        if found and place - found[-1][0] > _MOST_BETWEEN + 1:
            yield from _fake_list(found)
            found = []
        found.append((place, one))
    yield from _fake_list(found)


def _fake_list(found: list[tuple[int, Paragraph]]) -> Iterator[Finding]:
    count = sum(_typed_items(one) for _, one in found)
    if count >= _LEAST_ITEMS:
        yield Finding("LP-035", Severity.WARNING, {**at(found[0][1]), "count": count})


def _typed_items(paragraph: Paragraph) -> int:
    """Count the lines that a sign begins; one within prose may be a number or a dash."""
    is_code = any("noProof" in run.look for run in paragraph.runs)
    if paragraph.is_list_item or paragraph.heading_level or paragraph.in_contents or is_code:
        return 0
    lines = paragraph.text.split("\n")
    items = sum(bool(_SIGN.match(line)) and not _SPEECH.fullmatch(line) for line in lines)
    return items if items >= _LEAST_ITEMS or len(lines) == 1 else 0


def blanks_for_layout(word: Word) -> Iterator[Finding]:
    """LP-036: no row of blank paragraphs, no row of spaces (Microsoft)."""
    previous: Paragraph | None = None
    for one in word.main:
        if previous is not None and _is_blank(previous) and _is_blank(one):
            yield Finding("LP-036", Severity.WARNING, at(one))
            break
        previous = one
    for one in word.main:
        if any("noProof" in run.look for run in one.runs):
            continue
        if _BLANKS.search(one.text) or (not one.in_contents and _TABS.search(one.typed)):
            yield Finding("LP-036", Severity.WARNING, at(one))
            break


def tabs_for_columns(word: Word) -> Iterator[Finding]:
    """LP-036: columns are those of a table (Microsoft: no repeated blank characters)."""
    for is_row, group in groupby(word.main, key=lambda one: _columns(one) > 1):
        rows = list(group) if is_row else []
        widest = max(map(_columns, rows), default=0)
        if len(rows) >= (_LEAST_ITEMS if widest > _LEAST_ITEMS else _LEAST_ROWS):
            yield Finding("LP-036", Severity.WARNING, at(rows[0]))
            return


def _columns(paragraph: Paragraph) -> int:
    """Count what stands before, between and after the tabs of a line; a label makes no column."""
    if paragraph.in_contents or "toc" in paragraph.style_name:
        return 0
    line = paragraph.typed
    pieces = [piece.strip() for piece in line.split("\t") if piece.strip()]
    if len(pieces) < _LEAST_ITEMS or "\n" in line:
        return 0
    is_labelled = len(pieces) == _LEAST_ITEMS and pieces[0].endswith((":", ".", ")"))
    return 0 if is_labelled or _SIGN.match(f"{pieces[0]} {pieces[1]}") else len(pieces)


def _is_blank(paragraph: Paragraph) -> bool:
    holds = {"drawing", "pict", "object", "br", "sectPr", "fldChar"}
    return (
        not paragraph.in_table
        and not paragraph.text.strip()
        # A rule is drawn by the border of a blank paragraph; Google writes borders of no line.
        and not {*paragraph.look.get("pBdr", {}).values()} - {"nil", "none", ""}
        and not any(paragraph.element.find(f".//{W}{name}") is not None for name in holds)
    )


RULES = (typed_capitals, soft_hyphens, fake_lists, blanks_for_layout, tabs_for_columns)
