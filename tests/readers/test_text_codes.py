"""Every finding and every refusal of these readers is explained, in both languages."""

import re
from pathlib import Path

import pytest

import ess_access
from ess_access.locale import LANGUAGES, catalogue
from support import ROOT

SOURCE = Path(ess_access.__file__).parent
FILES = [
    *(SOURCE / "transforms").glob("*.py"),
    *(
        file
        for kind in ("html", "markdown", "text", "pictures", "doubts", "decoding")
        for file in (SOURCE / "readers").glob(f"*{kind}*.py")
    ),
]
TEXT = "\n".join(file.read_text(encoding="utf-8") for file in FILES)
CODES = sorted(set(re.findall(r'"(SRC-0[0-4]\d)"', TEXT)))
KEYS = sorted(set(re.findall(r'SourceError\(\s*"([a-z-]+)"', TEXT)))


def test_there_are_codes_to_look_for() -> None:
    assert len(CODES) == 24
    assert len(KEYS) == 5


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_catalogues_know_what_the_readers_say(language: str) -> None:
    held = catalogue(language)
    assert [key for key in (*CODES, *KEYS) if not held.knows(key)] == []


def test_the_page_of_codes_explains_each() -> None:
    page = (ROOT / "docs" / "codes" / "SRC.md").read_text(encoding="utf-8")
    explained = re.findall(r"^## (SRC-\d{3})$", page, re.MULTILINE)
    assert [code for code in CODES if code not in explained] == []
    assert len(explained) == len(set(explained))
