"""The studio: segments spoken, measured, mastered and encoded, several at a time.

Engines speak in processes of their own and encoders let go of the interpreter's lock, so threads
are enough to use every core. No more than a segment per thread is held in memory.
"""

import json
import math
import os
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, as_completed
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self, TypeVar

from ess_access.api import plugins
from ess_access.api.engine import SpeechEngine
from ess_access.backends.audio.casting import Casting
from ess_access.backends.audio.clips import Clip, clip_key, said
from ess_access.backends.audio.encoding import GRAIN, encoded, encoder_name, mp3_rate
from ess_access.backends.audio.filters import filtered
from ess_access.backends.audio.held import Held
from ess_access.backends.audio.levels import Level, Moments, level_of, moments_of
from ess_access.backends.audio.loudness import Mastering
from ess_access.backends.audio.options import AudioOptions
from ess_access.backends.audio.segments import Segment
from ess_access.backends.audio.store import Store, key_of
from ess_access.backends.audio.utterances import Utterance

__all__ = ["Studio", "Take", "spread"]

T = TypeVar("T")
R = TypeVar("R")
# Samples, where utterances start and end among them, and when their words begin.
_Assembled = tuple[bytes, list[tuple[int, int]], list[list[tuple[int, float]]]]
_FORM = 1
_TAKE_FORM = 2
_LEVEL_FORM = 4
_MOST_THREADS = 8
# Speech takes about this long, a character; a process that starts is worth as much work.
_CHARACTER_S = 1 / 15
_WORTH_S = 1.0
# A voice is as loud on one page as on another: so many takes, and seconds in all, tell the gain.
_LISTENED_TAKES = 8
_LISTENED_S = 48
_PAST_S = 4


@dataclass(frozen=True, slots=True)
class Take:
    """A spoken segment: its key, and where each utterance starts and ends, in samples.

    ``words``, an utterance each: offsets and instants from its start, where the engine told them.
    """

    segment: Segment
    key: str
    spans: tuple[tuple[int, int], ...]
    words: tuple[tuple[tuple[int, float], ...], ...]
    samples: int
    rate_hz: int

    @property
    def seconds(self) -> float:
        """How long it speaks."""
        return sum(end - start for start, end in self.spans) / self.rate_hz


