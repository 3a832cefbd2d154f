"""Every code and every error of the readers of office files is explained, in both languages."""

import re

import pytest

from ess_access.locale import catalogue
from support import ROOT

FOLDER = ROOT / "src/ess_access/readers"
SOURCES = sorted(
    path
    for path in FOLDER.rglob("*.py")
    if path.parent.name in ("docx", "odt", "pdf", "_processor")
    or path.name in ("_zip.py", "_epub.py", "_office.py")
)
WRITTEN = "\n".join(path.read_text("utf-8") for path in SOURCES)
CODES = sorted(set(re.findall(r"SRC-\d{3}", WRITTEN)))
KEYS = sorted(set(re.findall(r'"(source-[a-z-]+)"', WRITTEN)))


def test_there_are_codes_and_keys() -> None:
    assert len(CODES) > 25
    assert len(KEYS) > 12


@pytest.mark.parametrize("code", [*CODES, *KEYS])
def test_it_is_said_in_both_languages(code: str) -> None:
    assert all(catalogue(language).knows(code) for language in ("fr", "en"))


@pytest.mark.parametrize("code", CODES)
def test_it_has_a_paragraph_in_the_documentation(code: str) -> None:
    page = (ROOT / "docs/codes/SRC.md").read_text("utf-8")
    assert f"## {code}\n" in page
