"""What letters, paragraphs, lists, links and notes become in the DOCX."""

from pathlib import Path
from typing import Literal

import docx
import pytest

from ess_access.api.backend import Workspace
from ess_access.api.reader import Source
from ess_access.backends.large_print import LargePrintBackend, LargePrintOptions
from ess_access.document.build import (
    dl,
    doc,
    em,
    h,
    inlines,
    lang,
    link,
    note,
    ol,
    p,
    quote,
    strong,
    ul,
)
from ess_access.document.inlines import plain_text
from ess_access.document.nodes import (
    Abbreviation,
    Block,
    Code,
    CodeBlock,
    Division,
    Document,
    LineBreak,
    PageBreak,
    PageMark,
    Paragraph,
    Rule,
    Script,
    Text,
)
from ess_access.document.walk import own_inlines
from ess_access.readers.docx import DocxReader
from ess_access.transforms.outline import prepare
from large_print_samples import LOREM, Edition, edition, sound


def made(tmp_path: Path, *blocks: Block, **options: object) -> Edition:
    return edition(
        tmp_path,
        doc(*blocks, title="Essai"),
        LargePrintOptions(**options),  # type: ignore[arg-type]  # tests name options freely
    )


def test_the_same_document_gives_the_same_bytes(tmp_path: Path) -> None:
    first = edition(tmp_path / "a", sound())
    second = edition(tmp_path / "b", sound())
    assert first.path.read_bytes() == second.path.read_bytes()


def test_the_body_is_18_points_and_headings_are_larger(tmp_path: Path) -> None:
    sizes = made(tmp_path, p("Mot.")).find("//w:docDefaults//w:sz", "word/styles.xml")
    assert [node.values()[0] for node in sizes] == ["36"]
    styles = made(tmp_path, p("Mot."))
    for level, size in enumerate((52, 48, 44, 40, 36, 36), 1):
        path = f"//w:style[@w:styleId='Heading{level}']//w:sz/@w:val"
        assert styles.strings(path, "word/styles.xml") == [str(size)]


@pytest.mark.parametrize("size", [16, 18, 20, 24, 28])
def test_every_size_derives_from_the_body(tmp_path: Path, size: int) -> None:
    styles = made(tmp_path, p("Mot."), size_pt=size)
    found = [int(value) for value in styles.strings("//w:sz/@w:val", "word/styles.xml")]
    assert min(found) == 2 * size


@pytest.mark.parametrize(
    ("theme", "ground"),
    [
        ("black-on-white", []),
        ("black-on-cream", []),
        ("white-on-black", ["000000"]),
        ("yellow-on-black", ["000000"]),
    ],
)
def test_light_letters_bring_their_ground_along(
    tmp_path: Path, theme: str, ground: list[str]
) -> None:
    result = made(tmp_path, p("Mot", note("Une note.")), theme=theme)
    assert result.strings("//w:pPrDefault//w:shd/@w:fill", "word/styles.xml") == ground
    assert result.check() == []


def test_one_space_stands_before_the_call_of_a_note(tmp_path: Path) -> None:
    result = made(tmp_path, p("Un mot", note("A"), " puis ", note("B"), "."))
    assert result.lines()[-2].startswith("Un mot (note\u00a0) puis (note\u00a0).")


@pytest.mark.parametrize("preset", [16, 18, 20, 24, 28])
def test_a_preset_wins_over_the_size(tmp_path: Path, preset: Literal[16, 18, 20, 24, 28]) -> None:
    assert LargePrintOptions(preset=preset).size_pt == preset
    styles = made(tmp_path, p("Mot."), preset=preset, size_pt=40)
    path = "//w:docDefaults//w:sz/@w:val"
    assert styles.strings(path, "word/styles.xml") == [str(2 * preset)]


def test_emphasis_is_bold_and_never_italic(tmp_path: Path) -> None:
    result = made(tmp_path, p("Un ", em("mot"), " et ", strong("un autre"), "."))
    assert not result.find("//w:i")
    assert not result.find("//w:i", "word/styles.xml")
    assert result.strings("//w:r[w:rPr/w:b]/w:t/text()")[-2:] == ["mot", "un autre"]


