"""Documents that somebody else made: what they may do without being blamed, and what not."""

import io
from pathlib import Path

import docx
import pytest
from docx.enum.text import WD_BREAK, WD_COLOR_INDEX
from docx.oxml import parse_xml
from docx.shared import Pt, RGBColor

from ess_access.backends.large_print.checks import check_docx
from ess_access.backends.large_print.render import render_check
from large_print_samples import picture
from office_files import docx as office_docx
from support import shared

SHADED = (
    '<w:style xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'w:type="table" w:styleId="Dark"><w:name w:val="Dark"/><w:tblStylePr w:type="firstRow">'
    '<w:tcPr><w:shd w:val="clear" w:fill="000000"/></w:tcPr></w:tblStylePr></w:style>'
)


def codes(word: object, folder: Path) -> list[str]:
    path = folder / "other.docx"
    word.save(str(path))  # type: ignore[attr-defined]  # python-docx has no types
    return [one.code for one in check_docx(path, None)]


def test_white_words_on_a_dark_table_style_are_not_blamed(tmp_path: Path) -> None:
    word = docx.Document()
    word.styles.element.append(parse_xml(SHADED))
    table = word.add_table(2, 2)
    table.style = word.styles["Dark"]
    run = table.cell(0, 0).paragraphs[0].add_run("Ville")
    run.font.color.rgb = RGBColor(255, 255, 255)
    assert "LP-013" not in codes(word, tmp_path)
    run.font.highlight_color = WD_COLOR_INDEX.YELLOW
    assert "LP-013" in codes(word, tmp_path)


def test_bold_in_a_bold_style_is_no_fake_heading_and_a_style_gives_its_size(tmp_path: Path) -> None:
    word = docx.Document()
    style = word.styles["Normal"]
    style.font.size = Pt(20)
    style.font.name = "Arial"
    word.add_paragraph("Un texte de vingt points")
    word.add_paragraph("suivi d’un autre")
    found = codes(word, tmp_path)
    assert "LP-001" not in found
    assert "LP-031" not in found


def test_a_page_break_is_no_blank_paragraph(tmp_path: Path) -> None:
    word = docx.Document()
    word.add_paragraph("Un.")
    word.add_paragraph().add_run().add_break(WD_BREAK.PAGE)
    word.add_paragraph().add_run().add_picture(io.BytesIO(picture()))
    found = codes(word, tmp_path)
    assert "LP-036" not in found
    assert "LP-050" in found


def test_a_file_without_styles_or_settings_is_still_read(tmp_path: Path) -> None:
    import zipfile

    path = tmp_path / "bare.docx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(
            "word/document.xml",
            '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
            '<w:body><!-- x --><w:p><w:pPr><w:jc/></w:pPr><w:r><w:rPr><w:sz w:val="large"/></w:rPr>'
            "<w:t>Mot</w:t></w:r></w:p></w:body></w:document>",
        )
    found = {one.code for one in check_docx(path, None)}
    assert {"LP-001", "LP-033", "LP-034"} <= found


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("docling-word-sample.docx", {"LP-001", "LP-006", "LP-051", "LP-060"}),
        ("mammoth-text-box.docx", {"LP-001", "LP-053"}),
        ("cdtn-affichage_lutte_contre_harcelement_sexuel.docx", {"LP-005", "LP-009", "LP-035"}),
    ],
)
def test_real_documents_are_told_what_is_wrong(name: str, expected: set[str]) -> None:
    assert expected <= {one.code for one in check_docx(shared("corpus", name), None)}


def test_a_document_under_a_password_is_said_to_be_so(tmp_path: Path) -> None:
    path = tmp_path / "chiffre.docx"
    name = "EncryptedPackage".encode("utf-16-le")
    path.write_bytes(bytes.fromhex("D0CF11E0A1B11AE1") + bytes(600) + name + bytes(600))
    assert [one.code for one in check_docx(path, None)] == ["LP-091"]
    path.write_bytes(bytes.fromhex("D0CF11E0A1B11AE1") + bytes(600))
    assert [one.code for one in check_docx(path, None)] == ["LP-090"]
    assert list(render_check(path)) == []  # it is said once


@pytest.mark.parametrize(
    ("inner", "codes"),
    [
        ("<w:r><w:t>anti\u00adconstitutionnel</w:t></w:r>", {"LP-016"}),
        ("<w:r><w:t>anti</w:t><w:softHyphen/><w:t>constitutionnel</w:t></w:r>", {"LP-016"}),
        ("<w:r><w:rPr><w:vanish/></w:rPr><w:t>anti\u00ad</w:t></w:r>", set()),
    ],
)
def test_optional_hyphens_that_are_shown_are_found(
    inner: str, codes: set[str], tmp_path: Path
) -> None:
    path = tmp_path / "x.docx"
    path.write_bytes(office_docx(f"<w:p>{inner}</w:p>"))
    found = {one.code for one in check_docx(path, None)}
    assert found & {"LP-016"} == codes
