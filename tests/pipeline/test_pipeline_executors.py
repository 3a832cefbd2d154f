"""Workers may die, hang or be stopped: their task pays for it, and no other."""

import os
import pickle
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import CancelledError, Future, process
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import active_children
from pathlib import Path

import pytest

import pipeline_tasks as tasks
from ess_access.pipeline import executors
from ess_access.pipeline.executors import Lanes, Serial, WorkerDied

_SIGKILL = getattr(signal, "SIGKILL", signal.SIGTERM)


@pytest.fixture
def lanes() -> Iterator[Lanes]:
    executor = Lanes(1, time_limit_s=60)
    yield executor
    executor.shutdown(cancel_futures=True)


def test_work_runs_in_another_process_that_stays_warm(lanes: Lanes) -> None:
    first, second = lanes.submit(tasks.pid).result(30), lanes.submit(tasks.pid).result(30)
    assert first == second != os.getpid()


def test_an_exception_comes_back_and_the_worker_goes_on(lanes: Lanes) -> None:
    with pytest.raises(ValueError, match="no"):
        lanes.submit(tasks.refuse).result(30)
    assert lanes.submit(tasks.double, 21).result(30) == 42


def test_what_cannot_be_sent_is_an_error_of_its_task_alone(lanes: Lanes) -> None:
    with pytest.raises(Exception, match=r"(?i)pickle|local"):
        lanes.submit(lambda: 1).result(30)
    assert lanes.submit(tasks.double, 1).result(30) == 2


def test_a_task_whose_worker_is_killed_is_tried_once_more_then_given_up(
    lanes: Lanes, tmp_path: Path
) -> None:
    tries = tmp_path / "tries"
    with pytest.raises(WorkerDied) as death:
        lanes.submit(tasks.die, str(tries)).result(30)
    assert tries.read_text() == "xx"
    assert not death.value.timed_out
    assert lanes.submit(tasks.double, 2).result(30) == 4


@pytest.mark.skipif(sys.platform == "win32", reason="answers are written otherwise there")
def test_a_worker_that_is_killed_in_the_midst_of_its_answer_is_told(lanes: Lanes) -> None:
    with pytest.raises(WorkerDied):
        lanes.submit(tasks.die_in_an_answer).result(50)
    assert lanes.submit(tasks.double, 2).result(30) == 4


def test_a_task_that_survives_its_second_try_is_done(lanes: Lanes, tmp_path: Path) -> None:
    assert lanes.submit(tasks.die_once, str(tmp_path / "tries")).result(30) == "done"


def test_a_worker_that_is_killed_while_idle_is_made_anew(lanes: Lanes) -> None:
    former = lanes.submit(tasks.pid).result(30)
    os.kill(former, _SIGKILL)
    time.sleep(0.3)
    for _ in range(2):
        assert lanes.submit(tasks.pid).result(30) != former


def test_a_task_that_is_too_slow_is_killed_and_said_to_be_late(tmp_path: Path) -> None:
    tries = tmp_path / "tries"
    executor = Lanes(1, time_limit_s=0.4)
    try:
        started = time.monotonic()
        with pytest.raises(WorkerDied) as death:
            executor.submit(tasks.sleep, 60, str(tries)).result(30)
        assert death.value.timed_out
        assert tries.read_text() == "xx"
        assert time.monotonic() - started < 15
        assert executor.submit(tasks.double, 3).result(30) == 6
    finally:
        executor.shutdown(cancel_futures=True)


def test_a_task_s_own_timeout_is_not_ours(lanes: Lanes) -> None:
    with pytest.raises(TimeoutError, match="did not answer"):
        lanes.submit(tasks.late).result(30)


def test_a_task_without_memory_is_tried_once_more_in_a_new_process(
    lanes: Lanes, tmp_path: Path
) -> None:
    assert lanes.submit(tasks.fill, str(tmp_path / "tries")).result(30) == "done"
    first, second = (tmp_path / "tries").read_text(encoding="utf-8").split()
    assert first != second


def test_a_death_costs_the_other_lanes_nothing(tmp_path: Path) -> None:
    executor = Lanes(2, time_limit_s=60)
    try:
        dying = executor.submit(tasks.die, str(tmp_path / "tries"))
        others = [executor.submit(tasks.double, number) for number in range(10)]
        assert [each.result(30) for each in others] == [2 * number for number in range(10)]
        with pytest.raises(WorkerDied):
            dying.result(30)
    finally:
        executor.shutdown(cancel_futures=True)


@pytest.mark.parametrize("warm", [True, False], ids=["busy", "starting"])
def test_stopping_kills_what_runs_or_starts_at_once(warm: bool) -> None:
    executor = Lanes(2, time_limit_s=600)
    if warm:
        [each.result(30) for each in [executor.submit(tasks.double, n) for n in range(4)]]
    running = [executor.submit(tasks.sleep, 120) for _ in range(2)]
    waiting = executor.submit(tasks.double, 1)
    time.sleep(0.3 if warm else 0.02)
    started = time.monotonic()
    executor.shutdown(cancel_futures=True)
    assert time.monotonic() - started < 10  # 2 s are promised; this machine may be busy
    for each in running:
        with pytest.raises((WorkerDied, CancelledError)):
            each.result(0)
    with pytest.raises(CancelledError):
        waiting.result(0)


def test_stopping_without_cancelling_finishes_the_work() -> None:
    executor = Lanes(1, time_limit_s=60)
    futures = [executor.submit(tasks.double, number) for number in range(5)]
    executor.shutdown(wait=True)
    assert [each.result(0) for each in futures] == [0, 2, 4, 6, 8]


