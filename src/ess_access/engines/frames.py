"""The frames that an engine and its voice's process exchange over pipes.

A frame is one line of JSON, its key ``"bytes"`` giving the length of the payload that follows it.
Parent and child speak it in both directions; nothing else may be written to these pipes.
"""

import json
from collections.abc import Mapping
from typing import Any, BinaryIO

__all__ = ["Frame", "read_frame", "write_frame"]

Frame = tuple[dict[str, Any], bytes]


def write_frame(stream: BinaryIO, header: Mapping[str, Any], payload: bytes = b"") -> None:
    """Write one frame. Raises OSError when the other end is gone."""
    line = json.dumps({**header, "bytes": len(payload)}, ensure_ascii=True)
    stream.write(line.encode("ascii") + b"\n")
    if payload:
        stream.write(payload)
    stream.flush()


def read_frame(stream: BinaryIO) -> Frame | None:
    """Read one frame; ``None`` where the other end closed, or left in the middle of one."""
    line = stream.readline()
    if not line.endswith(b"\n"):
        return None
    header = json.loads(line)
    size = int(header.pop("bytes"))
    payload = stream.read(size) if size else b""
    return (header, payload) if len(payload) == size else None
