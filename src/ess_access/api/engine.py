"""The contract of a speech engine: words in, samples out."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import ClassVar, Protocol

from ess_access.api.findings import Missing

__all__ = ["Capabilities", "Mark", "Speech", "SpeechEngine", "Voice"]


@dataclass(frozen=True, slots=True)
class Capabilities:
    """What an engine can do.

    ``offline``: no text leaves the machine. ``deterministic``: same words, same samples.
    ``word_marks``: it says when each word begins. ``pace``: about how many seconds of speech it
    gives in a second; where that is plenty for a text, no second process is started.
    ``request_characters``: how many it takes at a time, where each request may fail by itself; a
    longer utterance is asked for part by part, and parts that came are kept (0: whole).
    """

    offline: bool
    deterministic: bool
    word_marks: bool = False
    pace: float = 1.0
    request_characters: int = 0


@dataclass(frozen=True, slots=True)
class Voice:
    """A voice. ``name`` is what a user writes; ``lang`` is a BCP 47 tag."""

    name: str
    lang: str
    description: str = ""


@dataclass(frozen=True, slots=True)
class Mark:
    """The instant, in seconds from the start, at which the characters from ``offset`` are said."""

    offset: int
    seconds: float


@dataclass(frozen=True, slots=True)
class Speech:
    """Samples: signed 16-bit little-endian, mono, ``rate_hz`` a second."""

    pcm: bytes
    rate_hz: int
    marks: tuple[Mark, ...] = ()

    @property
    def seconds(self) -> float:
        """How long it lasts."""
        return len(self.pcm) / 2 / self.rate_hz


class SpeechEngine(Protocol):
    """Speak one utterance at a time. Made without arguments; used by one thread at a time.

    The words are plain: letters, spaces, apostrophes, hyphens and sentence marks (``french/``
    wrote out everything else). An engine that can hang or crash runs its voice in a process of its
    own with a time limit.
    """

    name: ClassVar[str]
    capabilities: ClassVar[Capabilities]

    def missing(self) -> Iterable[Missing]:
        """Name what is absent here, and how to get it."""
        ...

    def fingerprint(self, voice: Voice) -> str:
        """Name the version of the engine and of the voice: it is part of the cache's keys."""
        ...

    def voices(self) -> Sequence[Voice]:
        """List the voices that speak here, the best for French first."""
        ...

    def synthesize(self, text: str, voice: Voice, rate: float) -> Speech:
        """Say the text; ``rate`` is 1.0 for the voice's own pace, 0.5 to 2.0.

        Raises :class:`~ess_access.errors.MissingError` when the engine or the voice is not there,
        :class:`~ess_access.errors.EditionError` when it fails on this text.
        """
        ...

    def close(self) -> None:
        """Let go of processes and files."""
        ...
