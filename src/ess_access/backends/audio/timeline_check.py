"""Hold ``<stem>.audio.json`` against the sound: each utterance is there, when it says."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ess_access.api.findings import Finding, Severity
from ess_access.backends.audio.listening import Heard
from ess_access.backends.audio.unread import clipped_words
from ess_access.backends.audio.utterances import Utterance

__all__ = ["Placed", "beside", "check_timeline", "engine_of", "placed"]

# How much of an utterance's time must sound: a breath at a comma is silent.
_SOUNDING = 0.3


@dataclass(frozen=True, slots=True)
class Placed:
    """When a file's headings are said, in seconds, and when its last sentence ends."""

    starts_s: tuple[float, ...] = ()
    end_s: float = 0.0


def placed(path: Path) -> dict[str, Placed]:
    """Give what a timeline tells of each file, by the file's name without its suffix."""
    found: dict[str, Placed] = {}
    opened: set[str] = set()
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        files = [Path(name).stem for name in data["files"]]
        for each in data["utterances"]:
            stem = files[each["file"]]
            before = found.get(stem, Placed())
            opens = each["kind"] == "heading" and each["node"] not in opened
            if opens:
                opened.add(each["node"])
            starts = (*before.starts_s, float(each["start_s"])) if opens else before.starts_s
            found[stem] = Placed(starts, float(each["end_s"]))
    except (OSError, ValueError, KeyError, TypeError, IndexError):
        return {}  # told by check_timeline
    return found


def beside(sounds: Sequence[Path]) -> Iterator[Path]:
    """Give the timelines that lie beside files of sound, each once."""
    found: list[Path] = []
    for sound in sounds:
        for path in sorted(sound.parent.glob("*.audio.json")):
            is_its = path.name == f"{sound.stem}.audio.json" or sound.stem in placed(path)
            if is_its and path not in found:
                found.append(path)
    yield from found


def engine_of(path: Path) -> str:
    """Give the name of the engine that a timeline tells, ``""`` where it cannot be read."""
    try:
        return str(json.loads(path.read_text(encoding="utf-8"))["engine"])
    except (OSError, ValueError, KeyError, TypeError):
        return ""


def check_timeline(
    path: Path, heard: Mapping[str, Heard], said: Sequence[Utterance], *, silent: bool
) -> Iterator[Finding]:
    """Check the timeline's form, its sentences against the script's, and its times.

    ``heard`` are the files that were listened to, by name.
    """
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        files = [str(name) for name in data["files"]]
        entries = [_Entry(each) for each in data["utterances"]]
    except (OSError, ValueError, KeyError, TypeError) as fault:
        yield Finding("AU-002", Severity.ERROR, {"file": path.name, "reason": repr(fault)})
        return
    if said and [each.spoken for each in entries] != [each.spoken for each in said]:
        words = next(
            (u.written for u, e in zip(said, entries, strict=False) if u.spoken != e.spoken), ""
        )
        yield _stray(words or "\u2013", path)
        return
    # Other formats of the same sound keep its names and times.
    sounds = {Path(name).stem: sound for name, sound in heard.items()}
    before: dict[int, float] = {}
    for each in entries:
        sound = sounds.get(Path(files[each.file]).stem) if each.file < len(files) else None
        if sound is None:
            continue
        in_order = before.get(each.file, 0.0) <= each.start < each.end <= sound.seconds + 0.2
        before[each.file] = each.end
        islands = sound.islands(each.start, each.end)
        sounding = sum(end - start for start, end in islands)
        if not in_order or (not silent and sounding < _SOUNDING * (each.end - each.start)):
            yield _stray(each.written, path)
            return


def _stray(words: str, path: Path) -> Finding:
    return Finding("AU-019", Severity.ERROR, {"words": clipped_words(words), "file": path.name})


class _Entry:
    """An utterance of the timeline. Raises KeyError or TypeError where it is malformed."""

    def __init__(self, data: Mapping[str, Any]) -> None:
        self.spoken = str(data["spoken"])
        self.written = str(data["written"])
        self.file = int(data["file"])
        self.start = float(data["start_s"])
        self.end = float(data["end_s"])
