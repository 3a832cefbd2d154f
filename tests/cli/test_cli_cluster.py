"""A Dask cluster builds the same bytes as processes, and outlives the death of a worker."""

import contextlib
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

import pipeline_tasks as tasks
from ess_access.errors import ConfigurationError
from ess_access.pipeline.cluster import Cluster
from ess_access.pipeline.executors import WorkerDied
from s3_server import S3Server, running

pytest.importorskip("distributed", reason="the extra `cluster` is not installed")

_SIGKILL = getattr(signal, "SIGKILL", signal.SIGTERM)
GUIDES = 8


def _dask(*arguments: str) -> "subprocess.Popen[str]":
    command = [sys.executable, "-m", "distributed.cli.dask_" + arguments[0], *arguments[1:]]
    return subprocess.Popen(
        command,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        env={
            **os.environ,
            "PYTHONWARNINGS": "ignore",
            "PYTHONPATH": os.pathsep.join(path for path in sys.path if path),
        },
    )


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[tuple[str, list["subprocess.Popen[str]"]]]:
    """Have workers that nobody starts anew."""
    with _cluster(tmp_path, "--no-nanny") as started:
        yield started


@contextlib.contextmanager
def _cluster(tmp_path: Path, nanny: str) -> Iterator[tuple[str, list["subprocess.Popen[str]"]]]:
    """Start a scheduler and two workers on loopback; give its address and the workers."""
    processes: list[subprocess.Popen[str]] = []
    with contextlib.ExitStack() as stack:
        scheduler = stack.enter_context(
            _dask("scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard")
        )
        processes.append(scheduler)
        assert scheduler.stderr is not None
        address = ""
        for line in scheduler.stderr:
            if found := re.search(r"tcp://(127\.0\.0\.1:\d+)", line):
                address = found[1]
                break
        workers = [
            stack.enter_context(
                _dask(
                    "worker",
                    f"tcp://{address}",
                    "--nthreads",
                    "1",
                    "--no-dashboard",
                    nanny,
                    "--local-directory",
                    str(tmp_path / f"worker{number}"),
                )
            )
            for number in range(2)
        ]
        processes += workers
        try:
            yield f"dask://{address}", workers
        finally:
            for process in processes:
                process.kill()
                if process.stderr is not None:
                    process.stderr.read()


def _build(
    folder: Path, output: str, *more: str, source: str = "sources"
) -> "subprocess.Popen[bytes]":
    command = [
        sys.executable,
        "-m",
        "ess_access",
        "build",
        source,
        "-o",
        output,
        "--no-cache",
        "--to",
        "large-print",
        "--to",
        "braille",
        *more,
    ]
    return subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL)


def _editions(output: Path) -> dict[str, bytes]:
    return {
        path.relative_to(output).as_posix(): path.read_bytes()
        for path in output.rglob("guide*.*")
        if path.is_file()
    }


def _sources(folder: Path) -> None:
    folder.mkdir()
    for number in range(GUIDES):
        text = f"# Guide {number}\n\n" + "Une phrase pour occuper le groupe. " * 400
        (folder / f"guide{number}.md").write_text(text)


@pytest.mark.e2e
def test_a_cluster_builds_the_same_bytes(
    tmp_path: Path, cluster: tuple[str, list["subprocess.Popen[str]"]]
) -> None:
    _sources(tmp_path / "sources")
    assert _build(tmp_path, "here").wait(timeout=120) == 0
    assert _build(tmp_path, "there", "--executor", cluster[0]).wait(timeout=120) == 0
    assert len(_editions(tmp_path / "here")) == GUIDES * 4
    assert _editions(tmp_path / "here") == _editions(tmp_path / "there")


@pytest.mark.e2e
def test_a_worker_that_is_killed_loses_nothing(
    tmp_path: Path, cluster: tuple[str, list["subprocess.Popen[str]"]]
) -> None:
    _sources(tmp_path / "sources")
    assert _build(tmp_path, "here").wait(timeout=120) == 0
    address, workers = cluster
    build = _build(tmp_path, "there", "--executor", address)
    deadline = time.monotonic() + 60
    while not _editions(tmp_path / "there") and time.monotonic() < deadline:
        time.sleep(0.05)
    os.kill(workers[0].pid, _SIGKILL)
    assert build.wait(timeout=120) == 0
    assert len(_editions(tmp_path / "there")) == GUIDES * 4
    assert _editions(tmp_path / "there") == _editions(tmp_path / "here")


