"""What a document reaches on this machine: files of its own folder, and no other."""

import hashlib
import os
from collections.abc import Callable
from pathlib import Path
from unicodedata import normalize

from ess_access.api.reader import Resource
from ess_access.pipeline.shelves import relative_path

__all__ = ["safe_resource"]


def safe_resource(
    folder: Path, root: Path, limit_bytes: int, seen: dict[str, str] | None = None
) -> Callable[[str], Resource]:
    """Give a function that reads the file a relative address names, never one outside ``root``.

    ``seen`` is filled with the digest of each file that was read, ``""`` for one that was not
    there: an edition depends on both.
    """
    inside = root.resolve()

    def resource(href: str) -> Resource:
        relative = relative_path(href)
        if isinstance(relative, Resource):
            return relative
        try:
            path = _found(folder, relative).resolve()
        except (OSError, RuntimeError, ValueError):  # links in a ring, a name no disk can hold
            return Resource(None, "absent")
        if not path.is_relative_to(inside):
            return Resource(None, "outside")
        try:
            if path.stat().st_size > limit_bytes:
                return Resource(None, "too-large")
            if not path.is_file():  # a pipe would be waited for, maybe for ever
                raise FileNotFoundError(path)
            data = path.read_bytes()
        except (
            OSError,
            ValueError,
        ):  # absent, a folder, no right to read: the reader reports it at its place
            if seen is not None:
                seen[path.relative_to(inside).as_posix()] = ""
            return Resource(None, "absent")
        if seen is not None:
            seen[path.relative_to(inside).as_posix()] = hashlib.sha256(data).hexdigest()
        return Resource(data)

    return resource


def _found(folder: Path, relative: str) -> Path:
    """Give the file that is meant, however the disk writes its accents: a Mac splits them off."""
    forms = dict.fromkeys((relative, normalize("NFC", relative), normalize("NFD", relative)))
    there = (folder / form for form in forms if os.path.lexists(folder / form))
    return next(there, folder / relative)
