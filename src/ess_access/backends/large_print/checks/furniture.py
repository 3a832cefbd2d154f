"""Rules of the page and of the file: margins, columns, page numbers, settings."""

import re
from collections.abc import Iterator

from ess_access.api.findings import Finding, Severity
from ess_access.backends.large_print.checks.opened import Word
from ess_access.backends.large_print.checks.resolved import is_on
from ess_access.backends.large_print.checks.said import Params, at, decimal
from ess_access.backends.large_print.checks.xml import W

__all__ = ["RULES"]

_LEAST_MARGIN = 1417  # twips: 2.5 cm
_TWIPS_PER_CM = 1440 / 2.54
_LONG = 400  # words: more than a page or two


def narrow_margins(word: Word) -> Iterator[Finding]:
    """LP-020: margins of 2.5 cm or more (UKAAF)."""
    for margins in word.body.iter(f"{W}pgMar"):
        sides = (margins.get(f"{W}{side}", "1440") for side in ("top", "right", "bottom", "left"))
        least = min(abs(float(side)) for side in sides)
        if least < _LEAST_MARGIN:
            yield Finding("LP-020", Severity.WARNING, decimal("margin", least / _TWIPS_PER_CM))
            return


def columns(word: Word) -> Iterator[Finding]:
    """LP-021: one column (UKAAF, RNIB)."""
    for layout in word.body.iter(f"{W}cols"):
        if layout.get(f"{W}num", "1") not in {"0", "1"}:
            yield Finding("LP-021", Severity.WARNING, {"count": layout.get(f"{W}num", "")})
            return


def no_page_numbers(word: Word) -> Iterator[Finding]:
    """LP-022: pages are numbered."""
    words = sum(len(one.text.split()) for one in word.main)
    if words < _LONG:
        return
    for story, root in word.stories.items():
        if story.startswith(("header", "footer")):
            codes = [node.text or "" for node in root.iter(f"{W}instrText")]
            codes += [node.get(f"{W}instr", "") for node in root.iter(f"{W}fldSimple")]
            if any(re.search(r"\bPAGE\b", code) for code in codes):
                return
    yield Finding("LP-022", Severity.WARNING)


def hyphenation(word: Word) -> Iterator[Finding]:
    """LP-010: words are not split (UKAAF)."""
    setting = word.settings.find(f"{W}autoHyphenation")
    if setting is None or setting.get(f"{W}val", "1") in {"0", "false", "off"}:
        return
    # LibreOffice always says so for the document, and then no for each style. Elsewhere somebody
    # turned it on, and whatever has no such style is hyphenated.
    by_libreoffice = b"LibreOffice" in word.parts.get("docProps/app.xml", b"")
    has_loose = any(one.text and not is_on(one.look, "suppressAutoHyphens") for one in word.main)
    if has_loose or not by_libreoffice:
        yield Finding("LP-010", Severity.WARNING)


def asks_to_update(word: Word) -> Iterator[Finding]:
    """LP-041: opening the document asks no question."""
    setting = word.settings.find(f"{W}updateFields")
    if setting is not None and setting.get(f"{W}val", "1") not in {"0", "false", "off"}:
        yield Finding("LP-041", Severity.WARNING)


def protected(word: Word) -> Iterator[Finding]:
    """LP-042: assistive programs may read it (Microsoft: document access)."""
    setting = word.settings.find(f"{W}documentProtection")
    if setting is not None and setting.get(f"{W}enforcement", "0") not in {"0", "false", "off"}:
        yield Finding("LP-042", Severity.WARNING)


def pending_changes(word: Word) -> Iterator[Finding]:
    """LP-043: changes are accepted: struck words and colours are read with the text."""
    marks = [f"{W}{name}" for name in ("ins", "del", "moveFrom", "moveTo")]
    first: Params = {}
    count = 0
    for paragraph in word.paragraphs:
        found = sum(1 for _ in paragraph.element.iter(*marks))
        first = first or (at(paragraph) if found else {})
        count += found
    if count:
        yield Finding("LP-043", Severity.WARNING, {**first, "count": count})


def comments(word: Word) -> Iterator[Finding]:
    """LP-044: comments are answered: they are printed small, beside the text."""
    found = [
        paragraph
        for paragraph in word.paragraphs
        for _ in paragraph.element.iter(f"{W}commentReference")
    ]
    if found:
        yield Finding("LP-044", Severity.REVIEW, {**at(found[0]), "count": len(found)})


RULES = (
    narrow_margins,
    columns,
    no_page_numbers,
    hyphenation,
    asks_to_update,
    protected,
    pending_changes,
    comments,
)
