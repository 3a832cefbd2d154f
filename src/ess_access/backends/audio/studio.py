"""The studio: segments spoken, measured, mastered and encoded, several at a time.

Engines speak in processes of their own and encoders let go of the interpreter's lock, so threads
are enough to use every core. No more than a segment per thread is held in memory.
"""

import json
import os
import queue
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Self, TypeVar

from ess_access.api import plugins
from ess_access.api.engine import Mark, SpeechEngine
from ess_access.backends.audio.casting import Casting
from ess_access.backends.audio.clips import clip_key, said
from ess_access.backends.audio.encoding import GRAIN, encoded, encoder_name, mp3_rate
from ess_access.backends.audio.filters import Level, filtered, level_of
from ess_access.backends.audio.loudness import Mastering, Measured
from ess_access.backends.audio.options import AudioOptions
from ess_access.backends.audio.segments import Segment
from ess_access.backends.audio.store import Store, key_of
from ess_access.backends.audio.utterances import Utterance

__all__ = ["Studio", "Take", "spread"]

T = TypeVar("T")
R = TypeVar("R")
_FORM = 1
_MOST_THREADS = 8


@dataclass(frozen=True, slots=True)
class Take:
    """A spoken segment: its key, and where each utterance starts and ends, in samples."""

    segment: Segment
    key: str
    spans: tuple[tuple[int, int], ...]
    samples: int
    rate_hz: int

    @property
    def seconds(self) -> float:
        """How long it speaks."""
        return sum(end - start for start, end in self.spans) / self.rate_hz


class Studio:
    """Speak one edition. Use as a context manager: it ends the engines' processes."""

    def __init__(self, casting: Casting, options: AudioOptions, store: Store) -> None:
        self._casting = casting
        self._options = options
        self._store = store
        self._idle: queue.SimpleQueue[SpeechEngine] = queue.SimpleQueue()
        self._made: list[SpeechEngine] = []
        self._threads = max(1, min(_MOST_THREADS, os.cpu_count() or 1))
        self._marked = False
        self.rate_hz = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for engine in self._made:
            engine.close()

    def settle_rate(self, segments: Sequence[Segment]) -> None:
        """Take the rate of the main voice (the first utterance it says) for the edition's."""
        utterances = [each for segment in segments for each in segment.utterances]
        main = [u for u in utterances if self._casting.voice(u.lang) == self._casting.main]
        with self._borrowed() as engine:
            first = (main or utterances)[0]
            clip = said(first, engine, self._casting, self._options.rate, self._store)
        self.rate_hz = mp3_rate(clip.rate_hz)

    def takes(self, segments: Sequence[Segment]) -> tuple[Take, ...]:
        """Speak and measure all segments."""
        return tuple(self._in_order(self._take, segments))

    def packets(self, takes: Sequence[Take], mastered: Mastering) -> Iterator[bytes]:
        """Encode all segments, in order."""
        return self._in_order(lambda take: self._packets(take, mastered), takes)

    def sound(self, takes: Sequence[Take], mastered: Mastering) -> Iterator[bytes]:
        """Give mastered samples, take by take."""
        return self._in_order(lambda take: self._mastered(take, mastered), takes)

    def marks(self, utterance: Utterance) -> tuple[Mark, ...]:
        """Give the instants of an utterance's words, where its engine told them."""
        if not self._marked:
            return ()
        with self._borrowed() as engine:
            return said(utterance, engine, self._casting, self._options.rate, self._store).marks

    def measured(self, takes: Sequence[Take], mastered: Mastering | None) -> tuple[Measured, ...]:
        """Measure takes: as they were spoken (``None``), or as they will be once mastered."""

        def measure(take: Take) -> Measured:
            return Measured(self._level(take, mastered), take.seconds)

        return tuple(self._in_order(measure, takes))

    def _level(self, take: Take, mastered: Mastering | None) -> Level:
        key = key_of(_FORM, take.key, None if mastered is None else mastered.gain_db)
        kept = self._store.read("levels", key)
        if kept is None:
            pcm = (
                self._assembled(take.segment)[0]
                if mastered is None
                else self._mastered(take, mastered)
            )
            level = level_of(pcm, self.rate_hz)
            kept = json.dumps([level.lufs, level.peak]).encode("ascii")
            self._store.write("levels", key, kept)
        return Level(*json.loads(kept))

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

    @contextmanager
    def _borrowed(self) -> Iterator[SpeechEngine]:
        """Lend an engine that nobody uses."""
        try:
            engine = self._idle.get_nowait()
        except queue.Empty:
            engine = plugins.load(plugins.ENGINES, self._casting.engine)
            self._made.append(engine)
        self._marked = engine.capabilities.word_marks
        try:
            yield engine
        finally:
            self._idle.put(engine)

    def _take(self, segment: Segment) -> Take:
        clips = [clip_key(each, self._casting, self._options.rate) for each in segment.utterances]
        pauses = [each.pause_ms for each in segment.utterances]
        key = key_of(_FORM, clips, pauses, segment.head_ms, segment.tail_ms, self.rate_hz)
        kept = self._store.read("takes", key)
        if kept is not None:
            facts = json.loads(kept)
            spans = tuple((start, end) for start, end in facts["spans"])
            return Take(segment, key, spans, facts["samples"], self.rate_hz)
        pcm, spans = self._assembled(segment)
        facts = {"spans": spans, "samples": len(pcm) // 2}
        self._store.write("takes", key, json.dumps(facts).encode("ascii"))
        return Take(segment, key, spans, len(pcm) // 2, self.rate_hz)

    def _assembled(self, segment: Segment) -> tuple[bytes, tuple[tuple[int, int], ...]]:
        """Put clips and pauses end to end; the length is a multiple of 1,152 samples."""
        pcm = bytearray(self._silence(segment.head_ms))
        spans: list[tuple[int, int]] = []
        with self._borrowed() as engine:
            for utterance in segment.utterances:
                clip = said(utterance, engine, self._casting, self._options.rate, self._store)
                samples = clip.pcm
                if clip.rate_hz != self.rate_hz:
                    samples = filtered(samples, clip.rate_hz, (), self.rate_hz)
                start = len(pcm) // 2
                pcm += samples
                spans.append((start, len(pcm) // 2))
                pcm += self._silence(utterance.pause_ms)
        pcm += self._silence(segment.tail_ms)
        missing = -(len(pcm) // 2) % GRAIN
        pcm += bytes(2 * missing)
        return bytes(pcm), tuple(spans)

    def _silence(self, milliseconds: int) -> bytes:
        return bytes(2 * (self.rate_hz * milliseconds // 1000))

    def _mastered(self, take: Take, mastered: Mastering) -> bytes:
        pcm, _ = self._assembled(take.segment)
        made = filtered(pcm, self.rate_hz, mastered.steps())
        wanted = 2 * take.samples
        return made[:wanted].ljust(wanted, b"\0")

    def _packets(self, take: Take, mastered: Mastering) -> bytes:
        kbps = self._options.bitrate_kbps
        key = key_of(_FORM, "mp3", encoder_name(), take.key, mastered.gain_db, kbps)
        kept = self._store.read("packets", key)
        if kept is None:
            kept = encoded(self._mastered(take, mastered), self.rate_hz, kbps)
            self._store.write("packets", key, kept)
        return kept


def spread(takes: Sequence[Take], seconds: float) -> tuple[Take, ...]:
    """Choose takes evenly over the edition, for about as many seconds of speech."""
    total = sum(take.seconds for take in takes)
    step = max(1, int(total / seconds)) if seconds else 1
    return tuple(takes[::step])
