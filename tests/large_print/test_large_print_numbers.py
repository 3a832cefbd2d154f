"""Page numbers of the contents: where LibreOffice is, where it is not, and where it fails."""

import os
import select
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from ess_access.api.backend import Workspace
from ess_access.backends.large_print import LargePrintBackend, LargePrintOptions, pages
from ess_access.backends.large_print import kept_office as keeping
from ess_access.backends.large_print.render import render_check
from ess_access.document.build import doc, h, p
from ess_access.document.nodes import Block, Document
from ess_access.transforms.outline import prepare
from large_print_samples import LOREM, edition
from support import program

CONTENTS = LargePrintOptions(contents="always")


def chapters() -> Document:
    blocks: list[Block] = []
    for number in range(5):
        blocks += [h(2, f"Partie {number}"), *[p(LOREM)] * 9]
    return doc(h(1, "Guide"), *blocks, title="Guide")


def fake_office(folder: Path, monkeypatch: pytest.MonkeyPatch, script: str) -> None:
    """Put a program in the place of LibreOffice."""
    folder.mkdir()
    path = folder / "soffice"
    path.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    path.chmod(0o755)
    monkeypatch.setenv("PATH", str(folder))
    monkeypatch.setattr(pages, "kept_office", keeping.KeptOffice)


def test_without_libreoffice_the_contents_are_links_and_nothing_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    made = edition(tmp_path / "a", chapters(), CONTENTS)
    assert made.lines("TOC1") == [f"Partie {number}" for number in range(5)]
    assert made.codes == []


def test_a_worker_without_the_libreoffice_of_the_plan_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fake_office(tmp_path / "bin", monkeypatch, "exit 3")
    (tmp_path / "bin" / "versionrc").write_text("buildid=1")
    planned = LargePrintBackend().fingerprint(CONTENTS)
    monkeypatch.setenv("PATH", str(tmp_path))
    work = Workspace(tmp_path, "guide", planned=planned)
    (artifact,) = LargePrintBackend().render(prepare(chapters())[0], CONTENTS, work)
    (finding,) = artifact.findings
    assert finding.code == "LP-109"


def test_an_office_that_fails_leaves_links_and_a_finding(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fake_office(tmp_path / "bin", monkeypatch, "echo rien à faire >&2; exit 3")
    made = edition(tmp_path / "a", chapters(), CONTENTS)
    assert made.lines("TOC1") == [f"Partie {number}" for number in range(5)]
    (finding,) = made.findings
    assert finding.code == "LP-110"
    assert finding.params["reason"] == "rien à faire"


def test_the_coming_of_libreoffice_makes_another_edition(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    backend = LargePrintBackend()
    fake_office(tmp_path / "bin", monkeypatch, "echo Office 1")
    (tmp_path / "bin" / "versionrc").write_text("buildid=1")
    here = backend.fingerprint(LargePrintOptions())
    (tmp_path / "bin" / "versionrc").write_text("buildid=2")
    newer = backend.fingerprint(LargePrintOptions())
    without = LargePrintOptions(contents_pages="never")
    alone = backend.fingerprint(without)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert len({here, newer, backend.fingerprint(LargePrintOptions())}) == 3
    assert backend.fingerprint(without) == alone


@pytest.mark.oracle
def test_where_libreoffice_is_the_numbers_are_those_of_the_pages(tmp_path: Path) -> None:
    program("soffice")
    first = edition(tmp_path / "a", chapters(), CONTENTS)
    again = edition(tmp_path / "b", chapters(), CONTENTS)
    assert all(line[-1].isdigit() for line in first.lines("TOC1"))
    assert list(render_check(first.path)) == []
    assert first.path.read_bytes() == again.path.read_bytes()
    assert first.artifacts[0].measures["pages"]


@pytest.mark.oracle
def test_titles_that_fill_their_line_have_the_numbers_of_the_pages_too(tmp_path: Path) -> None:
    program("soffice")
    blocks: list[Block] = []
    for number in range(12):
        blocks += [h(2, f"Partie {number} " + "mot " * 8 + "x" * number), *[p(LOREM)] * 6]
    made = edition(tmp_path, doc(h(1, "Guide"), *blocks, title="Guide"), CONTENTS)
    assert all(line[-1].isdigit() for line in made.lines("TOC1"))
    assert list(render_check(made.path)) == []


WORKER = (
    "import os, sys; from pathlib import Path\n"
    "from ess_access.backends.large_print.kept_office import kept_office\n"
    "office = kept_office(); here = Path(sys.argv[1])\n"
    "office.converted(here / 'a.txt', 'pdf', here)\n"
    "print(office._folder, office._keeper.pid, os.getpid(), flush=True); sys.stdin.read()"
)
# A program that starts a worker and waits for it, as a batch does.
BATCH = (
    "import subprocess, sys\n"
    "sys.exit(subprocess.run([sys.executable, '-c', sys.argv[2], sys.argv[1]]).returncode)"
)


@pytest.mark.oracle
@pytest.mark.skipif(sys.platform != "linux", reason="an office is kept on Linux alone")
@pytest.mark.parametrize("killed", ["the worker", "its program"])
def test_the_kept_office_ends_with_a_process_that_is_killed(killed: str, tmp_path: Path) -> None:
    program("soffice")
    (tmp_path / "a.txt").write_text("mot")
    user = subprocess.Popen(
        [sys.executable, "-c", BATCH, str(tmp_path), WORKER],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert user.stdin is not None
    assert user.stdout is not None
    folder, keeper, worker = user.stdout.readline().split()
    assert (tmp_path / "a.pdf").exists()
    watched = os.pidfd_open(int(keeper))
    os.kill(int(worker) if killed == "the worker" else user.pid, signal.SIGKILL)
    user.wait()
    # A descriptor of a process can be waited for: it is readable once the process has ended.
    select.select([watched], [], [])
    os.close(watched)
    user.stdin.close()  # a worker that is left ends with its input
    user.stdout.close()
    left = Path(folder).exists()
    shutil.rmtree(folder, ignore_errors=True)
    assert not left
