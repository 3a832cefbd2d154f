"""Word documents, trait by trait."""

import pytest

from ess_access.api.reader import Reading
from ess_access.document.build import cell, h, inlines, lang, link, note, ol, p, strong, table, ul
from ess_access.document.nodes import (
    Block,
    Code,
    CodeBlock,
    Definitions,
    Division,
    Emphasis,
    Figure,
    Image,
    LineBreak,
    Link,
    PageBreak,
    Paragraph,
    Quote,
    Script,
    Strong,
    Table,
    Text,
)
from ess_access.document.walk import inlines_in
from office_files import codes, docx, para, png, read_docx, run, style

STYLES = "".join(
    style(key, name)
    for key, name in (
        ("N", "Normal"),
        ("H1", "heading 1"),
        ("H2", "Titre 2"),
        ("C", "caption"),
        ("Q", "Quote"),
        ("S", "Source Code"),
        ("DT", "Definition Term"),
        ("DD", "Definition"),
        ("LC", "List Continue"),
        ("T", "Title"),
        ("TOCH", "TOC Heading"),
    )
) + style("V", "Verbatim Char", kind="character")
PICTURE = {"word/media/x.png": png()}
IMAGE_RELATION = {"i": ("image", "media/x.png")}


def level(depth: int, form: str, text: str, more: str = "", left: int | None = None) -> str:
    indent = 720 * (depth + 1) if left is None else left
    return (
        f'<w:lvl w:ilvl="{depth}"><w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/>{more}'
        f'<w:pPr><w:ind w:left="{indent}"/></w:pPr></w:lvl>'
    )


def numbering(*definitions: str, extra: str = "") -> str:
    abstract = "".join(
        f'<w:abstractNum w:abstractNumId="{n}">{levels}</w:abstractNum>'
        for n, levels in enumerate(definitions, start=1)
    )
    nums = "".join(
        f'<w:num w:numId="{n}"><w:abstractNumId w:val="{n}"/></w:num>'
        for n in range(1, len(definitions) + 1)
    )
    return abstract + nums + extra


def item(text: str, num: int = 1, depth: int = 0, style: str = "") -> str:
    place = f'<w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="{num}"/></w:numPr>'
    return para(text, style=style, properties=place)


FRENCH = "<dc:language>fr</dc:language>"


def read(body: str, *, core: str = FRENCH, numbering: str = "", endnotes: str = "") -> Reading:
    made = docx(body, styles=STYLES, core=core, numbering=numbering, endnotes=endnotes)
    return read_docx(made)


def blocks(body: str, *, numbering: str = "") -> tuple[Block, ...]:
    return read(body, numbering=numbering).document.children


# --- lists --------------------------------------------------------------------------------


def test_a_number_with_words_is_content_and_a_heading_keeps_its_number() -> None:
    levels = numbering(
        level(0, "decimal", "Article %1 –"),
        level(0, "upperRoman", "%1.") + level(1, "lowerLetter", "%1.%2"),
    )
    body = (
        item("Objet", 1)
        + item("Durée", 1)
        + item("Partie", 2, 0, "H1")
        + item("Sous", 2, 1, "H2")
        + item("Autre", 2, 0, "H1")
    )
    assert blocks(body, numbering=levels) == (
        p("Article 1 – Objet"),
        p("Article 2 – Durée"),
        h(1, "I. Partie"),
        h(2, "I.a Sous"),
        h(1, "II. Autre"),
    )


def test_paragraphs_at_the_indent_of_an_item_go_on_in_it() -> None:
    levels = numbering(level(0, "bullet", "•"), level(0, "bullet", " ") + level(1, "none", ""))
    indented = '<w:ind w:left="720"/>'
    body = (
        item("Un")
        + para("Suite.", properties=indented)
        + para("Encore.", style="LC")
        + item("Nue", 2)
        + item("Deux")
        + para("Dehors.")
    )
    assert blocks(body, numbering=levels) == (
        ul((p("Un"), p("Suite."), p("Encore."), p("Nue")), "Deux"),
        p("Dehors."),
    )


def test_an_indented_text_is_not_part_of_the_list_above() -> None:
    levels = numbering(level(0, "bullet", "•"))
    indented = '<w:ind w:left="720"/>'
    body = para("Avant.", properties=indented) + item("Un") + para("Après.", properties=indented)
    assert blocks(body, numbering=levels) == (p("Avant."), ul("Un"), p("Après."))


