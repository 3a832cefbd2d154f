"""SVOX Pico, the default voice: French inside the wheel of py-nanotts (Apache-2.0), offline.

Measured: 215 × real time; it hangs for ever on 128 accented letters without a space, and clips at
full volume. So it speaks in a process of its own, long tokens are split, and the volume is 0.7.
French words that it gets wrong are respelled (:mod:`ess_access.engines.pico_words`).
It also reads memory that it never wrote, so that a sentence's samples depend on the one before
(measured); glibc is told to give it fresh pages, which are zero, as other systems do.
"""

from collections.abc import Iterable, Sequence
from functools import cache
from typing import ClassVar

from ess_access.api.engine import Capabilities, Speech, Voice
from ess_access.api.findings import Missing
from ess_access.engines.pico_words import VERSION, respelled
from ess_access.engines.spoken_by import ask_in_parts, require_voice
from ess_access.engines.words import TOKEN_CHARACTERS, pieces, split_tokens, without_markup
from ess_access.engines.worker import Worker
from ess_access.errors import MissingError

__all__ = ["PicoEngine"]

# A text without an end makes it slow; no sentence is as long as this.
_TEXT_CHARACTERS = 2_000
# Two names of one setting: the newer, and the one that older versions of glibc know.
_FRESH_MEMORY = {
    "GLIBC_TUNABLES": "glibc.malloc.mmap_threshold=131072",
    "MALLOC_MMAP_THRESHOLD_": "131072",
}
_VOICES = (
    Voice("fr-FR", "fr-FR", "SVOX Pico"),
    Voice("en-GB", "en-GB", "SVOX Pico"),
    Voice("en-US", "en-US", "SVOX Pico"),
    Voice("es-ES", "es-ES", "SVOX Pico"),
    Voice("de-DE", "de-DE", "SVOX Pico"),
    Voice("it-IT", "it-IT", "SVOX Pico"),
)


class PicoEngine:
    """Speak French, English, Spanish, German and Italian without any program."""

    name: ClassVar[str] = "pico"
    capabilities: ClassVar[Capabilities] = Capabilities(
        offline=True, deterministic=True, pace=200.0
    )

    def __init__(self) -> None:
        self._worker = Worker("ess_access.engines.pico_voice:answer", _FRESH_MEMORY)

    def missing(self) -> Iterable[Missing]:
        """Say when py-nanotts is not installed here."""
        if _version() is None:
            yield Missing("py-nanotts", "pico-missing", "pip install py-nanotts")

    def fingerprint(self, voice: Voice) -> str:
        """Name the versions that shape the samples."""
        words = f" words {VERSION}" if _is_french(voice) else ""
        token = f"fresh token {TOKEN_CHARACTERS}"
        return f"py-nanotts {_version()} {voice.name} volume 0.7 {token}{words}"

    def voices(self) -> Sequence[Voice]:
        """List the voices of the wheel."""
        return _VOICES if _version() is not None else ()

    def synthesize(self, text: str, voice: Voice, rate: float) -> Speech:
        """Say the text, 16 kHz.

        Raises MissingError for a voice that Pico does not have or where the package is absent,
        EditionError when the voice hangs or crashes on this text.
        """
        if _version() is None:
            raise MissingError("pico-missing")
        require_voice(self.name, voice, _VOICES)
        text = without_markup(text)
        words = split_tokens(respelled(text) if _is_french(voice) else text, TOKEN_CHARACTERS)
        pcm = bytearray()
        rate_hz = 16_000
        for part in pieces(words, _TEXT_CHARACTERS):
            request = {"text": part, "voice": voice.name, "speed": rate}
            for header, payload in ask_in_parts(self._worker, self.name, request):
                rate_hz = int(header["rate_hz"])
                pcm += payload
        return Speech(bytes(pcm), rate_hz)

    def close(self) -> None:
        """End the voice's process."""
        self._worker.close()


def _is_french(voice: Voice) -> bool:
    return voice.name.startswith("fr")


@cache
def _version() -> str | None:
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version("py-nanotts")
    except PackageNotFoundError:
        return None
