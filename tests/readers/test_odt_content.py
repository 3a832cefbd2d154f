"""OpenDocument texts, trait by trait."""

from ess_access.api.reader import Reading
from ess_access.document.build import cell, dl, h, inlines, lang, link, note, ol, p, ul
from ess_access.document.nodes import (
    Block,
    Code,
    CodeBlock,
    Division,
    Emphasis,
    Figure,
    Image,
    LineBreak,
    PageBreak,
    Quote,
    Rule,
    Script,
    Strong,
    Table,
    Text,
)
from ess_access.document.walk import inlines_in
from office_files import codes, flat_odt, odt, png, read_odt

PICTURE = {"Pictures/x.png": png()}


def looks(name: str, properties: str, family: str = "text", more: str = "") -> str:
    return (
        f'<style:style style:name="{name}" style:family="{family}" {more}>'
        f"<style:text-properties {properties}/></style:style>"
    )


def paragraphs(name: str, properties: str) -> str:
    return (
        f'<style:style style:name="{name}" style:family="paragraph">'
        f"<style:paragraph-properties {properties}/></style:style>"
    )


def read(body: str, **parts: str) -> Reading:
    return read_odt(odt(body, extra=PICTURE, **parts))


def blocks(body: str, **parts: str) -> tuple[Block, ...]:
    return read(body, **parts).document.children


def test_styles_are_known_by_name_through_their_parents() -> None:
    automatic = (
        '<style:style style:name="P1" style:family="paragraph" '
        'style:parent-style-name="Preformatted_20_Text"/>'
        '<style:style style:name="P2" style:family="paragraph" '
        'style:parent-style-name="Quotations"/>'
        + looks("S", 'fo:font-weight="bold" fo:font-style="italic"')
        + looks("U", 'style:text-position="33% 58%"')
        + looks("L", 'style:text-position="-33% 58%" style:text-line-through-style="solid"')
    )
    body = (
        '<text:p text:style-name="P1">code</text:p><text:p text:style-name="P1">suite</text:p>'
        '<text:p text:style-name="P2">Cité</text:p>'
        '<text:p>Un<text:s text:c="3"/>mot<text:tab/>'
        '<text:span text:style-name="S">gras</text:span>'
        '<text:span text:style-name="U">e</text:span><text:span text:style-name="L">i</text:span>'
        '<text:line-break/><text:span text:style-name="Source_5f_Text">x = 1</text:span></text:p>'
        '<text:p text:style-name="Definition_20_Term">Mot</text:p>'
        '<text:p text:style-name="Definition_20_Definition">Sens</text:p>'
        '<text:p text:style-name="Horizontal_20_Line"/>'
    )
    reading = read(body, automatic=automatic)
    assert reading.document.children == (
        CodeBlock("code\nsuite"),
        Quote((p("Cité"),)),
        p(
            "Un mot ",
            Emphasis((Strong((Text("gras"),)),)),
            Script("super", (Text("e"),)),
            Script("sub", (Text("i"),)),
            LineBreak(),
            Code("x = 1"),
        ),
        dl(("Mot", "Sens")),
        Rule(),
    )
    assert "SRC-021" in codes(reading)


def test_hidden_and_deleted_words_are_out_and_said() -> None:
    reading = read(
        "<text:tracked-changes><text:changed-region><text:deletion><text:p>ôté</text:p>"
        "</text:deletion></text:changed-region></text:tracked-changes>"
        '<text:section text:display="none"><text:p>caché</text:p></text:section>'
        '<text:p>Vu<text:span text:style-name="H"> masqué</text:span>'
        "<text:hidden-text>invisible</text:hidden-text>"
        "<office:annotation><text:p>commentaire</text:p></office:annotation></text:p>"
        "<text:table-of-content><text:index-body><text:p>Sommaire</text:p></text:index-body>"
        "</text:table-of-content>",
        automatic=looks("H", 'text:display="none"'),
    )
    assert reading.document.children == (p("Vu"),)
    assert {"SRC-054", "SRC-055", "SRC-056", "SRC-057"} <= set(codes(reading))


def test_one_word_in_another_language_is_kept_and_none_is_dropped() -> None:
    body = (
        '<text:p>Un <text:span text:style-name="E">newsletter</text:span> et '
        '<text:span text:style-name="Z">xyz</text:span>.</text:p>'
    )
    automatic = looks("E", 'fo:language="en" fo:country="GB"') + looks(
        "Z", 'fo:language="zxx" fo:country="none"'
    )
    assert blocks(body, automatic=automatic) == (p("Un ", lang("en-GB", "newsletter"), " et xyz."),)


