"""Lexicons, taught acronyms, policies, sentences, capitals, no-break spaces: rules one by one."""

import pytest

from ess_access.errors import ConfigurationError
from ess_access.french import acronyms, addresses, inclusive, pls, sentences, typography
from ess_access.french.lexicon import Lexicon, starter
from ess_access.french.numbers.romans import roman
from ess_access.french.speech import SpeechRules, explain, spoken
from ess_access.french.words import table
from support import ROOT

NBSP = "\u00a0"


def test_a_word_of_inclusive_writing_gives_both_forms_and_its_place() -> None:
    (word,) = inclusive.find("Les usager.ère.s votent.")
    assert (word.start, word.end, word.written) == (4, 16, "usager.ère.s")
    assert (word.masculine, word.feminine, word.plural) == ("usagers", "usagères", True)


@pytest.mark.parametrize(
    ("policy", "said"),
    [
        ("both", "Un salarié motivé ou une salariée motivée"),
        ("masculine", "Un salarié motivé"),
        ("feminine", "Une salariée motivée"),
        ("as-written", "Un-e salarié-e motivé-e"),
    ],
)
def test_the_policy_chooses_the_forms(policy: str, said: str) -> None:
    rules = SpeechRules(inclusive=policy)  # type: ignore[arg-type]  # a parameter
    assert spoken("Un·e salarié·e motivé·e", rules) == said


@pytest.mark.parametrize("policy", ["both", "masculine", "feminine"])
@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("Nom du père/mère", "Nom du père ou de la mère"),
        ("votre frère·sœur", "votre frère ou sœur"),
        ("beau·belle-fils·fille", "beau-fils ou belle-fille"),
        ("monsieur/madame", "monsieur ou madame"),
    ],
)
def test_no_policy_leaves_one_of_two_people_unsaid(written: str, said: str, policy: str) -> None:
    rules = SpeechRules(inclusive=policy)  # type: ignore[arg-type]  # a parameter
    assert spoken(written, rules) == said


def test_every_policy_says_a_determiner_of_open_number_twice() -> None:
    for policy in ("both", "masculine", "feminine"):
        rules = SpeechRules(inclusive=policy)
        assert spoken("Votre(vos) garantie(s)", rules) == "Votre ou vos garanties"


def test_the_explanation_shows_what_was_written_and_what_is_said() -> None:
    first, second = explain("Les élu·e·s ont 80 %.")
    assert (first.before, first.after, first.rule) == (
        "élu·e·s",
        "élus et élues",
        "inclusive writing",
    )
    assert (second.before, second.after, second.rule) == (
        "80 %",
        "quatre-vingts pour cent",
        "percentage",
    )


def test_the_users_lexicon_is_applied_first() -> None:
    rules = SpeechRules(lexicon=Lexicon.of({"ESUS": "ézusse", "12 h": "midi"}))
    assert spoken("L'agrément ESUS à 12 h", rules) == "L'agrément ézusse à midi"


def test_the_users_lexicon_has_the_last_word_too() -> None:
    rules = SpeechRules(lexicon=starter() | Lexicon.of({"quatre-vingts": "octante"}))
    assert spoken("80 €", rules) == "octante euros"


def test_a_word_of_the_lexicon_in_small_letters_holds_for_any_case() -> None:
    rules = SpeechRules(lexicon=Lexicon.of({"plouha": "ploua"}))
    assert spoken("Plouha et plouhas", rules) == "ploua et plouhas"


def test_what_a_lexicon_says_is_made_sayable() -> None:
    rules = SpeechRules(lexicon=Lexicon.of({"X1": "10 % [oui]!"}))
    assert spoken("a X1 b", rules) == "a dix pour cent, oui ! b"


def test_every_term_of_the_starter_lexicon_has_a_reason() -> None:
    terms = table("lexicon")["terms"]
    assert len(terms) >= 150
    assert all(term["written"] and term["said"] and term["reason"] for term in terms)
    assert len({term["written"] for term in terms}) == len(terms)


def test_terms_of_the_starter_lexicon_are_said_as_they_stand() -> None:
    for term in table("lexicon")["terms"]:
        said = spoken(f"le {term['written']} ici")
        assert said == f"le {term['said']} ici"
        assert spoken(said) == said


def test_both_orders_teach_an_acronym() -> None:
    taught = acronyms.learn(
        [
            "L'ESS (économie sociale et solidaire) et la Haute Autorité de santé (HAS).",
            "Le rapport (voir ARS) et le code (CE) ; le Centre communal d'action sociale (CCAS).",
        ]
    )
    assert taught == {
        "ESS": "économie sociale et solidaire",
        "HAS": "Haute Autorité de santé",
        "CCAS": "Centre communal d'action sociale",
    }


