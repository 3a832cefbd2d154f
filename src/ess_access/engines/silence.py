"""An engine that says nothing, for as long as the words would last: for tests and rehearsals."""

from collections.abc import Iterable, Sequence
from typing import ClassVar

from ess_access.api.engine import Capabilities, Mark, Speech, Voice
from ess_access.api.findings import Missing
from ess_access.engines.spoken_by import require_voice

__all__ = ["SilenceEngine"]

RATE_HZ = 16_000
# French read aloud: about 15 characters a second.
_SECONDS_A_CHARACTER = 1 / 15
_VOICES = tuple(Voice(f"silence-{lang}", lang) for lang in ("fr", "en", "de", "es", "it"))


class SilenceEngine:
    """Last as long as speech would, without a sound; a mark for each word."""

    name: ClassVar[str] = "silence"
    capabilities: ClassVar[Capabilities] = Capabilities(
        offline=True, deterministic=True, word_marks=True
    )

    def missing(self) -> Iterable[Missing]:
        """Nothing ever is."""
        return ()

    def fingerprint(self, voice: Voice) -> str:
        """Name the pace."""
        return f"silence 1 {voice.name}"

    def voices(self) -> Sequence[Voice]:
        """List a voice for each language."""
        return _VOICES

    def synthesize(self, text: str, voice: Voice, rate: float) -> Speech:
        """Give silence in proportion to the text. Raises MissingError for an unknown voice."""
        require_voice(self.name, voice, _VOICES)
        step = _SECONDS_A_CHARACTER / rate
        marks = tuple(
            Mark(at, at * step)
            for at in range(len(text))
            if text[at] != " " and (at == 0 or text[at - 1] == " ")
        )
        return Speech(bytes(2 * round(len(text) * step * RATE_HZ)), RATE_HZ, marks)

    def close(self) -> None:
        """Hold nothing."""
