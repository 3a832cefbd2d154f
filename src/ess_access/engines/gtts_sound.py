"""Whether the sound that came is whole: an MP3 that was cut can be decoded all the same."""

import re
from collections.abc import Iterator

from ess_access.engines.decode import NoSoundError

__all__ = ["refuse_cut"]

# Words of Latin letters last much longer than this, whoever speaks (people read 15 in a second): a
# sound so short is a scrap. One that was cut elsewhere ends within a frame, but for 1 in 200.
_FASTEST_S = 1 / 250
_LETTER = re.compile(r"[A-Za-zÀ-ÖØ-öø-ÿŒœ]")
_FEW = 20  # letters: below, a pace says nothing
# Kilobits a second by the four bits of a frame's head, layer III (ISO/IEC 11172-3, 13818-3).
_KBITS_1 = (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320)
_KBITS_2 = (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160)
_RATES = {3: (44_100, 48_000, 32_000), 2: (22_050, 24_000, 16_000), 0: (11_025, 12_000, 8_000)}
_COUNTED = 1  # the flag of a Xing or Info head that says how many frames follow


def refuse_cut(data: bytes, text: str, seconds: float) -> None:
    """Raise NoSoundError for an MP3 whose last frame or last frames are missing.

    ``seconds`` is how long it lasts at the voice's own pace; a sound far too short for its words
    was cut between two frames.
    """
    frames = list(_frames(data))
    if frames and frames[-1][1] > len(data):
        raise NoSoundError(f"{len(data)} bytes of {frames[-1][1]}")
    announced = _announced(data[slice(*frames[0])]) if frames else 0
    if announced and len(frames) - 1 < announced:
        raise NoSoundError(f"{len(frames) - 1} frames of {announced}")
    letters = len(_LETTER.findall(text))
    if letters >= _FEW and seconds < letters * _FASTEST_S:
        raise NoSoundError(f"{seconds:.1f} s for {letters} letters")


def _frames(data: bytes) -> Iterator[tuple[int, int]]:
    """Give where each frame starts and ends; the last may end beyond the bytes that are there."""
    at = 0
    if data.startswith(b"ID3") and len(data) >= 10:
        size = 0
        for byte in data[6:10]:  # four times seven bits
            size = size << 7 | byte & 0x7F
        at = 10 + size
    while length := _length(data[at : at + 4]):
        yield at, at + length
        at += length


def _length(head: bytes) -> int:
    """Give the bytes of the frame that begins so, 0 where none does."""
    if len(head) < 4 or head[0] != 0xFF or head[1] & 0xE0 != 0xE0 or head[1] >> 1 & 3 != 1:
        return 0
    version, bits, rate = head[1] >> 3 & 3, head[2] >> 4, head[2] >> 2 & 3
    if version not in _RATES or not 0 < bits < 15 or rate == 3:
        return 0
    kbits, samples = (_KBITS_1, 1152) if version == 3 else (_KBITS_2, 576)
    return samples // 8 * kbits[bits] * 1000 // _RATES[version][rate] + (head[2] >> 1 & 1)


def _announced(frame: bytes) -> int:
    """Give how many frames follow, where the first one says so."""
    for name in (b"Xing", b"Info"):
        at = frame.find(name, 4, 64)
        if at >= 0 and len(frame) >= at + 12 and frame[at + 7] & _COUNTED:
            return int.from_bytes(frame[at + 8 : at + 12], "big")
    return 0
