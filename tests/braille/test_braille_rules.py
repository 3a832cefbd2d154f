"""The rules of the code on words that it does not print: one row each, with its section."""

import pytest

from braille_texts import GOLDEN, cells, rows
from ess_access.backends.braille import BrailleOptions
from ess_access.backends.braille.cells import BLANK
from ess_access.backends.braille.edition import make_edition
from ess_access.backends.braille.interlined import print_words
from ess_access.backends.braille.liblouis import liblouis
from ess_access.backends.braille.marks import FILL, without_marks
from ess_access.backends.braille.mending import mend
from ess_access.backends.braille.translator import Translator
from ess_access.document.build import doc, h, p, table

_LINES = (GOLDEN / "rules.tsv").read_text(encoding="utf-8").splitlines()
ROWS = [line.split("\t") for line in _LINES if line and not line.startswith("#")]


@pytest.mark.parametrize(
    ("section", "print_text", "expected"), ROWS, ids=[f"{row[0]} {row[1]}"[:60] for row in ROWS]
)
def test_a_rule_of_the_code_holds_for_other_words(
    section: str, print_text: str, expected: str
) -> None:
    assert cells(print_text) == expected, section


def test_a_blank_to_fill_is_shown_as_strokes_in_print() -> None:
    mended = mend("Nom : ........ et prénom : ____")

    assert mended.count(FILL) == 2
    assert without_marks(mended) == "Nom: ___ et prénom: ___"


@pytest.mark.parametrize("text", ["Il hésite...", "Fin....", "un … deux", "_un_", "__init__"])
def test_an_ellipsis_or_a_stroke_is_no_blank_to_fill(text: str) -> None:
    assert FILL not in mend(text)


def test_an_ordinal_and_a_unit_are_no_terms_of_a_sum() -> None:
    assert " + " in mend("5 g + 3 g")
    assert " + " in mend("la 2e + la 3e")


def test_every_sign_of_money_has_a_name() -> None:
    translator = Translator(liblouis())
    for sign in "₣₤₦₧₩₪₫₭₮₱₲₴₵₸₹₺₽₾":
        translator.cells(f"5 {sign}")

    assert not [name for name in translator.met.signs.values() if name.startswith("U+")]


def test_columns_stand_one_cell_apart_where_two_do_not_fit_3_8a() -> None:
    words = table(["abcdefgh", "ijklmnop", "qrstuvwx"], ["abcdefg", "hijklmno", "pqrstuvw"])
    wide = [row for row in rows(doc(words), BrailleOptions(width=28)) if row.startswith("⠁⠃⠉")]
    tight = [row for row in rows(doc(words), BrailleOptions(width=26)) if row.startswith("⠁⠃⠉")]

    assert wide[0] == "⠁⠃⠉⠙⠑⠋⠛⠓⠀⠀⠊⠚⠅⠇⠍⠝⠕⠏⠀⠀⠟⠗⠎⠞⠥⠧⠺⠭"
    assert tight[0] == "⠁⠃⠉⠙⠑⠋⠛⠓⠀⠊⠚⠅⠇⠍⠝⠕⠏⠀⠟⠗⠎⠞⠥⠧⠺⠭"


def test_a_locution_written_as_one_word_keeps_its_print_under_its_row() -> None:
    words = "Il est tout à fait sûr, par exemple, que peu à peu tout de suite parce que lundi."
    options = BrailleOptions(grade=2, width=20)
    made = make_edition(doc(p(" ".join([words] * 3))), options, trace=True)
    translator = Translator(liblouis(), 2)

    found = [row for page in made.volumes[0].pages for row in page.rows]

    assert len(found) > 5
    for row in found:
        assert translator.cells(row.print) == row.cells.strip(BLANK)


def test_words_that_do_not_answer_their_cells_are_given_as_they_stand() -> None:
    assert print_words("⠁⠀⠃", "un deux trois") == ["un", "deux", "trois"]


def test_a_page_whose_first_row_bears_no_number_has_no_blanks_there() -> None:
    document = doc(h(1, "Titre"), p("mots " * 200))
    found = rows(document, BrailleOptions(print_pages=True, page_numbers=False))

    assert found
    assert all(row == row.rstrip(BLANK) for row in found)


@pytest.mark.parametrize(
    "text",
    [
        *("#1", "2âge", "18h30", "2a2i", "J4K 5G4", "36 000", "01 44 49 35 35", "1er", "XIXe"),
        *("S.N.C.F.", "LECTEUR·RICE", "PME/TPE", "R&D", "UNESCO", "McDonald", "iPhone", "µm"),
        *("www.exemple.fr", "info@exemple.fr", "C:\\Windows\\Win.ini", "mon_fichier.docx"),
        *("lecteur·rice", "directeur(trice)", "10<sup>n-1</sup>", "m²", "H₂O", "1914-1918"),
    ],
)
def test_numbers_addresses_and_sigles_are_in_full_in_contracted_braille(text: str) -> None:
    # 1.1b, 1.2d, 1.5b, 1.8; among words, whose contractions may reach beside them.
    assert cells(text, 2) == cells(text)
    assert cells(f"pour {text} avec", 2).split("\u2800")[1:-1] == cells(text).split("\u2800")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("aïeul", "⠰⠁⠻⠑⠥⠇"),
        ("L’aïeul", "⠰⠨⠇⠄⠁⠻⠑⠥⠇"),
        ("« <em>Aïe !</em> »", "⠰⠶⠸⠨⠁⠻⠑⠖⠶"),
        ("<em>b</em>", "⠰⠸⠃"),
    ],
)
def test_the_indicator_of_base_value_stands_before_any_other_sign_1_7c(
    text: str, expected: str
) -> None:
    assert cells(text, 2) == expected


@pytest.mark.parametrize(
    ("text", "is_raised"),
    [
        ("ARTICLE 1ER", True),
        ("LE 2E ÉTAGE", True),
        ("LA 3ÈME FOIS", True),
        ("AU XXE SIÈCLE", True),
        ("FRANÇOIS IER", True),
        ("LA VIE EST", False),
        ("SALLE 2E", False),
        ("L’ÉCOLE IIE", False),
        ("LIRE", False),
    ],
)
def test_an_ordinal_in_capitals_is_raised_as_others_1_5(text: str, *, is_raised: bool) -> None:
    assert ("⠈" in cells(text)) == is_raised


def test_the_print_under_the_cells_says_what_is_raised_or_lowered() -> None:
    said = Translator(liblouis()).translate("12 m², 10⁻³, H₂O, XIXe ★")

    assert said.print == "12\u00a0m², 10⁻³, H₂O, XIXe [étoile]"
