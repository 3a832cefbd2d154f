"""Sources that no reader may trust: one sentence each, exit 4, nothing written."""

import io
import zipfile
from pathlib import Path

import pytest
from PIL import Image

from tests_cli_types import Run


def _png(width: int, height: int) -> bytes:
    stream = io.BytesIO()
    Image.new("1", (width, height)).save(stream, "PNG")
    return stream.getvalue()


def _bomb() -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", b"<a>" + b" " * 600_000_000)
    return stream.getvalue()


def _entities() -> bytes:
    lines = ['<!ENTITY a0 "ha">']
    lines += [f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12)]
    text = f"<?xml version='1.0'?><!DOCTYPE x [{''.join(lines)}]><w:document>&a11;</w:document>"
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("_rels/.rels", "<Relationships/>")
        archive.writestr("word/document.xml", text)
    return stream.getvalue()


def _refused(run: Run, here: Path, name: str, *more: str) -> str:
    result = run("build", name, "-s", "audio.engine=silence", "--jobs", "1", *more)
    told = [line for line in result.stderr.splitlines() if line.strip()]
    assert result.exit_code == 4, (name, result.output, result.stderr)
    assert len(told) == 1, told
    assert name in told[0]
    assert "Traceback" not in result.output
    assert not (here / "output").exists()
    return told[0]


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("vide.docx", b""),
        ("vide.txt", b""),
        ("octets.docx", bytes(range(256)) * 50),
        ("octets.pdf", b"%PDF-1.7\n" + bytes(range(256)) * 50),
        ("tronque.epub", b"PK\x03\x04" + b"\0" * 60),
        ("image.png", b"\x89PNG\r\n\x1a\n" + b"\0" * 60),
    ],
)
def test_what_is_no_document_is_refused(here: Path, run: Run, name: str, data: bytes) -> None:
    (here / name).write_bytes(data)
    _refused(run, here, name)


def test_a_zip_bomb_is_refused(here: Path, run: Run) -> None:
    (here / "bombe.docx").write_bytes(_bomb())
    _refused(run, here, "bombe.docx")


def test_an_entity_bomb_is_refused(here: Path, run: Run) -> None:
    (here / "entites.docx").write_bytes(_entities())
    _refused(run, here, "entites.docx")


def test_a_folder_with_the_name_of_a_document_is_refused(here: Path, run: Run) -> None:
    (here / "sources" / "x.docx").mkdir(parents=True)
    for named in ("sources", "sources/x.docx"):
        result = run("build", named, "--jobs", "1")
        assert result.exit_code == 4
        assert "x.docx" in result.stderr
        assert not (here / "output").exists()


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.md", "# Guide\n\n![Un plan](../../etc/passwd)\n"),
        ("a.html", "<h1>Guide</h1><p><img alt='Un plan' src='..%2f..%2fetc/passwd'></p>"),
    ],
)
def test_a_picture_outside_the_folder_is_refused(
    here: Path, run: Run, name: str, text: str
) -> None:
    (here / name).write_text(text)
    assert "etc/passwd" in _refused(run, here, name)


def test_a_picture_of_a_site_s_root_is_only_absent(here: Path, run: Run) -> None:
    (here / "a.html").write_text("<h1>Guide</h1><p>Voici.<img alt='Un plan' src='/img/x.png'></p>")
    assert run("inspect", "a.html").exit_code == 0


def test_a_picture_beyond_the_limit_is_refused(here: Path, run: Run) -> None:
    (here / "geante.png").write_bytes(_png(20_000, 20_000))
    (here / "a.md").write_text("# Guide\n\n![Un plan](geante.png)\n")
    assert "limits.pixels" in _refused(run, here, "a.md")
    (here / "geante.png").write_bytes(_png(12_000, 12_000))
    assert run("inspect", "a.md").exit_code == 4
    assert run("inspect", "a.md", "-s", "limits.pixels=150000000").exit_code == 0
    chosen = '[[for]]\nmatch = "a.md"\nlimits.pixels = 150000000\n'
    (here / "ess-access.toml").write_text(chosen)
    assert run("inspect", "a.md").exit_code == 0
