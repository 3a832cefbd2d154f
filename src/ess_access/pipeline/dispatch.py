"""Give tasks to an executor, and take what comes back: the deaths of workers included."""

from collections.abc import Iterator, Sequence
from concurrent.futures import CancelledError, Executor, Future, as_completed
from dataclasses import replace

from ess_access.pipeline.executors import Serial, WorkerDied
from ess_access.pipeline.outcome import Fault
from ess_access.pipeline.work import Made, Task, TaskResult, run

__all__ = ["one_by_one", "results"]


def results(executor: Executor, tasks: Sequence[Task]) -> Iterator[tuple[Task, TaskResult]]:
    """Run tasks and give what each came to, in the order in which they end.

    Where a worker dies at a task of several editions, each of them is tried alone: the one that
    was too much costs the others nothing.
    """
    waiting = tasks
    while waiting:
        again: list[Task] = []
        for task, future in _ended(executor, waiting):
            died = not future.cancelled() and WorkerDied.told_by(future.exception())
            if died and len(task.requests) > 1:
                again += one_by_one(task)
            else:
                yield task, _result(task, future)
        waiting = again


def one_by_one(task: Task) -> list[Task]:
    """Part a task into one for each edition."""
    return [replace(task, requests=(request,)) for request in task.requests]


def _ended(
    executor: Executor, tasks: Sequence[Task]
) -> Iterator[tuple[Task, "Future[TaskResult]"]]:
    """Run tasks; give each as soon as it ends."""
    if isinstance(executor, Serial):  # which runs a task when it is given one
        for task in tasks:
            yield task, executor.submit(run, task)
        return
    futures = {executor.submit(run, task): task for task in tasks}
    for future in as_completed(tuple(futures)):
        yield futures.pop(future), future


def _result(task: Task, future: "Future[TaskResult]") -> TaskResult:
    """Give what a task came to, its worker's death included."""
    try:
        return future.result()
    except CancelledError:  # by nobody here: the cluster is gone
        fault = Fault("cluster-lost", {}, 6)
    except Exception as error:  # noqa: BLE001 - a defect ends this task and no other: exit 1
        death = WorkerDied.told_by(error)
        if death is None:
            fault = Fault.of_defect(error)
        else:
            fault = Fault("worker-timeout" if death.timed_out else "worker-died", {}, 6)
    made = tuple(Made(request.format, fault=fault) for request in task.requests)
    return TaskResult(made=made)
