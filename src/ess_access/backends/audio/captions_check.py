"""Captions held against their formats: a head, and cues in order of time."""

import re
from collections.abc import Iterator
from pathlib import Path

from ess_access.api.findings import Finding, Severity

__all__ = ["CAPTIONS", "check_captions", "has_captions"]

CAPTIONS = (".vtt", ".srt")
_INSTANT = r"(?:(\d{2,}):)?([0-5]\d):([0-5]\d)[.,](\d{3})"
_ARROW = "-->"  # between the two instants of every cue (WebVTT §4.1, SubRip)
_CUE = re.compile(rf"{_INSTANT}[ \t]+{_ARROW}[ \t]+{_INSTANT}(?:[ \t].*)?")
_HEAD = re.compile(r"\ufeff?WEBVTT(?:[ \t\r\n]|$)")


def has_captions(path: Path) -> bool:
    """Say whether there is a cue in a file of captions. Raises OSError."""
    return _ARROW in _text(path)


def check_captions(path: Path) -> Iterator[Finding]:
    """Tell of a head that is missing, and of the first cue whose instants make no sense."""
    text = _text(path)
    if path.suffix.lower() == ".vtt" and not _HEAD.match(text):
        yield _finding(path, 1)
        return
    last = 0
    before = ""
    for number, line in enumerate(text.splitlines(), 1):
        # SubRip escapes nothing: words may hold an arrow, but not below a number.
        is_head = path.suffix.lower() == ".vtt" or before.strip().isdigit()
        before = line
        if _ARROW not in line or not is_head:
            continue
        cue = _CUE.fullmatch(line.strip())
        if cue is None:
            yield _finding(path, number)
            return
        start, end = _milliseconds(cue.groups()[:4]), _milliseconds(cue.groups()[4:])
        if not last <= start < end:
            yield _finding(path, number)
            return
        last = start


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8", errors="replace")


def _milliseconds(parts: tuple[str | None, ...]) -> int:
    hours, minutes, seconds, thousandths = (int(part or 0) for part in parts)
    return ((hours * 60 + minutes) * 60 + seconds) * 1000 + thousandths


def _finding(path: Path, line: int) -> Finding:
    return Finding("AU-024", Severity.ERROR, {"file": path.name, "line": line})
