"""Run LibreOffice for as long as somebody holds the other end of standard input.

Started as a program of its own, without the package: ``keeper.py SECONDS FOLDER COMMAND…``. When
its parent ends, however it ends, or has said nothing for so long, the office goes and its folder
with it. So it does when its parent is left an orphan: a worker whose program was killed waits for
work that never comes. Imports nothing but the standard library.
"""

import contextlib
import hashlib
import os
import select
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

__all__ = ["keep"]

_TO_END_S = 3
_STEP_S = 0.5
BEGIN, END = b"+", b"-"


def keep(idle_s: float, folder: Path, command: list[str]) -> None:
    """Start the office and wait; a ``+`` begins a piece of work, a ``-`` ends it."""
    office = subprocess.Popen(  # noqa: S603  # the program found on the machine, no shell
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    for sign in (signal.SIGINT, signal.SIGTERM):  # the parent ends as well, and that is enough
        signal.signal(sign, signal.SIG_IGN)
    elder = _parent_of_parent()
    try:
        idle_until = time.monotonic() + idle_s
        working = False
        while True:
            if not select.select([0], [], [], None if working else _STEP_S)[0]:
                if office.poll() is not None or time.monotonic() > idle_until:
                    return
                if _parent_of_parent() != elder:
                    return
                continue
            said = os.read(0, 1)
            if not said:
                return
            working = said == BEGIN
            idle_until = time.monotonic() + idle_s
    finally:
        for sign in (signal.SIGTERM, signal.SIGKILL):
            with contextlib.suppress(ProcessLookupError):
                os.killpg(office.pid, sign)
            with contextlib.suppress(subprocess.TimeoutExpired):
                office.wait(_TO_END_S)
                break
        _door(folder).unlink(missing_ok=True)
        shutil.rmtree(folder, ignore_errors=True)


def _parent_of_parent() -> str:
    """Name the process that started the one that keeps the office; ``""`` where nothing tells."""
    try:
        stat = Path(f"/proc/{os.getppid()}/stat").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""
    # The name of a program stands in brackets and may hold any sign.
    return stat.rpartition(")")[2].split()[1]


def _door(folder: Path) -> Path:
    """Name the socket that an office which is told to end leaves behind, by its profile."""
    address = (folder / "profile").as_uri().encode("utf-16-le")
    name = "".join(f"{byte:x}" for byte in hashlib.md5(address, usedforsecurity=False).digest())
    # LibreOffice names it so, below this very folder.
    return Path("/tmp") / f"OSL_PIPE_{os.getuid()}_SingleOfficeIPC_{name}"  # noqa: S108


if __name__ == "__main__":
    keep(float(sys.argv[1]), Path(sys.argv[2]), sys.argv[3:])
