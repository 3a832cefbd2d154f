"""Sound files that an engine made, validated and decoded to samples."""

import io
from typing import Any

from ess_access.api.engine import Speech

__all__ = ["NoSoundError", "decoded"]


class NoSoundError(Exception):
    """The bytes hold no sound; the text says why."""


def decoded(data: bytes, *, tempo: float = 1.0) -> Speech:
    """Decode a whole file (MP3, WAV, AIFF) to mono 16-bit samples at its own rate.

    ``tempo`` speeds it up or slows it down without touching the pitch. Raises :class:`NoSoundError`
    where the bytes are empty, broken, or hold no sample.
    """
    import av

    if not data:
        raise NoSoundError("0 bytes")
    pcm = bytearray()
    try:
        with av.open(io.BytesIO(data), "r") as container:
            if not container.streams.audio:
                raise NoSoundError("no sound")
            stream = container.streams.audio[0]
            rate_hz = int(stream.rate or 0)
            graph = _graph(stream, rate_hz, tempo)
            for frame in container.decode(stream):
                graph.push(frame)
                _pull(graph, pcm)
            graph.push(None)
            _pull(graph, pcm)
    except av.error.FFmpegError as error:
        raise NoSoundError(str(error.strerror)) from error
    if not pcm:
        raise NoSoundError("no sample")
    return Speech(bytes(pcm), rate_hz)


def _graph(stream: Any, rate_hz: int, tempo: float) -> Any:
    import av

    graph = av.filter.Graph()
    last = graph.add_abuffer(template=stream)
    steps = [("aformat", f"sample_fmts=s16:channel_layouts=mono:sample_rates={rate_hz}")]
    if tempo != 1.0:
        steps.append(("atempo", f"{tempo:.4f}"))
        steps.append(("aformat", "sample_fmts=s16"))
    for name, arguments in steps:
        step = graph.add(name, arguments)
        last.link_to(step)
        last = step
    last.link_to(graph.add("abuffersink"))
    graph.configure()
    return graph


def _pull(graph: Any, pcm: bytearray) -> None:
    import av

    while True:
        try:
            frame = graph.pull()
        except (av.error.BlockingIOError, av.error.EOFError):
            return
        pcm += bytes(frame.planes[0])[: frame.samples * 2]