def test_a_second_list_that_stands_further_in_is_below_the_first() -> None:
    levels = numbering(level(0, "bullet", "•", left=360), level(0, "bullet", "o", left=643))
    body = item("Un") + item("Dedans", 2) + item("Deux") + item("Autre", 2)
    assert blocks(body, numbering=levels) == (
        ul((p("Un"), ul("Dedans")), (p("Deux"), ul("Autre"))),
    )


def test_levels_restart_but_where_they_must_not() -> None:
    goes_on = level(0, "decimal", "%1.") + level(1, "decimal", "%2.", '<w:lvlRestart w:val="0"/>')
    body = item("A") + item("a", depth=1) + item("B") + item("b", depth=1)
    (made,) = blocks(body, numbering=numbering(goes_on))
    assert made == ol((p("A"), ol("a")), (p("B"), ol("b", start=2)))


def test_a_list_without_a_definition_shows_no_mark() -> None:
    assert blocks(item("Un", 9)) == (p("Un"),)


def test_numbering_styles_lead_to_their_list() -> None:
    styles = STYLES + style(
        "NS", "Puces", '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>', "numbering"
    )
    levels = numbering(
        level(0, "bullet", "•"),
        '<w:numStyleLink w:val="NS"/>',
        extra='<w:num w:numId="7"><w:abstractNumId w:val="2"/><w:lvlOverride w:ilvl="1">'
        f"{level(1, 'decimalZero', '%2)')}</w:lvlOverride></w:num>",
    )
    body = item("Un", 7) + item("Deux", 7, 1)
    found = read_docx(docx(body, styles=styles, numbering=levels)).document.children
    assert found == (ul((p("Un"), ol("Deux"))),)


def test_typed_marks_make_lists_but_a_lone_dash_does_not() -> None:
    body = (
        para("- Un") + para("- Deux") + para("Texte.") + para("– Bonjour, dit-il.") + para("• Seul")
    )
    reading = read(body)
    assert reading.document.children == (
        ul("Un", "Deux"),
        p("Texte."),
        p("– Bonjour, dit-il."),
        ul("Seul"),
    )
    assert "SRC-065" in codes(reading)


# --- paragraphs and runs ------------------------------------------------------------------


def test_styles_make_quotations_code_and_definitions() -> None:
    body = (
        para("Un", style="Q")
        + para("Deux", style="Q")
        + para("x = 1", style="S")
        + para("y = 2", style="S")
        + para("Mot", style="DT")
        + para("Sens", style="DD")
        + para("Un ", run("mot", '<w:rStyle w:val="V"/>'))
    )
    found = blocks(body)
    assert found[:2] == (Quote((p("Un"), p("Deux"))), CodeBlock("x = 1\ny = 2"))
    assert isinstance(found[2], Definitions)
    assert found[3] == p("Un ", Code("mot"))


def test_looks_nest_by_how_long_they_last_and_leave_spaces_outside() -> None:
    body = para(
        run("a ", "<w:i/>"),
        run("b ", "<w:i/><w:b/>"),
        "c",
        run("2", '<w:vertAlign w:val="superscript"/>'),
        run("vieux", "<w:strike/>"),
    )
    reading = read(body)
    assert reading.document.children == (
        p(Emphasis((Text("a "), strong("b"))), " c", Script("super", (Text("2"),)), "vieux"),
    )
    assert "SRC-021" in codes(reading)


def test_two_line_breaks_part_paragraphs_and_one_stays() -> None:
    br = "<w:r><w:br/></w:r>"
    assert blocks(para("Un", br, "Deux", br, br, "Trois")) == (
        p("Un", LineBreak(), "Deux"),
        p("Trois"),
    )


def test_a_deleted_end_of_paragraph_joins_what_follows() -> None:
    gone = '<w:rPr><w:del w:id="1"/></w:rPr>'
    assert blocks(para("Début ", properties=gone) + para("fin.")) == (p("Début fin."),)


def test_drop_caps_belong_to_their_word() -> None:
    frame = '<w:framePr w:dropCap="drop"/>'
    assert blocks(para("L", properties=frame) + para("a mutuelle.")) == (p("La mutuelle."),)


