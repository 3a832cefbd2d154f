"""Tables, pictures, contents, fonts, themes and templates of the DOCX."""

import dataclasses
import hashlib
import io
import struct
import subprocess
import sys
import uuid
import zipfile
from pathlib import Path

import docx
import pytest
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from openxml_audit import OpenXmlValidator
from PIL import Image as Pillow

from ess_access.api.options import option_doc
from ess_access.backends.large_print import LargePrintBackend, LargePrintOptions
from ess_access.backends.large_print.fonts import family, packaged
from ess_access.backends.large_print.themes import MINIMUM_CONTRAST, THEMES, contrast
from ess_access.document.build import (
    asset,
    cell,
    dl,
    doc,
    em,
    figure,
    h,
    lang,
    link,
    note,
    ol,
    p,
    quote,
    strong,
    table,
    ul,
)
from ess_access.document.nodes import (
    Block,
    CodeBlock,
    Division,
    Document,
    Image,
    PageBreak,
    Rule,
    Script,
    Table,
    Text,
)
from ess_access.errors import ConfigurationError, MissingError
from ess_access.locale import LANGUAGES, catalogue
from large_print_samples import LOREM, W, edition, picture, sound
from support import program

# A drawing of one line, in Windows' two formats (MS-EMF 2.3.4, MS-WMF 2.3.2).
EMF = (
    struct.pack("<II4i4i", 1, 88, 0, 0, 99, 49, 0, 0, 2000, 1000)
    + b" EMF"
    + struct.pack("<IIIHHIII4i", 0x10000, 124, 3, 1, 0, 0, 0, 0, 1000, 500, 300, 150)
    + struct.pack("<IIii", 54, 16, 90, 40)
    + struct.pack("<5I", 14, 20, 0, 0, 20)
)
WMF = (
    struct.pack("<IH4hHIH", 0x9AC6CDD7, 0, 0, 0, 100, 50, 96, 0, 0)
    + struct.pack("<HHHIHIH", 1, 9, 0x300, 12, 0, 3, 0)
    + struct.pack("<IH", 3, 0)
)


def test_a_table_that_fits_is_kept_with_its_head_row(tmp_path: Path) -> None:
    grid = table(("Garantie", "Taux"), ("Optique", "80 %"), ("Dentaire", "70 %"), caption="Taux")
    result = edition(tmp_path, doc(grid, title="Essai"))
    assert len(result.find("//w:tr[w:trPr/w:tblHeader]")) == 1
    assert len(result.find("//w:tr[w:trPr/w:cantSplit]")) == 3
    assert result.strings("//w:tblCaption/@w:val") == ["Taux"]
    assert result.codes == []


def test_merged_cells_keep_their_places(tmp_path: Path) -> None:
    grid = table(
        (cell("Zone", row_span=2, header=True), cell("Tarifs", col_span=2, header=True)),
        (cell("Adulte", header=True), cell("Enfant", header=True)),
        (cell("Nord", header=True), "10", "5"),
        head_rows=2,
    )
    result = edition(tmp_path, doc(grid, title="Essai"))
    assert result.strings("//w:vMerge/@w:val") == ["restart", "continue"]
    assert result.strings("//w:gridSpan/@w:val") == ["2"]
    assert len(result.find("//w:tr[w:trPr/w:tblHeader]")) == 2
    assert [len(row.findall("{*}tc")) for row in result.find("//w:tr")] == [2, 3, 3]


WIDE = table(
    ("Garantie complémentaire", "Remboursement", "Plafond annuel", "Conditions d’ancienneté"),
    ("Hospitalisation", "100 %", "", "3 mois"),
    caption="Tableau",
)


def test_a_table_too_wide_is_told_row_by_row(tmp_path: Path) -> None:
    result = edition(tmp_path, doc(WIDE, title="Essai"))
    assert not result.find("//w:tbl")
    assert result.lines()[-4:] == [
        "Garantie complémentaire\u00a0: Hospitalisation",
        "Remboursement\u00a0: 100\u00a0%",
        "Plafond annuel\u00a0: (vide)",
        "Conditions d’ancienneté\u00a0: 3 mois",
    ]
    assert result.codes == ["LP-106"]
    assert result.check() == []


