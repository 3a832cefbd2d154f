"""Rules of letters and lines: size, typeface, emphasis, colour, spacing, alignment."""

import re
from collections.abc import Iterator
from itertools import pairwise

from ess_access.api.findings import Finding, Severity
from ess_access.backends.large_print.checks.colours import (
    HIGHLIGHTS,
    colour_of,
    ground_of,
    six_digits,
    theme_colours,
)
from ess_access.backends.large_print.checks.opened import Paragraph, Run, Word
from ess_access.backends.large_print.checks.resolved import Look, half_points, is_on
from ess_access.backends.large_print.checks.said import Params, decimal, grouped
from ess_access.backends.large_print.checks.xml import W, values
from ess_access.backends.large_print.themes import contrast

__all__ = ["RULES"]

_LEAST_HALF_POINTS = 32  # UKAAF G003: 16 pt
# Superscripts are drawn at some two thirds of the size.
_SCRIPT_RATIO = 2 / 3
# WCAG 2.2 §1.4.3: large text may have 3:1, but low vision asks for 4.5:1 throughout (DISIC).
_LEAST_CONTRAST = 4.5
_ONE_TAB = re.compile(r"\t(?!\t)")


def _written(word: Word) -> Iterator[tuple[Paragraph, Run]]:
    """Yield the runs that show letters, or the number of a note."""
    for paragraph in word.paragraphs:
        for run in paragraph.runs:
            if run.is_shown:
                yield paragraph, run


def too_small(word: Word) -> Iterator[Finding]:
    """LP-001: no text below 16 pt (UKAAF G003)."""
    yield from grouped(
        "LP-001",
        Severity.ERROR,
        (
            (paragraph, decimal("size", half_points(run.look) / 2))
            for paragraph, run in _written(word)
            if half_points(run.look) < _LEAST_HALF_POINTS
        ),
    )


def small_scripts(word: Word) -> Iterator[Finding]:
    """LP-014: raised and lowered characters are as large as the body."""
    yield from grouped(
        "LP-014",
        Severity.WARNING,
        (
            (paragraph, {})
            for paragraph, run in _written(word)
            if run.look.get("vertAlign", {}).get("val") in {"superscript", "subscript"}
            and half_points(run.look) >= _LEAST_HALF_POINTS
            and half_points(run.look) * _SCRIPT_RATIO < _LEAST_HALF_POINTS
        ),
    )


def italics(word: Word) -> Iterator[Finding]:
    """LP-006: no italics (UKAAF, RNIB)."""
    yield from grouped(
        "LP-006",
        Severity.WARNING,
        ((paragraph, {}) for paragraph, run in _written(word) if is_on(run.look, "i")),
    )


def underlines(word: Word) -> Iterator[Finding]:
    """LP-007: underline for links alone (UKAAF)."""
    yield from grouped(
        "LP-007",
        Severity.WARNING,
        (
            (paragraph, {})
            for paragraph, run in _written(word)
            if is_on(run.look, "u") and not run.in_link and not _in_linked_style(run)
        ),
    )


def _in_linked_style(run: Run) -> bool:
    return "hyperlink" in run.look.get("rStyle", {}).get("val", "").lower()


def capitals(word: Word) -> Iterator[Finding]:
    """LP-008: no capitals or small capitals by formatting (UKAAF, RNIB, DISIC)."""
    yield from grouped(
        "LP-008",
        Severity.WARNING,
        (
            (paragraph, {})
            for paragraph, run in _written(word)
            if is_on(run.look, "caps") or is_on(run.look, "smallCaps")
        ),
    )


def alignment(word: Word) -> Iterator[Finding]:
    """LP-005: left, ragged right, headings too."""
    yield from grouped(
        "LP-005",
        Severity.WARNING,
        (
            (paragraph, {})
            for paragraph in word.paragraphs
            if paragraph.text.strip()
            and paragraph.look.get("jc", {}).get("val", "left") not in {"left", "start"}
        ),
    )


def tight_lines(word: Word) -> Iterator[Finding]:
    """LP-004: lines 1.15 to 1.5 sizes apart, never at a fixed height (ACB, CCLVI)."""
    yield from grouped(
        "LP-004",
        Severity.WARNING,
        (
            (paragraph, {})
            for paragraph in word.paragraphs
            if paragraph.text.strip() and _is_tight(paragraph.look.get("spacing", {}))
        ),
    )


def _is_tight(spacing: dict[str, str]) -> bool:
    rule = spacing.get("lineRule", "auto")
    try:
        line = float(spacing.get("line", "240"))
    except ValueError:
        return False
    return rule == "exact" or (rule == "auto" and line < 240)


