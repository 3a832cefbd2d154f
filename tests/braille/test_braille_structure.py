"""Every kind of node, row by row, beside the sections of the code. A middle dot is a blank cell."""

from braille_texts import edition, shown
from ess_access.backends.braille import BrailleOptions
from ess_access.document.build import (
    cell,
    dl,
    doc,
    em,
    figure,
    h,
    link,
    note,
    ol,
    p,
    quote,
    table,
    ul,
)
from ess_access.document.nodes import (
    Abbreviation,
    Block,
    Code,
    CodeBlock,
    Division,
    Image,
    PageBreak,
    Rule,
    Text,
)


def page(*blocks: Block, **options: object) -> str:
    return shown(doc(*blocks), BrailleOptions(**options))  # type: ignore[arg-type]  # by name


def test_a_title_that_a_later_heading_says_is_written_there_alone() -> None:
    letter = doc(p("Ana"), h(1, "Objet"), p("Venez."), title="Objet")
    rows = [row for row in shown(letter).split("\n") if row]
    assert [row.strip("·") for row in rows] == ["⠨⠁⠝⠁", "⠨⠕⠃⠚⠑⠞", "⠨⠧⠑⠝⠑⠵⠲"]


def test_headings_3_2() -> None:
    # 3.2a, 3.2b: centred; one blank row after; 3.2c: block 5, block 1, 3-1, a blank row before.
    found = page(
        h(1, "Un"),
        p("a"),
        h(2, "Deux"),
        p("b"),
        h(3, "Trois"),
        p("c"),
        h(4, "Quatre"),
        p("d"),
        h(5, "Cinq"),
        p("e"),
    )

    assert found == "\n".join(
        [
            "·············⠨⠥⠝",
            "",
            "··⠁",
            "",
            "············⠨⠙⠑⠥⠭",
            "",
            "··⠃",
            "",
            "····⠨⠞⠗⠕⠊⠎",
            "··⠉",
            "",
            "⠨⠟⠥⠁⠞⠗⠑",
            "··⠙",
            "",
            "··⠨⠉⠊⠝⠟",
            "··⠑",
        ]
    )


def test_a_first_level_heading_within_a_page_has_two_blank_rows_before_it_3_2a() -> None:
    assert page(p("a"), h(1, "Un"), p("b")) == "··⠁\n\n\n·············⠨⠥⠝\n\n··⠃"


def test_a_long_title_is_centred_in_like_lines_3_1a() -> None:
    # Example 1 of the code.
    assert page(h(1, "Les pays d’Amérique du Sud")).split("\n") == [
        "··········⠨⠇⠑⠎·⠏⠁⠽⠎",
        "·····⠙⠄⠨⠁⠍⠿⠗⠊⠟⠥⠑·⠙⠥·⠨⠎⠥⠙",
    ]


def test_a_title_in_capitals_is_written_small_3_2() -> None:
    assert page(h(2, "POURQUOI ?")) == page(h(2, "Pourquoi ?"))


def test_two_rows_at_least_follow_a_heading_on_its_page_3_2() -> None:
    for lines in range(18, 28):
        before = [p("a") for _ in range(lines)]
        made = edition(doc(*before, h(2, "Titre"), p("b"), p("c"), p("d")))
        for found in made.volumes[0].pages:
            rows = [row.cells for row in found.rows]
            at = next((number for number, row in enumerate(rows) if "⠨⠞⠊⠞⠗⠑" in row), None)
            assert at is None or len([row for row in rows[at + 1 :] if row]) >= 2


def test_paragraphs_are_3_1_without_blank_rows_3_1b() -> None:
    assert page(p("La mutuelle vous accueille tous les jours."), p("Venez.")).split("\n") == [
        "··⠨⠇⠁·⠍⠥⠞⠥⠑⠇⠇⠑·⠧⠕⠥⠎·⠁⠉⠉⠥⠑⠊⠇⠇⠑",
        "⠞⠕⠥⠎·⠇⠑⠎·⠚⠕⠥⠗⠎⠲",
        "··⠨⠧⠑⠝⠑⠵⠲",
    ]


def test_a_simple_list_is_1_3_between_blank_rows_3_1c_3_1e() -> None:
    found = page(p("a"), ul("la mutuelle vous accueille tous", "venez"), p("b"))

    assert found.split("\n") == [
        "··⠁",
        "",
        "⠪⠕·⠇⠁·⠍⠥⠞⠥⠑⠇⠇⠑·⠧⠕⠥⠎·⠁⠉⠉⠥⠑⠊⠇⠇⠑",
        "··⠞⠕⠥⠎",
        "⠪⠕·⠧⠑⠝⠑⠵",
        "",
        "··⠃",
    ]