def test_the_caption_of_a_turned_table_is_no_longer_than_other_lines(tmp_path: Path) -> None:
    both = doc(WIDE, title="Essai")
    turned = edition(tmp_path, both, LargePrintOptions(landscape_tables=True))
    assert turned.strings("//w:p[w:pPr/w:pStyle/@w:val='Caption']//w:ind/@w:right") == ["4932"]


def test_a_compound_parts_in_a_table_only_where_it_must(tmp_path: Path) -> None:
    def hyphens(*names: str) -> int:
        rows = table(names, ("rendez-vous", "L. 123-4", *("x" for _ in names[2:])))
        result = edition(tmp_path / str(len(names)), doc(rows, title="Essai"))
        assert len(result.find("//w:tbl")) == 1
        assert not result.check()
        return len(result.find("//w:tbl//w:noBreakHyphen"))

    assert hyphens("Quoi", "Où") == 2
    # With no room left, it parts.
    assert hyphens("Quoi", "Où", "Prestations", "Plafonds", "Délais") == 0


def test_a_wide_table_may_turn_the_page(tmp_path: Path) -> None:
    options = LargePrintOptions(landscape_tables=True)
    both = doc(p("Avant."), WIDE, WIDE, p("Après."), title="Essai")
    result = edition(tmp_path / "a", both, options)
    assert len(result.find("//w:tbl")) == 2
    turns = result.strings("//w:pgSz/@w:w")
    assert turns == ["11906", "16838", "16838", "11906"]
    assert len(result.find("//w:sectPr[w:footerReference]")) == 4
    alone = edition(tmp_path / "b", doc(WIDE, title=""), options)
    assert alone.strings("//w:pgSz/@w:w") == ["16838"]


def test_a_table_that_names_nothing_takes_its_first_row_as_head(tmp_path: Path) -> None:
    rows = ((cell("Ville"), cell("Jour")), (cell("Lyon"), cell("Lundi")))
    result = edition(tmp_path, doc(Table(rows), title="Essai"))
    assert len(result.find("//w:tr[w:trPr/w:tblHeader]")) == 1
    assert result.codes == ["LP-107"]
    assert result.check() == []


def test_rows_without_head_are_told_after_their_own_header(tmp_path: Path) -> None:
    rows = (
        (cell("Nom", header=True), cell("Durand")),
        (cell("Ville", header=True), cell(ul("Lyon", "Lille"))),
    )
    result = edition(tmp_path, doc(Table(rows), title="Essai"))
    assert not result.find("//w:tbl")
    assert result.lines()[1:] == ["Nom", "Durand", "Ville", "Lyon", "Lille"]


def test_a_picture_is_described_and_says_so_in_print(tmp_path: Path) -> None:
    one = asset(picture())
    result = edition(
        tmp_path,
        doc(
            figure(Image(one.digest, "Un cadre", "Un long récit."), "Figure 1"),
            title="E",
            assets=(one,),
        ),
    )
    assert result.strings("//wp:docPr/@descr") == ["Un cadre"]
    assert result.lines("Caption") == ["Figure 1"]
    assert result.lines("PictureDescription") == ["Image\u00a0: Un cadre"]
    assert result.lines("LongDescription") == ["Description\u00a0: Un long récit."]
    assert result.check() == []


def test_a_decorative_picture_says_nothing(tmp_path: Path) -> None:
    one = asset(picture())
    result = edition(tmp_path, doc(figure(Image(one.digest, "")), title="E", assets=(one,)))
    assert b"C183D7F6-B498-43B3-948B-1728B52AA6E4" in result.parts["word/document.xml"]
    assert result.lines("PictureDescription") == []
    assert result.check() == []


def test_a_picture_without_description_is_an_error(tmp_path: Path) -> None:
    one = asset(picture())
    result = edition(tmp_path, doc(figure(Image(one.digest, None)), title="E", assets=(one,)))
    assert [finding.code for finding in result.check()] == ["LP-050"]
    assert result.lines("PictureDescription") == ["Image sans description."]


