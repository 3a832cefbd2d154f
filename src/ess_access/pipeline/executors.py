"""Where tasks run: in this process, or in several warm ones that can die alone.

Both are :class:`concurrent.futures.Executor`, as is :mod:`ess_access.pipeline.cluster`. ``Lanes``
holds one-process pools: a worker that is killed, runs out of memory or out of time costs its own
task and no other.
"""

import contextlib
import os
import queue
import shutil
import tempfile
import threading
import weakref
from collections.abc import Callable
from concurrent.futures import Executor, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from functools import partial
from multiprocessing import get_context
from typing import Any, ParamSpec, TypeVar

from ess_access.pipeline.processes import block_interrupts, end_with_children, live_with_parent

__all__ = ["Lanes", "Serial", "WorkerDied", "can_spawn"]

_START_S = 300.0
_STOP_S = 2.0

P = ParamSpec("P")
T = TypeVar("T")


def can_spawn() -> bool:
    """Say whether processes can share a lock here: some containers have no shared memory."""
    try:
        get_context("spawn").Lock()
    except (ImportError, OSError):
        return False
    return True


class WorkerDied(Exception):  # noqa: N818 - it says what happened
    """A worker died twice at the same task; ``timed_out`` says whether we killed it."""

    def __init__(self, *, timed_out: bool) -> None:
        super().__init__("timed out" if timed_out else "died")
        self.timed_out = timed_out

    def __reduce__(self) -> tuple[object, ...]:
        """Cross a process boundary whole."""
        return (partial(WorkerDied, timed_out=self.timed_out), ())

    @classmethod
    def told_by(cls, error: BaseException | None) -> "WorkerDied | None":
        """Recognise what other executors raise when a worker dies, or has no memory left."""
        if isinstance(error, WorkerDied):
            return error
        # Dask's own, by its name: the extra may not be installed.
        is_death = isinstance(error, MemoryError) or type(error).__name__ == "KilledWorker"
        return cls(timed_out=False) if is_death else None


class Serial(Executor):
    """Run each task at once, in this process."""

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> "Future[T]":
        """Run the task and give its finished future."""
        future: Future[T] = Future()
        future.set_running_or_notify_cancel()
        try:
            future.set_result(fn(*args, **kwargs))
        except Exception as error:  # noqa: BLE001 - handed on by the future, whatever it is
            future.set_exception(error)
        return future


class Lanes(Executor):
    """As many processes as ``workers``, each in a pool of its own and fed by a thread.

    A task whose worker dies is tried once more in a new one, then fails with
    :class:`WorkerDied`. ``time_limit_s`` bounds one try.
    """

    def __init__(
        self, workers: int, *, time_limit_s: float, warm: Callable[[], int] | None = None
    ) -> None:
        """Start each worker with its first task; with ``warm``, which they call, at once."""
        self._time_limit_s = time_limit_s
        self._warm = warm
        self._tasks: queue.SimpleQueue[_Work | None] = queue.SimpleQueue()
        self._stopped = threading.Event()
        self._scratch = _scratch()
        self._clean = weakref.finalize(self, shutil.rmtree, self._scratch, ignore_errors=True)
        self._lanes: list[_Lane] = []
        self._threads: list[threading.Thread] = []
        self.grow(workers)

    def grow(self, workers: int) -> None:
        """Have so many workers, or those that there are if they are more."""
        for _ in range(workers - len(self._lanes)):
            lane = _Lane(self._stopped, self._scratch)
            self._lanes.append(lane)
            self._threads.append(threading.Thread(target=self._feed, args=(lane,), daemon=True))
            self._threads[-1].start()

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> "Future[T]":
        """Queue a task for the first free worker."""
        future: Future[T] = Future()
        self._tasks.put((future, fn, args, kwargs))
        return future

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:  # noqa: FBT001, FBT002 - the base class's signature
        """End the workers; with ``cancel_futures`` kill what still runs."""
        if cancel_futures:
            self._stopped.set()
            end_with_children({pid for lane in self._lanes for pid in lane.pids})
        for _ in self._threads:
            self._tasks.put(None)
        if wait:
            for thread in self._threads:
                # Stopped, each ends at once, but where its pool is broken and tells nothing.
                thread.join(_STOP_S if cancel_futures else None)
            self._clean()

    def _feed(self, lane: "_Lane") -> None:
        if self._warm is not None:
            # What goes wrong here does so again at the first task, which tells it.
            with contextlib.suppress(BrokenProcessPool, _NoRoom):
                lane.start(self._warm)
        while (work := self._tasks.get()) is not None:
            future, fn, args, kwargs = work
            if self._stopped.is_set():
                future.cancel()
            if not future.set_running_or_notify_cancel():
                continue
            try:
                future.set_result(self._tried(lane, fn, args, kwargs))
            except BaseException as error:  # noqa: BLE001 - handed on by the future
                future.set_exception(error)
        lane.close()

    def _tried(self, lane: "_Lane", fn: Callable[..., T], args: Any, kwargs: Any) -> T:
        timed_out = False
        for _ in range(2):
            try:
                return lane.run(fn, args, kwargs, self._time_limit_s)
            except _OutOfTime:
                timed_out = True
            except (BrokenProcessPool, MemoryError, _NoRoom):
                timed_out = False
            if self._stopped.is_set():
                break
        raise WorkerDied(timed_out=timed_out)


