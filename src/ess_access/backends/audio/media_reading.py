"""Read what a sound file says of itself: ID3 by our own eyes, other formats through FFmpeg's."""

from pathlib import Path

from ess_access.backends.audio.id3_reading import TagRead, read_tag

__all__ = ["read_media"]

_NAMES = {"title": "TIT2", "artist": "TPE1", "language": "TLAN", "album": "TALB"}


def read_media(path: Path) -> TagRead:
    """Read tags and chapters. Raises OSError."""
    if path.suffix.lower() != ".mp3":
        return _by_av(path)
    with path.open("rb") as file:
        head = file.read(10)
        if head[:3] != b"ID3" or len(head) < 10:
            return TagRead()
        size = 0
        for byte in head[6:10]:
            size = size << 7 | byte & 0x7F
        return read_tag(head + file.read(size))


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