@pytest.mark.parametrize(("data", "media_type"), [(EMF, "image/x-emf"), (WMF, "image/x-wmf")])
def test_a_metafile_leaves_its_description_and_is_reported_once(
    data: bytes, media_type: str, tmp_path: Path
) -> None:
    drawing = asset(data, media_type)
    source = doc(figure(Image(drawing.digest, "Le schéma")), title="Essai", assets=(drawing,))
    result = edition(tmp_path, source, LargePrintOptions(contents_pages="never"))
    assert result.codes == ["LP-101"]
    assert result.lines("AbsentPicture") == ["Image absente\u00a0: Le schéma"]
    assert result.check() == []


@pytest.mark.oracle
def test_libreoffice_draws_a_metafile_where_it_is(tmp_path: Path) -> None:
    program("soffice")
    drawing = asset(EMF, "image/x-emf")
    source = doc(figure(Image(drawing.digest, "Le schéma")), title="Essai", assets=(drawing,))
    result = edition(tmp_path, source)
    if result.codes:  # without its part for drawings it cannot
        assert result.codes == ["LP-101"]
        pytest.skip("LibreOffice Draw is not installed")
    assert result.strings("//wp:docPr/@descr") == ["Le schéma"]
    (name,) = [name for name in result.parts if name.startswith("word/media/")]
    shown = Pillow.open(io.BytesIO(result.parts[name]))
    assert any(shown.convert("L").histogram()[:128])  # the line is there


def test_a_lost_or_broken_picture_leaves_its_description(tmp_path: Path) -> None:
    broken = asset(b"no picture at all")
    cut = asset(picture()[:-40])
    result = edition(
        tmp_path,
        doc(
            figure(Image(None, "La photo perdue")),
            p("Voir ", Image(broken.digest, "Le schéma")),
            figure(Image(cut.digest, "Le plan")),
            title="E",
            assets=(broken, cut),
        ),
    )
    assert result.codes == ["LP-100", "LP-101", "LP-101"]
    assert result.lines("AbsentPicture") == [
        "Image absente\u00a0: La photo perdue",
        "Image absente\u00a0: Le schéma",
        "Image absente\u00a0: Le plan",
    ]


def _without_header() -> bytes:
    """A JPEG that begins with its quantisation tables, as some cameras and scanners write it."""
    data = picture("JPEG")
    length = int.from_bytes(data[4:6], "big")
    return data[:2] + data[4 + length :]


def _turned() -> bytes:
    stream = io.BytesIO()
    exif = Pillow.Exif()
    exif[0x0112] = 6
    Pillow.new("RGB", (100, 50), "red").save(stream, "JPEG", exif=exif)
    return stream.getvalue()


SVG = (
    b'<svg xmlns="http://www.w3.org/2000/svg" width="30" height="15">'
    b'<rect width="9" height="9"/><image href="/etc/passwd"/></svg>'
)


@pytest.mark.parametrize(
    ("data", "media_type", "kind", "is_high"),
    [
        (picture("JPEG", mode="CMYK"), "image/jpeg", "JPEG", False),
        (picture("WEBP"), "image/webp", "JPEG", False),
        (picture("GIF", mode="P"), "image/gif", "PNG", False),
        (picture("PNG", mode="RGBA"), "image/png", "PNG", False),
        (picture("PNG", mode="I;16"), "image/png", "PNG", False),
        (picture("TIFF", mode="1"), "image/tiff", "PNG", False),
        (picture("PNG", (4000, 90)), "image/png", "PNG", False),
        (_turned(), "image/jpeg", "JPEG", True),
        (_without_header(), "image/jpeg", "JPEG", False),
        (SVG, "image/svg+xml", "PNG", False),
    ],
)
def test_any_picture_becomes_an_upright_png_or_jpeg(
    tmp_path: Path, data: bytes, media_type: str, kind: str, *, is_high: bool
) -> None:
    one = asset(data, media_type)
    result = edition(tmp_path, doc(figure(Image(one.digest, "Mot")), title="E", assets=(one,)))
    (name,) = [name for name in result.parts if name.startswith("word/media/")]
    with Pillow.open(io.BytesIO(result.parts[name])) as image:
        assert image.format == kind
        assert image.mode in {"RGB", "L"}
        assert max(image.size) <= 1800
        assert (image.height > image.width) is is_high
    (width,) = result.strings("//wp:extent/@cx")
    assert int(width) <= 16 * 360_000


