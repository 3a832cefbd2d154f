"""What must hold for any text: nothing lost, nothing that a voice cannot say, no change twice."""

import re
import unicodedata

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from ess_access.french import addresses, agreement, sentences, typography
from ess_access.french.lexicon import Lexicon
from ess_access.french.speech import SpeechRules, explain, spoken
from support import shared

_BITS = st.sampled_from(
    [
        "12 h 30",
        "14/07/2024",
        "1 234,50 €",
        "80 %",
        "usager.ère.s",
        "Un·e salarié·e",
        "tou·te·s les",
        "M. Dupont",
        "art. L. 1411-1",
        "XIXe siècle",
        "Louis XIV",
        "CPAM",
        "ESS",
        "S.A.R.L.",
        "https://a.fr/b",
        "a@b.fr",
        "01 23 45 67 89",
        "n° 3",
        "etc.",
        "«",
        "»",
        "(",
        ")",
        "—",
        "-",
        "…",
        "😀",
        "½",
        "m²",
        "5 km/h",
        "2e",
        "l'",
        "d'",
        "et",
        "-5 °C",
        "+",
        "=",
        "10-15",
        "3/4",
        "\n",
        "\n\n",
        "POURQUOI ?",
        "NE PAS",
        "é",
        "·",
        "•",
        "'",
        "’",
        "*",
        "_",
        "x",
        "1",
        "0",
        "I",
        "V",
        "X",
        "le(la)",
        "iel",
        "RGAA 4.1.2",
        "35000 Rennes",
        "FR76 3000 6000 0112 3456 7890 189",
        "R&D",
        "H/F",
        "av. J.-C.",
        "日",
        "α",
        "№",
        "①",
        "²",
    ]
)
_PIECES = """
0 1 2 5 9 12 00 31 2024 123 000 3939 . , - – / x h € % ° k M km m² er e ème d n° art. L.
p. + − ( ) : min s ans mois de à juin janv. lun. I IV XX ½ ² ₂ FR BIC BNPAFRPP °C j < > =
× mai 1er sem. ex. $ cts v C @ a.fr # * é·e·s le (s) _ ② Ⅳ ٣ ⁵
"""
_FIGURES = st.lists(st.sampled_from([*_PIECES.split(), " ", "\n", "'", '"']), max_size=12).map(
    "".join
)
_TEXTS = st.one_of(
    st.text(max_size=60),
    _FIGURES,
    st.lists(_BITS, max_size=12).map(" ".join),
    st.lists(_BITS, max_size=6).map("".join),
    st.text("abcéàIVXLEes .·-/()'’,:;!?0123456789€%\n", max_size=40),
)
_SETTINGS = settings(max_examples=150, deadline=None)


def _is_sayable(sign: str) -> bool:
    return sign.isalpha() or sign in " '-.,;:!?"


@_SETTINGS
@given(_TEXTS)
@example("½½²²³ⅣⅦ㊿٣")
def test_only_letters_spaces_apostrophes_hyphens_and_sentence_marks_are_left(text: str) -> None:
    assert [sign for sign in spoken(text) if not _is_sayable(sign)] == []


@_SETTINGS
@given(_TEXTS)
@example("M. X. etc. P. S.")
@example("L'A.B. et C D")
def test_what_was_spoken_is_not_changed_again(text: str) -> None:
    once = spoken(text)
    assert spoken(once) == once


def _plain_words(text: str) -> list[str]:
    """Give words in small letters that no rule has a say in."""
    return re.findall(
        r"(?<![^\s])[a-zàâçéèêëîïôûùüœ]{4,}(?![^\s])", unicodedata.normalize("NFC", text)
    )


@_SETTINGS
@given(
    st.lists(
        st.sampled_from(["mutuelle", "adhésion", "soins", "remboursement"]) | _BITS, max_size=15
    )
)
def test_no_plain_word_of_the_source_is_lost(bits: list[str]) -> None:
    text = " ".join(bits)
    said = spoken(text, SpeechRules(lexicon=Lexicon())).lower()
    for word in set(_plain_words(text)) & {"mutuelle", "adhésion", "soins", "remboursement"}:
        assert said.count(word) >= text.count(word)


@_SETTINGS
@given(st.lists(st.sampled_from(["mutuelle", "adhésion", "soins"]) | _FIGURES, max_size=9))
@example(["mutuelle", "–1.234,5", "soins"])
@example(["adhésion", "mailto:aide@exemple.fr", "soins"])
def test_figures_never_hide_the_words_that_stand_between_them(bits: list[str]) -> None:
    text = " | ".join(bits)
    said = spoken(text, SpeechRules(lexicon=Lexicon())).lower()
    for word in ("mutuelle", "adhésion", "soins"):
        assert said.count(word) >= text.count(word)
    assert "exemple.fr" not in text or "aide arobase exemple point fr" in said


@_SETTINGS
@given(_TEXTS)
def test_sentences_give_every_word_back_in_order(text: str) -> None:
    assert " ".join(sentences.sentences(text)).split() == text.split()


@_SETTINGS
@given(_TEXTS)
def test_no_break_spaces_replace_spaces_and_nothing_else(text: str) -> None:
    held = typography.no_break(text)
    assert len(held) == len(text)
    assert all(
        old == new or (old in " \u2009\u202f" and new == "\u00a0")
        for old, new in zip(text, held, strict=True)
    )


@_SETTINGS
@given(_TEXTS)
def test_spans_lie_in_the_text_in_order(text: str) -> None:
    for spans in (
        addresses.find(text),
        tuple((group.start, group.end) for group in agreement.groups(text)),
    ):
        ends = [place for span in spans for place in span]
        assert ends == sorted(ends)
        assert all(0 <= place <= len(text) for place in ends)


@_SETTINGS
@given(_TEXTS)
def test_explanations_change_something_and_name_their_rule(text: str) -> None:
    for expansion in explain(text):
        assert expansion.rule
        assert expansion.before != expansion.after


@pytest.mark.parametrize("policy", ["both", "masculine", "feminine", "as-written"])
def test_the_guide_is_said_without_figures_marks_or_lone_dashes(policy: str) -> None:
    guide = shared("guide", "usagers.txt").read_text(encoding="utf-8")
    said = spoken(guide, SpeechRules(inclusive=policy))  # type: ignore[arg-type]  # a parameter
    assert not re.search(r"\d|\.ère|·|\s-\s|[«»()]", said)
    assert len(re.findall(r"\w+", said)) > 550
