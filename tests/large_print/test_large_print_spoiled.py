"""Documents of other programs, each spoiled in one way, raise their own finding and no other."""

import re
import subprocess
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_COLOR_INDEX, WD_LINE_SPACING
from docx.oxml.ns import qn
from docx.shared import Pt, RGBColor

from ess_access.backends.large_print.checks import check_docx
from ess_access.locale import catalogue
from large_print_samples import LOREM, picture
from large_print_strangers import Spoil, add_link, saved, sprout, xml
from support import program

CASES: dict[str, tuple[str, Spoil]] = {}


def spoils(code: str) -> Callable[[Spoil], Spoil]:
    """Register a way to spoil a document, and the finding that it must raise."""

    def registered(spoil: Spoil) -> Spoil:
        CASES[spoil.__name__] = (code, spoil)
        return spoil

    return registered


def body_paragraph(word: Any) -> Any:
    return word.paragraphs[1]


def inserted(word: Any, text: str) -> None:
    """Put XML before the last paragraph."""
    word.paragraphs[-1]._p.addprevious(xml(text))


def new_style(word: Any, name: str, *, of: str = "Normal", kind: Any = None) -> Any:
    style = word.styles.add_style(name, kind or WD_STYLE_TYPE.PARAGRAPH)
    if kind is None:
        style.base_style = word.styles[of]
    return style


# --- letters ------------------------------------------------------------------------------


@spoils("LP-001")
def small_text_on_a_run(word: Any) -> None:
    body_paragraph(word).runs[0].font.size = Pt(12)


@spoils("LP-001")
def small_text_by_a_style_based_on_a_style(word: Any) -> None:
    new_style(word, "Petit").font.size = Pt(12)
    body_paragraph(word).style = new_style(word, "Plus petit", of="Petit")


@spoils("LP-001")
def small_text_by_the_defaults(word: Any) -> None:
    defaults = word.styles.element.find(f"{qn('w:docDefaults')}//{qn('w:rPr')}")
    for size in defaults.findall(qn("w:sz")):
        size.set(qn("w:val"), "24")
    style = new_style(word, "Sans taille")
    style.base_style = None
    style.font.name = "Arial"
    style.paragraph_format.space_after = Pt(18)
    style.paragraph_format.line_spacing = 1.2
    body_paragraph(word).style = style


@spoils("LP-001")
def small_text_by_a_linked_character_style(word: Any) -> None:
    new_style(word, "Petit car", kind=WD_STYLE_TYPE.CHARACTER).font.size = Pt(11)
    body_paragraph(word).runs[0].style = "Petit car"


@spoils("LP-001")
def a_tiny_footer(word: Any) -> None:
    paragraph = word.sections[0].footer.paragraphs[0]
    paragraph.add_run("Page de la mutuelle").font.size = Pt(8)


@spoils("LP-001")
def small_words_in_a_table(word: Any) -> None:
    word.tables[0].cell(1, 0).paragraphs[0].runs[0].font.size = Pt(10)


@spoils("LP-002")
def a_serif_face(word: Any) -> None:
    body_paragraph(word).runs[0].font.name = "Times New Roman"


@spoils("LP-002")
def a_serif_face_by_the_theme(word: Any) -> None:
    fonts = body_paragraph(word).runs[0]._r.get_or_add_rPr().get_or_add_rFonts()
    fonts.set(qn("w:asciiTheme"), "minorHAnsi")  # Cambria, in python-docx's theme


@spoils("LP-003")
def a_face_that_is_not_embedded(word: Any) -> None:
    body_paragraph(word).runs[0].font.name = "Luciole"


@spoils("LP-006")
def italics_on_a_run(word: Any) -> None:
    body_paragraph(word).runs[0].italic = True


@spoils("LP-006")
def italics_by_a_paragraph_style(word: Any) -> None:
    new_style(word, "Penché").font.italic = True
    body_paragraph(word).style = new_style(word, "Penché aussi", of="Penché")


@spoils("LP-006")
def italics_by_a_character_style(word: Any) -> None:
    new_style(word, "Accent", kind=WD_STYLE_TYPE.CHARACTER).font.italic = True
    body_paragraph(word).runs[0].style = "Accent"


@spoils("LP-006")
def italics_by_the_defaults(word: Any) -> None:
    sprout(word.styles.element.find(f"{qn('w:docDefaults')}//{qn('w:rPr')}"), "i")


@spoils("LP-006")
def italics_by_the_style_of_a_table(word: Any) -> None:
    style = word.styles["Table Grid"].element
    sprout(sprout(style, "rPr"), "i")


@spoils("LP-007")
def an_underlined_word(word: Any) -> None:
    body_paragraph(word).runs[0].underline = True


@spoils("LP-007")
def words_underlined_by_a_style(word: Any) -> None:
    new_style(word, "Souligné").font.underline = True
    body_paragraph(word).style = "Souligné"


@spoils("LP-008")
def capitals_by_a_style(word: Any) -> None:
    new_style(word, "Capitales").font.all_caps = True
    body_paragraph(word).style = "Capitales"