def field(instruction: str, *result: str, form: str = "") -> str:
    return (
        f'<w:r><w:fldChar w:fldCharType="begin">{form}</w:fldChar></w:r>'
        f"<w:r><w:instrText>{instruction}</w:instrText></w:r>"
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{"".join(result)}'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def test_results_of_fields_are_content_and_forms_show_their_choice() -> None:
    box = '<w:ffData><w:checkBox><w:default w:val="1"/></w:checkBox></w:ffData>'
    drop = (
        '<w:ffData><w:ddList><w:result w:val="1"/><w:listEntry w:val="Oui"/>'
        '<w:listEntry w:val="Non"/></w:ddList></w:ffData>'
    )
    body = para(
        field("DATE", run("le 3 mai")),
        " ",
        field("FORMCHECKBOX", form=box),
        " ",
        field("FORMDROPDOWN", form=drop),
        " ",
        f'<w:fldSimple w:instr=" PAGEREF x ">{run("12")}</w:fldSimple>',
        f'<w:fldSimple w:instr="SEQ Figure">{run("4")}</w:fldSimple>',
        field('HYPERLINK "https://x.fr/" \\l "bas" \\o "bulle"', run(" ici")),
    )
    assert blocks(body) == (p("le 3 mai ☒ Non 124", " ", link("https://x.fr/#bas", "ici")),)


@pytest.mark.parametrize(
    ("instruction", "shown"),
    [
        (r"SYMBOL 8364 \u", "€"),
        (r"SYMBOL 128", "€"),
        (r"SYMBOL 254 \f Wingdings \s 12", "☑"),
        (r"SYMBOL 0x61", "a"),
        (r"SYMBOL x", ""),
        (r'QUOTE "Lu et approuvé"', "Lu et approuvé"),
        (r"EQ \f(1;2)", "1/2"),
        (r"EQ \r(;x + 1)", "√(x + 1)"),
        (r"EQ \r(x) + \r(3;8)", "√x + ∛8"),
        (r"EQ \b\bc\((\f(a+b,c))", "((a+b)/c)"),
        (r"EQ x\s\up8(2) \l(1;2) \a\ac(m;n)", "x2 1, 2 m n"),
        (r"EQ \o(\f(((", "(("),
        ("AUTONUM", "1."),
        ("GOTOBUTTON suite Aller plus loin", "Aller plus loin"),
        ("DATE", ""),
    ],
)
def test_fields_without_a_result_show_what_word_would(instruction: str, shown: str) -> None:
    assert blocks(para("Ici ", field(instruction), ".")) == (p(f"Ici {shown}."),)


def test_a_reference_to_a_page_keeps_its_number() -> None:
    body = para("(voir page ", field("PAGEREF x \\h", run("12")), ")")
    assert blocks(body) == (p("(voir page 12)"),)


def test_a_list_style_that_leads_back_to_its_list_finds_its_levels() -> None:
    styles = STYLES + style(
        "NS", "Puces", '<w:pPr><w:numPr><w:numId w:val="7"/></w:numPr></w:pPr>', "numbering"
    )
    levels = numbering(
        '<w:styleLink w:val="NS"/>' + level(0, "decimal", "%1."),
        '<w:numStyleLink w:val="NS"/>',
        extra='<w:num w:numId="7"><w:abstractNumId w:val="2"/></w:num>',
    )
    found = read_docx(docx(item("Un", 7) + item("Deux", 7), styles=styles, numbering=levels))
    assert found.document.children == (ol("Un", "Deux"),)


def test_a_picture_as_bullet_makes_an_item() -> None:
    levels = numbering(level(0, "bullet", "", '<w:lvlPicBulletId w:val="0"/>'))
    found = read_docx(docx(item("Un") + item("Deux"), numbering=levels)).document.children
    assert found == (ul("Un", "Deux"),)


def test_a_table_of_contents_without_end_swallows_no_chapter() -> None:
    begin = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>TOC \\o</w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    )
    body = (
        para("Sommaire", style="TOCH")
        + para(begin, "Un 1")
        + para("Un", style="H1")
        + para("Texte.")
    )
    assert blocks(body) == (h(1, "Un"), p("Texte."))


