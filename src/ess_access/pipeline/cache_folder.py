"""Which folder may be a cache of ours, and what in it is ours: nothing else is ever removed.

``ESS_ACCESS_CACHE`` may name any folder by mistake, a home among them.
"""

import contextlib
import shutil
from collections.abc import Iterator
from pathlib import Path

from ess_access.api.plugins import BACKENDS, names
from ess_access.errors import ConfigurationError

__all__ = ["EDITIONS", "claim", "clear", "rooms"]

EDITIONS = "editions"
# The mark that tools for backups know (Cache Directory Tagging Specification).
_TAG = "CACHEDIR.TAG"
_SIGNATURE = "Signature: 8a477f597d28d172789f06886806bc55\n# A cache of ess-access.\n"
# What a disk, a desktop or a repository may leave in an empty folder.
_NOTHING = frozenset({"lost+found", ".DS_Store", ".gitkeep", ".gitignore", "desktop.ini"})


def rooms(folder: Path) -> Iterator[Path]:
    """List the folders of a cache: that of the editions, and one a format."""
    yield from (folder / name for name in (EDITIONS, *names(BACKENDS)))


def claim(folder: Path | None) -> bool:
    """Mark a folder as a cache, if it is there; say whether it is.

    Raises ConfigurationError for one that bears no mark and holds anything else.
    """
    try:
        found = set() if folder is None else {path.name for path in folder.iterdir()}
    except OSError:  # not there yet, no folder, or not to be read: nothing can be kept in it
        return False
    if folder is None or _TAG in found:
        return folder is not None
    foreign = sorted(found - _NOTHING - {room.name for room in rooms(folder)})
    if foreign:
        raise ConfigurationError("cache-foreign", folder=str(folder), name=foreign[0])
    with contextlib.suppress(OSError):
        (folder / _TAG).write_text(_SIGNATURE, encoding="utf-8")
    return True


def clear(folder: Path) -> None:
    """Remove what is ours, and the folder where nothing else is left in it."""
    claim(folder)
    for room in rooms(folder):
        shutil.rmtree(room, ignore_errors=True)
    with contextlib.suppress(OSError):
        if {path.name for path in folder.iterdir()} <= {_TAG}:
            (folder / _TAG).unlink(missing_ok=True)
            folder.rmdir()
