"""One request to Google's speech service: TLS verified, time limited, tried again with patience."""

import base64
import binascii
import queue
import re
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from typing import Any, TypeVar

from ess_access.engines.decode import NoSoundError

__all__ = ["Wire"]

T = TypeVar("T")

_ATTEMPTS = 5
_FIRST_WAIT_S = 1.0
_LONGEST_WAIT_S = 30.0
# The answer's line that holds the sound, in base64 (gtts.tts.gTTS.stream reads the same).
_SOUND = re.compile(rb'jQ1olc","\[\\"(.*?)\\"\]')
_ANSWER_BYTES = 8_000_000
# A socket's own limit starts anew at each byte that comes: past this much more, nobody waits.
_GRACE_S = 0.5
_Answer = tuple[Any, bytes]


class _RefusedError(Exception):
    """An answer that asking again cannot mend."""


@dataclass(frozen=True, slots=True)
class Wire:
    """Where requests go and how long they may take, in seconds.

    ``authority`` is a file of certificates to trust instead of the usual ones; ``wait`` is called
    with seconds between attempts.
    """

    domain: str
    authority: str | None
    timeout_s: float
    wait: Callable[[float], None] | None

    def fetch(self, text: str, lang: str, accept: Callable[[bytes], T]) -> T:
        """Ask until ``accept`` takes the sound that came, at most five times.

        Raises :class:`~ess_access.engines.decode.NoSoundError` with the last reason.
        """
        import requests

        reason = ""
        for attempt in range(_ATTEMPTS):
            pause = min(_LONGEST_WAIT_S, _FIRST_WAIT_S * 2**attempt)
            try:
                response, body = self._ask(text, lang)
                reason = f"HTTP {response.status_code} {response.reason}"
                if 200 <= response.status_code < 300:
                    return accept(_sound_of(body))
                if response.status_code < 500 and response.status_code not in {408, 429}:
                    raise _RefusedError(reason)
                pause = _asked_pause(response, pause)
            except NoSoundError as fault:
                reason = str(fault)
            except requests.exceptions.SSLError as fault:
                raise NoSoundError(f"TLS: {fault}") from fault
            except requests.exceptions.RequestException as fault:
                reason = f"{type(fault).__name__}: {fault}"
            except _RefusedError as fault:
                raise NoSoundError(reason) from fault
            if attempt + 1 < _ATTEMPTS:
                (self.wait or time.sleep)(pause)
        raise NoSoundError(reason)

    def _ask(self, text: str, lang: str) -> _Answer:
        """Send one request, and wait for its answer within the time limit, however it drips.

        Names that do not resolve and heads that come byte by byte know no limit of their own.
        """
        import requests

        told: queue.SimpleQueue[_Answer | Exception] = queue.SimpleQueue()

        def send() -> None:
            try:
                told.put(self._sent(text, lang))
            except Exception as fault:  # noqa: BLE001 - whoever waits raises it again
                told.put(fault)

        threading.Thread(target=send, daemon=True).start()
        try:
            answer = told.get(timeout=self.timeout_s + _GRACE_S)
        except queue.Empty:
            raise requests.exceptions.ReadTimeout(f"{self.timeout_s:.0f} s") from None
        if isinstance(answer, Exception):
            raise answer
        return answer

    def _sent(self, text: str, lang: str) -> _Answer:
        import requests
        from gtts import gTTS

        speech = gTTS(text, lang=lang, lang_check=False, tokenizer_func=lambda words: [words])
        (data,) = speech.get_bodies()
        url = f"https://translate.google.{self.domain}/_/TranslateWebserverUi/data/batchexecute"
        end = time.monotonic() + self.timeout_s
        with (
            requests.Session() as session,
            session.post(
                url,
                data=data,
                headers=gTTS.GOOGLE_TTS_HEADERS,
                timeout=self.timeout_s,
                verify=self.authority or True,
                allow_redirects=False,
                stream=True,
            ) as response,
        ):
            body = bytearray()
            for piece in response.iter_content(8192):
                body += piece
                if time.monotonic() > end or len(body) > _ANSWER_BYTES:
                    raise requests.exceptions.ReadTimeout(f"{self.timeout_s:.0f} s")
            return response, bytes(body)


def _sound_of(body: bytes) -> bytes:
    found = _SOUND.search(body)
    if found is None:
        raise NoSoundError("0 bytes")
    try:
        return base64.b64decode(found.group(1))
    except binascii.Error as error:
        raise NoSoundError(str(error)) from error


def _asked_pause(response: Any, usual: float) -> float:
    """Heed the server's ``Retry-After``, in seconds or a date (RFC 9110 §10.2.3), within reason."""
    asked = str(response.headers.get("Retry-After", "")).strip()
    if asked.isdecimal():
        wanted = float(asked)
    else:
        try:
            wanted = parsedate_to_datetime(asked).timestamp() - time.time()
        except (ValueError, TypeError, OverflowError):
            wanted = usual
    return min(_LONGEST_WAIT_S, max(usual, wanted))