def lone_lines(word: Word) -> Iterator[Finding]:
    """LP-015: no line of a paragraph alone on a page (Word's own setting, until it is undone)."""
    yield from grouped(
        "LP-015",
        Severity.WARNING,
        (
            (paragraph, {})
            for paragraph in word.paragraphs
            if paragraph.text.strip()
            and "widowControl" in paragraph.look
            and not is_on(paragraph.look, "widowControl")
        ),
    )


def first_lines(word: Word) -> Iterator[Finding]:
    """LP-011: no indent of the first line: a blank line tells paragraphs apart (UKAAF)."""
    yield from grouped(
        "LP-011",
        Severity.WARNING,
        (
            (paragraph, {})
            for paragraph in word.paragraphs
            if paragraph.text.strip() and (_indent(paragraph) > 0 or _has_tab_indent(paragraph))
        ),
    )


def _indent(paragraph: Paragraph) -> float:
    value = paragraph.look.get("ind", {}).get("firstLine", "0")
    return float(value) if value.replace(".", "", 1).isdigit() else 0.0


def _has_tab_indent(paragraph: Paragraph) -> bool:
    """Say whether a paragraph of prose begins with one tab, in the place of an indent."""
    if paragraph.is_list_item or paragraph.in_contents or not _is_prose(paragraph):
        return False
    return bool(_ONE_TAB.match(paragraph.typed))


def crowded_paragraphs(word: Word) -> Iterator[Finding]:
    """LP-012: a blank line, or near it, between paragraphs (UKAAF, ACB)."""
    body = [one for one in word.main if not one.in_table and not one.in_contents]
    yield from grouped(
        "LP-012",
        Severity.WARNING,
        (
            (before, {})
            for before, after in pairwise(body)
            if _is_prose(before) and _is_prose(after) and _space_between(before, after) < 120
        ),
    )


def _is_prose(paragraph: Paragraph) -> bool:
    return len(paragraph.text.split()) > 8 and not (
        paragraph.is_list_item or paragraph.heading_level
    )


def _space_between(before: Paragraph, after: Paragraph) -> float:
    below, above = before.look.get("spacing", {}), after.look.get("spacing", {})
    if below.get("afterAutospacing") in {"1", "true"} or above.get("beforeAutospacing") in {
        "1",
        "true",
    }:
        return 240.0
    # « No space between paragraphs of the same style » (ECMA-376 part 1 §17.3.1.9).
    is_same = before.style_id == after.style_id
    spaces = (
        0.0 if is_same and is_on(one.look, "contextualSpacing") else _number(spacing.get(side, "0"))
        for one, spacing, side in ((before, below, "after"), (after, above, "before"))
    )
    return max(spaces)


def _number(value: str) -> float:
    try:
        return float(value)
    except ValueError:
        return 0.0


def low_contrast(word: Word) -> Iterator[Finding]:
    """LP-013: 4.5:1 between letters and what is behind them (WCAG 2.2 §1.4.3, DISIC)."""
    page = word.body.find(f"{W}background")
    paper = six_digits(page.get(f"{W}color", "")) if page is not None else None
    theme = theme_colours(word.part("word/theme/theme1.xml"))
    faults: list[tuple[Paragraph, Params]] = []
    for paragraph, run in _written(word):
        behind = _behind(paragraph, run, theme)
        if behind is None and _stands_on_unknown(paragraph):
            continue
        behind = behind or paper or "FFFFFF"
        colour = colour_of(run.look.get("color", {}), theme)
        if colour is not None and contrast(colour, behind) < _LEAST_CONTRAST:
            ratio = decimal("ratio", contrast(colour, behind))
            faults.append((paragraph, {"colour": colour, "background": behind, **ratio}))
    yield from grouped("LP-013", Severity.ERROR, faults)


def _behind(paragraph: Paragraph, run: Run, theme: dict[str, str]) -> str | None:
    highlight = HIGHLIGHTS.get(run.look.get("highlight", {}).get("val", ""))
    if highlight is not None:
        return highlight
    for look in (run.look, paragraph.look, _cell_look(paragraph)):
        ground = ground_of(look.get("shd", {}), theme)
        if ground is not None:
            return ground
    return None


def _stands_on_unknown(paragraph: Paragraph) -> bool:
    """Say whether a shape or a table's style may colour what is behind: no sure finding there."""
    for above in paragraph.element.iterancestors():
        if above.tag == f"{W}txbxContent":
            return True
        if above.tag == f"{W}tbl":
            style = values(above.find(f"{W}tblPr")).get("tblStyle", {}).get("val", "")
            if paragraph.styles.has_shading(style):
                return True
    return False


def _cell_look(paragraph: Paragraph) -> Look:
    cell = next(paragraph.element.iterancestors(f"{W}tc"), None)
    return values(cell.find(f"{W}tcPr")) if cell is not None else {}


RULES = (
    too_small,
    tight_lines,
    alignment,
    italics,
    underlines,
    capitals,
    lone_lines,
    first_lines,
    crowded_paragraphs,
    low_contrast,
    small_scripts,
)
