"""Clips: the samples of one utterance, from the store or from an engine."""

import json
from contextlib import nullcontext
from dataclasses import dataclass

from ess_access.api.engine import Mark, Speech, SpeechEngine
from ess_access.backends.audio.casting import Casting
from ess_access.backends.audio.store import Store, key_of
from ess_access.backends.audio.utterances import Utterance
from ess_access.backends.audio.wording import cuts
from ess_access.errors import EditionError

__all__ = ["Clip", "clip_key", "said", "trimmed"]

_FORM = 1
# Faster than this many times real time, a voice says words again sooner than they are missed: its
# clips, which are most of a cache, are the first to leave it.
_QUICK = 100
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
    # Two threads may come to the same words: a service that counts requests hears them once.
    is_counted = store.keeps and not engine.capabilities.offline
    kind = _kind(engine)
    with store.alone(key) if is_counted else nullcontext():
        kept = store.read(kind, key)
        if kept is not None and (clip := _unpacked(kept)) is not None:
            return clip
        speech = _asked(utterance, engine, casting, rate, store)
        if not speech.pcm or speech.rate_hz <= 0:
            raise EditionError(
                "speech-empty", engine=casting.engine, reason="0", words=utterance.spoken[:60]
            )
        clip = trimmed(Clip(speech.pcm, speech.rate_hz, speech.marks))
        store.write(kind, key, _header(clip), clip.pcm)
    return clip


def _kind(engine: SpeechEngine) -> str:
    """Say where an engine's clips are kept."""
    able = engine.capabilities
    return "spare/clips" if able.offline and able.pace >= _QUICK else "clips"


def _asked(
    utterance: Utterance, engine: SpeechEngine, casting: Casting, rate: float, store: Store
) -> Speech:
    """Ask for an utterance, in as many requests as the engine needs; what came is kept at once.

    So a build that broke amid a sentence asks for none of its words again.
    """
    voice = casting.voice(utterance.lang)
    most = engine.capabilities.request_characters
    parts = tuple(cuts(utterance.spoken, most)) if most else ()
    if len(parts) < 2:
        return engine.synthesize(utterance.spoken, voice, rate)
    speeches: list[Clip] = []
    for part in parts:
        key = key_of(_FORM, "part", casting.engine, casting.prints[voice.name], rate, part)
        kept = store.read(_kind(engine), key)
        clip = _unpacked(kept) if kept is not None else None
        if clip is None:
            speech = engine.synthesize(part, voice, rate)
            clip = Clip(speech.pcm, speech.rate_hz)
            store.write(_kind(engine), key, _header(clip), clip.pcm)
        speeches.append(clip)
    return Speech(b"".join(clip.pcm for clip in speeches), speeches[0].rate_hz)


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


def _header(clip: Clip) -> bytes:
    header = {
        "rate_hz": clip.rate_hz,
        "bytes": len(clip.pcm),
        "marks": [[mark.offset, round(mark.seconds, 4)] for mark in clip.marks],
    }
    return json.dumps(header).encode("ascii") + b"\n"


def _unpacked(data: bytes) -> Clip | None:
    """Read a clip back; ``None`` for a file that is not whole."""
    header, _, pcm = data.partition(b"\n")
    try:
        facts = json.loads(header)
        marks = tuple(Mark(offset, seconds) for offset, seconds in facts["marks"])
        return Clip(pcm, facts["rate_hz"], marks) if len(pcm) == facts["bytes"] else None
    except (ValueError, KeyError, TypeError):
        return None