def test_headings_are_numbered_as_they_are_printed() -> None:
    styles = (
        '<text:outline-style style:name="O"><text:outline-level-style text:level="1" '
        'style:num-format="I" style:num-suffix="."/><text:outline-level-style text:level="2" '
        'style:num-format="1" text:display-levels="2"/></text:outline-style>'
    )
    body = (
        '<text:h text:outline-level="1">Un</text:h><text:h text:outline-level="2">A</text:h>'
        '<text:h text:outline-level="2">B</text:h><text:h text:outline-level="1">Deux</text:h>'
        '<text:h text:outline-level="1" text:is-list-header="true">Sans</text:h>'
    )
    assert blocks(body, styles=styles) == (
        h(1, "I. Un"),
        h(2, "I.1 A"),
        h(2, "I.2 B"),
        h(1, "II. Deux"),
        h(1, "Sans"),
    )


LISTS = (
    '<text:list-style style:name="N"><text:list-level-style-number text:level="1" '
    'style:num-format="1" text:start-value="3"/><text:list-level-style-bullet text:level="2" '
    'text:bullet-char="-"/></text:list-style><text:list-style style:name="V">'
    '<text:list-level-style-number text:level="1" style:num-format=""/></text:list-style>'
)


def test_lists_start_go_on_and_hold_lists() -> None:
    body = (
        '<text:list xml:id="a" text:style-name="N"><text:list-item><text:p>Trois</text:p>'
        "<text:list><text:list-item><text:p>Sous</text:p></text:list-item></text:list>"
        "</text:list-item></text:list><text:p>Entre.</text:p>"
        '<text:list text:style-name="N" text:continue-list="a"><text:list-item><text:p>Quatre'
        "</text:p></text:list-item></text:list><text:p>Puis.</text:p><text:list "
        'text:style-name="N" text:continue-numbering="true"><text:list-item><text:p>Cinq</text:p>'
        '</text:list-item></text:list><text:p>Et.</text:p><text:list text:style-name="N">'
        '<text:list-item text:start-value="9"><text:p>Neuf</text:p></text:list-item></text:list>'
        '<text:list text:style-name="V"><text:list-item><text:p>Sans marque</text:p>'
        "</text:list-item></text:list>"
        "<text:list><text:list-item><text:list><text:list-item><text:p>Profond</text:p>"
        "</text:list-item></text:list></text:list-item></text:list>"
        '<text:list><text:list-item><text:h text:outline-level="1">Titre</text:h></text:list-item>'
        "</text:list>"
    )
    assert blocks(body, automatic=LISTS) == (
        ol((p("Trois"), ul("Sous")), start=3),
        p("Entre."),
        ol("Quatre", start=4),
        p("Puis."),
        ol("Cinq", start=5),
        p("Et."),
        ol("Neuf", start=9),
        p("Sans marque"),
        ul("Profond"),
        h(1, "Titre"),
    )


def test_a_list_keeps_the_numbers_of_its_items_and_their_form() -> None:
    styles = (
        '<text:list-style style:name="R"><text:list-level-style-number text:level="1" '
        'style:num-format="i"/></text:list-style>'
    )
    body = (
        '<text:list text:style-name="R"><text:list-item><text:p>Un</text:p></text:list-item>'
        '<text:list-item text:start-value="20"><text:p>Vingt</text:p></text:list-item>'
        "<text:list-item><text:p>Suite</text:p></text:list-item></text:list><text:p>Puis.</text:p>"
        '<text:list text:style-name="R" text:continue-numbering="true"><text:list-item>'
        "<text:p>Fin</text:p></text:list-item></text:list>"
    )
    assert blocks(body, automatic=styles) == (
        ol("Un", form="lower-roman"),
        ol("Vingt", "Suite", start=20, form="lower-roman"),
        p("Puis."),
        ol("Fin", start=22, form="lower-roman"),
    )


