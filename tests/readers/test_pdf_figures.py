"""Figures that a tagged PDF does not tie to its content keep their descriptions."""

import io
import random
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import docx as word
import pytest
from PIL import Image as Picture
from pypdf import PdfWriter
from pypdf.generic import (
    ArrayObject,
    DecodedStreamObject,
    DictionaryObject,
    FloatObject,
    NameObject,
    NumberObject,
    TextStringObject,
)

from ess_access.api.reader import Reading
from ess_access.document.nodes import Figure, Image, PageMark, Paragraph
from ess_access.document.walk import inlines_in, words
from ess_access.errors import EssAccessError
from office_files import codes, read_pdf, shown
from support import program

Box = tuple[float, float, float, float]
LEFT: Box = (72, 500, 272, 600)
RIGHT: Box = (300, 500, 500, 600)
LINES = ("Voici les deux plans de la maison et de son jardin.", "Puis la suite du texte.")


def dictionary(**values: Any) -> DictionaryObject:
    return DictionaryObject({NameObject(f"/{key}"): value for key, value in values.items()})


def name(text: str) -> NameObject:
    return NameObject(f"/{text}")


def numbers(values: Sequence[float]) -> ArrayObject:
    return ArrayObject(FloatObject(value) for value in values)


def figure(writer: PdfWriter, alt: str, box: Box | None) -> Any:
    made = dictionary(Type=name("StructElem"), S=name("Illustration"))
    if alt:
        made[name("Alt")] = TextStringObject(alt)
    if box:
        made[name("A")] = dictionary(O=name("Layout"), BBox=numbers(box))
    return writer._add_object(made)


def printed(
    pictures: Sequence[Box], figures: Sequence[tuple[str, Box | None]], password: str | None = None
) -> bytes:
    """Make a page of two tagged paragraphs; the pictures are drawn outside any marked content.

    The first paragraph is at the head of the tree, the figures follow, then the second.
    """
    writer = PdfWriter()
    page = writer.add_blank_page(595, 842)
    drawn: dict[str, Any] = {}
    content = [f"/P << /MCID 0 >> BDC {shown(LINES[0], 72, 760)} EMC"]
    for number, (left, bottom, right, upper) in enumerate(pictures):
        stream = DecodedStreamObject()
        stream.set_data(bytes([40 * number] * 4))
        stream.update(
            dictionary(
                Type=name("XObject"),
                Subtype=name("Image"),
                Width=NumberObject(2),
                Height=NumberObject(2),
                ColorSpace=name("DeviceGray"),
                BitsPerComponent=NumberObject(8),
            )
        )
        drawn[f"Im{number}"] = writer._add_object(stream)
        size = f"{right - left} 0 0 {upper - bottom}"
        content.append(f"/Artifact BMC q {size} {left} {bottom} cm /Im{number} Do Q EMC")
    content.append(f"/P << /MCID 1 >> BDC {shown(LINES[1], 72, 400)} EMC")
    words_of_page = DecodedStreamObject()
    words_of_page.set_data("\n".join(content).encode("cp1252"))
    page[name("Contents")] = writer._add_object(words_of_page)
    font = dictionary(
        Type=name("Font"),
        Subtype=name("Type1"),
        BaseFont=name("Helvetica"),
        Encoding=name("WinAnsiEncoding"),
    )
    page[name("Resources")] = dictionary(Font=dictionary(F1=font), XObject=dictionary(**drawn))
    page[name("StructParents")] = NumberObject(0)
    paragraphs = [
        writer._add_object(
            dictionary(
                Type=name("StructElem"), S=name("P"), Pg=page.indirect_reference, K=NumberObject(n)
            )
        )
        for n in range(2)
    ]
    kids = [paragraphs[0], *(figure(writer, *one) for one in figures), paragraphs[1]]
    parents = dictionary(Nums=ArrayObject([NumberObject(0), ArrayObject(paragraphs)]))
    tree = dictionary(
        Type=name("StructTreeRoot"),
        ParentTree=writer._add_object(parents),
        RoleMap=dictionary(Illustration=name("Figure")),
    )
    root = writer._add_object(tree)
    top = writer._add_object(
        dictionary(Type=name("StructElem"), S=name("Document"), P=root, K=ArrayObject(kids))
    )
    for kid in kids:
        kid.get_object()[name("P")] = top
    tree[name("K")] = top
    writer.root_object[name("StructTreeRoot")] = root
    writer.root_object[name("MarkInfo")] = dictionary(Marked=NumberObject(1))
    writer.root_object[name("Lang")] = TextStringObject("fr")
    if password is not None:
        writer.encrypt(user_password=password, owner_password="maître", algorithm="RC4-128")
    buffer = io.BytesIO()
    writer.write(buffer)
    return buffer.getvalue()


def outline(reading: Reading) -> list[str | None]:
    """List the descriptions, with ``¶`` for a paragraph and a star for a picture with bytes."""
    found: list[str | None] = []
    for block in reading.document.children:
        match block:
            case Figure(Image(asset, alt)):
                found.append(alt and alt + "*" * bool(asset))
            case Paragraph():
                found.append("¶")
    return found


def test_figures_are_matched_by_their_place() -> None:
    data = printed([LEFT, RIGHT], [("À droite", RIGHT), ("À gauche", LEFT)])
    reading = read_pdf(data)
    assert outline(reading) == ["¶", "À droite*", "À gauche*", "¶"]
    assert not {"SRC-003", "SRC-077", "SRC-078"} & set(codes(reading))
    shades = {asset.data for asset in reading.document.assets.values()}
    assert len(shades) == 2