def test_signs_of_fonts_become_characters_or_are_said_to_be_missing() -> None:
    body = para(
        '<w:r><w:sym w:font="Symbol" w:char="F061"/></w:r>',
        run("ü", '<w:rFonts w:ascii="Wingdings"/>'),
        '<w:r><w:sym w:font="Wingdings" w:char="F031"/></w:r>',
        '<w:r><w:sym w:font="Arial" w:char="xyz"/></w:r>',
        "\uf0b7",
    )
    reading = read(body)
    assert reading.document.children == (p("α✓•"),)
    assert codes(reading).count("SRC-062") >= 2


def test_formulas_are_written_in_a_line() -> None:
    def m(text: str) -> str:
        return f"<m:r><m:t>{text}</m:t></m:r>"

    inner = (
        f"<m:f><m:num>{m('a+b')}</m:num><m:den>{m('2')}</m:den></m:f>"
        f"<m:sSup><m:e>{m('x')}</m:e><m:sup>{m('2')}</m:sup></m:sSup>"
        f"<m:sSub><m:e>{m('y')}</m:e><m:sub>{m('i')}</m:sub></m:sSub>"
        f"<m:rad><m:deg/><m:e>{m('z')}</m:e></m:rad>"
        f"<m:d><m:e>{m('p')}</m:e><m:e>{m('q')}</m:e></m:d>"
        f"<m:nary><m:naryPr><m:chr m:val='∑'/></m:naryPr><m:sub>{m('0')}</m:sub><m:sup>{m('n')}"
        f"</m:sup><m:e>{m('k')}</m:e></m:nary>"
        f"<m:m><m:mr><m:e>{m('1')}</m:e><m:e>{m('2')}</m:e></m:mr></m:m>"
        f"<m:sSubSup><m:e>{m('u')}</m:e><m:sub>{m('1')}</m:sub><m:sup>{m('3')}</m:sup></m:sSubSup>"
    )
    reading = read(f"<m:oMathPara><m:oMath>{inner}</m:oMath></m:oMathPara>" + para("Fin."))
    assert reading.document.children[0] == p("(a+b)/2x^2y_i√z(p, q)∑_0^n k(1, 2)u_1^3")
    assert "SRC-061" in codes(reading)


@pytest.mark.parametrize(
    ("text", "tag", "kept"),
    [
        ("deux mots", "de-DE", False),
        ("der Hund ist nicht hier", "de-DE", True),
        ("les mots de la phrase et des gens", "pt-PT", False),
        ("trois mots anglais", "fr-CA", False),
    ],
)
def test_only_meant_changes_of_language_are_kept(text: str, tag: str, kept: bool) -> None:
    body = para("Voici ", run(text, f'<w:lang w:val="{tag}"/>'), ".")
    expected = p("Voici ", lang(tag, text), ".") if kept else p(f"Voici {text}.")
    assert blocks(body) == (expected,)


@pytest.mark.parametrize(
    ("text", "default", "expected"),
    [
        ("Les mots de la phrase et des gens qui sont dans la ville.", "en-US", "fr"),
        ("The words of the phrase and the people that are in the town.", "en-US", "en-US"),
        ("Bonjour.", "en-US", "fr"),
        ("Hello.", "en-GB", "en-GB"),
        ("Bonjour.", "", "fr"),
    ],
)
def test_a_templates_language_is_believed_where_words_agree(
    text: str, default: str, expected: str
) -> None:
    defaults = (
        f'<w:docDefaults><w:rPrDefault><w:rPr><w:lang w:val="{default}"/></w:rPr></w:rPrDefault>'
        "</w:docDefaults>"
    )
    data = docx(para(text), styles=(defaults if default else "") + STYLES, core="")
    assert read_docx(data).document.meta.lang == expected


# --- headings, titles, pages --------------------------------------------------------------


def test_a_title_that_opens_the_document_is_its_title_and_another_is_a_heading() -> None:
    reading = read(
        para("") + para("Guide", style="T") + para("Texte."), core="<dc:title>Document1</dc:title>"
    )
    assert (reading.document.meta.title, reading.document.children) == ("Guide", (p("Texte."),))
    two = read(para("Un", style="T") + para("Deux", style="T"), core="<dc:title>x.docx</dc:title>")
    assert (two.document.meta.title, two.document.children) == ("", (h(1, "Un"), h(1, "Deux")))


