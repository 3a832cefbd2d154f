"""What no author would write: odd characters and odd documents at all sizes of page."""

from dataclasses import replace
from itertools import product
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from braille_texts import cells, edition, rows
from documents_at_random import documents
from ess_access.api.backend import Workspace
from ess_access.api.findings import Finding
from ess_access.backends.braille import BrailleBackend, BrailleOptions
from ess_access.backends.braille.options import PRESETS, page_size
from ess_access.document.build import dl, doc, em, h, lang, link, note, p, table, ul
from ess_access.document.nodes import (
    Abbreviation,
    Block,
    Code,
    CodeBlock,
    Division,
    Document,
    Figure,
    Image,
    LineBreak,
    PageMark,
    Paragraph,
    Script,
    Table,
    Text,
)

ODD = "🙂 日 š ř ★ № ♯ ½ \x00 \t \u00a0 \u202f \u2060 \ufeff \u00ad soft\u00adhyphen fin"
LONG = "x" * 300


def nested(depth: int) -> Block:
    return ul(f"niveau {depth}") if depth == 1 else ul((p(f"niveau {depth}"), nested(depth - 1)))


HARD = doc(
    h(1, "Titre 🙂 ★"),
    p(ODD),
    p(LONG, " ", em("https://exemple.fr/" + "chemin/" * 40)),
    table([f"C{n}" for n in range(12)], [f"valeur {n}" for n in range(12)], caption="Douze"),
    nested(6),
    Table(()),
    p(""),
    p("fin"),
    title="Titre",
)


def said_of(document: Document, options: BrailleOptions) -> list[Finding]:
    """Make the files of an edition, hold each row against the page, and check them."""
    backend = BrailleBackend()
    with TemporaryDirectory() as folder:
        artifacts = backend.render(document, options, Workspace(Path(folder), "f"))
        text = (Path(folder) / "f.braille.txt").read_text(encoding="utf-8")
        width, height = page_size(options)
        for page in text.split("\f"):
            found = page.removesuffix("\n").split("\n")
            assert options.preset == "display" or len(found) <= height
            assert all(len(row) <= width and not row.endswith("\u2800") for row in found)
            assert all("\u2800" <= char <= "\u283f" for row in found for char in row)
        made = [finding for artifact in artifacts for finding in artifact.findings]
        assert backend.preview(document, replace(options, interlined=True)) is not None
        return [*made, *backend.check(artifacts, document, options)]


@pytest.mark.parametrize(
    ("width", "height", "grade", "hyphenation"),
    [
        *product((20, 40), (15, 40), (1, 2), ("none", "syllables")),
        (27, 19, 1, "compounds"),
        (33, 31, 2, "compounds"),
    ],
)
def test_hard_documents_stay_within_the_page_and_lose_nothing(
    width: int, height: int, grade: int, hyphenation: str
) -> None:
    options = BrailleOptions(width=width, height=height, grade=grade, hyphenation=hyphenation)  # type: ignore[arg-type]  # by name
    found = said_of(HARD, options)

    assert {finding.code for finding in found} <= {"BR-002", "BR-003", "BR-004"}
    named = {str(finding.params["char"]) for finding in found if "char" in finding.params}
    assert {"🙂", "日", "š", "ř", "★"} <= named


@pytest.mark.parametrize("preset", sorted(PRESETS))
@pytest.mark.parametrize("grade", [1, 2])
@pytest.mark.parametrize("document", [HARD, doc(), doc(p("")), doc(title="Seul")])
def test_each_preset_takes_hard_and_empty_documents(
    preset: str, grade: int, document: Document
) -> None:
    for front in ("never", "always"):
        options = BrailleOptions(
            preset=preset,  # type: ignore[arg-type]  # by name
            grade=grade,  # type: ignore[arg-type]  # by name
            title_page=front,
            contents=front,
            symbols=front,
        )
        found = {finding.code for finding in said_of(document, options)}

        assert found <= {"BR-002", "BR-003", "BR-004"}


OPTIONS = st.builds(
    BrailleOptions,
    grade=st.sampled_from([1, 2]),
    preset=st.sampled_from(["custom", "custom", *sorted(PRESETS)]),
    width=st.integers(20, 40),
    height=st.integers(15, 40),
    print_pages=st.booleans(),
    page_numbers=st.booleans(),
    title_page=st.sampled_from(["auto", "always"]),
    contents=st.sampled_from(["auto", "always"]),
    symbols=st.sampled_from(["auto", "always"]),
    volume_pages=st.integers(10, 20),
    hyphenation=st.sampled_from(["none", "compounds", "syllables"]),
    capitals=st.sampled_from(["code", "base", "sentence"]),
    tables=st.sampled_from(["auto", "columns", "lines", "steps", "titles", "list", "hybrid"]),
)


