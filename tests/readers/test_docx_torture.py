"""One Word document with every trap in it, read item by item."""

import pytest

from ess_access.api.reader import Reading
from ess_access.document.build import cell, h, inlines, lang, link, note, ol, p, strong, table, ul
from ess_access.document.nodes import Division, Figure, Heading, Image, PageBreak, Rule, Table
from ess_access.document.walk import inlines_in, words
from office_files import codes, docx, para, png, read_docx, run, style

STYLES = "".join(
    (
        style("Normal", "Normal", '<w:rPr><w:sz w:val="22"/><w:lang w:val="fr-FR"/></w:rPr>'),
        style("T1", "Titre 1", "<w:rPr><w:b/></w:rPr>"),
        style("Zwei", "heading 2", '<w:pPr><w:outlineLvl w:val="1"/></w:pPr>'),
        style("Maison", "Chapitre maison", based="Zwei"),
        style("Enfoui", "Enfoui", "<w:rPr><w:vanish/></w:rPr>", "character"),
        style("Leg", "Légende"),
        style("TM1", "toc 1"),
    )
)
LEVELS = "".join(
    f'<w:lvl w:ilvl="{depth}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>'
    f'<w:lvlText w:val="%{depth + 1}."/>'
    f'<w:pPr><w:ind w:left="{720 * (depth + 1)}"/></w:pPr></w:lvl>'
    for depth, form in enumerate(("decimal", "lowerLetter", "lowerRoman"))
)
BULLETS = "".join(
    f'<w:lvl w:ilvl="{depth}"><w:numFmt w:val="bullet"/><w:lvlText w:val="\uf0b7"/>'
    f'<w:pPr><w:ind w:left="{720 * (depth + 1)}"/></w:pPr></w:lvl>'
    for depth in range(3)
)
NUMBERING = (
    f'<w:abstractNum w:abstractNumId="0">{LEVELS}</w:abstractNum>'
    f'<w:abstractNum w:abstractNumId="1">{BULLETS}</w:abstractNum>'
    '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    '<w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>'
    '<w:num w:numId="3"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0">'
    '<w:startOverride w:val="5"/></w:lvlOverride></w:num>'
)
NOTES = (
    '<w:footnote w:type="separator" w:id="-1"><w:p/></w:footnote>'
    f'<w:footnote w:id="1">{para("<w:r><w:footnoteRef/></w:r>", " Note une.")}</w:footnote>'
    f'<w:footnote w:id="2">{para("Note du tableau.")}</w:footnote>'
)


def item(text: str, depth: int = 0, num: int = 1) -> str:
    return para(
        text, properties=f'<w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="{num}"/></w:numPr>'
    )


def picture(key: str, attributes: str, flag: str = "") -> str:
    return (
        f'<w:r><w:drawing><wp:inline><wp:docPr id="1" name="Image 1" {attributes}>{flag}</wp:docPr>'
        '<a:graphic><a:graphicData><pic:pic><pic:nvPicPr><pic:cNvPr id="0" name="x.png"/>'
        f'</pic:nvPicPr><pic:blipFill><a:blip r:embed="{key}"/></pic:blipFill></pic:pic>'
        "</a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
    )


def text_box(inner: str) -> str:
    return (
        "<w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wp:anchor>"
        '<wp:docPr id="9" name="Zone"/><a:graphic><a:graphicData><wps:wsp><wps:txbx>'
        f"<w:txbxContent>{inner}</w:txbxContent></wps:txbx></wps:wsp></a:graphicData></a:graphic>"
        "</wp:anchor></w:drawing></mc:Choice><mc:Fallback><w:pict><v:shape><v:textbox>"
        f"<w:txbxContent>{inner}</w:txbxContent></v:textbox></v:shape></w:pict></mc:Fallback>"
        "</mc:AlternateContent></w:r>"
    )