def chapter(number: int) -> tuple[Block, ...]:
    return (h(2, f"Chapitre {number}"), *[p(LOREM)] * 7)


def test_contents_come_with_length_and_lead_to_headings(tmp_path: Path) -> None:
    chapters = [block for number in range(6) for block in chapter(number)]
    options = LargePrintOptions(contents_pages="never")
    result = edition(tmp_path, doc(h(1, "Guide"), *chapters, title="Guide"), options)
    assert result.lines("TOC1") == [f"Chapitre {number}" for number in range(6)]
    anchors = result.strings("//w:sdt//w:hyperlink/@w:anchor")
    assert set(anchors) <= set(result.strings("//w:bookmarkStart/@w:name"))
    assert "TOC" in " ".join(result.strings("//w:instrText/text()"))
    assert result.check() == []


def test_contents_can_be_asked_for_or_refused(tmp_path: Path) -> None:
    options = LargePrintOptions(contents="always", contents_pages="never")
    always = edition(tmp_path / "a", sound(), options)
    never = edition(tmp_path / "b", sound(), LargePrintOptions(contents="never"))
    assert always.lines("TOC1") == ["Démarches"]
    assert not never.find("//w:sdt")


def test_a_title_that_no_heading_says_is_printed_once(tmp_path: Path) -> None:
    made = edition(
        tmp_path / "a", doc(p("Mot."), title="Le guide", authors=("A", "B"), published="2024-05-02")
    )
    assert made.lines()[:3] == ["Le guide", "A, B", "2024-05-02"]
    assert "2024-05-02" in made.parts["docProps/core.xml"].decode()
    assert edition(tmp_path / "b", sound()).lines().count("Guide") == 1


def test_the_fonts_are_embedded_and_survive_a_save_by_python_docx(tmp_path: Path) -> None:
    result = edition(tmp_path, sound())
    word = docx.Document(str(result.path))
    word.save(str(tmp_path / "again.docx"))
    face = family("Atkinson Hyperlegible")
    with zipfile.ZipFile(tmp_path / "again.docx") as archive:
        for number, one in enumerate((face.regular, face.bold), 1):
            data = archive.read(f"word/fonts/font{number}.odttf")
            key = one.key.bytes[::-1] * 2
            assert bytes(a ^ b for a, b in zip(data[:32], key, strict=True)) + data[32:] == one.data
            assert str(one.key).upper() in archive.read("word/fontTable.xml").decode()
    assert uuid.UUID(bytes=hashlib.sha256(face.bold.data).digest()[:16], version=4) == face.bold.key


def test_another_font_comes_from_a_folder(tmp_path: Path) -> None:
    import fontpkg_atkinson_hyperlegible as package

    source = Path(package.__file__).parent / "files"
    folder = tmp_path / "fonts"
    folder.mkdir()
    (folder / "a.ttf").write_bytes((source / "AtkinsonHyperlegible-Regular.ttf").read_bytes())
    (folder / "broken.ttf").write_bytes(b"nothing")
    (folder / "note.txt").write_text("rien")
    options = LargePrintOptions(font_dir=str(folder))
    assert edition(tmp_path, sound(), options).path.exists()
    with pytest.raises(MissingError, match="large-print-font-missing"):
        edition(tmp_path, sound(), LargePrintOptions(font_dir=str(folder), font_family="Luciole"))
    with pytest.raises(MissingError, match="large-print-font-dir"):
        edition(tmp_path, sound(), LargePrintOptions(font_family="Luciole"))


