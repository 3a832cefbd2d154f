"""One build at a time in an output folder, and what one leaves there."""

import contextlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from ess_access.errors import EditionError
from ess_access.pipeline.moves import finish, is_pending
from ess_access.pipeline.publish import unwritable
from ess_access.pipeline.state import HIDDEN

__all__ = ["forget", "lock", "settle", "settle_above"]


@contextmanager
def lock(
    output: Path, *, timeout_s: float, waiting: Callable[[], object] = lambda: None
) -> Iterator[None]:
    """Hold the output folder for one build; call ``waiting`` once where another one holds it.

    Raises EditionError when it still does after ``timeout_s``.

    What a build that was killed had begun to put in place is finished first, and the rest swept.
    """
    from filelock import FileLock, Timeout

    try:
        (output / HIDDEN).mkdir(parents=True, exist_ok=True)
        held = FileLock(output / HIDDEN / "lock")
        try:
            held.acquire(timeout=0)
        except Timeout:
            if timeout_s <= 0:
                raise
            waiting()
            held.acquire(timeout=timeout_s)
    except Timeout as error:
        raise EditionError("output-in-use", folder=str(output)) from error
    except OSError as error:
        raise unwritable(output, error) from error
    try:
        finish(output)
        yield
    finally:
        finish(output)
        held.release()


def settle(output: Path) -> None:
    """Finish what a killed build had begun to put in place, for a command that only looks.

    Does nothing while a build runs, nor where the folder cannot be written.
    """
    if is_pending(output):
        with contextlib.suppress(EditionError), lock(output, timeout_s=0):
            pass


def settle_above(file: Path) -> None:
    """Settle the output folder in which an edition lies, if it lies in one."""
    for folder in file.absolute().parents:
        if (folder / HIDDEN).is_dir():
            settle(folder)
            return


def forget(output: Path) -> None:
    """Leave no trace in an output folder where nothing was ever published."""
    with contextlib.suppress(OSError):  # another build came, or something else lies there
        (output / HIDDEN / "lock").unlink(missing_ok=True)
        (output / HIDDEN).rmdir()
        output.rmdir()