def test_a_numbered_list_keeps_its_numbers_3_1c() -> None:
    assert page(ol("un", "deux", start=9)).split("\n") == ["⠠⠪⠲·⠥⠝", "⠠⠡⠼⠲·⠙⠑⠥⠭"]


def test_a_list_in_letters_or_roman_numerals_keeps_them_3_1c() -> None:
    assert page(ol("un", "deux", form="lower-alpha")).split("\n") == ["⠁⠲·⠥⠝", "⠃⠲·⠙⠑⠥⠭"]
    assert page(ol("a", start=4, form="upper-roman")) == "⠨⠨⠊⠧⠲·⠁"


def test_a_nested_list_sets_its_levels_two_cells_apart_3_1c() -> None:
    # Example 3: four cells of runover before a lower level, two otherwise.
    long = "rapports du conseil multidisciplinaire"
    found = page(ul((p(long), ul(long)), "fin")).split("\n")

    assert found == [
        "⠪⠕·⠗⠁⠏⠏⠕⠗⠞⠎·⠙⠥·⠉⠕⠝⠎⠑⠊⠇",
        "····⠍⠥⠇⠞⠊⠙⠊⠎⠉⠊⠏⠇⠊⠝⠁⠊⠗⠑",
        "··⠪⠕·⠗⠁⠏⠏⠕⠗⠞⠎·⠙⠥·⠉⠕⠝⠎⠑⠊⠇",
        "····⠍⠥⠇⠞⠊⠙⠊⠎⠉⠊⠏⠇⠊⠝⠁⠊⠗⠑",
        "⠪⠕·⠋⠊⠝",
    ]


def test_definitions_stand_under_their_terms() -> None:
    assert page(dl(("mutuelle", "société de personnes, sans but lucratif"))).split("\n") == [
        "⠍⠥⠞⠥⠑⠇⠇⠑",
        "····⠎⠕⠉⠊⠿⠞⠿·⠙⠑·⠏⠑⠗⠎⠕⠝⠝⠑⠎⠂·⠎⠁⠝⠎",
        "··⠃⠥⠞·⠇⠥⠉⠗⠁⠞⠊⠋",
    ]


def test_a_quotation_is_moved_two_cells_between_blank_rows_3_1b() -> None:
    assert page(p("a"), quote("oui"), p("b")).split("\n") == ["··⠁", "", "····⠕⠥⠊", "", "··⠃"]


def test_a_footnote_is_called_after_a_space_and_follows_7_5_3_9() -> None:
    found = page(p("Robert Aron", note("Paris, Fayard, 1954."), ", l’ouvrage."))

    assert found.split("\n") == [
        "··⠨⠗⠕⠃⠑⠗⠞·⠨⠁⠗⠕⠝·⠬⠠⠡⠂",
        "⠇⠄⠕⠥⠧⠗⠁⠛⠑⠲",
        "······⠠⠡⠲·⠨⠏⠁⠗⠊⠎⠂·⠨⠋⠁⠽⠁⠗⠙⠂",
        "····⠠⠡⠪⠱⠹⠲",
    ]


def test_a_picture_is_a_transcriber_s_note_7_5_3_3() -> None:
    found = page(figure(Image(None, "Un plan de la ville"), "Le plan"))

    assert found.split("\n") == [
        "······⠠⠆⠨⠊⠍⠁⠛⠑⠒·⠨⠥⠝·⠏⠇⠁⠝·⠙⠑·⠇⠁",
        "····⠧⠊⠇⠇⠑⠰⠄",
        "······⠨⠇⠑·⠏⠇⠁⠝",
    ]


def test_a_decorative_picture_leaves_nothing() -> None:
    assert page(p("a ", Image(None, ""), "b")) == "··⠁·⠃"


def test_a_box_is_opened_and_closed_by_rules_3_10() -> None:
    found = page(p("a"), Division("note", "", (Text("Par portion"),), (p("Calories"),)), p("b"))

    # Example 23 of the code.
    assert found.split("\n") == [
        "··⠁",
        "",
        "⠶⠶⠶·⠨⠏⠁⠗·⠏⠕⠗⠞⠊⠕⠝·⠶⠶⠶⠶⠶⠶⠶⠶⠶⠶⠶⠶⠶",
        "··⠨⠉⠁⠇⠕⠗⠊⠑⠎",
        "⠛" * 30,
        "",
        "··⠃",
    ]


