"""Segments: runs of utterances that are spoken, measured and encoded apart from the others.

A segment begins at each heading, and where a paragraph ends after enough words; which paragraph
is settled by its own words, so that a changed sentence leaves the segments around it as they were.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from zlib import crc32

from ess_access.backends.audio.utterances import Utterance

__all__ = ["Segment", "segments"]

# Long enough that encoders do not start in vain, short enough for a steady memory.
_LEAST_CHARACTERS = 600
_MOST_CHARACTERS = 6_000
# The pause at the end holds the encoder's own delay: 1,152 samples, 72 ms at 16 kHz.
_LEAST_PAUSE_MS = 150


@dataclass(frozen=True, slots=True)
class Segment:
    """Utterances from number ``first`` of the script, with silence before and after them."""

    first: int
    utterances: tuple[Utterance, ...]
    head_ms: int = 0
    tail_ms: int = 0


def segments(script: Sequence[Utterance], head_ms: int, tail_ms: int) -> Iterator[Segment]:
    """Cut a script; the first segment has the head's silence, the last the tail's."""
    start = 0
    length = 0
    for number, utterance in enumerate(script):
        length += len(utterance.spoken)
        is_last = number + 1 == len(script)
        if not is_last and not _ends(utterance, script[number + 1], length):
            continue
        yield Segment(
            start,
            tuple(script[start : number + 1]),
            head_ms if start == 0 else 0,
            tail_ms if is_last else 0,
        )
        start, length = number + 1, 0


def _ends(utterance: Utterance, following: Utterance, length: int) -> bool:
    if utterance.pause_ms < _LEAST_PAUSE_MS:
        return False
    if following.kind == "heading" and utterance.kind != "heading":
        return True
    if length >= _MOST_CHARACTERS:
        return True
    marked = crc32(utterance.spoken.encode("utf-8", "surrogatepass")) % 4 == 0
    return length >= _LEAST_CHARACTERS and marked
