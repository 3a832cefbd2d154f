import json
import shutil
import struct
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from audio_sounds import GUIDE, checked, rendered, speaking
from ess_access.api.backend import Artifact
from ess_access.api.findings import Finding
from ess_access.backends.audio.chapters import Chapter
from ess_access.backends.audio.encoding import GRAIN, encoded, joined
from ess_access.backends.audio.filters import filtered, run
from ess_access.backends.audio.id3 import Tags, id3_tag, iso_639_2
from ess_access.backends.audio.id3_reading import read_tag
from ess_access.backends.audio.levels import Level, level_of, moments_of
from ess_access.backends.audio.loudness import Mastering, mastering
from ess_access.backends.audio.mp3 import frames
from ess_access.document.build import doc, h, lang, p
from ess_access.locale import catalogue
from ess_access.transforms.outline import prepare

RATE = 16_000
TAGS = Tags("Titre", ("Ana",), "fr")


def tone(seconds: float, level: float = 0.2) -> bytes:
    """A tone of 400 Hz."""
    wave = [round(32767 * level * (1 if n % 40 < 20 else -1)) for n in range(40)]
    return struct.pack("<40h", *wave) * round(seconds * RATE / 40)


def quiet(seconds: float) -> bytes:
    return bytes(2 * round(seconds * RATE))