def test_pages_end_where_the_author_said() -> None:
    section = "<w:sectPr/>"
    flowing = '<w:sectPr><w:type w:val="continuous"/></w:sectPr>'
    body = (
        para("Un", properties=section)
        + para("Deux", properties=flowing)
        + para("Trois", properties="<w:pageBreakBefore/>")
        + para("<w:r><w:lastRenderedPageBreak/></w:r>", "Quatre")
        + para("a", '<w:r><w:br w:type="page"/></w:r>')
        + para('<w:r><w:br w:type="column"/></w:r>', "b")
    )
    found = blocks(body)
    assert found == (
        p("Un"),
        PageBreak(),
        p("Deux"),
        PageBreak(),
        p("Trois"),
        p("Quatre"),
        p("a"),
        PageBreak(),
        p("b"),
    )
    assert found[-1].at is not None
    assert found[-1].at.page == 2


def test_bookmarks_between_paragraphs_and_their_aliases_lead_to_the_heading() -> None:
    def mark(name: str) -> str:
        return f'<w:bookmarkStart w:id="1" w:name="{name}"/>'

    def to(name: str) -> str:
        return f'<w:hyperlink w:anchor="{name}">{run(name)}</w:hyperlink>'

    body = (
        para(to("a"), " ", to("b"), " ", to("c"))
        + mark("a")
        + para(mark("b"), "Titre", style="H1")
        + para(mark("c"), "Texte.")
    )
    assert blocks(body) == (
        p(link("#a", "a"), " ", link("#a", "b"), " c"),
        h(1, "Titre", id="a"),
        p("Texte."),
    )


# --- pictures and drawings ----------------------------------------------------------------


def drawing(inner: str, properties: str = "", kids: str = "") -> str:
    return (
        f'<w:r><w:drawing><wp:inline><wp:docPr id="1" name="Dessin" {properties}>{kids}</wp:docPr>'
        f"<a:graphic><a:graphicData>{inner}</a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
    )


def pic(key: str = "i", own: str = "", attribute: str = "embed") -> str:
    return (
        f"<pic:pic><pic:nvPicPr><pic:cNvPr id='0' name='' {own}/></pic:nvPicPr><pic:blipFill>"
        f'<a:blip r:{attribute}="{key}"/></pic:blipFill></pic:pic>'
    )


def pictures(body: str, **relations: tuple[str, str]) -> tuple[Reading, list[Image]]:
    data = docx(body, relations={**IMAGE_RELATION, **relations}, extra=PICTURE, styles=STYLES)
    reading = read_docx(data)
    return reading, [n for n in inlines_in(reading.document.children) if isinstance(n, Image)]


def test_descriptions_come_from_wherever_word_puts_them() -> None:
    machine = "Un plan&#10;&#10;Description générée automatiquement"
    body = para(
        "x ",
        *(
            drawing(*pair)
            for pair in (
                (pic(), 'title="Titre seul"'),
                (pic(), 'descr="Court" title="Plus long"'),
                (pic(own='descr="Sur l\'image"'), ""),
                (pic(), f'descr="{machine}"'),
                (pic() + pic(own='descr="Seconde"') + pic(), 'descr="Groupe"'),
                ("<wps:wsp/>", 'descr="Une flèche"'),
            )
        ),
    )
    reading, found = pictures(body)
    assert [(image.alt, image.description) for image in found] == [
        ("Titre seul", ""),
        ("Court", "Plus long"),
        ("Sur l'image", ""),
        ("Un plan", ""),
        ("Groupe", ""),
        ("Seconde", ""),
        ("", ""),
        ("Une flèche", ""),
    ]
    assert "SRC-058" in codes(reading)


def test_pictures_that_are_not_there_are_said() -> None:
    body = para(
        "x ",
        drawing(pic("absent")),
        drawing(pic("gone")),
        drawing(pic("web", "", "link")),
        drawing("<wps:wsp/>"),
        drawing("<wps:wsp/>", 'hidden="1"'),
    )
    reading, found = pictures(
        body, gone=("image", "media/y.png"), web=("image", "https://x.fr/y.png")
    )
    assert [image.asset for image in found] == [None, None, None]
    assert {"SRC-010", "SRC-012", "SRC-063", "SRC-003"} <= set(codes(reading))