def test_tables_keep_spans_heads_titles_and_repeated_cells() -> None:
    body = (
        "<table:table><table:title>Prix</table:title><table:desc>Par lieu</table:desc>"
        "<table:table-header-rows><table:table-row><table:table-cell "
        'table:number-columns-spanned="2"><text:p>Tête</text:p></table:table-cell>'
        "<table:covered-table-cell/><table:table-cell><text:p>Prix</text:p></table:table-cell>"
        "</table:table-row></table:table-header-rows><table:table-row>"
        '<table:table-cell table:number-rows-spanned="2"><text:p>a</text:p></table:table-cell>'
        '<table:table-cell table:number-columns-repeated="2"><text:p>b</text:p></table:table-cell>'
        "</table:table-row><table:table-row><table:covered-table-cell/><table:table-cell><text:p>c"
        "</text:p></table:table-cell><table:table-cell><text:p>d</text:p></table:table-cell>"
        '</table:table-row><table:table-row table:visibility="collapse"><table:table-cell><text:p>'
        "secret</text:p></table:table-cell></table:table-row><table:table-row "
        'table:number-rows-repeated="9000"><table:table-cell/></table:table-row></table:table>'
    )
    (found,) = blocks(body)
    assert found == Table(
        (
            (cell("Tête", header=True, col_span=2), cell("Prix", header=True)),
            (cell("a", row_span=2), cell("b"), cell("b")),
            (cell("c"), cell("d")),
        ),
        1,
        inlines(("Prix",)),
        "Par lieu",
    )


def frame(inner: str, attributes: str = "") -> str:
    return f"<draw:frame {attributes}>{inner}</draw:frame>"


IMAGE = '<draw:image xlink:href="Pictures/x.png"/>'


def test_pictures_have_a_description_a_longer_one_or_a_finding() -> None:
    body = "".join(
        f"<text:p>{frame(IMAGE + inner, attributes)}</text:p>"
        for inner, attributes in (
            ("<svg:title>Titre</svg:title><svg:desc>Longue</svg:desc>", ""),
            ("<svg:desc>Seule</svg:desc>", ""),
            ("", 'loext:decorative="true"'),
            ("", ""),
        )
    )
    reading = read(body)
    found = [node for node in inlines_in(reading.document.children) if isinstance(node, Image)]
    assert [(image.alt, image.description) for image in found] == [
        ("Titre", "Longue"),
        ("Seule", ""),
        ("", ""),
        (None, ""),
    ]
    assert codes(reading).count("SRC-003") == 1


def test_pictures_outside_are_not_fetched() -> None:
    addresses = ("https://exemple.fr/a.png", "../../etc/passwd", "Pictures/absent.png")
    pictures = (f"<draw:image xlink:href='{href}'/>" for href in addresses)
    body = "".join(
        f"<text:p>{frame(one + '<svg:title>t</svg:title>')}</text:p>" for one in pictures
    )
    reading = read(body)
    assert {"SRC-010", "SRC-011", "SRC-012"} <= set(codes(reading))
    assert not reading.document.assets


def test_a_frame_with_a_picture_and_its_caption_is_a_figure_and_another_is_a_box() -> None:
    plan = frame(IMAGE + "<svg:title>Plan</svg:title>")
    caption = f'<text:p text:style-name="Illustration">{plan}Illustration 1 : le plan</text:p>'
    two = "<draw:text-box><text:p>Un</text:p><text:p>Deux</text:p></draw:text-box>"
    body = (
        f"<text:p>{frame(f'<draw:text-box>{caption}</draw:text-box>')}</text:p>"
        f"<text:p>Avant{frame(two)}</text:p>"
    )
    figure, before, box = blocks(body)
    assert isinstance(figure, Figure)
    assert figure.caption == inlines(("Illustration 1 : le plan",))
    assert (before, box) == (p("Avant"), Division("aside", "", (), (p("Un"), p("Deux"))))


def test_shapes_groups_and_controls_say_what_they_hold() -> None:
    body = (
        '<draw:custom-shape draw:name="Flèche"/><draw:custom-shape><text:p>Mots</text:p>'
        "</draw:custom-shape><draw:rect><svg:title>Un cadre</svg:title></draw:rect>"
        f"<draw:g><svg:title>Groupe</svg:title>{frame(IMAGE)}</draw:g>"
        "<draw:g><svg:title>Vide</svg:title></draw:g><text:p><draw:control/>Fin</text:p>"
        '<text:p><draw:a xlink:href="https://x.fr/">'
        + frame(IMAGE + "<svg:desc>Lien</svg:desc>")
        + "</draw:a></text:p>"
    )
    reading = read(body)
    alts = [n.alt for n in inlines_in(reading.document.children) if isinstance(n, Image)]
    assert alts == ["Un cadre", "Groupe", "Vide", "Lien"]
    assert Division("aside", "", (), (p("Mots"),)) in reading.document.children
    assert {"SRC-063", "SRC-064"} <= set(codes(reading))