def test_stopping_need_not_wait() -> None:
    executor = Lanes(1, time_limit_s=60)
    future = executor.submit(tasks.sleep, 0.5)
    executor.shutdown(wait=False)
    assert future.result(30) == "slept"


def test_no_process_is_left_behind() -> None:
    before = threading.active_count()
    executor = Lanes(2, time_limit_s=60)
    pids = {executor.submit(tasks.pid).result(30) for _ in range(6)}
    executor.shutdown()
    if sys.platform.startswith("linux"):
        assert [pid for pid in pids if Path(f"/proc/{pid}").exists()] == []
    assert threading.active_count() <= before


def _told(path: Path) -> list[int]:
    while not path.exists():
        time.sleep(0.02)
    return [int(number) for number in path.read_text(encoding="utf-8").split()]


def _are_gone(pids: list[int]) -> bool:
    """Wait until processes have ended; a zombie that nobody buries has."""
    until = time.monotonic() + 60
    while time.monotonic() < until:
        states = [_state(pid) for pid in pids]
        if all(state in ("", "Z", "X") for state in states):
            return True
        time.sleep(0.05)
    return False


def _state(pid: int) -> str:
    try:
        stat = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8")
    except OSError:
        return ""
    return stat.rpartition(")")[2].split()[0]


needs_proc = pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="there is no /proc")


@needs_proc
def test_stopping_ends_what_a_worker_started(tmp_path: Path) -> None:
    executor = Lanes(1, time_limit_s=600)
    executor.submit(tasks.start_and_sleep, str(tmp_path / "told"))
    pids = _told(tmp_path / "told")
    executor.shutdown(cancel_futures=True)
    assert _are_gone(pids)


@needs_proc
def test_a_task_that_is_too_slow_goes_with_what_it_started(tmp_path: Path) -> None:
    executor = Lanes(1, time_limit_s=2)
    executor.submit(tasks.double, 1).result(30)
    slow = executor.submit(tasks.start_and_sleep, str(tmp_path / "told"))
    with pytest.raises(WorkerDied):
        slow.result(60)
    pids = _told(tmp_path / "told")
    executor.shutdown()
    assert _are_gone(pids)


@needs_proc
def test_a_worker_ends_with_a_program_that_is_killed(tmp_path: Path) -> None:
    code = (
        "import sys; sys.path[:0] = sys.argv[2:]\n"
        "import pipeline_tasks as tasks\n"
        "from ess_access.pipeline.executors import Lanes\n"
        "if __name__ == '__main__':\n"
        "    lanes = Lanes(1, time_limit_s=600)\n"
        "    lanes.submit(tasks.start_and_sleep, sys.argv[1]).result()\n"
    )
    (tmp_path / "program.py").write_text(code)
    command = [sys.executable, str(tmp_path / "program.py"), str(tmp_path / "told"), *sys.path]
    with subprocess.Popen(command, stderr=subprocess.DEVNULL) as program:
        pids = _told(tmp_path / "told")
        program.kill()
    assert _are_gone(pids)


def test_temporary_files_of_workers_go_with_them() -> None:
    executor = Lanes(1, time_limit_s=60)
    file = Path(executor.submit(tasks.leave_a_file).result(30))
    assert file.exists()
    executor.shutdown()
    assert not file.exists()
    assert not file.parent.exists()


def test_serial_runs_at_once_in_this_process() -> None:
    executor = Serial()
    assert executor.submit(tasks.pid).result(0) == os.getpid()
    with pytest.raises(ValueError, match="no"):
        executor.submit(tasks.refuse).result(0)


def test_an_interrupt_goes_through_serial() -> None:
    def interrupted() -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        Serial().submit(interrupted)


def test_a_machine_without_room_for_a_thread_fails_the_task_and_leaves_no_process(
    lanes: Lanes, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_thread: threading.Thread) -> None:
        raise RuntimeError("can't start new thread")

    with monkeypatch.context() as full:
        full.setattr(process._ExecutorManagerThread, "start", refuse)
        with pytest.raises(WorkerDied):
            lanes.submit(tasks.double, 21).result(30)
    until = time.monotonic() + 20
    while active_children() and time.monotonic() < until:
        time.sleep(0.02)
    assert not active_children()
    assert lanes.submit(tasks.double, 21).result(30) == 42  # there is room again


def test_a_pool_that_tells_nothing_fails_the_task_and_is_left(
    lanes: Lanes, monkeypatch: pytest.MonkeyPatch
) -> None:
    submit = process.ProcessPoolExecutor.submit

    def lose(pool: process.ProcessPoolExecutor, fn: object, *rest: object) -> "Future[object]":
        submit(pool, fn, *rest)  # type: ignore[arg-type]
        return Future()

    with monkeypatch.context() as broken:
        broken.setattr(process.ProcessPoolExecutor, "submit", lose)
        broken.setattr(executors, "_START_S", 0.2)
        with pytest.raises(WorkerDied):
            lanes.submit(tasks.double, 21).result(60)
        broken.setattr(executors, "_START_S", 5)
        waiting = lanes.submit(tasks.double, 21)
        time.sleep(0.2)
        lanes.shutdown(cancel_futures=True)  # and does not wait for ever
    assert not waiting.done() or waiting.exception()


def test_a_broken_pool_is_what_dies() -> None:
    assert issubclass(BrokenProcessPool, Exception)
    assert str(WorkerDied(timed_out=True)) == "timed out"
    assert str(WorkerDied(timed_out=False)) == "died"
    for timed_out in (True, False):
        assert pickle.loads(pickle.dumps(WorkerDied(timed_out=timed_out))).timed_out is timed_out