def test_emphasis_in_a_heading_stays_bold(tmp_path: Path) -> None:
    result = made(tmp_path, h(1, "Un ", strong("mot")))
    bold = "//w:p[w:pPr/w:pStyle/@w:val='Heading1']//w:r[w:rPr/w:b]/w:t/text()"
    # The style alone makes the other words bold: two styles at once would cancel out.
    assert result.strings(bold) == ["mot"]


def test_raised_characters_keep_the_size_of_the_text(tmp_path: Path) -> None:
    result = made(
        tmp_path, p("Le 1", Script("super", (Text("er"),)), " H", Script("sub", (Text("2"),)))
    )
    assert result.strings("//w:position/@w:val") == ["6", "-6"]
    assert not result.find("//w:vertAlign[@w:val!='baseline']")


def test_a_passage_in_another_language_says_so(tmp_path: Path) -> None:
    result = made(tmp_path, p("Voir ", lang("en", "the gap"), "."))
    assert result.strings("//w:r[w:t='the gap']/w:rPr/w:lang/@w:val") == ["en-GB"]
    assert result.strings("//w:docDefaults//w:lang/@w:val", "word/styles.xml") == ["fr-FR"]


def test_a_language_that_is_no_tag_does_not_spoil_the_file(tmp_path: Path) -> None:
    result = edition(tmp_path, doc(p(lang("en_US", "word"), lang("?", "mot")), lang="français"))
    assert result.strings("//w:rPr/w:lang/@w:val") == ["en-US", "fr-FR"]
    assert result.strings("//w:docDefaults//w:lang/@w:val", "word/styles.xml") == ["fr-FR"]


def test_french_spaces_do_not_break_but_english_ones_do(tmp_path: Path) -> None:
    result = made(tmp_path, p("Prix : 1 200 € !"), p(lang("en", "a : b")))
    assert result.lines()[-2:] == ["Prix\u00a0: 1\u00a0200\u00a0€\u00a0!", "a : b"]


def test_a_telephone_number_stays_on_one_line(tmp_path: Path) -> None:
    result = made(tmp_path, p("Appelez le 01 23 45 67 89 demain."))
    assert "01\u00a023\u00a045\u00a067\u00a089 demain" in result.lines()[-1]


def test_no_line_ends_at_the_hyphen_of_an_address(tmp_path: Path) -> None:
    address = "https://www.gue-clair.exemple.fr/rendez-vous"
    words = f"Rendez-vous sur {address} ou accueil@gue-clair.exemple.fr."
    result = made(tmp_path, p(words), p(link(address, address)))
    assert len(result.find("//w:noBreakHyphen")) == 5
    assert "".join(result.strings("//w:p[2]//w:t/text()")).startswith("Rendez-vous sur")
    assert not result.check()
    reading = DocxReader().read(Source("a.docx", ".docx", result.path.read_bytes()))
    read = [plain_text(own_inlines(block)) for block in reading.document.children[-2:]]
    assert read == [words, address]


def test_a_heading_typed_in_capitals_is_set_in_sentence_case(tmp_path: Path) -> None:
    result = made(tmp_path, h(1, "LES DROITS ", em("DES ADHÉRENTS"), " DE LA CNAV"))
    assert result.lines("Heading1") == ["Les droits des adhérents de la CNAV"]
    assert result.codes == ["LP-105"]


def test_headings_in_capitals_are_told_once(tmp_path: Path) -> None:
    result = made(tmp_path, h(1, "NOS VALEURS"), h(1, "Nos aides"), h(1, "NOS BUREAUX À BREST"))
    (finding,) = result.findings
    assert finding.params["count"] == 2
    assert finding.params["headings"] == "Nos valeurs ; Nos bureaux à brest"


