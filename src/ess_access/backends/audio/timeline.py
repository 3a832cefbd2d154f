"""What is said when: the ground that synchronised editions stand on, and captions."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from ess_access.backends.audio.utterances import Utterance

__all__ = ["Cue", "as_json", "as_srt", "as_vtt"]

FORM = 1


@dataclass(frozen=True, slots=True)
class Cue:
    """An utterance in a sound file (its number, from 0), from ``start_s`` to ``end_s``.

    ``words`` are pairs of an offset in ``utterance.spoken`` and an instant, where the engine tells.
    """

    utterance: Utterance
    file: int
    start_s: float
    end_s: float
    words: tuple[tuple[int, float], ...] = ()


def as_json(
    cues: Sequence[Cue], files: Sequence[str], *, title: str, lang: str, engine: str, voice: str
) -> str:
    """Give the timeline: files, and each utterance with its node, words and times in seconds.

    An utterance stands on one line: a person finds it, and it is written in a tenth of the time.
    """
    data: dict[str, Any] = {
        "form": FORM,
        "title": title,
        "lang": lang,
        "engine": engine,
        "voice": voice,
        "files": list(files),
    }
    head = json.dumps(data, ensure_ascii=False, indent=1)[: -len("\n}")]
    lines = ",\n".join(
        "  " + json.dumps(_entry(number, cue), ensure_ascii=False)
        for number, cue in enumerate(cues, 1)
    )
    return f'{head},\n "utterances": [\n{lines}\n ]\n}}\n'


def _entry(number: int, cue: Cue) -> dict[str, Any]:
    said = cue.utterance
    entry: dict[str, Any] = {
        "id": f"u{number}",
        "node": said.node,
        "kind": said.kind,
        "lang": said.lang,
        "written": said.written,
        "spoken": said.spoken,
        "file": cue.file,
        "start_s": round(cue.start_s, 3),
        "end_s": round(cue.end_s, 3),
    }
    if said.level:
        entry["level"] = said.level
    if cue.words:
        entry["words"] = [[offset, round(instant, 3)] for offset, instant in cue.words]
    return entry


def as_vtt(cues: Sequence[Cue]) -> str:
    """Give WebVTT captions, in the document's own words (W3C WebVTT §4.1)."""
    blocks = ["WEBVTT\n"]
    for number, cue in enumerate(cues, 1):
        text = cue.utterance.written.replace("&", "&amp;").replace("<", "&lt;")
        text = text.replace(">", "&gt;")
        blocks.append(f"u{number}\n{_clock(cue, '.')}\n{_line(text)}\n")
    return "\n".join(blocks)


def as_srt(cues: Sequence[Cue]) -> str:
    """Give SubRip captions."""
    return "\n".join(
        f"{number}\n{_clock(cue, ',')}\n{_line(cue.utterance.written)}\n"
        for number, cue in enumerate(cues, 1)
    )


def _line(text: str) -> str:
    return " ".join(text.split()) or "\u2026"


def _clock(cue: Cue, point: str) -> str:
    return f"{_instant(cue.start_s, point)} --> {_instant(cue.end_s, point)}"


def _instant(seconds: float, point: str) -> str:
    thousandths = round(1000 * seconds)
    minutes, rest = divmod(thousandths, 60_000)
    return f"{minutes // 60:02}:{minutes % 60:02}:{rest // 1000:02}{point}{rest % 1000:03}"