@spoils("LP-008")
def small_capitals(word: Any) -> None:
    body_paragraph(word).runs[0].font.small_caps = True


@spoils("LP-009")
def typed_capitals(word: Any) -> None:
    body_paragraph(word).runs[0].text = "LES DOSSIERS SONT REÇUS AU GUICHET CHAQUE MATIN."


@spoils("LP-013")
def pale_letters(word: Any) -> None:
    body_paragraph(word).runs[0].font.color.rgb = RGBColor(0xA6, 0xA6, 0xA6)


@spoils("LP-013")
def pale_letters_by_the_theme_alone(word: Any) -> None:
    color = sprout(body_paragraph(word).runs[0]._r.get_or_add_rPr(), "color", val="auto")
    color.set(qn("w:themeColor"), "background1")
    color.set(qn("w:themeShade"), "A6")


@spoils("LP-013")
def pale_letters_by_a_tint_of_the_theme(word: Any) -> None:
    color = sprout(body_paragraph(word).runs[0]._r.get_or_add_rPr(), "color", val="auto")
    color.set(qn("w:themeColor"), "text1")
    color.set(qn("w:themeTint"), "80")


@spoils("LP-013")
def a_dark_highlight(word: Any) -> None:
    body_paragraph(word).runs[0].font.highlight_color = WD_COLOR_INDEX.BLUE
    body_paragraph(word).runs[0].font.color.rgb = RGBColor(0, 0, 0)


@spoils("LP-013")
def a_dark_paragraph(word: Any) -> None:
    properties = body_paragraph(word)._p.get_or_add_pPr()
    properties.insert_element_before(
        xml('<w:shd w:val="clear" w:fill="404040"/>'), "w:spacing", "w:ind", "w:jc"
    )
    body_paragraph(word).runs[0].font.color.rgb = RGBColor(0x20, 0x20, 0x20)


@spoils("LP-013")
def a_paragraph_on_a_shade_of_the_theme(word: Any) -> None:
    properties = body_paragraph(word)._p.get_or_add_pPr()
    properties.append(
        xml('<w:shd w:val="clear" w:fill="auto" w:themeFill="text2" w:themeFillShade="BF"/>')
    )
    body_paragraph(word).runs[0].font.color.rgb = RGBColor(0, 0, 0)


@spoils("LP-013")
def a_dark_cell(word: Any) -> None:
    cell = word.tables[0].cell(0, 0)
    cell._tc.get_or_add_tcPr().append(xml('<w:shd w:val="clear" w:fill="1F497D"/>'))
    cell.paragraphs[0].runs[0].font.color.rgb = RGBColor(0, 0, 0)


@spoils("LP-014")
def a_raised_note_mark(word: Any) -> None:
    body_paragraph(word).add_run("er").font.superscript = True


# --- lines, paragraphs, pages -------------------------------------------------------------


@spoils("LP-001")
def a_small_sign_of_a_symbol_font(word: Any) -> None:
    run = xml(
        '<w:r><w:rPr><w:sz w:val="20"/></w:rPr><w:sym w:font="Wingdings" w:char="F0FC"/></w:r>'
    )
    body_paragraph(word)._p.append(run)


@spoils("LP-002")
def a_hand_whose_name_says_sans(word: Any) -> None:
    body_paragraph(word).runs[0].font.name = "Comic Sans MS"


@spoils("LP-002")
def a_face_that_the_file_says_to_have_feet(word: Any) -> None:
    body_paragraph(word).runs[0].font.name = "Plume"
    table = next(part for part in word.part.package.parts if "fontTable" in part.partname)
    font = '<w:font w:name="Plume"><w:panose1 w:val="02020603050405020304"/></w:font></w:fonts>'
    table._blob = table.blob.replace(b"</w:fonts>", font.encode())


@spoils("LP-003")
def one_paragraph_of_a_long_document_in_a_rare_face(word: Any) -> None:
    for _ in range(40):
        word.paragraphs[-1].insert_paragraph_before("Mot.")
    body_paragraph(word).runs[0].font.name = "Luciole"


@spoils("LP-009")
def four_words_in_capitals_within_a_sentence(word: Any) -> None:
    body_paragraph(word).add_run(" IL EST INTERDIT DE FUMER dans les locaux.")


@spoils("LP-011")
def a_tab_for_an_indent(word: Any) -> None:
    body_paragraph(word).runs[0].text = "\t" + LOREM


@spoils("LP-013")
def letters_on_a_pattern_of_ink(word: Any) -> None:
    properties = body_paragraph(word).runs[0]._r.get_or_add_rPr()
    body_paragraph(word).runs[0].font.color.rgb = RGBColor(0, 0, 0)
    properties.append(xml('<w:shd w:val="pct75" w:color="auto" w:fill="FFFFFF"/>'))


@spoils("LP-014")
def the_raised_call_of_a_note(word: Any) -> None:
    run = '<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:footnoteReference w:id="2"/>'
    body_paragraph(word)._p.append(xml(run + "</w:r>"))


