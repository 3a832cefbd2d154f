"""A library of 60 documents, 12 of them bad: 48 × 3 editions, 12 named faults, exit 4."""

import io
import json
import zipfile
from pathlib import Path

import pytest
from PIL import Image
from pypdf import PdfWriter

from tests_cli_types import Run

GOOD = 48
FORMATS = {"large-print", "audio", "braille"}


def _packed(**parts: bytes) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("_rels/.rels", "<Relationships/>")
        archive.writestr("word/document.xml", parts["document"])
    return stream.getvalue()


def _entities() -> bytes:
    lines = ['<!ENTITY a0 "ha">']
    lines += [f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12)]
    return (
        f"<?xml version='1.0'?><!DOCTYPE x [{''.join(lines)}]><w:document>&a11;</w:document>"
    ).encode()


def _pdf(*, password: str = "") -> bytes:
    """Write a page without a word, as a scan is."""
    writer = PdfWriter()
    writer.add_blank_page(200, 200)
    if password:
        writer.encrypt(password, algorithm="RC4-128")
    stream = io.BytesIO()
    writer.write(stream)
    return stream.getvalue()


def _png(width: int, height: int) -> bytes:
    stream = io.BytesIO()
    Image.new("1", (width, height)).save(stream, "PNG")
    return stream.getvalue()


def _library(folder: Path) -> set[str]:
    """Write the documents; give the names of the bad ones."""
    folder.mkdir()
    for number in range(GOOD):
        text = f"# Guide {number}\n\nBienvenue dans le guide.\n\n- un\n- deux\n"
        (folder / f"guide{number:02}.md").write_text(text, encoding="utf-8")
    (folder / "geante.png").write_bytes(_png(20_000, 20_000))
    bad = {
        "bombe.docx": _packed(document=b"<a>" + b" " * 600_000_000),
        "egare.docx": _png(4, 4),  # a picture under the name of a document
        "entites.docx": _packed(document=_entities()),
        "geante.md": b"# Guide\n\n![Un plan](geante.png)\n",
        "octets.docx": bytes(range(256)) * 50,
        "octets.pdf": b"%PDF-1.7\n" + bytes(range(256)) * 50,
        "passe.pdf": _pdf(password="secret"),
        "scan.pdf": _pdf(),
        "sorti.md": b"# Guide\n\n![Un plan](../../etc/passwd)\n",
        "tronque.docx": _packed(document=b"<a/>")[:120],
        "vide.odt": b"",
    }
    for name, data in bad.items():
        (folder / name).write_bytes(data)
    (folder / "dossier.docx").mkdir()
    return {*bad, "dossier.docx"}


@pytest.mark.e2e
def test_twelve_bad_documents_of_sixty_cost_the_others_nothing(here: Path, run: Run) -> None:
    bad = _library(here / "sources")
    assert len(bad) == 12
    result = run("build", "-s", "audio.engine=silence", "--no-cache", "--jobs", "1")
    assert result.exit_code == 4, result.stderr
    assert "Traceback" not in result.output + result.stderr
    told = [line for line in result.stderr.splitlines() if line.strip()]
    assert {name: sum(name in line for line in told) for name in bad} == dict.fromkeys(bad, 1)
    assert len(told) == 12, told

    report = json.loads((here / "output/report.json").read_text(encoding="utf-8"))
    assert report["exit_code"] == 4
    assert report["totals"]["sources"] == 60
    sources = {source["name"]: source for source in report["sources"]}
    for name in bad:
        assert sources[name]["fault"]["exit_code"] == 4, name
        assert name in sources[name]["fault"]["sentence"]["fr"]
        assert sources[name]["editions"] == [], name
        assert not (here / "output" / Path(name).stem).exists()
    built = [source for name, source in sources.items() if name not in bad]
    assert len(built) == GOOD
    for source in built:
        assert {each["format"] for each in source["editions"]} == FORMATS, source["name"]
        assert all(each["files"] for each in source["editions"])
        assert {each["status"] for each in source["editions"]} == {"built"}
        assert source["exit_code"] == 0
        for edition in source["editions"]:
            for file in edition["files"]:
                assert (here / "output" / file["path"]).stat().st_size == file["size_bytes"]