@pytest.mark.parametrize(
    ("text", "acronym", "words"),
    [
        (
            "RGPD (règlement général sur la protection des données)",
            "RGPD",
            "règlement général sur la protection des données",
        ),
        ("le comité social et économique (CSE)", "CSE", "comité social et économique"),
        ("l'allocation aux adultes handicapés (AAH)", "AAH", "allocation aux adultes handicapés"),
        (
            "EHPAD (établissement d'hébergement pour personnes âgées dépendantes)",
            "EHPAD",
            "établissement d'hébergement pour personnes âgées dépendantes",
        ),
        ("économie sociale et solidaire (« ESS »)", "ESS", "économie sociale et solidaire"),
        ("économie sociale et solidaire (ci-après l’ESS)", "ESS", "économie sociale et solidaire"),
        ("Revenu de Solidarité Active (R.S.A.)", "RSA", "Revenu de Solidarité Active"),
        ("ESS : économie sociale et solidaire", "ESS", "économie sociale et solidaire"),
        ("- ESS – économie sociale et solidaire.", "ESS", "économie sociale et solidaire"),
    ],
)
def test_small_words_may_tell_a_letter_or_none(text: str, acronym: str, words: str) -> None:
    assert acronyms.learn([text]) == {acronym: words}


@pytest.mark.parametrize(
    "text",
    [
        "ATTENTION : à tous les membres",
        "CSE : compte de résultat de l'exercice",
        "le règlement intérieur et la charte (RGPD)",
    ],
)
def test_words_that_do_not_spell_an_acronym_teach_nothing(text: str) -> None:
    assert acronyms.learn([text]) == {}


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("Les ESAT", "Les Ésat, établissement et service d'aide par le travail"),
        ("un ESAT", "un établissement et service d'aide par le travail"),
        ("le CCAS", "le C C A S, centres communaux d'action sociale"),
        ("Les CCAS", "Les centres communaux d'action sociale"),
    ],
)
def test_a_taught_acronym_agrees_with_its_article_or_is_said_beside_it(
    written: str, said: str
) -> None:
    rules = SpeechRules(
        acronyms={
            "ESAT": "établissement et service d'aide par le travail",
            "CCAS": "centres communaux d'action sociale",
        }
    )
    assert spoken(written, rules) == said


def test_a_taught_acronym_is_said_in_full_once() -> None:
    rules = SpeechRules(acronyms={"ESS": "économie sociale et solidaire"})
    assert spoken("L'ESS. Encore l'ESS.", rules) == (
        "L'économie sociale et solidaire. Encore l'E S S."
    )


def test_an_article_that_does_not_fit_keeps_the_acronym() -> None:
    rules = SpeechRules(acronyms={"HLM": "habitation à loyer modéré", "ARS": "conseil de santé"})
    assert spoken("le HLM", rules) == "le H L M, habitation à loyer modéré"
    assert spoken("l'ARS", rules) == "l'A R S, conseil de santé"
    assert spoken("de HLM", rules) == "d'habitation à loyer modéré"


def test_a_text_that_explains_its_acronym_is_left_as_it_is() -> None:
    rules = SpeechRules(acronyms={"ESS": "économie sociale et solidaire"})
    assert spoken("l'ESS (économie sociale et solidaire)", rules) == (
        "l'E S S, économie sociale et solidaire"
    )


def test_a_pls_lexicon_gives_its_aliases_and_names_its_phonemes() -> None:
    read = pls.parse(
        '<?xml version="1.0" encoding="UTF-8"?>'
        '<lexicon xmlns="http://www.w3.org/2005/01/pronunciation-lexicon" version="1.0"'
        ' alphabet="ipa" xml:lang="fr"><lexeme><grapheme>SCIC</grapheme><grapheme>Scic</grapheme>'
        "<alias>sique</alias></lexeme><lexeme><grapheme>Metz</grapheme>"
        "<phoneme>mɛs</phoneme></lexeme></lexicon>"
    )
    assert dict(read.lexicon.entries) == {"SCIC": "sique", "Scic": "sique"}
    assert (read.lang, read.phonetic) == ("fr", ("Metz",))


def test_the_preferred_alias_of_a_pls_lexicon_holds_or_else_the_first() -> None:
    read = pls.parse(
        '<lexicon xmlns="http://www.w3.org/2005/01/pronunciation-lexicon"><lexeme>'
        "<grapheme>Metz</grapheme><alias>Mètse</alias><alias prefer='true'>Mèsse</alias></lexeme>"
        "<lexeme><grapheme>SCIC</grapheme><alias>sique</alias><alias>esse</alias></lexeme></lexicon>"
    )
    assert dict(read.lexicon.entries) == {"Metz": "Mèsse", "SCIC": "sique"}