@spoils("LP-015")
def lines_that_may_stay_alone(word: Any) -> None:
    new_style(word, "Seul").paragraph_format.widow_control = False
    body_paragraph(word).style = "Seul"


@spoils("LP-004")
def lines_at_a_fixed_height(word: Any) -> None:
    spacing = body_paragraph(word).paragraph_format
    spacing.line_spacing_rule, spacing.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(20)


@spoils("LP-004")
def lines_too_close(word: Any) -> None:
    body_paragraph(word).paragraph_format.line_spacing = 0.9


@spoils("LP-005")
def a_justified_paragraph(word: Any) -> None:
    body_paragraph(word).alignment = WD_ALIGN_PARAGRAPH.JUSTIFY


@spoils("LP-005")
def paragraphs_justified_by_a_style(word: Any) -> None:
    new_style(word, "Juste").paragraph_format.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
    body_paragraph(word).style = new_style(word, "Juste aussi", of="Juste")


@spoils("LP-005")
def a_centred_heading(word: Any) -> None:
    word.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.CENTER


@spoils("LP-010")
def hyphenation(word: Any) -> None:
    word.settings.element.append(xml('<w:autoHyphenation w:val="true"/>'))


@spoils("LP-011")
def a_first_line_indent(word: Any) -> None:
    body_paragraph(word).paragraph_format.first_line_indent = Pt(20)


@spoils("LP-012")
def paragraphs_that_touch(word: Any) -> None:
    body_paragraph(word).paragraph_format.space_after = Pt(0)
    word.paragraphs[2].paragraph_format.space_before = Pt(0)


@spoils("LP-012")
def paragraphs_of_one_style_that_have_no_space_between(word: Any) -> None:
    properties = new_style(word, "Serré").element.get_or_add_pPr()
    properties.append(xml("<w:contextualSpacing/>"))
    for paragraph in word.paragraphs[1:3]:
        paragraph.style = "Serré"


@spoils("LP-020")
def a_narrow_margin(word: Any) -> None:
    word.sections[0].left_margin = Pt(36)


@spoils("LP-021")
def two_columns(word: Any) -> None:
    sprout(word.sections[0]._sectPr, "cols", num="2", space="708")
    first = word.sections[0]._sectPr.find(qn("w:cols"))
    if first.get(qn("w:num")) is None:
        word.sections[0]._sectPr.remove(first)


@spoils("LP-022")
def pages_without_numbers(word: Any) -> None:
    for _ in range(16):
        word.add_paragraph(LOREM)


# --- structure ----------------------------------------------------------------------------


@spoils("LP-030")
def a_skipped_level(word: Any) -> None:
    word.paragraphs[3].style = "Heading 3"


@spoils("LP-031")
def a_fake_heading(word: Any) -> None:
    word.paragraphs[-1].insert_paragraph_before().add_run("Nos horaires").bold = True


@spoils("LP-031")
def a_fake_heading_by_a_bold_style(word: Any) -> None:
    new_style(word, "Intertitre").font.bold = True
    word.paragraphs[-1].insert_paragraph_before("Nos horaires", style="Intertitre")


@spoils("LP-031")
def a_fake_heading_by_size_alone(word: Any) -> None:
    word.paragraphs[-1].insert_paragraph_before().add_run("Nos horaires").font.size = Pt(28)


@spoils("LP-031")
def large_letters_for_a_heading_at_the_end(word: Any) -> None:
    word.add_paragraph().add_run("Nos horaires :").font.size = Pt(24)


@spoils("LP-031")
def bold_for_a_heading_at_the_end(word: Any) -> None:
    word.add_paragraph().add_run("Nos horaires").bold = True


@spoils("LP-031")
def large_letters_for_a_heading_above_a_table(word: Any) -> None:
    title = word.paragraphs[-1].insert_paragraph_before()
    title.add_run("Nos taux").font.size = Pt(24)
    word.tables[0]._tbl.addprevious(title._p)


@spoils("LP-031")
def a_bold_item_by_itself_for_a_numbered_heading(word: Any) -> None:
    item = word.paragraphs[-1].insert_paragraph_before(style="List Number")
    item.add_run("Nos horaires").bold = True


@spoils("LP-033")
def no_title(word: Any) -> None:
    word.core_properties.title = ""


@spoils("LP-034")
def no_language(word: Any) -> None:
    word.core_properties.language = ""
    for node in list(word.styles.element.iter(qn("w:lang"))):
        node.getparent().remove(node)


@spoils("LP-035")
def dashes_for_a_list(word: Any) -> None:
    for words in ("- une attestation", "- une facture"):
        word.paragraphs[-1].insert_paragraph_before(words)


@spoils("LP-035")
def typed_numbers_for_a_list(word: Any) -> None:
    for words in ("1. Écrire", "2. Joindre", "3. Envoyer"):
        word.paragraphs[-1].insert_paragraph_before(words)


