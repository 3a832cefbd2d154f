"""An edition read again by our own reader: same words in order, same structure."""

from pathlib import Path

import pytest

from ess_access.api import plugins
from ess_access.api.reader import Source
from ess_access.document import walk
from ess_access.document.build import asset, doc, figure, h, lang, note, ol, p, table, ul
from ess_access.document.nodes import (
    Document,
    Heading,
    Image,
    Language,
    ListBlock,
    Note,
    Table,
)
from ess_access.transforms.outline import prepare
from large_print_samples import edition, picture
from support import shared


def read(path: Path) -> Document:
    reader = plugins.load(plugins.READERS, "docx")
    reading = reader.read(Source(path.name, ".docx", path.read_bytes()))
    return prepare(reading.document)[0]


def lost_in_order(source: Document, again: Document) -> list[str]:
    words = list(walk.words(again))
    lost, place = [], 0
    for word in walk.words(source):
        try:
            place = words.index(word, place) + 1
        except ValueError:
            lost.append(word)
    return lost


def kinds(document: Document) -> dict[str, object]:
    blocks = list(walk.blocks_in(document.children))
    inlines = list(walk.inlines_in(document.children))
    return {
        "headings": [one.level for one in blocks if isinstance(one, Heading)],
        "lists": [
            (one.ordered, one.start if one.ordered else 1, len(one.items))
            for one in blocks
            if isinstance(one, ListBlock)
        ],
        "tables": [(len(one.rows), one.head_rows) for one in blocks if isinstance(one, Table)],
        "notes": sum(isinstance(one, Note) for one in inlines),
        "descriptions": [one.alt for one in inlines if isinstance(one, Image)],
        "languages": [one.lang[:2] for one in inlines if isinstance(one, Language)],
    }


def test_a_document_comes_back_whole(tmp_path: Path) -> None:
    drawing = asset(picture())
    source = doc(
        h(1, "Guide"),
        p(
            "Un mot",
            note("La note de ce mot."),
            " puis ",
            lang("en", "please mind the gap between the train and the platform"),
            ".",
        ),
        h(2, "Listes"),
        ul("un", (p("deux"), ol("premier", "second"))),
        ol("sept", "huit", start=7),
        table(("Garantie", "Taux"), ("Optique", "80"), ("Dentaire", "70")),
        figure(Image(drawing.digest, "Un cadre noir")),
        title="Guide",
        assets=(drawing,),
    )
    made = edition(tmp_path, source)
    again = read(made.path)
    assert lost_in_order(made.document, again) == []
    before, after = kinds(made.document), kinds(again)
    headings = before.pop("headings")
    # The heading above the notes is ours.
    assert after.pop("headings") == [*headings, 1]  # type: ignore[misc]  # a list of levels
    assert after == before


@pytest.mark.parametrize(
    "name",
    [
        "cdtn-convocation-a-entretien-prealable.docx",
        "docling-word-sample.docx",
        "mammoth-footnotes.docx",
        "mammoth-text-box.docx",
    ],
)
def test_a_real_document_comes_back_with_every_word_in_order(name: str, tmp_path: Path) -> None:
    source = read(shared("corpus", name))
    made = edition(tmp_path, source)
    again = read(made.path)
    assert lost_in_order(source, again) == []
    before, after = kinds(source), kinds(again)
    for kind in ("notes", "descriptions", "lists"):
        assert after[kind] == before[kind]
