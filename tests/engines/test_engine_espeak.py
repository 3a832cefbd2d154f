import importlib.util
import subprocess
import sys
from array import array
from pathlib import Path

import pytest

from ess_access.api.engine import Voice
from ess_access.engines import espeak, espeak_library, espeak_voice
from ess_access.engines.espeak import EspeakEngine
from ess_access.engines.piper import PiperEngine
from ess_access.errors import MissingError

MODEL = str(Path(__file__).with_name("tiny-fr.onnx"))


@pytest.fixture
def engine() -> EspeakEngine:
    made = EspeakEngine()
    if list(made.missing()):
        pytest.skip("eSpeak NG is not installed here")
    return made


def needs_library() -> None:
    if espeak_library.load() is None:
        pytest.skip("eSpeak NG is not installed here")


def test_each_word_has_its_instant(engine: EspeakEngine) -> None:
    text = "Bonjour à toutes et à tous."
    speech = engine.synthesize(text, engine.voices()[0], 1.0)
    engine.close()
    words = [text[mark.offset :].split()[0] for mark in speech.marks]
    assert words[0] == "Bonjour"
    assert words[-1] == "tous."
    instants = [mark.seconds for mark in speech.marks]
    assert instants == sorted(instants)
    assert instants[-1] < speech.seconds
    assert max(array("h", speech.pcm)) > 1000


def test_the_voices_of_france_come_first_and_each_language_once(engine: EspeakEngine) -> None:
    tags = [voice.lang for voice in engine.voices()]
    assert tags[0].startswith("fr")
    assert len(tags) == len(set(tags)) > 20


@pytest.mark.parametrize("text", ["é" * 5000, "·" * 300, "\U0001f600", "<a> & b", "x" * 3000])
def test_a_text_that_hangs_voices_ends(engine: EspeakEngine, text: str) -> None:
    assert engine.synthesize(text, engine.voices()[0], 1.0).rate_hz > 0
    engine.close()


@pytest.mark.parametrize("unit", ["kwz", "kwz ", "k w z ", "www ", "1", "99 ", "é"])
def test_a_clause_without_a_breath_is_said_to_its_end(engine: EspeakEngine, unit: str) -> None:
    voice = engine.voices()[0]
    once, many = (engine.synthesize((unit * n)[:n], voice, 1.0) for n in (60, 1200))
    engine.close()
    assert many.seconds == pytest.approx(20 * once.seconds, rel=0.1)


def test_a_breath_that_is_added_leaves_the_words_their_instants(engine: EspeakEngine) -> None:
    text = " ".join(["quatre"] * 200)
    marks = engine.synthesize(text, engine.voices()[0], 1.0).marks
    engine.close()
    assert [mark.offset for mark in marks] == list(range(0, len(text), 7))


def test_a_word_that_another_ends_with_has_its_own_instant(engine: EspeakEngine) -> None:
    text = "Celle le dit, nous nous en irons."
    marks = engine.synthesize(text, engine.voices()[0], 1.0).marks
    engine.close()
    assert [text[mark.offset :].split()[0] for mark in marks] == text.split()


def test_an_unknown_voice_is_refused(engine: EspeakEngine) -> None:
    with pytest.raises(MissingError):
        engine.synthesize("Bonjour.", Voice("klingon", "tlh"), 1.0)


def test_without_the_library_it_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(espeak, "_listed", lambda: ("", (), {}))
    (absent,) = EspeakEngine().missing()
    assert absent.key == "espeak-missing"
    assert EspeakEngine().voices() == ()
    with pytest.raises(MissingError):
        EspeakEngine().synthesize("Bonjour.", Voice("fr", "fr"), 1.0)


def test_the_loader_s_library_speaks_where_the_system_has_none() -> None:
    if importlib.util.find_spec("espeakng_loader") is None:
        pytest.skip("the extra espeak is not installed here")
    # In a process of its own: two copies of the library in one do not agree.
    program = """
import ctypes.util
from ess_access.engines import espeak_library, espeak_voice
espeak_library._NAMES = espeak_library._PLACES = ()
ctypes.util.find_library = lambda name: None
header, _ = espeak_voice.answer({"list": True})
own = next(own for tag, _, own in header["voices"] if tag.startswith("fr"))
_, pcm = espeak_voice.answer({"text": "Bonjour.", "voice": own, "rate": 1.0})
assert "espeakng_loader" in espeak_library.load()[1]
print(len(pcm))
"""
    command = [sys.executable, "-c", program]
    run = subprocess.run(command, capture_output=True, timeout=60, check=True, text=True)
    assert int(run.stdout) > 10_000