@pytest.mark.parametrize(
    ("document", "key"),
    [
        (b"<lexicon", "lexicon-unreadable"),
        (b"<html/>", "lexicon-not-pls"),
        (
            b'<!DOCTYPE lexicon [<!ENTITY a SYSTEM "file:///etc/passwd">]><lexicon>&a;</lexicon>',
            "lexicon-entities",
        ),
    ],
)
def test_what_is_no_safe_pls_lexicon_is_refused(document: bytes, key: str) -> None:
    with pytest.raises(ConfigurationError) as fault:
        pls.parse(document)
    assert fault.value.key == key


def test_the_whole_address_is_said_on_demand() -> None:
    assert spoken("https://www.exemple.fr/aide", SpeechRules(addresses="whole")) == (
        "exemple point fr barre oblique aide"
    )


def test_addresses_end_before_the_marks_of_the_sentence() -> None:
    text = "Voir (https://a.fr/b_(c)), x.y@z.org. Et fichier.pdf ; fin.Début, étudiant.es, 1/2."
    assert [text[slice(*span)] for span in addresses.find(text)] == [
        "https://a.fr/b_(c)",
        "x.y@z.org",
        "fichier.pdf",
    ]


def test_sentences_end_neither_after_abbreviations_nor_in_numbers_or_addresses() -> None:
    text = (
        "M. Dupont, né en 1.5, voit p. 4 et www.a.fr. Le Dr. J. Petit (cf. Annexe) vient, etc. "
        "Bon ! Vraiment ? dit-il. 1. Un item.\n\nNouveau titre\n\nFin… 12 membres"
    )
    assert sentences.sentences(text) == (
        "M. Dupont, né en 1.5, voit p. 4 et www.a.fr.",
        "Le Dr. J. Petit (cf. Annexe) vient, etc.",
        "Bon !",
        "Vraiment ? dit-il.",
        "1. Un item.",
        "Nouveau titre",
        "Fin… 12 membres",
    )


@pytest.mark.parametrize(
    ("written", "held"),
    [
        (
            "Quoi ? « Oui » : 36 000 € !",
            f"Quoi{NBSP}? «{NBSP}Oui{NBSP}»{NBSP}: 36{NBSP}000{NBSP}€{NBSP}!",
        ),
        ("M. Dupont, 12 h 30, p. 4", f"M.{NBSP}Dupont, 12{NBSP}h{NBSP}30, p.{NBSP}4"),
        ("le 14 juillet 2024", f"le 14{NBSP}juillet 2024"),
        ("voir https://a.fr/b c", "voir https://a.fr/b c"),
        ("3 l de lait, le 17 l’article", f"3{NBSP}l de lait, le 17 l’article"),
    ],
)
def test_spaces_that_no_line_may_end_at_are_held(written: str, held: str) -> None:
    assert typography.no_break(written) == held


@pytest.mark.parametrize("text", ["POURQUOI ?", "VOS DROITS", "L'ACCÈS AUX SOINS", "SANTÉ"])
def test_block_capitals_are_known(text: str) -> None:
    assert typography.is_capitals(text)


@pytest.mark.parametrize(
    "text", ["ESS", "ESUS", "CPAM", "CPAM de Brest", "2024", "", "M. DUPONT", "Oui"]
)
def test_acronyms_and_plain_text_are_no_block_capitals(text: str) -> None:
    assert not typography.is_capitals(text)
    assert typography.sentence_case(text) == text


def test_sentence_case_keeps_acronyms() -> None:
    assert typography.sentence_case("L'ACTION SOCIALE DE LA CPAM") == "L'action sociale de la CPAM"


@pytest.mark.parametrize(
    ("written", "value"),
    [("XIV", 14), ("IX", 9), ("MCMXCVIII", 1998), ("IIII", None), ("VX", None), ("", None)],
)
def test_only_well_formed_roman_numerals_have_a_value(written: str, value: int | None) -> None:
    assert roman(written) == value


def test_a_long_text_is_said_whole() -> None:
    text = "La mutuelle rembourse 80 % des soins de ses adhérents et adhérentes. " * 700
    said = spoken(text)
    assert said.count("quatre-vingts pour cent") == 700
    assert said.count("mutuelle") == 700


@pytest.mark.parametrize("lang", ["fr", "en"])
@pytest.mark.parametrize("key", ["lexicon-unreadable", "lexicon-not-pls", "lexicon-entities"])
def test_each_fault_of_a_lexicon_has_its_sentence(lang: str, key: str) -> None:
    folder = ROOT / "src" / "ess_access" / "locale" / lang / "LC_MESSAGES"
    catalogue = (folder / "ess_access.po").read_text(encoding="utf-8")
    said = catalogue.partition(f'msgid "{key}"\nmsgstr "')[2].partition('"\n')[0]
    assert "{name}" in said


