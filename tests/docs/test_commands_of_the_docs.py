"""What the documentation tells people to type is there to be typed."""

import re
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from ess_access.api.plugins import BACKENDS, ENGINES, names
from ess_access.cli import main
from ess_access.pipeline.config import known_keys
from support import ROOT

PAGES = (ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").rglob("*.md")))
KEYS = frozenset(known_keys())


def page_name(page: Path) -> str:
    return page.relative_to(ROOT).as_posix()


pages = pytest.mark.parametrize("page", PAGES, ids=page_name)


def typed(page: Path) -> Iterator[str]:
    """Yield the commands that the page shows, in code alone, without ``ess-access``."""
    text = page.read_text(encoding="utf-8")
    fenced = re.findall(r"^```[a-z]*\n(.*?)^```", text, re.MULTILINE | re.DOTALL)
    prose = re.sub(r"^```.*?^```", "", text, flags=re.MULTILINE | re.DOTALL)
    indented = re.findall(r"^ {4}(.+)$", prose, re.MULTILINE)
    for code in (*fenced, *indented, *re.findall(r"`([^`\n]+)`", prose)):
        for line in code.splitlines():
            if match := re.match(r"\s*(?:\S+/)?ess-access ([a-z].*)", line):
                yield match[1].split("#")[0].strip()


def command(name: str) -> click.Command | None:
    return main.get_command(click.Context(main), name)


@pages
def test_every_command_is_one_of_the_program(page: Path) -> None:
    unknown = [line for line in typed(page) if command(line.split()[0]) is None]
    assert unknown == []


@pages
def test_every_flag_is_one_of_its_command(page: Path) -> None:
    unknown = []
    for line in typed(page):
        named = command(line.split()[0])
        known = {flag for option in named.params for flag in option.opts} if named else set()
        flags = re.findall(r"(?<=\s)--?[a-z][a-z-]*", line)
        unknown += [f"{line}: {flag}" for flag in flags if flag not in known | {"--help", "-h"}]
    assert unknown == []


@pages
def test_every_assignment_sets_a_key_that_exists(page: Path) -> None:
    if page.name == "plugins.md":
        pytest.skip("its keys are those of the plug-ins that it shows")
    text = page.read_text(encoding="utf-8")
    assigned = re.findall(r"-s ([a-z-]+\.[a-z_]+)=", text)
    assert [key for key in assigned if key not in KEYS] == []


@pages
def test_every_variable_sets_a_key_that_exists(page: Path) -> None:
    if page.name == "plugins.md":
        pytest.skip("its keys are those of the plug-ins that it shows")
    variables = {"ESS_ACCESS_" + re.sub(r"[.-]", "_", key).upper() for key in KEYS}
    ours = {"ESS_ACCESS_CACHE", "ESS_ACCESS_SHARED"}
    text = page.read_text(encoding="utf-8")
    assert set(re.findall(r"\bESS_ACCESS_[A-Z_]+[A-Z]\b", text)) <= variables | ours


@pages
def test_every_option_in_code_is_a_key_that_exists(page: Path) -> None:
    prefixes = "|".join(re.escape(name) for name in names(BACKENDS))
    named = re.findall(rf"`((?:{prefixes})\.[a-z_]+)`", page.read_text(encoding="utf-8"))
    assert [key for key in named if key not in KEYS] == []


@pages
def test_every_format_that_is_asked_for_is_there(page: Path) -> None:
    shown = {"text"}  # the plug-in of the examples
    asked = {name for line in typed(page) for name in re.findall(r"--to ([a-z-]+)", line)}
    assert asked <= {*names(BACKENDS), *shown}


@pages
def test_every_make_target_is_one_of_the_makefile(page: Path) -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z0-9-]+):", makefile, re.MULTILINE))
    text = page.read_text(encoding="utf-8")
    asked = set(re.findall(r"(?:^|`|^ {4})make ([a-z0-9-]+)", text, re.MULTILINE))
    assert asked <= targets


def test_the_readme_names_every_format_and_every_file_that_it_makes() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    files = ("large-print.docx", "mp3", "brf", "pef", "braille.txt")
    assert [suffix for suffix in files if f"`guide-accueil.{suffix}`" not in readme] == []
    assert [name for name in names(BACKENDS) if name not in readme] == []


def test_the_readme_names_every_suffix_that_is_read() -> None:
    from ess_access.pipeline.reading import known_suffixes

    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert [suffix for suffix in sorted(known_suffixes()) if f"`{suffix}`" not in readme] == []


def test_the_architecture_names_every_engine() -> None:
    page = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    assert [name for name in names(ENGINES) if f"`{name}`" not in page] == []


def test_the_readme_names_every_command() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    commands = main.list_commands(click.Context(main))
    assert [name for name in commands if f"ess-access {name}" not in readme] == []
