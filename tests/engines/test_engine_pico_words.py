"""What Pico is told is what a person would hear: its respellings change the sound alone."""

import pytest

from ess_access.api import plugins
from ess_access.engines.pico_words import respelled


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("Le dix-sept mai, à dix-huit heures", "Le dix sept mai, à dix huit heures"),
        ("quatre-vingt-dix-neuf", "quatre vingt dix neuf"),
        ("Saint-Étienne, un rendez-vous", "Saint Étienne, un rendez-vous"),
        ("Dit-elle vrai ? Y a-t-il un mot ?", "Dit-elle vrai ? Y a-t-il un mot ?"),
        ("donnez-moi celui-ci, ci-dessous", "donnez-moi celui-ci, ci-dessous"),
        ("Le Braille, des brailles", "Le braïlle, des braïlles"),
        ("un brailliste, embrailler", "un brailliste, embrailler"),
        ("le dix mars, un week-end", "le dix marse, un ouikènde"),
        ("le bon sens", "le bon sense"),
        ("je sens, tu te sens, sens dessus dessous", "je sens, tu te sens, sens dessus dessous"),
        ("l'E S S, 2024-2025", "l'E S S, 2024-2025"),
        ("exemple point fr", "exemple point effère"),
        ("bonnes pratiques ess, l'E S S", "bonnes pratiques e s s, l'E S S"),
        ("Ecole, Evaluer, Eglise, Echéance, Etude", "École, Évaluer, Église, Échéance, Étude"),
        (
            "Elle, Est, Et, Etc., Euro, Exemple, En, E S S",
            "Elle, Est, Et, Etc., Euro, Exemple, En, E S S",
        ),
        ("On paie, ils paient le paiement", "On paye, ils payent le payement"),
        ("Les regroupements, un groupement", "Les regrou pements, un grou pement"),
        ("", ""),
    ],
)
def test_words_that_pico_gets_wrong_are_respelled(said: str, told: str) -> None:
    assert respelled(said) == told


def test_a_hyphen_of_a_number_is_not_heard_and_other_languages_are_left_alone() -> None:
    engine = plugins.load(plugins.ENGINES, "pico")
    if list(engine.missing()):
        pytest.skip("py-nanotts is not installed here")
    french = engine.voices()[0]
    english = next(voice for voice in engine.voices() if voice.lang == "en-GB")
    with_hyphen, without = (
        [engine.synthesize(text, voice, 1.0).pcm for voice in (french, english)]
        for text in ("A long week-end", "A long ouikènde")
    )
    assert with_hyphen[0] == without[0]
    assert with_hyphen[1] != without[1]
    engine.close()
    assert "words" in engine.fingerprint(french)
    assert "words" not in engine.fingerprint(english)