def test_a_picture_may_lead_somewhere() -> None:
    click = '<a:hlinkClick r:id="l"/>'
    reading, _ = pictures(
        para(drawing(pic(), 'descr="Site"', click)), l=("hyperlink", "https://x.fr/")
    )
    (block,) = reading.document.children
    assert isinstance(block, Paragraph)
    assert isinstance(block.children[0], Link)


def test_charts_and_diagrams_become_tables_and_lists() -> None:
    def points(name: str, *values: str) -> str:
        inner = "".join(f'<c:pt idx="{n}"><c:v>{v}</c:v></c:pt>' for n, v in enumerate(values))
        return f"<c:{name}>{inner}</c:{name}>"

    space = 'xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
    chart = (
        f"<c:chartSpace {space}><c:chart><c:title><a:t>Ventes</a:t></c:title><c:ser><c:tx><c:v>2020"
        f"</c:v></c:tx>{points('cat', 'Nord', 'Sud')}{points('val', '5', '7')}</c:ser></c:chart>"
        "</c:chartSpace>"
    )
    dgm = 'xmlns:dgm="http://schemas.openxmlformats.org/drawingml/2006/diagram" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
    diagram = (
        f'<dgm:dataModel {dgm}><dgm:pt modelId="0" type="doc"/><dgm:pt modelId="1"><a:t>Un</a:t>'
        '</dgm:pt><dgm:pt modelId="2"><a:t>Dedans</a:t></dgm:pt><dgm:pt modelId="3"/>'
        '<dgm:cxn srcId="0" destId="1" srcOrd="0"/><dgm:cxn srcId="1" destId="2" srcOrd="0"/>'
        '<dgm:cxn srcId="0" destId="3" srcOrd="1"/></dgm:dataModel>'
    )
    body = para(
        drawing('<c:chart r:id="c"/>', 'descr="Courbe"'),
        drawing('<dgm:relIds r:dm="d"/>'),
        drawing('<c:chart r:id="none"/>'),
        drawing('<dgm:relIds r:dm="none"/>'),
    )
    data = docx(
        body,
        relations={"c": ("chart", "chart.xml"), "d": ("diagramData", "data.xml")},
        extra={"word/chart.xml": chart, "word/data.xml": diagram},
    )
    reading = read_docx(data)
    assert reading.document.children == (
        Figure(Image(None, "Courbe")),
        Table(
            (
                (cell(header=True), cell("2020", header=True)),
                (cell("Nord", header=True), cell("5")),
                (cell("Sud", header=True), cell("7")),
            ),
            1,
            inlines(("Ventes",)),
        ),
        ul((p("Un"), ul("Dedans"))),
    )
    assert {"SRC-059", "SRC-060", "SRC-064"} <= set(codes(reading))


def test_word_art_and_old_boxes_are_read() -> None:
    body = para(
        "<w:r><w:pict><v:shape><v:textpath string='Bienvenue'/></v:shape></w:pict></w:r>",
        "<w:r><w:pict><v:shape><v:textbox><w:txbxContent>"
        + para("Dans la boîte.")
        + para("Deux.")
        + "</w:txbxContent></v:textbox></v:shape></w:pict></w:r>",
        "<w:r><w:pict><v:shape><v:imagedata r:id='gone'/></v:shape></w:pict></w:r>",
    )
    reading, found = pictures(body, gone=("image", "media/z.png"))
    assert reading.document.children[1:] == (
        p("Bienvenue"),
        Division("aside", "", (), (p("Dans la boîte."), p("Deux."))),
    )
    assert found[0].asset is None


def test_the_descriptions_inside_a_group_are_kept() -> None:
    pic = "http://schemas.openxmlformats.org/drawingml/2006/picture"
    wps = "http://schemas.microsoft.com/office/word/2010/wordprocessingShape"
    two = "".join(
        f'<pic:pic xmlns:pic="{pic}"><pic:nvPicPr><pic:cNvPr id="1" name="n" descr="{words}"/>'
        f'</pic:nvPicPr><pic:blipFill><a:blip r:embed="i"/></pic:blipFill></pic:pic>'
        for words in ("Le siège", "L’agence")
    ).replace("<a:blip", '<a:blip xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"')
    shape = (
        f'<wps:wsp xmlns:wps="{wps}"><wps:cNvPr id="4" name="s" descr="Flèche montante"/></wps:wsp>'
    )
    _, found = pictures(para(drawing(two, 'descr="Nos locaux."'), drawing(shape)))
    assert [image.alt for image in found] == [
        "Nos locaux. Le siège",
        "L’agence",
        "Flèche montante",
    ]


