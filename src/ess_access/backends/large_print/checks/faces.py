"""Rules of typefaces: without serifs, and there on the reader's machine."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ess_access.api.findings import Finding, Severity
from ess_access.backends.large_print.checks.opened import Paragraph, Word
from ess_access.backends.large_print.checks.resolved import is_on
from ess_access.backends.large_print.checks.said import Params, at
from ess_access.backends.large_print.checks.xml import W

__all__ = ["RULES"]

_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
# Faces with feet, hands or one width, that RNIB and UKAAF advise against.
_SERIF = re.compile(
    r"times|georgia|garamond|cambria|palatino|bookman|book antiqua|century(?! gothic)|didot|bodoni"
    r"|baskerville|caslon|goudy|perpetua|constantia|sylfaen|minion|rockwell|roman\b|libertin|termes"
    r"|pagella|bonum|schola|merriweather(?! sans)|playfair|\blora\b|crimson"
    r"|(?<!sans )(?<!sans)serif"
    r"|\bslab\b|courier|consolas|inconsolata|\bmono\b|monaco|menlo|typewriter"
    r"|script|comic|brush|papyrus|cursive|handwriting|calligraphy|corsiva|chancery|mistral|vivaldi"
    r"|bradley hand|segoe print|blackadder|old english",
    re.IGNORECASE,
)
# On nearly every machine: not embedding them changes nothing on the page.
_EVERYWHERE = frozenset(
    {"arial", "verdana", "tahoma", "trebuchet ms", "calibri", "aptos", "segoe ui", "helvetica"}
    # Faces of signs, which no other face has: what stands in for a sign is reported where it is.
    | {"segoe ui symbol", "segoe ui emoji", "symbol", "wingdings", "webdings", "ms gothic"}
)


@dataclass(slots=True)
class _Face:
    """A typeface of the document: where it is first, and how many signs it has."""

    first: Paragraph
    count: int = 0


def _faces(word: Word) -> dict[str, _Face]:
    """Find the typefaces of the document, theme fonts named."""
    theme = _theme(word)
    found: dict[str, _Face] = {}
    for paragraph in word.paragraphs:
        for run in paragraph.runs:
            if not any(map(str.isalnum, run.text)) or is_on(run.look, "vanish"):
                continue
            fonts = run.look.get("rFonts", {})
            # A theme's font wins over a named one (ECMA-376 part 1 §17.3.2.26).
            themed = theme.get(fonts.get("asciiTheme", "")[:5])
            name = themed or fonts.get("ascii") or "Times New Roman"
            found.setdefault(name, _Face(paragraph)).count += len(run.text.strip())
    return dict(sorted(found.items()))


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
    drawn = _drawn_with_feet(word)
    for name, face in _faces(word).items():
        if _has_feet(name, drawn):
            params: Params = {"family": name, "count": face.count}
            yield Finding("LP-002", Severity.WARNING, {**at(face.first), **params})


def _has_feet(name: str, drawn: frozenset[str]) -> bool:
    return bool(_SERIF.search(name)) or name.lower() in drawn


def _drawn_with_feet(word: Word) -> frozenset[str]:
    """Name the faces that the file itself says have serifs, are written by hand, or of one width.

    PANOSE: a kind of 2 is text, 3 a hand; then serifs (2 to 10: feet); the fourth, 9 for one width.
    """
    table = word.part("word/fontTable.xml")
    found = set()
    for font in table.iter(f"{W}font") if table is not None else ():
        panose = font.find(f"{W}panose1")
        digits = panose.get(f"{W}val", "") if panose is not None else ""
        kind, serif, width = digits[:2], digits[2:4], digits[6:8]
        has_feet = "02" <= serif <= "09" or serif.upper() == "0A"
        if kind == "03" or (kind == "02" and (has_feet or width == "09")):
            found.add(font.get(f"{W}name", "").lower())
    return frozenset(found)


def absent_faces(word: Word) -> Iterator[Finding]:
    """LP-003: a rare typeface is embedded, or the reader's machine puts another in its place."""
    table = word.part("word/fontTable.xml")
    embedded = {
        font.get(f"{W}name", "").lower()
        for font in (table.iter(f"{W}font") if table is not None else ())
        if font.find(f"{W}embedRegular") is not None
    }
    drawn = _drawn_with_feet(word)
    for name, face in _faces(word).items():
        if name.lower() not in embedded | _EVERYWHERE and not _has_feet(name, drawn):
            yield Finding("LP-003", Severity.WARNING, {**at(face.first), "family": name})


RULES = (serif_faces, absent_faces)
