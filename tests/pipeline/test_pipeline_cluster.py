"""A cluster is met, served and left; its workers run each task in a child that can be killed."""

import os
import sys
import time
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

import pipeline_tasks as tasks
from ess_access.errors import ConfigurationError, MissingError
from ess_access.pipeline.apart import Child, packed
from ess_access.pipeline.cluster import Cluster
from ess_access.pipeline.executors import Serial, WorkerDied

# --- a child ---


@pytest.fixture
def child(tmp_path: Path) -> Iterator[Child]:
    (tmp_path / "scratch").mkdir()
    child = Child(str(tmp_path / "scratch"))
    yield child
    child.kill()


def _run(child: Child, fn: Any, *args: Any, time_limit_s: float = 60) -> Any:
    return child.run(packed(fn, args, {}), time_limit_s)


def test_a_child_is_another_process_that_stays_warm(child: Child) -> None:
    first = _run(child, tasks.pid)
    assert first == _run(child, tasks.pid) != os.getpid()
    assert _run(child, tasks.double, 21) == 42
    assert child.is_alive


def test_what_a_task_raises_comes_back_and_the_child_goes_on(child: Child) -> None:
    with pytest.raises(ValueError, match="no"):
        _run(child, tasks.refuse)
    with pytest.raises(RuntimeError, match="Unsendable"):
        _run(child, tasks.refuse_with_what_cannot_be_sent)
    with pytest.raises(TimeoutError, match="did not answer"):
        _run(child, tasks.late)
    assert _run(child, tasks.double, 2) == 4


def test_what_a_task_prints_is_no_answer(child: Child) -> None:
    assert _run(child, tasks.say, "bonjour") == "bonjour"
    assert _run(child, tasks.double, 2) == 4


def test_temporary_files_of_a_child_lie_in_its_folder(child: Child, tmp_path: Path) -> None:
    file = Path(_run(child, tasks.leave_a_file))
    assert file.parent == tmp_path / "scratch"


def test_a_child_that_is_killed_is_told(child: Child, tmp_path: Path) -> None:
    with pytest.raises(WorkerDied) as death:
        _run(child, tasks.die, str(tmp_path / "tries"))
    assert not death.value.timed_out
    assert not child.is_alive


def test_a_child_without_memory_ends(child: Child, tmp_path: Path) -> None:
    with pytest.raises(WorkerDied) as death:
        _run(child, tasks.fill, str(tmp_path / "tries"))
    assert not death.value.timed_out
    assert not child.is_alive


def test_a_child_that_hangs_is_killed_and_said_to_be_late(child: Child) -> None:
    _run(child, tasks.pid)
    with pytest.raises(WorkerDied) as death:
        _run(child, tasks.sleep, 600, time_limit_s=0.3)
    assert death.value.timed_out
    assert not child.is_alive


needs_proc = pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="there is no /proc")


def _are_gone(pids: list[int]) -> bool:
    until = time.monotonic() + 60
    while time.monotonic() < until:
        if not any(Path(f"/proc/{pid}").exists() and not _is_dead(pid) for pid in pids):
            return True
        time.sleep(0.05)
    return False


def _is_dead(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2][1] in "ZX"
    except OSError:
        return True


def _told(path: Path) -> list[int]:
    while not path.exists():
        time.sleep(0.02)
    return [int(number) for number in path.read_text(encoding="utf-8").split()]


@needs_proc
def test_a_child_that_hangs_goes_with_what_it_started(child: Child, tmp_path: Path) -> None:
    with ThreadPoolExecutor(1) as pool:
        hanging = pool.submit(_run, child, tasks.start_and_sleep, str(tmp_path / "told"))
        pids = _told(tmp_path / "told")
        child._out_of_time()
        with pytest.raises(WorkerDied) as death:
            hanging.result(60)
    assert death.value.timed_out
    assert _are_gone(pids)


@needs_proc
def test_a_child_ends_with_a_worker_that_is_killed(tmp_path: Path) -> None:
    import subprocess

    code = (
        "import sys; sys.path[:] = sys.argv[2:]\n"
        "import pipeline_tasks as tasks\n"
        "from ess_access.pipeline.apart import Child, packed\n"
        "Child('').run(packed(tasks.start_and_sleep, (sys.argv[1],), {}), 600)\n"
    )
    command = [sys.executable, "-c", code, str(tmp_path / "told"), *sys.path]
    with subprocess.Popen(command, stderr=subprocess.DEVNULL) as program:
        pids = _told(tmp_path / "told")
        program.kill()
    assert _are_gone(pids)


# --- the children of a worker ---


@pytest.fixture
def children(tmp_path: Path) -> Iterator[Any]:
    pytest.importorskip("distributed", reason="the extra `cluster` is not installed")
    from ess_access.pipeline.dask_worker import Children

    children = Children(60)
    children.setup(SimpleNamespace(local_directory=str(tmp_path)))
    yield children
    children.teardown(None)


