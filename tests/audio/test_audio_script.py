import re
from typing import Any

import pytest

from ess_access.backends.audio import AudioBackend, AudioOptions
from ess_access.backends.audio.chapters import openings
from ess_access.backends.audio.preview import names_of_rules
from ess_access.backends.audio.script import Scripts, script
from ess_access.backends.audio.wording import cuts
from ess_access.document.build import (
    cell,
    dl,
    doc,
    figure,
    h,
    lang,
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
    CodeBlock,
    Division,
    Document,
    Image,
    LineBreak,
    PageMark,
    Rule,
    Script,
    Text,
)
from ess_access.french.speech import explain
from ess_access.transforms.outline import prepare
from support import ROOT


def prepared(*blocks: Any, **meta: Any) -> Document:
    return prepare(doc(*blocks, **meta))[0]


def said(*blocks: Any, verbosity: Any = "normal", **meta: Any) -> Any:
    options = AudioOptions(verbosity=verbosity)
    return [each.spoken for each in script(prepared(*blocks, **meta), options)]


def words(*blocks: Any, **meta: Any) -> Any:
    return " ".join(" ".join(said(*blocks, **meta)).casefold().split())


def test_a_paragraph_is_said_sentence_by_sentence() -> None:
    found = script(prepared(p("Un mot. Deux mots.")), AudioOptions())
    assert [each.written for each in found] == ["Un mot.", "Deux mots."]
    assert found[0].pause_ms < found[1].pause_ms


def test_each_utterance_knows_its_node() -> None:
    found = script(
        prepared(h(1, "Aide", id="aide"), p("Un."), ul("deux"), title="Guide"), AudioOptions()
    )
    nodes = {each.written: each.node for each in found if each.kind != "announcement"}
    assert nodes == {"Guide": "", "Chapitre : Aide": "aide", "Un.": "block-2", "deux": "block-4"}


def test_the_title_is_said_once_when_the_first_heading_is_the_title() -> None:
    assert said(h(1, "Le guide"), p("Bonjour."), title="Le guide") == ["Le guide", "Bonjour."]


def test_the_title_and_the_authors_are_said_first() -> None:
    found = said(h(1, "Accueil"), p("Oui."), title="Le guide", authors=("Ana Gomez",))
    assert found[:3] == ["Le guide", "Par Ana Gomez", "Chapitre : Accueil"]
    found = said(h(1, "Le guide"), p("Oui."), title="Le guide", authors=("Ana Gomez",))
    assert found == ["Le guide", "Par Ana Gomez", "Oui."]


def test_a_title_that_a_later_heading_says_is_said_there_alone() -> None:
    found = said(p("Ana Gomez"), h(1, "Convocation"), p("Venez."), authors=("Ana Gomez",))
    assert found == ["Ana Gomez", "Convocation", "Par Ana Gomez", "Venez."]


def test_a_heading_that_names_itself_is_not_announced() -> None:
    assert said(h(1, "Annexe des tarifs"), p("Oui.")) == ["Annexe des tarifs", "Oui."]


def test_headings_say_how_deep_they_stand() -> None:
    parts = (h(2, "Venir"), h(3, "Le bus"), h(4, "La ligne trois"))
    below = ["Chapitre : Venir", "Section : Le bus", "Sous-section : La ligne trois"]
    assert said(h(1, "Le guide"), *parts) == ["Le guide", *below]
    several = said(h(1, "Le guide"), *parts, h(1, "La suite"))
    assert several == [
        "Le guide",
        "Section : Venir",
        "Sous-section : Le bus",
        "Sous-section : La ligne trois",
        "Chapitre : La suite",
    ]


def test_a_heading_of_several_sentences_is_one_chapter() -> None:
    document = prepared(
        h(1, "Le guide"),
        h(2, "Venez tous. C’est ouvert", note("Sauf le lundi."), ". Entrez !"),
        p("Oui."),
        h(2, "QUI SOMMES-NOUS ?"),
    )
    found = script(document, AudioOptions())
    assert [each.spoken for each in found][1:4] == [
        "Chapitre : Venez tous.",
        "C'est ouvert.",
        "Note un",
    ]
    titles = [each.title for each in openings(document, found)]
    assert titles == ["Le guide", "Venez tous. C’est ouvert. Entrez !", "Qui sommes-nous ?"]
    assert AudioBackend().preview(document, AudioOptions()).count("## ") == 2


