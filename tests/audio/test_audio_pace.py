"""What makes audio editions quick changes nothing in them, and no check hears less."""

import math
import os
import struct
import wave
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from ess_access.api import plugins
from ess_access.api.backend import Workspace
from ess_access.api.engine import Capabilities, Speech, SpeechEngine, Voice
from ess_access.backends.audio import AudioBackend, AudioOptions, held
from ess_access.backends.audio.encoding import encoded, joined
from ess_access.backends.audio.filters import filtered
from ess_access.backends.audio.listening import UnheardError, listen
from ess_access.backends.audio.loudness import CEILING, Mastering
from ess_access.backends.audio.mp3 import cut_frames, frame_samples, frames
from ess_access.backends.audio.store import Store
from ess_access.document.build import doc, h, p
from ess_access.document.nodes import Document
from ess_access.engines.silence import SilenceEngine
from ess_access.transforms.outline import prepare

# Long enough for several segments: they are what threads share.
LONG = prepare(
    doc(
        *(
            h(1, f"Partie {n // 12}")
            if n % 12 == 0
            else p(f"La mutuelle reçoit chacun, dit la note {n}.")
            for n in range(36)
        ),
        title="Le guide",
    )
)[0]


def files(
    folder: Path, document: Document = LONG, engine: str = "silence", cache: Path | None = None
) -> dict[str, bytes]:
    folder.mkdir()
    options = AudioOptions(engine=engine, formats=("mp3", "opus"))
    made = AudioBackend().render(document, options, Workspace(folder, "guide", cache))
    return {each.path.name: each.path.read_bytes() for each in made}


def test_samples_held_or_read_back_give_the_same_bytes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    at_hand = files(tmp_path / "held")
    monkeypatch.setattr(held, "_ROOM_BYTES", 100_000)
    written: list[Path] = []
    write = Path.write_bytes

    def noted(self: Path, data: bytes) -> int:
        written.append(self)
        return write(self, data)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "write_bytes", noted)
        assert files(tmp_path / "read") == at_hand
    assert written
    # Neither the samples nor their folder stay.
    assert sorted(each.name for each in (tmp_path / "read").iterdir()) == sorted(at_hand)
    assert files(tmp_path / "kept", cache=tmp_path / "cache") == at_hand
    assert files(tmp_path / "again", cache=tmp_path / "cache") == at_hand


@pytest.mark.parametrize("is_kept", [True, False])
def test_a_guide_is_said_once_and_not_read_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, is_kept: bool
) -> None:
    found: list[str] = []
    spoken: list[str] = []
    read = Store.read
    synthesize = SilenceEngine.synthesize

    def counted(self: Store, kind: str, key: str) -> bytes | None:
        kept = read(self, kind, key)
        if kind.endswith("clips") and kept is not None:
            found.append(key)
        return kept

    def noted(self: SilenceEngine, text: str, voice: Voice, rate: float) -> Speech:
        spoken.append(text)
        return synthesize(self, text, voice, rate)

    monkeypatch.setattr(Store, "read", counted)
    monkeypatch.setattr(SilenceEngine, "synthesize", noted)
    made = files(tmp_path / "made", cache=tmp_path / "cache" if is_kept else None)
    assert b'"words"' in made["guide.audio.json"]
    assert len(spoken) == len(set(spoken)) == made["guide.audio.json"].count(b'"spoken"')
    assert found == []


def mastered(pcm: bytes, steps: Sequence[tuple[str, str]]) -> bytes:
    return b"".join(filtered(pcm, 16_000, steps))


@pytest.mark.parametrize("gain_db", [-3.5, 0.0, 4.5])
def test_no_sample_changes_where_the_limiter_is_left_out(gain_db: float) -> None:
    limit = CEILING / 10 ** (gain_db / 20)
    for level, is_left_out in ((limit - 0.017, True), (limit + 0.001, False)):
        for sign in (1, -1):
            top = min(32767, round(32768 * level))
            wave = [round(sign * top * math.sin(n / 9) ** 3) for n in range(4000)]
            wave[2000] = sign * top
            pcm = struct.pack("<4000h", *wave)
            steps = Mastering(gain_db).steps(pcm)
            assert (len(steps) == 1) == is_left_out
            if is_left_out:
                hold = Mastering(gain_db).steps(struct.pack("<h", -32768))
                assert len(hold) == 2
                assert mastered(pcm, steps) == mastered(pcm, hold)


