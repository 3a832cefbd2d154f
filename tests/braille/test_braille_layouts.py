"""Tables by 3.8c to 3.8f, row by row; a middle dot is a blank cell."""

from pathlib import Path
from typing import get_args, get_type_hints

import pytest

from braille_texts import shown
from ess_access.api.backend import Workspace
from ess_access.backends.braille import BrailleBackend, BrailleOptions
from ess_access.backends.braille.edition import make_edition
from ess_access.document.build import cell, doc, note, p, table, ul
from ess_access.document.nodes import Abbreviation, Block, Document, Table

METHODS = get_args(get_type_hints(BrailleOptions)["tables"])
MISSIONS = table(
    ("Sigle", "Opération", "Nombre"),
    ("FNUOD", "Force chargée d’observer le désengagement", "4"),
    ("FINUL", (), "117"),
)


def page(*blocks: Block, method: str) -> list[str]:
    """Give the rows after the blank row that ends the note of the method."""
    found = shown(doc(*blocks), BrailleOptions(tables=method, height=40)).split("\n")  # type: ignore[arg-type]
    return found[found.index("") + 1 :]


def introduction(*blocks: Block, method: str) -> list[str]:
    found = shown(doc(*blocks), BrailleOptions(tables=method, height=40)).split("\n")  # type: ignore[arg-type]
    return found[: found.index("")]


def test_steps_begin_two_cells_further_for_each_column_3_8c() -> None:
    assert page(MISSIONS, method="steps") == [
        "⠨⠨⠋⠝⠥⠕⠙",
        "··⠨⠋⠕⠗⠉⠑·⠉⠓⠁⠗⠛⠿⠑·⠙⠄⠕⠃⠎⠑⠗⠧⠑⠗·⠇⠑",
        "··⠙⠿⠎⠑⠝⠛⠁⠛⠑⠍⠑⠝⠞",
        "····⠠⠹",
        "⠨⠨⠋⠊⠝⠥⠇",
        "··⠿⠿",
        "····⠠⠡⠡⠻",
    ]
    assert introduction(MISSIONS, method="steps")[-4:] == [
        "····⠑⠝⠤⠞⠣⠞⠑⠎·⠎⠥⠊⠧⠁⠝⠞⠎⠒",
        "····⠨⠎⠊⠛⠇⠑",
        "······⠨⠕⠏⠿⠗⠁⠞⠊⠕⠝",
        "········⠨⠝⠕⠍⠃⠗⠑⠰⠄",
    ]


def test_headers_of_rows_and_columns_become_titles_3_8d() -> None:
    # Titles as in 3.2: centred, then block 5; an empty place has no title.
    assert page(MISSIONS, method="titles") == [
        "···········⠨⠨⠋⠝⠥⠕⠙",
        "",
        "····⠨⠕⠏⠿⠗⠁⠞⠊⠕⠝",
        "··⠨⠋⠕⠗⠉⠑·⠉⠓⠁⠗⠛⠿⠑·⠙⠄⠕⠃⠎⠑⠗⠧⠑⠗·⠇⠑",
        "⠙⠿⠎⠑⠝⠛⠁⠛⠑⠍⠑⠝⠞",
        "",
        "····⠨⠝⠕⠍⠃⠗⠑",
        "··⠠⠹",
        "",
        "···········⠨⠨⠋⠊⠝⠥⠇",
        "",
        "····⠨⠝⠕⠍⠃⠗⠑",
        "··⠠⠡⠡⠻",
    ]


def test_columns_become_the_levels_of_a_list_3_8e() -> None:
    # A place that spans rows stands once; the runover is set back by four cells where a lower
    # level follows (3.1c).
    goals = table(
        ("But", "Choix", "Mesures"),
        (
            cell("Améliorer la santé et le bien-être des jeunes", row_span=2),
            "Habitudes",
            cell((ul("école", "sport"),)),
        ),
        ("Société", "Loi"),
    )

    assert page(goals, method="list") == [
        "⠨⠁⠍⠿⠇⠊⠕⠗⠑⠗·⠇⠁·⠎⠁⠝⠞⠿·⠑⠞·⠇⠑",
        "····⠃⠊⠑⠝⠤⠣⠞⠗⠑·⠙⠑⠎·⠚⠑⠥⠝⠑⠎",
        "··⠨⠓⠁⠃⠊⠞⠥⠙⠑⠎",
        "····⠪⠕·⠿⠉⠕⠇⠑",
        "····⠪⠕·⠎⠏⠕⠗⠞",
        "··⠨⠎⠕⠉⠊⠿⠞⠿",
        "····⠨⠇⠕⠊",
    ]