def test_the_announcement_of_a_foreign_heading_has_the_voice_of_the_document() -> None:
    found = script(prepared(h(1, "Guide"), h(2, lang("en", "Welcome"))), AudioOptions())
    assert [(each.lang, each.spoken, each.kind) for each in found[1:]] == [
        ("fr", "Chapitre :", "heading"),
        ("en", "Welcome", "heading"),
    ]


def test_a_heading_in_capitals_is_not_spelled() -> None:
    assert said(h(1, "POURQUOI ?"), p("Oui."), title="Guide")[1] == "Chapitre : Pourquoi ?"


def test_a_list_is_announced_with_its_length() -> None:
    assert said(ul("a", "b", "c", "d"))[0] == "Liste de quatre éléments"
    assert said(ul("a"))[0] == "Liste d'un élément"


def test_a_list_in_a_list_is_announced_and_ended() -> None:
    found = said(ul((p("dehors"), ul("dedans", "au fond")), "devant"), p("Ailleurs."))
    assert found == [
        "Liste de deux éléments",
        "dehors",
        "deux sous-éléments",
        "dedans",
        "au fond",
        "Fin des sous-éléments",
        "devant",
        "Fin de la liste",
        "Ailleurs.",
    ]


def test_the_end_of_a_list_of_one_is_said_only_when_all_is_wanted() -> None:
    assert said(ul("a"), p("Oui."))[-2:] == ["a", "Oui."]
    assert said(ul("a"), p("Oui."), verbosity="full")[-2:] == ["Fin de la liste", "Oui."]


def test_the_items_of_an_ordered_list_have_their_numbers() -> None:
    assert said(ol("venir", "payer", start=3))[1:3] == ["trois : venir", "quatre : payer"]


def test_the_items_of_a_list_in_letters_or_roman_numerals_have_them() -> None:
    assert said(ol("venir", start=9, form="upper-alpha"))[1] == "i : venir"
    assert said(ol("venir", start=9, form="upper-roman"))[1] == "neuf : venir"


def test_each_cell_comes_after_its_header() -> None:
    found = said(table(("Garantie", "Prix"), ("Optique", p("douze euros")), ("Dents", "")))
    assert found == [
        "Tableau de deux lignes, deux colonnes",
        "première ligne",
        "Garantie : Optique",
        "Prix : douze euros",
        "deuxième ligne",
        "Garantie : Dents",
        "Prix : Vide",
        "Fin du tableau",
    ]


def test_a_table_of_one_row_is_announced_with_its_elision() -> None:
    assert said(table(("Prix", "Date"), ("un", "deux")))[0] == "Tableau d'une ligne, deux colonnes"


def test_a_row_is_named_by_its_header() -> None:
    rows = table(("", "Prix"), (cell("Optique", header=True), "douze euros"), caption="Tarifs")
    found = said(rows)
    assert found[0] == "Tableau : Tarifs, une ligne, deux colonnes"
    assert found[1:3] == ["Optique", "Prix : douze euros"]


def test_a_picture_is_said_by_its_description() -> None:
    found = said(figure(Image(None, "Un plan", "Le plan montre la gare."), "La ville"))
    assert found == [
        "Image : Un plan",
        "Description : Le plan montre la gare.",
        "Légende : La ville",
    ]


def test_a_decorative_image_is_silent() -> None:
    assert said(figure(Image(None, "")), p("Un ", Image(None, ""), "mot.")) == ["Un mot."]


def test_an_image_without_a_description_is_not_hidden() -> None:
    assert said(figure(Image(None, None))) == ["Image sans description"]
    assert "image sans description" in words(p("Voir ", Image(None, None), " ici."))


@pytest.mark.parametrize("alt", ["IMG_1234.PNG", "plan de la gare.jpg", "DSC00012", "image 3"])
def test_the_name_of_a_file_is_no_description(alt: str) -> None:
    assert said(figure(Image(None, alt))) == ["Image sans description"]
    assert "image sans description" in words(p("Voir ", Image(None, alt), " ici."))


def test_a_rule_is_said_when_all_is_wanted() -> None:
    assert said(p("Un."), Rule(), p("Deux."), verbosity="full") == ["Un.", "Séparation", "Deux."]
    assert said(p("Un."), Rule(), p("Deux.")) == ["Un.", "Deux."]


