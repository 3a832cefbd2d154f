"""Segments to frames of MP3, and frames to a file.

Each segment has an encoder of its own, so segments encode apart and unchanged ones are kept.
LAME delays sound by 1,105 samples and gives exactly 1,152 samples more than it took (measured:
two frames at 16 to 24 kHz, one above). A segment therefore gives its encoder 1,152 samples less
than it lasts, out of the silence at its end: frames put end to end keep the script's time.
"""

from collections.abc import Iterable, Iterator
from importlib.util import find_spec
from pathlib import Path

from ess_access.backends.audio.mp3 import cut_frames, frame_samples, frames, info_frame

__all__ = ["DELAY_SAMPLES", "GRAIN", "encoded", "encoder_name", "joined", "mp3_rate"]

# Every segment lasts a multiple of this: two frames at 16 to 24 kHz, one from 32 kHz on.
GRAIN = 1152
DELAY_SAMPLES = 1105
_RATES = (16_000, 22_050, 24_000, 32_000, 44_100, 48_000)
# Measured: level 7 takes half the time of the usual one, and speech is not the worse for it.
_QUALITY = 7


def mp3_rate(rate_hz: int) -> int:
    """Give the rate of MPEG audio that holds all of a voice's."""
    return next((rate for rate in _RATES if rate >= rate_hz), _RATES[-1])


def encoder_name() -> str:
    """Name who encodes: lameenc's LAME (measured: 1,000 × real time), else PyAV's (280 ×)."""
    try:
        return "lameenc" if find_spec("lameenc") is not None else "av"
    except ValueError:
        return "lameenc"  # another thread is importing it: half there, it has no __spec__ yet


def encoded(blocks: Iterable[bytes], count: int, rate_hz: int, bitrate_kbps: int) -> bytes:
    """Encode a segment of ``count`` samples, block by block, to frames of MP3.

    They are a multiple of 1,152, the last 1,152 silent.
    """
    if count % GRAIN or count < 2 * GRAIN:
        raise ValueError(f"a segment of {count} samples")
    given = _first(blocks, 2 * (count - GRAIN))
    by = _by_lameenc if encoder_name() == "lameenc" else _by_av
    # What LAME might add beyond, as measured it never does, would be silence.
    wanted = count // frame_samples(rate_hz)
    return cut_frames(by(given, rate_hz, bitrate_kbps), wanted, rate_hz, bitrate_kbps)


def _first(blocks: Iterable[bytes], size: int) -> Iterator[bytes]:
    for block in blocks:
        if size:
            yield block[:size]
        size -= min(size, len(block))


def _by_lameenc(blocks: Iterable[bytes], rate_hz: int, bitrate_kbps: int) -> bytes:
    import lameenc

    encoder = lameenc.Encoder()
    encoder.set_bit_rate(bitrate_kbps)
    encoder.set_in_sample_rate(rate_hz)
    encoder.set_out_sample_rate(rate_hz)
    encoder.set_channels(1)
    encoder.set_quality(_QUALITY)
    encoder.silence()
    made = [bytes(encoder.encode(block)) for block in blocks]
    return b"".join((*made, bytes(encoder.flush())))


def _by_av(blocks: Iterable[bytes], rate_hz: int, bitrate_kbps: int) -> bytes:
    import av

    pcm = b"".join(blocks)
    context = av.CodecContext.create("libmp3lame", "w")
    context.sample_rate = rate_hz
    context.layout = "mono"
    context.format = "s16p"
    context.bit_rate = 1000 * bitrate_kbps
    context.options = {"compression_level": str(_QUALITY)}
    size = frame_samples(rate_hz)
    made: list[bytes] = []
    for start in range(0, len(pcm) // 2, size):
        frame = av.AudioFrame(format="s16p", layout="mono", samples=size)
        frame.planes[0].update(pcm[2 * start : 2 * (start + size)])
        frame.rate = rate_hz
        frame.pts = start
        made.extend(bytes(packet) for packet in context.encode(frame))
    made.extend(bytes(packet) for packet in context.encode(None))
    return b"".join(made)


def joined(path: Path, tag: bytes, parts: Iterable[bytes], rate_hz: int, samples: int) -> None:
    """Write an MP3 of ``samples``: tag, the frame that tells players the length, all frames."""
    count = samples // frame_samples(rate_hz)
    with path.open("wb") as file:
        file.write(tag)
        first = b""
        size = 0
        for part in parts:
            if not first:
                first = next(frames(part))
                file.write(_lengths(first, rate_hz, count, 0))
            file.write(part)
            size += len(part)
        file.seek(len(tag))
        file.write(_lengths(first, rate_hz, count, size))


def _lengths(first: bytes, rate_hz: int, count: int, size: int) -> bytes:
    return info_frame(first, rate_hz, count=count, sound_bytes=size, delay=DELAY_SAMPLES)
