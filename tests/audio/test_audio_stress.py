import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest

from audio_sounds import SILENT, checked, rendered, speaking
from ess_access.backends.audio import AudioOptions
from ess_access.backends.audio.script import script
from ess_access.document.build import doc, h, p, table
from ess_access.document.nodes import Document
from ess_access.errors import EssAccessError
from ess_access.transforms.outline import prepare


def document(*blocks: object) -> Document:
    return prepare(doc(*blocks, title="Épreuve"))[0]  # type: ignore[arg-type]


HARD = {
    "accented letters": "é" * 5000,
    "interpuncts": "·" * 300,
    "emoji": "\U0001f600\U0001f468\u200d\U0001f469\u200d\U0001f467 Bonjour \U0001f1eb\U0001f1f7",
    "control characters": "".join(chr(n) for n in range(32)) + "Bonjour\x7f\x9f\ufffe",
    "a word without an end": "anticonstitutionnellement" * 80,
    "other scripts": "日本語 العربية עברית Ελληνικά Кириллица",
    "markup": "<speak><volume level='900'>&amp; \\ {{x}} %s",
    "marks": "?!… ;;; ,,, ((( ))) [[ ]] «« »»",
    "digits": "1234567890" * 20,
}


@pytest.mark.parametrize(
    "engine", ["pico", "espeak", pytest.param("pyttsx3", marks=pytest.mark.e2e)]
)
@pytest.mark.parametrize("name", HARD)
def test_a_hard_text_ends_in_audio(tmp_path: Path, engine: str, name: str) -> None:
    options = speaking(engine)
    text = HARD[name]
    start = time.monotonic()
    made = document(p(text), h(1, "Fin"), p("La fin est dite."))
    artifacts = rendered(tmp_path / "a", options, made)
    assert time.monotonic() - start < 60
    # What such a text sounds like is nobody's promise; the file, its chapters and its end are.
    found = {finding.code for finding in checked(artifacts, options, made)}
    assert not found & {"AU-002", "AU-015", "AU-016", "AU-017"}
    if name != "other scripts":
        assert "AU-019" not in found


def test_words_that_a_voice_leaves_out_are_missed(tmp_path: Path) -> None:
    options = speaking("pico")
    made = document(h(1, "Salut"), p("日本語の本です。"), p("La fin est dite."))
    artifacts = rendered(tmp_path / "a", options, made)
    told = [f for f in checked(artifacts, options, made) if f.code == "AU-019"]
    assert [finding.params["words"] for finding in told] == ["日本語の本です。"]


def test_words_of_another_script_amid_a_sentence_are_told(tmp_path: Path) -> None:
    made = document(p("Le mot Καλημέρα, soit こんにちは, se dit le matin."), p("Un œuf, ça va."))
    (artifact, *_) = rendered(tmp_path / "a", SILENT, made)
    (finding,) = artifact.findings
    assert finding.code == "AU-021"
    assert finding.params["words"] == "Καλημέρα こんにちは"
    spelled = replace(SILENT, lexicon=("Καλημέρα=kaliméra", "こんにちは=connitchiwa"))
    assert rendered(tmp_path / "b", spelled, made)[0].findings == ()


def test_a_document_of_tables_alone_is_said(tmp_path: Path) -> None:
    options = speaking("pico", "espeak")
    rows = [("Garantie", "Prix"), *((f"Soin {n}", f"{n} €") for n in range(12))]
    made = document(table(*rows), table(*rows, head_rows=0))
    artifacts = rendered(tmp_path / "a", options, made)
    assert checked(artifacts, options, made) == []


def test_a_document_of_empty_parts_says_its_title(tmp_path: Path) -> None:
    made = document(p(""), p("—"), table(("",), ("",)))
    assert rendered(tmp_path / "a", SILENT, made)[0].measures["words"] >= 1


@pytest.mark.e2e
def test_a_long_book_is_said_in_a_steady_memory(tmp_path: Path) -> None:
    engine = speaking("espeak", "pico").engine
    script = Path(__file__).parents[1] / "long_book.py"
    told = subprocess.run(
        [sys.executable, script, tmp_path, engine],
        check=True,
        capture_output=True,
        text=True,
        timeout=600,
    ).stdout
    duration_s, peak = map(float, told.split())
    assert duration_s > 2.8 * 3600
    assert peak < 300_000_000


def test_a_text_of_200_000_characters_becomes_a_script_of_short_breaths() -> None:
    text = "mots sans fin " * 14_300
    found = script(document(p(text)), AudioOptions())
    assert max(len(each.spoken) for each in found) < 1_000
    said = " ".join(each.spoken for each in found[1:]).split()
    assert len(said) == 3 * 14_300


def test_english_never_speaks_french(tmp_path: Path) -> None:
    options = speaking("espeak", "pico")
    with pytest.raises(EssAccessError) as caught:
        rendered(tmp_path / "a", replace(options, voice="fr-inconnue"))
    assert caught.value.key == "voice-missing"


@pytest.mark.parametrize("voice", ["en-GB", "en"])
def test_an_english_voice_is_not_taken_for_a_french_document(tmp_path: Path, voice: str) -> None:
    options = speaking("pico", voice=voice)
    with pytest.raises(EssAccessError) as caught:
        rendered(tmp_path / "a", options)
    assert caught.value.key == "voice-of-another-language"
    assert caught.value.params["known"] == "fr-FR"
    # A language that no voice speaks takes the voice that one chooses.
    breton = prepare(doc(p("Demat deoc’h."), title="Demat", lang="br"))[0]
    assert rendered(tmp_path / "b", replace(options, voice="fr-FR"), breton)