def written(
    path: Path, pcm: bytes, tags: Tags | None = TAGS, chapters: tuple[Chapter, ...] = ()
) -> Artifact:
    pcm += bytes(2 * (-(len(pcm) // 2) % GRAIN))
    tag = id3_tag(tags, chapters) if tags else b""
    joined(path, tag, [encoded([pcm], len(pcm) // 2, RATE, 64)], RATE, len(pcm) // 2)
    return Artifact(path, "audio/mpeg")


def codes(*artifacts: Artifact) -> list[str]:
    return [finding.code for finding in checked(artifacts, speaking(), None)]


def right(level: float = 0.2) -> bytes:
    """A sound at the right level, between silences of the right lengths."""
    pcm = tone(3, level)
    gain = -18.5 - (level_of([moments_of(pcm, RATE)]).lufs or 0)
    return quiet(0.75) + b"".join(filtered(pcm, RATE, [("volume", f"{gain}dB")])) + quiet(2)


def test_sounds_measured_apart_are_as_loud_as_one_meter_says() -> None:
    parts = [quiet(0.4) + tone(3, level) + quiet(0.6) for level in (0.05, 0.2, 0.15, 0.001)]
    *_, last = run(b"".join(parts), RATE, [("ebur128", "metadata=1:peak=sample")])
    wanted = float(last.metadata["lavfi.r128.I"])
    level = level_of(moments_of(part, RATE) for part in parts)
    assert level.lufs == pytest.approx(wanted, abs=0.3)
    whole = level_of([moments_of(b"".join(parts), RATE)])
    assert whole.lufs == pytest.approx(wanted, abs=0.02)
    assert level.peak == whole.peak == pytest.approx(0.2, abs=0.001)
    assert level_of([moments_of(quiet(2), RATE)]) == Level(None, 0.0) == level_of([])


def test_a_right_file_from_elsewhere_has_no_fault(tmp_path: Path) -> None:
    assert codes(written(tmp_path / "a.mp3", right())) == []


@pytest.mark.parametrize(
    ("pcm", "code"),
    [
        (quiet(0.75) + tone(3, 0.01) + quiet(2), "AU-004"),
        (quiet(0.75) + tone(3, 1.0) + quiet(2), "AU-006"),
        (quiet(0.1) + tone(3) + quiet(2), "AU-007"),
        (quiet(0.75) + tone(3) + quiet(0.3), "AU-008"),
        (quiet(0.75) + tone(2) + quiet(7) + tone(2) + quiet(2), "AU-009"),
        (quiet(5), "AU-014"),
    ],
)
def test_a_fault_of_the_sound_is_heard(tmp_path: Path, pcm: bytes, code: str) -> None:
    assert code in codes(written(tmp_path / "a.mp3", pcm))


def test_high_peaks_are_heard(tmp_path: Path) -> None:
    assert "AU-005" in codes(written(tmp_path / "a.mp3", quiet(0.75) + tone(3, 0.75) + quiet(2)))


@pytest.mark.parametrize("data", [b"ID3", b"\xff\xfb" * 3, b"words, not sound" * 50])
def test_a_file_that_is_no_sound_is_told(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "a.mp3"
    path.write_bytes(data)
    assert codes(Artifact(path, "")) == ["AU-002"]
    assert codes(Artifact(tmp_path / "absent.mp3", "")) == ["AU-002"]
    (found,) = checked((Artifact(path, ""),), speaking(), None)
    assert "a.mp3 ne peut pas être écouté jusqu’au bout (le son est abîmé)" in _said(found)
    (found,) = checked((Artifact(tmp_path / "absent.mp3", ""),), speaking(), None)
    assert "Invalid" not in _said(found)
    assert "No such" not in _said(found)


def _said(found: Finding) -> str:
    return catalogue("fr").finding(found)


def test_missing_tags_are_told(tmp_path: Path) -> None:
    assert codes(written(tmp_path / "a.mp3", right(), tags=None)) == ["AU-011", "AU-012"]


def test_chapters_out_of_the_file_are_told(tmp_path: Path) -> None:
    beyond = (Chapter("Un", 1, 0.0, 2.0), Chapter("Deux", 1, 2.0, 99.0))
    assert codes(written(tmp_path / "a.mp3", right(), chapters=beyond)) == ["AU-016"]
    backwards = (Chapter("Un", 1, 2.0, 3.0), Chapter("Deux", 1, 1.0, 2.0))
    assert codes(written(tmp_path / "b.mp3", right(), chapters=backwards)) == ["AU-016"]


def test_a_table_that_forgets_a_chapter_is_told(tmp_path: Path) -> None:
    both = (Chapter("Un", 1, 0.0, 2.0), Chapter("Deux", 1, 2.0, 4.0))
    artifact = written(tmp_path / "a.mp3", right(), chapters=both)
    data = artifact.path.read_bytes()
    artifact.path.write_bytes(
        data.replace(b"\x03\x02chp0\x00chp1\x00", b"\x03\x02chp0\x00chp0\x00")
    )
    assert codes(artifact) == ["AU-017"]


def test_a_damaged_tag_is_told(tmp_path: Path) -> None:
    artifact = written(tmp_path / "a.mp3", right(), chapters=(Chapter("Un", 1, 0.0, 2.0),))
    data = artifact.path.read_bytes()
    at = data.index(b"CHAP") + 10
    artifact.path.write_bytes(data[:at] + b"x" * 12 + b"\0" * 3 + data[at + 15 :])
    assert "AU-010" in codes(artifact) or "AU-016" in codes(artifact)


def cut(source: Path, target: Path, start_s: float, end_s: float) -> None:
    """Take a passage out of an MP3, frame by frame."""
    data = source.read_bytes()
    size = 10 + sum(byte << shift for byte, shift in zip(data[6:10], (21, 14, 7, 0), strict=True))
    sound = list(frames(data[size:]))
    each = 576 / 22_050
    kept = sound[: round(start_s / each)] + sound[round(end_s / each) :]
    target.write_bytes(data[:size] + b"".join(kept))


def test_a_sentence_that_was_cut_out_is_missed(tmp_path: Path) -> None:
    options = speaking("espeak")
    (artifact, *_) = rendered(tmp_path / "a", options)
    assert checked((artifact,), options) == []
    other = Artifact(tmp_path / "cut.mp3", "audio/mpeg")
    _, _, start, end = read_tag(artifact.path.read_bytes()).chapters[0]
    cut(artifact.path, other.path, start / 1000 + 2, end / 1000 - 1)
    assert "AU-022" in {finding.code for finding in checked((other,), options)}


@pytest.mark.parametrize("kind", ["mp3", "m4b", "opus"])
def test_a_file_that_stops_too_soon_is_told_once(tmp_path: Path, kind: str) -> None:
    options = speaking("espeak", "pico", formats=(kind,))
    artifacts = rendered(tmp_path / "a", options)
    path = artifacts[0].path
    data = path.read_bytes()
    path.write_bytes(data[: len(data) * 3 // 4])
    found = [finding.code for finding in checked(artifacts, options)]
    assert found.count("AU-022") == 1 or found[0] == "AU-002"
    assert not {"AU-016", "AU-018"} & set(found)


def silenced(source: Path, target: Path, start_s: float, end_s: float) -> None:
    """Hush a passage of an MP3, frame by frame."""
    data = source.read_bytes()
    size = 10 + sum(byte << shift for byte, shift in zip(data[6:10], (21, 14, 7, 0), strict=True))
    sound = list(frames(data[size:]))
    each = 576 / 22_050
    first, last = round(start_s / each), round(end_s / each)
    # The frames of silence before the first word.
    hush = sound[12]
    kept = [hush if first <= number < last else frame for number, frame in enumerate(sound)]
    target.write_bytes(data[:size] + b"".join(kept))


def test_a_sentence_that_was_silenced_is_missed_without_a_timeline(tmp_path: Path) -> None:
    options = speaking("espeak")
    artifacts = rendered(tmp_path / "a", options)
    said = json.loads((tmp_path / "a" / "guide.audio.json").read_text("utf-8"))["utterances"]
    sentence = next(each for each in said if each["written"].startswith("Nous recevons"))
    other = Artifact(tmp_path / "guide.mp3", "audio/mpeg")
    silenced(artifacts[0].path, other.path, sentence["start_s"] - 0.2, sentence["end_s"] + 0.2)
    assert "AU-009" in {finding.code for finding in checked((other,), options)}


def retagged(artifact: Artifact, path: Path, chapters: list[Chapter], **tags: Any) -> Artifact:
    data = artifact.path.read_bytes()
    size = 10 + sum(byte << shift for byte, shift in zip(data[6:10], (21, 14, 7, 0), strict=True))
    said = Tags("Le guide de l’accueil", ("Ana Gomez",), "fr")
    path.write_bytes(id3_tag(replace(said, **tags), chapters) + data[size:])
    return Artifact(path, "audio/mpeg")


def test_each_fault_of_chapters_and_tags_has_its_own_finding(tmp_path: Path) -> None:
    options = speaking("espeak", "pico")
    artifacts = rendered(tmp_path / "a", options)
    read = read_tag(artifacts[0].path.read_bytes()).chapters
    right = [Chapter(title, 1, start / 1000, end / 1000) for _, title, start, end in read]
    first, second = right
    late = replace(first, start_s=first.start_s + 0.4)
    swapped = [replace(first, title=second.title), replace(second, title=first.title)]
    for name, chapters, tags, codes_ in (
        ("right", right, {}, []),
        ("late", [late, second], {}, ["AU-016"]),
        ("swapped", swapped, {}, ["AU-015"]),
        ("missing", [first], {}, ["AU-015"]),
        ("title", right, {"title": "Autre"}, ["AU-011"]),
        ("language", right, {"lang": "en"}, ["AU-012"]),
        ("author", right, {"authors": ("Bob",)}, ["AU-013"]),
    ):
        folder = tmp_path / name
        folder.mkdir()
        other = retagged(artifacts[0], folder / "guide.mp3", chapters, **tags)
        found = [each.code for each in checked((other, *artifacts[1:]), options)]
        assert found == codes_, name


def test_another_document_is_not_this_one(tmp_path: Path) -> None:
    options = speaking()
    artifacts = rendered(tmp_path / "a", options)[:1]
    other = prepare(doc(h(1, "Ailleurs"), p("Un mot."), title="Autre", lang="en"))[0]
    found = {finding.code for finding in checked(artifacts, options, other)}
    assert {"AU-011", "AU-012", "AU-015"} <= found


def test_far_too_few_seconds_are_an_error(tmp_path: Path) -> None:
    options = speaking()
    (artifact, *_) = rendered(tmp_path / "a", options)
    longer = replace(
        GUIDE, children=(p("Encore des mots pour ne rien dire. " * 90), *GUIDE.children)
    )
    assert "AU-003" in {finding.code for finding in checked((artifact,), options, longer)}


def test_an_author_who_is_not_named_is_told(tmp_path: Path) -> None:
    options = speaking()
    bare = replace(GUIDE, meta=replace(GUIDE.meta, authors=()))
    artifacts = rendered(tmp_path / "a", options, bare)[:1]
    assert "AU-013" in {finding.code for finding in checked(artifacts, options)}


@pytest.mark.parametrize("title", ["é", "日本語 — ☃", "x" * 500])
@pytest.mark.parametrize("count", [0, 1, 255, 256, 700])
def test_a_tag_reads_back_as_it_was_written(title: str, count: int) -> None:
    chapters = tuple(Chapter(f"{title} {n}", 1, float(n), n + 1.0) for n in range(count))
    tag = read_tag(id3_tag(Tags(title, ("Ana", "Bob"), "de", "2026-05"), chapters) + b"\0" * 9)
    assert tag.faults == ()
    assert tag.texts["TIT2"] == title
    assert tag.texts["TLAN"] == "deu"
    assert tag.texts["TYER"] == "2026"
    assert [text for _, text, _, _ in tag.chapters] == [each.title for each in chapters]
    assert tag.listed == tuple(own for own, *_ in tag.chapters)


@pytest.mark.parametrize(("lang", "code"), [("fr-CA", "fra"), ("bre", "bre"), ("xx", "und")])
def test_languages_have_three_letters(lang: str, code: str) -> None:
    assert iso_639_2(lang) == code


def test_a_tag_cut_short_is_a_fault() -> None:
    assert read_tag(id3_tag(TAGS, ())[:-5]).faults != ()
    assert read_tag(b"").texts == {}


def test_a_version_4_tag_is_read() -> None:
    body = b"\x03" + "Été".encode()
    frame = b"TIT2" + bytes((0, 0, 0, len(body))) + b"\0\0" + body
    assert read_tag(b"ID3\x04\0\0" + bytes((0, 0, 0, len(frame))) + frame).texts == {"TIT2": "Été"}


@pytest.mark.parametrize("rate_hz", [16_000, 22_050, 24_000, 32_000, 44_100, 48_000])
@pytest.mark.parametrize("kbps", [32, 64, 160])
def test_segments_put_end_to_end_keep_time(tmp_path: Path, rate_hz: int, kbps: int) -> None:
    from ess_access.backends.audio.listening import listen

    parts = [bytes(2 * GRAIN * n) for n in (4, 9, 2)]
    path = tmp_path / "a.mp3"
    joined(
        path,
        b"",
        [encoded([part], len(part) // 2, rate_hz, kbps) for part in parts],
        rate_hz,
        15 * GRAIN,
    )
    heard = listen(path)
    assert heard.seconds == pytest.approx(15 * GRAIN / rate_hz, abs=1152 / rate_hz)
    assert heard.lufs is None


@pytest.mark.parametrize("count", [1, GRAIN, GRAIN * 2 + 1])
def test_a_segment_of_another_length_is_our_mistake(count: int) -> None:
    with pytest.raises(ValueError, match="segment"):
        encoded([bytes(2 * count)], count, RATE, 64)


def test_frames_of_something_else_are_refused() -> None:
    with pytest.raises(ValueError, match="no MP3 frame"):
        list(frames(b"not an MP3"))


def test_the_limiter_s_loss_is_made_up() -> None:
    soft = Level(-30.0, 0.9)
    chosen = mastering(soft, lambda made: Level(-18.55 - (10.0 - made.gain_db) - 1.5, 0.5))
    assert chosen.gain_db > 11.0
    assert mastering(Level(None, 0.0), lambda _made: Level(None, 0.0)) == Mastering(0.0)


def test_a_file_with_no_sound_stream_is_told(tmp_path: Path) -> None:
    from PIL import Image

    Image.new("RGB", (8, 8)).save(tmp_path / "a.png")
    shutil.move(tmp_path / "a.png", tmp_path / "a.m4b")
    assert codes(Artifact(tmp_path / "a.m4b", "")) == ["AU-002"]


def test_a_passage_that_no_voice_speaks_is_checked_as_it_was_worded(tmp_path: Path) -> None:
    options = speaking("pico")
    made = prepare(doc(h(1, "Salut"), p("On dit ", lang("br", "12 kenavo"), " en Bretagne.")))[0]
    artifacts = rendered(tmp_path / "a", options, made)
    assert [finding.code for finding in artifacts[0].findings] == ["AU-001"]
    assert checked(artifacts, options, made) == []


@pytest.mark.parametrize("files", ["one", "chapters"])
def test_a_file_from_elsewhere_is_held_against_the_timeline_beside_it(
    tmp_path: Path, files: str
) -> None:
    options = speaking("espeak", files=files, formats=("mp3", "opus"))
    artifacts = rendered(tmp_path / "a", options)
    sounds = [each for each in artifacts if each.path.suffix in {".mp3", ".opus"}]
    for sound in sounds:
        assert checked((sound,), options, None) == []
    timeline = tmp_path / "a" / "guide.audio.json"
    data = json.loads(timeline.read_text("utf-8"))
    last = [each for each in data["utterances"] if each["file"] == len(data["files"]) - 1][-1]
    last["start_s"], last["end_s"] = last["end_s"] + 0.2, last["end_s"] + 0.9
    timeline.write_text(json.dumps(data), "utf-8")
    for sound in sounds:
        is_last = sound.path.stem == Path(data["files"][-1]).stem
        assert [each.code for each in checked((sound,), options, None)] == ["AU-019"] * is_last
