"""A build that is killed or interrupted leaves whole editions, and the next one finishes."""

import hashlib
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

_SIGKILL = getattr(signal, "SIGKILL", signal.SIGTERM)
GUIDES = 6


def _sources(folder: Path, guides: int = GUIDES) -> None:
    folder.mkdir()
    for number in range(guides):
        words = " ".join(f"La phrase {i} du guide {number} se lit bien." for i in range(80))
        (folder / f"guide{number}.md").write_text(f"# Guide {number}\n\n{words}\n")


def _heed_interrupts() -> None:
    signal.signal(signal.SIGINT, signal.default_int_handler)
    signal.pthread_sigmask(signal.SIG_SETMASK, ())


def _start(folder: Path, output: str, told: int = subprocess.DEVNULL) -> "subprocess.Popen[str]":
    command = [
        sys.executable,
        "-m",
        "ess_access",
        "build",
        "sources",
        "-o",
        output,
        "--to",
        "large-print",
        "--to",
        "braille",
        "--no-cache",
        "--jobs",
        "2",
    ]
    return subprocess.Popen(
        command,
        cwd=folder,
        stdout=told,
        stderr=told,
        text=True,
        start_new_session=True,
        # Tests in the background of a shell ignore SIGINT, and their children with them.
        preexec_fn=_heed_interrupts,  # noqa: PLW1509 - the tests have one thread
        env={**os.environ, "ESS_ACCESS_CACHE": str(folder / "cache")},
    )


def _editions(output: Path) -> dict[str, str]:
    return {
        path.relative_to(output).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(output.rglob("*"))
        if path.is_file() and ".ess-access" not in path.parts and path.parent != output
    }


@pytest.mark.e2e
def test_a_build_killed_at_any_instant_leaves_only_whole_editions(tmp_path: Path) -> None:
    _sources(tmp_path / "sources")
    started = time.monotonic()
    clean = _start(tmp_path, "clean")
    assert clean.wait(timeout=120) == 0
    whole_s = time.monotonic() - started
    wanted = _editions(tmp_path / "clean")
    assert len(wanted) == GUIDES * 4
    instants = random.Random(2026)
    killed = 0
    for _ in range(30):
        process = _start(tmp_path, "output")
        try:
            process.wait(timeout=instants.uniform(0.05, whole_s))
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, _SIGKILL)
            process.wait(timeout=30)
            killed += 1
        for path, digest in _editions(tmp_path / "output").items():
            assert wanted[path] == digest, path
        if instants.random() < 0.3:  # begin again, so that kills strike early work too
            for folder in (tmp_path / "output").glob("guide*"):
                for file in folder.iterdir():
                    file.unlink()
    assert killed >= 10
    last = _start(tmp_path, "output")
    assert last.wait(timeout=120) == 0
    assert _editions(tmp_path / "output") == wanted


@pytest.mark.skipif(sys.platform == "win32", reason="Ctrl-C is sent otherwise there")
@pytest.mark.parametrize("sent", [signal.SIGINT, signal.SIGTERM])
@pytest.mark.parametrize("all_of_them", [False, True], ids=["the program", "and its workers"])
def test_an_interrupted_build_stops_and_says_how_to_go_on(
    tmp_path: Path, sent: signal.Signals, *, all_of_them: bool
) -> None:
    # So much work that it cannot end before the signal, however busy the machine.
    _sources(tmp_path / "sources", guides=60)
    process = _start(tmp_path, "output", subprocess.PIPE)
    assert process.stdout is not None
    process.stdout.readline()  # "… editions to make": the build is under way
    if all_of_them:  # as a terminal does, and a system of jobs; the workers are just starting
        time.sleep(0.3)
        os.killpg(process.pid, sent)
    else:
        process.send_signal(sent)
    with process:
        made, told = process.communicate(timeout=60)
    assert process.returncode == 130, f"{made}\n{told}"
    assert len(told.splitlines()) == 1, told
    assert "Traceback" not in told
    assert not list((tmp_path / "output/.ess-access").glob("stage*"))
