"""Find the pauses of a sound, as its samples go by: in bytes, at the pace of a search for text."""

import math

__all__ = ["GAIN", "Pauses"]

# Quieter than -50 dBFS for at least 100 ms: a pause.
_QUIET_DB = -50.0
_SHORTEST_S = 0.1
_SILENT = b"\x80"
# What to multiply samples by before they are cut down to 8 bits (unsigned): those that are quiet
# then round to the middle, and no other does.
GAIN = 0.5 / 128 / 10 ** (_QUIET_DB / 20)


class Pauses:
    """The pauses heard so far; put in samples of 8 bits, multiplied by :data:`GAIN`."""

    def __init__(self, rate_hz: int) -> None:
        self._rate_hz = rate_hz
        self._least = math.ceil(_SHORTEST_S * rate_hz)
        self._pause = _SILENT * self._least
        self._found: list[tuple[float, float]] = []
        # Samples heard, and how many of the last ones are quiet.
        self._heard = self._quiet = 0

    def put(self, samples: bytes) -> None:
        """Hear the next samples."""
        rest = samples.lstrip(_SILENT)
        self._quiet += len(samples) - len(rest)
        if rest:
            at = self._heard + len(samples) - len(rest)
            self._end(at)
            amid = rest.rstrip(_SILENT)
            start = amid.find(self._pause)
            while start >= 0:
                loud = len(amid) - len(amid[start:].lstrip(_SILENT))
                self._quiet = loud - start
                self._end(at + loud)
                start = amid.find(self._pause, loud)
            self._quiet = len(rest) - len(amid)
        self._heard += len(samples)

    def found(self) -> tuple[tuple[float, float], ...]:
        """Give all pauses, as starts and ends in seconds; the last may be that of the end."""
        self._end(self._heard)
        return tuple(self._found)

    def _end(self, at: int) -> None:
        """End the quiet samples before a loud one, or the sound; they may be a pause."""
        if self._quiet >= self._least:
            self._found.append(((at - self._quiet) / self._rate_hz, at / self._rate_hz))
        self._quiet = 0