@settings(
    max_examples=60,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(document=documents(), options=OPTIONS)
def test_random_documents_stay_within_the_page(document: Document, options: BrailleOptions) -> None:
    found = {finding.code for finding in said_of(document, options)}

    # One in a thousand of such documents is not read back as it is written: BR-120.
    assert found <= {"BR-001", "BR-002", "BR-003", "BR-004", "BR-120"}


READ_BACK = [
    doc(Division("aside", "en", (em(Image(None, None, 'a"')),), ())),
    doc(Paragraph((Script("super", (Text("a"), PageMark(""), Text("a"))),))),
    doc(Paragraph((Script("super", (em("a", Image(None, None, "")),)), Text("a")))),
    doc(Figure(Image(None, None, ""), (Script("super", (Text("a"), Abbreviation("<"))),))),
    doc(p("b"), dl((Script("super", (Text("<b"),)), ()))),
    doc(p(em("b "), "<b")),
    doc(h(1, em("a😀", "a"))),
    doc(Figure(Image(None, 'a"<', "a"))),
    doc(Figure(Image(None, None, "a"), (Script("super", (Text("a"),)),))),
    doc(h(1, em("a"), Script("super", (PageMark(""), Text("a"))))),
    doc(Figure(Image(None, None, ""), (em("b😀"),))),
    doc(Division("aside", "en", (note("<é"),), (CodeBlock("é"),))),
    doc(table(("de la mutuelle", "Taux"), ("d’histoire naturelle", "x")), p("détaillée")),
    doc(Figure(Image(None, "Musée d’histoire naturelle"))),
    doc(h(3, "À qui est-il destiné ?"), p("Ce guide est destiné aux mutuelles.")),
    doc(p("(", link("https://exemple.fr/a", "article R.311-3-1-2"), ").")),
    doc(p("+-----+ | 60 | +-----+ | <5 € |")),
    doc(table(("", "12,50"), ("# %", "| — 10")), p("| A-2 % | 60 1/2 | >6 |")),
]


@pytest.mark.parametrize("grade", [1, 2])
@pytest.mark.parametrize("contents", ["auto", "always"])
@pytest.mark.parametrize("print_pages", [False, True])
@pytest.mark.parametrize("number", range(len(READ_BACK)))
def test_what_stands_beside_signs_and_pictures_is_read_back(
    number: int, contents: str, grade: int, *, print_pages: bool
) -> None:
    options = BrailleOptions(grade=grade, contents=contents, print_pages=print_pages)  # type: ignore[arg-type]  # by name
    assert "BR-120" not in {one.code for one in said_of(READ_BACK[number], options)}


# --- what such documents have taught ----------------------------------------------------------


def text_of(*blocks: Block, **options: object) -> str:
    chosen = BrailleOptions(**options)  # type: ignore[arg-type]  # by name
    return "\n".join(rows(doc(*blocks), chosen)).replace("\u2800", "·")


def test_the_caption_of_a_table_without_rows_is_kept() -> None:
    assert "⠨⠇⠿⠛⠑⠝⠙⠑" in text_of(Table((), caption=(Text("Légende"),)))
    assert "⠨⠗⠿⠎⠥⠍⠿" in text_of(Table((), summary="Résumé"))


def test_the_title_of_a_section_and_the_notes_of_titles_are_kept() -> None:
    for role in ("section", "aside"):
        found = text_of(Division(role, "", (Text("Avis"), note("Voir plus loin.")), (p("a"),)))

        assert "⠨⠁⠧⠊⠎" in found
        assert "⠠⠡⠲·⠨⠧⠕⠊⠗·⠏⠇⠥⠎·⠇⠕⠊⠝⠲" in found


def test_an_address_in_the_title_of_a_box_leaves_no_mark() -> None:
    found = text_of(Division("aside", "", (Code("a.fr"),), (p("b"),)))

    assert "⠶⠶⠶·⠁⠲⠋⠗·⠶" in found


def test_notes_pictures_and_abbreviations_in_raised_words_are_kept() -> None:
    raised = Script(
        "super",
        (
            em("e"),
            note("Sic."),
            Image(None, "logo"),
            Abbreviation("al", "alinéa"),
            em("r", note("Bis.")),
        ),
    )
    found = text_of(p("XX", raised))

    assert "⠨⠨⠭⠭⠈⠑·⠬⠠⠡·⠠⠆" in found
    assert "⠇⠕⠛⠕⠰⠄" in found
    assert "⠈⠁⠇·⠠⠆" in found
    assert "⠠⠣⠲·⠨⠃⠊⠎⠲" in found


def test_a_call_and_a_change_of_page_do_not_run_into_a_word() -> None:
    assert "⠍⠕⠞·⠬⠠⠡·⠎⠥⠊⠞⠑" in text_of(p("mot", note("a"), "suite"))
    assert "⠬⠠⠡·⠸⠎⠥⠊⠞⠑" in text_of(p("mot", note("a"), em("suite")))
    assert "⠬⠠⠡⠂·⠎⠥⠊⠞⠑" in text_of(p("mot", note("a"), ", suite"))
    # 3.4b: the sign of the page goes after the word that it cut.
    assert "⠉⠕⠥⠏⠿·⠐⠒·⠊⠉⠊" in text_of(p("un mot cou", PageMark("2"), "pé ici"), print_pages=True)


@pytest.mark.parametrize("grade", [1, 2])
def test_an_address_within_a_word_or_before_one_leaves_it_whole(grade: int) -> None:
    blocks = (
        p("des ", link("https://a.fr/b", "usager"), "s, et ", link("https://c.fr/d"), "suite"),
        p("un ", link("https://e.fr/f", "an"), em("cien"), " mot"),
    )
    options = BrailleOptions(grade=grade)  # type: ignore[arg-type]  # by name

    assert {finding.code for finding in said_of(doc(*blocks), options)} <= {"BR-004"}
    if grade == 1:
        found = text_of(*blocks)
        assert "⠥⠎⠁⠛⠑⠗⠎·⠦⠓⠞⠞⠏⠎⠒⠌⠌⠁⠲⠋⠗⠌⠃⠴⠂" in found.replace("\n", "·")
        assert "⠙⠴·⠎⠥⠊⠞⠑" in found.replace("\n", "·")


def test_a_page_of_the_print_with_a_long_name_leaves_room_for_the_number() -> None:
    document = doc(p(PageMark(LONG), "mot " * 400))
    made = edition(document, BrailleOptions(width=20, print_pages=True))
    second = made.volumes[0].pages[1].rows[0].cells

    assert len(second) == 20
    assert second.endswith("⠭\u2800\u2800\u2800⠠⠣")


def test_blocks_of_another_language_are_not_contracted_and_have_its_letters() -> None:
    words = (p("the people"),)
    found = text_of(Division("section", "en", (), words), p("les gens"), grade=2)

    assert "⠞⠓⠑·⠏⠑⠕⠏⠇⠑" in found
    assert "⠇⠑⠎" not in found
    assert "⠉⠁⠋⠮" in text_of(Division("aside", "es", (), (p("café"),)))
    assert "⠉⠁⠋⠿" in text_of(Division("aside", "es", (), (p(lang("fr", "café")),)))
    assert "⠞⠓⠑" in "".join(rows(doc(p("the"), lang="en"), BrailleOptions(grade=2)))


def test_a_language_goes_on_after_an_end_of_line_and_within_another() -> None:
    passage = Paragraph((lang("es", "café", LineBreak(), "té ", lang("fr", "thé"), " sé"),))
    found = text_of(passage)

    assert "⠉⠁⠋⠮\n⠞⠮·⠞⠓⠿·⠎⠮" in found


def test_notes_of_the_transcriber_are_in_french_within_a_foreign_passage() -> None:
    assert "⠿⠞⠕⠊⠇⠑" in text_of(p(lang("es", "él ★")))
    assert "⠮⠇" in text_of(p(lang("es", "él ★")))


@pytest.mark.parametrize("hyphenation", ["compounds", "syllables"])
def test_an_operation_is_not_cut_at_its_minus_sign(hyphenation: str) -> None:
    for before in range(8, 20):
        blocks = (p("a" * before, " 10", Script("super", (Text("n-1"),)), " 12-8=4 ici"),)
        found = text_of(*blocks, width=20, hyphenation=hyphenation)

        assert "⠠⠄⠡⠼⠈⠰⠝⠤⠡⠆" in found
        assert "⠠⠡⠣⠤⠳⠶⠹" in found


def test_a_raised_mark_without_words_raises_nothing() -> None:
    assert text_of(p(Script("super", ()), "í")) == "··⠌"


def test_cells_of_an_empty_text_are_none() -> None:
    assert cells("") == cells("\u2060\ufeff") == ""


@pytest.mark.parametrize("grade", [1, 2])
def test_a_row_that_ends_with_a_hyphen_of_its_own_reads_back(grade: int) -> None:
    for before in range(1, 24):
        text = "a" * before + " des soins pré- et post-opératoires, avant-après."
        options = BrailleOptions(width=20, hyphenation="compounds", grade=grade)  # type: ignore[arg-type]  # by name
        found = said_of(doc(p(text), p(text)), options)

        assert {finding.code for finding in found} <= {"BR-004"}, before


def test_a_word_of_two_rows_goes_on_over_a_blank_row_and_a_page() -> None:
    from ess_access.backends.braille.readback import running_text

    pages = [("⠁⠃⠤", "", "⠉⠁⠤"), ("⠃\u2800⠁⠐", "⠃"), ("⠁⠤",)]

    assert list(running_text(pages, 30)) == ["⠁⠃", "⠉⠁⠃\u2800⠁⠃", "⠁"]


def test_signs_that_read_back_as_no_word_are_sought_by_their_cells() -> None:
    from ess_access.backends.braille.readback import lost_words

    document = doc(p("í"), p("ψ"))

    assert lost_words(document, [("⠌", "⠘⠽")], 30, BrailleOptions()) == ()
    assert lost_words(document, [("⠘⠽",)], 30, BrailleOptions()) == ("í",)


def test_words_with_letters_beyond_the_code_are_cut_at_no_syllable() -> None:
    for before in range(8, 20):
        options = BrailleOptions(width=20, hyphenation="syllables")
        found = said_of(doc(p("a" * before + " Kōshirō ★ŵrŵŵrŵ compréhension")), options)

        assert {finding.code for finding in found} <= {"BR-002", "BR-003"}


@pytest.mark.parametrize("first", [16, 17, 18, 19])
def test_a_row_with_less_room_than_a_word_is_worth_waits(first: int) -> None:
    from ess_access.backends.braille.fill import Run

    run = Run("⠁" * 30)

    assert run.take(20 - first, 20) in {"", "⠁" * (19 - first) + "⠤"}
    assert run.take(20, 20)


@pytest.mark.parametrize("grade", [1, 2])
@pytest.mark.parametrize(
    "text",
    [
        "Soit 2x + 3 = 7, ou 2 x 3 = 6, et y = 2x + 3 ; x₁ + x₂ = 5, 10 000 × 3 = 30 000.",
        "AU XIXE SIÈCLE, LE 2E ÉTAGE, LA VIE ET LE IIE SIÈCLE",
        "Très bien ! Par exemple tout à fait, (LA CNAM ET L’URSSAF ICI) « UN DEUX TROIS QUATRE ».",
        "Non !!! Vraiment ?! Hé !… Oh ! ! !",
    ],
)
def test_what_is_written_as_the_code_has_it_is_found_again(text: str, grade: int) -> None:
    options = BrailleOptions(grade=grade)  # type: ignore[arg-type]  # by name

    assert {finding.code for finding in said_of(doc(p(text)), options)} <= {"BR-002", "BR-004"}


@pytest.mark.parametrize("grade", [1, 2])
def test_letters_of_another_language_are_found_again(grade: int) -> None:
    words = "Él habló inglés en el café con José"
    options = BrailleOptions(grade=grade)  # type: ignore[arg-type]  # by name
    for document in (
        doc(p("Il dit : ", lang("es-MX", words), ", déjà.")),
        doc(Division("section", "es", (), (p(words),))),
        doc(p(words), lang="es"),
    ):
        assert {finding.code for finding in said_of(document, options)} <= {"BR-004"}


@pytest.mark.parametrize("grade", [1, 2])
def test_a_title_with_a_hyphen_alone_is_found_again(grade: int) -> None:
    for before in range(1, 26):
        options = BrailleOptions(grade=grade, contents="always")  # type: ignore[arg-type]  # by name
        title = "a" * before + " santé - la mutuelle et vous - suite"
        found = said_of(doc(h(4, title), p("mot " * 99), h(5, title), p(title)), options)

        assert {finding.code for finding in found} <= {"BR-004"}, before


def test_an_address_in_a_foreign_passage_breaks_with_the_sign_of_continuation() -> None:
    address = "https://www.example.org/guide-de-l-accessibilite"
    for hyphenation in ("none", "compounds"):
        found = text_of(p(lang("en", "see ", address)), width=20, hyphenation=hyphenation)

        assert all(row.endswith("\u2810") for row in found.split("\n")[1:-1])


def test_a_name_cut_at_one_of_its_hyphens_is_found_again() -> None:
    for before in range(1, 21):
        text = (
            "a" * before + " dans non-free-firmware, /path/to/emp-dir ou |a1-b2-c3|d-e, 2008-05-09."
        )
        options = BrailleOptions(width=20, hyphenation="compounds")

        assert not said_of(doc(p(text)), options), before
