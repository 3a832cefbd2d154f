"""Segments: runs of utterances that are spoken, measured and encoded apart from the others.

A segment begins at each heading, and where a paragraph ends after enough words; which paragraph
is settled by its own words, so that a changed sentence leaves the segments around it as they were.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from zlib import crc32

from ess_access.backends.audio.utterances import Utterance

__all__ = ["Segment", "segments"]

# Long enough that encoders do not start in vain, short enough for a steady memory.
_LEAST_CHARACTERS = 600
_MOST_CHARACTERS = 6_000
# The pause at the end holds the encoder's own delay: 1,152 samples, 72 ms at 16 kHz.
_LEAST_PAUSE_MS = 100


@dataclass(frozen=True, slots=True)
class Segment:
    """Utterances from number ``first`` of the script, with silence before and after them."""

    first: int
    utterances: tuple[Utterance, ...]
    head_ms: int = 0
    tail_ms: int = 0


def segments(
    script: Sequence[Utterance],
    openings: Collection[int],
    silences_ms: tuple[int, int],
    *,
    apart: bool = False,
) -> Iterator[Segment]:
    """Cut a script, at each of the ``openings`` of chapters at least.

    ``silences_ms`` stand at the head and the tail of the script; of every chapter when they are
    ``apart``, each in a file of its own.
    """
    head_ms, tail_ms = silences_ms
    start = 0
    length = 0
    for number, utterance in enumerate(script):
        length += len(utterance.spoken)
        is_last = number + 1 == len(script)
        opens = number + 1 in openings
        if not (is_last or opens or _ends(utterance, length)):
            continue
        is_first = start == 0 or (apart and start in openings)
        said = tuple(script[start : number + 1])
        ends_file = is_last or (apart and opens)
        if ends_file:
            # The pause of a chapter is no part of the silence that ends a file.
            said = (*said[:-1], replace(said[-1], pause_ms=0))
        yield Segment(start, said, head_ms if is_first else 0, tail_ms if ends_file else 0)
        start, length = number + 1, 0


def _ends(utterance: Utterance, length: int) -> bool:
    if utterance.pause_ms < _LEAST_PAUSE_MS:
        return False
    if length >= _MOST_CHARACTERS:
        return True
    marked = crc32(utterance.spoken.encode("utf-8", "surrogatepass")) % 4 == 0
    return length >= _LEAST_CHARACTERS and marked
