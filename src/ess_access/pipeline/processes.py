"""End processes with all that they started in turn, and let no worker outlive its program."""

import atexit
import contextlib
import os
import shutil
import signal
import sys
import tempfile
import threading
import time
from collections.abc import Collection, Iterator
from multiprocessing import parent_process
from multiprocessing.connection import wait
from pathlib import Path

__all__ = [
    "block_interrupts",
    "end_here",
    "end_with_children",
    "live_with_parent",
    "use_scratch",
]

_KILL = getattr(signal, "SIGKILL", signal.SIGTERM)
_PATIENCE_S = 0.5
_STEP_S = 0.02


def live_with_parent(scratch: str) -> None:
    """Prepare a worker: its temporary files lie in ``scratch``, and it ends with its program.

    A worker of :mod:`concurrent.futures` waits for ever for the work of a program that was killed.
    """
    use_scratch(scratch)
    atexit.register(_leave)
    threading.Thread(target=_watch, args=(scratch,), daemon=True).start()


def _leave() -> None:
    """End at once: Python would take each module apart, as long as it takes to set a page.

    Registered first, it comes after what the others do as the process ends.
    """
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(OSError, ValueError, AttributeError):  # closed, or none
            stream.flush()
    os._exit(0)


def use_scratch(scratch: str) -> None:
    """Have the temporary files of this process in a folder, ``""`` for the usual one."""
    if scratch:
        os.environ["TMPDIR"] = tempfile.tempdir = scratch


def _watch(scratch: str) -> None:
    parent = parent_process()
    if parent is None:
        return
    wait([parent.sentinel])
    end_here(scratch)


def end_here(scratch: str) -> None:
    """End this process with what it started, and remove its temporary files."""
    # At once: what this process was doing would only start another of them.
    for pid, _ in _below({os.getpid()}):
        _send(pid, signal.SIGTERM)
    if scratch:
        shutil.rmtree(scratch, ignore_errors=True)
    os._exit(1)


def block_interrupts() -> None:
    """Keep Ctrl-C from what this thread starts: the program itself ends it."""
    if hasattr(signal, "pthread_sigmask"):  # not on Windows
        signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})


def end_with_children(pids: Collection[int]) -> None:
    """Kill processes of ours and end what they started, down to the last.

    Takes half a second at most. Where ``/proc`` tells nothing of what they started, they go alone.
    """
    for pid in pids:  # so that nothing is started meanwhile
        _send(pid, getattr(signal, "SIGSTOP", 0))
    below = _below(set(pids))
    for pid in pids:
        _send(pid, _KILL)
    _end(below)


def _end(processes: Collection[tuple[int, str]]) -> None:
    """Ask processes to end, then kill what did not."""
    for pid, _ in processes:
        _send(pid, signal.SIGTERM)
    until = time.monotonic() + _PATIENCE_S
    while processes and time.monotonic() < until:
        time.sleep(_STEP_S)
        processes = {(pid, born) for pid, _, born in _running()} & set(processes)
    for pid, _ in processes:
        _send(pid, _KILL)


def _below(pids: set[int]) -> set[tuple[int, str]]:
    """Give what descends from processes: the number and the birth of each, for numbers return."""
    running = list(_running())
    below: set[tuple[int, str]] = set()
    parents = pids
    while parents:
        found = {(pid, born) for pid, parent, born in running if parent in parents} - below
        below |= found
        parents = {pid for pid, _ in found}
    return below


def _running() -> Iterator[tuple[int, int, str]]:
    """List the processes that live: number, parent, birth."""
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            # The name of a program stands in brackets and may hold any sign.
            fields = stat.read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
            if fields[0] not in ("Z", "X"):  # dead, and not yet buried
                yield int(stat.parent.name), int(fields[1]), fields[19]


def _send(pid: int, sign: int) -> None:
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.kill(pid, sign)