def test_hidden_drawings_and_rows_are_told_as_hidden() -> None:
    shape = (
        "<w:r><w:pict><v:shape alt='Secret' style='visibility:hidden'>"
        "<v:imagedata r:id='i'/></v:shape></w:pict></w:r>"
    )
    reading, found = pictures(para(run("Vu"), shape))
    assert found == []
    assert "SRC-054" in codes(reading)
    rows = tbl(tr("Vu", "Lu"), tr("Secret", "Caché", properties="<w:hidden/>"))
    told = codes(read_docx(docx(rows)))
    assert "SRC-054" in told
    assert "SRC-055" not in told


def test_a_button_of_a_macro_shows_its_words() -> None:
    field = (
        "<w:r><w:fldChar w:fldCharType='begin'/></w:r><w:r><w:instrText xml:space='preserve'>"
        " MACROBUTTON NoMacro Cliquez et tapez </w:instrText></w:r>"
        "<w:r><w:fldChar w:fldCharType='end'/></w:r>"
    )
    reading = read_docx(docx(para(run("Ici : "), field)))
    assert reading.document.children == (p("Ici : Cliquez et tapez"),)


# --- tables -------------------------------------------------------------------------------


def tbl(*rows: str, properties: str = "<w:tblStyle w:val='Grille'/>") -> str:
    return f"<w:tbl><w:tblPr>{properties}</w:tblPr>{''.join(rows)}</w:tbl>"


def tr(*cells: str, properties: str = "") -> str:
    inner = "".join(c if c.startswith("<w:tc>") else f"<w:tc>{para(c)}</w:tc>" for c in cells)
    return f"<w:tr><w:trPr>{properties}</w:trPr>{inner}</w:tr>"


def bold(text: str) -> str:
    return f"<w:tc>{para(run(text, '<w:b/>'))}</w:tc>"


def test_a_first_row_and_column_in_bold_are_headers() -> None:
    reading = read(
        tbl(tr(bold("Lieu"), bold("Prix")), tr(bold("Lyon"), "10"), tr(bold("Nice"), "12"))
    )
    (found,) = reading.document.children
    assert found == table(
        ("Lieu", "Prix"), (cell("Lyon", header=True), "10"), (cell("Nice", header=True), "12")
    )
    assert "SRC-051" in codes(reading)


def test_a_table_of_one_cell_is_a_box_and_one_of_one_row_a_layout() -> None:
    reading = read(tbl(tr("Encadré")) + para("Entre.") + tbl(tr("Gauche", "Droite")))
    assert reading.document.children == (
        Division("aside", "", (), (p("Encadré"),)),
        p("Entre."),
        p("Gauche"),
        p("Droite"),
    )
    assert codes(reading).count("SRC-017") == 2


def test_tables_within_tables_and_long_cells_lay_a_page_out() -> None:
    inner = tbl(tr("a", "b"), tr("c", "d"))
    body = tbl(tr("Texte", f"<w:tc>{inner}{para()}</w:tc>"), tr("x", "y"))
    assert blocks(body) == (p("Texte"), table(("a", "b"), ("c", "d"), head_rows=0), p("x"), p("y"))
    long = f"<w:tc>{para('1')}{para('2')}{para('3')}{para('4')}</w:tc>"
    found = blocks(tbl(tr(long, "b"), tr("c", "d"), properties=""))
    assert found == (p("1"), p("2"), p("3"), p("4"), p("b"), p("c"), p("d"))


def test_rows_that_are_hidden_or_deleted_are_out_and_wrapped_ones_are_in() -> None:
    body = tbl(
        tr("a", "b", properties="<w:tblHeader/>"),
        tr("caché", "x", properties="<w:hidden/>"),
        tr("ôté", "x", properties='<w:del w:id="1"/>'),
        f"<w:sdt><w:sdtContent>{tr('c', 'd')}</w:sdtContent></w:sdt>",
        f'<w:ins w:id="2">{tr("e", "f")}</w:ins>',
        "<w:tr><w:trPr><w:gridBefore w:val='1'/></w:trPr><w:tc>" + para("g") + "</w:tc></w:tr>",
        properties="<w:tblCaption w:val='Titre'/><w:tblDescription w:val='Résumé'/>",
    )
    (found,) = blocks(body)
    expected = table(("a", "b"), ("c", "d"), ("e", "f"), (cell(), "g"), caption="Titre")
    assert found == Table(expected.rows, 1, expected.caption, "Résumé")


