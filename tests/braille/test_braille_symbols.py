"""The page of transcriber's notes that tells the signs out of the ordinary (2.5, 3.6d)."""

from pathlib import Path

import pytest

from braille_texts import cells, edition
from ess_access.api.backend import Workspace
from ess_access.backends.braille import BrailleBackend, BrailleOptions
from ess_access.backends.braille.cells import code
from ess_access.document.build import doc, h, lang, p, table
from ess_access.document.nodes import Block, Document

LONG = [block for n in range(14) for block in (h(1, f"Partie {n}"), p("un mot " * 160))]


def rows(*blocks: Block, symbols: str = "always", grade: int = 1) -> list[str]:
    """Give the rows of the first page."""
    options = BrailleOptions(symbols=symbols, grade=grade)  # type: ignore[arg-type]  # by name
    made = edition(doc(*blocks), options)
    return [row.cells.replace("\u2800", "·") for row in made.volumes[0].pages[0].rows]


def test_the_page_names_the_code_and_each_sign_after_the_full_cell_3_6d() -> None:
    assert rows(p("El Niño et Müller → Škoda, π ≤ 4.")) == [
        "···⠨⠝⠕⠞⠑⠎·⠙⠥·⠞⠗⠁⠝⠎⠉⠗⠊⠏⠞⠑⠥⠗",
        "",
        "··⠨⠉⠑⠞·⠕⠥⠧⠗⠁⠛⠑·⠁·⠿⠞⠿·⠞⠗⠁⠝⠎⠉⠗⠊⠞",
        "⠎⠑⠇⠕⠝·⠇⠑·⠒⠸⠨⠉⠕⠙⠑·⠃⠗⠁⠊⠇⠇⠑",
        "⠋⠗⠁⠝⠯⠁⠊⠎·⠸⠥⠝⠊⠋⠕⠗⠍⠊⠎⠿·⠦⠨⠨⠉⠃⠋⠥⠴⠲",
        "",
        "····⠨⠎⠽⠍⠃⠕⠇⠑⠎·⠎⠏⠿⠉⠊⠁⠥⠭",
        "··⠿⠻·⠝·⠞⠊⠇⠙⠑",
        "··⠿⠒⠒⠕·⠋⠇⠮⠉⠓⠑·⠧⠑⠗⠎·⠇⠁·⠙⠗⠕⠊⠞⠑",
        "··⠿⠘⠏·⠏⠊",
        "··⠿⠘⠣·⠊⠝⠋⠿⠗⠊⠑⠥⠗·⠕⠥·⠿⠛⠁⠇·⠷",
        "··⠎·⠉⠁⠗⠕⠝⠒·⠿⠉⠗⠊⠞·⠎",
    ]


def test_signs_in_tables_signs_of_music_and_spanish_letters_are_told() -> None:
    found = rows(p("le ré♭ et ", lang("es", "café")), table(("Largeur", "Prix"), ("2 µm", "3 £")))

    assert "··⠿⠘⠍·⠍⠥⠂·⠍⠊⠉⠗⠕⠝" in found
    assert "··⠿⠘⠇·⠇⠊⠧⠗⠑" in found
    assert "··⠿⠠⠄⠣·⠃⠿⠍⠕⠇" in found
    assert found[-2:] == ["··⠿⠮·⠑·⠁⠉⠉⠑⠝⠞·⠁⠊⠛⠥⠂·⠑⠝", "····⠑⠎⠏⠁⠛⠝⠕⠇"]


def test_letters_of_other_scripts_are_told_together() -> None:
    found = "".join(rows(p("Москва, Łódź, Việt")))

    assert found.count(cells("écritures").replace("\u2800", "·")) == 1
    assert "⠇·⠃⠁⠗⠗⠿⠒·⠿⠉⠗⠊⠞·⠇" in found
    assert "⠵·⠁⠉⠉⠑⠝⠞·⠁⠊⠛⠥⠒·⠿⠉⠗⠊⠞·⠵" in found


@pytest.mark.parametrize(("symbols", "blocks"), [("auto", [p("Niño")]), ("never", LONG)])
def test_a_short_or_an_ordinary_edition_has_no_such_page(symbols: str, blocks: list[Block]) -> None:
    assert "⠨⠝⠕⠞⠑⠎·⠙⠥·⠞⠗" not in "".join(rows(*blocks, p("Niño"), symbols=symbols))


def test_an_edition_without_rare_signs_has_no_such_page() -> None:
    assert rows(p("Un mot à 5 €, « ici » !")) == ["··⠨⠥⠝·⠍⠕⠞·⠷·⠠⠱·⠘⠑⠂·⠶⠊⠉⠊⠶⠖"]


def test_it_stands_between_title_page_and_contents_of_the_first_volume(tmp_path: Path) -> None:
    document: Document = doc(*LONG, p("Niño"), title="Guide")
    options = BrailleOptions(volume_pages=14)
    made = edition(document, options)
    first, second = made.volumes[0].pages, made.volumes[1].pages

    assert len(made.volumes) > 1
    assert "⠨⠝⠕⠞⠑⠎\u2800⠙⠥" in first[1].rows[0].cells
    assert first[1].rows[0].cells.endswith("⠠⠣")
    assert "⠨⠞⠁⠃⠇⠑\u2800⠙⠑⠎" in "".join(row.cells for row in first[2].rows)
    assert "⠨⠝⠕⠞⠑⠎\u2800⠙⠥" not in "".join(row.cells for page in second for row in page.rows)
    backend = BrailleBackend()
    artifacts = backend.render(document, options, Workspace(tmp_path, "guide"))
    assert not list(backend.check(artifacts, document, options))


def test_every_description_is_of_a_sign_of_the_tables() -> None:
    table = code()

    for char in table.descriptions:
        assert table.knows(char) or char in table.music