def test_figures_without_a_place_are_matched_by_order_when_there_are_as_many() -> None:
    reading = read_pdf(printed([LEFT, RIGHT], [("Un", None), ("Deux", None)]))
    assert outline(reading) == ["¶", "Un*", "Deux*", "¶"]
    assert "SRC-077" not in codes(reading)


def test_a_description_is_never_put_on_a_doubtful_picture() -> None:
    reading = read_pdf(printed([LEFT, RIGHT], [("Un", None)]))
    assert outline(reading) == ["¶", "Un", "¶", None, None]
    found = next(one for one in reading.findings if one.code == "SRC-077")
    assert found.params == {"figures": 1, "pictures": 2}
    assert found.at is not None
    assert found.at.page == 1


def test_a_figure_drawn_with_lines_keeps_its_description() -> None:
    reading = read_pdf(printed([], [("Un schéma", LEFT)]))
    assert outline(reading) == ["¶", "Un schéma", "¶"]
    assert "SRC-077" not in codes(reading)


def test_a_figure_without_description_still_says_where_its_picture_stands() -> None:
    reading = read_pdf(printed([LEFT], [("", LEFT)]))
    assert outline(reading) == ["¶", None, "¶"]
    assert "SRC-003" in codes(reading)


def test_a_picture_cut_into_strips_is_one_figure() -> None:
    left, bottom, right, top = LEFT
    strips: list[Box] = [(left, bottom + 25 * n, right, bottom + 25 * (n + 1)) for n in range(4)]
    reading = read_pdf(printed(strips, [("Une photo", (left, bottom, right, top))]))
    assert outline(reading) == ["¶", "Une photo*", "¶"]


def test_a_file_locked_without_a_password_is_read_too() -> None:
    reading = read_pdf(printed([LEFT], [("Un plan", LEFT)], password=""))
    assert outline(reading) == ["¶", "Un plan*", "¶"]


def test_a_tree_that_cannot_be_read_again_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise ValueError("damaged")

    data = printed([LEFT], [("Un plan", LEFT)])
    monkeypatch.setattr("pypdf.PdfReader.__init__", fail)
    reading = read_pdf(data)
    assert {"SRC-003", "SRC-078"} <= set(codes(reading))
    assert outline(reading) == ["¶", "¶", None]


def test_what_a_machine_described_is_said() -> None:
    reading = read_pdf(printed([LEFT], [("Un plan Description générée automatiquement", LEFT)]))
    assert outline(reading) == ["¶", "Un plan*", "¶"]
    assert "SRC-058" in codes(reading)


def test_a_page_that_begins_with_a_figure_is_marked() -> None:
    reading = read_pdf(printed([LEFT], [("Un plan", LEFT)]))
    marks = [n.label for n in inlines_in(reading.document.children) if isinstance(n, PageMark)]
    assert marks == ["1"]


def _survives(data: bytes, seed: int) -> bool:
    chance = random.Random(seed)
    spoilt = bytearray(data)
    for _ in range(chance.randint(1, 12)):
        spoilt[chance.randrange(len(spoilt))] = chance.randrange(256)
    try:
        return bool(read_pdf(bytes(spoilt)).document.children)
    except EssAccessError:
        return True


def test_spoilt_trees_are_read_or_refused() -> None:
    data = printed([LEFT, RIGHT], [("À droite", RIGHT), ("À gauche", None)])
    assert all(_survives(data, seed) for seed in range(100))


@pytest.mark.e2e
def test_two_thousand_spoilt_trees_are_read_or_refused() -> None:
    data = printed([LEFT, RIGHT], [("À droite", RIGHT), ("À gauche", None)])
    assert all(_survives(data, seed) for seed in range(2000))


def described_docx(folder: Path) -> Path:
    """Write a Word document with two described pictures, one between words."""
    document = word.Document()
    document.core_properties.language = "fr"
    document.add_heading("Guide", 1)
    document.add_paragraph("Un premier paragraphe avec des mots.")
    alone = document.add_paragraph().add_run()
    amid = document.add_paragraph("Avant ")
    for number, place in enumerate((alone, amid.add_run())):
        buffer = io.BytesIO()
        Picture.new("RGB", (40, 30), ("red", "blue")[number]).save(buffer, "PNG")
        buffer.seek(0)
        shape = place.add_picture(buffer, width=word.shared.Cm(4))
        shape._inline.docPr.set("descr", ("Un plan du quartier", "La façade, vue d’été")[number])
    amid.add_run(" après.")
    path = folder / "two.docx"
    document.save(str(path))
    return path


@pytest.mark.oracle
def test_what_libreoffice_prints_keeps_its_descriptions(tmp_path: Path) -> None:
    soffice = program("soffice")
    path = described_docx(tmp_path)
    tagged = 'pdf:writer_pdf_Export:{"UseTaggedPDF":{"type":"boolean","value":"true"}}'
    subprocess.run(
        [
            soffice,
            f"-env:UserInstallation={tmp_path.as_uri()}/profile",
            "--headless",
            "--convert-to",
            tagged,
            "--outdir",
            str(tmp_path),
            str(path),
        ],
        check=True,
        capture_output=True,
        timeout=120,
    )
    reading = read_pdf((tmp_path / "two.pdf").read_bytes())
    images = [n for n in inlines_in(reading.document.children) if isinstance(n, Image)]
    images += [b.image for b in reading.document.children if isinstance(b, Figure)]
    assert {image.alt for image in images} == {"Un plan du quartier", "La façade, vue d’été"}
    assert len({image.asset for image in images}) == 2
    assert not {"SRC-003", "SRC-077", "SRC-078"} & set(codes(reading))
    assert "Avant" in " ".join(words(reading.document))
