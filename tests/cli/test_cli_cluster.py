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

from ess_access.errors import ConfigurationError
from ess_access.pipeline.executors import Cluster
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
        env={**os.environ, "PYTHONWARNINGS": "ignore"},
    )


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[tuple[str, list["subprocess.Popen[str]"]]]:
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
                    "--no-nanny",
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
        Cluster("dask://127.0.0.1:1")
    assert caught.value.key == "dask-absent"