def test_a_family_is_known_by_its_weights_whatever_its_styles_are_called(tmp_path: Path) -> None:
    from fontTools.ttLib import TTFont

    def design(file: str, style: str, **measures: int) -> None:
        with TTFont(packaged()[0]) as font:
            for key, words in ((1, "Plume"), (16, "Plume"), (2, style), (17, style)):
                font["name"].setName(words, key, 3, 1, 0x409)
                font["name"].setName(words, key, 1, 0, 0)
            font["OS/2"].fsSelection = 0
            for name, value in measures.items():
                setattr(font["OS/2"], name, value)
            font.save(tmp_path / file)

    design("a.ttf", "Oblique", fsSelection=1)
    design("b.ttf", "ExtraLight", usWeightClass=200)
    design("c.ttf", "Condensed", usWidthClass=3)
    design("d.ttf", "Book")
    design("e.ttf", "Heavy", usWeightClass=900)
    design("f.ttf", "Demi", usWeightClass=600)
    found = family("Plume", str(tmp_path))
    assert found.regular.data == (tmp_path / "d.ttf").read_bytes()
    assert found.bold.data == (tmp_path / "f.ttf").read_bytes()


def test_small_letters_have_wider_margins_and_no_longer_lines(tmp_path: Path) -> None:
    def margins(size: int) -> set[str]:
        made = edition(tmp_path / str(size), sound(), LargePrintOptions(size_pt=size))
        return set(made.strings("//w:pgMar/@w:left"))

    assert margins(18) == margins(28) == {"1418"}
    assert margins(16) == {"1651"}


@pytest.mark.parametrize("name", sorted(THEMES))
def test_every_theme_has_strong_contrast(tmp_path: Path, name: str) -> None:
    theme = THEMES[name]
    assert contrast(theme.text, theme.background) >= MINIMUM_CONTRAST
    assert contrast(theme.link, theme.background) >= MINIMUM_CONTRAST
    options = LargePrintOptions(theme=name)  # type: ignore[arg-type]  # one of the choices
    result = edition(tmp_path, sound(), options)
    assert result.check() == []
    assert len(result.find("//w:background")) == (name != "black-on-white")


def _template(folder: Path, colour: str) -> str:
    word = docx.Document()
    word.styles["Heading 1"].font.color.rgb = docx.shared.RGBColor.from_string(colour)
    header = word.sections[0].header.paragraphs[0]
    header.text = "Mutuelle Exemple"
    header.add_run().add_picture(io.BytesIO(picture()))
    path = folder / f"charte-{colour}.docx"
    word.save(str(path))
    return str(path)


def test_a_template_lends_its_header_and_readable_colours(tmp_path: Path) -> None:
    dark = edition(tmp_path, sound(), LargePrintOptions(template=_template(tmp_path, "003366")))
    colours = dark.strings("//w:style[@w:styleId='Heading1']//w:color/@w:val", "word/styles.xml")
    assert colours == ["003366"]
    header = next(name for name in dark.parts if name.startswith("word/header"))
    assert b"Mutuelle" in dark.parts[header]
    assert dark.find("//w:drawing", header)
    assert dark.check() == []
    pale = edition(tmp_path, sound(), LargePrintOptions(template=_template(tmp_path, "99CCFF")))
    assert pale.codes == ["LP-108"]


