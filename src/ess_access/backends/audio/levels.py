"""How loud samples are (EBU R 128), measured apart and told together.

ITU-R BS.1770-4: the power of each 400 ms, every 100 ms; what is below -70 LUFS is no sound, and
what is 10 LU below the mean of the rest is a pause.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ess_access.backends.audio.filters import run

__all__ = ["Level", "Moments", "level_of", "moments_of"]

_METER = ("ebur128", "metadata=1:peak=sample")
_MOMENT = "lavfi.r128.M"
_PEAK = "lavfi.r128.sample_peak"
_ABSOLUTE_GATE = -70.0
_RELATIVE_GATE = -10.0
# The first measures are of less than 400 ms.
_INCOMPLETE = 3


@dataclass(frozen=True, slots=True)
class Level:
    """``lufs``: integrated loudness, ``None`` for silence; ``peak``: 0.0 to 1.0."""

    lufs: float | None
    peak: float


@dataclass(frozen=True, slots=True)
class Moments:
    """The loudness of each 400 ms of a sound, in LUFS, every 100 ms; ``peak`` is its highest."""

    lufs: tuple[float, ...]
    peak: float


def moments_of(pcm: bytes, rate_hz: int, steps: Sequence[tuple[str, str]] = ()) -> Moments:
    """Measure samples (16-bit mono), once through filters."""
    told: list[float] = []
    last: dict[str, str] = {}
    for frame in run(pcm, rate_hz, [*steps, _METER]):
        said = frame.metadata
        if _MOMENT in said:  # the last may be a remainder, of which nothing is told
            told.append(float(said[_MOMENT]))
            last = said
    peaks = (float(value) for key, value in last.items() if key.startswith(_PEAK))
    return Moments(tuple(told[_INCOMPLETE:]), max(peaks, default=0.0))


def level_of(parts: Iterable[Moments]) -> Level:
    """Tell how loud sounds are together."""
    known = list(parts)
    heard = [lufs for part in known for lufs in part.lufs if lufs > _ABSOLUTE_GATE]
    peak = max((part.peak for part in known), default=0.0)
    if not heard:
        return Level(None, peak)
    gate = _mean(heard) + _RELATIVE_GATE
    return Level(_mean([lufs for lufs in heard if lufs > gate]), peak)


def _mean(lufs: Sequence[float]) -> float:
    """Give the loudness of the mean power."""
    return 10 * math.log10(math.fsum(10 ** (each / 10) for each in lufs) / len(lufs))
