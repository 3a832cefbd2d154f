from array import array
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from ess_access.api import plugins
from ess_access.api.engine import SpeechEngine, Voice
from ess_access.engines.decode import NoSoundError, decoded
from ess_access.engines.system_voice import language_tag
from ess_access.errors import MissingError


@pytest.fixture(params=["pico", "pyttsx3", "silence"])
def engine(request: Any) -> Any:
    made = plugins.load(plugins.ENGINES, request.param)
    if any(absent.required for absent in made.missing()):
        pytest.skip(f"{request.param} is not installed here")
    yield made
    made.close()


def test_the_first_voice_speaks_french(engine: SpeechEngine) -> None:
    assert engine.voices()[0].lang.lower().startswith("fr")


def test_words_become_samples_that_last(engine: SpeechEngine) -> None:
    speech = engine.synthesize("Bonjour à toutes et à tous.", engine.voices()[0], 1.0)
    assert 1.0 < speech.seconds < 5.0
    sounds = max(array("h", speech.pcm)) > 1000
    assert sounds == (engine.name != "silence")


def test_twice_as_fast_is_shorter(engine: SpeechEngine) -> None:
    voice = engine.voices()[0]
    text = "La mutuelle rembourse les lunettes et les soins dentaires."
    slow, fast = (engine.synthesize(text, voice, rate).seconds for rate in (1.0, 2.0))
    assert fast < 0.75 * slow


def test_a_deterministic_engine_repeats_itself(engine: SpeechEngine) -> None:
    voice = engine.voices()[0]
    first, second = (engine.synthesize("Deux fois.", voice, 1.0).pcm for _ in range(2))
    assert first == second


def test_the_pace_of_the_systems_voices_never_slips() -> None:
    engine = plugins.load(plugins.ENGINES, "pyttsx3")
    if any(absent.required for absent in engine.missing()):
        pytest.skip("pyttsx3 is not installed here")
    voice = engine.voices()[0]
    # Side by side, so that processes are put aside at awkward instants.
    with ThreadPoolExecutor(6) as pool:
        said = set(pool.map(lambda _: engine.synthesize("Oui.", voice, 1.0).pcm, range(48)))
    assert len(said) == 1


def test_an_unknown_voice_is_refused_and_english_never_speaks_french(engine: SpeechEngine) -> None:
    with pytest.raises(MissingError) as caught:
        engine.synthesize("Bonjour.", Voice("fr-zz-unknown", "fr"), 1.0)
    assert caught.value.key == "voice-missing"
    assert caught.value.params["voice"] == "fr-zz-unknown"


def test_the_fingerprint_tells_voices_apart(engine: SpeechEngine) -> None:
    first, second = engine.voices()[:2]
    assert engine.fingerprint(first) != engine.fingerprint(second)


@pytest.mark.parametrize(
    "text", ["é" * 1000, "·" * 300, "x" * 500, "\U0001f600", "<volume level='9'>a"]
)
def test_a_text_that_hangs_voices_ends(engine: SpeechEngine, text: str) -> None:
    if engine.name == "pyttsx3":
        text = text[:200]
    speech = engine.synthesize(text, engine.voices()[0], 1.0)
    assert speech.rate_hz > 0


def test_a_text_longer_than_a_chunk_is_said_whole(engine: SpeechEngine) -> None:
    text = "Les adhérents et les adhérentes votent. " * 120
    speech = engine.synthesize(text, engine.voices()[0], 1.0)
    one = engine.synthesize(text[:400], engine.voices()[0], 1.0).seconds
    assert speech.seconds > 9 * one


def test_silence_marks_each_word() -> None:
    engine = plugins.load(plugins.ENGINES, "silence")
    marks = engine.synthesize("un deux trois", engine.voices()[0], 1.0).marks
    assert [mark.offset for mark in marks] == [0, 3, 8]
    assert marks[1].seconds == pytest.approx(3 / 15)


@pytest.mark.parametrize(
    ("languages", "voice_id", "tag"),
    [
        (["fr-fr"], "roa/fr", "fr-fr"),
        ([b"\x05fr"], "fr", "fr"),
        (["40C"], "HKEY", "fr-FR"),
        (["fr_FR"], "com.apple.voice.Thomas", "fr-FR"),
        ([], "com.apple.speech.fr-CA.amelie", "fr-CA"),
        ([], "HKEY_LOCAL", "und"),
    ],
)
def test_the_language_of_a_system_voice_is_understood(
    languages: Any, voice_id: str, tag: str
) -> None:
    assert language_tag(languages, voice_id) == tag


@pytest.mark.parametrize("data", [b"", b"RIFF", b"not a sound" * 100])
def test_a_file_without_sound_is_refused(data: bytes) -> None:
    with pytest.raises(NoSoundError):
        decoded(data)


def test_pico_s_side_of_the_pipe_speaks() -> None:
    pytest.importorskip("py_nanotts", reason="py-nanotts is not installed here")
    from ess_access.engines.pico_voice import answer

    header, pcm = answer({"text": "Bonjour.", "voice": "fr-FR", "speed": 1.0})
    assert header == {"rate_hz": 16_000}
    assert len(pcm) > 16_000


def test_what_pico_says_does_not_depend_on_what_it_said_before() -> None:
    engine = plugins.load(plugins.ENGINES, "pico")
    if list(engine.missing()):
        pytest.skip("py-nanotts is not installed here")
    voice = engine.voices()[0]
    sentences = ["Bienvenue à la mutuelle.", "Les bureaux ouvrent le matin.", "Merci."]
    there = [engine.synthesize(each, voice, 1.0).pcm for each in sentences]
    back = [engine.synthesize(each, voice, 1.0).pcm for each in reversed(sentences)]
    engine.close()
    assert there == back[::-1]
