"""How loud: one gain for the whole edition, so that it ends at -19 LUFS and below -3 dBTP."""

import math
from collections.abc import Callable
from dataclasses import dataclass

from ess_access.backends.audio.filters import reaches
from ess_access.backends.audio.levels import Level

__all__ = ["CEILING", "TARGET_LUFS", "Mastering", "mastering"]

TARGET_LUFS = -19.0
# Sample peak before encoding; the encoder and the waves between samples add up to 1.5 dB (Opus).
CEILING = 10 ** (-4.8 / 20)
# LAME lowers what it encodes at constant bit rate by this much (measured: 0.45 dB).
_ENCODER_LOSS_DB = 0.45
# Coarse, so that one changed sentence does not change the gain of the others.
_STEP_DB = 0.5
_MOST_GAIN_DB = 30.0
# What the limiter takes from the whole: this much of the square of what it takes from the highest
# peak, all in decibels (measured on eSpeak, 5 to 6 dB above the ceiling: 1.3 to 1.7 dB).
_LOST = 0.043


@dataclass(frozen=True, slots=True)
class Mastering:
    """The gain before the limiter that holds peaks down."""

    gain_db: float

    def steps(self, pcm: bytes) -> tuple[tuple[str, str], ...]:
        """Give the filters to put samples through; no limiter for those that it would not change.

        A limiter is four times as long as a gain.
        """
        gain = ("volume", f"{self.gain_db:.1f}dB")
        if not reaches(pcm, CEILING / 10 ** (self.gain_db / 20)):
            return (gain,)
        hold = f"limit={CEILING:.4f}:attack=5:release=50:level=0:latency=1"
        return (gain, ("alimiter", hold))


def mastering(before: Level, after: Callable[[Mastering], Level]) -> Mastering:
    """Choose the gain from the level of what was spoken.

    Where peaks pass the ceiling, the limiter takes loudness away: ``after`` measures how loud
    it is once mastered, and the gain makes up for it.
    """
    if before.lufs is None:
        return Mastering(0.0)
    wanted = TARGET_LUFS + _ENCODER_LOSS_DB
    chosen = Mastering(_stepped(wanted - before.lufs))
    if before.peak * 10 ** (chosen.gain_db / 20) <= CEILING:
        return chosen
    # Most often right at once: the next measure then says so, and is the last.
    chosen = Mastering(_stepped(_limited_gain_db(before.lufs, before.peak, wanted)))
    for _ in range(2):
        reached = after(chosen).lufs
        if reached is None or abs(wanted - reached) <= _STEP_DB / 2:
            break
        chosen = Mastering(_stepped(chosen.gain_db + wanted - reached))
    return chosen


def _limited_gain_db(lufs: float, peak: float, wanted: float) -> float:
    """Guess the gain that gives a loudness although the limiter takes some away.

    It is where ``lufs + gain - _LOST * over²`` is ``wanted``, ``over`` being how far the highest
    peak goes beyond the ceiling; the most that such a limiter can give, where it cannot.
    """
    above = 20 * math.log10(peak / CEILING)
    # With over = above + gain: _LOST over² - over + (wanted - lufs + above) = 0
    discriminant = max(0.0, 1 - 4 * _LOST * (wanted - lufs + above))
    return (1 - math.sqrt(discriminant)) / (2 * _LOST) - above


def _stepped(gain_db: float) -> float:
    return max(-_MOST_GAIN_DB, min(_MOST_GAIN_DB, round(gain_db / _STEP_DB) * _STEP_DB))
