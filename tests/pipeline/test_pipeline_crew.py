"""Workers start before their tasks are known, and none is left behind."""

import os
import signal
import time
from collections.abc import Callable
from pathlib import Path, PurePosixPath

import pytest

import pipeline_tasks as tasks
from ess_access.api.reader import Limits
from ess_access.pipeline.crew import Crew, longest_first
from ess_access.pipeline.executors import Lanes, Serial
from ess_access.pipeline.sources import SourceFile
from ess_access.pipeline.work import Task

_SIGKILL = getattr(signal, "SIGKILL", signal.SIGTERM)


def crew(executor: str = "processes", jobs: int = 2) -> Crew:
    return Crew(executor, jobs, time_limit_s=60)


def started(some: Crew) -> Lanes:
    """Give the workers that started before anybody took them, once they run."""
    lanes = some._lanes
    assert lanes is not None
    wait_until(lambda: len(_alive(lanes)) == len(lanes._lanes))
    return lanes


def _alive(lanes: Lanes) -> set[int]:
    return {lane._pid for lane in lanes._lanes if lane._pid and _is_alive(lane._pid)}


def _is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def wait_until(true: Callable[[], bool]) -> None:
    for _ in range(600):
        if true():
            return
        time.sleep(0.05)
    raise TimeoutError


def test_workers_that_were_expected_do_the_tasks() -> None:
    with crew() as some:
        some.expect(7)
        pids = _alive(started(some))
        executor = some.take(7)
        assert len(pids) == 2
        assert executor.submit(tasks.pid).result(60) in pids
        executor.shutdown()
    assert not any(map(_is_alive, pids))


def test_more_workers_come_where_fewer_were_expected() -> None:
    with crew(jobs=3) as some:
        some.expect(2)
        executor = some.take(9)
        assert isinstance(executor, Lanes)
        assert len(executor._lanes) == 3
        done = [executor.submit(tasks.double, number) for number in range(9)]
        assert [each.result(60) for each in done] == list(range(0, 18, 2))
        executor.shutdown()


def test_workers_that_nobody_takes_are_ended() -> None:
    with crew() as some:
        some.expect(2)
        pids = _alive(started(some))
    assert not any(map(_is_alive, pids))


def test_workers_are_ended_where_looking_at_the_sources_fails() -> None:
    some = crew()
    with pytest.raises(KeyboardInterrupt):
        interrupted(some)
    lanes = some._lanes
    assert lanes is not None
    wait_until(lambda: not _alive(lanes))


def interrupted(some: Crew) -> None:
    """Stop while workers start."""
    with some:
        some.expect(2)
        raise KeyboardInterrupt


def test_a_worker_that_dies_before_its_first_task_costs_nothing() -> None:
    with crew() as some:
        some.expect(2)
        for pid in _alive(started(some)):
            os.kill(pid, _SIGKILL)
        executor = some.take(2)
        done = [executor.submit(tasks.double, number) for number in range(4)]
        assert [each.result(60) for each in done] == [0, 2, 4, 6]
        executor.shutdown()


@pytest.mark.parametrize(
    ("executor", "jobs", "count"),
    [("processes", 1, 9), ("serial", 4, 9), ("processes", 4, 1), ("processes", 4, 0)],
)
def test_no_process_starts_where_one_is_enough(executor: str, jobs: int, count: int) -> None:
    with crew(executor, jobs) as some:
        some.expect(count)
        assert some._lanes is None
        assert isinstance(some.take(count), Serial)


def test_the_longest_source_is_begun_first(tmp_path: Path) -> None:
    made = []
    for name, size in (("a.txt", 10), ("b.txt", 30), ("c.txt", 20), ("absent.txt", 0)):
        if size:
            (tmp_path / name).write_bytes(b"x" * size)
        source = SourceFile(tmp_path / name, tmp_path, name, PurePosixPath())
        made.append(Task(source, Limits(), {}, (), None))
    begun = [task.source.name for task in longest_first(made)]
    assert begun == ["b.txt", "c.txt", "a.txt", "absent.txt"]
