"""pyttsx3's side of the pipe; runs in :mod:`ess_access.engines.child`, one process a chunk."""

import re
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from ess_access.engines.espeak_library import load
from ess_access.engines.frames import Frame
from ess_access.errors import EditionError, MissingError

__all__ = ["answer", "language_tag"]

# How long a driver may take to put its file in place once it says that it has finished.
_SETTLE_S = 5.0
# SAPI 5 gives languages as Windows LCIDs in hexadecimal.
_LCID = {
    "40c": "fr-FR",
    "c0c": "fr-CA",
    "80c": "fr-BE",
    "100c": "fr-CH",
    "409": "en-US",
    "809": "en-GB",
    "407": "de-DE",
    "40a": "es-ES",
    "c0a": "es-ES",
    "410": "it-IT",
}


def answer(request: Mapping[str, Any]) -> Frame:
    """List the voices, or say ``text`` with ``voice`` into the file ``path``."""
    if sys.platform.startswith("linux"):
        load()
    import pyttsx3

    engine = pyttsx3.init()
    known = engine.getProperty("voices")
    if request.get("list"):
        listed = [(str(v.id), language_tag(v.languages, str(v.id)), str(v.name)) for v in known]
        return {"voices": listed}, b""
    wanted = str(request["voice"])
    if all(str(voice.id) != wanted for voice in known):
        raise MissingError("voice-missing", engine="pyttsx3", voice=wanted, known="\u2013")
    engine.setProperty("voice", wanted)
    _set_rate(engine, round(_usual_rate(engine) * float(request["rate"])))
    faults: list[str] = []
    finished: list[bool] = []
    engine.connect("finished-utterance", lambda **event: finished.append(bool(event["completed"])))
    engine.connect("error", lambda **event: faults.append(str(event["exception"])))
    engine.save_to_file(str(request["text"]), str(request["path"]), "chunk")
    engine.runAndWait()
    _wait_for_espeak()
    _settle(Path(request["path"]), finished)
    # Properties take effect in the loop alone: only now can one know who spoke.
    spoke = engine.getProperty("voice")
    if spoke is not None and str(spoke).lower() != wanted.lower():
        raise MissingError("voice-missing", engine="pyttsx3", voice=wanted, known=str(spoke))
    if faults:
        raise EditionError("speech-crashed", engine="pyttsx3", reason=faults[0], words="")
    return {}, b""


def _set_rate(engine: Any, words_a_minute: int) -> None:
    """Set the pace, and see that it is set.

    With eSpeak, pyttsx3 2.99 hands the rate to eSpeak's own thread and at once ends its first
    loop, which cancels whatever that thread has not done yet: one sentence in some 100 came at
    200 words a minute. So the rate goes to eSpeak before any loop, and is waited for.
    """
    espeak = sys.modules.get("pyttsx3.drivers._espeak")
    if espeak is None:
        engine.setProperty("rate", words_a_minute)
        return
    espeak.Synchronize()
    espeak.SetParameter(espeak.RATE, words_a_minute, 0)
    espeak.Synchronize()


def _wait_for_espeak() -> None:
    """Wait until eSpeak's own thread has said all; nothing where another voice speaks."""
    if (espeak := sys.modules.get("pyttsx3.drivers._espeak")) is not None:
        espeak.Synchronize()


def _usual_rate(engine: Any) -> float:
    """Give the words a minute of an even pace: pyttsx3 sets 200, hurried for a listener."""
    usual = float(engine.getProperty("rate") or 200)
    return min(usual, 175.0)


def _settle(path: Path, finished: list[bool]) -> None:
    """Wait until the driver has finished and the file stops growing (NSSpeech writes late)."""
    end = time.monotonic() + _SETTLE_S
    before = -1
    while time.monotonic() < end:
        size = path.stat().st_size if path.exists() else 0
        if finished and size > 0 and size == before:
            return
        before = size
        time.sleep(0.02)


def language_tag(languages: Any, voice_id: str) -> str:
    """Give the BCP 47 tag of a voice, from whatever its driver tells of it."""
    for item in languages or ():
        text = item.decode("ascii", "ignore") if isinstance(item, bytes) else str(item)
        text = text.strip("\x00\x05 ").replace("_", "-")
        if text.lower().lstrip("0") in _LCID:
            return _LCID[text.lower().lstrip("0")]
        found = re.search(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*", text)
        if found:
            return found.group()
    found = re.search(r"(?:^|[/_.-])([a-z]{2})(?:[-_]([A-Za-z]{2}))?(?:$|[^a-z])", voice_id)
    return "-".join(part for part in found.groups() if part) if found else "und"
