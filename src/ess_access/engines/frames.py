"""The frames that an engine and its voice's process exchange over pipes.

A frame is one line of JSON, its key ``"bytes"`` giving the length of the payload that follows it.
Parent and child speak it in both directions; nothing else may be written to these pipes.
"""

import json
from collections.abc import Mapping
from typing import Any, BinaryIO

__all__ = ["Frame", "read_frame", "write_frame"]

# Words of one utterance and their instants take far less.
_HEADER_BYTES = 1 << 24

Frame = tuple[dict[str, Any], bytes]


def write_frame(stream: BinaryIO, header: Mapping[str, Any], payload: bytes = b"") -> None:
    """Write one frame. Raises OSError when the other end is gone."""
    line = json.dumps({**header, "bytes": len(payload)}, ensure_ascii=True)
    stream.write(line.encode("ascii") + b"\n")
    if payload:
        stream.write(payload)
    stream.flush()


def read_frame(stream: BinaryIO) -> Frame | None:
    """Read one frame; ``None`` where the other end closed, or left in the middle of one.

    Raises ValueError for a line that is no header.
    """
    line = stream.readline(_HEADER_BYTES)
    if not line.endswith(b"\n"):
        return None
    header = json.loads(line)
    size = header.pop("bytes", None) if isinstance(header, dict) else None
    if not isinstance(size, int) or size < 0:
        raise ValueError("not a frame")
    payload = stream.read(size) if size else b""
    return (header, payload) if len(payload) == size else None