@spoils("LP-035")
def a_list_by_line_breaks(word: Any) -> None:
    paragraph = word.paragraphs[-1].insert_paragraph_before("Il faut :")
    for words in ("- une attestation", "- une facture"):
        paragraph.add_run().add_break()
        paragraph.add_run(words)


@spoils("LP-035")
def a_list_whose_items_go_on_in_a_line_of_their_own(word: Any) -> None:
    for words in ("• Le médecin", "Nom : Dupont", "• L’inspection", "Nom : Durand"):
        word.paragraphs[-1].insert_paragraph_before(words)


@spoils("LP-035")
def the_numbers_of_a_law_for_a_list(word: Any) -> None:
    for words in ("1° Par une personne ;", "2° Sur un mineur."):
        word.paragraphs[-1].insert_paragraph_before(words)


@pytest.mark.parametrize(
    "signs",
    [
        ("i. ", "ii. "),
        ("(1) ", "(2) "),
        ("1.1 ", "1.2 "),
        ("o\t", "o\t"),
        ("✅ ", "✅ "),
        ("☎\ufe0f ", "✉ "),
        ("-", "-"),
        ("A) ", "B) "),
    ],
)
def test_any_sign_that_begins_two_lines_makes_a_list(
    signs: tuple[str, str], tmp_path: Path
) -> None:
    def spoil(word: Any) -> None:
        for sign, words in zip(signs, ("une attestation", "une facture"), strict=True):
            word.paragraphs[-1].insert_paragraph_before(sign + words)

    assert [one.code for one in check_docx(saved(tmp_path, spoil), None)] == ["LP-035"]


@spoils("LP-036")
def blank_paragraphs_with_borders_of_no_line(word: Any) -> None:
    for _ in range(3):
        blank = word.paragraphs[-1].insert_paragraph_before()
        blank._p.get_or_add_pPr().append(xml('<w:pBdr><w:top w:val="nil"/></w:pBdr>'))


@spoils("LP-036")
def no_break_spaces_for_columns(word: Any) -> None:
    word.paragraphs[-1].insert_paragraph_before("Optique" + 8 * "\u00a0" + "80 %")


@spoils("LP-036")
def one_tab_in_each_of_three_lines(word: Any) -> None:
    for words in ("Optique\t80 %", "Dentaire\t70 %", "Soins\t60 %"):
        word.paragraphs[-1].insert_paragraph_before(words)


@spoils("LP-036")
def blank_paragraphs_for_space(word: Any) -> None:
    for _ in range(3):
        word.paragraphs[-1].insert_paragraph_before()


@spoils("LP-036")
def spaces_for_columns(word: Any) -> None:
    word.paragraphs[-1].insert_paragraph_before("Optique        80 %")


@spoils("LP-036")
def tabs_for_columns(word: Any) -> None:
    for words in ("Garantie\tTaux\tPlafond", "Optique\t80 %\t200 €", "Dentaire\t70 %\t300 €"):
        word.paragraphs[-1].insert_paragraph_before(words)


@spoils("LP-037")
def a_link_that_says_click_here(word: Any) -> None:
    add_link(word.paragraphs[-1], "cliquez ici")


@spoils("LP-037")
def a_link_by_a_field_that_says_here(word: Any) -> None:
    inserted(
        word,
        "<w:p><w:r><w:t>Nos droits sont </w:t></w:r>"
        '<w:fldSimple w:instr=" HYPERLINK &quot;https://exemple.org/a&quot; ">'
        '<w:r><w:rPr><w:rStyle w:val="Hyperlink"/></w:rPr><w:t>ici</w:t></w:r></w:fldSimple></w:p>',
    )


@spoils("LP-037")
def a_link_of_other_words_that_name_nothing(word: Any) -> None:
    add_link(word.paragraphs[-1], "Télécharger le document")


@spoils("LP-037")
def a_long_address_for_the_words_of_a_link(word: Any) -> None:
    add_link(word.paragraphs[-1], "https://www.exemple.org/droits/page?id=12")


@spoils("LP-067")
def two_places_under_the_same_words(word: Any) -> None:
    add_link(word.paragraphs[-1], "le formulaire")
    add_link(word.paragraphs[-1], "le formulaire", "https://exemple.org/autre")


@spoils("LP-038")
def a_link_to_nowhere(word: Any) -> None:
    word.paragraphs[-1]._p.append(
        xml('<w:hyperlink w:anchor="perdu"><w:r><w:t>les tarifs</w:t></w:r></w:hyperlink>')
    )


@spoils("LP-040")
def a_heading_that_may_stay_alone(word: Any) -> None:
    word.paragraphs[0].paragraph_format.keep_with_next = False


@spoils("LP-041")
def a_question_when_it_opens(word: Any) -> None:
    word.settings.element.append(xml('<w:updateFields w:val="true"/>'))


@spoils("LP-042")
def a_protected_document(word: Any) -> None:
    word.settings.element.append(xml('<w:documentProtection w:edit="readOnly" w:enforcement="1"/>'))


