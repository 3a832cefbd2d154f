"""Rows, pages and volumes: properties at every width, nasty characters, hard words."""

import re
import threading
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from braille_texts import edition, rows, shown
from ess_access.api.backend import Workspace
from ess_access.api.findings import Severity
from ess_access.backends.braille import BrailleBackend, BrailleOptions
from ess_access.backends.braille.alphabets import ALPHABETS, decode_table, encode_table
from ess_access.backends.braille.liblouis import liblouis
from ess_access.backends.braille.readback import lost_words
from ess_access.backends.braille.translator import Translator
from ess_access.document.build import doc, em, h, lang, link, note, ol, p, quote, strong, table, ul
from ess_access.document.nodes import Block, Document, LineBreak, PageMark

BLANK = "\u2800"

VOCABULARY = """
la mutuelle accueille chaque personne avec attention 2014 36 000 salarié·e·s usager.ère.s ESS
L’EUROPE « oui » 18h30 20 % 1er XIXe accueil@mutuelle.example.org et/ou l’été W3C
anticonstitutionnellement https://www.example.org/une/adresse/assez/longue.html
"""
WORDS = st.sampled_from(VOCABULARY.split())
TEXTS = st.lists(WORDS, min_size=1, max_size=40).map(" ".join)
BLOCKS = st.one_of(
    TEXTS.map(p),
    st.builds(h, st.integers(1, 6), TEXTS),
    st.lists(TEXTS, min_size=1, max_size=4).map(lambda items: ul(*items)),
    st.lists(TEXTS, min_size=1, max_size=4).map(lambda items: ol(*items, start=9)),
    st.builds(lambda a, b, c: ul((p(a), ul(b, (p(c), ol(a)))), b), TEXTS, TEXTS, TEXTS),
    TEXTS.map(quote),
    st.builds(lambda a, b: p(a, " ", em(b), " ", strong(a), note(b), "."), TEXTS, TEXTS),
    st.builds(lambda a, b: table((a, b), (b, a), (a, a)), TEXTS, TEXTS),
)
DOCUMENTS = st.lists(BLOCKS, min_size=1, max_size=8).map(lambda blocks: doc(*blocks))


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    document=DOCUMENTS,
    width=st.integers(20, 40),
    height=st.integers(15, 40),
    hyphenation=st.sampled_from(["none", "compounds", "syllables"]),
)
def test_rows_fit_pages_fit_and_no_word_is_lost(
    document: Document, width: int, height: int, hyphenation: str
) -> None:
    options = BrailleOptions(width=width, height=height, hyphenation=hyphenation)  # type: ignore[arg-type]  # the strategy gives the choices
    made = edition(document, options)
    pages = [[row.cells for row in page.rows] for volume in made.volumes for page in volume.pages]

    for page in pages:
        assert 0 < len(page) <= height
        for row in page:
            assert len(row) <= width
            assert row == row.rstrip(BLANK)
            assert re.fullmatch("[\u2800-\u283f]*", row)
    assert not lost_words(document, pages, width, options)


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=60))
def test_any_text_becomes_six_dot_cells(text: str) -> None:
    found = rows(doc(p(text)))

    assert all(re.fullmatch("[\u2800-\u283f]*", row) and len(row) <= 30 for row in found)


@pytest.mark.parametrize("alphabet", sorted(ALPHABETS))
def test_brf_to_cells_to_brf_is_the_identity(alphabet: str) -> None:
    cells = "".join(map(chr, range(0x2800, 0x2840)))
    text = cells.translate(encode_table(alphabet))

    assert len(set(text)) == 64
    assert text.translate(decode_table(alphabet)) == cells
    assert text.translate(decode_table(alphabet)).translate(encode_table(alphabet)) == text


# --- nasty input ---------------------------------------------------------------------------------


def test_an_empty_document_is_an_empty_edition(tmp_path: Path) -> None:
    backend = BrailleBackend()
    artifacts = backend.render(doc(), BrailleOptions(), Workspace(tmp_path, "vide"))

    assert [path.read_bytes() for path in sorted(tmp_path.glob("*.brf"))] == [b""]
    assert not list(backend.check(artifacts, doc(), BrailleOptions()))
    assert backend.preview(doc(), BrailleOptions()) == ""


def test_strange_characters_are_written_or_dropped_with_a_finding() -> None:
    made = edition(doc(p("a 🙂 日 š ř ★ № \t b\u00a0c\u202fd e\u2060f g\u00adh \ufeffi")))
    text = BLANK.join(row.cells for page in made.volumes[0].pages for row in page.rows)
    said = {finding.params["char"]: finding.code for finding in made.findings}

    assert said == {"🙂": "BR-003", "日": "BR-003", "★": "BR-003", "š": "BR-002", "ř": "BR-002"}
    assert liblouis().back_translate(text.strip(BLANK)).split()[-4:] == ["b", "c", "d", "ef"] or (
        "⠃⠀⠉⠀⠙⠀⠑⠋⠀⠛⠓⠀⠊" in text
    )


