"""Samples between speaking and encoding: at hand while there is room, else in files."""

import tempfile
import threading
from pathlib import Path

__all__ = ["Held"]

# So that a guide is not read back: 12 minutes at 22 kHz.
_ROOM_BYTES = 32 << 20


class Held:
    """Samples by key. ``folder`` is where those go for which there is no room.

    Without a folder they are let go: a store keeps the clips that they were made of.
    """

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder
        self._spare: tempfile.TemporaryDirectory[str] | None = None
        self._held: dict[str, bytes] = {}
        self._room = _ROOM_BYTES
        self._lock = threading.Lock()

    def put(self, key: str, pcm: bytes) -> None:
        """Hold samples, unless they are held."""
        with self._lock:
            if key in self._held:
                return
            if len(pcm) <= self._room:
                self._held[key] = pcm
                self._room -= len(pcm)
                return
            if self._folder is None:
                return
            if self._spare is None:
                self._spare = tempfile.TemporaryDirectory(dir=self._folder, prefix=".clips-")
            # Two threads may speak the same words: the file is written under the lock, whole.
            Path(self._spare.name, key).write_bytes(pcm)

    def get(self, key: str) -> bytes | None:
        """Give samples, or ``None``."""
        with self._lock:
            held = self._held.get(key)
            if held is not None or self._spare is None:
                return held
            path = Path(self._spare.name, key)
            return path.read_bytes() if path.is_file() else None

    def close(self) -> None:
        """Let all go."""
        self._held.clear()
        if self._spare is not None:
            self._spare.cleanup()
