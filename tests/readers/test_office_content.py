"""Other office formats: by way of LibreOffice, or of a program that stands in for it."""

import stat
import sys
from pathlib import Path

import pytest

from ess_access.document.build import p
from ess_access.document.walk import words
from ess_access.errors import SourceError
from ess_access.readers import _office
from ess_access.readers.office import OfficeReader
from office_files import docx, para, pdf, shown, source
from support import program

RTF = b"{\\rtf1\\ansi Bonjour \\'e0 tous.\\par Au revoir.\\par}"


def stand_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, body: str) -> None:
    """Put a small program in the place of LibreOffice; ``out`` is its folder for results."""
    script = tmp_path / "soffice"
    script.write_text(
        f"#!{sys.executable}\nimport pathlib, shutil, sys, time\n"
        "out = pathlib.Path(sys.argv[sys.argv.index('--outdir') + 1])\nout.mkdir()\n" + body,
        "utf-8",
    )
    script.chmod(script.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setattr(_office, "soffice", lambda: str(script))


@pytest.mark.parametrize(
    ("suffix", "made"),
    [
        (".doc", ("source.docx", docx(para("Bonjour")))),
        (".ppt", ("source.pdf", pdf(shown("Bonjour", 72, 700)))),
    ],
)
def test_what_is_converted_is_read(
    suffix: str, made: tuple[str, bytes], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "ready").write_bytes(made[1])
    stand_in(tmp_path, monkeypatch, f"shutil.copy({str(tmp_path / 'ready')!r}, out / {made[0]!r})")
    reading = OfficeReader().read(source(b"octets", suffix))
    assert list(words(reading.document)) == ["Bonjour"]
    assert reading.findings[0].code == "SRC-080"


def test_a_program_that_makes_nothing_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stand_in(tmp_path, monkeypatch, "")
    with pytest.raises(SourceError) as caught:
        OfficeReader().read(source(b"octets", ".doc"))
    assert caught.value.key == "source-not-converted"


def test_a_program_that_hangs_is_stopped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    stand_in(tmp_path, monkeypatch, "time.sleep(60)")
    with pytest.raises(SourceError) as caught:
        _office.read_office(source(b"octets", ".doc"), seconds=1)
    assert caught.value.key == "source-conversion-slow"


@pytest.mark.oracle
def test_libreoffice_itself_converts_rich_text() -> None:
    program("soffice")
    reading = OfficeReader().read(source(RTF, ".rtf"))
    assert reading.document.children == (p("Bonjour à tous."), p("Au revoir."))
