"""Write and remove what people find in an output folder, and say why a disk refuses.

Editions are made in a staging folder of the output folder (the same disk, so that a rename is one
step) and renamed when they are complete and checked: see :mod:`ess_access.pipeline.moves`.
"""

import contextlib
import errno
import os
from collections.abc import Sequence
from pathlib import Path

from ess_access.errors import EditionError, reason_of
from ess_access.pipeline.outcome import FileRecord

__all__ = ["remove", "unwritable", "write_whole"]


def remove(output: Path, files: Sequence[FileRecord]) -> None:
    """Remove an edition's files, and the folders that are empty then. Raises EditionError."""
    for file in files:
        path = output / file.path
        try:
            path.unlink(missing_ok=True)
        except OSError as error:
            raise unwritable(path.parent, error) from error
        for folder in path.parents:
            if folder == output or not folder.is_relative_to(output):
                break
            try:
                folder.rmdir()
            except OSError:  # something else lies there
                break


def write_whole(path: Path, data: bytes, *, scratch: Path | None = None) -> None:
    """Write a file so that a reader sees the old one or the new one, never half.

    It is written in ``scratch``, a folder of the same disk, or beside.
    """
    temporary = (scratch or path.parent) / f".{path.name}.{os.getpid()}"
    try:
        for folder in (path.parent, temporary.parent):
            folder.mkdir(parents=True, exist_ok=True)
        temporary.write_bytes(data)
        temporary.replace(path)
    except OSError as error:
        with contextlib.suppress(OSError):
            temporary.unlink(missing_ok=True)
        if path.is_dir():
            raise EditionError("output-blocked", path=str(path)) from error
        raise unwritable(path.parent, error) from error


def unwritable(folder: Path, error: OSError) -> EditionError:
    """Say in one sentence why a folder cannot be written."""
    match error.errno:
        case errno.ENOSPC | errno.EDQUOT:
            return EditionError("output-full", folder=str(folder))
        case errno.EACCES | errno.EPERM | errno.EROFS:
            return EditionError("output-read-only", folder=str(folder))
        case errno.EEXIST | errno.ENOTDIR | errno.EISDIR:
            return EditionError("output-blocked", path=str(error.filename or folder))
        case _:
            return EditionError("output-unwritable", folder=str(folder), reason=reason_of(error))
