"""Rules of structure: headings, title, languages, contents."""

from collections import Counter
from collections.abc import Iterator

from ess_access.api.findings import Finding, Severity
from ess_access.backends.large_print.checks.opened import Paragraph, Word
from ess_access.backends.large_print.checks.resolved import half_points, is_on
from ess_access.backends.large_print.checks.said import at, grouped
from ess_access.backends.large_print.checks.xml import W

__all__ = ["RULES"]

_LONG = 800  # words: some four pages at 18 pt
_MANY_HEADINGS = 5
_SHORT = 12  # words: a heading is no sentence
_LARGER = 1.25  # than the text: nobody writes a sentence so for emphasis
_CORE = "docProps/core.xml"
_TITLE = "{http://purl.org/dc/elements/1.1/}title"


def _headings(word: Word) -> list[Paragraph]:
    return [one for one in word.main if one.heading_level and one.text.strip()]


def skipped_levels(word: Word) -> Iterator[Finding]:
    """LP-030: no level is skipped (ACB, Microsoft, WCAG technique G141)."""
    level = 0
    for one in _headings(word):
        if one.heading_level > level + 1:
            params = {"level": one.heading_level, "expected": level + 1}
            yield Finding("LP-030", Severity.WARNING, {**at(one), **params})
        level = one.heading_level


def fake_headings(word: Word) -> Iterator[Finding]:
    """LP-031: what looks like a heading is one (DISIC, Microsoft)."""
    body = _body_half_points(word)
    yield from grouped(
        "LP-031",
        Severity.WARNING,
        (
            (one, {})
            for before, one, following in _surrounded(word)
            if _is_short(one)
            and not (one.is_list_item and (_is_item(before) or _is_item(following)))
            and (_is_larger(one, body) or (_is_bold(one) and _may_be_headed(following)))
        ),
    )


def _surrounded(word: Word) -> Iterator[tuple[Paragraph | None, Paragraph, Paragraph | None]]:
    """Yield each paragraph that says something between those that do, ``None`` at either end."""
    shown = [one for one in word.main if _holds_something(one)]
    return zip((None, *shown), shown, (*shown[1:], None), strict=False)


def _is_item(paragraph: Paragraph | None) -> bool:
    """Say whether a paragraph is in a list: an item by itself may be a numbered heading."""
    return paragraph is not None and paragraph.is_list_item


def _holds_something(paragraph: Paragraph) -> bool:
    drawn = (f"{W}drawing", f"{W}pict", f"{W}object")
    return bool(paragraph.text.strip()) or next(paragraph.element.iter(*drawn), None) is not None


def _may_be_headed(following: Paragraph | None) -> bool:
    """Say whether bold above it is a heading: above a table or a picture it may be its caption."""
    return following is None or (bool(following.text.strip()) and not following.in_table)


def _body_half_points(word: Word) -> float:
    """Give the size of most of the letters."""
    letters: Counter[float] = Counter()
    for paragraph in word.main:
        if not paragraph.heading_level:
            for run in paragraph.runs:
                letters[half_points(run.look)] += len(run.text)
    return letters.most_common(1)[0][0] if letters else 0.0


# Styles that are bold on purpose and name something else than a section.
_LABELS = frozenset(
    {
        "title",
        "subtitle",
        "toc heading",
        "box title",
        "definition term",
        "row title",
        "row entry",
        "caption",
    }
)


def _is_short(paragraph: Paragraph) -> bool:
    """Say whether it may be a heading: a few words that are in nothing else."""
    words = paragraph.text.split()
    return not (
        not words
        or len(words) > _SHORT
        or paragraph.heading_level
        or paragraph.in_table
        or paragraph.in_contents
        or next(paragraph.element.iterancestors(f"{W}txbxContent"), None) is not None
        or paragraph.style_name in _LABELS
        or "framePr" in paragraph.look  # the first letter of a text, or LP-053's
        or paragraph.text.rstrip().endswith((".", ",", ";"))
    )


def _is_bold(paragraph: Paragraph) -> bool:
    """Say whether all of it is bold; what a colon or a bang ends is a label or a cry.

    Emphasis is bold in large print, where others have italics: a place and a date, a credit.
    """
    shown = [run for run in paragraph.runs if run.text.strip()]
    ends_open = paragraph.text.rstrip().endswith((":", "!"))
    styles = {run.look.get("rStyle", {}).get("val", "") for run in shown}
    is_emphasis = "emphasis" in {paragraph.styles.name(style) for style in styles}
    return not ends_open and not is_emphasis and all(is_on(run.look, "b") for run in shown)


def _is_larger(paragraph: Paragraph, body: float) -> bool:
    shown = [run for run in paragraph.runs if run.text.strip()]
    return min(half_points(run.look) for run in shown) >= _LARGER * body


def no_headings(word: Word) -> Iterator[Finding]:
    """LP-032: a long document has headings to find one's way by."""
    words = sum(len(one.text.split()) for one in word.main)
    if words >= _LONG and not _headings(word):
        yield Finding("LP-032", Severity.WARNING, {"words": words})


_OBJECTS = frozenset(f"{W}{name}" for name in ("drawing", "pict", "object"))


def is_empty(word: Word) -> bool:
    """Say whether the body has neither words nor pictures; headers and footers are no text."""
    if any(run.is_shown for paragraph in word.main for run in paragraph.runs):
        return False
    tags = {node.tag for node in word.body.iter()}
    return not tags & _OBJECTS and not any(str(tag).endswith("/math}oMath") for tag in tags)


def no_title(word: Word) -> Iterator[Finding]:
    """LP-033: the title stands in the file's properties (EN 301 549 §10.2.4.2)."""
    core = word.part(_CORE)
    title = core.find(_TITLE) if core is not None else None
    if title is None or not (title.text or "").strip():
        yield Finding("LP-033", Severity.WARNING)


def no_language(word: Word) -> Iterator[Finding]:
    """LP-034: the language is said (EN 301 549 §10.3.1.1)."""
    if word.styles.run_defaults.get("lang", {}).get("val"):
        return
    for paragraph in word.main:
        for run in paragraph.runs:
            if run.text.strip() and not run.look.get("lang", {}).get("val"):
                yield Finding("LP-034", Severity.WARNING, at(paragraph))
                return


def no_contents(word: Word) -> Iterator[Finding]:
    """LP-039: a long document has contents (AVH: from 4 or 5 pages on)."""
    words = sum(len(one.text.split()) for one in word.main)
    codes = " ".join(node.text or "" for node in word.body.iter(f"{W}instrText"))
    fields = " ".join(node.get(f"{W}instr", "") for node in word.body.iter(f"{W}fldSimple"))
    has_contents = "TOC" in f"{codes} {fields}".split()
    if words >= 2 * _LONG and len(_headings(word)) >= _MANY_HEADINGS and not has_contents:
        yield Finding("LP-039", Severity.WARNING, {"words": words})


def lonely_headings(word: Word) -> Iterator[Finding]:
    """LP-040: a heading stays on the page of what it announces."""
    yield from grouped(
        "LP-040",
        Severity.WARNING,
        ((one, {}) for one in _headings(word) if not is_on(one.look, "keepNext")),
    )


RULES = (
    skipped_levels,
    fake_headings,
    no_headings,
    no_title,
    no_language,
    no_contents,
    lonely_headings,
)