@spoils("LP-043")
def changes_that_nobody_accepted(word: Any) -> None:
    inserted(
        word,
        '<w:p><w:r><w:t>Le taux est de </w:t></w:r><w:del w:id="900" w:author="A">'
        "<w:r><w:delText>70</w:delText></w:r></w:del>"
        '<w:ins w:id="901" w:author="A"><w:r><w:t>80 %.</w:t></w:r></w:ins></w:p>',
    )


@spoils("LP-044")
def a_comment_in_the_margin(word: Any) -> None:
    inserted(
        word,
        '<w:p><w:commentRangeStart w:id="0"/><w:r><w:t>Une garantie de plus.</w:t></w:r>'
        '<w:commentRangeEnd w:id="0"/><w:r><w:commentReference w:id="0"/></w:r></w:p>',
    )


# --- pictures and shapes ------------------------------------------------------------------


def picture_words(word: Any) -> Any:
    return next(word.element.body.iter(qn("wp:docPr")))


@spoils("LP-050")
def a_picture_without_description(word: Any) -> None:
    del picture_words(word).attrib["descr"]


@spoils("LP-050")
def a_picture_with_a_blank_description(word: Any) -> None:
    picture_words(word).set("descr", "  ")


@spoils("LP-050")
def a_legacy_picture_without_description(word: Any) -> None:
    key, _ = word.part.get_or_add_image(_stream())
    inserted(
        word,
        '<w:p><w:r><w:pict><v:shape style="width:90pt;height:40pt">'
        f'<v:imagedata r:id="{key}" o:title="plan"/></v:shape></w:pict></w:r></w:p>',
    )


@spoils("LP-050")
def an_embedded_object_without_description(word: Any) -> None:
    key, _ = word.part.get_or_add_image(_stream())
    inserted(
        word,
        '<w:p><w:r><w:object><v:shape id="_x0000_i1025" style="width:90pt;height:40pt" o:ole="">'
        f'<v:imagedata r:id="{key}" o:title=""/></v:shape>'
        '<o:OLEObject Type="Embed" ProgID="Excel.Sheet.12" ShapeID="_x0000_i1025"/>'
        "</w:object></w:r></w:p>",
    )


@spoils("LP-050")
def an_old_shape_without_description(word: Any) -> None:
    inserted(
        word, '<w:p><w:r><w:pict><v:rect style="width:90pt;height:40pt"/></w:pict></w:r></w:p>'
    )


@spoils("LP-050")
def a_chart_without_description(word: Any) -> None:
    inserted(
        word,
        '<w:p><w:r><w:drawing><wp:inline><wp:extent cx="900000" cy="900000"/>'
        '<wp:docPr id="77" name="Graphique 1"/><a:graphic><a:graphicData '
        'uri="http://schemas.openxmlformats.org/drawingml/2006/chart"/></a:graphic></wp:inline>'
        "</w:drawing></w:r></w:p>",
    )


@spoils("LP-051")
def a_file_name_for_a_description(word: Any) -> None:
    picture_words(word).set("descr", "IMG_2041.JPG")


@spoils("LP-051")
def a_path_for_a_description(word: Any) -> None:
    picture_words(word).set("descr", r"C:\Users\anne\Mes images\plan du site.png")


@spoils("LP-051")
def a_description_by_a_machine(word: Any) -> None:
    text = "Une image contenant texte\n\nDescription générée automatiquement"
    picture_words(word).set("descr", text)


@pytest.mark.parametrize(
    "words",
    [
        "Photo",
        "Capture d’écran 2024-03-12 à 14.05.22",
        "WhatsApp Image 2024-01-01 at 10.00.00",
        "20240312_140522",
        "photo1 (2)",
        "image.png (copie)",
        "…",
        "Une image contenant du texte. Le contenu généré par l’IA peut être incorrect.",
        "A close up of a sign Description generated with high confidence",
    ],
)
def test_words_that_describe_nothing_are_no_description(words: str, tmp_path: Path) -> None:
    path = saved(tmp_path, lambda word: picture_words(word).set("descr", words))
    assert [one.code for one in check_docx(path, None)] == ["LP-051"]


@pytest.mark.parametrize(
    "words",
    [
        "Photo du bureau",
        "Logo de la mutuelle",
        "2024 : 12 % de plus",
        "15 %",
        "01 23 45 67 89",
        "Un plan",
        "Image de marque",
    ],
)
def test_a_few_words_may_be_a_description(words: str, tmp_path: Path) -> None:
    path = saved(tmp_path, lambda word: picture_words(word).set("descr", words))
    assert list(check_docx(path, None)) == []


@spoils("LP-052")
def an_old_picture_that_floats(word: Any) -> None:
    key, _ = word.part.get_or_add_image(_stream())
    inserted(
        word,
        '<w:p><w:r><w:pict><v:shape alt="Un cadre noir" style="position:absolute;width:90pt">'
        f'<v:imagedata r:id="{key}"/></v:shape></w:pict></w:r></w:p>',
    )