def test_a_first_column_in_blocks_has_its_line_under_it_3_8f() -> None:
    figures = table(
        ("Branche", "2002", "2003"),
        ("Ensemble des branches d’activité", "15 310,4", "15 672,3"),
        ("Services", (), "8,1"),
    )

    assert page(figures, method="hybrid") == [
        "⠨⠑⠝⠎⠑⠍⠃⠇⠑·⠙⠑⠎·⠃⠗⠁⠝⠉⠓⠑⠎",
        "⠙⠄⠁⠉⠞⠊⠧⠊⠞⠿",
        "····⠠⠡⠱⠄⠩⠡⠼⠂⠹⠆·⠠⠡⠱⠄⠫⠻⠣⠂⠩",
        "⠨⠎⠑⠗⠧⠊⠉⠑⠎",
        "····⠿⠿⠆·⠠⠳⠂⠡",
    ]
    assert introduction(figures, method="hybrid")[-2:] == [
        "····⠨⠃⠗⠁⠝⠉⠓⠑⠒",
        "····⠠⠣⠼⠼⠣⠆·⠠⠣⠼⠼⠩⠰⠄",
    ]


def test_a_table_of_more_columns_than_steps_can_show_is_set_in_lines() -> None:
    wide = table([f"C{n}" for n in range(6)], [str(n) for n in range(6)])

    assert page(wide, method="steps") == page(wide, method="lines")
    assert page(wide, method="list") == page(wide, method="lines")


def test_a_table_without_headers_has_none_in_its_note() -> None:
    bare = table(("un", "deux"), ("trois", "quatre"), head_rows=0)

    for method in ("steps", "list", "titles", "hybrid"):
        note_rows = introduction(bare, method=method)
        assert "⠒" not in "".join(note_rows)
        assert note_rows[-1].endswith("⠲⠰⠄")


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("grade", [1, 2])
def test_no_method_loses_a_word_or_a_note(tmp_path: Path, method: str, grade: int) -> None:
    tables: tuple[Table, ...] = (
        MISSIONS,
        table(
            (cell((p("Soin", note("Selon l’âge.")),), col_span=2), "Part"),
            (cell("Optique", row_span=2), "verres", (p("60 %", note("Par an.")), p("au plus"))),
            ("montures", (ul("cent", "deux cents"),)),
            caption="Remboursements",
        ),
        table(("Groupe", "Total"), (cell("Hauts-de-France", header=True, col_span=2),), ("a", "b")),
        table(("seul",), ("mot",)),
        table((), ()),
        Table(()),
    )
    document: Document = doc(p("avant"), *tables, p("après"))
    options = BrailleOptions(tables=method, grade=grade)  # type: ignore[arg-type]  # by name
    backend = BrailleBackend()
    artifacts = backend.render(document, options, Workspace(tmp_path, "tables"))
    found = {finding.code for finding in backend.check(artifacts, document, options)}

    assert found <= {"BR-004"}
    cells = (tmp_path / "tables.braille.txt").read_text(encoding="utf-8")
    assert cells.count("⠬⠠⠡") == cells.count("⠬⠠⠣") == 1


@pytest.mark.parametrize("width", range(20, 41))
@pytest.mark.parametrize("method", ["auto", "columns"])
def test_a_column_that_holds_nothing_but_parts_of_wider_cells_has_its_cell(
    width: int, method: str
) -> None:
    wide = (cell("avril", col_span=2), "mai et juin", "juillet")
    options = BrailleOptions(width=width, tables=method)  # type: ignore[arg-type]  # by name
    for rows in ((wide,), (wide, (cell("un", col_span=2), "deux", "trois"))):
        found = shown(doc(table(*rows)), options)

        assert max(map(len, found.split("\n"))) <= width
        assert "⠁⠧⠗⠊⠇" in found
        assert "⠚⠥⠊⠇⠇⠑⠞" in found


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("is_all_head", [True, False])
def test_what_a_table_explains_is_said_however_it_is_set(method: str, *, is_all_head: bool) -> None:
    head = (Abbreviation("RGAA", "référentiel général"), "Effet sur les personnes")
    body = (Abbreviation("RGPD", "règlement général"), "Ce qui oblige les entreprises à prévenir")
    rows = (head,) if is_all_head else (head, body, body)
    for width in (20, 40):
        options = BrailleOptions(tables=method, width=width)  # type: ignore[arg-type]  # by name
        found = shown(doc(table(*rows)), options).replace("\n", "·")

        assert found.count("⠗⠿⠋⠿⠗⠑⠝⠞⠊⠑⠇") == 1
        assert is_all_head or found.count("⠗⠮⠛⠇⠑⠍⠑⠝⠞") == 1


def test_a_letter_of_a_table_too_wide_for_columns_is_counted_once() -> None:
    text = "Une phrase bien trop longue pour une colonne, avec ř dedans, et plus encore"
    (found,) = make_edition(doc(table((text, text.replace("ř", "r")))), BrailleOptions()).findings

    assert found.params["count"] == 1