def test_a_letterhead_in_a_table_on_the_first_page_alone_is_taken_whole(tmp_path: Path) -> None:
    word = docx.Document()
    section = word.sections[0]
    section.different_first_page_header_footer = True
    section.first_page_header.is_linked_to_previous = False
    row = section.first_page_header.add_table(1, 2, docx.shared.Cm(16)).rows[0]
    row.cells[0].paragraphs[0].add_run().add_picture(io.BytesIO(picture()))
    row.cells[1].text = "Mutuelle Exemple"
    words = row.cells[1].add_paragraph("12 rue Haute, page ")
    for kind, text in (("begin", ""), ("separate", "9"), ("end", "")):
        run = words.add_run(text)
        mark = OxmlElement("w:fldChar")
        mark.set(qn("w:fldCharType"), kind)
        run._r.insert(0, mark)
    base = word.styles.add_style("Titre de la charte", 1)
    base.font.color.rgb = docx.shared.RGBColor.from_string("003366")
    word.styles["Heading 1"].base_style = base
    color = word.styles["Heading 1"].element.rPr.find(qn("w:color"))
    color.getparent().remove(color)
    word.save(str(tmp_path / "charte.docx"))
    made = edition(tmp_path, sound(), LargePrintOptions(template=str(tmp_path / "charte.docx")))
    header = next(name for name in made.parts if name.startswith("word/header"))
    text = " ".join("".join(made.strings("//w:t/text()", header)).split())
    assert text == "Mutuelle Exemple 12 rue Haute, page"
    assert len(made.find("//w:drawing", header)) == 1
    colours = made.strings("//w:style[@w:styleId='Heading1']//w:color/@w:val", "word/styles.xml")
    assert colours == ["003366"]
    assert made.check() == []


def test_a_template_that_does_not_open_is_said(tmp_path: Path) -> None:
    (tmp_path / "x.docx").write_text("rien")
    with pytest.raises(ConfigurationError, match="large-print-template"):
        edition(tmp_path, sound(), LargePrintOptions(template=str(tmp_path / "x.docx")))


def test_an_unknown_format_is_said(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="large-print-format"):
        edition(tmp_path, sound(), LargePrintOptions(formats=("docx", "epub")))


def test_without_libreoffice_what_needs_it_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    backend = LargePrintBackend()
    assert list(backend.missing(LargePrintOptions())) == []
    (needed,) = backend.missing(LargePrintOptions(formats=("pdf",)))
    (useful,) = backend.missing(LargePrintOptions(contents_pages="always"))
    assert (needed.required, useful.required) == (True, False)
    result = edition(tmp_path, sound(), LargePrintOptions(contents_pages="always"))
    assert result.codes == []
    always = LargePrintOptions(contents="always", contents_pages="always")
    assert edition(tmp_path, sound(), always).codes == ["LP-109"]
    with pytest.raises(MissingError, match="libreoffice-missing"):
        edition(tmp_path, sound(), LargePrintOptions(formats=("pdf",)))
    options = LargePrintOptions(render_check=True)
    assert [one.code for one in backend.check(result.artifacts, None, options)] == ["LP-086"]


def test_a_broken_file_is_a_finding(tmp_path: Path) -> None:
    (tmp_path / "x.docx").write_text("rien")
    with zipfile.ZipFile(tmp_path / "y.docx", "w") as archive:
        archive.writestr("a.txt", "rien")
    from ess_access.backends.large_print.checks import check_docx

    for name in ("x.docx", "y.docx", "z.docx"):
        assert [one.code for one in check_docx(tmp_path / name, None)] == ["LP-090"]


def test_an_empty_body_is_a_finding_and_a_picture_alone_is_none(tmp_path: Path) -> None:
    from ess_access.backends.large_print.checks import check_docx

    path = tmp_path / "x.docx"
    word = docx.Document()
    word.sections[0].header.paragraphs[0].text = "Entête"
    word.add_paragraph(" ")
    word.save(str(path))
    assert "LP-092" in [one.code for one in check_docx(path, None)]
    word.add_picture(io.BytesIO(picture()))
    word.save(str(path))
    assert "LP-092" not in [one.code for one in check_docx(path, None)]
    path.write_bytes(b"")
    assert [one.code for one in check_docx(path, None)] == ["LP-092"]


def test_a_sign_replaced_by_letters_is_no_lost_word(tmp_path: Path) -> None:
    assert edition(tmp_path, doc(p("Le \u2116 12 et le n\u00ba 3"), title="Essai")).check() == []


