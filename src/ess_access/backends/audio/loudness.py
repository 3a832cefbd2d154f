"""How loud: one gain for the whole edition, so that it ends at -19 LUFS and below -3 dBTP."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from ess_access.backends.audio.filters import Level

__all__ = ["CEILING", "TARGET_LUFS", "Mastering", "Measured", "mastering", "overall"]

TARGET_LUFS = -19.0
# Sample peak before encoding; the encoder and the waves between samples add up to 1.5 dB (Opus).
CEILING = 10 ** (-4.8 / 20)
# LAME lowers what it encodes at constant bit rate by this much (measured: 0.45 dB).
_ENCODER_LOSS_DB = 0.45
# Coarse, so that one changed sentence does not change the gain of the others.
_STEP_DB = 0.5
_MOST_GAIN_DB = 30.0


@dataclass(frozen=True, slots=True)
class Measured:
    """The level of a segment, and how many seconds of speech it holds."""

    level: Level
    seconds: float


@dataclass(frozen=True, slots=True)
class Mastering:
    """The gain before the limiter that holds peaks down."""

    gain_db: float

    def steps(self) -> tuple[tuple[str, str], ...]:
        """Give the filters to put samples through."""
        hold = f"limit={CEILING:.4f}:attack=5:release=50:level=0:latency=1"
        return (("volume", f"{self.gain_db:.1f}dB"), ("alimiter", hold))


def overall(measured: Sequence[Measured]) -> float | None:
    """Give the loudness of segments together; ``None`` where all is silent."""
    heard = [(each.level.lufs, each.seconds) for each in measured if each.level.lufs is not None]
    total = sum(seconds for _, seconds in heard)
    if not total:
        return None
    energy = sum(10 ** (lufs / 10) * seconds for lufs, seconds in heard) / total
    return 10 * math.log10(energy)


def mastering(
    measured: Sequence[Measured], after: Callable[[Mastering], float | None]
) -> Mastering:
    """Choose the gain from the level of some segments.

    Where peaks pass the ceiling, the limiter takes loudness away: ``after`` measures how loud
    the segments are once mastered, and the gain makes up for it.
    """
    before = overall(measured)
    if before is None:
        return Mastering(0.0)
    wanted = TARGET_LUFS + _ENCODER_LOSS_DB
    chosen = Mastering(_stepped(wanted - before))
    peak = max(each.level.peak for each in measured)
    if peak * 10 ** (chosen.gain_db / 20) <= CEILING:
        return chosen
    for _ in range(2):
        reached = after(chosen)
        if reached is None or abs(wanted - reached) <= _STEP_DB / 2:
            break
        chosen = Mastering(_stepped(chosen.gain_db + wanted - reached))
    return chosen


def _stepped(gain_db: float) -> float:
    return max(-_MOST_GAIN_DB, min(_MOST_GAIN_DB, round(gain_db / _STEP_DB) * _STEP_DB))
