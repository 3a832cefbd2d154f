"""M4B and Opus: other files of the same sound, with the same chapters."""

import base64
import io
import struct
from collections.abc import Iterable, Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any

from ess_access.backends.audio.chapters import Chapter
from ess_access.backends.audio.id3 import Tags, iso_639_2

__all__ = ["MEDIA_TYPES", "write_container"]

MEDIA_TYPES = {"mp3": "audio/mpeg", "m4b": "audio/mp4", "opus": "audio/ogg"}
_FORMATS = {
    # Not "ipod": it takes no cover.
    "m4b": ("mp4", "aac", {"movflags": "+faststart", "brand": "M4B "}),
    "opus": ("opus", "libopus", {}),
}
_OPUS_RATES = (8_000, 12_000, 16_000, 24_000, 48_000)


def write_container(
    path: Path,
    sound: Iterable[bytes],
    rates: tuple[int, int],
    tags: Tags,
    chapters: Sequence[Chapter],
) -> None:
    """Write mastered samples to an M4B or Opus file (by its suffix), a block at a time.

    ``rates`` are samples a second and kilobits a second.
    Players of these formats want chapters from the beginning on: what precedes the first heading
    makes a chapter of the title.
    """
    import av

    rate_hz, bitrate_kbps = rates
    kind = path.suffix.removeprefix(".")
    muxer, codec, extra = _FORMATS[kind]
    out_hz = rate_hz
    if kind == "opus":
        out_hz = next((rate for rate in _OPUS_RATES if rate >= rate_hz), _OPUS_RATES[-1])
    options = {"fflags": "+bitexact", **extra}
    with av.open(str(path), "w", format=muxer, options=options) as container:
        stream: Any = container.add_stream(codec, rate=out_hz)
        stream.layout = "mono"
        stream.metadata["language"] = iso_639_2(tags.lang)
        stream.bit_rate = 1000 * bitrate_kbps
        picture = _cover(container, tags) if kind == "m4b" else None
        if codec == "aac":
            stream.codec_context.flags |= av.codec.context.Flags.bitexact
        container.metadata.update(_metadata(kind, tags))
        whole = _whole(tags, chapters)
        if kind == "opus":
            container.metadata.update(_ogg_chapters(whole))
        else:
            container.set_chapters([_chapter(n, each) for n, each in enumerate(whole)])
        resampler = av.AudioResampler(
            format=stream.codec_context.format.name,
            layout="mono",
            rate=out_hz,
            frame_size=stream.codec_context.frame_size or None,
        )
        if picture is not None:
            container.mux(picture)
        at = 0
        for pcm in sound:
            frame = av.AudioFrame(format="s16", layout="mono", samples=len(pcm) // 2)
            frame.planes[0].update(pcm)
            frame.rate = rate_hz
            frame.pts = at
            frame.time_base = Fraction(1, rate_hz)
            at += len(pcm) // 2
            for made in resampler.resample(frame):
                container.mux(stream.encode(made))
        for made in resampler.resample(None):
            container.mux(stream.encode(made))
        container.mux(stream.encode(None))


def _cover(container: Any, tags: Tags) -> Any:
    """Add a stream that players take for the cover; give its only packet, or ``None``."""
    import av

    if tags.cover is None:
        return None
    _, data = tags.cover
    stream = container.add_stream("png", rate=1)
    with av.open(io.BytesIO(data)) as drawn:
        stream.width, stream.height = drawn.streams.video[0].width, drawn.streams.video[0].height
    stream.pix_fmt = "rgb24"
    stream.disposition = av.stream.Disposition.attached_pic
    packet = av.Packet(data)
    packet.stream = stream
    packet.time_base = Fraction(1, 1)
    packet.pts = packet.dts = 0
    packet.is_keyframe = True
    return packet


def _whole(tags: Tags, chapters: Sequence[Chapter]) -> list[Chapter]:
    if not chapters or chapters[0].start_s <= 1.0:
        return [Chapter(c.title, c.level, 0.0 if n == 0 else c.start_s, c.end_s)
                for n, c in enumerate(chapters)]  # fmt: skip
    return [Chapter(tags.title, 0, 0.0, chapters[0].start_s), *chapters]


def _chapter(number: int, chapter: Chapter) -> Any:
    return {
        "id": number,
        "start": round(1000 * chapter.start_s),
        "end": round(1000 * chapter.end_s),
        "time_base": Fraction(1, 1000),
        "metadata": {"title": chapter.title},
    }


def _ogg_chapters(chapters: Sequence[Chapter]) -> dict[str, str]:
    """Give chapters as Vorbis comments (Xiph, "Chapter Extension").

    Not by FFmpeg's muxer, which is a second late past each half second (measured in 8.0).
    """
    said: dict[str, str] = {}
    for number, chapter in enumerate(chapters):
        minutes, rest = divmod(round(1000 * chapter.start_s), 60_000)
        clock = f"{minutes // 60:02}:{minutes % 60:02}:{rest // 1000:02}.{rest % 1000:03}"
        said[f"CHAPTER{number:03}"] = clock
        said[f"CHAPTER{number:03}NAME"] = chapter.title
    return said


def _metadata(kind: str, tags: Tags) -> dict[str, str]:
    said = {
        "title": tags.title,
        "album": tags.title,
        "artist": ", ".join(tags.authors),
        "genre": "Audiobook",
        "date": tags.published,
    }
    if kind == "opus" and tags.cover is not None:
        said["METADATA_BLOCK_PICTURE"] = _flac_picture(*tags.cover)
    return {name: text for name, text in said.items() if text}


def _flac_picture(media_type: str, data: bytes) -> str:
    """Wrap a front cover as FLAC's picture block, in base64 (RFC 7845 §5.2.1, RFC 9639 §8.8)."""
    kind = media_type.encode("ascii")
    front_cover = 3
    block = struct.pack(">II", front_cover, len(kind)) + kind
    block += struct.pack(">IIIIII", 0, 0, 0, 0, 0, len(data)) + data
    return base64.b64encode(block).decode("ascii")