@spoils("LP-052")
def a_floating_picture(word: Any) -> None:
    inline = next(word.element.body.iter(qn("wp:inline")))
    anchor = xml('<wp:anchor behindDoc="0" simplePos="0"/>')
    inline.getparent().replace(inline, anchor)
    anchor.extend(list(inline))


SHAPE = (
    '<w:p><w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:anchor>'
    '<wp:extent cx="900000" cy="900000"/><wp:docPr id="78" name="Zone 1"/><a:graphic><a:graphicData'
    ' uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"><wps:wsp>'
    "<wps:spPr/><wps:txbx><w:txbxContent><w:p><w:r><w:t>Un encadré flottant</w:t></w:r></w:p>"
    "</w:txbxContent></wps:txbx><wps:bodyPr>{warp}</wps:bodyPr></wps:wsp></a:graphicData>"
    "</a:graphic></wp:anchor></w:drawing></mc:Choice><mc:Fallback><w:pict><v:shape><v:textbox>"
    "<w:txbxContent><w:p><w:r><w:t>Un encadré flottant</w:t></w:r></w:p></w:txbxContent>"
    "</v:textbox></v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>"
)


@spoils("LP-053")
def a_text_box(word: Any) -> None:
    inserted(word, SHAPE.format(warp=""))


@spoils("LP-053")
def word_art(word: Any) -> None:
    warp = '<a:prstTxWarp prst="textArchUp"><a:avLst/></a:prstTxWarp>'
    inserted(word, SHAPE.format(warp=warp))


@spoils("LP-053")
def legacy_word_art(word: Any) -> None:
    inserted(
        word,
        '<w:p><w:r><w:pict><v:shape type="#_x0000_t136" style="width:200pt;height:40pt">'
        '<v:textpath style="font-size:36pt" string="Bienvenue à tous"/></v:shape></w:pict>'
        "</w:r></w:p>",
    )


@spoils("LP-053")
def a_framed_paragraph(word: Any) -> None:
    properties = body_paragraph(word)._p.get_or_add_pPr()
    properties.insert(
        0, xml('<w:framePr w:w="3000" w:hSpace="141" w:wrap="around" w:hAnchor="page"/>')
    )


@spoils("LP-054")
def a_watermark(word: Any) -> None:
    word.sections[0].header.paragraphs[0]._p.append(
        xml(
            '<w:r><w:pict><v:shape id="PowerPlusWaterMarkObject1" type="#_x0000_t136" '
            'style="position:absolute;rotation:315;z-index:-251658752"><v:textpath '
            'string="BROUILLON"/></v:shape></w:pict></w:r>'
        )
    )


@spoils("LP-054")
def words_behind_the_text(word: Any) -> None:
    shape = SHAPE.format(warp="").replace("<wp:anchor>", '<wp:anchor behindDoc="1">')
    word.sections[0].header.paragraphs[0]._p.addnext(xml(shape))


# --- tables -------------------------------------------------------------------------------


@spoils("LP-060")
def a_table_without_a_head_row(word: Any) -> None:
    properties = word.tables[0].rows[0]._tr.trPr
    properties.remove(properties.find(qn("w:tblHeader")))


@spoils("LP-061")
def merged_cells(word: Any) -> None:
    word.tables[0].add_row()
    sprout(word.tables[0].rows[2]._tr.get_or_add_trPr(), "cantSplit")
    word.tables[0].cell(2, 0).text = "Toutes les garanties"
    word.tables[0].cell(2, 0).merge(word.tables[0].cell(2, 1))


@spoils("LP-061")
def cells_merged_downwards(word: Any) -> None:
    word.tables[0].add_row()
    sprout(word.tables[0].rows[2]._tr.get_or_add_trPr(), "cantSplit")
    word.tables[0].cell(2, 1).text = "70 %"
    word.tables[0].cell(1, 0).merge(word.tables[0].cell(2, 0))


@spoils("LP-060")
def a_new_table_that_nobody_formatted(word: Any) -> None:
    table = word.add_table(2, 2)
    for number, cell in enumerate(table._cells):
        cell.text = f"mot {number}"


@spoils("LP-061")
def cells_merged_as_in_an_old_file(word: Any) -> None:
    for cell, value in zip(word.tables[0].rows[1].cells, ("restart", "continue"), strict=True):
        cell._tc.get_or_add_tcPr().append(xml(f'<w:hMerge w:val="{value}"/>'))


@spoils("LP-062")
def a_row_that_may_split(word: Any) -> None:
    properties = word.tables[0].rows[1]._tr.trPr
    properties.remove(properties.find(qn("w:cantSplit")))


@spoils("LP-063")
def a_table_in_a_table(word: Any) -> None:
    inner = word.tables[0].cell(1, 1).add_table(1, 1)
    inner.cell(0, 0).text = "70"
    word.tables[0].cell(1, 1).add_paragraph("et plus")


@spoils("LP-064")
def a_word_wider_than_its_column(word: Any) -> None:
    word.tables[0].cell(1, 0).paragraphs[0].runs[0].text = "Anticonstitutionnellement"
    word.tables[0].cell(1, 0).width = Pt(60)


