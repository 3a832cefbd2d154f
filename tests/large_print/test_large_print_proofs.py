"""Each rule has a folder: how a sound DOCX is spoiled, and what is then said."""

import re
import tomllib
import zipfile
from pathlib import Path

import pytest

from ess_access.backends.large_print.checks import check_docx
from ess_access.locale import LANGUAGES, catalogue
from large_print_samples import edition, sound
from support import ROOT

PROOFS = Path(__file__).parent.parent / "checks"
CODES = sorted(path.name for path in PROOFS.glob("LP-*"))


def spoiled(folder: Path, code: str) -> Path:
    made = edition(folder, sound())
    spoil = tomllib.loads((PROOFS / code / "spoil.toml").read_text(encoding="utf-8"))
    parts = dict(made.parts)
    text = parts[spoil["part"]].decode()
    assert spoil["find"] in text, "the sound document no longer holds what is spoiled"
    start = text.rindex(spoil["find"])
    end = start + len(spoil["find"])
    by = spoil["before"] + spoil["find"] if "before" in spoil else spoil["replace"]
    parts[spoil["part"]] = (text[:start] + by + text[end:]).encode()
    for other in spoil.get("also", ()):
        whole = parts[other["part"]].decode()
        assert other["find"] in whole
        parts[other["part"]] = whole.replace(other["find"], other["replace"]).encode()
    path = folder / "spoiled.docx"
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return path


def test_the_sound_document_has_no_finding(tmp_path: Path) -> None:
    assert edition(tmp_path, sound()).check() == []


@pytest.mark.parametrize("code", CODES)
def test_a_spoiled_document_raises_exactly_its_own_finding(code: str, tmp_path: Path) -> None:
    findings = list(check_docx(spoiled(tmp_path, code), None))
    said = "".join(f"{one.code} {catalogue('fr').finding(one)}\n" for one in findings)
    golden = PROOFS / code / "golden.txt"
    assert said == golden.read_text(encoding="utf-8")
    assert [one.code for one in findings] == [code]


def test_there_are_proofs_for_twenty_rules_and_more() -> None:
    assert len(CODES) >= 20


def codes_in_the_code() -> set[str]:
    room = ROOT / "src" / "ess_access" / "backends" / "large_print"
    texts = (path.read_text(encoding="utf-8") for path in room.rglob("*.py"))
    return {code for text in texts for code in re.findall(r'"(LP-\d{3})"', text)}


def test_every_code_is_in_both_catalogues_and_in_the_page_of_codes() -> None:
    page = (ROOT / "docs" / "codes" / "LP.md").read_text(encoding="utf-8")
    documented = set(re.findall(r"^## (LP-\d{3})$", page, re.MULTILINE))
    assert documented == codes_in_the_code()
    for language in LANGUAGES:
        assert all(catalogue(language).knows(code) for code in documented)


def test_every_rule_of_a_document_has_its_proof() -> None:
    assert set(CODES) == {code for code in codes_in_the_code() if code < "LP-070"}
