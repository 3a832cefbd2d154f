"""What the documentation says is true: links lead somewhere, commands exist, pages are current."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from support import ROOT

PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob("examples/*/*.md")])
_FENCED = re.compile(r"^```[a-z]*\n(.*?)^```", re.MULTILINE | re.DOTALL)


def _without_code(text: str) -> str:
    return re.sub(
        r"`[^`\n]*`", "", re.sub(r"^```.*?^```", "", text, flags=re.MULTILINE | re.DOTALL)
    )


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_relative_links_lead_to_files(page: Path) -> None:
    text = _without_code(page.read_text(encoding="utf-8"))
    for target in re.findall(r"\]\(([^)\s]+)\)", text):
        if re.match(r"[a-z]+:", target) or target.startswith("#"):
            continue
        assert (page.parent / target.partition("#")[0]).exists(), target


def _command_lines() -> list[tuple[str, str]]:
    found = []
    for page in PAGES:
        for block in _FENCED.findall(page.read_text(encoding="utf-8")):
            found += [(page.name, line.strip().removeprefix("$ ")) for line in block.splitlines()]
    return found


def test_make_targets_of_the_pages_exist() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z0-9-]+):", makefile, re.MULTILINE))
    named = {
        (page, target)
        for page, line in _command_lines()
        if line.startswith("make ")
        for target in re.findall(r"^make (?:-\S+ )*([a-z0-9-]+)", line)
    }
    assert named
    assert not {(page, target) for page, target in named if target not in targets}


def test_the_page_of_commands_is_current() -> None:
    ended = subprocess.run(
        [sys.executable, str(ROOT / "tools/write_docs.py"), "--check"], check=False, timeout=120
    )
    assert ended.returncode == 0, "run `make docs`"


def test_every_target_of_make_is_described() -> None:
    shown = subprocess.run(
        ["make", "--no-print-directory", "help"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    ).stdout
    for target in ("help", "setup", "all", "test", "check", "bench", "clean", "oracles"):
        assert re.search(rf"^\s*{target}\s+\S", shown, re.MULTILINE), target
