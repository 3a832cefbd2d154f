"""A long file is listened to in part where that leaves no doubt, and wholly where it may."""

import math
import struct
import wave
from collections.abc import Callable
from pathlib import Path

import pytest

from ess_access.api.backend import Artifact
from ess_access.backends.audio import listening
from ess_access.backends.audio.checks import check
from ess_access.backends.audio.listening import Heard, listen
from ess_access.backends.audio.options import AudioOptions

RATE_HZ = 16_000
LONG_S = 60


@pytest.fixture(autouse=True)
def short_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have a minute be as many blocks as six minutes are."""
    monkeypatch.setattr(listening, "_BLOCK", 1 << 13)


def tone(seconds: float, level: float) -> bytes:
    """A tone of 400 Hz, faded at both ends so that it has no click."""
    count = round(seconds * RATE_HZ)
    edge = RATE_HZ // 50
    return struct.pack(
        f"<{count}h",
        *(
            round(
                32767
                * level
                * min(1.0, n / edge, (count - n) / edge)
                * math.sin(math.tau * 400 * n / RATE_HZ)
            )
            for n in range(count)
        ),
    )


def written(path: Path, *parts: bytes) -> Path:
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE_HZ)
        for part in parts:
            file.writeframes(part)
    return path


def speech(level: float, seconds: int = LONG_S) -> bytes:
    """Sounds of 1.7 s and pauses of 0.2 s, out of step with the blocks that are heard."""
    return (tone(1.7, level) + bytes(2 * round(0.2 * RATE_HZ))) * round(seconds / 1.9)


def counted(answer: bool) -> tuple[list[Heard], Callable[[Heard], bool]]:
    asked: list[Heard] = []

    def is_clear(heard: Heard) -> bool:
        asked.append(heard)
        return answer

    return asked, is_clear


def test_a_quarter_of_a_long_file_tells_its_level(tmp_path: Path) -> None:
    path = written(tmp_path / "long.wav", speech(0.16))
    asked, is_clear = counted(True)
    part, whole = listen(path, is_clear), listen(path)
    assert len(asked) == 1
    assert part.lufs == pytest.approx(whole.lufs, abs=0.3)
    # Where one block follows another out of its place, the seam is a crest of its own: too high
    # a peak asks for the whole, too low a one would not.
    assert -0.1 <= part.true_peak_db - whole.true_peak_db <= 2.5
    # Not measured on a part: told of the whole, and exactly.
    assert part.silences == whole.silences
    assert len(part.silences) == round(LONG_S / 1.9)
    assert (part.seconds, part.sample_peak) == (whole.seconds, whole.sample_peak)


def test_doubt_is_settled_by_the_whole(tmp_path: Path) -> None:
    path = written(tmp_path / "long.wav", speech(0.16))
    asked, is_clear = counted(False)
    assert listen(path, is_clear) == listen(path)
    assert len(asked) == 1


def test_a_short_file_is_heard_wholly_at_once(tmp_path: Path) -> None:
    path = written(tmp_path / "short.wav", speech(0.16, 20))
    asked, is_clear = counted(True)
    assert listen(path, is_clear) == listen(path)
    assert not asked


@pytest.mark.parametrize("at_s", [21, 22, 25, 30, 38, 51])
def test_one_crest_anywhere_is_heard(tmp_path: Path, at_s: int) -> None:
    calm, loud = speech(0.16), tone(1.7, 0.9)
    at = 2 * round(at_s // 1.9 * 1.9 * RATE_HZ)
    path = written(tmp_path / "crest.wav", calm[:at], loud, calm[at + len(loud) :])
    heard = listen(path, lambda found: found.true_peak_db < -3)
    assert heard.true_peak_db == pytest.approx(20 * math.log10(0.9), abs=0.1)
    found = check(
        (Artifact(path.rename(tmp_path / "crest.mp3"), "audio/mpeg"),), None, AudioOptions()
    )
    assert "AU-005" in {finding.code for finding in found}


@pytest.mark.parametrize("level", [0.05, 0.5])
def test_a_long_file_at_another_level_is_measured_wholly(tmp_path: Path, level: float) -> None:
    path = written(tmp_path / "level.mp3", speech(level))
    told = check((Artifact(path, "audio/mpeg"),), None, AudioOptions())
    (found,) = (finding for finding in told if finding.code == "AU-004")
    lufs = float(str(found.params["lufs"]).replace("\u2212", "-"))
    assert lufs == pytest.approx(listen(path).lufs, abs=0.06)


def test_a_pause_that_ends_within_the_tenth_where_it_is_told_keeps_its_length(
    tmp_path: Path,
) -> None:
    parts: list[bytes] = []
    for step in range(40):  # pauses of 100 to 217 ms, at all places of the grid
        parts += [tone(0.313, 0.3), bytes(2 * (RATE_HZ // 10 + 48 * step))]
    heard = listen(written(tmp_path / "pauses.wav", *parts, tone(0.5, 0.3)))
    lengths = [end - start for start, end in heard.silences]
    # The fade of a tone is quiet too, at its very edge.
    assert lengths == pytest.approx([0.1 + 0.003 * step for step in range(40)], abs=0.004)
