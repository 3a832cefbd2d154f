"""Files of an audio edition that hold nothing: no sound, no caption."""

from collections.abc import Sequence
from pathlib import Path

from ess_access.api.backend import Artifact
from ess_access.api.findings import Finding, Severity
from ess_access.backends.audio.captions_check import CAPTIONS, has_captions

__all__ = ["is_empty", "parted"]

_SOUNDS = (".mp3", ".m4b", ".opus")


def parted(artifacts: Sequence[Artifact]) -> tuple[tuple[Artifact, ...], tuple[Finding, ...]]:
    """Part the files that hold something from those that hold nothing, told as ``AU-023``."""
    empty = {each.path for each in artifacts if is_empty(each.path)}
    full = tuple(each for each in artifacts if each.path not in empty)
    findings = tuple(
        Finding("AU-023", Severity.ERROR, {"file": each.path.name})
        for each in artifacts
        if each.path in empty
    )
    return full, findings


def is_empty(path: Path) -> bool:
    """Say whether a sound file has no sound at all, or a file of captions no caption."""
    suffix = path.suffix.lower()
    try:
        if suffix in CAPTIONS:
            return not has_captions(path)
        if suffix not in _SOUNDS:
            return False
        return not _has_bytes(path) or _has_no_packet(path)
    except OSError:
        return False  # a file that cannot be had is told by who listens to it


def _has_bytes(path: Path) -> bool:
    """Say whether anything but a tag is in a file: in an MP3 it stands first (ID3v2.4 §3.1)."""
    with path.open("rb") as stream:
        head = stream.read(10)
        if head.startswith(b"ID3") and len(head) == 10:
            size = 0
            for byte in head[6:]:  # four times seven bits
                size = size << 7 | byte & 0x7F
            stream.seek(10 + size)
            return any(block.strip(b"\0") for block in iter(lambda: stream.read(1 << 16), b""))
    return bool(head)


def _has_no_packet(path: Path) -> bool:
    import av

    try:
        with av.open(str(path)) as container:
            if not container.streams.audio:
                return False
            packets = container.demux(container.streams.audio[0])
            return not any(packet.size for packet in packets)
    except av.error.FFmpegError:
        return False  # damaged, which is another fault
