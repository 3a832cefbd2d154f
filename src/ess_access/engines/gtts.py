"""Google's online voice through gTTS: opt-in, because the text leaves the machine.

gTTS 2.5.4 alone sends without verifying TLS, without a time limit and without trying again, and
takes an empty answer for a file. Here it only words the requests; :mod:`.gtts_wire` sends them.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from typing import ClassVar

from ess_access.api.engine import Capabilities, Speech, Voice
from ess_access.api.findings import Missing
from ess_access.engines.decode import NoSoundError, decoded
from ess_access.engines.gtts_sound import refuse_cut
from ess_access.engines.words import clipped, pieces, without_markup
from ess_access.errors import ConfigurationError, EditionError, MissingError

__all__ = ["GttsEngine", "checked_domain"]

# The service takes 100 characters at a time (gTTS.GOOGLE_TTS_MAX_CHARS).
_REQUEST_CHARACTERS = 100
# A domain such as "com", "fr" or "co.uk": anything else could lead the text to another server
# ("com@elsewhere", "com:8000", "com.elsewhere.org").
_DOMAIN = re.compile(r"(?:com|cat|[a-z]{2}|com?\.[a-z]{2})")
_VOICES = tuple(
    Voice(lang, lang, "Google, online: the text is sent to Google")
    for lang in ("fr", "fr-CA", "en", "de", "es", "it", "pt", "nl")
)
_RATE_HZ = 24_000


def checked_domain(domain: str) -> str:
    """Accept a top-level domain of Google. Raises ConfigurationError for anything else."""
    if not _DOMAIN.fullmatch(domain):
        raise ConfigurationError("gtts-domain", domain=domain)
    return domain


class GttsEngine:
    """Speak through Google's servers. A voice is a language, or ``fr@ca``: language and domain.

    The arguments are for tests: a server that listens here (``domain``), the certificate that it
    shows (``authority``), and what waiting between two attempts does.
    """

    name: ClassVar[str] = "gtts"
    capabilities: ClassVar[Capabilities] = Capabilities(
        offline=False, deterministic=False, request_characters=_REQUEST_CHARACTERS
    )

    def __init__(
        self,
        *,
        domain: str = "com",
        authority: str | None = None,
        timeout_s: float = 20.0,
        wait: Callable[[float], None] | None = None,
    ) -> None:
        self._domain = domain
        self._authority = authority
        self._timeout_s = timeout_s
        self._wait = wait

    def missing(self) -> Iterable[Missing]:
        """Say when gTTS is not installed, and always that the text goes to Google."""
        if _version() is None:
            yield Missing("gTTS", "gtts-missing", "pip install gtts")
        else:
            yield Missing("gTTS", "gtts-sends-text", required=False)

    def fingerprint(self, voice: Voice) -> str:
        """Name the version and the voice; Google may change its own without a word."""
        return f"gTTS {_version()} {voice.name}"

    def voices(self) -> Sequence[Voice]:
        """List languages; nothing is asked of the network."""
        return _VOICES if _version() is not None else ()

    def synthesize(self, text: str, voice: Voice, rate: float) -> Speech:
        """Say the text, a request for each 100 characters; the pace is changed here.

        Raises MissingError (no gTTS, no such language), ConfigurationError (a domain that is not
        Google's), EditionError when Google does not answer with sound after several attempts.
        """
        if _version() is None:
            raise MissingError("gtts-missing")
        lang, _, asked = voice.name.partition("@")
        if all(lang.lower() != other.name.lower() for other in _VOICES):
            known = ", ".join(other.name for other in _VOICES)
            raise MissingError("voice-missing", engine=self.name, voice=voice.name, known=known)
        domain = checked_domain(asked) if asked else self._domain
        parts = pieces(without_markup(text), _REQUEST_CHARACTERS)
        speeches = [self._part(part, lang, domain, rate) for part in parts if _is_said(part)]
        rate_hz = speeches[0].rate_hz if speeches else _RATE_HZ
        return Speech(b"".join(speech.pcm for speech in speeches), rate_hz)

    def _part(self, text: str, lang: str, domain: str, rate: float) -> Speech:
        from ess_access.engines.gtts_wire import Wire

        wire = Wire(domain, self._authority, self._timeout_s, self._wait)

        def sound(data: bytes) -> Speech:
            speech = decoded(data, tempo=rate)
            refuse_cut(data, text, len(speech.pcm) / 2 / speech.rate_hz * rate)
            return speech

        try:
            return wire.fetch(text, lang, sound)
        except NoSoundError as fault:
            raise EditionError(
                "gtts-failed", reason=clipped(str(fault), 200), words=clipped(text)
            ) from fault

    def close(self) -> None:
        """Hold nothing."""


def _is_said(text: str) -> bool:
    return any(mark.isalnum() for mark in text)


@cache
def _version() -> str | None:
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version("gtts")
    except PackageNotFoundError:
        return None
