"""Segments to packets of MP3, and packets to a file.

Each segment has an encoder of its own, so segments encode in parallel and unchanged ones are kept.
LAME delays sound by 1,105 samples and gives exactly 1,152 samples more than it took (measured:
two frames at 16 to 24 kHz, one above). A segment therefore gives its encoder 1,152 samples less
than it lasts, out of the silence at its end: packets put end to end keep the script's time.
"""

import struct
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from ess_access.backends.audio.mp3 import frame_samples, info_frame

__all__ = ["DELAY_SAMPLES", "GRAIN", "encoded", "joined", "mp3_rate", "unpacked"]

# Every segment lasts a multiple of this: two frames at 16 to 24 kHz, one from 32 kHz on.
GRAIN = 1152
DELAY_SAMPLES = 1105
_RATES = (16_000, 22_050, 24_000, 32_000, 44_100, 48_000)
# Measured at 16 kHz: level 7 takes half the time of the usual one. No reservoir: a segment may
# not lean on the bits of the one before.
_OPTIONS = {"compression_level": "7", "reservoir": "0"}


def mp3_rate(rate_hz: int) -> int:
    """Give the rate of MPEG audio that holds all of a voice's."""
    return next((rate for rate in _RATES if rate >= rate_hz), _RATES[-1])


def _encoder(rate_hz: int, bitrate_kbps: int) -> Any:
    import av

    context = av.CodecContext.create("libmp3lame", "w")
    context.sample_rate = rate_hz
    context.layout = "mono"
    context.format = "s16p"
    context.bit_rate = 1000 * bitrate_kbps
    context.options = dict(_OPTIONS)
    return context


def encoded(pcm: bytes, rate_hz: int, bitrate_kbps: int) -> bytes:
    """Encode a segment (a multiple of 1,152 samples, its last 1,152 silent) to packed packets."""
    import av

    count = len(pcm) // 2
    if count % GRAIN or count < 2 * GRAIN:
        raise ValueError(f"a segment of {count} samples")
    context = _encoder(rate_hz, bitrate_kbps)
    size = frame_samples(rate_hz)
    packets: list[bytes] = []
    for start in range(0, count - GRAIN, size):
        frame = av.AudioFrame(format="s16p", layout="mono", samples=size)
        frame.planes[0].update(pcm[2 * start : 2 * (start + size)])
        frame.rate = rate_hz
        frame.pts = start
        packets.extend(bytes(packet) for packet in context.encode(frame))
    packets.extend(bytes(packet) for packet in context.encode(None))
    wanted = count // size
    # What LAME might add beyond, as measured it never does, would be silence.
    del packets[wanted:]
    if len(packets) != wanted:
        raise ValueError(f"{len(packets)} packets for {wanted}")
    return b"".join(struct.pack("<H", len(packet)) + packet for packet in packets)


def unpacked(data: bytes) -> Iterable[bytes]:
    """Give the packets of a segment."""
    at = 0
    while at < len(data):
        (size,) = struct.unpack_from("<H", data, at)
        yield data[at + 2 : at + 2 + size]
        at += 2 + size


def joined(path: Path, tag: bytes, parts: Iterable[bytes], rate_hz: int, samples: int) -> None:
    """Write an MP3 of ``samples``: tag, the frame that tells players the length, every packet."""
    count = samples // frame_samples(rate_hz)
    with path.open("wb") as file:
        file.write(tag)
        first = b""
        size = 0
        for part in parts:
            for packet in unpacked(part):
                if not first:
                    first = packet
                    file.write(_lengths(first, rate_hz, count, 0))
                file.write(packet)
                size += len(packet)
        file.seek(len(tag))
        file.write(_lengths(first, rate_hz, count, size))


def _lengths(first: bytes, rate_hz: int, frames: int, size: int) -> bytes:
    return info_frame(first, rate_hz, frames=frames, sound_bytes=size, delay=DELAY_SAMPLES)
