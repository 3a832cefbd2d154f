"""The session's language: French or English, Click's own words included."""

import os
import subprocess
import sys

import pytest

from ess_access.cli.language import language_of


@pytest.mark.parametrize(
    ("variables", "language"),
    [
        ({}, "fr"),
        ({"LANG": "C.UTF-8"}, "fr"),
        ({"LC_ALL": "POSIX"}, "fr"),
        ({"LANG": "fr_FR.UTF-8"}, "fr"),
        ({"LANG": "fr_CA"}, "fr"),
        ({"LANG": "en_US.UTF-8"}, "en"),
        ({"LANG": "de_DE.UTF-8"}, "en"),
        ({"LANG": "fr_FR.UTF-8", "LC_ALL": "en_GB.UTF-8"}, "en"),
        ({"LANG": "fr_FR.UTF-8", "LC_MESSAGES": "en_GB"}, "en"),
        ({"LANG": "en_US.UTF-8", "LANGUAGE": "br:fr:en"}, "fr"),
    ],
)
def test_the_locale_chooses_the_language(variables: dict[str, str], language: str) -> None:
    assert language_of(variables) == language


def _run(*arguments: str, lang: str) -> subprocess.CompletedProcess[str]:
    kept = {
        name: value
        for name, value in os.environ.items()
        if name not in ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG")
    }
    return subprocess.run(
        [sys.executable, "-m", "ess_access", *arguments],
        env={**kept, "LANG": lang},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_help_is_whole_in_french() -> None:
    shown = _run("build", "--help", lang="fr_FR.UTF-8").stdout
    assert "Utilisation" in shown
    assert "Fabrique les éditions" in shown
    assert "Affiche cette aide." in shown
    for english in ("Usage:", "Show", "Options:", "cli."):
        assert english not in shown


def test_help_is_whole_in_english() -> None:
    shown = _run("build", "--help", lang="en_US.UTF-8").stdout
    assert "Usage:" in shown
    assert "Make the accessible editions" in shown
    for french in ("Utilisation", "Affiche", "cli."):
        assert french not in shown


def test_a_wrong_use_is_said_in_the_session_s_language() -> None:
    french = _run("biuld", lang="fr_FR.UTF-8")
    english = _run("biuld", lang="en_US.UTF-8")
    assert french.returncode == english.returncode == 2
    assert "n’existe pas" in french.stderr
    assert "No such command" in english.stderr


def test_help_imports_nothing_heavy() -> None:
    program = (
        "import sys\n"
        "from ess_access.cli import main\n"
        "try:\n    main(['--help'])\n"
        "except SystemExit:\n    pass\n"
        "print(' '.join(sorted(sys.modules)), file=sys.stderr)\n"
    )
    ended = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, timeout=60, check=True
    )
    loaded = set(ended.stderr.split())
    heavy = {"lxml", "docx", "av", "PIL", "pydantic", "rich", "num2words", "markdown_it", "tomllib"}
    assert not loaded & heavy
    assert not {name for name in loaded if name.startswith("ess_access.pipeline.")}
