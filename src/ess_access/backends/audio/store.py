"""What was said once is not said again: clips and encoded segments, kept by their content."""

import contextlib
import hashlib
import json
import os
import struct
import tempfile
import threading
from collections.abc import Iterable
from pathlib import Path
from typing import Any
from zlib import crc32

__all__ = ["Store", "key_of"]


def key_of(*parts: Any) -> str:
    """Give the key of something made from these parts, which JSON can hold."""
    text = json.dumps(parts, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


# Few enough to make at once, many enough that two keys seldom wait for one another.
_LOCKS = 32


class Store:
    """Files in a folder, by key. Others may write there at once: a file appears whole or not.

    Without a folder nothing is kept: to create a file costs more than to encode a sentence.
    """

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder
        self._alone = tuple(threading.Lock() for _ in range(_LOCKS))

    @property
    def keeps(self) -> bool:
        """Say whether what is written can be read."""
        return self._folder is not None

    def alone(self, key: str) -> threading.Lock:
        """Give the lock to hold while an entry is made that must not be made twice."""
        return self._alone[int(key[:8], 16) % _LOCKS]

    def read(self, kind: str, key: str) -> bytes | None:
        """Give an entry, or ``None``."""
        if self._folder is None:
            return None
        path = self._folder / kind / key
        try:
            sealed = path.read_bytes()
        except OSError:  # not there, or somebody else's: it is made again
            return None
        seal, data = sealed[:_SEAL], sealed[_SEAL:]
        if seal == _seal(key, (data,)):
            with contextlib.suppress(OSError):
                os.utime(path)  # used now: the oldest entries leave first
            return data
        with contextlib.suppress(OSError):  # damaged: a word might be missing from it
            path.unlink()
        return None

    def write(self, kind: str, key: str, *data: bytes) -> None:
        """Keep an entry, told in parts; where that is refused, it is made again the next time."""
        if self._folder is None:
            return
        path = self._folder / kind / key
        with contextlib.suppress(OSError):
            try:
                handle, name = tempfile.mkstemp(dir=path.parent, prefix=".new-")
            except FileNotFoundError:
                path.parent.mkdir(parents=True, exist_ok=True)
                handle, name = tempfile.mkstemp(dir=path.parent, prefix=".new-")
            try:
                with os.fdopen(handle, "wb") as file:
                    file.write(_seal(key, data))
                    file.writelines(data)
                Path(name).replace(path)
            except BaseException:
                Path(name).unlink(missing_ok=True)
                raise


_SEAL = 8


def _seal(key: str, data: Iterable[bytes]) -> bytes:
    """Tell what was written from what a disk made of it: a check sum, as ZIP's, and the length."""
    total = crc32(key.encode("ascii"))
    length = 0
    for part in data:
        total = crc32(part, total)
        length += len(part)
    return struct.pack("<II", total, length & 0xFFFF_FFFF)
