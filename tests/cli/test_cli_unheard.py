"""A build goes on when nobody reads what it tells, and says so when that cannot be written."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner
from filelock import FileLock

from ess_access.cli import main
from ess_access.errors import EditionError
from ess_access.pipeline.publish import write_whole

PROGRAM = (sys.executable, "-m", "ess_access")


@pytest.fixture
def sources(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "sources").mkdir()
    for number in range(4):
        (tmp_path / f"sources/guide{number}.md").write_text(f"# Guide {number}\n", "utf-8")
    return tmp_path


@pytest.mark.parametrize("manner", ["--plain", "--json"])
def test_a_build_that_nobody_listens_to_makes_everything(sources: Path, manner: str) -> None:
    build = subprocess.Popen(
        [*PROGRAM, "build", "--to", "large-print", "--no-cache", "--jobs", "1", manner],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=sources,
    )
    assert build.stdout is not None
    assert build.stdout.readline()
    build.stdout.close()
    assert build.stderr is not None
    told = build.stderr.read()
    build.stderr.close()
    assert build.wait(120) == 0
    assert b"Traceback" not in told
    assert len(list((sources / "output").rglob("*.docx"))) == 4


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device is always full here")
@pytest.mark.parametrize("command", [("plan",), ("formats",), ("config", "sources/guide0.md")])
def test_what_cannot_be_told_is_one_sentence(sources: Path, command: tuple[str, ...]) -> None:
    with Path("/dev/full").open("wb") as full:
        ended = subprocess.run(
            [*PROGRAM, *command],
            stdout=full,
            stderr=subprocess.PIPE,
            cwd=sources,
            env={**os.environ, "LANGUAGE": "fr"},
            check=False,
        )
    assert ended.returncode == 6
    (line,) = ended.stderr.decode().splitlines()
    assert line.startswith("Ce que la commande a à dire")


def test_a_build_that_waits_for_another_says_so(sources: Path) -> None:
    (sources / "output/.ess-access").mkdir(parents=True)
    lock = FileLock(sources / "output/.ess-access/lock")
    lock.acquire()
    build = subprocess.Popen(
        [*PROGRAM, "build", "--to", "large-print", "--json"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=sources,
    )
    try:
        assert build.stdout is not None
        assert json.loads(build.stdout.readline()) == {"event": "waiting", "output": "output"}
        lock.release()
        assert b'"planned"' in build.stdout.readline()
        build.communicate(timeout=120)
    finally:
        build.kill()
        build.wait()
    assert build.returncode == 0


def test_a_folder_where_a_report_goes_is_named(sources: Path) -> None:
    (sources / "output/report.html").mkdir(parents=True)
    ended = CliRunner().invoke(main, ["build", "--to", "large-print", "--jobs", "1"])
    assert ended.exit_code == 6
    assert "output/report.html est déjà là" in ended.output
    with pytest.raises(EditionError) as refusal:
        write_whole(sources / "sources", b"")
    assert refusal.value.params == {"path": str(sources / "sources")}
    assert sorted(each.name for each in sources.iterdir()) == ["output", "sources"]