def _scratch() -> str:
    """Make a folder for the temporary files of the workers, ``""`` where none can be made."""
    try:
        return tempfile.mkdtemp(prefix="ess-access-")
    except OSError:
        return ""


_Work = tuple["Future[Any]", Callable[..., Any], tuple[Any, ...], dict[str, Any]]


class _OutOfTime(Exception):  # noqa: N818 - it says what happened
    """A try took longer than it may."""


class _NoRoom(Exception):  # noqa: N818 - it says what happened
    """No process could be started, or no thread to feed it: there is no memory left here."""


class _Lane:
    """One warm process, made anew after it died."""

    def __init__(self, stopped: threading.Event, scratch: str) -> None:
        self._stopped = stopped
        self._scratch = scratch
        self._pool: ProcessPoolExecutor | None = None
        self._pid = 0

    def start(self, first: Callable[[], int]) -> ProcessPoolExecutor:
        """Have a process, which gives its number by ``first`` if it is new.

        Raises _NoRoom, BrokenProcessPool; then the lane is new.
        """
        if self._pool is not None:
            return self._pool
        try:
            # "spawn": the parent has threads, and a forked copy of their locks could hang.
            self._pool = ProcessPoolExecutor(
                1,
                mp_context=get_context("spawn"),
                initializer=live_with_parent,
                initargs=(self._scratch,),
            )
            block_interrupts()  # the pool has started what unblocks them
            started = self._pool.submit(first)
            if self._stopped.is_set():  # before there was a process to kill
                self.kill()
            if not wait([started], timeout=_START_S).done:
                # Nobody told of its death: the pool itself is broken, as where Python's tracker
                # of resources died.
                raise RuntimeError("a process that does not answer")
            self._pid = started.result()
            # The process alone writes there now: where it dies in the midst of an answer, the pool
            # finds an end, and does not wait for the rest of it.
            self._pool._result_queue._writer.close()  # type: ignore[attr-defined]  # noqa: SLF001
        except BrokenProcessPool:
            self._drop()
            raise
        except (RuntimeError, OSError) as error:
            # A process that was started would wait for ever for the thread that was not.
            self.kill()
            self._drop()
            raise _NoRoom from error
        return self._pool

    def run(self, fn: Callable[..., T], args: Any, kwargs: Any, time_limit_s: float) -> T:
        """Run a task.

        Raises _OutOfTime, _NoRoom, BrokenProcessPool, MemoryError; then the lane is new.
        """
        pool = self.start(os.getpid)
        try:
            future = pool.submit(fn, *args, **kwargs)  # raises if the idle process died
            done, _ = wait([future], timeout=time_limit_s)
        except BrokenProcessPool:
            self._drop()
            raise
        except (RuntimeError, OSError) as error:
            # A process that was started would wait for ever for the thread that was not.
            self.kill()
            self._drop()
            raise _NoRoom from error
        if not done:
            self.kill()
            self._drop()
            raise _OutOfTime
        try:
            return future.result()
        except BrokenProcessPool:
            self._drop()
            raise
        except MemoryError:  # what is left of the process holds what filled it
            self.kill()
            self._drop()
            raise

    @property
    def pids(self) -> set[int]:
        """Give the process's number, be it still starting and its number not yet told."""
        pool = self._pool
        # The pool's own kill_workers() comes with Python 3.14.
        known = {} if pool is None else pool._processes or {}  # noqa: SLF001 - see above
        return {*known, self._pid} - {0}

    def kill(self) -> None:
        """Kill the process, whatever it does, and what it started."""
        end_with_children(self.pids)

    def close(self) -> None:
        """End the process once it is idle."""
        if self._pool is not None:
            self._pool.shutdown()
            self._pool = None

    def _drop(self) -> None:
        if self._pool is not None:
            self._pool.shutdown(wait=False, cancel_futures=True)
        self._pool = None
        self._pid = 0
