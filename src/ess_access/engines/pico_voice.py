"""Pico's side of the pipe; runs in :mod:`ess_access.engines.child` alone."""

from collections.abc import Mapping
from typing import Any

from ess_access.engines.frames import Frame

__all__ = ["answer"]

RATE_HZ = 16_000
# At full volume the French voice clips (measured).
VOLUME = 0.7


def answer(request: Mapping[str, Any]) -> Frame:
    """Say ``text`` with ``voice`` at ``speed``."""
    from py_nanotts import NanoTTS

    speed = None if request["speed"] == 1.0 else request["speed"]
    pcm = NanoTTS().speak(request["text"], voice=request["voice"], speed=speed, volume=VOLUME)
    return {"rate_hz": RATE_HZ}, pcm
