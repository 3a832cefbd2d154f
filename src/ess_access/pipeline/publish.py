"""Put finished editions where people find them: whole, or not at all.

Files are made in a staging folder of the output folder (the same disk, so that a rename is
one step) and renamed when the edition is complete and checked. What stood there stays until then.
"""

import contextlib
import errno
import os
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path, PurePosixPath

from ess_access.errors import EditionError
from ess_access.pipeline.outcome import FileRecord
from ess_access.pipeline.state import HIDDEN
from ess_access.pipeline.work import StagedFile

__all__ = ["forget", "lock", "publish", "remove", "stage_folder", "unwritable", "write_whole"]


@contextmanager
def lock(output: Path, *, timeout_s: float) -> Iterator[None]:
    """Hold the output folder for one build. Raises EditionError when another one holds it."""
    from filelock import FileLock, Timeout

    try:
        (output / HIDDEN).mkdir(parents=True, exist_ok=True)
        held = FileLock(output / HIDDEN / "lock", timeout=timeout_s)
        held.acquire()
    except Timeout as error:
        raise EditionError("output-in-use", folder=str(output)) from error
    except OSError as error:
        raise unwritable(output, error) from error
    try:
        _remove_stages(output)
        yield
    finally:
        _remove_stages(output)
        held.release()


def forget(output: Path) -> None:
    """Leave no trace in an output folder where nothing was ever published."""
    with contextlib.suppress(OSError):  # another build came, or something else lies there
        (output / HIDDEN / "lock").unlink(missing_ok=True)
        (output / HIDDEN).rmdir()
        output.rmdir()


def stage_folder(output: Path) -> Path:
    """Give the folder in which this build stages its editions."""
    return output / HIDDEN / "stage"


def _remove_stages(output: Path) -> None:
    shutil.rmtree(stage_folder(output), ignore_errors=True)


def publish(
    stage: Path, files: Sequence[StagedFile], output: Path, folder: PurePosixPath
) -> tuple[FileRecord, ...]:
    """Rename an edition's files into their folder. Raises EditionError when that is refused."""
    target = output / folder
    try:
        target.mkdir(parents=True, exist_ok=True)
        for file in files:  # all or none: what would refuse a rename is looked for first
            if (target / file.name).is_dir():
                raise IsADirectoryError(errno.EISDIR, "", str(target / file.name))
        for file in files:
            (stage / file.name).replace(target / file.name)
    except OSError as error:
        raise unwritable(target, error) from error
    shutil.rmtree(stage, ignore_errors=True)
    return tuple(
        FileRecord(
            str(folder / file.name), file.media_type, file.size_bytes, file.digest, file.measures
        )
        for file in files
    )


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
            reason = error.strerror or type(error).__name__
            return EditionError("output-unwritable", folder=str(folder), reason=reason)