def test_formulas_and_charts_keep_their_words_and_values() -> None:
    cells = "<table:table-cell><text:p>{}</text:p></table:table-cell>" * 2
    row = f"<table:table-row>{cells}</table:table-row>"
    values = row.format("", "2020") + row.format("Nord", "5") + row.format("Sud", "7")
    annotation = "<math:semantics><math:annotation>a over b</math:annotation></math:semantics>"
    chart = f"<draw:object><chart:chart><table:table>{values}</table:table></chart:chart>"
    objects = (
        frame(f"<draw:object><math:math>{annotation}</math:math></draw:object>"),
        frame(f"{chart}</draw:object><svg:title>Courbe</svg:title>"),
        frame("<draw:object><x/></draw:object>", 'draw:name="Objet"') + "Fin",
    )
    body = "".join(f"<text:p>{one}</text:p>" for one in objects)
    reading = read(body)
    assert reading.document.children[0] == p("a over b")
    data = next(b for b in reading.document.children if isinstance(b, Table))
    assert (len(data.rows), data.head_rows) == (3, 1)
    assert {"SRC-059", "SRC-061", "SRC-064"} <= set(codes(reading))


def test_notes_links_bookmarks_ruby_and_breaks() -> None:
    automatic = paragraphs("B", 'fo:break-before="page"') + paragraphs("A", 'fo:break-after="page"')
    body = (
        '<text:p text:style-name="A">Un<text:note><text:note-body><text:p>Note</text:p>'
        '</text:note-body></text:note> <text:a xlink:href="#Titre|outline">là</text:a> '
        '<text:a xlink:href="#perdu">perdu</text:a></text:p><text:soft-page-break/>'
        '<text:h text:outline-level="1">Titre</text:h>'
        "<text:p><text:ruby><text:ruby-base>漢</text:ruby-base><text:ruby-text>kan</text:ruby-text>"
        '</text:ruby> page <text:bookmark-ref text:reference-format="page">3</text:bookmark-ref>'
        '</text:p><text:p text:style-name="B">Fin</text:p>'
    )
    found = blocks(body, automatic=automatic)
    assert found == (
        p("Un", note("Note"), " ", link("#Titre", "là"), " perdu"),
        PageBreak(),
        h(1, "Titre", id="Titre"),
        p("漢 (kan) page"),
        PageBreak(),
        p("Fin"),
    )
    assert found[2].at is not None
    assert found[2].at.page == 2


def test_properties_headers_and_language_are_told() -> None:
    meta = "<dc:title>Mon guide</dc:title><dc:creator>Ana</dc:creator>"
    styles = (
        '<style:default-style style:family="paragraph"><style:text-properties fo:language="fr" '
        'fo:country="FR"/></style:default-style><style:header><text:p>Entête répété</text:p>'
        "</style:header>"
    )
    reading = read("<text:p>Bonjour</text:p>", meta=meta, styles=styles)
    told = reading.document.meta
    assert (told.title, told.lang, told.authors) == ("Mon guide", "fr-FR", ("Ana",))
    assert "SRC-052" in codes(reading)


def test_words_contradict_a_wrong_language() -> None:
    text = "The guide is for you and your family: it has what you will need at the office. " * 3
    reading = read(f"<text:p>{text}</text:p>")
    assert reading.document.meta.lang == "en"
    assert "SRC-053" in codes(reading)


def test_flat_files_are_read_too() -> None:
    assert read_odt(flat_odt("<text:p>Bonjour</text:p>")).document.children == (p("Bonjour"),)


def test_what_a_machine_described_is_said() -> None:
    reading = read_odt(
        odt(
            '<text:p><draw:frame><draw:image xlink:href="Pictures/x.png"/><svg:desc>Un plan\n\n'
            "Description automatically generated</svg:desc></draw:frame></text:p>",
            extra=PICTURE,
        )
    )
    (block,) = reading.document.children
    assert isinstance(block, Figure)
    assert block.image.alt == "Un plan"
    assert "SRC-058" in codes(reading)
