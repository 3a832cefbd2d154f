"""Rules of the page and of the file: margins, columns, page numbers, fonts, settings."""

import re
from collections import Counter
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
_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
# Faces with feet, hands or one width, that RNIB and UKAAF advise against.
_SERIF = re.compile(
    r"times|georgia|garamond|cambria|palatino|bookman|book antiqua|century|didot|bodoni|baskerville"
    r"|courier|consolas|rockwell|minion|liberation serif|dejavu serif|noto serif|linux libertine"
    r"|script|comic|brush|papyrus|cursive|lucida handwriting",
    re.IGNORECASE,
)
# On nearly every machine: not embedding them changes nothing on the page.
_EVERYWHERE = frozenset(
    {"arial", "verdana", "tahoma", "trebuchet ms", "calibri", "aptos", "segoe ui", "helvetica"}
)


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
    # LibreOffice says so for the document, and then no for each style.
    if any(one.text and not is_on(one.look, "suppressAutoHyphens") for one in word.main):
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


def _faces(word: Word) -> Counter[str]:
    """Count the letters of each typeface, theme fonts named."""
    theme = _theme(word)
    letters: Counter[str] = Counter()
    for paragraph in word.paragraphs:
        for run in paragraph.runs:
            fonts = run.look.get("rFonts", {})
            # A theme's font wins over a named one (ECMA-376 part 1 §17.3.2.26).
            themed = theme.get(fonts.get("asciiTheme", "")[:5])
            name = themed or fonts.get("ascii") or "Times New Roman"
            letters[name] += len(run.text.strip())
    return +letters


def _theme(word: Word) -> dict[str, str]:
    root = word.part("word/theme/theme1.xml")
    if root is None:
        return {}
    found = {}
    for key in ("major", "minor"):
        latin = root.find(f".//{_DRAWING}{key}Font/{_DRAWING}latin")
        if latin is not None:
            found[key] = latin.get("typeface", "")
    return found


def serif_faces(word: Word) -> Iterator[Finding]:
    """LP-002: sans serif (UKAAF, RNIB, ACB, APH)."""
    for name, count in sorted(_faces(word).items()):
        if _SERIF.search(name) and "sans" not in name.lower():
            yield Finding("LP-002", Severity.WARNING, {"family": name, "count": count})


def absent_faces(word: Word) -> Iterator[Finding]:
    """LP-003: a rare typeface is embedded, or the reader's machine puts another in its place."""
    table = word.part("word/fontTable.xml")
    embedded = {
        font.get(f"{W}name", "").lower()
        for font in (table.iter(f"{W}font") if table is not None else ())
        if font.find(f"{W}embedRegular") is not None
    }
    faces = _faces(word)
    total = sum(faces.values())
    for name, count in sorted(faces.items()):
        is_rare = name.lower() not in embedded | _EVERYWHERE and not _SERIF.search(name)
        # A few signs in a fallback font are reported where the edition is written.
        if is_rare and count * 20 >= total:
            yield Finding("LP-003", Severity.WARNING, {"family": name})


RULES = (
    narrow_margins,
    columns,
    no_page_numbers,
    hyphenation,
    asks_to_update,
    protected,
    pending_changes,
    comments,
    serif_faces,
    absent_faces,
)
