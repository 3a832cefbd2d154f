"""Read what a sound file says of itself: ID3 by our own eyes, other formats through FFmpeg's."""

from pathlib import Path

from ess_access.backends.audio.id3_reading import TagRead, read_tag
from ess_access.backends.audio.mp3 import told_seconds

__all__ = ["promised_s", "read_media"]

_FIRST_FRAME_BYTES = 2_048
_NAMES = {"title": "TIT2", "artist": "TPE1", "language": "TLAN", "album": "TALB"}


def read_media(path: Path) -> TagRead:
    """Read tags and chapters. Raises OSError."""
    if path.suffix.lower() != ".mp3":
        return _by_av(path)
    with path.open("rb") as file:
        head = file.read(10)
        size = _tag_bytes(head)
        return read_tag(head + file.read(size - 10)) if size else TagRead()


def promised_s(path: Path) -> float:
    """Give how long a file says that it lasts, in seconds; 0 where it does not. Raises OSError."""
    match path.suffix.lower():
        case ".mp3":
            with path.open("rb") as file:
                file.seek(_tag_bytes(file.read(10)))
                return told_seconds(file.read(_FIRST_FRAME_BYTES))
        case ".m4b":
            import av

            with av.open(str(path)) as container:
                return (container.duration or 0) / 1_000_000
        case _:
            return 0.0


def _tag_bytes(head: bytes) -> int:
    """Give how long an ID3 tag is, from the first ten bytes of a file."""
    if head[:3] != b"ID3" or len(head) < 10:
        return 0
    size = 0
    for byte in head[6:10]:
        size = size << 7 | byte & 0x7F
    return 10 + size


def _by_av(path: Path) -> TagRead:
    import av

    with av.open(str(path)) as container:
        said = {**container.metadata}
        for stream in container.streams.audio:
            said = {**said, **stream.metadata}
        texts = {
            _NAMES[name.lower()]: text for name, text in said.items() if name.lower() in _NAMES
        }
        chapters = tuple(
            (
                str(number),
                each["metadata"].get("title", ""),
                round(1000 * each["start"] * (each["time_base"] or 1)),
                round(1000 * each["end"] * (each["time_base"] or 1)),
            )
            for number, each in enumerate(container.chapters())
        )
    return TagRead(texts, chapters, tuple(own for own, *_ in chapters))