def test_joined_thousands_are_what_num2words_says() -> None:
    from num2words import num2words

    from ess_access.french.numbers.cardinals import cardinal

    odd = [80_000, 200_000, 80_000_000, 200_000_000, 21_000, 71_081, 10**9, 10**14 + 1]
    for value in [*range(0, 3000, 13), *(7**power for power in range(17)), *odd]:
        assert cardinal(value) == num2words(value, lang="fr")


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("\uf0b7 Un point\n\uf0b7 Deux points", "Un point. Deux points"),
        ("\uf0fc Oui", "coche, Oui"),
        ("\uf0ff", "symbole"),
        ("→ Un point\n➢ Deux points", "Un point. Deux points"),
        ("48° 6' 53\" N", "quarante-huit degrés six minutes cinquante-trois secondes N"),
        ("\u25b6\ufe0f Lire", "bouton lecture, Lire"),
        ("\u25b6 Lire", "Lire"),
        ("\U0001f44d\U0001f3fd Merci", "pouce vers le haut peau légèrement mate, Merci"),
        ("\U0001f468\u200d\U0001f469\u200d\U0001f467", "famille homme femme et fille"),
        ("1\ufe0f\u20e3", "touche un"),
        (
            "12.345 habitants, 3.125",
            "douze mille trois cent quarante-cinq habitants, trois point cent vingt-cinq",
        ),
        ("'les 20' et 20'", "les vingt et vingt minutes"),
    ],
)
def test_signs_that_cannot_be_seen_in_a_table_are_said(written: str, said: str) -> None:
    assert spoken(written) == said


@pytest.mark.parametrize("tail", ["", " €", ",50 €", " k€", "/3", "e", " hab.", " ans", "²", ":1"])
def test_a_number_longer_than_python_reads_is_said_figure_by_figure(tail: str) -> None:
    assert spoken("9" * 4400 + tail).count("neuf") >= 4400


def test_a_very_long_exponent_and_telephone_are_said() -> None:
    assert spoken("²" * 4400).count("deux") == 4400
    assert spoken("tel:+" + "1" * 4400).count("onze") == 2200


@pytest.mark.parametrize(
    "crowd", ["\u0301\u0316" * 20_000, "\u0301" * 20_000 + "\u0316" * 20_000, "\u05b0" * 40_000]
)
def test_a_crowd_of_accents_is_said_without_ordering_all_of_them(crowd: str) -> None:
    said = spoken(f"Bonjour e{crowd} fin")
    assert said.startswith("Bonjour é" if crowd[0] == "\u0301" else "Bonjour e")
    assert said.endswith("fin")


@pytest.mark.parametrize("bit", ["a/", "A-", "a-", "é·", "élu·e·s-", "(e)", "1/", "l'"])
def test_a_run_without_a_space_is_said_whole(bit: str) -> None:
    said = spoken(f"Bonjour {bit * 3000} fin")
    assert said.startswith("Bonjour")
    assert said.endswith("fin")
    assert sum(map(str.isalpha, said)) >= sum(map(str.isalpha, bit)) * 2000


# A middle dot of seven alphabets, bullets, dots, hyphens and the dash that Word makes of one.
_DOTS = "\u00b7\u2022\u22c5\u2027\u2219\u30fb\uff65\u0387\u1427\u2e31\ua78f\u16eb\u02d9\u2024"
_MARKS = f"{_DOTS}./_-\u2010\u2011\u2013"


@pytest.mark.parametrize("mark", list(_MARKS))
def test_every_make_of_mark_is_read_in_inclusive_writing(mark: str) -> None:
    said = "Les salariés et salariées"
    assert spoken(f"Les salarié{mark}e{mark}s") == said
    assert spoken(f"Les salarié{mark}es") == said


def test_a_minus_between_letters_of_a_formula_stays_one() -> None:
    assert spoken("x\u2212s et a\u2212e") == "x moins s et a moins e"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("3 mille euros", "trois mille euros"),
        ("103 mille euros", "cent trois mille euros"),
        ("80 mille euros", "quatre-vingt mille euros"),
        ("200 mille euros", "deux cent mille euros"),
    ],
)
def test_a_thousand_takes_the_plural_from_twenties_and_hundreds_alone(text: str, said: str) -> None:
    assert spoken(text, SpeechRules()) == said


def test_two_counts_beside_one_another_are_no_score() -> None:
    assert " sur " not in spoken("12 hommes / 8 femmes", SpeechRules())
    assert " sur " not in spoken("12 hommes / 18 femmes", SpeechRules())
    assert spoken("3 femmes / 10", SpeechRules()) == "trois femmes sur dix"