def test_no_library_at_all_is_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(espeak_library, "_loaded", lambda _name: None)
    monkeypatch.setattr(importlib.util, "find_spec", lambda _name: None)
    assert espeak_library.load() is None


def test_the_voice_s_side_lists_and_speaks() -> None:
    needs_library()
    header, _ = espeak_voice.answer({"list": True})
    own = next(own for tag, _, own in header["voices"] if tag.startswith("fr"))
    header, pcm = espeak_voice.answer({"text": "Bonjour à tous.", "voice": own, "rate": 1.0})
    assert header["rate_hz"] > 8000
    assert [offset for offset, _ in header["marks"]][:2] == [0, 8]
    assert len(pcm) > header["rate_hz"]
    with pytest.raises(MissingError):
        espeak_voice.answer({"text": "a", "voice": "no/such", "rate": 1.0})


def test_phonemes_keep_the_marks_of_clauses() -> None:
    needs_library()
    said = espeak_voice.phonemes("Bonjour, ça va ?", "fr")
    assert "," in said
    assert said.endswith("?")


def test_a_piper_model_speaks() -> None:
    needs_library()
    pytest.importorskip("onnxruntime", reason="the extra piper is not installed here")
    engine = PiperEngine()
    slow = engine.synthesize("Bonjour à tous.", Voice(MODEL, "fr"), 1.0)
    engine.close()
    assert slow.rate_hz == 16_000
    assert slow.seconds > 0.5
    assert max(array("h", slow.pcm)) > 100
    assert engine.voices() == ()
    assert "tiny-fr.onnx" in engine.fingerprint(Voice(MODEL, "fr"))


def test_the_piper_side_reads_the_model_s_facts() -> None:
    needs_library()
    pytest.importorskip("onnxruntime", reason="the extra piper is not installed here")
    from ess_access.engines import piper_voice

    header, pcm = piper_voice.answer({"text": "Oui.", "model": MODEL, "rate": 1.0})
    assert header == {"rate_hz": 16_000}
    assert pcm
    assert piper_voice.ids_of("ab", {"^": [1], "$": [2], "_": [0], "a": [5], "b": [6]}) == [
        1, 0, 5, 0, 6, 0, 2,
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "lang", "key"),
    [
        ("absent.onnx", "fr", "piper-model"),
        (__file__, "fr", "piper-model"),
        (MODEL, "de", "voice-language"),
    ],
)
def test_a_model_that_cannot_speak_this_is_refused(name: str, lang: str, key: str) -> None:
    pytest.importorskip("onnxruntime", reason="the extra piper is not installed here")
    with pytest.raises(MissingError) as caught:
        PiperEngine().synthesize("Bonjour.", Voice(name, lang), 1.0)
    assert caught.value.key == key


def test_a_broken_model_is_told(tmp_path: Path) -> None:
    pytest.importorskip("onnxruntime", reason="the extra piper is not installed here")
    model = tmp_path / "a.onnx"
    model.write_bytes(b"nothing")
    facts = Path(MODEL + ".json").read_text(encoding="utf-8")
    Path(f"{model}.json").write_text(facts, encoding="utf-8")
    engine = PiperEngine()
    with pytest.raises(MissingError) as caught:
        engine.synthesize("Bonjour.", Voice(str(model), "fr"), 1.0)
    engine.close()
    assert caught.value.key == "piper-model"
    Path(f"{model}.json").write_text("{", encoding="utf-8")
    with pytest.raises(MissingError):
        engine.synthesize("Bonjour.", Voice(str(model), "fr"), 1.0)


def test_without_onnxruntime_it_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    from ess_access.engines import piper

    monkeypatch.setattr(piper, "find_spec", lambda _name: None)
    (absent,) = PiperEngine().missing()
    assert absent.key == "piper-missing"
    with pytest.raises(MissingError):
        PiperEngine().synthesize("Bonjour.", Voice(MODEL, "fr"), 1.0)
