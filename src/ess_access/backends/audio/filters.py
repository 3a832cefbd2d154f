"""FFmpeg's audio filters on samples: gain with a limiter, change of rate, meters."""

import sys
from collections.abc import Iterator, Sequence
from typing import Any

__all__ = ["filtered", "new_graph", "reaches", "run"]

_BLOCK = 1 << 16


def filtered(
    pcm: bytes, rate_hz: int, steps: Sequence[tuple[str, str]], to_hz: int | None = None
) -> Iterator[bytes]:
    """Put samples through filters, block by block; 16-bit mono at ``to_hz`` (else ``rate_hz``)."""
    form = ("aformat", f"sample_fmts=s16:channel_layouts=mono:sample_rates={to_hz or rate_hz}")
    for frame in run(pcm, rate_hz, [*steps, form]):
        yield bytes(memoryview(frame.planes[0])[: frame.samples * 2])


def reaches(pcm: bytes, level: float) -> bool:
    """Say whether a sample may be as far from zero as ``level`` (1.0: full scale).

    Only high bytes are looked at, whole buffers at a time: it says yes up to 1.6 % of full scale
    too soon, never too late.
    """
    high = int(level * 128)
    nearer = bytes(byte for byte in range(256) if min(byte, 256 - byte) < high)
    first = 1 if sys.byteorder == "little" else 0
    return any(
        pcm[start + first : start + 2 * _BLOCK : 2].translate(None, nearer)
        for start in range(0, len(pcm), 2 * _BLOCK)
    )


def new_graph() -> Any:
    """Give a graph that starts no threads: they would share out channels, and there is one."""
    import av

    graph = av.filter.Graph()
    if hasattr(graph, "threads"):  # PyAV 16
        graph.threads = 1
    return graph


def run(pcm: bytes, rate_hz: int, steps: Sequence[tuple[str, str]]) -> Iterator[Any]:
    """Put samples (16-bit mono) through filters; give the frames that leave the last of them."""
    import av

    graph = new_graph()
    last = graph.add_abuffer(sample_rate=rate_hz, format="s16", layout="mono")
    for name, arguments in steps:
        step = graph.add(name, arguments)
        last.link_to(step)
        last = step
    last.link_to(graph.add("abuffersink"))
    graph.configure()
    samples = memoryview(pcm)
    for start in range(0, len(pcm), 2 * _BLOCK):
        block = samples[start : start + 2 * _BLOCK]
        frame = av.AudioFrame(format="s16", layout="mono", samples=len(block) // 2)
        plane: Any = frame.planes[0]  # takes any bytes, says its type or not
        plane.update(block)
        frame.rate = rate_hz
        frame.pts = start // 2
        graph.push(frame)
        yield from _pulled(graph)
    graph.push(None)
    yield from _pulled(graph)


def _pulled(graph: Any) -> Iterator[Any]:
    import av

    while True:
        try:
            yield graph.pull()
        except (av.error.BlockingIOError, av.error.EOFError):
            return
