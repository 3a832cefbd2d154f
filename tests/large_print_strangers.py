"""A sound large-print document that python-docx made, without a line of ours, to be spoiled."""

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import docx
from docx.enum.text import WD_LINE_SPACING
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm, Pt

from large_print_samples import LOREM, picture

__all__ = ["Spoil", "add_link", "saved", "sound_word", "sprout", "xml"]

Spoil = Callable[[Any], None]
_SPACES = " ".join(
    (
        nsdecls("w", "wp", "a", "pic", "r"),
        'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"',
        'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"',
        'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"',
    )
)


def xml(text: str) -> Any:
    """Parse XML; the root declares every prefix that Word uses."""
    end = min(place for place in (text.find(" "), text.find(">"), text.find("/")) if place > 0)
    return parse_xml(f"{text[:end]} {_SPACES}{text[end:]}")


def sprout(parent: Any, name: str, **attributes: str) -> Any:
    """Append an element of Word's own namespace."""
    element = OxmlElement(f"w:{name}")
    for key, value in attributes.items():
        element.set(qn(f"w:{key}"), value)
    parent.append(element)
    return element


def add_link(paragraph: Any, words: str, address: str = "https://exemple.org/droits") -> None:
    """Append a link as Word writes it."""
    key = paragraph.part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
    link = xml(
        f'<w:hyperlink r:id="{key}"><w:r><w:rPr><w:rStyle w:val="Hyperlink"/></w:rPr>'
        f"<w:t>{words}</w:t></w:r></w:hyperlink>"
    )
    paragraph._p.append(link)


def _styles(word: Any) -> None:
    for style in word.styles:
        if style.type != 1:
            continue
        style.font.name = "Arial"
        fonts = style.element.rPr.rFonts
        for key in [key for key in fonts.attrib if str(key).endswith("Theme")]:
            del fonts.attrib[key]
        style.font.italic = style.font.all_caps = style.font.underline = None
        style.font.size = max(style.font.size or Pt(18), Pt(18))
        spacing = style.paragraph_format
        spacing.line_spacing_rule, spacing.line_spacing = WD_LINE_SPACING.MULTIPLE, 1.2
        spacing.space_after, spacing.keep_with_next = Pt(18), style.name.startswith("Heading")
        style.font.color.rgb = None
        color = style.element.rPr.find(qn("w:color"))
        if color is not None:
            style.element.rPr.remove(color)
    word.styles.element.append(
        xml(
            '<w:style w:type="character" w:styleId="Hyperlink"><w:name w:val="Hyperlink"/><w:rPr>'
            '<w:color w:val="0000C0"/><w:u w:val="single"/></w:rPr></w:style>'
        )
    )


def sound_word() -> Any:
    """Make the sound document: python-docx's, with headings, a list, a table, a picture, a link."""
    word = docx.Document()
    _styles(word)
    section = word.sections[0]
    section.bottom_margin = Cm(2.51)
    section.left_margin = section.right_margin = section.top_margin = Cm(2.51)
    word.core_properties.title = "Guide"
    word.core_properties.language = "fr-FR"
    language = word.styles.element.find(f"{qn('w:docDefaults')}//{qn('w:lang')}")
    language.set(qn("w:val"), "fr-FR")
    word.add_heading("Guide des garanties", 1)
    word.add_paragraph(LOREM)
    word.add_paragraph(LOREM)
    word.add_heading("Démarches", 2)
    word.add_paragraph("Écrire à la mutuelle", style="List Bullet")
    word.add_paragraph("Joindre la facture", style="List Bullet")
    _add_table(word)
    word.add_paragraph("Après le tableau vient une image.")
    run = word.add_paragraph().add_run()
    run.add_picture(io.BytesIO(picture()))
    next(run._r.iter(qn("wp:docPr"))).set("descr", "Un cadre noir sur fond blanc.")
    add_link(word.add_paragraph("Voir "), "vos droits")
    word.add_paragraph("Une dernière phrase.")
    return word


def _add_table(word: Any) -> None:
    table = word.add_table(2, 2)
    table.style = word.styles["Table Grid"]
    for cell, words in zip(
        (cell for row in table.rows for cell in row.cells),
        ("Garantie", "Taux", "Optique", "80 %"),
        strict=True,
    ):
        cell.text = words
    for number, row in enumerate(table.rows):
        properties = row._tr.get_or_add_trPr()
        sprout(properties, "cantSplit")
        if not number:
            sprout(properties, "tblHeader")


def saved(folder: Path, spoil: Spoil | None = None) -> Path:
    """Save the sound document, spoiled if one says how."""
    word = sound_word()
    if spoil is not None:
        spoil(word)
    path = folder / "autre.docx"
    word.save(str(path))
    return path
