"""Ask a voice's process, and turn its faults into errors that a person understands."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from ess_access.api.engine import Voice
from ess_access.engines.frames import Frame
from ess_access.engines.words import clipped
from ess_access.engines.worker import Worker, WorkerCrashError, WorkerHangError, patience_s
from ess_access.errors import EditionError, MissingError

__all__ = ["ask_in_parts", "ask_voice", "require_voice"]


def ask_voice(worker: Worker, engine: str, request: Mapping[str, Any], limit_s: float) -> Frame:
    """Ask, and ask once more when the process crashed (a new one is started).

    A process that hung is not asked again: the same words would hang it again.
    Raises EditionError with the words that it failed on.
    """
    words = clipped(str(request.get("text", "")))
    try:
        try:
            return worker.ask(request, limit_s=limit_s)
        except WorkerCrashError:
            return worker.ask(request, limit_s=limit_s)
    except WorkerHangError as hang:
        raise EditionError(
            "speech-hung", engine=engine, seconds=round(limit_s), words=words
        ) from hang
    except WorkerCrashError as crash:
        raise EditionError(
            "speech-crashed", engine=engine, reason=clipped(str(crash), 200), words=words
        ) from crash


def ask_in_parts(worker: Worker, engine: str, request: Mapping[str, Any]) -> Iterator[Frame]:
    """Ask, and where the voice crashes on a text, ask for each half of its words.

    Raises EditionError when it hangs, or crashes on a single word.
    """
    text = str(request["text"])
    words = text.split()
    try:
        yield ask_voice(worker, engine, request, patience_s(text))
    except EditionError as fault:
        if fault.key != "speech-crashed" or len(words) < 2:
            raise
        middle = len(words) // 2
        for half in (words[:middle], words[middle:]):
            yield from ask_in_parts(worker, engine, {**request, "text": " ".join(half)})


def require_voice(engine: str, voice: Voice, known: Sequence[Voice]) -> None:
    """Refuse a voice that the engine does not have: it would speak with another, unasked."""
    if all(voice.name != other.name for other in known):
        raise MissingError(
            "voice-missing",
            engine=engine,
            voice=voice.name,
            known=", ".join(other.name for other in known[:12]) or "\u2013",
        )
