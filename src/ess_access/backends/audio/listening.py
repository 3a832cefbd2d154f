"""Listen to a file from beginning to end: length, loudness, peaks, silences."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

__all__ = ["Heard", "UnheardError", "listen"]

# Quieter than -50 dBFS for at least 100 ms: a pause.
_SILENCE = ("silencedetect", "noise=-50dB:duration=0.1")
_LOUDNESS = ("ebur128", "metadata=1:peak=true+sample")


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


def listen(path: Path) -> Heard:
    """Decode a whole file, a frame at a time. Raises :class:`UnheardError`."""
    import av

    try:
        with av.open(str(path)) as container:
            if not container.streams.audio:
                raise UnheardError("no sound")
            return _heard(container, container.streams.audio[0])
    except av.error.FFmpegError as error:
        raise UnheardError(str(error.strerror)) from error


def _heard(container: Any, stream: Any) -> Heard:
    import av

    graph = av.filter.Graph()
    last = graph.add_abuffer(template=stream)
    mono = ("aformat", "sample_fmts=flt:channel_layouts=mono")
    for name, arguments in (mono, _LOUDNESS, _SILENCE):
        step = graph.add(name, arguments)
        last.link_to(step)
        last = step
    last.link_to(graph.add("abuffersink"))
    graph.configure()
    samples = 0
    tags: dict[str, str] = {}
    silences: list[tuple[float, float]] = []
    begun: float | None = None
    first_pts: float | None = None

    def pull() -> None:
        nonlocal begun, tags
        while True:
            try:
                frame = graph.pull()
            except (av.error.BlockingIOError, av.error.EOFError):
                return
            said = frame.metadata
            tags = {k: v for k, v in said.items() if k.startswith("lavfi.r128")} or tags
            if "lavfi.silence_start" in said:
                begun = float(said["lavfi.silence_start"])
            if "lavfi.silence_end" in said and begun is not None:
                silences.append((begun, float(said["lavfi.silence_end"])))
                begun = None

    for frame in container.decode(stream):
        if first_pts is None and frame.time is not None:
            first_pts = frame.time
        samples += frame.samples
        graph.push(frame)
        pull()
    graph.push(None)
    pull()
    if not samples:
        raise UnheardError("no sample")
    origin = first_pts or 0.0
    seconds = samples / stream.rate
    if begun is not None:
        silences.append((begun, seconds + origin))
    lufs = float(tags.get("lavfi.r128.I", "-70"))
    return Heard(
        seconds,
        stream.channels,
        lufs if lufs > -69.0 else None,
        _decibels(tags.get("lavfi.r128.true_peak", "0")),
        float(tags.get("lavfi.r128.sample_peak", "0")),
        tuple((max(0.0, start - origin), max(0.0, end - origin)) for start, end in silences),
    )


def _decibels(linear: str) -> float:
    import math

    value = float(linear)
    return 20 * math.log10(value) if value > 0 else -120.0
