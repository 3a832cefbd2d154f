import dataclasses
import re
from pathlib import Path

import pytest

from ess_access import locale
from ess_access.api.options import option_doc
from ess_access.backends.audio import AudioOptions
from support import ROOT

SOURCES = [
    *ROOT.glob("src/ess_access/backends/audio/*.py"),
    *ROOT.glob("src/ess_access/engines/*.py"),
]
TEXT = "\n".join(path.read_text(encoding="utf-8") for path in SOURCES)
CODES = sorted(set(re.findall(r'"(AU-\d{3})"', TEXT)))
KEYS = sorted(
    set(re.findall(r'(?:Error|Missing)\(\s*(?:"[^"]*",\s*)?"([a-z0-9]+(?:-[a-z0-9]+)+)"', TEXT))
)


@pytest.mark.parametrize("language", locale.LANGUAGES)
def test_every_code_and_key_has_a_sentence(language: str) -> None:
    catalogue = locale.catalogue(language)
    assert len(CODES) > 10
    assert len(KEYS) > 8
    assert [key for key in (*CODES, *KEYS) if not catalogue.knows(key)] == []


@pytest.mark.parametrize("language", locale.LANGUAGES)
def test_every_option_is_documented(language: str) -> None:
    catalogue = locale.catalogue(language)
    docs = [option_doc(field) for field in dataclasses.fields(AudioOptions)]
    assert [doc for doc in docs if not catalogue.knows(doc)] == []


def test_the_page_of_codes_lists_each_once() -> None:
    page = (ROOT / "docs" / "codes" / "AU.md").read_text(encoding="utf-8")
    assert re.findall(r"^## (AU-\d{3})$", page, re.MULTILINE) == CODES


def test_the_page_of_audio_names_every_option() -> None:
    page = Path(ROOT / "docs" / "audio.md").read_text(encoding="utf-8")
    assert [f.name for f in dataclasses.fields(AudioOptions) if f"`{f.name}`" not in page] == []
