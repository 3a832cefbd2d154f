"""A voice in a process of its own, with a time limit: killed when it hangs, started again after.

The child is a plain Python process that speaks the frames of :mod:`ess_access.engines.frames`;
it needs nothing of ``multiprocessing``, so it works below any executor and on any system.
"""

import os
import queue
import subprocess
import sys
import tempfile
import threading
from collections.abc import Mapping
from typing import Any, BinaryIO, Self, cast

from ess_access import errors
from ess_access.engines.frames import Frame, read_frame, write_frame
from ess_access.errors import EditionError, EssAccessError

__all__ = ["Worker", "WorkerCrashError", "WorkerHangError", "patience_s"]

_STDERR_TAIL = 400
# How long a process that ended its answers may take to end itself.
_PARTING_S = 5.0


class WorkerCrashError(Exception):
    """The process died, or could not be started; the text says how."""


class WorkerHangError(Exception):
    """The process did not answer in time, and was killed."""


def patience_s(text: str, *, base: float = 20.0, per_character: float = 0.02) -> float:
    """Give the seconds that an offline voice may take for a text: a hundred times its need."""
    return base + per_character * len(text)


class Worker:
    """A child process that answers requests, one at a time, from one thread at a time."""

    def __init__(self, target: str, environment: Mapping[str, str] | None = None) -> None:
        """Name the ``module:function`` that answers; nothing is started yet."""
        self._target = target
        self._environment = dict(environment or {})
        self._process: subprocess.Popen[bytes] | None = None
        self._answers: queue.SimpleQueue[Frame | None] = queue.SimpleQueue()
        self._noise: BinaryIO | None = None

    def ask(self, request: Mapping[str, Any], *, limit_s: float) -> Frame:
        """Send a request and wait for its answer.

        Raises :class:`WorkerHangError` past the limit, :class:`WorkerCrashError` when the process
        died, and the :class:`~ess_access.errors.EssAccessError` that the child raised.
        """
        self._start()
        try:
            write_frame(self._requests, {**request, "limit_s": limit_s})
            answer = self._answers.get(timeout=limit_s)
        except OSError as error:
            raise WorkerCrashError(self._last_words()) from error
        except queue.Empty:
            self.kill()
            raise WorkerHangError(f"{limit_s:.0f} s") from None
        if answer is None:
            raise WorkerCrashError(self._last_words())
        header, payload = answer
        if "fault" in header:
            raise _fault(header)
        return header, payload

    def _start(self) -> None:
        """Start the process, unless it runs."""
        if self._process is not None and self._process.poll() is None:
            return
        self.kill()
        self._answers = queue.SimpleQueue()
        self._noise = tempfile.TemporaryFile()  # noqa: SIM115 - it lives as long as the process
        self._process = subprocess.Popen(  # noqa: S603 - our own interpreter and module
            [sys.executable, "-P", "-m", "ess_access.engines.child", self._target],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._noise,
            env={**os.environ, **self._environment},
        )
        self._requests = cast("BinaryIO", self._process.stdin)
        threading.Thread(
            target=_listen, args=(self._process.stdout, self._answers), daemon=True
        ).start()

    def _last_words(self) -> str:
        """Give the end of what the process wrote to standard error, and put it away."""
        said = ""
        code: int | None = None
        if self._process is not None:
            try:
                code = self._process.wait(timeout=_PARTING_S)
            except subprocess.TimeoutExpired:
                self._process.kill()
        if self._noise is not None:
            self._noise.seek(0)
            said = self._noise.read()[-_STDERR_TAIL:].decode("utf-8", "replace").strip()
        self.kill()
        ended = "no readable answer" if code is None else f"exit {code}"
        return said.splitlines()[-1] if said else ended

    def kill(self) -> None:
        """End the process at once; the next request starts another."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            for pipe in (self._process.stdin, self._process.stdout):
                if pipe is not None:
                    _close(pipe)
            self._process = None
        if self._noise is not None:
            self._noise.close()
            self._noise = None

    close = kill

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def _close(pipe: Any) -> None:
    try:
        pipe.close()
    except OSError:
        return  # what was still to be written has no reader any more


def _listen(stream: BinaryIO, answers: "queue.SimpleQueue[Frame | None]") -> None:
    try:
        while (frame := read_frame(stream)) is not None:
            answers.put(frame)
    except (OSError, ValueError):
        pass  # the pipe was closed under us, or holds no frame: the end, told below
    answers.put(None)


def _fault(header: Mapping[str, Any]) -> Exception:
    if header["fault"] == "crash":
        return WorkerCrashError(str(header["reason"]))
    kind = getattr(errors, str(header["fault"]), EditionError)
    fault: EssAccessError = kind(header["key"], **header["params"])
    return fault
