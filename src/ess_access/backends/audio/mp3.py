"""Frames of MP3, and the first one that tells players the length and the encoder's delay.

Layout: the Xing header (Gabriel Bouvigne, "MP3 VBR header") and LAME's extension ("Mp3 Info Tag
revision 1"). ``Info`` says that the bit rate is constant.
"""

import struct
from collections.abc import Iterator

__all__ = ["cut_frames", "frame_samples", "frames", "info_frame", "told_seconds"]

# Bit rates by index from 1, in kbit/s (ISO/IEC 11172-3 and 13818-3, layer III).
_LOW = (8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160)
_HIGH = (32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320)
_LOW_RATES = (22_050, 24_000, 16_000)
_HIGH_RATES = (44_100, 48_000, 32_000)
_CONTENT = 4 + 4 + 4 + 4 + 100 + 4 + 36
# A decoder adds this delay of its own to what the encoder declares.
_DECODER_DELAY = 529


def frame_samples(rate_hz: int) -> int:
    """Give how many samples a frame holds."""
    return 576 if rate_hz < 32_000 else 1152


def frames(data: bytes) -> Iterator[bytes]:
    """Cut a stream of layer III into its frames. Raises ValueError where it is none."""
    at = 0
    while at < len(data):
        header = data[at : at + 4]
        if len(header) < 4 or header[0] != 0xFF or header[1] & 0xE6 != 0xE2:
            raise ValueError(f"no MP3 frame at {at}")
        is_low = not header[1] & 0x08
        kbps = (_LOW if is_low else _HIGH)[(header[2] >> 4) - 1]
        rate_hz = (_LOW_RATES if is_low else _HIGH_RATES)[header[2] >> 2 & 3]
        size = (72_000 if is_low else 144_000) * kbps // rate_hz + (header[2] >> 1 & 1)
        yield data[at : at + size]
        at += size


def cut_frames(data: bytes, count: int, rate_hz: int, bitrate_kbps: int) -> bytes:
    """Give the first ``count`` frames of a stream of constant bit rate.

    Raises ValueError where there are fewer. Their lengths differ by a byte at most, and add up:
    a stream of just as many is known by its own, without a look at each.
    """
    factor = 72_000 if rate_hz < 32_000 else 144_000
    exact = factor * bitrate_kbps * count
    if abs(len(data) * rate_hz - exact) < rate_hz and data[:1] == b"\xff":
        return data
    found = list(frames(data))
    if len(found) < count:
        raise ValueError(f"{len(found)} frames for {count}")
    return b"".join(found[:count])


def info_frame(first: bytes, rate_hz: int, *, count: int, sound_bytes: int, delay: int) -> bytes:
    """Give the frame to put before the others.

    ``first`` is the first frame of sound, whose header this one shares; ``delay`` are the samples
    before the sound that players leave out.
    """
    is_low = rate_hz < 32_000
    side = 9 if is_low else 17  # of one channel
    factor = 72_000 if is_low else 144_000
    index, length = next(
        (index, size)
        for index, kbps in enumerate(_LOW if is_low else _HIGH, 1)
        if (size := factor * kbps // rate_hz) >= 4 + side + _CONTENT
    )
    # Same version, layer and rate; no padding bit; our bit rate; no check sum.
    header = bytes((first[0], first[1] | 1, (first[2] & 0x0C) | index << 4, first[3]))
    seek = bytes(number * 256 // 100 for number in range(100))
    shift = max(0, delay - _DECODER_DELAY)
    delays = (shift & 0xFFF) << 12
    lame = (
        b"Lavc".ljust(9, b"\0")
        + bytes((1, 0))  # constant bit rate; low-pass not told
        + bytes(4 + 2 + 2 + 1)  # no replay gain
        + bytes((min(255, len(first) * rate_hz // (factor // 1000) // 1000),))
        + delays.to_bytes(3, "big")
        + bytes(1 + 1 + 2)
        + struct.pack(">I", length + sound_bytes)
        + bytes(2)
    )
    frame = header + bytes(side) + b"Info" + struct.pack(">III", 0x0F, count, length + sound_bytes)
    frame += seek + struct.pack(">I", 0) + lame
    return (frame + struct.pack(">H", _crc16(frame))).ljust(length, b"\0")


def told_seconds(data: bytes) -> float:
    """Give the length that a stream's first frame tells; 0.0 where it tells none.

    What the encoder added at both ends counts too: up to a tenth of a second.
    """
    if len(data) < 4 or data[0] != 0xFF or data[1] & 0xE6 != 0xE2 or data[2] >> 2 & 3 == 3:
        return 0.0
    is_low = not data[1] & 0x08
    # MPEG 2.5 halves the rates of MPEG 2.
    rate_hz = (_LOW_RATES if is_low else _HIGH_RATES)[data[2] >> 2 & 3]
    rate_hz //= 1 if data[1] & 0x10 else 2
    is_mono = data[3] >> 6 == 3
    at = 4 + ((9 if is_mono else 17) if is_low else (17 if is_mono else 32))
    if data[at : at + 4] not in {b"Info", b"Xing"} or not data[at + 7] & 1:
        return 0.0
    count = int.from_bytes(data[at + 8 : at + 12], "big")
    return count * frame_samples(rate_hz) / rate_hz


def _crc16(data: bytes) -> int:
    """CRC-16/ARC, as LAME checks its tag."""
    crc = 0
    for byte in data:
        crc ^= byte
        for _ in range(8):
            crc = crc >> 1 ^ 0xA001 if crc & 1 else crc >> 1
    return crc
