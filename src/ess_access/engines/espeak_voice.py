"""eSpeak NG's side of the pipe, by ctypes; runs in :mod:`ess_access.engines.child` alone.

Structures and constants are those of ``speak_lib.h``, interface revision 12.
"""

import ctypes
import re
from collections.abc import Mapping
from functools import cache
from typing import Any, ClassVar

from ess_access.engines.espeak_library import load
from ess_access.engines.frames import Frame
from ess_access.errors import EditionError, MissingError

__all__ = ["answer", "phonemes"]

_SYNCHRONOUS = 2
# Without a pause at the end: those are the script's, and would be cut off.
_UTF8 = 1
_POSITION_CHARACTER = 1
_WORD_EVENT = 1
_RATE_PARAMETER = 1
# Words a minute of eSpeak's own pace.
_USUAL_RATE = 175
_IPA = 0x02
# A sentence of twelve seconds; a longer one makes it longer.
_ROOM_BYTES = 1 << 19
# Samples come a second at a time: each call from C to Python costs as much as 40 ms of speech.
_BUFFER_MS = 1000
_CLAUSES = re.compile(r"([^,;:.!?]+)([,;:.!?]?)")


class _Id(ctypes.Union):
    _fields_: ClassVar = [("number", ctypes.c_int), ("name", ctypes.c_char_p)]


class _Event(ctypes.Structure):
    _fields_: ClassVar = [
        ("type", ctypes.c_int),
        ("unique_identifier", ctypes.c_uint),
        ("text_position", ctypes.c_int),
        ("length", ctypes.c_int),
        ("audio_position", ctypes.c_int),
        ("sample", ctypes.c_int),
        ("user_data", ctypes.c_void_p),
        ("id", _Id),
    ]


class _Voice(ctypes.Structure):
    _fields_: ClassVar = [
        ("name", ctypes.c_char_p),
        ("languages", ctypes.POINTER(ctypes.c_char)),
        ("identifier", ctypes.c_char_p),
        ("gender", ctypes.c_ubyte),
        ("age", ctypes.c_ubyte),
        ("variant", ctypes.c_ubyte),
        ("xx1", ctypes.c_ubyte),
        ("score", ctypes.c_int),
        ("spare", ctypes.c_void_p),
    ]


_Callback = ctypes.CFUNCTYPE(
    ctypes.c_int, ctypes.POINTER(ctypes.c_short), ctypes.c_int, ctypes.POINTER(_Event)
)


class _Library:
    """The library, ready; ``pcm`` and ``words`` are what it said last."""

    def __init__(self) -> None:
        found = load()
        if found is None:
            raise MissingError("espeak-missing")
        self._library, folder = found
        data = folder.encode() if folder else None
        self.rate_hz = self._library.espeak_Initialize(_SYNCHRONOUS, _BUFFER_MS, data, 0)
        if self.rate_hz <= 0:
            raise MissingError("espeak-missing")
        self._library.espeak_Info.restype = ctypes.c_char_p
        self._library.espeak_ListVoices.restype = ctypes.POINTER(ctypes.POINTER(_Voice))
        # Kept from one text to the next: new memory takes longer than what is written to it.
        self._room = bytearray(_ROOM_BYTES)
        self._size = 0
        self.words: list[tuple[int, int]] = []
        self._voice = ""
        # Held here: the library would call a function that Python has let go.
        self._callback = _Callback(self._hear)
        self._library.espeak_SetSynthCallback(self._callback)

    def _hear(self, samples: Any, count: int, events: Any) -> int:
        if samples and count > 0:
            end = self._size + 2 * count
            self._room[self._size : end] = ctypes.string_at(samples, 2 * count)
            self._size = end
        number = 0
        while kind := (event := events[number]).type:
            if kind == _WORD_EVENT:
                self.words.append((event.text_position - 1, event.audio_position))
            number += 1
        return 0

    @property
    def pcm(self) -> bytes:
        """What was said last."""
        return bytes(memoryview(self._room)[: self._size])

    def version(self) -> str:
        """Give the version that the library tells."""
        path = ctypes.c_char_p()
        said: bytes = self._library.espeak_Info(ctypes.byref(path))
        return "espeak-ng " + said.decode("ascii", "replace").split()[0]

    def voices(self) -> list[tuple[str, str, str]]:
        """List language tags, names and identifiers, each language once."""
        found: dict[str, tuple[str, str]] = {}
        listed = self._library.espeak_ListVoices(None)
        number = 0
        while listed[number]:
            voice = listed[number].contents
            # A byte of priority, then the tag.
            tag = ctypes.string_at(ctypes.addressof(voice.languages.contents) + 1).decode("ascii")
            if not (voice.identifier or b"").startswith((b"mb/", b"!v")):
                name, own = (
                    text.decode("utf-8", "replace") for text in (voice.name, voice.identifier)
                )
                found.setdefault(tag, (name, own))
            number += 1
        return [(tag, name, own) for tag, (name, own) in found.items()]

    def say(self, text: str, voice: str, rate: float) -> None:
        """Say a text with the voice of an identifier.

        Raises MissingError for an unknown voice, EditionError when the library fails.
        """
        if voice != self._voice:
            if self._library.espeak_SetVoiceByName(voice.encode("utf-8")) != 0:
                raise MissingError("voice-missing", engine="espeak", voice=voice, known="\u2013")
            self._voice = voice
        self._library.espeak_SetParameter(_RATE_PARAMETER, round(_USUAL_RATE * rate), 0)
        self._size = 0
        self.words.clear()
        data = text.encode("utf-8")
        failed = self._library.espeak_Synth(
            data,
            ctypes.c_size_t(len(data) + 1),
            0,
            _POSITION_CHARACTER,
            0,
            _UTF8,
            None,
            None,
        )
        if failed:
            raise EditionError("speech-crashed", engine="espeak", reason=str(failed), words=text)

    def phonemes(self, text: str, voice: str) -> str:
        """Give a text's phonemes in IPA, clause by clause, their final marks kept."""
        if self._library.espeak_SetVoiceByName(voice.encode("utf-8")) != 0:
            raise MissingError("voice-missing", engine="espeak", voice=voice, known="\u2013")
        self._voice = voice
        self._library.espeak_TextToPhonemes.restype = ctypes.c_char_p
        said: list[str] = []
        for words, mark in _CLAUSES.findall(text):
            held = ctypes.create_string_buffer(words.encode("utf-8"))
            at = ctypes.c_void_p(ctypes.addressof(held))
            heard = []
            while at.value:
                part = self._library.espeak_TextToPhonemes(ctypes.byref(at), _UTF8, _IPA)
                heard.append((part or b"").decode("utf-8", "replace").strip())
            said.append(" ".join(filter(None, heard)) + mark)
        return " ".join(filter(None, said))


@cache
def _library() -> _Library:
    return _Library()


def phonemes(text: str, voice: str) -> str:
    """Give a text's phonemes in IPA, as a voice says it. Raises MissingError."""
    return _library().phonemes(text, voice)


def answer(request: Mapping[str, Any]) -> Frame:
    """List the voices, or say ``text`` with ``voice`` at ``rate``."""
    library = _library()
    if request.get("list"):
        return {"version": library.version(), "voices": library.voices()}, b""
    library.say(request["text"], request["voice"], request["rate"])
    return {"rate_hz": library.rate_hz, "marks": library.words}, library.pcm
