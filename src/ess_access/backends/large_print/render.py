"""Check the page itself: what LibreOffice makes of the DOCX, measured."""

import re
import tempfile
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

from ess_access.api.findings import Finding, Severity
from ess_access.backends.large_print.checks.opened import BrokenFileError, Word, opened
from ess_access.backends.large_print.checks.said import decimal
from ess_access.backends.large_print.checks.xml import W
from ess_access.backends.large_print.office import converted, missing_office
from ess_access.backends.large_print.paper import Line, Paper, measured

__all__ = ["check_paper", "render_check"]

_LEAST_SIZE = 15.75  # 16 pt, less the rounding of renderers
_LEAST_GAP = 1.28
_MOST_GAP = 1.52
_WITHIN_PARAGRAPH = 1.9  # sizes: beyond, a new paragraph or a new row
_MOST_CHARACTERS = 70  # RNIB
_EXCERPT = 50
_EMS_A_LETTER = 0.5
_LINE_WIDTH = 440.0  # points: A4 with margins of 2.5 cm, and a hair


def render_check(path: Path) -> Iterator[Finding]:
    """Render a DOCX with LibreOffice, in a fresh profile, and measure its pages."""
    try:
        word = opened(path)
    except BrokenFileError:
        return  # said by who read it as a file
    if missing_office(required=False):
        yield Finding("LP-086", Severity.WARNING, {"missing": "LibreOffice"})
        return
    with tempfile.TemporaryDirectory(prefix="ess-access-render-") as folder:
        paper = measured(converted(path, "pdf", Path(folder)))
    yield from check_paper(paper, word)


def check_paper(paper: Paper, word: Word) -> Iterator[Finding]:
    """Hold the pages against the rules: each fault once, at its first line."""
    yield from _small_text(paper)
    yield from _foreign_fonts(paper, word)
    yield from _gaps(paper)
    yield from _long_lines(paper)
    yield from _wrong_pages(paper, word)
    yield from _broken_words(paper, word)


def _excerpt(text: str) -> str:
    return text if len(text) <= _EXCERPT else text[:_EXCERPT].rstrip() + "…"


def _small_text(paper: Paper) -> Iterator[Finding]:
    """LP-080: no text below 16 pt on the page."""
    smallest = min(paper.lines, key=lambda line: line.smallest, default=None)
    if smallest is not None and smallest.smallest < _LEAST_SIZE:
        yield Finding(
            "LP-080",
            Severity.ERROR,
            {
                "page": smallest.page,
                **decimal("size", smallest.smallest),
                "excerpt": _excerpt(smallest.text),
            },
        )


def _plain_name(name: str) -> str:
    """Fold a font's name: no subset tag, no style, no space."""
    return (
        re.sub(r"[\s_]", "", re.sub(r"^[A-Z]{6}\+", "", name)).split("-")[0].split(",")[0].lower()
    )


def _foreign_fonts(paper: Paper, word: Word) -> Iterator[Finding]:
    """LP-081: the page shows the embedded family, and no other."""
    table = word.part("word/fontTable.xml")
    families = {
        _plain_name(font.get(f"{W}name", ""))
        for font in (table.iter(f"{W}font") if table is not None else ())
        if font.find(f"{W}embedRegular") is not None
    }
    for name, letters in paper.fonts.items():
        plain = _plain_name(name)
        if not any(plain.startswith(family) for family in families):
            params: dict[str, str | int] = {"font": name, "letters": letters[:20]}
            yield Finding("LP-081", Severity.WARNING, params)


def _gaps(paper: Paper) -> Iterator[Finding]:
    """LP-082: baselines 1.3 to 1.5 sizes apart within a paragraph."""
    gaps = [
        (round((above.baseline - below.baseline) / below.size, 2), below)
        for above, below in pairwise(paper.lines)
        if above.page == below.page
        and abs(above.size - below.size) < 0.1
        and abs(above.left - below.left) < 1
    ]
    close = [(gap, line) for gap, line in gaps if 0 < gap < _WITHIN_PARAGRAPH]
    tight = min(close, key=lambda pair: pair[0], default=None)
    if tight is not None and tight[0] < _LEAST_GAP:
        yield _gap_finding(*tight)
    usual = Counter(gap for gap, _ in close).most_common(1)
    if usual and usual[0][0] > _MOST_GAP:
        yield _gap_finding(*next(pair for pair in close if pair[0] == usual[0][0]))


def _gap_finding(gap: float, line: Line) -> Finding:
    params: dict[str, str | int] = {
        "page": line.page,
        "ratio": f"{gap:.2f}",
        "excerpt": _excerpt(line.text),
    }
    return Finding("LP-082", Severity.WARNING, params)


def _long_lines(paper: Paper) -> Iterator[Finding]:
    """LP-083: 70 characters a line at most."""
    longest = max(paper.lines, key=_characters, default=None)
    if longest is not None and _characters(longest) > _MOST_CHARACTERS:
        params: dict[str, str | int] = {
            "page": longest.page,
            "count": _characters(longest),
            "excerpt": _excerpt(longest.text),
        }
        yield Finding("LP-083", Severity.WARNING, params)


def _characters(line: Line) -> int:
    """Count what is read: leader dots of the contents are not."""
    return len(re.sub(r"\.{4,}", "", line.text))


def _wrong_pages(paper: Paper, word: Word) -> Iterator[Finding]:
    """LP-084: each page number of the contents is the page where the heading is."""
    said = [
        (_folded(heading), page)
        for heading, page in (_entry(one.text) for one in word.main if one.in_contents)
        if page
    ]
    position = 0
    for heading, page in said:
        rest = paper.outline[position:]
        step = next(
            (index for index, title in enumerate(rest) if _folded(title.text) == heading), None
        )
        if step is None:
            continue
        position += step + 1
        if rest[step].page != page:
            params: dict[str, str | int] = {
                "heading": rest[step].text,
                "said": page,
                "page": rest[step].page,
            }
            yield Finding("LP-084", Severity.WARNING, params)


def _entry(text: str) -> tuple[str, int]:
    found = re.fullmatch(r"(.*\S)\s+(\d+)\s*", text)
    return (found[1], int(found[2])) if found is not None else (text, 0)


def _folded(text: str) -> str:
    return re.sub(r"\W+", "", text).casefold()


def _broken_words(paper: Paper, word: Word) -> Iterator[Finding]:
    """LP-085: no word goes on in the next line, unless it is longer than any line."""
    known = {found for one in word.paragraphs for found in one.text.split()}
    for above, below in pairwise(paper.lines):
        end, start = above.text.split()[-1], below.text.split()[0]
        whole = end + start
        breaks_well = end.endswith(("-", "/", "\u2013"))
        fits = len(whole) * below.size * _EMS_A_LETTER < _LINE_WIDTH
        if whole in known and fits and not breaks_well and end not in known:
            yield Finding("LP-085", Severity.ERROR, {"page": below.page, "word": whole})
            return
