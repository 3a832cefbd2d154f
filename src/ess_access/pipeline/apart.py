"""Run tasks in a child process that can be killed, and that ends with who started it.

For workers that are not ours to kill, those of a cluster; they may be what Python calls daemons,
which :mod:`multiprocessing` denies children. Tasks and answers go through the child's standard
input and output, each a length and a pickle.
"""

import os
import pickle
import queue
import signal
import struct
import subprocess
import sys
import threading
from typing import IO, Any

from ess_access.pipeline.executors import WorkerDied
from ess_access.pipeline.processes import end_here, end_with_children, use_scratch

__all__ = ["Child", "packed"]

_LENGTH = struct.Struct("!Q")
# The paths come as arguments: as PYTHONPATH, programs that the child starts would take them too.
_START = (
    "import sys; sys.path[:] = sys.argv[2:]; from ess_access.pipeline.apart import main; main()"
)


def packed(fn: Any, args: Any, kwargs: Any) -> bytes:
    """Write a call for :meth:`Child.run`. Raises what :mod:`pickle` does."""
    return pickle.dumps((fn, args, kwargs))


class Child:
    """One process that runs one task at a time. Not for two threads at once."""

    def __init__(self, scratch: str) -> None:
        """Start it; its temporary files lie in ``scratch``. Raises OSError."""
        command = [sys.executable, "-c", _START, scratch, *sys.path]
        self._process = subprocess.Popen(  # noqa: S603 - our own interpreter
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )
        self._late = threading.Event()

    def run(self, call: bytes, time_limit_s: float) -> Any:
        """Run what :func:`packed` wrote; give what it gives, raise what it raises.

        Raises WorkerDied where the child died, or took longer and was killed.
        """
        timer = threading.Timer(time_limit_s, self._out_of_time)
        timer.daemon = True
        try:
            timer.start()
            _send(_stream(self._process.stdin), call)
            answer = _received(_stream(self._process.stdout))
        except (OSError, RuntimeError):  # it is gone, or there is no room for a thread
            answer = None
        finally:
            timer.cancel()
        if answer is None:
            late = self._late.is_set()
            self.kill()
            raise WorkerDied(timed_out=late)
        done, value = pickle.loads(answer)  # noqa: S301 - our own child wrote it
        if done:
            return value
        raise value

    @property
    def is_alive(self) -> bool:
        """Say whether it can take another task."""
        return self._process.poll() is None and not self._late.is_set()

    def kill(self) -> None:
        """End it now, with what it started."""
        if self._process.poll() is None:
            end_with_children({self._process.pid})
        self._process.wait()
        for stream in (self._process.stdin, self._process.stdout):
            try:
                _stream(stream).close()
            except OSError:  # what it never read
                continue

    def _out_of_time(self) -> None:
        self._late.set()
        end_with_children({self._process.pid})


def main() -> None:
    """Be the child."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # who started it ends it
    scratch = sys.argv[1]
    use_scratch(scratch)
    tasks, answers = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    os.dup2(2, 1)  # what a library prints is no answer
    calls: queue.SimpleQueue[bytes] = queue.SimpleQueue()
    threading.Thread(target=_listen, args=(tasks, calls, scratch), daemon=True).start()
    while True:
        _send(answers, _answer(calls.get()))


def _listen(tasks: IO[bytes], calls: "queue.SimpleQueue[bytes]", scratch: str) -> None:
    """Take tasks; when there can be no more, end at once, whatever is being done."""
    while (call := _received(tasks)) is not None:
        calls.put(call)
    end_here(scratch)


def _answer(call: bytes) -> bytes:
    try:
        fn, args, kwargs = pickle.loads(call)  # noqa: S301 - who started us wrote it
        return pickle.dumps((True, fn(*args, **kwargs)))
    except MemoryError:  # what is left of this process holds what filled it
        end_here("")
        raise
    except Exception as error:  # noqa: BLE001 - handed on, whatever it is
        try:
            return pickle.dumps((False, error))
        except Exception:  # noqa: BLE001 - an exception that holds what cannot be sent
            return pickle.dumps((False, RuntimeError(repr(error))))


def _send(stream: IO[bytes], data: bytes) -> None:
    stream.write(_LENGTH.pack(len(data)) + data)
    stream.flush()


def _received(stream: IO[bytes]) -> bytes | None:
    """Read what was sent; ``None`` where the other side is gone."""
    head = stream.read(_LENGTH.size)
    if len(head) < _LENGTH.size:
        return None
    (length,) = _LENGTH.unpack(head)
    data = stream.read(length)
    return data if len(data) == length else None


def _stream(stream: IO[bytes] | None) -> IO[bytes]:
    if stream is None:
        raise TypeError(stream)
    return stream
