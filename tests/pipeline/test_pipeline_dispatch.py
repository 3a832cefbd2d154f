"""A death costs one edition, and what is done is taken before the rest is begun."""

from collections.abc import Callable
from concurrent.futures import Executor, Future
from pathlib import Path, PurePosixPath
from typing import Any

import pytest

from ess_access.api.reader import Limits
from ess_access.pipeline import dispatch, runner
from ess_access.pipeline.dispatch import results
from ess_access.pipeline.executors import Serial, WorkerDied
from ess_access.pipeline.sources import SourceFile
from ess_access.pipeline.work import Made, Request, Task, TaskResult


def _task(name: str, *formats: str) -> Task:
    source = SourceFile(Path(name), Path(), name, PurePosixPath(name))
    requests = tuple(Request(form, None, "", Path(form)) for form in formats)
    return Task(source, Limits(), {}, requests, None)


class Fails(Executor):
    """Fails at every task that holds a format, and does the others."""

    def __init__(self, form: str, failed: Callable[["Future[Any]"], object]) -> None:
        self._form = form
        self._failed = failed

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> "Future[Any]":
        future: Future[Any] = Future()
        (task,) = args
        if any(request.format == self._form for request in task.requests):
            self._failed(future)
        else:
            made = tuple(Made(request.format) for request in task.requests)
            future.set_result(TaskResult(made=made))
        return future


class KilledWorker(Exception):  # noqa: N818 - Dask's name
    pass


@pytest.mark.parametrize(
    ("error", "key"),
    [
        (WorkerDied(timed_out=False), "worker-died"),
        (WorkerDied(timed_out=True), "worker-timeout"),
        (MemoryError(), "worker-died"),
        (KilledWorker(), "worker-died"),
    ],
)
def test_an_edition_at_which_workers_die_costs_the_others_nothing(
    error: Exception, key: str
) -> None:
    executor = Fails("audio", lambda future: future.set_exception(error))
    tasks = [_task("a.md", "large-print", "audio", "braille"), _task("b.md", "braille")]
    came = [
        (task.source.name, made.format, made.fault.key if made.fault else "")
        for task, result in results(executor, tasks)
        for made in result.made
    ]
    assert sorted(came) == [
        ("a.md", "audio", key),
        ("a.md", "braille", ""),
        ("a.md", "large-print", ""),
        ("b.md", "braille", ""),
    ]


def test_a_cluster_that_is_gone_is_said_for_each_edition() -> None:
    def lost(future: "Future[Any]") -> None:
        future.cancel()
        future.set_running_or_notify_cancel()

    executor = Fails("audio", lost)
    ((_, result),) = results(executor, [_task("a.md", "audio", "braille")])
    faults = [made.fault for made in result.made]
    assert [(fault.key, fault.exit_code) for fault in faults if fault] == [("cluster-lost", 6)] * 2


def test_a_defect_is_told_once_and_not_tried_again() -> None:
    executor = Fails("audio", lambda future: future.set_exception(ValueError("no")))
    ((_, result),) = results(executor, [_task("a.md", "audio", "braille")])
    assert {made.fault.key for made in result.made if made.fault} == {"defect"}


def test_in_one_process_an_edition_is_taken_before_the_next_is_begun(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    begun: list[str] = []

    def run(task: Task) -> TaskResult:
        begun.append(task.source.name)
        return TaskResult()

    monkeypatch.setattr(dispatch, "run", run)
    coming = results(Serial(), [_task(name, "braille") for name in "abc"])
    assert next(coming)[0].source.name == "a"
    assert begun == ["a"]
    assert [task.source.name for task, _ in coming] == ["b", "c"]


def test_a_build_on_one_processor_outlives_its_workers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(runner, "cores", lambda: 1)
    assert runner.usual_jobs() == 2
    monkeypatch.setattr(runner, "cores", lambda: 8)
    assert runner.usual_jobs() == 8
