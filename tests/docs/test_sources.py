"""The guides of sources/ are what we ask of others: described, structured, rightly written."""

import re
from itertools import pairwise
from pathlib import Path

import pytest

from ess_access.api.findings import Severity
from ess_access.api.reader import Limits
from ess_access.document.nodes import Definitions, Image, Language, ListBlock, Note, Quote, Table
from ess_access.document.walk import blocks_in, headings, inlines_in, words
from ess_access.pipeline.reading import Understood, read, single
from support import ROOT

SOURCES = sorted(
    path for path in (ROOT / "sources").rglob("*") if path.suffix in (".md", ".html", ".txt")
)
GUIDE = ROOT / "sources" / "guide-accueil.md"


def understood(path: Path) -> Understood:
    return read(single(path), Limits(), {})


def named(path: Path) -> str:
    return path.name


@pytest.mark.parametrize("path", SOURCES, ids=named)
def test_nothing_is_to_be_mended(path: Path) -> None:
    grave = (Severity.ERROR, Severity.WARNING)
    assert [found.code for found in understood(path).findings if found.severity in grave] == []


@pytest.mark.parametrize("path", SOURCES, ids=named)
def test_no_level_is_skipped(path: Path) -> None:
    levels = [heading.level for heading in headings(understood(path).document)]
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


@pytest.mark.parametrize("path", SOURCES, ids=named)
def test_the_telephone_numbers_are_those_of_fiction(path: Path) -> None:
    text = " ".join(words(understood(path).document))
    numbers = re.findall(r"(?:\+33 |0)(\d(?: \d\d){4})", text)
    # Set aside for fiction by ARCEP, in the national numbering plan (decision 2018-0881).
    fiction = ("1 99 00", "2 61 91", "3 53 01", "4 65 71", "5 36 49")
    assert numbers
    assert [number for number in numbers if not number.startswith(fiction)] == []


@pytest.mark.parametrize("path", SOURCES, ids=named)
def test_french_spaces_and_apostrophes_are_right(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    prose = re.sub(r"<[^>]*>|^\|[-:| ]+\|$|^:", "", text, flags=re.MULTILINE)
    assert re.findall(r".{0,20}(?:(?<=\S) [;?!:»%€]|« |[a-zé]'[a-zé]).{0,20}", prose) == []


def test_the_guide_shows_what_a_document_can_hold() -> None:
    document = understood(GUIDE).document
    blocks = tuple(blocks_in(document.children))
    inlines = tuple(inlines_in(document.children))
    assert 1200 <= sum(1 for _ in words(document)) <= 2000
    for kind in (ListBlock, Definitions, Quote, Table):
        assert any(isinstance(block, kind) for block in blocks), kind
    for sort in (Language, Note, Image):
        assert any(isinstance(inline, sort) for inline in inlines), sort
    assert {heading.level for heading in headings(document)} == {1, 2, 3}
    assert all(node.alt for node in inlines if isinstance(node, Image))
