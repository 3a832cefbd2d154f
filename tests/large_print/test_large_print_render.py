"""The page as it comes out of LibreOffice, in a fresh profile."""

import dataclasses
import re
import subprocess
import zipfile
from pathlib import Path

import pytest

from ess_access.api.backend import Artifact
from ess_access.backends.large_print import LargePrintBackend, LargePrintOptions
from ess_access.backends.large_print.checks.opened import opened
from ess_access.backends.large_print.office import converted
from ess_access.backends.large_print.paper import Line, Paper, Title, measured
from ess_access.backends.large_print.render import check_paper, render_check
from ess_access.document.build import doc, h, note, p, table
from ess_access.document.nodes import Block, Document, Script, Text
from large_print_samples import LOREM, edition, sound
from support import program


def chapter(number: int) -> tuple[Block, ...]:
    first = Script("super", (Text("er"),))
    return (
        h(2, f"Chapitre {number}"),
        *[p(LOREM)] * 6,
        p("Le 1", first, " janvier", note("Une note."), ". " + LOREM),
        table(("Garantie", "Taux"), ("Optique", "80 %")),
    )


def long() -> Document:
    chapters = [block for number in range(4) for block in chapter(number)]
    return doc(h(1, "Guide"), *chapters, title="Guide")


def line(text: str, **changes: object) -> Line:
    made = Line(page=1, text=text, size=18.0, smallest=18.0, baseline=700.0, left=71.0)
    return dataclasses.replace(made, **changes)  # type: ignore[arg-type]  # tests name fields freely


def paper(
    *lines: Line, outline: tuple[Title, ...] = (), font: str = "AtkinsonHyperlegible-Bold"
) -> Paper:
    return Paper(1, lines, {f"BAAAAA+{font}": "abc"}, outline)


def test_a_sound_page_has_no_finding(tmp_path: Path) -> None:
    word = opened(edition(tmp_path, sound()).path)
    lines = (line("Un"), line("deux", baseline=674.8), line("trois", baseline=649.6))
    assert list(check_paper(paper(*lines), word)) == []


@pytest.mark.parametrize(
    ("page", "code"),
    [
        (paper(line("Petit", smallest=11.0)), "LP-080"),
        (paper(line("Mot"), font="DejaVuSans"), "LP-081"),
        (paper(line("Un"), line("deux", baseline=680.0)), "LP-082"),
        (paper(line("Un"), line("deux", baseline=670.0), line("x", baseline=640.0)), "LP-082"),
        (paper(line("mot " * 20)), "LP-083"),
        (paper(line("Une derni"), line("ère phrase.", baseline=674.8)), "LP-085"),
    ],
)
def test_each_fault_of_the_page_has_its_finding(tmp_path: Path, page: Paper, code: str) -> None:
    word = opened(edition(tmp_path, sound()).path)
    assert [one.code for one in check_paper(page, word)] == [code]


def test_leader_dots_are_not_read(tmp_path: Path) -> None:
    word = opened(edition(tmp_path, sound()).path)
    assert list(check_paper(paper(line("Chapitre " + "." * 80 + " 3")), word)) == []


@pytest.mark.oracle
def test_the_rendered_page_keeps_every_rule(tmp_path: Path) -> None:
    program("soffice")
    options = LargePrintOptions(contents="always", contents_pages="always", formats=("docx", "pdf"))
    made = edition(tmp_path, long(), options)
    assert made.codes == []
    assert list(render_check(made.path)) == []
    page = measured(made.artifacts[1].path)
    assert page.pages == made.artifacts[0].measures["pages"]
    assert {name.partition("-")[0] for name in page.fonts} == {"AtkinsonHyperlegible"}
    assert min(one.smallest for one in page.lines) >= 17.9
    said = [text.rsplit(None, 1) for text in made.lines("TOC1") if text.strip()]
    assert len(said) == 4
    notes = [one for one in page.lines if one.text.startswith("4. Une note")]
    assert [one.page for one in notes] == [page.pages]
    assert any(one.text == f"Page {page.pages}" for one in page.lines)
    info = subprocess.run(
        [program("pdfinfo"), str(made.artifacts[1].path)],
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    assert "Tagged:          yes" in info
    assert "Title:           Guide" in info


@pytest.mark.oracle
def test_a_font_under_a_wrong_key_is_not_used(tmp_path: Path) -> None:
    program("soffice")
    made = edition(tmp_path, sound())
    parts = dict(made.parts)
    table = parts["word/fontTable.xml"].decode()
    wrong = "{01234567-89AB-4CDE-8F01-23456789ABCD}"
    table = re.sub(r"(?<=fontKey=.)\{[^}]*\}", wrong, table)
    parts["word/fontTable.xml"] = table.encode()
    broken = tmp_path / "broken.docx"
    with zipfile.ZipFile(broken, "w") as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    fonts = measured(converted(broken, "pdf", tmp_path)).fonts
    assert not any("AtkinsonHyperlegible-Regular" in name for name in fonts)
    assert "LP-081" in [one.code for one in render_check(broken)]


@pytest.mark.oracle
def test_the_check_renders_on_demand(tmp_path: Path) -> None:
    program("soffice")
    made = edition(tmp_path, sound())
    options = LargePrintOptions(render_check=True)
    artifact = Artifact(made.path, "application/octet-stream")
    assert list(LargePrintBackend().check((artifact,), None, options)) == []


@pytest.mark.oracle
def test_odt_comes_through_libreoffice_alone(tmp_path: Path) -> None:
    program("soffice")
    made = edition(tmp_path, sound(), LargePrintOptions(formats=("odt",)))
    assert [one.name for one in tmp_path.iterdir()] == ["guide.large-print.odt"]
    with zipfile.ZipFile(made.path) as archive:
        assert b"opendocument.text" in archive.read("mimetype")
