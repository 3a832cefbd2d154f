"""Listen to a file from beginning to end: length, loudness, peaks, silences."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import chain
from pathlib import Path
from typing import Any

from ess_access.backends.audio.filters import new_graph

__all__ = ["Heard", "UnheardError", "listen"]

# Quieter than -50 dBFS for at least 100 ms: a pause.
_SILENCE = ("silencedetect", "noise=-50dB:duration=0.1")
_EVENTS = ("lavfi.silence_start", "lavfi.silence_end")
_LOUDNESS = ("ebur128", "metadata=1")
_PEAK = ("astats", "metadata=1:reset=1:measure_perchannel=none:measure_overall=Peak_level")
_PEAK_KEY = "lavfi.astats.Overall.Peak_level"
_LOWEST_DB = -120.0
# Samples given to the filters at once: a call for every frame of a file costs as much as they do.
_BLOCK = 1 << 16
# One block in four tells how loud a long file is, where those are 20 (about a minute) or more.
_SPREAD = 4
_ENOUGH = 20


class UnheardError(Exception):
    """The file cannot be decoded to its end; the text says why."""


@dataclass(frozen=True, slots=True)
class Heard:
    """What was heard; times in seconds, ``lufs`` is ``None`` and ``true_peak_db`` low for silence.

    ``silences`` are pauses of 100 ms or more, as starts and ends, in order.
    """

    seconds: float
    channels: int
    lufs: float | None
    true_peak_db: float
    sample_peak: float
    silences: tuple[tuple[float, float], ...]

    def islands(self, start: float, end: float) -> tuple[tuple[float, float], ...]:
        """Give the stretches of sound between two instants."""
        found: list[tuple[float, float]] = []
        at = start
        for quiet, loud in self.silences:
            if loud <= start or quiet >= end:
                continue
            if quiet > at:
                found.append((at, quiet))
            at = max(at, loud)
        if at < end:
            found.append((at, end))
        return tuple(island for island in found if island[1] - island[0] > 0.01)


def listen(path: Path, is_clear: Callable[[Heard], bool] = lambda _: False) -> Heard:
    """Decode a whole file, a few seconds at a time. Raises :class:`UnheardError`.

    Length, silences and samples are those of the whole. Of a long file, loudness and the waves
    between samples are first measured on a quarter, taken all along it; unless ``is_clear`` says
    that this leaves no doubt, they are then measured on all of it.
    """
    import av

    try:
        with av.open(str(path)) as container:
            if not container.streams.audio:
                raise UnheardError("no sound")
            stride = _stride(container)
            heard = _heard(container, container.streams.audio[0], stride)
        if stride == 1 or is_clear(heard):
            return heard
        with av.open(str(path)) as container:
            return _heard(container, container.streams.audio[0], 1)
    except av.error.FFmpegError as error:
        raise UnheardError(str(error.strerror)) from error


def _stride(container: Any) -> int:
    """Say that one block in so many tells how loud a file is: one in four of a long one."""
    stream = container.streams.audio[0]
    seconds = (container.duration or 0) / 1_000_000
    blocks = seconds * (stream.rate or 0) / _BLOCK
    return _SPREAD if blocks >= _SPREAD * _ENOUGH else 1


def _heard(container: Any, stream: Any, stride: int) -> Heard:
    mono = ("aformat", "sample_fmts=fltp:channel_layouts=mono")
    gauge = _Graph(stream, (mono, _PEAK))
    quiet = _Graph(stream, (mono, ("asetnsamples", f"{stream.rate // 10}:p=0"), _SILENCE))
    ear = _Graph(stream, (mono, _LOUDNESS))
    waves = _Graph(stream, (mono, ("aresample", _between(stream.rate, stride)), _PEAK))
    lufs, highest, crest, rise = -70.0, _LOWEST_DB, _LOWEST_DB, 0.0
    silences: list[tuple[float, float]] = []
    begun: float | None = None
    samples = heard = 0
    for number, block in enumerate(chain(_blocks(container, stream), (None,))):
        peak = between = _LOWEST_DB
        for said in gauge.put(block):
            peak = max(peak, float(said[_PEAK_KEY]))
        for said in quiet.put(block):
            # A tenth of a second may hold both: within a pause, its end comes first.
            for event in _EVENTS if begun is None else reversed(_EVENTS):
                if event not in said:
                    continue
                if event == _EVENTS[0]:
                    begun = float(said[event])
                elif begun is not None:
                    silences.append((begun, float(said[event])))
                    begun = None
        highest = max(highest, peak)
        if block is not None:
            samples += block.samples
            if number % stride:
                continue
            _time(block, heard)
            heard += block.samples
        for said in ear.put(block):
            lufs = float(said.get("lavfi.r128.I", lufs))
        for said in waves.put(block):
            between = max(between, float(said[_PEAK_KEY]))
        crest = max(crest, between)
        rise = max(rise, between - peak) if peak > _LOWEST_DB else rise
    if not samples:
        raise UnheardError("no sample")
    seconds = samples / stream.rate
    if begun is not None:
        silences.append((begun, seconds))
    return Heard(
        seconds,
        stream.channels,
        lufs if lufs > -69.0 else None,
        crest if stride == 1 else max(crest, highest + rise),
        10 ** (highest / 20) if highest > _LOWEST_DB else 0.0,
        tuple((max(0.0, start), max(0.0, end)) for start, end in silences),
    )


def _between(rate_hz: int, stride: int) -> str:
    """Give the rate at which waves between samples are looked at: a multiple, 192 kHz at least.

    BS.1770-4 annex 2 asks for 192 kHz of a sound of 48 kHz. A whole multiple costs a third of
    what the very 192 kHz of FFmpeg's own meter does (measured), and sees as much. Where a quarter
    of the sound is heard, the annex's own four times and short filter do: half a decibel is doubt.
    """
    if stride > 1:
        return f"{4 * rate_hz}:filter_size=16"
    return str(rate_hz * max(1, -(-192_000 // rate_hz)))


def _blocks(container: Any, stream: Any) -> Iterator[Any]:
    """Give decoded sound in large frames, timed from the first sample on.

    Raises UnheardError where the sound changes its form on the way.
    """
    import av

    heap = av.AudioFifo()
    at = 0
    for frame in container.decode(stream):
        frame.pts = None  # a hole in the file's own clock is no silence
        try:
            heap.write(frame)
        except ValueError as fault:
            raise UnheardError(str(fault)) from fault
        while heap.samples >= _BLOCK:
            yield _time(heap.read(_BLOCK), at)
            at += _BLOCK
    if heap.samples:
        yield _time(heap.read(), at)


def _time(frame: Any, at: int) -> Any:
    """Have a frame begin at a sample."""
    frame.pts = at
    frame.time_base = Fraction(1, frame.rate)
    return frame


class _Graph:
    """A chain of filters; what it tells is in the metadata of the frames that leave it."""

    def __init__(self, stream: Any, steps: Sequence[tuple[str, str]]) -> None:
        self._graph = new_graph()
        last = self._graph.add_abuffer(template=stream, time_base=Fraction(1, stream.rate))
        for name, arguments in steps:
            step = self._graph.add(name, arguments)
            last.link_to(step)
            last = step
        last.link_to(self._graph.add("abuffersink"))
        self._graph.configure()

    def put(self, frame: Any) -> Iterator[dict[str, str]]:
        """Put a frame in (``None``: the end); give what was told."""
        import av

        self._graph.push(frame)
        while True:
            try:
                yield self._graph.pull().metadata
            except (av.error.BlockingIOError, av.error.EOFError):
                return