def test_an_untitled_document_shows_no_title_but_its_file_has_one(tmp_path: Path) -> None:
    prepared, _ = prepare(doc(p("Bonjour.")))
    place = Workspace(tmp_path, "rencontres_de-printemps")
    artifacts = LargePrintBackend().render(prepared, LargePrintOptions(), place)
    word = docx.Document(str(artifacts[0].path))
    assert word.core_properties.title == "Rencontres de printemps"
    assert [one.text for one in word.paragraphs] == ["Bonjour."]
    assert not word.sections[0].header.paragraphs[0].text
    assert not list(LargePrintBackend().check(artifacts, prepared, LargePrintOptions()))


def test_a_title_that_a_later_heading_says_is_printed_there_alone() -> None:
    letter, _ = prepare(doc(p("Ana"), h(1, "Objet"), p("Venez.")))
    assert letter.meta.title == "Objet"
    shown = LargePrintBackend().preview(letter, LargePrintOptions())
    assert shown == "Ana\n# Objet\nVenez.\n"


def test_each_numbered_list_starts_again(tmp_path: Path) -> None:
    result = made(tmp_path, ol("un", "deux"), p("Et."), ol("sept", start=7), ul("point"))
    numbers = result.strings("//w:body/w:p//w:numId/@w:val")
    assert numbers[0] == numbers[1] != numbers[2]
    path = f"//w:num[@w:numId='{numbers[2]}']//w:startOverride/@w:val"
    assert result.strings(path, "word/numbering.xml") == ["7"]
    bullets = result.strings(
        "//w:lvl[w:numFmt/@w:val='bullet']/w:lvlText/@w:val", "word/numbering.xml"
    )
    assert set(bullets) == {"\u2022"}


def test_letters_and_roman_numerals_are_written_as_such(tmp_path: Path) -> None:
    result = made(tmp_path, ol("un", form="lower-alpha"), ol("neuf", start=9, form="upper-roman"))
    forms = "//w:num//w:lvl/w:numFmt/@w:val"
    assert result.strings(forms, "word/numbering.xml") == ["lowerLetter", "upperRoman"]
    shown = LargePrintBackend().preview(
        doc(ol("a", "b", start=9, form="upper-roman")), LargePrintOptions()
    )
    assert "IX. a" in shown
    assert "X. b" in shown


def test_a_number_of_three_digits_has_room(tmp_path: Path) -> None:
    result = made(tmp_path, ol("cent", "cent un", start=100))
    (hanging,) = set(result.strings("//w:body/w:p//w:ind/@w:hanging"))
    (left,) = set(result.strings("//w:body/w:p//w:ind/@w:left"))
    assert hanging == left
    assert int(hanging) > 700


def test_lists_within_lists_go_one_level_down(tmp_path: Path) -> None:
    result = made(tmp_path, ul((p("un"), ol("a", (p("b"), ul("profond"))))))
    assert result.strings("//w:body/w:p//w:ilvl/@w:val") == ["0", "1", "1", "2"]


def test_the_second_paragraph_of_an_item_has_no_number(tmp_path: Path) -> None:
    result = made(tmp_path, ol((p("Point."), p("Suite."))))
    assert result.lines("ListNumber") == ["Point."]
    assert result.lines("ListContinue") == ["Suite."]


def test_an_item_without_a_paragraph_keeps_its_number(tmp_path: Path) -> None:
    result = made(tmp_path, ol((ul("seul"),), (), (CodeBlock("code"),)))
    assert len(result.find("//w:p[w:pPr/w:pStyle/@w:val='ListNumber']")) == 3
    assert result.lines("ListBullet") == ["seul"]
    assert result.lines("CodeBlock") == ["code"]


def test_a_link_says_its_address_for_paper(tmp_path: Path) -> None:
    result = made(
        tmp_path,
        p(link("https://exemple.org/droits", "vos droits"), "."),
        p(link("https://exemple.org", "exemple.org"), "."),
        p(
            link("mailto:a@exemple.org", "a@exemple.org"),
            ", ",
            link("tel:+33123456789", "01 23 45 67 89"),
        ),
    )
    assert result.lines()[-3:] == [
        "vos droits (https://exemple.org/droits).",
        "exemple.org.",
        "a@exemple.org, 01\u00a023\u00a045\u00a067\u00a089",
    ]
    relations = result.parts["word/_rels/document.xml.rels"].decode()
    assert 'Target="https://exemple.org/droits"' in relations


