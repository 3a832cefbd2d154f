"""Real Word files, compared with what LibreOffice shows of them."""

import re
import subprocess
from pathlib import Path

import pytest

from ess_access.api.reader import Source
from ess_access.document.nodes import Division, Note
from ess_access.document.walk import blocks_in, inlines_in, words
from ess_access.readers.docx import DocxReader
from support import program, shared

NAMES = (
    "cdtn-affichage_lutte_contre_harcelement_sexuel",
    "cdtn-convocation-a-entretien-prealable",
    "cdtn-tableau_recap_des_heures_supplementaires",
)


def _read(path: Path) -> list[str]:
    reading = DocxReader().read(Source(path.name, ".docx", path.read_bytes()))
    return _letters(" ".join(words(reading.document)))


def _letters(text: str) -> list[str]:
    # Marks of lists are structure in one, characters in the other.
    return re.findall(r"[^\W_]+", text)


@pytest.mark.oracle
@pytest.mark.parametrize("name", NAMES)
def test_no_visible_word_is_lost_or_added(name: str, tmp_path: Path) -> None:
    soffice = program("soffice")
    path = shared("corpus", f"{name}.docx")
    subprocess.run(
        [
            soffice,
            f"-env:UserInstallation={tmp_path.as_uri()}/profile",
            "--headless",
            "--convert-to",
            "txt:Text (encoded):UTF8",
            "--outdir",
            str(tmp_path),
            str(path),
        ],
        check=True,
        capture_output=True,
        timeout=120,
    )
    expected = _letters((tmp_path / f"{name}.txt").read_text("utf-8-sig"))
    assert sorted(_read(path)) == sorted(expected)


def test_a_document_that_is_one_text_box_keeps_it() -> None:
    path = shared("corpus", "mammoth-text-box.docx")
    reading = DocxReader().read(Source(path.name, ".docx", path.read_bytes()))
    assert _read(path) == ["Datum", "plane"]
    assert isinstance(reading.document.children[0], Division)


def test_notes_stand_where_they_are_called() -> None:
    path = shared("corpus", "mammoth-footnotes.docx")
    reading = DocxReader().read(Source(path.name, ".docx", path.read_bytes()))
    notes = [n for n in inlines_in(reading.document.children) if isinstance(n, Note)]
    assert len(notes) == 2
    assert len(list(blocks_in(reading.document.children))) == 3
