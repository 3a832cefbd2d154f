"""Tables laid out: every place has its cell, its headers and its turn."""

from hypothesis import given, settings
from hypothesis import strategies as st

from ess_access.document.build import cell, dl, figure, h, ol, p, quote, strong, table, ul
from ess_access.document.inlines import plain_text
from ess_access.document.nodes import (
    Cell,
    CodeBlock,
    Division,
    Image,
    PageBreak,
    Rule,
    Table,
    Text,
)
from ess_access.transforms.tables import flattened, grid, headers_of, linearised


def said(found: Table) -> list[tuple[str, list[tuple[str, str]]]]:
    return [
        (
            plain_text(row.title),
            [
                (plain_text(entry.header), plain_text(flattened(entry.children)))
                for entry in row.entries
            ],
        )
        for row in linearised(found)
    ]


GUARANTEES = table(
    (cell("Acte", header=True, row_span=2), cell("Remboursement", header=True, col_span=2)),
    ("Formule 1", "Formule 2"),
    (cell("Optique", header=True, row_span=2), "10 €", "20 €"),
    (cell("30 €", col_span=2),),
    (cell("Soins courants", header=True, col_span=3),),
    (cell("Consultation", header=True), "5 €", ""),
    head_rows=2,
)


def test_every_place_of_the_rectangle_has_a_cell() -> None:
    places = grid(GUARANTEES)
    assert [len(row) for row in places] == [3] * 6
    assert plain_text(flattened(places[1][0].cell.children)) == "Acte"
    assert not places[1][0].is_origin
    assert (places[3][2].row, places[3][2].column, places[3][2].is_origin) == (3, 2, False)
    assert grid(Table(())) == ()


def test_headers_come_from_the_columns_then_the_rows() -> None:
    def names(row: int, column: int) -> list[str]:
        found = headers_of(GUARANTEES, row, column)
        return [plain_text(flattened(header.children)) for header in found]

    assert names(2, 1) == ["Remboursement", "Formule 1", "Optique"]
    assert names(3, 2) == ["Remboursement", "Formule 2", "Optique"]
    assert names(5, 1) == ["Remboursement", "Formule 1", "Soins courants", "Consultation"]
    assert names(1, 1) == ["Remboursement"]
    assert names(0, 0) == []


def test_rows_are_said_with_the_names_of_their_columns() -> None:
    assert said(GUARANTEES) == [
        ("Optique", [("Remboursement, Formule 1", "10 €"), ("Remboursement, Formule 2", "20 €")]),
        ("Optique", [("Remboursement, Formule 1, Formule 2", "30 €")]),
        ("Soins courants", []),
        ("Consultation", [("Remboursement, Formule 1", "5 €"), ("Remboursement, Formule 2", "")]),
    ]
    assert plain_text(linearised(GUARANTEES)[0].title_header) == "Acte"


def test_a_table_without_headers_is_said_cell_after_cell() -> None:
    assert said(table(("a", "b"), ("c", "d"), head_rows=0)) == [
        ("", [("", "a"), ("", "b")]),
        ("", [("", "c"), ("", "d")]),
    ]


def test_an_empty_corner_says_that_the_first_column_names_the_rows() -> None:
    found = table(("", "2023", "2024"), ("Adultes", "1", "2"), ("Enfants", "3", "4"))
    assert said(found) == [
        ("Adultes", [("2023", "1"), ("2024", "2")]),
        ("Enfants", [("2023", "3"), ("2024", "4")]),
    ]
    assert [plain_text(flattened(c.children)) for c in headers_of(found, 2, 1)] == [
        "2023",
        "Enfants",
    ]


def test_a_table_that_is_all_head_loses_nothing() -> None:
    assert said(table(("a", "b"))) == [("", [("", "a"), ("", "b")])]


def test_a_row_that_is_short_is_filled_with_empty_cells() -> None:
    found = table(("a", "b"), ("c",))
    assert said(found) == [("", [("a", "c"), ("b", "")])]


def test_flattening_leaves_no_word_out() -> None:
    words = flattened(
        (
            h(2, "un"),
            p("deux ", strong("trois")),
            ul("quatre", "cinq"),
            ol("six"),
            dl(("sept", "huit")),
            quote("neuf"),
            CodeBlock("dix"),
            figure(Image(None, "onze"), "douze"),
            Division("aside", "", (Text("treize"),), (p("quatorze"),)),
            table(("quinze", "seize"), caption="dix-sept"),
            Rule(),
            PageBreak(),
        )
    )
    assert plain_text(words) == (
        "un deux trois quatre, cinq six sept: huit neuf dix onze douze treize quatorze "
        "dix-sept quinze, seize"
    )


spans = st.integers(1, 4)
cells = st.builds(
    lambda text, down, across, header: Cell((p(text),), down, across, header),
    st.sampled_from("abcdef"),
    spans,
    spans,
    st.booleans(),
)
tables = st.builds(
    lambda rows, head: Table(tuple(tuple(row) for row in rows), min(head, len(rows))),
    st.lists(st.lists(cells, max_size=4), max_size=5),
    st.integers(0, 2),
)


@settings(max_examples=200, deadline=None)
@given(tables)
def test_any_table_is_a_rectangle_that_holds_each_cell_once(found: Table) -> None:
    places = grid(found)
    assert len({len(row) for row in places}) <= 1
    origins = [
        place.cell for row in places for place in row if place.is_origin and place.cell.children
    ]
    assert origins == [cell_ for row in found.rows for cell_ in row]
    for number, row in enumerate(places):
        for column, place in enumerate(row):
            assert (place.row, place.column) == (number, column)
            headers_of(found, number, column)
    if found.rows:
        head = found.head_rows if found.head_rows < len(found.rows) else 0
        assert len(linearised(found)) == len(found.rows) - head


def test_a_table_in_a_cell_keeps_its_caption_and_its_summary() -> None:
    inner = Table((), 0, (Text("Légende"),), "Résumé")

    assert plain_text(flattened((inner,))) == "Légende Résumé"
