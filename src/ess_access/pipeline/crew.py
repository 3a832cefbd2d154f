"""Who carries out the tasks of a build: here, in other processes, or on other machines."""

from collections.abc import Iterator, Sequence
from concurrent.futures import Executor
from pathlib import Path
from types import TracebackType
from typing import Self

from ess_access.pipeline.cluster import DASK, Cluster
from ess_access.pipeline.dispatch import results
from ess_access.pipeline.executors import Lanes, Serial, can_spawn
from ess_access.pipeline.work import Task, TaskResult, warm

__all__ = ["Crew", "longest_first"]


class Crew:
    """The executor of one build. As a context manager, it leaves no process behind.

    ``executor`` is ``processes``, ``serial`` or ``dask://host:port``. Processes start as soon as
    it is known that there will be work, while the rest of the sources are looked at: it takes them
    as long as it takes the smallest guide to be made.
    """

    def __init__(self, executor: str, jobs: int, *, time_limit_s: float) -> None:
        self._executor = executor
        self._jobs = jobs
        self._time_limit_s = time_limit_s
        self._lanes: Lanes | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, _: BaseException | None, __: TracebackType | None
    ) -> None:
        if self._lanes is not None:  # nobody took them, or what they do is wanted no more
            self._lanes.shutdown(wait=True, cancel_futures=True)

    def expect(self, tasks: int) -> None:
        """Say that there will be so many tasks."""
        workers = min(self._jobs, tasks)
        if self._lanes is not None:
            self._lanes.grow(workers)
        elif workers > 1 and self._executor == "processes" and can_spawn():
            self._lanes = Lanes(workers, time_limit_s=self._time_limit_s, warm=warm)

    def results(self, tasks: Sequence[Task]) -> Iterator[tuple[Task, TaskResult]]:
        """Carry tasks out and give what each came to, in the order in which they end.

        Raises what a cluster does.
        """
        if not tasks:
            return
        executor = self.take(len(tasks))
        if not isinstance(executor, Serial):
            tasks = longest_first(tasks)
        done = False
        try:
            yield from results(executor, tasks)
            done = True
        finally:
            executor.shutdown(wait=True, cancel_futures=not done)

    def take(self, tasks: int) -> Executor:
        """Give the executor of so many tasks; who takes it shuts it down.

        Raises what a cluster does.
        """
        if self._executor.startswith(DASK):
            return Cluster(self._executor, time_limit_s=self._time_limit_s)
        self.expect(tasks)
        lanes, self._lanes = self._lanes, None
        return lanes or Serial()


def longest_first(tasks: Sequence[Task]) -> list[Task]:
    """Sort tasks so that no worker makes a book at the end while the others have nothing left.

    The bytes of a source tell roughly how long it takes; one that lies elsewhere comes last.
    """
    return sorted(tasks, key=_size, reverse=True)


def _size(task: Task) -> int:
    path = task.source.path
    try:
        return path.stat().st_size if isinstance(path, Path) else 0
    except OSError:  # the reading will say why
        return 0
