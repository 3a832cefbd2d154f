import json
import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from types import ModuleType

import pytest

from audio_sounds import GUIDE, SILENT, checked, rendered, speaking
from ess_access.backends.audio import AudioBackend, AudioOptions
from ess_access.backends.audio.encoding import encoder_name
from ess_access.backends.audio.listening import listen
from ess_access.backends.audio.media_reading import read_media
from ess_access.document.build import doc, h, p
from ess_access.errors import ConfigurationError, MissingError
from ess_access.transforms.outline import prepare
from support import program


def names(artifacts: object) -> list[str]:
    return [artifact.path.name for artifact in artifacts]  # type: ignore[attr-defined]


@pytest.mark.parametrize("kind", ["m4b", "opus"])
def test_another_format_has_the_same_sound_chapters_and_tags(tmp_path: Path, kind: str) -> None:
    options = speaking(formats=("mp3", kind))
    artifacts = rendered(tmp_path / "a", options)
    first, second = artifacts[:2]
    assert names(artifacts)[:2] == ["guide.mp3", f"guide.{kind}"]
    assert checked(artifacts, options) == []
    one, other = listen(first.path), listen(second.path)
    assert other.seconds == pytest.approx(one.seconds, abs=0.2)
    tag = read_media(second.path)
    titles = [title for _, title, _, _ in tag.chapters]
    assert titles == ["Le guide de l’accueil", "Accueillir", "Informer"]
    starts = [start for _, _, start, _ in tag.chapters[1:]]
    assert starts == [start for _, _, start, _ in read_media(first.path).chapters]
    assert tag.texts["TLAN"] == "fra"
    assert tag.texts["TPE1"] == "Ana Gomez"


@pytest.mark.oracle
@pytest.mark.parametrize("kind", ["m4b", "opus"])
def test_ffprobe_reads_other_formats(tmp_path: Path, kind: str) -> None:
    ffprobe = program("ffprobe")
    (artifact, *_) = rendered(tmp_path / "a", replace(SILENT, formats=(kind,)))
    command = [ffprobe, "-v", "error", "-show_chapters", "-of", "json", str(artifact.path)]
    run = subprocess.run(command, capture_output=True, check=True, timeout=60)
    chapters = json.loads(run.stdout)["chapters"]
    assert [each["tags"]["title"] for each in chapters][1:] == ["Accueillir", "Informer"]
    for seen, own in zip(chapters, read_media(artifact.path).chapters, strict=True):
        assert float(seen["start_time"]) * 1000 == pytest.approx(own[2], abs=2)


def test_one_file_a_chapter_and_a_playlist(tmp_path: Path) -> None:
    options = speaking(files="chapters")
    artifacts = rendered(tmp_path / "a", options)
    assert checked(artifacts, options) == []
    sounds = [name for name in names(artifacts) if name.endswith(".mp3")]
    assert sounds == [
        "guide-00-le-guide-de-l-accueil.mp3",
        "guide-01-accueillir.mp3",
        "guide-02-informer.mp3",
    ]
    playlist = (tmp_path / "a" / "guide.m3u8").read_text(encoding="utf-8").splitlines()
    assert playlist[0] == "#EXTM3U"
    assert playlist[2::2] == sounds
    assert re.fullmatch(r"#EXTINF:\d+\.\d{3},Accueillir", playlist[3])
    tag = read_media(tmp_path / "a" / sounds[1])
    assert (tag.texts["TIT2"], tag.texts["TALB"]) == ("Accueillir", "Le guide de l’accueil")
    assert tag.texts["TRCK"] == "2/3"


@pytest.mark.parametrize("pause_ms", [100, 3000])
def test_each_file_of_a_chapter_is_as_loud_and_ends_as_it_should(
    tmp_path: Path, pause_ms: int
) -> None:
    options = speaking("pico", "espeak", files="chapters", pause_ms=pause_ms)
    vowels = p("Lalalalala. " * 12)
    hushed = p("Chut, psitt, pfft, zut. " * 8)
    made = prepare(doc(p("Avant."), h(1, "Oui"), vowels, h(1, "Chut"), hushed, title="Ton"))[0]
    artifacts = rendered(tmp_path / "a", options, made)
    assert len([each for each in artifacts if each.path.suffix == ".mp3"]) == 3
    assert checked(artifacts, options, made) == []
    whole = replace(options, files="one")
    assert checked(rendered(tmp_path / "b", whole, made), whole, made) == []