def test_underline_stands_in_links_alone(tmp_path: Path) -> None:
    result = made(tmp_path, p(link("https://exemple.org", "lien"), " et ", em("mot")))
    styles = result.strings("//w:style[.//w:u]/@w:styleId", "word/styles.xml")
    assert set(styles) == {"Hyperlink", "EndnoteReference", "NoteCall"}
    assert not result.find("//w:u")


def test_a_link_to_a_heading_leads_to_its_bookmark(tmp_path: Path) -> None:
    result = made(
        tmp_path,
        h(1, "Les prix", id="prix"),
        p(link("#prix", "les prix"), link("#rien", " ailleurs")),
    )
    (target,) = result.strings("//w:hyperlink/@w:anchor")
    assert result.strings("//w:bookmarkStart/@w:name") == [target]
    assert result.lines()[-1] == "les prix ailleurs"


def test_a_dangerous_or_empty_address_is_no_link(tmp_path: Path) -> None:
    result = made(
        tmp_path, p(link("javascript:alert(1)", "a"), link("", "b"), link("https://x.org/é à"))
    )
    assert len(result.find("//w:hyperlink")) == 1
    assert "https://x.org/%C3%A9%20%C3%A0" in result.parts["word/_rels/document.xml.rels"].decode()
    assert result.lines()[-1] == "abhttps://x.org/é à"


def test_a_note_has_links_both_ways_at_full_size(tmp_path: Path) -> None:
    result = made(tmp_path, p("Un mot", note("La note."), "."))
    assert result.lines()[-2:] == ["Un mot (note\u00a0).", "Notes"]
    assert result.strings("//w:hyperlink/@w:anchor") == ["note_1"]
    assert result.strings("//w:endnoteReference/@w:id") == ["1"]
    notes = "word/endnotes.xml"
    assert result.strings("//w:bookmarkStart/@w:name", notes) == ["note_1"]
    assert result.strings("//w:hyperlink/@w:anchor", notes) == ["call_1"]
    assert "call_1" in result.strings("//w:bookmarkStart/@w:name")
    assert "".join(result.strings("//w:endnote[@w:id='1']//w:t/text()", notes)) == ". La note."
    assert "decimal" in result.strings("//w:endnotePr/w:numFmt/@w:val", "word/settings.xml")


def test_a_note_within_a_note_is_printed_where_it_stands(tmp_path: Path) -> None:
    result = made(tmp_path, p("Mot", note(p("Dehors", note(p("dedans"), CodeBlock("code")), "."))))
    text = "".join(result.strings("//w:endnote[@w:id='1']//w:t/text()", "word/endnotes.xml"))
    assert text == ". Dehors (note\u00a0: dedans code)."
    assert result.check() == []


def test_a_note_can_begin_with_a_list_and_hold_a_link(tmp_path: Path) -> None:
    result = made(
        tmp_path, p("Mot", note(ul("un", "deux"), p(link("https://exemple.org", "site"))))
    )
    assert "exemple.org" in result.parts["word/_rels/endnotes.xml.rels"].decode()
    assert result.check() == []


def test_an_abbreviation_is_spelled_out_once(tmp_path: Path) -> None:
    ess = Abbreviation("ESS", "économie sociale et solidaire")
    result = made(tmp_path, p("L’", ess, " et l’", ess, "."))
    assert result.lines()[-1] == "L’ESS (économie sociale et solidaire) et l’ESS."


def test_pages_of_the_source_are_printed_on_demand(tmp_path: Path) -> None:
    block = p("Avant ", PageMark("12"), "après.")
    assert made(tmp_path / "a", block).lines()[-1] == "Avant après."
    assert made(tmp_path / "b", block, page_marks=True).lines()[-1] == "Avant (page 12) après."


