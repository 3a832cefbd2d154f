"""Listen to a file from beginning to end: length, loudness, peaks, silences."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import chain
from pathlib import Path
from typing import Any

from ess_access.backends.audio.filters import new_graph
from ess_access.backends.audio.pauses import GAIN, Pauses
from ess_access.errors import reason_of

__all__ = ["Heard", "UnheardError", "listen"]

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
    """The file cannot be decoded to its end; the text is a ``reason`` that the catalogues know."""


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
                raise UnheardError("soundless")
            form = _form_of(container)
        heard = _heard(path, form)
        if form.stride == 1 or is_clear(heard):
            return heard
        return _heard(path, replace(form, stride=1))
    except av.error.FFmpegError as error:
        reason = reason_of(error) if isinstance(error, OSError) else "damaged"
        raise UnheardError(reason) from error


@dataclass(frozen=True, slots=True)
class _Form:
    """What a file says of its sound; one block in ``stride`` tells how loud it is."""

    rate_hz: int
    channels: int
    stride: int


def _form_of(container: Any) -> _Form:
    stream = container.streams.audio[0]
    seconds = (container.duration or 0) / 1_000_000
    blocks = seconds * (stream.rate or 0) / _BLOCK
    return _Form(stream.rate, stream.channels, _SPREAD if blocks >= _SPREAD * _ENOUGH else 1)


def _heard(path: Path, form: _Form) -> Heard:
    rate_hz, stride = form.rate_hz, form.stride
    gauge = _Graph(rate_hz, (_PEAK,))
    quiet = _Graph(rate_hz, (("volume", f"{GAIN!r}"), ("aformat", "sample_fmts=u8")))
    ear = _Graph(rate_hz, (_LOUDNESS,))
    waves = _Graph(rate_hz, (("aresample", _between(rate_hz, stride)), _PEAK))
    lufs, highest, crest, rise = -70.0, _LOWEST_DB, _LOWEST_DB, 0.0
    pauses = Pauses(rate_hz)
    samples = heard = 0
    for number, block in enumerate(chain(_blocks(path), (None,))):
        if block is not None:
            _time(block, samples)
            samples += block.samples
        peak = max((_peak_db(said) for said in gauge.put(block)), default=_LOWEST_DB)
        highest = max(highest, peak)
        for said in quiet.put(block):
            pauses.put(bytes(memoryview(said.planes[0])[: said.samples]))
        if block is not None:
            if number % stride:
                continue
            _time(block, heard)
            heard += block.samples
        for said in ear.put(block):
            lufs = float(said.metadata.get("lavfi.r128.I", lufs))
        between = max((_peak_db(said) for said in waves.put(block)), default=_LOWEST_DB)
        crest = max(crest, between)
        rise = max(rise, between - peak) if peak > _LOWEST_DB else rise
    if not samples:
        raise UnheardError("soundless")
    return Heard(
        samples / rate_hz,
        form.channels,
        lufs if lufs > -69.0 else None,
        crest if stride == 1 else max(crest, highest + rise),
        10 ** (highest / 20) if highest > _LOWEST_DB else 0.0,
        pauses.found(),
    )


def _peak_db(said: Any) -> float:
    return max(_LOWEST_DB, float(said.metadata[_PEAK_KEY]))


def _between(rate_hz: int, stride: int) -> str:
    """Give the rate at which waves between samples are looked at: a multiple, 192 kHz at least.

    BS.1770-4 annex 2 asks for 192 kHz of a sound of 48 kHz. A whole multiple costs a third of
    what the very 192 kHz of FFmpeg's own meter does (measured), and sees as much. Where a quarter
    of the sound is heard, the annex's own four times and short filter do: half a decibel is doubt.
    """
    if stride > 1:
        return f"{4 * rate_hz}:filter_size=16"
    return str(rate_hz * max(1, -(-192_000 // rate_hz)))


def _blocks(path: Path) -> Iterator[Any]:
    """Give decoded sound in large frames, its channels mixed.

    The filter that reads files does it all: a call to Python for each frame of a few hundredths
    of a second costs half of what decoding does. Raises FFmpegError where the file is damaged, or
    the sound changes its form on the way.
    """
    import av

    graph = new_graph()
    movie = graph.add("amovie", filename=str(path))
    mono = graph.add("aformat", "sample_fmts=fltp:channel_layouts=mono")
    blocks = graph.add("asetnsamples", f"{_BLOCK}:p=0")
    movie.link_to(mono)
    mono.link_to(blocks)
    blocks.link_to(graph.add("abuffersink"))
    graph.configure()
    while True:
        try:
            yield graph.pull()
        except av.error.EOFError:
            return


def _time(frame: Any, at: int) -> Any:
    """Have a frame begin at a sample."""
    frame.pts = at
    frame.time_base = Fraction(1, frame.rate)
    return frame


class _Graph:
    """A chain of filters for blocks."""

    def __init__(self, rate_hz: int, steps: Sequence[tuple[str, str]]) -> None:
        self._graph = new_graph()
        last = self._graph.add_abuffer(
            sample_rate=rate_hz, format="fltp", layout="mono", time_base=Fraction(1, rate_hz)
        )
        for name, arguments in steps:
            step = self._graph.add(name, arguments)
            last.link_to(step)
            last = step
        last.link_to(self._graph.add("abuffersink"))
        self._graph.configure()

    def put(self, frame: Any) -> Iterator[Any]:
        """Put a block in (``None``: the end); give the frames that leave."""
        import av

        self._graph.push(frame)
        while True:
            try:
                yield self._graph.pull()
            except (av.error.BlockingIOError, av.error.EOFError):
                return
