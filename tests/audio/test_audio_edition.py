import json
import subprocess
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from ess_access.api.backend import Workspace
from ess_access.api.engine import Speech, Voice
from ess_access.backends.audio import AudioBackend, AudioOptions
from ess_access.backends.audio.id3_reading import read_tag
from ess_access.backends.audio.listening import listen
from ess_access.document.build import doc, h, lang, p, table, ul
from ess_access.document.nodes import Document
from ess_access.errors import ConfigurationError, EditionError, MissingError
from ess_access.transforms.outline import prepare
from support import program

SILENT = AudioOptions(engine="silence")
GUIDE = prepare(
    doc(
        p("Ce guide présente la mutuelle."),
        h(1, "Accueillir"),
        p("Nous recevons tout le monde. Les bureaux ouvrent le matin."),
        ul("sans rendez-vous", "par téléphone", "à domicile"),
        h(2, "Informer"),
        p("Chaque courrier existe en gros caractères, en braille et en audio."),
        h(1, "Œuvrer — 日本"),
        table(("Garantie", "Montant"), ("Optique", "cent euros"), ("Dents", "mille euros")),
        title="Le guide de l’accueil",
        authors=("Ana Gomez",),
    )
)[0]


def render(
    tmp_path: Path,
    document: Document = GUIDE,
    options: AudioOptions = SILENT,
    stem: str = "guide",
    cache: Path | None = None,
) -> Any:
    folder = tmp_path / stem
    folder.mkdir()
    return AudioBackend().render(document, options, Workspace(folder, stem, cache))


def pico() -> Any:
    engine = "pico"
    if any(absent.required for absent in AudioBackend().missing(AudioOptions(engine=engine))):
        pytest.skip("py-nanotts is not installed here")
    return AudioOptions(engine=engine)


def codes(artifacts: Any, document: Document = GUIDE, options: AudioOptions = SILENT) -> Any:
    return [finding.code for finding in AudioBackend().check(artifacts, document, options)]


def test_one_mp3_with_one_chapter_a_heading(tmp_path: Path) -> None:
    (artifact, *_) = render(tmp_path)
    assert artifact.path.name == "guide.mp3"
    names = sorted(path.name for path in artifact.path.parent.iterdir())
    assert names == ["guide.audio.json", "guide.mp3", "guide.vtt"]
    tag = read_tag(artifact.path.read_bytes())
    assert [title for _, title, _, _ in tag.chapters] == ["Accueillir", "Informer", "Œuvrer — 日本"]
    assert tag.listed == tuple(own for own, *_ in tag.chapters)
    assert tag.texts["TIT2"] == "Le guide de l’accueil"
    assert tag.texts["TPE1"] == "Ana Gomez"
    assert tag.texts["TLAN"] == "fra"


def test_the_measures_tell_length_and_words(tmp_path: Path) -> None:
    (artifact, *_) = render(tmp_path)
    heard = listen(artifact.path)
    assert artifact.measures["duration_s"] == pytest.approx(heard.seconds, abs=0.2)
    assert artifact.measures["chapters"] == 3
    assert artifact.measures["words"] > 30


def test_the_silence_engine_makes_a_file_that_says_so(tmp_path: Path) -> None:
    assert codes(render(tmp_path)) == ["AU-014"]


def test_speech_is_as_loud_as_audio_books_are(tmp_path: Path) -> None:
    options = pico()
    artifacts = render(tmp_path, options=options)
    assert codes(artifacts, options=options) == []
    heard = listen(artifacts[0].path)
    assert heard.lufs == pytest.approx(-19, abs=1)
    assert heard.true_peak_db <= -3
    assert heard.channels == 1


def test_a_chapter_begins_where_its_heading_is_said(tmp_path: Path) -> None:
    (artifact, *_) = render(tmp_path, options=pico())
    heard = listen(artifact.path)
    for _, _, start, _ in read_tag(artifact.path.read_bytes()).chapters:
        around = heard.islands(start / 1000 - 0.5, start / 1000 + 0.5)
        assert around[0][0] == pytest.approx(start / 1000 + 0.03, abs=0.06)


def test_two_builds_give_the_same_bytes(tmp_path: Path) -> None:
    options = pico()
    first, second = (
        render(tmp_path, options=options, stem=stem)[0].path.read_bytes() for stem in ("a", "b")
    )
    assert first == second


def test_what_was_said_is_not_said_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from ess_access.engines.silence import SilenceEngine

    first = render(tmp_path, stem="a", cache=tmp_path / "cache")
    said: list[str] = []
    speak = SilenceEngine.synthesize

    def listening(self: SilenceEngine, text: str, voice: Voice, rate: float) -> Speech:
        said.append(text)
        return speak(self, text, voice, rate)

    monkeypatch.setattr(SilenceEngine, "synthesize", listening)
    second = render(tmp_path, stem="b", cache=tmp_path / "cache")
    assert said == []
    assert first[0].path.read_bytes() == second[0].path.read_bytes()
    changed = replace(GUIDE, children=(p("Une autre phrase."), *GUIDE.children[1:]))
    render(tmp_path, changed, stem="c", cache=tmp_path / "cache")
    assert said == ["Une autre phrase."]