def test_an_acronym_is_explained_once_in_the_document() -> None:
    found = words(
        p("La CSS aide. La CSS est gratuite."),
        p("La complémentaire santé solidaire (CSS) remplace la CMU."),
        p("Demandez la CSS."),
    )
    assert found.count("complémentaire santé solidaire") == 2
    assert found.endswith("demandez la c s s.")


def test_the_path_of_an_address_is_said_when_all_is_asked_for() -> None:
    paragraph = prepared(p("Voyez https://www.mutuelle.fr/médiation."))
    for options, is_said in (
        (AudioOptions(), False),
        (AudioOptions(verbosity="full"), True),
    ):
        found = script(paragraph, options)
        spoken = " ".join(each.spoken for each in found)
        assert "mutuelle point fr" in spoken
        assert ("médiation" in spoken) is is_said


def test_a_note_is_said_after_the_sentence_that_calls_it() -> None:
    found = said(p("Première phrase", note("La loi."), ". Deuxième phrase."))
    assert found == [
        "Première phrase.",
        "Note un",
        "La loi.",
        "Fin de la note",
        "Deuxième phrase.",
    ]


def test_notes_are_numbered_through_the_document() -> None:
    found = said(p("Un", note("a"), "."), p("Deux", note("b"), "."))
    assert [each for each in found if each.startswith("Note")] == ["Note un", "Note deux"]


def test_quotations_code_and_boxes_are_announced() -> None:
    found = said(
        quote("Elle dit."),
        CodeBlock("make all\n\nmake test"),
        Division("warning", "", (Text("Gare"),), (p("Doucement."),)),
    )
    assert found == [
        "Citation",
        "Elle dit.",
        "Fin de la citation",
        "Code informatique",
        "make all",
        "make test",
        "Fin du code",
        "Attention",
        "Gare",
        "Doucement.",
        "Fin de l'avertissement",
    ]


def test_a_definition_follows_its_term() -> None:
    assert said(dl(("Franchise", "Ce qui reste à payer."))) == [
        "Liste d'une définition",
        "Franchise",
        "Ce qui reste à payer.",
    ]


def test_a_list_of_definitions_is_heard_to_end() -> None:
    several = dl(("Franchise", "Ce qui reste."), ("Avance", "Ce qui vient."))
    assert said(several, p("Suite."))[-2:] == ["Fin de la liste", "Suite."]


def test_a_link_is_said_by_its_words() -> None:
    assert said(p("Lisez ", link("https://a.example/x", "le guide"), ".")) == ["Lisez le guide."]


def test_the_address_is_said_when_it_is_all_there_is_or_when_asked() -> None:
    assert "a point example" in words(p(link("https://a.example")))
    assert "lien vers" in words(p(link("https://a.example/x", "le guide")), verbosity="full")
    assert "lien vers" not in words(
        p(link("https://a.example/x", "https://a.example/x")), verbosity="full"
    )


def test_a_page_mark_is_announced_after_its_sentence() -> None:
    assert said(p("Une phrase ", PageMark("douze"), "coupée. Une autre.")) == [
        "Une phrase coupée.",
        "Page douze",
        "Une autre.",
    ]


def test_a_passage_in_another_language_is_an_utterance_of_its_own() -> None:
    found = script(prepared(p("Un ", lang("en", "welcome pack"), " gratuit.")), AudioOptions())
    assert [(each.lang, each.spoken) for each in found] == [
        ("fr", "Un"),
        ("en", "welcome pack"),
        ("fr", "gratuit."),
    ]


def test_a_language_that_no_voice_speaks_is_still_said() -> None:
    document = prepared(p("Un ", lang("br", "kenavo"), " poli."))
    found = script(document, AudioOptions(), speaks=lambda tag: tag == "fr")
    assert [each.spoken for each in found] == ["Un", "kenavo", "poli."]


def test_a_line_break_ends_a_breath() -> None:
    assert said(p("Mutuelle", LineBreak(), "Rennes")) == ["Mutuelle", "Rennes"]


def test_raised_digits_and_letters_stay_with_their_word() -> None:
    blocks = p("10 m", Script("super", (Text("2"),)), " au 1", Script("super", (Text("er"),)), ".")
    assert script(prepared(blocks), AudioOptions())[0].written == "10 m² au 1er."


def test_an_abbreviation_is_explained_once() -> None:
    ess = Abbreviation("ESS", "économie sociale et solidaire")
    found = words(p("L’", ess, " grandit."), p("L’", ess, " aide."))
    assert found.count("économie sociale et solidaire") == 1