@pytest.mark.e2e
@pytest.mark.parametrize("nanny", ["--no-nanny", "--nanny"])
def test_a_task_that_hangs_dies_or_eats_costs_itself_alone(tmp_path: Path, nanny: str) -> None:
    with _cluster(tmp_path, nanny) as (address, _):
        cluster = Cluster(address, time_limit_s=5)
        try:
            hanging = [
                cluster.submit(tasks.sleep, 3600, str(tmp_path / f"hangs{number}"))
                for number in range(3)  # more than there are workers
            ]
            dying = cluster.submit(tasks.die, str(tmp_path / "dies"))
            eating = cluster.submit(tasks.eat, 100)
            others = [cluster.submit(tasks.double, number) for number in range(20)]
            assert [each.result(120) for each in others] == [2 * number for number in range(20)]
            for each in hanging:
                with pytest.raises(WorkerDied) as death:
                    each.result(120)
                assert death.value.timed_out
            for ended in (dying, eating):
                with pytest.raises(WorkerDied) as death:
                    ended.result(120)
                assert not death.value.timed_out
            for name in ("hangs0", "hangs1", "hangs2", "dies"):
                assert (tmp_path / name).read_text() == "xx", name  # once more, and no more
            assert {cluster.submit(tasks.double, 4).result(60) for _ in range(4)} == {8}
            assert cluster.submit(tasks.die_once, str(tmp_path / "once")).result(60) == "done"
        finally:
            cluster.shutdown(cancel_futures=True)


@pytest.mark.e2e
@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="there is no /proc")
def test_leaving_a_cluster_ends_what_runs_there(
    tmp_path: Path, cluster: tuple[str, list["subprocess.Popen[str]"]]
) -> None:
    here = Cluster(cluster[0], time_limit_s=3600)
    here.submit(tasks.start_and_sleep, str(tmp_path / "told"))
    deadline = time.monotonic() + 60
    while not (tmp_path / "told").exists() and time.monotonic() < deadline:
        time.sleep(0.05)
    pids = [int(number) for number in (tmp_path / "told").read_text().split()]
    here.shutdown(cancel_futures=True)
    deadline = time.monotonic() + 60
    while any(_runs(pid) for pid in pids) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not any(_runs(pid) for pid in pids)
    assert all(worker.poll() is None for worker in cluster[1])


def _runs(pid: int) -> bool:
    try:
        stat = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8")
    except OSError:
        return False
    return stat.rpartition(")")[2].split()[0] not in ("Z", "X")


@pytest.fixture
def store(monkeypatch: pytest.MonkeyPatch) -> Iterator[S3Server]:
    """Serve S3 on loopback, where this process and the workers find it."""
    with running() as server:
        for name, value in server.environment().items():
            monkeypatch.setenv(name, value)
        yield server


@pytest.mark.e2e
def test_a_cluster_reads_and_writes_a_bucket(
    tmp_path: Path, store: S3Server, cluster: tuple[str, list["subprocess.Popen[str]"]]
) -> None:
    _sources(tmp_path / "sources")
    store.put("bucket")
    for path in (tmp_path / "sources").iterdir():
        store.put(f"bucket/guides/{path.name}", path.read_bytes())
    assert _build(tmp_path, "here").wait(timeout=120) == 0
    there = _build(
        tmp_path, "s3://bucket/there", "--executor", cluster[0], source="s3://bucket/guides"
    )
    assert there.wait(timeout=300) == 0
    wanted = _editions(tmp_path / "here")
    assert len(wanted) == GUIDES * 4
    kept = {key for key in store.keys("bucket") if key.startswith("there/guide")}
    assert kept == {f"there/{name}" for name in wanted}
    for name, data in wanted.items():
        assert store.get(f"bucket/there/{name}") == data, name


def test_an_address_where_nobody_answers_is_said() -> None:
    with pytest.raises(ConfigurationError) as caught:
        Cluster("dask://127.0.0.1:1", time_limit_s=60)
    assert caught.value.key == "dask-absent"