def test_a_damaged_cache_is_not_believed(tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    first = render(tmp_path, stem="a", cache=cache)
    for path in cache.rglob("*"):
        if path.is_file() and "clips" in path.parts:
            path.write_bytes(b"{}")
        elif path.is_file():
            path.unlink()
    second = render(tmp_path, stem="b", cache=cache)
    assert first[0].path.read_bytes() == second[0].path.read_bytes()


def test_a_slower_pace_lasts_longer(tmp_path: Path) -> None:
    usual = render(tmp_path, stem="a")[0].measures["duration_s"]
    slow = render(tmp_path, stem="b", options=replace(SILENT, rate=0.5))[0].measures["duration_s"]
    assert slow > 1.4 * usual


@pytest.mark.parametrize("kbps", [32, 64, 128])
def test_the_bit_rate_is_the_one_asked_for(tmp_path: Path, kbps: int) -> None:
    (artifact, *_) = render(tmp_path, options=replace(SILENT, bitrate_kbps=kbps))
    rate = artifact.path.stat().st_size * 8 / listen(artifact.path).seconds / 1000
    assert rate == pytest.approx(kbps, rel=0.05)


def test_more_chapters_than_a_byte_counts_are_all_listed(tmp_path: Path) -> None:
    many = [block for n in range(260) for block in (h(1, f"Titre numéro {n}"), p("Oui."))]
    document = prepare(doc(*many, title="Beaucoup"))[0]
    (artifact, *_) = render(tmp_path, document)
    tag = read_tag(artifact.path.read_bytes())
    assert len(tag.chapters) == len(tag.listed) == 260
    assert codes((artifact,), document) == ["AU-014"]


def test_a_passage_that_no_voice_speaks_is_said_and_told(tmp_path: Path) -> None:
    document = prepare(doc(p("Un ", lang("br", "kenavo"), " poli."), title="Mots"))[0]
    (artifact, *_) = render(tmp_path, document)
    (finding,) = artifact.findings
    assert finding.code == "AU-001"
    assert finding.params["lang"] == "br"
    assert artifact.measures["utterances"] == 4


def test_a_document_without_a_word_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(EditionError) as caught:
        render(tmp_path, doc())
    assert caught.value.key == "audio-nothing-to-say"
    assert list((tmp_path / "guide").iterdir()) == []


def test_a_document_with_a_title_alone_is_said(tmp_path: Path) -> None:
    document = doc(title="Vide")
    assert codes(render(tmp_path, document), document) == ["AU-014"]


def test_an_unknown_voice_is_refused(tmp_path: Path) -> None:
    with pytest.raises(MissingError) as caught:
        render(tmp_path, options=replace(SILENT, voice="personne"))
    assert caught.value.key == "voice-missing"


def test_a_voice_may_be_named_by_its_language(tmp_path: Path) -> None:
    (artifact, *_) = render(tmp_path, options=replace(SILENT, voice="fr"))
    assert artifact.path.exists()


def test_a_language_without_a_voice_is_refused(tmp_path: Path) -> None:
    with pytest.raises(MissingError) as caught:
        render(tmp_path, prepare(doc(p("Kenavo."), lang="br", title="Br"))[0])
    assert caught.value.key == "voice-language"


def test_an_unknown_engine_is_refused() -> None:
    with pytest.raises(ConfigurationError):
        list(AudioBackend().missing(AudioOptions(engine="nobody")))


def test_the_fingerprint_changes_with_the_engine() -> None:
    backend = AudioBackend()
    assert backend.fingerprint(SILENT) == backend.fingerprint(SILENT)
    assert backend.fingerprint(SILENT) != backend.fingerprint(AudioOptions())


def test_without_pico_the_system_speaks(monkeypatch: pytest.MonkeyPatch) -> None:
    from ess_access.backends.audio.casting import engine_name
    from ess_access.engines import pico as pico_module

    assert engine_name(AudioOptions()) in {"pico", "pyttsx3"}
    monkeypatch.setattr(pico_module, "_version", lambda: None)
    assert engine_name(AudioOptions()) in {"pyttsx3", "pico"}
    assert next(iter(AudioBackend().missing(AudioOptions(engine="pico")))).key == "pico-missing"


@pytest.mark.oracle
def test_ffprobe_reads_the_same_chapters_and_tags(tmp_path: Path) -> None:
    ffprobe = program("ffprobe")
    (artifact, *_) = render(tmp_path)
    command = [ffprobe, "-v", "warning", "-show_chapters", "-show_format", "-of", "json"]
    run = subprocess.run(
        [*command, str(artifact.path)], capture_output=True, check=True, timeout=60
    )
    assert run.stderr == b""
    seen = json.loads(run.stdout)
    titles = [chapter["tags"]["title"] for chapter in seen["chapters"]]
    assert titles == ["Accueillir", "Informer", "Œuvrer — 日本"]
    assert seen["format"]["tags"]["title"] == "Le guide de l’accueil"
    assert seen["format"]["tags"]["language"] == "fra"
    assert float(seen["format"]["duration"]) == pytest.approx(
        artifact.measures["duration_s"], abs=0.1
    )


@pytest.mark.oracle
def test_ffmpeg_measures_the_same_loudness(tmp_path: Path) -> None:
    ffmpeg = program("ffmpeg")
    (artifact, *_) = render(tmp_path, options=pico())
    command = [ffmpeg, "-hide_banner", "-nostats", "-i", str(artifact.path)]
    command += ["-af", "ebur128=peak=true", "-f", "null", "-"]
    run = subprocess.run(command, capture_output=True, check=True, timeout=60, text=True)
    summary = run.stderr.rpartition("Summary:")[2]
    loudness = float(summary.partition("I:")[2].split()[0])
    peak = float(summary.partition("Peak:")[2].split()[0])
    heard = listen(Path(artifact.path))
    assert heard.lufs == pytest.approx(loudness, abs=0.2)
    assert heard.true_peak_db == pytest.approx(peak, abs=0.3)
