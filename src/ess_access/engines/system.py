"""The voices of the system through pyttsx3: SAPI 5 on Windows, NSSpeech on macOS, eSpeak elsewhere.

Measured of pyttsx3 2.99: ``runAndWait`` comes back before the file is written; texts of more
than 15,000 characters crash it; a second ``save_to_file`` loses the first; an unknown voice is
ignored and English speaks; threads crash. Hence a fresh process for each chunk of at most 4,000
characters, which waits for ``finished-utterance``, and a file that is decoded before it counts.
"""

import sys
import tempfile
from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path
from typing import ClassVar

from ess_access.api.engine import Capabilities, Speech, Voice
from ess_access.api.findings import Missing
from ess_access.engines.decode import NoSoundError, decoded
from ess_access.engines.spoken_by import ask_voice, require_voice
from ess_access.engines.words import (
    TOKEN_CHARACTERS,
    breathing,
    clipped,
    pieces,
    split_tokens,
    without_markup,
)
from ess_access.engines.worker import Worker, WorkerCrashError, WorkerHangError, patience_s
from ess_access.errors import EditionError, MissingError

__all__ = ["SystemEngine"]

_CHUNK_CHARACTERS = 4_000
# eSpeak NG, the system's voice of most Linux machines, keeps 1,000 phonemes of a clause.
_CLAUSE_SOUNDS = 700
_LISTING_S = 30.0
_TARGET = "ess_access.engines.system_voice:answer"


class SystemEngine:
    """Speak with what the system has."""

    name: ClassVar[str] = "pyttsx3"
    capabilities: ClassVar[Capabilities] = Capabilities(offline=True, deterministic=True)

    def missing(self) -> Iterable[Missing]:
        """Say when pyttsx3 or the system's voices are absent."""
        if _version() is None:
            yield Missing("pyttsx3", "pyttsx3-missing", "pip install pyttsx3")
        elif not _listed():
            command = "apt install libespeak-ng1" if sys.platform.startswith("linux") else ""
            yield Missing("eSpeak", "system-voices-missing", command)

    def fingerprint(self, voice: Voice) -> str:
        """Name the library's version, the system and the voice."""
        return f"pyttsx3 {_version()} {sys.platform} {voice.name} token {TOKEN_CHARACTERS}"

    def voices(self) -> Sequence[Voice]:
        """List the system's voices, French first; none where the system has no speech."""
        return _listed()

    def synthesize(self, text: str, voice: Voice, rate: float) -> Speech:
        """Say the text.

        Raises MissingError where there is no such voice, EditionError when the driver hangs,
        crashes, or leaves a file without sound.
        """
        if not _listed():
            raise MissingError("system-voices-missing")
        require_voice(self.name, voice, _listed())
        words = breathing(split_tokens(without_markup(text), TOKEN_CHARACTERS), _CLAUSE_SOUNDS)
        parts = pieces(words, _CHUNK_CHARACTERS)
        speeches = [self._chunk(part, voice, rate) for part in parts]
        rate_hz = speeches[0].rate_hz if speeches else 22_050
        return Speech(b"".join(speech.pcm for speech in speeches), rate_hz)

    def _chunk(self, text: str, voice: Voice, rate: float) -> Speech:
        with tempfile.TemporaryDirectory(prefix="ess-access-") as folder:
            path = Path(folder, "speech.aiff" if sys.platform == "darwin" else "speech.wav")
            request = {"text": text, "voice": voice.name, "rate": rate, "path": str(path)}
            with Worker(_TARGET) as worker:
                ask_voice(worker, self.name, request, patience_s(text, per_character=0.2))
            try:
                return decoded(path.read_bytes() if path.exists() else b"")
            except NoSoundError as fault:
                raise EditionError(
                    "speech-empty", engine=self.name, reason=str(fault), words=clipped(text)
                ) from fault

    def close(self) -> None:
        """Hold nothing: each chunk's process has ended."""


@cache
def _version() -> str | None:
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version("pyttsx3")
    except PackageNotFoundError:
        return None


@cache
def _listed() -> tuple[Voice, ...]:
    """Ask the system once for its voices; a system without speech has none."""
    if _version() is None:
        return ()
    with Worker(_TARGET) as worker:
        try:
            header, _ = worker.ask({"list": True}, limit_s=_LISTING_S)
        except (WorkerCrashError, WorkerHangError):
            return ()
    found = [Voice(name, lang, said) for name, lang, said in header["voices"]]
    return tuple(sorted(found, key=_french_first))


def _french_first(voice: Voice) -> tuple[int, str, str]:
    primary = voice.lang.lower().partition("-")[0]
    of_france = voice.lang.lower() in {"fr", "fr-fr"}
    return (0 if of_france else 1 if primary == "fr" else 2, voice.lang, voice.name)