@pytest.mark.parametrize("rate_hz", [16_000, 22_050, 24_000, 44_100])
@pytest.mark.parametrize("kbps", [24, 64, 96])
def test_a_stream_is_cut_after_as_many_frames(rate_hz: int, kbps: int) -> None:
    if rate_hz == 44_100 and kbps == 24:
        kbps = 32
    one = encoded([bytes(2 * 1152 * 5)], 1152 * 5, rate_hz, kbps)
    count = len(list(frames(one)))
    assert count * frame_samples(rate_hz) == 1152 * 5
    assert cut_frames(one, count, rate_hz, kbps) == one
    shorter = cut_frames(one, count - 2, rate_hz, kbps)
    assert len(list(frames(shorter))) == count - 2
    assert one.startswith(shorter)
    with pytest.raises(ValueError, match="frames"):
        cut_frames(one, count + 1, rate_hz, kbps)


@pytest.mark.parametrize(("pace", "engines"), [(1_000_000.0, 1), (0.001, 3)])
def test_no_more_engines_start_than_the_text_is_worth(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, pace: float, engines: int
) -> None:
    made: list[SpeechEngine] = []
    load = plugins.load

    def counted(group: str, name: str) -> Any:
        engine = load(group, name)
        made.append(engine)
        return engine

    facts = Capabilities(offline=True, deterministic=True, word_marks=True, pace=pace)
    monkeypatch.setattr(SilenceEngine, "capabilities", facts)
    monkeypatch.setattr(os, "cpu_count", lambda: 3)
    monkeypatch.setattr(plugins, "load", counted)
    alone = files(tmp_path / "made")
    # Casting asks one for its voices, and ends it.
    assert len(made) - 1 <= engines
    monkeypatch.undo()
    assert files(tmp_path / "usual") == alone


def sounding(path: Path, rate_hz: int, level: float, ratio: float = 0.25) -> Path:
    """A tone whose crests fall between samples, ``ratio`` of the rate, in the midst of silence."""
    count = 2 * rate_hz
    tone = [
        round(32767 * level * math.sin(2 * math.pi * ratio * n + math.pi * ratio))
        for n in range(count)
    ]
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(rate_hz)
        hush = bytes(2 * rate_hz)
        file.writeframes(hush + struct.pack(f"<{count}h", *tone) + hush)
    return path


@pytest.mark.parametrize("rate_hz", [16_000, 22_050, 24_000, 48_000])
def test_crests_between_samples_are_heard(tmp_path: Path, rate_hz: int) -> None:
    heard = listen(sounding(tmp_path / "tone.wav", rate_hz, 0.9))
    assert 20 * math.log10(heard.sample_peak) < -3.0
    assert heard.true_peak_db == pytest.approx(20 * math.log10(0.9), abs=0.3)
    assert heard.seconds == 4.0
    instants = [instant for silence in heard.silences for instant in silence]
    assert instants == pytest.approx([0.0, 1.0, 3.0, 4.0], abs=0.01)


@pytest.mark.parametrize("rate_hz", [16_000, 22_050, 44_100])
@pytest.mark.parametrize("ratio", [0.11, 0.25, 0.4])
def test_crests_are_heard_as_by_the_meter_of_ffmpeg(
    tmp_path: Path, rate_hz: int, ratio: float
) -> None:
    path = sounding(tmp_path / "tone.wav", rate_hz, 0.7, ratio)
    assert listen(path).true_peak_db == pytest.approx(metered(path), abs=0.15)


def metered(path: Path) -> float:
    """Ask FFmpeg's own meter of EBU R 128, frame by frame."""
    import av

    last = ""
    with av.open(str(path)) as container:
        stream = container.streams.audio[0]
        graph = av.filter.Graph()
        source = graph.add_abuffer(template=stream)
        meter = graph.add("ebur128", "metadata=1:peak=true")
        source.link_to(meter)
        meter.link_to(graph.add("abuffersink"))
        graph.configure()
        for frame in (*container.decode(stream), None):
            graph.push(frame)
            while True:
                try:
                    last = graph.pull().metadata.get("lavfi.r128.true_peak", last)
                except (av.error.BlockingIOError, av.error.EOFError):
                    break
    return 20 * math.log10(float(last))


def test_a_file_that_changes_its_rate_on_the_way_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "two.mp3"
    size = 1152 * 60
    joined(path, b"", [encoded([bytes(2 * size)], size, 16_000, 64)], 16_000, size)
    with path.open("ab") as file:
        file.write(encoded([bytes(2 * size)], size, 24_000, 64))
    with pytest.raises(UnheardError):
        listen(path)