def field(instruction: str, result: str) -> str:
    return (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r>'
        f"<w:instrText>{instruction}</w:instrText></w:r>"
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{run(result)}'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


DECORATIVE = '<a:extLst><a:ext><adec:decorative val="1"/></a:ext></a:extLst>'
HEAD = "<w:trPr><w:tblHeader/></w:trPr>"
CONTENTS = (
    "<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val='Table of Contents'/></w:docPartObj>"
    f"</w:sdtPr><w:sdtContent>{para('Sommaire')}{para('Accueil 1', style='TM1')}</w:sdtContent>"
    "</w:sdt>"
)
CALL = '<w:r><w:footnoteReference w:id="2"/></w:r>'
TABLE = (
    "<w:tbl><w:tblPr><w:tblStyle w:val='x'/></w:tblPr>"
    f"<w:tr>{HEAD}<w:tc><w:tcPr><w:vMerge w:val='restart'/></w:tcPr>{para('Lieu')}</w:tc>"
    f"<w:tc><w:tcPr><w:gridSpan w:val='2'/></w:tcPr>{para('Prix')}</w:tc></w:tr>"
    f"<w:tr>{HEAD}<w:tc><w:tcPr><w:vMerge/></w:tcPr>{para()}</w:tc>"
    f"<w:tc>{para('Plein')}</w:tc><w:tc>{para('Réduit')}</w:tc></w:tr>"
    f"<w:tr><w:tc>{para('Lyon')}</w:tc><w:tc>{para('10', CALL)}</w:tc>"
    f"<w:tc>{para('5')}</w:tc></w:tr></w:tbl>"
)
BODY = "".join(
    (
        para("Accueil", style="T1"),
        para(
            "Vu ",
            run("caché", "<w:vanish/>"),
            run("enfoui", '<w:rStyle w:val="Enfoui"/>'),
            '<w:del w:id="1"><w:r><w:delText>ôté</w:delText></w:r></w:del>',
            f'<w:ins w:id="2">{run("ajouté")}</w:ins>',
            f'<w:moveFrom w:id="3">{run("parti")}</w:moveFrom>',
            f'<w:moveTo w:id="4">{run(" venu")}</w:moveTo>',
            "<w:r><w:commentReference w:id='0'/></w:r>",
            "<w:r><w:noBreakHyphen/></w:r>",
            run("dix\u00adhuit"),
            '<w:r><w:sym w:font="Wingdings" w:char="F0FC"/></w:r>',
        ),
        CONTENTS,
        f"<w:sdt><w:sdtContent>{para('Dans un contrôle.')}</w:sdtContent></w:sdt>",
        para("Sous-titre", style="Maison"),
        item("Un"),
        item("Un a", 1),
        item("Un b", 1),
        item("Deux"),
        item("Deux a", 1),
        para("Entre les deux."),
        item("Trois"),
        item("Cinq", num=3),
        item("Point", num=2),
        para(run("Grand ", "<w:b/><w:sz w:val='32'/>"), run("titre", "<w:b/><w:sz w:val='32'/>")),
        para(
            "Voir ",
            f'<w:hyperlink r:id="lien">{run("le site")}</w:hyperlink>',
            ", page ",
            field("PAGEREF x", "12"),
            ", ",
            field(' HYPERLINK "https://exemple.fr/a" ', "ici"),
            ", ",
            f'<w:hyperlink w:anchor="signet">{run("plus bas")}</w:hyperlink>',
            "<w:r><w:footnoteReference w:id='1'/></w:r>",
            run(" A check", '<w:lang w:val="de-DE"/>'),
            run(" the quick brown fox jumps", '<w:lang w:val="en-GB"/>'),
        ),
        para(picture("img", 'descr="Un plan"')),
        para("Figure 1 : le plan", style="Leg"),
        para(picture("img", "", DECORATIVE)),
        para(picture("img", 'descr=""')),
        para(
            "<w:r><w:pict><v:shape alt='Un logo'><v:imagedata r:id='img'/></v:shape></w:pict></w:r>"
        ),
        para("Avant.", text_box(para("Encadré.") + para(picture("img", 'descr="Dans la zone"')))),
        para("Tableau 1 : les prix", style="Leg"),
        TABLE,
        para("<w:bookmarkStart w:id='1' w:name='signet'/>", "Fin", style="T1"),
        para("<w:r><w:pict><v:rect o:hr='t'/></w:pict></w:r>"),
        para("Dernière", '<w:r><w:br w:type="page"/></w:r>', "page"),
    )
)


@pytest.fixture(scope="module")
def torture() -> Reading:
    data = docx(
        BODY,
        styles=STYLES,
        numbering=NUMBERING,
        footnotes=NOTES,
        relations={
            "img": ("image", "media/x.png"),
            "lien": ("hyperlink", "https://exemple.fr/"),
        },
        extra={"word/media/x.png": png()},
        core="<dc:title>Essai</dc:title><dc:creator>Ana;Bob</dc:creator>",
    )
    return read_docx(data)


def test_properties_of_the_file_are_the_documents(torture: Reading) -> None:
    meta = torture.document.meta
    assert (meta.title, meta.lang, meta.authors) == ("Essai", "fr-FR", ("Ana", "Bob"))


def test_localised_and_inherited_styles_are_headings(torture: Reading) -> None:
    found = [b for b in torture.document.children if isinstance(b, Heading)]
    assert found == [
        h(1, "Accueil"),
        h(2, "Sous-titre"),
        h(3, "Grand titre"),
        h(1, "Fin", id="signet"),
    ]
    assert "SRC-050" in codes(torture)


def test_what_is_hidden_deleted_or_moved_away_is_out_and_what_was_inserted_is_in(
    torture: Reading,
) -> None:
    assert torture.document.children[1] == p("Vu ajouté venu\u2011dixhuit✓")
    assert {"SRC-054", "SRC-055", "SRC-056"} <= set(codes(torture))


def test_the_files_own_contents_are_out_and_other_controls_are_in(torture: Reading) -> None:
    assert torture.document.children[2] == p("Dans un contrôle.")
    assert "SRC-057" in codes(torture)


def test_lists_nest_restart_and_go_on_after_a_paragraph(torture: Reading) -> None:
    assert torture.document.children[4:9] == (
        ol(
            (p("Un"), ol("Un a", "Un b", form="lower-alpha")),
            (p("Deux"), ol("Deux a", form="lower-alpha")),
        ),
        p("Entre les deux."),
        ol("Trois", start=3),
        ol("Cinq", start=5),
        ul("Point"),
    )


def test_links_notes_and_languages_stand_in_their_paragraph(torture: Reading) -> None:
    assert torture.document.children[10] == p(
        "Voir ",
        link("https://exemple.fr/", "le site"),
        ", page 12, ",
        link("https://exemple.fr/a", "ici"),
        ", ",
        link("#signet", "plus bas"),
        note("Note une."),
        " A check ",
        lang("en-GB", "the quick brown fox jumps"),
    )


def test_pictures_keep_their_descriptions_or_say_that_they_lack_one(torture: Reading) -> None:
    found = [node for node in inlines_in(torture.document.children) if isinstance(node, Image)]
    assert [image.alt for image in found] == ["Un plan", "", None, "Un logo", "Dans la zone"]
    assert all(image.asset in torture.document.assets for image in found)
    assert codes(torture).count("SRC-003") == 1


def test_captions_belong_to_what_they_name(torture: Reading) -> None:
    figure = next(b for b in torture.document.children if isinstance(b, Figure))
    data = next(b for b in torture.document.children if isinstance(b, Table))
    assert figure.caption == inlines(("Figure 1 : le plan",))
    assert data.caption == inlines(("Tableau 1 : les prix",))


def test_a_text_box_stands_once_after_its_paragraph(torture: Reading) -> None:
    blocks = torture.document.children
    place = blocks.index(p("Avant."))
    box = blocks[place + 1]
    assert isinstance(box, Division)
    assert box.children[0] == p("Encadré.")
    assert list(words(torture.document)).count("Encadré.") == 1


def test_merged_header_cells_keep_their_spans_and_a_note_its_cell(torture: Reading) -> None:
    data = next(b for b in torture.document.children if isinstance(b, Table))
    assert data.rows == (
        (cell("Lieu", header=True, row_span=2), cell("Prix", header=True, col_span=2)),
        (cell("Plein", header=True), cell("Réduit", header=True)),
        (cell("Lyon"), cell(p("10", note("Note du tableau."))), cell("5")),
    )
    assert data.head_rows == 2
    assert data == table(*data.rows, head_rows=2, caption="Tableau 1 : les prix")


def test_rules_and_page_breaks_are_kept(torture: Reading) -> None:
    assert torture.document.children[-4:] == (Rule(), p("Dernière"), PageBreak(), p("page"))
    assert not any(node == strong() for node in inlines_in(torture.document.children))


def test_places_name_the_paragraph(torture: Reading) -> None:
    heading = next(f for f in torture.findings if f.code == "SRC-050")
    assert heading.at is not None
    assert heading.at.part == "§ 14"