def test_a_nul_does_not_cut_the_text() -> None:
    assert rows(doc(p("avant\x00après"))) == rows(doc(p("avantaprès")))


def test_a_word_of_three_hundred_letters_is_broken_with_hyphens() -> None:
    found = rows(doc(p("a" * 300)))

    assert all(len(row) == 30 and row.endswith("⠤") for row in found[:-1])
    assert "".join(row.strip(BLANK).removesuffix("⠤") for row in found) == "⠁" * 300


def test_an_address_longer_than_a_row_goes_on_with_dot_five() -> None:
    found = rows(doc(p("http://www.inlb.qc.ca/braille/index.aspx")))

    assert found == ["⠀⠀⠓⠞⠞⠏⠒⠌⠌⠺⠺⠺⠲⠊⠝⠇⠃⠲⠟⠉⠲⠉⠁⠌⠐", "⠃⠗⠁⠊⠇⠇⠑⠌⠊⠝⠙⠑⠭⠲⠁⠎⠏⠭"]


def test_an_address_that_fits_a_row_is_not_broken() -> None:
    found = rows(doc(p("Écrivez à accueil@mutuelle.example.org")))

    assert found[-1] == "⠁⠉⠉⠥⠑⠊⠇⠜⠍⠥⠞⠥⠑⠇⠇⠑⠲⠑⠭⠁⠍⠏⠇⠑⠲⠕⠗⠛"


def test_twelve_columns_are_set_in_lines() -> None:
    names = [f"col{number}" for number in range(12)]
    document = doc(table(names, [f"v{number}" for number in range(12)]))

    text = shown(document)

    assert "⠑⠝·⠇⠊⠛⠝⠑⠎" in text
    pages = [[row.cells for row in page.rows] for page in edition(document).volumes[0].pages]
    assert not lost_words(document, pages, 30, BrailleOptions())


def test_six_levels_of_list_stand_one_tabulation_apart() -> None:
    nested = ul("six")
    for word in ("cinq", "quatre", "trois", "deux", "un"):
        nested = ul((p(word), nested))

    indents = [len(row) - len(row.lstrip(BLANK)) for row in rows(doc(nested))]

    assert indents == [0, 2, 4, 6, 8, 10]


def test_passages_in_other_languages_are_not_contracted() -> None:
    french = rows(doc(p("pour la")), BrailleOptions(grade=2))
    english = rows(doc(p(lang("en", "pour la"))), BrailleOptions(grade=2))

    assert french != english
    assert english == rows(doc(p("pour la")))


def test_the_same_document_gives_the_same_rows_twice() -> None:
    document = doc(h(1, "Titre"), p("Un ", em("mot"), " et ", link("https://x.example", "un lien")))

    assert rows(document) == rows(document)


# --- threads -------------------------------------------------------------------------------------


def test_four_threads_of_four_thousand_translations_agree() -> None:
    texts = [f"La personne {number} reçoit {number * 7} € le 1er mars." for number in range(100)]
    translator = Translator(liblouis())
    expected = [translator.cells(text) for text in texts]
    wrong: list[str] = []

    def work() -> None:
        own = Translator(liblouis())
        for number in range(4000):
            at = number % len(texts)
            if own.cells(texts[at]) != expected[at]:
                wrong.append(texts[at])

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert not wrong


# --- pages, volumes, contents ------------------------------------------------------------------


def _guide(chapters: int) -> Document:
    text = "La mutuelle accueille chaque personne avec attention et lui explique ses droits. " * 9
    blocks: list[Block] = [h(1, "Guide de la mutuelle")]
    for number in range(1, chapters + 1):
        blocks += [h(2, f"Chapitre {number}"), p(text), p(text), h(3, f"Détails {number}"), p(text)]
    return doc(*blocks, title="Guide de la mutuelle", authors=("Mutuelle Exemple",))


@pytest.mark.parametrize(
    "options",
    [
        BrailleOptions(),
        BrailleOptions(volume_pages=10),
        BrailleOptions(width=20, height=15, brf_table="tbfr2007"),
        BrailleOptions(contents="always", title_page="always", duplex=True, producer="Atelier"),
        BrailleOptions(preset="display"),
        BrailleOptions(preset="40x25", page_numbers=False, brf_table="cbfr1252"),
        BrailleOptions(hyphenation="syllables"),
        BrailleOptions(grade=2),
    ],
    ids=lambda options: repr(options)[15:60],
)
def test_editions_of_a_long_guide_pass_their_own_checks(
    options: BrailleOptions, tmp_path: Path
) -> None:
    backend = BrailleBackend()
    document = _guide(12)
    artifacts = backend.render(document, options, Workspace(tmp_path, "guide"))

    findings = list(backend.check(artifacts, document, options))

    assert not [found for found in findings if found.severity is Severity.ERROR]


def test_a_short_guide_has_no_title_page_and_no_contents() -> None:
    made = edition(_guide(1))

    assert [volume.front for volume in made.volumes] == [0]