def test_a_picture_stays_with_what_is_said_of_it(tmp_path: Path) -> None:
    drawing = asset(picture())
    image = Image(drawing.digest, "Un cadre", "Au long.")
    result = edition(
        tmp_path,
        doc(
            figure(image, "Figure 1"),
            p(link("https://exemple.org", image), " et la suite"),
            ul((figure(image),)),
            title="Essai",
            assets=(drawing,),
        ),
    )
    following: list[str] = result.strings(
        "//w:p[not(w:pPr/w:keepNext) and not(w:pPr/w:keepLines)]/w:pPr/w:pStyle/@w:val"
    )
    assert "ListBullet" not in following
    lines = result.find("//w:p[w:pPr/w:keepNext]")
    held = ["".join(line.itertext(f"{W}t")) for line in lines]
    assert held.count("Figure 1") == 1
    assert held.count("Image\u00a0: Un cadre") == 3
    assert any(line.endswith("et la suite") for line in held)


def test_a_line_of_emphasis_is_no_heading_for_being_bold(tmp_path: Path) -> None:
    said = doc(
        p(em("Lyon, le 3 mai")), p(LOREM), p(strong("Nos horaires")), p(LOREM), title="Essai"
    )
    findings = edition(tmp_path, said).check()
    assert [(one.code, one.params["excerpt"]) for one in findings] == [("LP-031", "Nos horaires")]


def test_lost_words_and_pictures_are_errors(tmp_path: Path) -> None:
    made = edition(tmp_path, sound())
    other = doc(
        p("Des mots jamais imprimés."), figure(Image("x", "y")), h(1, "a"), h(2, "b"), h(2, "c")
    )
    findings = list(LargePrintBackend().check(made.artifacts, other, LargePrintOptions()))
    assert {one.code for one in findings} == {"LP-070", "LP-071"}


def test_the_fingerprint_names_font_template_and_libraries(tmp_path: Path) -> None:
    backend = LargePrintBackend()
    plain = backend.fingerprint(LargePrintOptions())
    assert "python-docx" in plain
    template = LargePrintOptions(template=_template(tmp_path, "003366"))
    assert backend.fingerprint(template) != plain


def test_every_option_has_its_sentence() -> None:
    for language in LANGUAGES:
        for field in dataclasses.fields(LargePrintOptions):
            assert catalogue(language).knows(option_doc(field))


def test_loading_the_backend_loads_no_heavy_library() -> None:
    code = (
        "import sys, ess_access.backends.large_print\n"
        "print([name for name in ('docx', 'lxml', 'PIL', 'fontTools') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def everything() -> Document:
    one = asset(picture())
    return doc(
        h(1, "Guide"),
        p("Un mot", note("Une note.", ul("un")), " et ", Script("super", (Text("er"),)), "."),
        p(link("https://exemple.org", "site"), " ", link("#fin", "fin"), " ", lang("en", "a word")),
        dl(("Terme", (p("Sens."), ul("un", "deux")))),
        quote("Cité.", ul("dans"), CodeBlock("x")),
        Division("note", "en", (), (p("Boxed."), table(("a", "b"), ("c", "d")))),
        ol("un", (p("deux"), quote("cité"), dl(("a", "b")), CodeBlock("y"))),
        WIDE,
        table(("Garantie", "Taux"), ("Optique", cell(ul("80 %", "90 %"))), caption="Taux"),
        figure(Image(one.digest, "Un cadre"), "Figure"),
        figure(Image(one.digest, "")),
        Rule(),
        PageBreak(),
        table(("Garantie", "Taux"), ("Optique", "80 %")),
        h(2, "Fin", id="fin"),
        title="Autre titre",
        authors=("A",),
        assets=(one,),
    )


@pytest.mark.parametrize(
    "options",
    [
        LargePrintOptions(),
        LargePrintOptions(contents="always", header=True, landscape_tables=True, size_pt=28),
        LargePrintOptions(theme="yellow-on-black", letter_spacing_pt=1.0, word_spacing_pt=2.0),
    ],
)
def test_an_edition_has_no_schema_defect(tmp_path: Path, options: LargePrintOptions) -> None:
    made = edition(tmp_path, everything(), options)
    result = OpenXmlValidator().validate(str(made.path))
    assert [str(error) for error in result.errors] == []
    assert {one.code for one in made.check()} <= {"LP-061"}
