"""What all tests share: the same random examples in every run, and the program run as a user does.

HYPOTHESIS_PROFILE=explore draws new examples each time.
"""

import os
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import settings

from ess_access.cli import main
from tests_cli_types import Run

settings.register_profile("repeatable", derandomize=True, deadline=None, database=None)
settings.register_profile("explore", deadline=None, max_examples=1000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "repeatable"))


# Tests that build or read Braille; elsewhere liblouis is not needed.
_WITH_BRAILLE = ("braille/", "cli/test_cli_")
_WITHOUT_BRAILLE = ("test_cli_language.py", "test_cli_lexicon.py")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Skip what needs liblouis where it is absent (no apt, no right to install)."""
    from ess_access.backends.braille.liblouis import find
    from ess_access.errors import MissingError

    try:
        find()
    except MissingError:
        absent = pytest.mark.skip(reason="liblouis is not installed: apt install python3-louis")
        for item in items:
            path = item.path.as_posix()
            if (
                any(part in path for part in _WITH_BRAILLE)
                and item.path.name not in _WITHOUT_BRAILLE
            ):
                item.add_marker(absent)


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give an empty working folder, with a cache of its own and a French session."""
    for name in list(os.environ):
        if name.startswith("ESS_ACCESS_") or name in ("LANGUAGE", "LC_ALL", "LC_MESSAGES"):
            monkeypatch.delenv(name)
    folder = tmp_path / "here"
    folder.mkdir()
    monkeypatch.chdir(folder)
    monkeypatch.setenv("LANG", "fr_FR.UTF-8")
    monkeypatch.setenv("LANGUAGE", "")
    monkeypatch.setenv("ESS_ACCESS_CACHE", str(tmp_path / "cache"))
    return folder


@pytest.fixture
def run(here: Path) -> Run:
    """Give a function that runs the program."""

    def call(*arguments: str, input: bytes | None = None) -> Result:
        result = CliRunner(mix_stderr=False).invoke(main, list(arguments), input=input)
        if result.exception is not None and not isinstance(result.exception, SystemExit):
            raise result.exception
        return result

    return call
