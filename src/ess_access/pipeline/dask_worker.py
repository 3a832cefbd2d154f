"""What a worker of a Dask cluster does with our tasks: each runs in a child that can be killed.

Dask itself has no limit for a task, and a thread that hangs would be lost to its worker for ever.
"""

import shutil
import tempfile
import threading
from typing import Any

from distributed import WorkerPlugin, get_worker

from ess_access.pipeline.apart import Child
from ess_access.pipeline.executors import WorkerDied

__all__ = ["Children", "run_apart"]

_IDLE_S = 60.0


def run_apart(name: str, call: bytes) -> Any:
    """Run a packed call with the children of this worker. Raises WorkerDied."""
    children = get_worker().plugins.get(name)
    if not isinstance(children, Children):  # the build has ended meanwhile
        raise WorkerDied(timed_out=False)
    return children.run(call)


class Children(WorkerPlugin):
    """The warm children of one worker for one build: as many as it has threads."""

    def __init__(self, time_limit_s: float) -> None:
        """Bound each task; this is what is sent to the workers."""
        self._time_limit_s = time_limit_s

    def setup(self, worker: Any) -> None:
        """Begin to serve a build on this worker."""
        self._turn = threading.Lock()
        self._idle: list[Child] = []
        self._busy: set[Child] = set()
        self._ended = False
        self._scratch = tempfile.mkdtemp(prefix="ess-access-", dir=worker.local_directory)

    def teardown(self, worker: Any) -> None:  # noqa: ARG002 - Dask's signature
        """End with the build, or with this worker: no child is left, whatever it does."""
        with self._turn:
            self._ended = True
            children = [*self._idle, *self._busy]
            self._idle.clear()
        for child in children:
            child.kill()
        shutil.rmtree(self._scratch, ignore_errors=True)

    def run(self, call: bytes) -> Any:
        """Run a packed call; give what it gives, raise what it raises, or WorkerDied."""
        child = self._child()
        try:
            return child.run(call, self._time_limit_s)
        finally:
            self._rest(child)

    def _child(self) -> Child:
        with self._turn:
            while self._idle:
                child = self._idle.pop()
                if child.is_alive:
                    self._busy.add(child)
                    return child
                child.kill()
            if self._ended:
                raise WorkerDied(timed_out=False)
            try:
                child = Child(self._scratch)
            except OSError as error:  # no room for a process
                raise WorkerDied(timed_out=False) from error
            self._busy.add(child)
            return child

    def _rest(self, child: Child) -> None:
        with self._turn:
            self._busy.discard(child)
            kept = child.is_alive and not self._ended
            if kept:
                self._idle.append(child)
        if not kept:
            child.kill()
            return
        # The program that builds may be killed, and tell nobody.
        timer = threading.Timer(_IDLE_S, self._retire, (child,))
        timer.daemon = True
        timer.start()

    def _retire(self, child: Child) -> None:
        with self._turn:
            if child not in self._idle:
                return
            self._idle.remove(child)
        child.kill()
