"""Clips: the samples of one utterance, from the store or from an engine."""

import json
from dataclasses import dataclass

from ess_access.api.engine import Mark, SpeechEngine
from ess_access.backends.audio.casting import Casting
from ess_access.backends.audio.store import Store, key_of
from ess_access.backends.audio.utterances import Utterance
from ess_access.errors import EditionError

__all__ = ["Clip", "clip_key", "said", "trimmed"]

_FORM = 1
# Quieter than -50 dBFS is silence; what is left of it around the words, in seconds.
_SILENT = 100
_BEFORE_S = 0.03
_AFTER_S = 0.08
_STEP_S = 0.01


@dataclass(frozen=True, slots=True)
class Clip:
    """Samples (16-bit, mono, ``rate_hz`` a second), and when each word begins."""

    pcm: bytes
    rate_hz: int
    marks: tuple[Mark, ...] = ()


def clip_key(utterance: Utterance, casting: Casting, rate: float) -> str:
    """Give the key of an utterance's clip: its words, who says them and how fast."""
    voice = casting.voice(utterance.lang)
    return key_of(_FORM, casting.engine, casting.prints[voice.name], rate, utterance.spoken)


def said(
    utterance: Utterance, engine: SpeechEngine, casting: Casting, rate: float, store: Store
) -> Clip:
    """Give an utterance's clip, from the store where it was said before.

    Raises EditionError when the engine gives nothing for words.
    """
    key = clip_key(utterance, casting, rate)
    kept = store.read("clips", key)
    if kept is not None and (clip := _unpacked(kept)) is not None:
        return clip
    speech = engine.synthesize(utterance.spoken, casting.voice(utterance.lang), rate)
    if not speech.pcm or speech.rate_hz <= 0:
        raise EditionError(
            "speech-empty", engine=casting.engine, reason="0", words=utterance.spoken[:60]
        )
    clip = trimmed(Clip(speech.pcm, speech.rate_hz, speech.marks))
    store.write("clips", key, _packed(clip))
    return clip


def trimmed(clip: Clip) -> Clip:
    """Cut the silence that the engine left around the words: the pauses are the script's.

    A clip that is all silence stays whole.
    """
    samples = memoryview(clip.pcm[: len(clip.pcm) // 2 * 2]).cast("h")
    step = max(1, round(_STEP_S * clip.rate_hz))
    count = len(samples)
    first = 0
    while first < count and not _sounds(samples[first : first + step]):
        first += step
    if first >= count:
        return clip
    last = count
    while last > first and not _sounds(samples[max(first, last - step) : last]):
        last -= step
    start = max(0, first - round(_BEFORE_S * clip.rate_hz))
    end = min(count, last + round(_AFTER_S * clip.rate_hz))
    shift = start / clip.rate_hz
    marks = tuple(Mark(mark.offset, max(0.0, mark.seconds - shift)) for mark in clip.marks)
    return Clip(clip.pcm[2 * start : 2 * end], clip.rate_hz, marks)


def _sounds(samples: "memoryview[int]") -> bool:
    return max(samples) > _SILENT or min(samples) < -_SILENT


def _packed(clip: Clip) -> bytes:
    header = {
        "rate_hz": clip.rate_hz,
        "bytes": len(clip.pcm),
        "marks": [[mark.offset, round(mark.seconds, 4)] for mark in clip.marks],
    }
    return json.dumps(header).encode("ascii") + b"\n" + clip.pcm


def _unpacked(data: bytes) -> Clip | None:
    """Read a clip back; ``None`` for a file that is not whole."""
    header, _, pcm = data.partition(b"\n")
    try:
        facts = json.loads(header)
        marks = tuple(Mark(offset, seconds) for offset, seconds in facts["marks"])
        return Clip(pcm, facts["rate_hz"], marks) if len(pcm) == facts["bytes"] else None
    except (ValueError, KeyError, TypeError):
        return None