@pytest.mark.parametrize("kind", ["mp3", "m4b", "opus"])
def test_every_format_shows_the_cover(tmp_path: Path, kind: str) -> None:
    import av

    (artifact, *_) = rendered(tmp_path / "a", replace(SILENT, formats=(kind,)))
    with av.open(str(artifact.path)) as container:
        (stream,) = container.streams.video
        assert stream.disposition & av.stream.Disposition.attached_pic
        assert (stream.width, stream.height) == (600, 600)
    (artifact, *_) = rendered(tmp_path / "b", replace(SILENT, formats=(kind,), cover=False))
    with av.open(str(artifact.path)) as container:
        assert not container.streams.video


def test_a_lost_file_of_a_chapter_is_an_error(tmp_path: Path) -> None:
    options = speaking(files="chapters")
    artifacts = rendered(tmp_path / "a", options)
    kept = tuple(each for each in artifacts if "-02-" not in each.path.name)
    assert "AU-015" in {finding.code for finding in checked(kept, options)}


def test_the_timeline_gives_each_utterance_its_node_and_times(tmp_path: Path) -> None:
    options = speaking()
    artifacts = rendered(tmp_path / "a", options)
    data = json.loads((tmp_path / "a" / "guide.audio.json").read_text(encoding="utf-8"))
    said = data["utterances"]
    assert data["files"] == ["guide.mp3"]
    assert [each["id"] for each in said] == [f"u{n}" for n in range(1, len(said) + 1)]
    heading = next(each for each in said if each["written"].endswith("Informer"))
    assert (heading["node"], heading["kind"], heading["level"]) == ("informer", "heading", 2)
    starts = [each["start_s"] for each in said]
    assert starts == sorted(starts)
    heard = listen(artifacts[0].path)
    for each in said:
        assert heard.islands(each["start_s"], each["end_s"])


def test_the_words_of_an_engine_that_tells_them_have_their_times(tmp_path: Path) -> None:
    rendered(tmp_path / "a", SILENT)
    data = json.loads((tmp_path / "a" / "guide.audio.json").read_text(encoding="utf-8"))
    entry = data["utterances"][0]
    assert [offset for offset, _ in entry["words"]] == [0, 3, 9, 12]
    assert all(entry["start_s"] <= at <= entry["end_s"] for _, at in entry["words"])


def test_a_timeline_that_lies_is_an_error(tmp_path: Path) -> None:
    options = speaking()
    artifacts = rendered(tmp_path / "a", options)
    path = tmp_path / "a" / "guide.audio.json"
    data = json.loads(path.read_text(encoding="utf-8"))
    good = path.read_text(encoding="utf-8")
    del data["utterances"][2]
    path.write_text(json.dumps(data), encoding="utf-8")
    assert [each.code for each in checked(artifacts, options)] == ["AU-019"]
    data = json.loads(good)
    data["utterances"][0] |= {"start_s": 0.0, "end_s": 0.6}
    path.write_text(json.dumps(data), encoding="utf-8")
    assert [each.code for each in checked(artifacts, options)] == ["AU-019"]
    path.write_text("{", encoding="utf-8")
    assert [each.code for each in checked(artifacts, options)] == ["AU-002"]


def test_captions_hold_what_is_written_when_it_is_said(tmp_path: Path) -> None:
    rendered(tmp_path / "a", replace(SILENT, captions=("vtt", "srt")))
    vtt = (tmp_path / "a" / "guide.vtt").read_text(encoding="utf-8")
    srt = (tmp_path / "a" / "guide.srt").read_text(encoding="utf-8")
    assert vtt.startswith("WEBVTT\n\nu1\n00:00:00.750 --> ")
    assert srt.startswith("1\n00:00:00,750 --> ")
    assert "Nous recevons tout le monde." in vtt
    assert vtt.count("-->") == srt.count("-->")