@spoils("LP-064")
def a_word_wider_than_a_column_that_the_grid_alone_measures(word: Any) -> None:
    table = word.tables[0]
    table.autofit = False
    table.cell(1, 0).paragraphs[0].runs[0].text = "Anticonstitutionnellement"
    table._tbl.tblGrid.findall(qn("w:gridCol"))[0].set(qn("w:w"), "1000")
    for cell in table._cells:
        cell._tc.tcPr.remove(cell._tc.tcPr.find(qn("w:tcW")))


@spoils("LP-066")
def a_blank_row(word: Any) -> None:
    row = word.tables[0].add_row()
    sprout(row._tr.get_or_add_trPr(), "cantSplit")


@spoils("LP-066")
def a_blank_column(word: Any) -> None:
    word.tables[0].add_column(Pt(100))


@spoils("LP-065")
def a_header_without_words(word: Any) -> None:
    word.tables[0].cell(0, 1).text = ""


def _stream() -> Any:
    import io

    return io.BytesIO(picture())


SOUND: list[Spoil] = []


def is_sound(spoil: Spoil) -> Spoil:
    """Register a change that is no fault."""
    SOUND.append(spoil)
    return spoil


@is_sound
def underlined_words_of_a_link_that_is_a_field(word: Any) -> None:
    inserted(
        word,
        '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> HYPERLINK '
        '"https://exemple.org" </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>'
        '<w:r><w:rPr><w:color w:val="0000C0"/><w:u w:val="single"/></w:rPr><w:t>la liste des droits'
        '</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>',
    )


@is_sound
def cells_whose_width_nothing_says(word: Any) -> None:
    for cell in word.tables[0]._cells:
        cell._tc.tcPr.remove(cell._tc.tcPr.find(qn("w:tcW")))


@is_sound
def lines_of_a_dialogue(word: Any) -> None:
    for words in ("— Bonjour, dit-il.", "— Bonsoir !", "– Vraiment ?"):
        word.paragraphs[-1].insert_paragraph_before(words)


@is_sound
def two_lines_of_figures(word: Any) -> None:
    for words in ("-5 °C le matin", "-3 °C le soir", "12 places", "10 jours"):
        word.paragraphs[-1].insert_paragraph_before(words)


@is_sound
def the_large_first_letter_of_a_text(word: Any) -> None:
    frame = '<w:framePr w:dropCap="drop" w:lines="3" w:wrap="around"/>'
    letter = "<w:r><w:rPr><w:sz w:val='100'/></w:rPr><w:t>L</w:t></w:r>"
    body_paragraph(word)._p.addprevious(xml(f"<w:p><w:pPr>{frame}</w:pPr>{letter}</w:p>"))


@is_sound
def labels_before_a_tab(word: Any) -> None:
    for words in ("Adresse :\tLyon", "Téléphone :\t01 23 45 67 89", "Courriel :\ta@exemple.org"):
        word.paragraphs[-1].insert_paragraph_before(words)


@is_sound
def an_old_line_across_the_page(word: Any) -> None:
    inserted(
        word, '<w:p><w:r><w:pict><v:rect style="width:0;height:2pt" o:hr="t"/></w:pict></w:r></w:p>'
    )


@is_sound
def a_bold_line_above_a_table(word: Any) -> None:
    title = word.paragraphs[-1].insert_paragraph_before()
    title.add_run("Taux de l’année").bold = True
    word.tables[0]._tbl.addprevious(title._p)


@is_sound
def a_short_address_for_the_words_of_a_link(word: Any) -> None:
    add_link(word.paragraphs[-1], "www.exemple.org/droits")


@is_sound
def bold_words_in_a_sentence(word: Any) -> None:
    body_paragraph(word).add_run(" Et deux mots importants.").bold = True


@is_sound
def hidden_small_words(word: Any) -> None:
    run = body_paragraph(word).add_run("note de travail")
    run.font.size, run.font.hidden = Pt(8), True


@is_sound
def a_decorative_picture(word: Any) -> None:
    words = picture_words(word)
    del words.attrib["descr"]
    uri = "{C183D7F6-B498-43B3-948B-1728B52AA6E4}"
    space = "http://schemas.microsoft.com/office/drawing/2017/decorative"
    words.append(
        xml(
            f'<a:extLst><a:ext uri="{uri}"><adec:decorative xmlns:adec="{space}" val="1"/>'
            "</a:ext></a:extLst>"
        )
    )


@is_sound
def white_words_on_a_dark_cell(word: Any) -> None:
    cell = word.tables[0].cell(0, 0)
    cell._tc.get_or_add_tcPr().append(
        xml('<w:shd w:val="clear" w:fill="auto" w:themeFill="text2"/>')
    )
    cell.paragraphs[0].runs[0].font.color.rgb = RGBColor(255, 255, 255)


@is_sound
def an_empty_corner_above_the_names_of_rows(word: Any) -> None:
    word.tables[0].cell(0, 0).text = ""