class Studio:
    """Speak one edition. Use as a context manager: it ends the engines' processes.

    ``folder`` is where samples wait for which there is no room, when the store keeps no clips.
    """

    def __init__(self, casting: Casting, options: AudioOptions, store: Store, folder: Path) -> None:
        self._casting = casting
        self._options = options
        self._store = store
        self._made: list[SpeechEngine] = []
        self._threads = max(1, min(_MOST_THREADS, os.cpu_count() or 1))
        self._engines = 1
        self._lock = threading.Lock()
        # Whoever puts clips together again, once all is spoken: an engine may be asked for one.
        self._again = threading.Lock()
        self._held = Held(None if store.keeps else folder)
        self._first: tuple[str, Clip] | None = None
        self.rate_hz = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for engine in self._made:
            engine.close()
        self._held.close()

    def settle_rate(self, segments: Sequence[Segment]) -> None:
        """Take the rate of the main voice (the first utterance it says) for the edition's.

        Also settle how many engines so much speech is worth.
        """
        utterances = [each for segment in segments for each in segment.utterances]
        main = [u for u in utterances if self._casting.voice(u.lang) == self._casting.main]
        engine = self._engine(0)
        first = (main or utterances)[0]
        clip = self._clip(first, engine)
        self._first = clip_key(first, self._casting, self._options.rate), clip
        work_s = _CHARACTER_S * sum(len(u.spoken) for u in utterances)
        worth = math.ceil(work_s / engine.capabilities.pace / _WORTH_S)
        self._engines = max(1, min(self._threads, worth))
        self.rate_hz = mp3_rate(clip.rate_hz)

    def takes(self, segments: Sequence[Segment]) -> tuple[Take, ...]:
        """Speak all segments, each engine every n-th of them, in order.

        So the same words always come after the same others: eSpeak's voice depends on them.
        """
        count = min(self._engines, len(segments))
        ended = threading.Event()

        def speak(number: int) -> list[Take]:
            engine = self._engine(number)
            made: list[Take] = []
            for segment in segments[number::count]:
                if ended.is_set():
                    break  # another engine failed
                made.append(self._take(segment, engine))
            return made

        with ThreadPoolExecutor(count) as pool:
            stripes = [pool.submit(speak, number) for number in range(count)]
            try:
                for stripe in as_completed(stripes):
                    stripe.result()
            finally:
                ended.set()
        return tuple(stripes[at % count].result()[at // count] for at in range(len(segments)))

    def packets(self, takes: Sequence[Take], mastered: Mastering) -> Iterator[bytes]:
        """Encode all segments, in order."""
        return self._in_order(lambda take: self._packets(take, mastered), takes)

    def sound(self, takes: Sequence[Take], mastered: Mastering) -> Iterator[bytes]:
        """Give mastered samples, take by take."""
        return self._in_order(lambda take: b"".join(self._mastered(take, mastered)), takes)

    def level(self, takes: Sequence[Take], mastered: Mastering | None) -> Level:
        """Measure some takes: as they were spoken (``None``), or as they will be once mastered.

        A few seconds of each are heard, as many as make 48 of them all.
        """
        most = _LISTENED_S * self.rate_hz // max(1, len(takes))
        return level_of(self._moments(take, mastered, most) for take in takes)

    def _moments(self, take: Take, mastered: Mastering | None, most: int) -> Moments:
        """Measure a take apart from the others: those that did not change are known."""
        gain_db = None if mastered is None else mastered.gain_db
        key = key_of(_LEVEL_FORM, take.key, gain_db, most)
        kept = self._store.read("levels", key)
        if kept is not None:
            lufs, peak = json.loads(kept)
            return Moments(tuple(lufs), peak)
        pcm = self._excerpt(take, most)
        steps = () if mastered is None else mastered.steps(pcm)
        measured = moments_of(pcm, self.rate_hz, steps)
        facts = json.dumps([measured.lufs, measured.peak])
        self._store.write("levels", key, facts.encode("ascii"))
        return measured

    def _excerpt(self, take: Take, most: int) -> bytes:
        # Near the beginning, past a heading: where a sentence is added is seldom there, and what
        # was measured is then the same.
        start = min(_PAST_S * self.rate_hz, max(0, take.samples - most) // 2)
        return self._spoken(take)[2 * start : 2 * (start + most)]

    def _in_order(self, work: Callable[[T], R], items: Sequence[T]) -> Iterator[R]:
        """Work on items in parallel and give results in order, few ahead of the reader."""
        with ThreadPoolExecutor(self._threads) as pool:
            pending: list[Future[R]] = []
            try:
                for item in items:
                    pending.append(pool.submit(work, item))
                    if len(pending) >= 2 * self._threads:
                        yield pending.pop(0).result()
                while pending:
                    yield pending.pop(0).result()
            finally:
                for future in pending:
                    future.cancel()

    def _engine(self, number: int) -> SpeechEngine:
        """Give an engine; it starts its process when it is asked for words."""
        with self._lock:
            while len(self._made) <= number:
                self._made.append(plugins.load(plugins.ENGINES, self._casting.engine))
            return self._made[number]

    def _take(self, segment: Segment, engine: SpeechEngine) -> Take:
        clips = [clip_key(each, self._casting, self._options.rate) for each in segment.utterances]
        pauses = [each.pause_ms for each in segment.utterances]
        key = key_of(_TAKE_FORM, clips, pauses, segment.head_ms, segment.tail_ms, self.rate_hz)
        kept = self._store.read("takes", key)
        if kept is None:
            pcm, spans, words = self._assembled(segment, engine)
            self._held.put(key, pcm)
            facts: dict[str, Any] = {"spans": spans, "words": words, "samples": len(pcm) // 2}
            if self._store.keeps:
                self._store.write("takes", key, json.dumps(facts).encode("ascii"))
        else:
            facts = json.loads(kept)
        return Take(
            segment,
            key,
            tuple((start, end) for start, end in facts["spans"]),
            tuple(tuple((at, instant) for at, instant in said) for said in facts["words"]),
            facts["samples"],
            self.rate_hz,
        )

    def _clip(self, utterance: Utterance, engine: SpeechEngine) -> Clip:
        """Give an utterance's clip; the one that settled the rate is at hand."""
        key = clip_key(utterance, self._casting, self._options.rate)
        if self._first is not None and self._first[0] == key:
            return self._first[1]
        return said(utterance, engine, self._casting, self._options.rate, self._store)

    def _spoken(self, take: Take) -> bytes:
        held = self._held.get(take.key)
        if held is not None:
            return held
        with self._again:
            return self._assembled(take.segment, self._engine(0))[0]

    def _assembled(self, segment: Segment, engine: SpeechEngine) -> _Assembled:
        """Put clips and pauses end to end; the length is a multiple of 1,152 samples."""
        parts = [self._silence(segment.head_ms)]
        length = len(parts[0]) // 2
        spans: list[tuple[int, int]] = []
        words: list[list[tuple[int, float]]] = []
        for utterance in segment.utterances:
            clip = self._clip(utterance, engine)
            samples = clip.pcm
            if clip.rate_hz != self.rate_hz:
                samples = b"".join(filtered(samples, clip.rate_hz, (), self.rate_hz))
            spans.append((length, length + len(samples) // 2))
            words.append([(mark.offset, round(mark.seconds, 4)) for mark in clip.marks])
            parts += (samples, self._silence(utterance.pause_ms))
            length += (len(samples) + len(parts[-1])) // 2
        parts.append(self._silence(segment.tail_ms))
        length += len(parts[-1]) // 2
        parts.append(bytes(2 * (-length % GRAIN)))
        return b"".join(parts), spans, words

    def _silence(self, milliseconds: int) -> bytes:
        return bytes(2 * (self.rate_hz * milliseconds // 1000))

    def _mastered(self, take: Take, mastered: Mastering) -> Iterator[bytes]:
        """Give mastered samples, a block after the other: no more, and no fewer, than spoken."""
        pcm = self._spoken(take)
        missing = 2 * take.samples
        for block in filtered(pcm, self.rate_hz, mastered.steps(pcm)):
            yield block[:missing]
            missing -= min(missing, len(block))
        yield bytes(missing)

    def _packets(self, take: Take, mastered: Mastering) -> bytes:
        kbps = self._options.bitrate_kbps
        key = key_of(_FORM, "mp3", encoder_name(), take.key, mastered.gain_db, kbps)
        kept = self._store.read("packets", key)
        if kept is None:
            made = self._mastered(take, mastered)
            kept = encoded(made, take.samples, self.rate_hz, kbps)
            self._store.write("packets", key, kept)
        return kept


def spread(takes: Sequence[Take]) -> tuple[Take, ...]:
    """Choose the takes that tell the gain, by chance and yet always the same.

    Their first words settle which, so that a changed sentence seldom changes any of them.
    """

    def place(take: Take) -> tuple[str, int]:
        return key_of(take.segment.utterances[0].spoken), take.segment.first

    return tuple(sorted(takes, key=place)[:_LISTENED_TAKES])
