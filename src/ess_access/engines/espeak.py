"""eSpeak NG through its library: a thousand times real time, word by word, robotic.

The library is the system's, or that of espeakng-loader (extra ``espeak``). It speaks in a process
of its own: its state is global and a second initialisation crashes it.
"""

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import ClassVar

from ess_access.api.engine import Capabilities, Mark, Speech, Voice
from ess_access.api.findings import Missing
from ess_access.engines.spoken_by import ask_voice, require_voice
from ess_access.engines.words import (
    TOKEN_CHARACTERS,
    breathing,
    pieces,
    places,
    split_tokens,
    without_markup,
)
from ess_access.engines.worker import Worker, WorkerCrashError, WorkerHangError, patience_s
from ess_access.errors import MissingError

__all__ = ["EspeakEngine"]

_TARGET = "ess_access.engines.espeak_voice:answer"
_TEXT_CHARACTERS = 2_000
# Of the thousand phonemes that it keeps of a clause.
_CLAUSE_SOUNDS = 700
_LISTING_S = 30.0


class EspeakEngine:
    """Speak a hundred languages, and tell when each word begins."""

    name: ClassVar[str] = "espeak"
    # The tremor of its pitch goes on from one sentence to the next (measured): the same words are
    # a few samples apart after others.
    capabilities: ClassVar[Capabilities] = Capabilities(
        offline=True, deterministic=False, word_marks=True, pace=1_000.0
    )

    def __init__(self) -> None:
        self._worker = Worker(_TARGET)

    def missing(self) -> Iterable[Missing]:
        """Say when there is no library of eSpeak NG."""
        if not _listed()[1]:
            yield Missing("eSpeak NG", "espeak-missing", 'pip install "ess-access[espeak]"')

    def fingerprint(self, voice: Voice) -> str:
        """Name the library's version and the voice."""
        return f"{_listed()[0]} {voice.name} no end pause token {TOKEN_CHARACTERS}"

    def voices(self) -> Sequence[Voice]:
        """List the voices, the French of France first; none without the library."""
        return _listed()[1]

    def synthesize(self, text: str, voice: Voice, rate: float) -> Speech:
        """Say the text, with a mark for each word.

        Raises MissingError without the library or the voice, EditionError when it fails.
        """
        if not _listed()[1]:
            raise MissingError("espeak-missing")
        require_voice(self.name, voice, _listed()[1])
        own = _listed()[2][voice.name]
        text = without_markup(text)
        pcm = bytearray()
        marks: list[Mark] = []
        rate_hz = 22_050
        words = breathing(split_tokens(text, TOKEN_CHARACTERS), _CLAUSE_SOUNDS)
        stands = places(words, text)
        begin = 0
        for part in pieces(words, _TEXT_CHARACTERS):
            request = {"text": part, "voice": own, "rate": rate}
            header, payload = ask_voice(self._worker, self.name, request, patience_s(part))
            rate_hz = int(header["rate_hz"])
            before = len(pcm) / 2 / rate_hz
            marks += (
                Mark(stands[begin + offset], before + milliseconds / 1000)
                for offset, milliseconds in header["marks"]
                if 0 <= offset < len(part)
            )
            pcm += payload
            # A space stood where the parts were cut.
            begin += len(part) + 1
        return Speech(bytes(pcm), rate_hz, tuple(marks))

    def close(self) -> None:
        """End the voice's process."""
        self._worker.close()


@cache
def _listed() -> tuple[str, tuple[Voice, ...], Mapping[str, str]]:
    """Ask the library once: its version, its voices, what it calls each."""
    with Worker(_TARGET) as worker:
        try:
            header, _ = worker.ask({"list": True}, limit_s=_LISTING_S)
        except (WorkerCrashError, WorkerHangError, MissingError):
            return "", (), {}
    voices = [Voice(tag, tag, name) for tag, name, _ in header["voices"]]
    called = {tag: own for tag, _, own in header["voices"]}
    return str(header["version"]), tuple(sorted(voices, key=_french_first)), called


def _french_first(voice: Voice) -> tuple[int, str]:
    tag = voice.lang.lower()
    return (0 if tag in {"fr", "fr-fr"} else 1 if tag.startswith("fr-") else 2, tag)
