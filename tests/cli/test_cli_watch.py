"""``watch`` hears of everything that changes an edition, and of nothing that it did itself."""

import os
import queue
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

pytest.importorskip("watchfiles", reason="the extra `watch` is not installed")

Watch = Callable[..., Callable[[], list[str]]]


@pytest.fixture
def watch(tmp_path: Path) -> Iterator[Watch]:
    """Start ``watch``; the function that it gives waits until it watches again."""
    started: list[subprocess.Popen[str]] = []

    def start(*arguments: str) -> Callable[[], list[str]]:
        process = subprocess.Popen(
            [sys.executable, "-m", "ess_access", "watch", "--to", "braille", *arguments],
            cwd=tmp_path,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            encoding="utf-8",
            env={
                **os.environ,
                "ESS_ACCESS_CACHE": str(tmp_path / "cache"),
                "LANGUAGE": "en",
                "PYTHONIOENCODING": "utf-8",
                "PYTHONUNBUFFERED": "1",
            },
        )
        started.append(process)
        lines: queue.SimpleQueue[str] = queue.SimpleQueue()

        def listen() -> None:
            assert process.stdout is not None
            for line in process.stdout:
                lines.put(line.rstrip())

        threading.Thread(target=listen, daemon=True).start()

        def until_it_watches() -> list[str]:
            said: list[str] = []
            while not said or "Ctrl-C" not in said[-1]:
                said.append(lines.get(timeout=120))
            return said

        return until_it_watches

    yield start
    for process in started:
        process.send_signal(signal.SIGTERM)
        process.wait(60)
        if process.stdout is not None:
            process.stdout.close()


def _atomically(path: Path, text: str) -> None:
    beside = path.with_name(path.name + "~")
    beside.write_text(text, encoding="utf-8")
    beside.replace(path)


@pytest.mark.e2e
def test_edits_new_files_and_the_configuration_are_heard_however_they_are_saved(
    tmp_path: Path, watch: Watch
) -> None:
    guide = tmp_path / "sources/guide.md"
    guide.parent.mkdir()
    guide.write_text("# Guide\n\nBonjour.\n")
    settings = tmp_path / "ess-access.toml"
    wait = watch()
    assert "guide.md – Braille: made" in "\n".join(wait())
    _atomically(guide, "# Guide\n\nBonsoir.\n")
    assert "guide.md – Braille: made" in "\n".join(wait())
    (guide.parent / "autre.md").write_text("# Autre\n\nOui.\n")
    assert "autre.md – Braille: made" in "\n".join(wait())
    for width in (25, 26):  # it was not there; then another file takes its place
        _atomically(settings, f"[braille]\nwidth = {width}\n")
        assert "guide.md – Braille: made" in "\n".join(wait())
    _atomically(settings, "[braille\n")
    assert "ess-access.toml" in wait()[0]
    _atomically(settings, "[braille]\nwidth = 27\n")
    assert "guide.md – Braille: made" in "\n".join(wait())


@pytest.mark.e2e
def test_editions_among_their_sources_are_not_heard(tmp_path: Path, watch: Watch) -> None:
    (tmp_path / "guide.md").write_text("# Guide\n\nBonjour.\n")
    wait = watch(".", "-o", ".")
    wait()
    (tmp_path / "guide.md").write_text("# Guide\n\nBonsoir.\n")
    assert "guide.md – Braille: made" in "\n".join(wait())
    (tmp_path / "autre.md").write_text("# Autre\n\nOui.\n")
    # What was made meanwhile was not taken for a change: the next words are of the new file.
    assert "autre.md – Braille: made" in "\n".join(wait())


@pytest.mark.e2e
@pytest.mark.parametrize("slowly", [True, False])
def test_a_folder_that_is_taken_away_and_put_back_is_watched_again(
    tmp_path: Path, watch: Watch, slowly: bool
) -> None:
    """As ``git switch`` does; the editions stay meanwhile."""
    guide = tmp_path / "sources/guide.md"
    guide.parent.mkdir()
    guide.write_text("# Guide\n\nBonjour.\n")
    wait = watch()
    said = wait()
    guide.unlink()
    guide.parent.rmdir()
    if slowly:
        while not any("sources" in line for line in said):  # the file may go before its folder
            said = wait()
        assert (tmp_path / "output/guide/guide.brf").exists()
    guide.parent.mkdir()
    guide.write_text("# Guide\n\nBonsoir.\n")
    said = []
    while not any("guide.md – Braille: made" in line for line in said):
        said = wait()
    guide.write_text("# Guide\n\nBonne nuit.\n")
    said = wait()
    while not any("guide.md – Braille: made" in line for line in said):
        said = wait()