def test_quotes_boxes_terms_code_and_rules_have_their_styles(tmp_path: Path) -> None:
    result = made(
        tmp_path,
        quote("Cité."),
        Division("warning", "", inlines(("Délais",)), (p("Vite."), ul("un"))),
        Division("aside", "en", (), (p("Aside."),)),
        Division("section", "en", inlines(("Part",)), (p("English."),)),
        dl(("Adhérent", "Qui adhère.")),
        CodeBlock("a\n    b"),
        p("Ligne", LineBreak(), "suivante ", Code("x = 1")),
        Rule(),
    )
    assert result.lines("Quote") == ["Cité."]
    assert result.lines("BoxTitle") == ["Attention\u00a0: Délais", "Encadré", "Part"]
    assert result.lines("Term") == ["Adhérent"]
    assert result.lines("Definition") == ["Qui adhère."]
    assert result.lines("CodeBlock") == ["a    b"]
    assert len(result.find("//w:pBdr/w:top")) == 2
    assert len(result.find("//w:pBdr/w:bottom")) == 2
    assert result.strings("//w:r[w:t='English.']//w:lang/@w:val") == ["en-GB"]
    assert result.check() == []


def test_a_page_break_of_the_author_begins_a_page(tmp_path: Path) -> None:
    result = made(tmp_path, p("Un."), PageBreak(), p("Deux."))
    assert result.strings("//w:p[w:pPr/w:pageBreakBefore]//w:t/text()") == ["Deux."]


def test_what_the_font_lacks_is_replaced_or_named(tmp_path: Path) -> None:
    result = made(tmp_path, p("Suite → ✓ 😀 fin\u202f!"), p("mot\u2011mot"))
    assert result.lines()[-2] == "Suite -> √ 😀 fin\u00a0!"
    assert [(one.code, one.params["character"]) for one in result.findings] == [
        ("LP-102", "→"),
        ("LP-102", "✓"),
        ("LP-103", "😀"),
    ]
    assert result.strings("//w:rFonts/@w:ascii") == ["Segoe UI Symbol"]
    assert len(result.find("//w:noBreakHyphen")) == 1


def test_letters_and_words_can_be_spaced(tmp_path: Path) -> None:
    result = made(
        tmp_path, p("un mot ", lang("en", "a word")), letter_spacing_pt=1.0, word_spacing_pt=3.0
    )
    assert result.strings("//w:docDefaults//w:rPr/w:spacing/@w:val", "word/styles.xml") == ["20"]
    assert set(result.strings("//w:r[w:t=' ']/w:rPr/w:spacing/@w:val")) == {"80"}
    assert result.lines()[-1] == "un mot a word"


def test_nothing_is_hyphenated_justified_or_in_columns(tmp_path: Path) -> None:
    result = made(tmp_path, p(LOREM))
    assert result.strings("//w:autoHyphenation/@w:val", "word/settings.xml") == ["0"]
    assert set(result.strings("//w:jc/@w:val", "word/styles.xml")) == {"left"}
    assert not result.find("//w:jc")
    assert not result.find("//w:cols[@w:num]")
    assert not result.find("//w:updateFields", "word/settings.xml")


def test_the_preview_gives_the_words_of_the_edition() -> None:
    words = LargePrintBackend().preview(
        doc(
            h(1, "Guide"),
            p("Mot", note("La note.", ul("a", "b")), "."),
            CodeBlock("une\ndeux"),
            ul("point", (p("x"), ol("un", "deux"))),
            ol("trois", start=3),
            title="Guide",
        ),
        LargePrintOptions(),
    )
    assert words.splitlines() == [
        "# Guide",
        "Mot (note\u00a01).",
        "une",
        "deux",
        "\u2022 point",
        "\u2022 x",
        "  1. un",
        "  2. deux",
        "3. trois",
        "# Notes",
        "1. La note.",
        "\u2022 a",
        "\u2022 b",
    ]


def test_an_empty_document_gives_an_edition(tmp_path: Path) -> None:
    assert edition(tmp_path, Document(doc().meta, ())).path.exists()


def test_a_paragraph_without_words_does_no_harm(tmp_path: Path) -> None:
    assert made(tmp_path, Paragraph(()), p("Mot.")).lines()[-1] == "Mot."
