"""The hook of pre-commit builds aside, in a linked work tree too."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from ess_access.cli.hook import arguments
from ess_access.pipeline.reading import known_suffixes
from support import ROOT

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")


def _git(folder: Path, *command: str) -> str:
    done = subprocess.run(
        ["git", "-c", "user.name=a", "-c", "user.email=a@example.org", *command],
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    return done.stdout


def test_the_editions_lie_where_git_keeps_what_is_its_own(
    here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _git(here, "init", "-q", ".")
    (here / "-guide.md").write_text("# Guide\n\nBonjour.\n")
    _git(here, "add", "-A")
    _git(here, "commit", "-q", "-m", "x")
    linked = here.with_name("linked")
    _git(here, "worktree", "add", "-q", str(linked))
    for tree in (here, linked):
        monkeypatch.chdir(tree)
        done = subprocess.run(
            [sys.executable, "-m", "ess_access.cli.hook", "-guide.md"],
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        *_, output, dashes, file = arguments(["-guide.md"])
        assert (tree / output / "-guide/-guide.large-print.docx").exists()
        assert (dashes, file) == ("--", "-guide.md")
        assert _git(tree, "status", "--porcelain") == ""


def test_the_hook_that_is_offered_is_this_one_and_knows_our_documents() -> None:
    hook = (ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8")
    assert "entry: python -m ess_access.cli.hook\n" in hook
    _, _, pattern = hook.partition("files: ")
    offered = set(pattern.strip().removeprefix(r"\.(").removesuffix(")$").split("|"))
    assert {f".{name.removesuffix('?')}" for name in offered} <= known_suffixes()