def test_a_long_guide_has_a_title_page_and_contents() -> None:
    made = edition(_guide(12))

    assert made.volumes[0].front >= 2
    assert "⠨⠞⠁⠃⠇⠑⠀⠙⠑⠎⠀⠍⠁⠞⠊⠮⠗⠑⠎" in made.volumes[0].pages[1].rows[0].cells


def test_a_document_without_a_title_shows_none() -> None:
    assert rows(doc(p("Bonjour."))) == ["⠀⠀⠨⠃⠕⠝⠚⠕⠥⠗⠲"]
    assert "⠥⠎⠁⠛⠑⠗⠎" in shown(doc(p("Bonjour."), title="usagers"))


def test_the_pef_of_a_document_without_a_title_bears_its_file_s_name(tmp_path: Path) -> None:
    place = Workspace(tmp_path, "bulletin_d-adhésion")
    BrailleBackend().render(doc(p("Bonjour.")), BrailleOptions(), place)
    pef = (tmp_path / "bulletin_d-adhésion.pef").read_text(encoding="utf-8")
    assert "<dc:title>Bulletin d adhésion</dc:title>" in pef


def test_volumes_begin_at_chapters_and_hold_no_more_than_their_pages() -> None:
    made = edition(_guide(12), BrailleOptions(volume_pages=10))

    assert len(made.volumes) > 2
    assert all(len(volume.pages) <= 10 for volume in made.volumes)
    for volume in made.volumes[1:]:
        first = volume.pages[volume.front].rows
        assert any("⠨⠉⠓⠁⠏⠊⠞⠗⠑" in row.cells for row in first[:2])


def test_page_one_shows_no_number_and_page_two_does_three_cells_from_the_text() -> None:
    pages = edition(_guide(1)).volumes[0].pages

    assert not pages[0].rows[0].cells.endswith("⠠⠡")
    assert re.search("[^\u2800]\u2800{3,}⠠⠣\\Z", pages[1].rows[0].cells)
    assert len(pages[1].rows[0].cells) == 30


def test_print_pages_stand_at_the_left_of_the_first_row() -> None:
    text = "mot " * 400
    document = doc(
        p(PageMark("58"), text), p("Suite ", PageMark("59"), "de la page."), p(PageMark("60"), text)
    )

    pages = edition(document, BrailleOptions(print_pages=True)).volumes[0].pages

    assert [page.rows[0].cells.split(BLANK)[0] for page in pages][:2] == ["⠠⠱⠳", "⠠⠱⠳⠁"]
    assert any("⠤⠫⠼" in page.rows[0].cells for page in pages)
    assert "⠐⠒" in "".join(row.cells for page in pages for row in page.rows)


def test_a_preview_has_the_print_under_each_row() -> None:
    options = BrailleOptions(interlined=True)
    preview = BrailleBackend().preview(doc(p("Bonjour à tous.")), options)

    assert preview == "— Page 1 —\n⠀⠀⠨⠃⠕⠝⠚⠕⠥⠗⠀⠷⠀⠞⠕⠥⠎⠲\nBonjour à tous.\n"


def test_a_line_break_sets_verse() -> None:
    assert shown(doc(p("Rue des Lilas", LineBreak(), "35000 Rennes"))) == (
        "⠨⠗⠥⠑·⠙⠑⠎·⠨⠇⠊⠇⠁⠎\n⠠⠩⠱⠼⠼⠼·⠨⠗⠑⠝⠝⠑⠎"
    )


@pytest.mark.parametrize(
    ("policy", "expected"),
    [
        ("as-written", "les salarié.e.s"),
        ("masculine", "les salariés"),
        ("feminine", "les salariées"),
        ("both", "les salariés et salariées"),
    ],
)
def test_inclusive_words_follow_the_option(policy: str, expected: str) -> None:
    options = BrailleOptions(inclusive=policy)  # type: ignore[arg-type]  # the table gives the choices

    assert rows(doc(p("les salarié·e·s")), options) == rows(doc(p(expected)))


@pytest.mark.parametrize("policy", ["masculine", "feminine", "both"])
@pytest.mark.parametrize(
    ("written", "expected"),
    [("les bénévole·s", "les bénévoles"), ("le nom du père/mère", "le nom du père ou mère")],
)
def test_no_policy_writes_a_word_twice_or_leaves_a_person_out(
    policy: str, written: str, expected: str
) -> None:
    options = BrailleOptions(inclusive=policy)  # type: ignore[arg-type]  # the table gives the choices
    assert rows(doc(p(written)), options) == rows(doc(p(expected)))


def test_a_preview_has_the_title_page_and_the_contents_that_a_build_makes() -> None:
    document = doc(
        *[part for n in range(20) for part in (h(1, f"Chapitre {n}"), p("Un mot. " * 90))],
        title="Guide",
    )

    shown = BrailleBackend().preview(document, BrailleOptions()).split("\n")

    made = [row.cells for page in edition(document).volumes[0].pages for row in page.rows]
    assert [row for row in shown if row and not row.startswith("—")] == [row for row in made if row]
    assert any("⠨⠞⠁⠃⠇⠑⠀⠙⠑⠎⠀⠍⠁⠞⠊⠮⠗⠑⠎" in row for row in shown)