@is_sound
def one_tab_before_a_date(word: Any) -> None:
    for words in ("Ouvert le\tlundi", "Fermé le\tmardi"):
        word.paragraphs[-1].insert_paragraph_before(words)


@is_sound
def hyphenation_that_every_style_of_libreoffice_refuses(word: Any) -> None:
    hyphenation(word)
    properties = next(part for part in word.part.package.parts if "app.xml" in part.partname)
    properties._blob = properties.blob.replace(b"Microsoft Macintosh Word", b"LibreOffice/7.4")
    defaults = word.styles.element.find(f"{qn('w:docDefaults')}/{qn('w:pPrDefault')}/{qn('w:pPr')}")
    defaults.insert(0, xml("<w:suppressAutoHyphens/>"))


@is_sound
def the_style_of_a_run_that_takes_italics_back(word: Any) -> None:
    new_style(word, "Penché").font.italic = True
    body_paragraph(word).style = "Penché"
    body_paragraph(word).runs[0].italic = False


@is_sound
def an_inherited_size_that_is_mended(word: Any) -> None:
    new_style(word, "Petit").font.size = Pt(12)
    new_style(word, "Grand", of="Petit").font.size = Pt(20)
    body_paragraph(word).style = "Grand"


@pytest.mark.parametrize("spoil", SOUND)
def test_what_is_no_fault_raises_no_finding(spoil: Spoil, tmp_path: Path) -> None:
    assert list(check_docx(saved(tmp_path, spoil), None)) == []


def rewritten(path: Path, change: Callable[[str, bytes], tuple[str, bytes]]) -> Path:
    with zipfile.ZipFile(path) as archive:
        parts = [(name, archive.read(name)) for name in archive.namelist()]
    other = path.with_name("autrement.docx")
    with zipfile.ZipFile(other, "w") as archive:
        for name, data in parts:
            archive.writestr(*change(name, data))
    return other


def test_a_strict_document_is_read_as_any_other(tmp_path: Path) -> None:
    def strict(name: str, data: bytes) -> tuple[str, bytes]:
        transitional = rb"http://schemas\.openxmlformats\.org/(\w+)/2006/"
        return name, re.sub(transitional, rb"http://purl.oclc.org/ooxml/\1/", data)

    path = rewritten(saved(tmp_path, italics_on_a_run), strict)
    assert [one.code for one in check_docx(path, None)] == ["LP-006"]


def test_the_text_is_found_whatever_its_part_is_called(tmp_path: Path) -> None:
    def renamed(name: str, data: bytes) -> tuple[str, bytes]:
        data = data.replace(b"word/document.xml", b"word/document2.xml")
        return name.replace("document.xml", "document2.xml"), data

    path = rewritten(saved(tmp_path, italics_on_a_run), renamed)
    assert [one.code for one in check_docx(path, None)] == ["LP-006"]


def test_a_fault_in_the_margins_is_said_to_be_there(tmp_path: Path) -> None:
    (found,) = check_docx(saved(tmp_path, a_tiny_footer), None)
    assert (
        catalogue("fr").finding(found).startswith("paragraphe 1 du pied de page (\u00ab\u00a0Page")
    )
    assert catalogue("en").finding(found).startswith("paragraph 1 of the footer (“Page de")


def test_the_sound_document_of_another_program_has_no_finding(tmp_path: Path) -> None:
    assert list(check_docx(saved(tmp_path), None)) == []


@pytest.mark.parametrize("name", CASES)
def test_a_document_spoiled_by_another_program_raises_its_own_finding(
    name: str, tmp_path: Path
) -> None:
    code, spoil = CASES[name]
    assert [one.code for one in check_docx(saved(tmp_path, spoil), None)] == [code]


# Faults that a text keeps on its way through LibreOffice.
KEPT = (
    italics_by_a_paragraph_style,
    paragraphs_justified_by_a_style,
    a_fake_heading,
    a_skipped_level,
    a_picture_without_description,
    a_table_without_a_head_row,
    tabs_for_columns,
    changes_that_nobody_accepted,
    a_watermark,
)


@pytest.mark.e2e
@pytest.mark.oracle
def test_documents_that_libreoffice_writes_raise_the_same_findings(tmp_path: Path) -> None:
    program("soffice")
    sound = saved(tmp_path)
    sound.rename(tmp_path / "sound.docx")
    for spoil in KEPT:
        saved(tmp_path, spoil).rename(tmp_path / f"{spoil.__name__}.docx")
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    for before, after in (("docx", "odt"), ("odt", "docx")):
        files = [str(path) for path in sorted(tmp_path.glob(f"*.{before}"))]
        command = ["soffice", profile, "--headless", "--convert-to", after, "--outdir"]
        subprocess.run([*command, str(tmp_path), *files], check=True, capture_output=True)
    expected: dict[str, list[str]] = {"sound": []}
    expected |= {spoil.__name__: [CASES[spoil.__name__][0]] for spoil in KEPT}
    found = {
        name: [one.code for one in check_docx(tmp_path / f"{name}.docx", None)] for name in expected
    }
    assert found == expected