def test_a_box_in_a_box_has_other_rules_3_10() -> None:
    inner = Division("aside", "", (), (p("b"),))

    assert page(Division("aside", "", (), (inner,))).split("\n") == [
        "⠶" * 30,
        "",
        "⠢" * 30,
        "··⠃",
        "⠊" * 30,
        "",
        "⠛" * 30,
    ]


def test_a_small_table_is_set_in_columns_two_cells_apart_3_8a() -> None:
    found = page(table(("Soin", "Part"), ("Optique", "60 %"), ("Soins", cell())))

    assert found.split("\n") == [
        "······⠠⠆⠨⠇⠑·⠞⠁⠃⠇⠑⠁⠥·⠟⠥⠊·⠎⠥⠊⠞",
        "····⠑⠎⠞·⠞⠗⠁⠝⠎⠉⠗⠊⠞·⠑⠝",
        "····⠉⠕⠇⠕⠝⠝⠑⠎⠲⠰⠄",
        "",
        "⠨⠎⠕⠊⠝·····⠨⠏⠁⠗⠞",
        "⠒⠒⠒⠒⠒⠒⠒⠒··⠒⠒⠒⠒⠒⠒",
        "⠨⠕⠏⠞⠊⠟⠥⠑··⠠⠫⠼·⠐⠬",
        "⠨⠎⠕⠊⠝⠎·⠄⠄·⠿⠿",
    ]


def test_a_wide_table_is_set_in_lines_with_its_headers_3_8b() -> None:
    found = page(table(("Soin", "Part"), ("Optique", "60 %"), ("Soins", cell())), tables="lines")

    assert found.split("\n") == [
        "······⠠⠆⠨⠇⠑·⠞⠁⠃⠇⠑⠁⠥·⠟⠥⠊·⠎⠥⠊⠞",
        "····⠑⠎⠞·⠞⠗⠁⠝⠎⠉⠗⠊⠞·⠑⠝·⠇⠊⠛⠝⠑⠎⠲",
        "····⠨⠑⠝⠤⠞⠣⠞⠑⠎⠒·⠨⠎⠕⠊⠝⠆·⠨⠏⠁⠗⠞⠲⠰⠄",
        "",
        "⠨⠕⠏⠞⠊⠟⠥⠑⠒·⠨⠏⠁⠗⠞⠒·⠠⠫⠼·⠐⠬",
        "⠨⠎⠕⠊⠝⠎⠒·⠨⠏⠁⠗⠞⠒·⠿⠿",
    ]


def test_code_keeps_its_lines_and_its_indents() -> None:
    assert page(CodeBlock("si x\n  fin")).split("\n") == ["⠎⠊·⠭", "··⠋⠊⠝"]


def test_a_rule_is_a_wide_space_3_1b() -> None:
    assert page(p("a"), Rule(), p("b")) == "··⠁\n\n\n··⠃"


def test_a_page_break_begins_a_page() -> None:
    assert page(p("a"), PageBreak(), p("b")).split("\n") == ["··⠁", "··⠃" + "·" * 25 + "⠠⠣"]


def test_a_link_gives_its_address_in_brackets_1_8() -> None:
    found = page(p("Voir ", link("https://x.example/a", "le site"), "."))

    assert found.split("\n") == [
        "··⠨⠧⠕⠊⠗·⠇⠑·⠎⠊⠞⠑",
        "⠦⠓⠞⠞⠏⠎⠒⠌⠌⠭⠲⠑⠭⠁⠍⠏⠇⠑⠌⠁⠴⠲",
    ]


def test_a_link_whose_words_are_its_address_says_it_once() -> None:
    assert page(p(link("https://x.example/", "x.example"))) == "··⠭⠲⠑⠭⠁⠍⠏⠇⠑"


def test_an_abbreviation_is_explained_the_first_time_3_3c() -> None:
    short = Abbreviation("ESS", "économie sociale")

    assert page(p(short, " et ", short)).split("\n") == [
        "··⠨⠨⠑⠎⠎·⠠⠆⠿⠉⠕⠝⠕⠍⠊⠑·⠎⠕⠉⠊⠁⠇⠑⠰⠄",
        "⠑⠞·⠨⠨⠑⠎⠎",
    ]


def test_emphasis_follows_2_2_and_can_be_left_out() -> None:
    assert page(p("un ", em("mot"))) == "··⠥⠝·⠸⠍⠕⠞"
    assert page(p("un ", em("mot")), emphasis="none") == "··⠥⠝·⠍⠕⠞"


def test_code_among_words_keeps_its_signs() -> None:
    assert page(p("la clé ", Code("a_b"))) == "··⠇⠁·⠉⠇⠿·⠁⠐⠤⠃"