def test_a_visible_caption_comes_before_the_one_in_the_properties() -> None:
    body = (
        para("Tableau 1", style="C")
        + tbl(
            tr("a", "b", properties="<w:tblHeader/>"),
            tr("c", "d"),
            properties="<w:tblCaption w:val='Alt'/>",
        )
        + para("Légende sans objet", style="C")
        + para("Fin.")
    )
    found = blocks(body)
    assert found[0] == Table(table(("a", "b"), ("c", "d")).rows, 1, inlines(("Tableau 1",)), "Alt")
    assert found[1:] == (p("Légende sans objet"), p("Fin."))


# --- the package --------------------------------------------------------------------------


def test_strict_documents_are_read_like_others() -> None:
    data = docx(
        para("Bonjour"),
        extra={
            "word/document.xml": '<w:document xmlns:w="http://purl.oclc.org/ooxml/wordprocessingml/main">'
            "<w:body><w:p><w:r><w:t>Strict</w:t></w:r></w:p></w:body></w:document>"
        },
    )
    assert read_docx(data).document.children == (p("Strict"),)


def test_headers_comments_and_foreign_parts_are_said() -> None:
    header = (
        '<w:hdr xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:p><w:r>'
        "<w:t>Mutuelle du Rhône</w:t></w:r></w:p></w:hdr>"
    )
    body = (
        para("Texte.", "<w:r><w:commentReference w:id='0'/></w:r>")
        + "<w:altChunk r:id='a'/>"
        + para("<w:subDoc r:id='s'/>", "Fin.")
        + f"<w:del w:id='9'>{para('<w:r><w:delText>tout</w:delText></w:r>')}</w:del>"
        + f"<mc:AlternateContent><mc:Choice/><mc:Fallback>{para('Repli.')}</mc:Fallback>"
        + "</mc:AlternateContent>"
    )
    data = docx(body, relations={"h": ("header", "h.xml")}, extra={"word/h.xml": header})
    reading = read_docx(data)
    assert reading.document.children == (p("Texte."), p("Fin."), p("Repli."))
    assert {"SRC-052", "SRC-055", "SRC-056", "SRC-064"} <= set(codes(reading))


def test_notes_with_their_own_marks_and_endnotes_are_held_where_they_are_called() -> None:
    call = '<w:r><w:endnoteReference w:id="1" w:customMarkFollows="1"/><w:t>*</w:t></w:r>'
    reading = read(
        para("Mot", call, ".", "<w:r><w:footnoteReference w:id='8'/></w:r>"),
        endnotes=f'<w:endnote w:id="1">{para("La note.")}</w:endnote>',
    )
    assert reading.document.children == (p("Mot", note("La note."), "."),)


def test_a_note_does_not_repeat_the_mark_that_its_author_wrote() -> None:
    call = '<w:r><w:endnoteReference w:id="1" w:customMarkFollows="1"/><w:t>(a)</w:t></w:r>'
    reading = read(
        para("Mot", call, "."),
        endnotes=f'<w:endnote w:id="1">{para("(a) La note (a).")}</w:endnote>',
    )
    assert reading.document.children == (p("Mot", note("La note (a)."), "."),)


def test_cells_that_were_deleted_are_out() -> None:
    gone = f"<w:tc><w:tcPr><w:cellDel w:id='4'/></w:tcPr>{para('ôté')}</w:tc>"
    reading = read(tbl(tr("a", gone, "b", properties="<w:tblHeader/>"), tr("c", gone, "d")))
    assert reading.document.children == (table(("a", "b"), ("c", "d")),)
    assert "SRC-055" in codes(reading)


def test_strong_headings_lose_their_bold() -> None:
    assert blocks(para(run("Titre", "<w:b/>"), style="H1")) == (h(1, "Titre"),)
    assert blocks(para(run("gras", "<w:b/>"))) == (p(Strong((Text("gras"),))),)
