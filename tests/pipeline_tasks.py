"""Tasks that the tests give to workers; a spawned process imports them from here."""

import os
import signal
import struct
import subprocess
import sys
import tempfile
import time
from pathlib import Path

_SIGKILL = getattr(signal, "SIGKILL", signal.SIGTERM)


def pid() -> int:
    return os.getpid()


def double(number: int) -> int:
    return 2 * number


def meet(folder: str) -> int:
    """Wait until another process is there too; give the number of this one."""
    (Path(folder) / str(os.getpid())).touch()
    while len(list(Path(folder).iterdir())) < 2:
        time.sleep(0.02)
    return os.getpid()


def die(tries: str) -> None:
    """Note the try, then be killed as the kernel kills for memory."""
    with Path(tries).open("a", encoding="utf-8") as stream:
        stream.write("x")
    os.kill(os.getpid(), _SIGKILL)


def die_in_an_answer() -> str:
    """Be killed when half of the answer is written."""
    from multiprocessing.connection import Connection

    def half(self: Connection, _data: object) -> None:
        os.write(self.fileno(), struct.pack("!i", 1000) + b"x" * 10)
        os.kill(os.getpid(), _SIGKILL)

    Connection._send_bytes = half  # type: ignore[attr-defined]
    return "never told whole"


def die_once(tries: str) -> str:
    """Die at the first try and live at the second."""
    if not Path(tries).exists():
        die(tries)
    return "done"


def fill(tries: str) -> str:
    """Note the try and the process, then have no memory left the first time."""
    with Path(tries).open("a", encoding="utf-8") as stream:
        stream.write(f"{os.getpid()}\n")
    if len(Path(tries).read_text(encoding="utf-8").split()) == 1:
        raise MemoryError
    return "done"


def eat(megabytes: int) -> None:
    """Take memory without end, of the little that is allowed."""
    import resource  # not on Windows

    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
    limit = pages * resource.getpagesize() + megabytes * 1_000_000
    resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
    eaten = []
    while True:
        eaten.append(bytearray(1_000_000))


def sleep(seconds: float, tries: str = "") -> str:
    if tries:
        with Path(tries).open("a", encoding="utf-8") as stream:
            stream.write("x")
    time.sleep(seconds)
    return "slept"


def refuse() -> None:
    raise ValueError("no")


class Unsendable(Exception):  # noqa: N818 - it says what it is
    def __reduce__(self) -> tuple[object, ...]:
        raise TypeError("not to be sent")


def refuse_with_what_cannot_be_sent() -> None:
    raise Unsendable


def say(text: str) -> str:
    """Print as a library in C may, and as Python does."""
    os.write(1, f"{text}\n".encode())
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()
    return text


def late() -> None:
    raise TimeoutError("the server did not answer")


def hold(folder: str, seconds: float) -> None:
    """Hold the lock of an output folder for a while, from another process."""
    from ess_access.pipeline.holding import lock

    with lock(Path(folder), timeout_s=10):
        (Path(folder) / "held").touch()
        time.sleep(seconds)


def leave_a_file() -> str:
    """Make a temporary file and forget it."""
    descriptor, path = tempfile.mkstemp()
    os.close(descriptor)
    return path


def start_and_sleep(told: str) -> None:
    """Start a program in a session of its own, as LibreOffice is, tell its number, and wait."""
    code = "import time; time.sleep(600)"
    program = subprocess.Popen([sys.executable, "-c", code], start_new_session=True)
    Path(told).with_suffix(".new").write_text(f"{os.getpid()} {program.pid}", encoding="utf-8")
    Path(told).with_suffix(".new").replace(told)
    time.sleep(600)
