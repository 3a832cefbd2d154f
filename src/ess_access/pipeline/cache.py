"""A cache of whole editions, by content: the same document and options are never made twice.

An entry is a folder named by its key, with the edition's files and a manifest of their digests.
It is written elsewhere and renamed into place, so builds may share the cache; a damaged entry
is dropped and the edition made again.
"""

import contextlib
import hashlib
import json
import os
import shutil
import tempfile
import time
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from ess_access.pipeline.cache_folder import EDITIONS, rooms
from ess_access.pipeline.sources import sha256_of

__all__ = ["EditionCache", "evict", "size_of"]

_MANIFEST = "manifest.json"
_SPARE = "spare"


class EditionCache:
    """Editions below ``folder/editions``; with ``folder=None`` it holds nothing."""

    def __init__(self, folder: Path | None) -> None:
        """Open the cache; its folder is made when the first entry is kept."""
        self._folder = None if folder is None else folder / EDITIONS

    def restore(self, key: str, into: Path) -> str | None:
        """Copy an entry's files into a folder; give what was kept with them, ``None`` without it.

        A damaged entry is removed.
        """
        if self._folder is None:
            return None
        entry = self._folder / key[:2] / key
        try:
            manifest = json.loads((entry / _MANIFEST).read_text(encoding="utf-8"))
            names = manifest["files"]
            if manifest["digest"] != _digest(names, manifest["kept"]):
                raise ValueError(key)
            for name, digest in names.items():
                if Path(name).name != name:
                    raise ValueError(name)
                shutil.copyfile(entry / name, into / name)
                if sha256_of(into / name) != digest:
                    raise ValueError(name)
            os.utime(entry)  # used now: the oldest entries leave first
            return str(manifest["kept"])
        except FileNotFoundError:
            if not entry.exists():
                return None
        except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
            pass  # damaged: dropped below, and the edition is made again
        _remove(entry)
        for leftover in into.iterdir():
            leftover.unlink()
        return None

    def keep(self, key: str, files: Iterable[Path], kept: str) -> None:
        """Keep an edition's files with a string that :meth:`restore` gives back.

        A cache that cannot be written is no reason to fail a build: nothing is kept then.
        """
        if self._folder is None:
            return
        entry = self._folder / key[:2] / key
        with contextlib.suppress(OSError):
            entry.parent.mkdir(parents=True, exist_ok=True)
            temporary = Path(tempfile.mkdtemp(prefix="new-", dir=self._folder))
            try:
                digests = {}
                for file in files:
                    shutil.copyfile(file, temporary / file.name)
                    digests[file.name] = sha256_of(temporary / file.name)
                digest = _digest(digests, kept)
                text = json.dumps({"files": digests, "kept": kept, "digest": digest})
                (temporary / _MANIFEST).write_text(text, encoding="utf-8")
                temporary.rename(entry)
            except OSError:  # also: another build was first, which is as good
                shutil.rmtree(temporary, ignore_errors=True)
                raise


def _remove(path: Path) -> None:
    """Remove an entry, unless another build is first or holds it open."""
    if path.is_dir():
        shutil.rmtree(path, ignore_errors=True)
    else:
        with contextlib.suppress(OSError):
            path.unlink()


def _digest(files: Mapping[str, str], kept: str) -> str:
    """Seal a manifest: what was kept is trusted as much as the files."""
    return hashlib.sha256(json.dumps([files, kept], sort_keys=True).encode()).hexdigest()


def size_of(folder: Path) -> int:
    """Give the bytes that a cache folder holds."""
    return sum(entry.size for entry in _entries(folder))


def evict(folder: Path, max_bytes: int) -> int:
    """Remove files and editions beyond a size; give the bytes removed.

    What lies in a folder named ``spare`` leaves first: it is quickly made again. Else the least
    recently used does.
    """
    entries = sorted(_entries(folder), key=lambda entry: (not entry.is_spare, entry.used))
    excess = sum(entry.size for entry in entries) - max_bytes
    removed = 0
    for entry in entries:
        if removed >= excess:
            break
        _remove(Path(entry.path))
        removed += entry.size
    return removed


class _Entry(NamedTuple):
    """What can be removed as one: an edition's folder, or a file elsewhere in the cache."""

    path: str
    size: int
    used: float
    is_spare: bool


def _entries(folder: Path) -> Iterator[_Entry]:
    """Walk a cache. By names alone: tens of thousands of files are looked at after a build."""
    now = time.time()  # what was used after it was so under a clock that was wrong
    waiting = [(str(room), room.name == EDITIONS, False) for room in rooms(folder)]
    while waiting:
        here, is_edition, is_spare = waiting.pop()
        with contextlib.suppress(OSError):  # not there, or another build was first
            with os.scandir(here) as scanned:
                listed = list(scanned)
            if is_edition and any(each.name == _MANIFEST for each in listed):
                size = sum(each.stat(follow_symlinks=False).st_size for each in listed)
                yield _Entry(here, size, min(Path(here).stat().st_mtime, now), is_spare)
                continue
            for each in listed:
                name = each.name
                if each.is_dir(follow_symlinks=False):
                    waiting.append((each.path, is_edition, is_spare or name == _SPARE))
                    continue
                with contextlib.suppress(OSError):
                    status = each.stat(follow_symlinks=False)
                    used = min(status.st_mtime, now)
                    yield _Entry(each.path, status.st_size, used, is_spare)