def test_no_captions_when_none_are_wanted(tmp_path: Path) -> None:
    artifacts = rendered(tmp_path / "a", replace(SILENT, captions=(), cover=False))
    assert names(artifacts) == ["guide.mp3", "guide.audio.json"]
    assert b"APIC" not in artifacts[0].path.read_bytes()


def test_the_cover_bears_the_title(tmp_path: Path) -> None:
    import io

    import av
    from PIL import Image

    (artifact, *_) = rendered(tmp_path / "a")
    with av.open(str(artifact.path)) as container:
        (picture,) = container.streams.video
        packet = next(container.demux(picture))
        image = Image.open(io.BytesIO(bytes(packet)))
    assert image.size == (600, 600)
    assert len(image.convert("RGB").getcolors() or ()) > 1


@pytest.mark.parametrize("title", ["a", "Guide " * 60, "Anticonstitutionnellement" * 4, "日本"])
def test_any_title_has_a_cover(title: str) -> None:
    from ess_access.backends.audio.cover import cover

    media_type, data = cover(title, ("Ana",))
    assert (media_type, data[:4]) == ("image/png", b"\x89PNG")
    assert cover(title, ("Ana",))[1] == data


@pytest.mark.parametrize(("option", "value"), [("formats", "wav"), ("captions", "sub")])
def test_an_unknown_format_is_refused(tmp_path: Path, option: str, value: str) -> None:
    with pytest.raises(ConfigurationError) as caught:
        rendered(tmp_path / "a", replace(SILENT, **{option: (value,)}))  # type: ignore[arg-type]
    assert caught.value.params["name"] == value


def test_the_fallback_engine_says_it_all_and_tells(tmp_path: Path) -> None:
    options = AudioOptions(engine="silence", voice="personne", fallback="silence")
    (artifact, *_) = rendered(tmp_path / "a", options)
    (finding,) = artifact.findings
    assert finding.code == "AU-020"
    assert finding.params["reason"] == "voice-missing"
    assert AudioBackend.opens == (".mp3", ".m4b", ".opus", ".vtt", ".srt")


def test_a_fallback_that_fails_too_is_told(tmp_path: Path) -> None:
    options = AudioOptions(engine="silence", voice="personne", fallback="piper")
    with pytest.raises(MissingError):
        rendered(tmp_path / "a", options)


def test_pyav_encodes_where_lameenc_is_absent(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from ess_access.backends.audio import encoding

    options = speaking()
    with monkeypatch.context() as patch:
        patch.setattr(encoding, "find_spec", lambda _name: None)
        assert encoding.encoder_name() == "av"
        artifacts = rendered(tmp_path / "a", options)
    assert checked(artifacts, options) == []
    usual = rendered(tmp_path / "b", options)
    assert listen(usual[0].path).seconds == pytest.approx(listen(artifacts[0].path).seconds)


def test_ten_builds_at_once_equal_the_same_ten_alone(tmp_path: Path) -> None:
    from concurrent.futures import ThreadPoolExecutor

    options = speaking("pico", "pyttsx3")
    documents = [replace(GUIDE, children=GUIDE.children[: n % 5 + 1]) for n in range(10)]
    alone = [
        rendered(tmp_path / f"alone{n}", options, each)[0].path.read_bytes()
        for n, each in enumerate(documents)
    ]
    with ThreadPoolExecutor(4) as pool:
        jobs = [
            pool.submit(rendered, tmp_path / f"many{n}", options, each, tmp_path / "cache")
            for n, each in enumerate(documents)
        ]
        together = [job.result()[0].path.read_bytes() for job in jobs]
    assert together == alone


def test_an_encoder_that_another_thread_is_importing_is_there(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # As an extension module is between its birth and the end of its import.
    half = ModuleType("lameenc")
    half.__spec__ = None
    monkeypatch.setitem(sys.modules, "lameenc", half)
    assert encoder_name() == "lameenc"