def test_a_child_is_used_again_and_made_anew_after_its_death(children: Any, tmp_path: Path) -> None:
    first = children.run(packed(tasks.pid, (), {}))
    assert children.run(packed(tasks.pid, (), {})) == first
    with pytest.raises(WorkerDied):
        children.run(packed(tasks.die, (str(tmp_path / "tries"),), {}))
    assert children.run(packed(tasks.pid, (), {})) != first


def test_threads_have_children_of_their_own(children: Any, tmp_path: Path) -> None:
    (tmp_path / "meeting").mkdir()
    call = packed(tasks.meet, (str(tmp_path / "meeting"),), {})
    with ThreadPoolExecutor(2) as pool:
        first, second = (
            each.result(60) for each in [pool.submit(children.run, call) for _ in "ab"]
        )
    assert first != second


@needs_proc
def test_the_end_of_a_build_ends_children_that_are_busy(children: Any, tmp_path: Path) -> None:
    with ThreadPoolExecutor(1) as pool:
        call = packed(tasks.start_and_sleep, (str(tmp_path / "told"),), {})
        busy = pool.submit(children.run, call)
        pids = _told(tmp_path / "told")
        children.teardown(None)
        with pytest.raises(WorkerDied):
            busy.result(60)
    assert _are_gone(pids)
    with pytest.raises(WorkerDied):  # what comes late is not begun
        children.run(packed(tasks.pid, (), {}))
    assert not list(tmp_path.glob("ess-access-*"))


def test_a_child_that_nobody_needs_ends(children: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    from ess_access.pipeline import dask_worker

    monkeypatch.setattr(dask_worker, "_IDLE_S", 0.05)
    first = children.run(packed(tasks.pid, (), {}))
    until = time.monotonic() + 60
    while children._idle and time.monotonic() < until:
        time.sleep(0.02)
    assert not children._idle
    assert children.run(packed(tasks.pid, (), {})) != first


# --- the cluster, from here ---


def test_a_cluster_without_its_extra_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(MissingError) as missing:
        Cluster("dask://localhost:1", time_limit_s=1)
    assert missing.value.key == "dask-missing"


def test_a_cluster_that_does_not_answer_is_said_to_be_absent(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    distributed = pytest.importorskip("distributed")

    def nobody(address: str, **options: object) -> None:
        assert address == "tcp://there:8786"
        raise OSError("refused")

    monkeypatch.setattr(distributed, "Client", nobody)
    with pytest.raises(ConfigurationError) as absent:
        Cluster("dask://there:8786", time_limit_s=1)
    assert (absent.value.key, absent.value.params) == (
        "dask-absent",
        {"address": "dask://there:8786"},
    )


class _Client:
    """A client whose workers run in this process."""

    told: list[str]

    def __init__(self, address: str, **options: object) -> None:
        assert options["set_as_default"] is False
        type(self).told = []

    def register_plugin(self, plugin: Any, name: str) -> None:
        self.told.append("register")
        self.plugin = plugin

    def unregister_worker_plugin(self, name: str) -> None:
        self.told.append("unregister")

    def get_executor(self, *, pure: bool, retries: int) -> Serial:
        assert (pure, retries) == (False, 1)  # tried once more, never taken for another
        return Serial()

    def close(self) -> None:
        self.told.append("close")


def test_a_cluster_that_answers_runs_tasks_and_is_left(
    monkeypatch: pytest.MonkeyPatch, children: Any
) -> None:
    import distributed

    from ess_access.pipeline import dask_worker

    monkeypatch.setattr(distributed, "Client", _Client)
    cluster = Cluster("dask://there:8786", time_limit_s=1)
    worker = SimpleNamespace(plugins={cluster._name: children})
    monkeypatch.setattr(dask_worker, "get_worker", lambda: worker)
    assert cluster.submit(tasks.double, 4).result(0) == 8
    with pytest.raises(Exception, match=r"(?i)pickle|local"):
        cluster.submit(lambda: 1).result(0)
    cluster.shutdown()
    assert _Client.told == ["register", "unregister", "close"]
    worker.plugins.clear()
    late: Future[int] = cluster.submit(tasks.double, 4)
    with pytest.raises(WorkerDied):
        late.result(0)


def test_workers_that_do_not_know_us_are_said(monkeypatch: pytest.MonkeyPatch) -> None:
    distributed = pytest.importorskip("distributed")

    class Strangers(_Client):
        def register_plugin(self, plugin: Any, name: str) -> None:
            raise ModuleNotFoundError("ess_access")

    monkeypatch.setattr(distributed, "Client", Strangers)
    with pytest.raises(ConfigurationError) as unlike:
        Cluster("dask://there:8786", time_limit_s=1)
    assert unlike.value.key == "dask-unlike"
    assert Strangers.told == ["close"]
