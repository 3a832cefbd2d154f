"""Files that hold nothing, and captions that make no sense."""

from pathlib import Path

import pytest

from audio_sounds import GUIDE, checked, rendered, speaking
from ess_access.api.backend import Artifact
from ess_access.backends.audio.id3 import Tags, id3_tag

CUES = "WEBVTT\n\nu1\n00:00:00.500 --> 00:00:02.000\nUn.\n\n00:02.000 --> 01:00:03.000\nDeux.\n"
SUBRIP = "1\n00:00:00,500 --> 00:00:02,000\nUn.\n"


def codes(path: Path) -> list[str]:
    return [finding.code for finding in checked((Artifact(path, ""),), speaking(), None)]


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.mp3", b""),
        ("a.mp3", id3_tag(Tags("Titre", ("Ana",), "fr"), ())),
        ("a.m4b", b""),
        ("a.opus", b""),
        ("a.vtt", b""),
        ("a.vtt", b"WEBVTT\n\n"),
        ("a.srt", b"\n"),
    ],
)
def test_a_file_that_holds_nothing_is_said_to_be_empty(
    name: str, data: bytes, tmp_path: Path
) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    assert codes(path) == ["AU-023"]


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("a.vtt", CUES, []),
        ("a.srt", SUBRIP, []),
        ("a.vtt", CUES.removeprefix("WEBVTT"), ["AU-024"]),
        ("a.vtt", CUES.replace("00:00:02.000", "00:00:00.100"), ["AU-024"]),
        ("a.vtt", CUES.replace("00:02.000", "00:00.100"), ["AU-024"]),
        ("a.srt", SUBRIP.replace("00:00:02,000", "bientôt"), ["AU-024"]),
        ("a.srt", SUBRIP + "\n3\n00:00:09,000 --> 00:00:09,500\n<!-- a --> b\n", []),
    ],
)
def test_captions_have_a_head_and_stand_in_order(
    name: str, text: str, expected: list[str], tmp_path: Path
) -> None:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    assert codes(path) == expected


@pytest.mark.parametrize("captions", ["vtt", "srt"])
def test_the_captions_of_an_edition_are_sound_and_missed_when_emptied(
    captions: str, tmp_path: Path
) -> None:
    options = speaking(captions=(captions,))
    artifacts = rendered(tmp_path / "made", options)
    assert not {"AU-023", "AU-024"} & {one.code for one in checked(artifacts, options, GUIDE)}
    (path,) = (one.path for one in artifacts if one.path.suffix == f".{captions}")
    path.write_bytes(b"")
    assert "AU-023" in {one.code for one in checked(artifacts, options, GUIDE)}