def test_brief_says_the_words_alone() -> None:
    assert said(h(1, "Aide"), ul("a", "b"), verbosity="brief") == ["Aide", "a", "b"]
    assert "douze" in words(table(("Prix",), ("douze",), caption="Tarifs"), verbosity="brief")
    assert "tarifs" in words(table(("Prix",), ("douze",), caption="Tarifs"), verbosity="brief")


def test_pauses_tell_the_structure() -> None:
    document = prepared(p("Un. Deux."), h(1, "Aide"), p("Trois."), h(1, "Fin"))
    found = script(document, AudioOptions())
    sentence, before_heading, heading = (each.pause_ms for each in found[:3])
    assert sentence < heading < before_heading
    doubled = script(document, AudioOptions(pause_ms=1200))
    assert [each.pause_ms for each in doubled] == [2 * each.pause_ms for each in found]


def test_a_sentence_without_an_end_is_cut_into_breaths() -> None:
    long = "des mots, " * 400
    found = script(prepared(p(long)), AudioOptions())
    assert len(found) > 5
    assert all(len(each.written) <= 500 for each in found)
    assert "".join(each.written for each in found).replace(" ", "") == long.replace(" ", "")


@pytest.mark.parametrize("text", ["—", "***", "· · ·", "\U0001f600" * 3, "-"])
def test_signs_alone_are_not_a_silent_utterance(text: str) -> None:
    assert all(re.search(r"\w", each) for each in said(p(text), p("Oui.")))


def test_an_english_document_is_announced_in_english() -> None:
    document = prepared(h(1, "Help"), ul("one", "two"), lang="en", title="Guide")
    assert [each.spoken for each in script(document, AudioOptions())] == [
        "Guide",
        "Chapter: Help",
        "List of 2 items",
        "one",
        "two",
        "End of list",
    ]


def test_the_user_s_lexicon_is_heard() -> None:
    options = AudioOptions(lexicon=("CRESS=chambre régionale",))
    found = script(prepared(p("La CRESS aide.")), options)
    assert "chambre régionale" in found[0].spoken


def test_the_preview_shows_headings_and_explains_expansions() -> None:
    document = prepared(h(1, "Aide"), p("Les usager·ère·s."), title="Guide")
    plain = AudioBackend().preview(document, AudioOptions())
    assert plain == "Guide\n\n# Chapitre : Aide\n\nLes usagers et usagères.\n"
    explained = AudioBackend().preview(document, AudioOptions(explain=True))
    assert "usager·ère·s → usagers et usagères (écriture inclusive)" in explained


def test_what_is_announced_is_not_explained() -> None:
    explained = AudioBackend().preview(prepared(ul("12 €", "b")), AudioOptions(explain=True))
    assert "12 € → douze euros (montant)" in explained
    assert "2 → deux" not in explained


def test_every_rule_that_reads_french_has_a_name_in_french() -> None:
    lines = (ROOT / "tests" / "french" / "golden.tsv").read_text(encoding="utf-8").splitlines()
    written = [line.split("\t")[1] for line in lines if line and not line.startswith("# ")]
    rules = {each.rule for text in written for each in explain(text)}
    assert len(rules) > 60
    assert rules - names_of_rules().keys() == set()


def test_an_empty_document_has_an_empty_preview() -> None:
    assert AudioBackend().preview(doc(), AudioOptions()) == ""


def test_a_script_is_written_again_only_for_who_asks_for_another() -> None:
    mixed = doc(p("Bonjour. ", lang("en", "Hello.")))
    scripts = Scripts()
    first = scripts.script(mixed, AudioOptions())
    assert first == script(mixed, AudioOptions())
    assert scripts.script(mixed, AudioOptions(), speaks=lambda tag: tag in {"fr", "en"}) is first
    french = scripts.script(mixed, AudioOptions(), speaks=lambda tag: tag == "fr")
    assert french == script(mixed, AudioOptions(), speaks=lambda tag: tag == "fr")
    brief = AudioOptions(verbosity="brief")
    assert scripts.script(mixed, brief) == script(mixed, brief)
    other = doc(p("Bonsoir."))
    assert [each.spoken for each in scripts.script(other, brief)] == ["Bonsoir."]


def test_a_word_without_an_end_is_cut_in_a_time_that_grows_with_its_length() -> None:
    pieces = list(cuts("a" * 50_000_001))
    assert [len(piece) for piece in pieces[-2:]] == [500, 1]
    assert len(pieces) == 100_001
