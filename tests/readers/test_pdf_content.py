"""PDF: what tags say, what looks say, and what is said of both."""

import re
from collections.abc import Mapping
from difflib import SequenceMatcher

import pytest

from ess_access.document.build import cell, h, link, ol, p, strong, table, ul
from ess_access.document.inlines import plain_text
from ess_access.document.nodes import Document, Figure, Heading, Image, PageMark, Paragraph, Table
from ess_access.document.walk import headings, inlines_in, words
from ess_access.readers.odt import OdtReader
from ess_access.readers.pdf import PdfReader
from office_files import codes, pdf, read_pdf, shown, source
from support import shared

LOREM = "Le présent guide est fait pour les adhérents de la mutuelle et pour leurs proches"


def page(*lines: str) -> str:
    return "\n".join(lines)


def body(*lines: str, top: int = 700, left: int = 72, pitch: int = 14) -> str:
    return page(*(shown(line, left, top - pitch * n) for n, line in enumerate(lines)))


def bare(document: Document) -> list[object]:
    """Give the blocks without the marks of pages."""
    from dataclasses import replace

    found: list[object] = []
    for block in document.children:
        if isinstance(block, Heading | Paragraph):
            children = tuple(n for n in block.children if not isinstance(n, PageMark))
            found.append(replace(block, children=children))
        else:
            found.append(block)
    return found


def test_sizes_make_headings_and_lines_make_paragraphs() -> None:
    content = page(
        shown("Guide des soins", 72, 760, 22, "F2"),
        shown("Remboursements", 72, 730, 15, "F2"),
        body(
            f"{LOREM},",
            "qui le liront avec profit.",
            "Un second paragraphe commence ici et il dure",
            "sur deux lignes.",
            top=705,
        ),
        shown("Repères", 72, 640, 11, "F2"),
        body(f"{LOREM}.", top=620),
    )
    reading = read_pdf(
        pdf(content, info="/Title (Mon guide) /Author (Ana)", catalogue="/Lang (fr)")
    )
    assert bare(reading.document) == [
        h(1, "Guide des soins"),
        h(2, "Remboursements"),
        p(f"{LOREM}, qui le liront avec profit."),
        p("Un second paragraphe commence ici et il dure sur deux lignes."),
        h(3, "Repères"),
        p(f"{LOREM}."),
    ]
    assert reading.document.meta.title == "Mon guide"
    assert reading.document.meta.authors == ("Ana",)
    assert codes(reading)[0] == "SRC-070"


def test_a_page_begins_where_its_mark_stands() -> None:
    reading = read_pdf(pdf(body(f"{LOREM}."), body("Seconde page.")))
    marks = [
        node.label for node in inlines_in(reading.document.children) if isinstance(node, PageMark)
    ]
    assert marks == ["1", "2"]


def test_hyphens_at_the_end_of_a_line_are_rejoined_as_the_document_writes_the_word() -> None:
    content = body(
        "Le rendez-vous est pris dans la ville par la per-",
        "sonne la plus proche, et le rendez-",
        "vous suivant est pris par elle aussi.",
    )
    assert "la personne la plus proche, et le rendez-vous suivant" in " ".join(
        words(read_pdf(pdf(content)).document)
    )


def test_marks_make_lists_and_indents_nest_them() -> None:
    content = page(
        body("Voici la liste de ce qui est pris en charge par la mutuelle :", top=720),
        shown("• Premier", 80, 700),
        shown("qui continue", 90, 686),
        shown("– Dedans", 100, 672),
        shown("– Encore", 100, 658),
        shown("• Second", 80, 644),
        body("Puis les étapes, dans l'ordre, pour toute la famille :", top=620),
        shown("1. Écrire", 80, 600),
        shown("2. Attendre", 80, 586),
    )
    assert bare(read_pdf(pdf(content)).document)[1::2] == [
        ul((p("Premier qui continue"), ul("Dedans", "Encore")), "Second"),
        ol("Écrire", "Attendre"),
    ]


def test_two_columns_are_read_one_after_the_other() -> None:
    left = [
        "La colonne de gauche est pleine",
        "de mots qui vont d'un bord à",
        "l'autre sans aucun",
        "blanc et sans arrêt jusqu'au",
        "bout de la colonne.",
    ]
    right = [
        "La colonne de droite est aussi",
        "pleine de mots qui vont d'un",
        "bord à l'autre de la",
        "page sans aucun arrêt jusqu'au",
        "bout de la seconde.",
    ]
    content = page(
        shown("Titre sur toute la largeur de la page et au-delà", 72, 760, 20, "F2"),
        body(*left, top=700, left=72),
        body(*right, top=700, left=320),
    )
    text = " ".join(words(read_pdf(pdf(content)).document))
    assert "bout de la colonne. La colonne de droite" in text


def test_words_in_line_make_a_table() -> None:
    rows = (
        ("Lieu", "Prix", "Durée"),
        ("Lyon", "10", "1 h"),
        ("Nice", "12", "2 h"),
        ("Brest", "9", "3 h"),
    )
    content = page(
        body(f"{LOREM}.", top=740),
        *(
            shown(text, 72 + 150 * c, 700 - 16 * r, 11, "F2" if r == 0 else "F1")
            for r, row in enumerate(rows)
            for c, text in enumerate(row)
        ),
    )
    reading = read_pdf(pdf(content))
    assert bare(reading.document)[1] == table(*rows)
    assert "SRC-075" in codes(reading)


def test_running_headers_page_numbers_and_contents_are_left_out() -> None:
    def sheet(number: int) -> str:
        return page(
            shown("Guide de la mutuelle du Rhône", 72, 800, 9),
            body(f"Texte de la page, la {['une', 'deux', 'trois', 'quatre'][number]}.", LOREM),
            shown(f"Page {number + 1} / 4", 280, 30, 9),
        )

    contents = page(
        shown("Guide de la mutuelle du Rhône", 72, 800, 9),
        shown("Sommaire", 72, 740, 18, "F2"),
        *(shown(f"Partie {n} .................... {n + 2}", 72, 700 - 14 * n) for n in range(4)),
        shown("Page 1 / 4", 280, 30, 9),
    )
    reading = read_pdf(pdf(contents, *(sheet(n) for n in range(1, 4))))
    text = " ".join(words(reading.document))
    assert "mutuelle du Rhône" not in text
    assert "Page" not in text
    assert "Partie" not in text
    assert "Sommaire" not in text
    assert {"SRC-057", "SRC-076"} <= set(codes(reading))


def test_links_and_bold_words_are_kept() -> None:
    link_object = (
        b"<< /Type /Annot /Subtype /Link /Rect [100 690 200 712] /A << /S /URI "
        b"/URI (https://exemple.fr/) >> >>"
    )
    content = page(
        shown("Voir", 72, 700),
        shown("le site", 100, 700),
        shown("de la mutuelle", 210, 700, 11, "F2"),
        body(LOREM, top=640),
    )
    reading = read_pdf(pdf(content, extra={200: link_object}))
    first = bare(reading.document)[0]
    assert first == p(
        "Voir ", link("https://exemple.fr/", "le site"), " ", strong("de la mutuelle")
    )


IMAGE = (
    b"<< /Type /XObject /Subtype /Image /Width 2 /Height 2 /ColorSpace /DeviceGray "
    b"/BitsPerComponent 8 /Length 4 >>\nstream\nabcd\nendstream"
)


def test_a_picture_stands_between_paragraphs_and_lacks_a_description() -> None:
    content = page(
        body(f"{LOREM}.", top=740),
        "q 200 0 0 100 72 600 cm /Im1 Do Q",
        body("Après l'image vient la suite du texte.", top=560),
    )
    reading = read_pdf(pdf(content, extra={100: IMAGE}))
    assert [type(block).__name__ for block in reading.document.children] == [
        "Paragraph",
        "Figure",
        "Paragraph",
    ]
    assert "SRC-003" in codes(reading)
    assert len(reading.document.assets) == 1


def test_a_page_that_is_only_a_picture_is_said() -> None:
    reading = read_pdf(pdf(body(f"{LOREM}."), "q 595 0 0 842 0 0 cm /Im1 Do Q", extra={100: IMAGE}))
    found = next(finding for finding in reading.findings if finding.code == "SRC-073")
    assert found.params["pages"] == "2"


def tagged(marks: str, content: str, extra: Mapping[int, bytes] = {}) -> bytes:
    """Make a tagged PDF of one page: ``marks`` is the kids of the document, objects from 300."""
    objects: dict[int, bytes] = {
        **extra,
        300: b"<< /Type /StructTreeRoot /K [301 0 R] /ParentTree 399 0 R >>",
        399: b"<< /Nums [0 [] ] >>",
    }
    elements = [line for line in marks.strip().splitlines() if line.strip()]
    top: list[str] = []
    for line in elements:
        number, parent, rest = line.strip().split(" ", 2)
        objects[int(number)] = f"<< /Type /StructElem /Pg 10 0 R /P {parent} 0 R {rest} >>".encode(
            "cp1252"
        )
        if parent == "301":
            top.append(f"{number} 0 R")
    objects[301] = f"<< /Type /StructElem /S /Document /P 300 0 R /K [{' '.join(top)}] >>".encode()
    leaves: list[tuple[int, int]] = []
    for key in sorted(objects.keys() - extra.keys()):
        kids = re.search(rb"/K (?:\[([^\]]*)\]|(\d+))", objects[key])
        listed = re.sub(rb"\d+ 0 R", b"", kids[1] or kids[2]) if kids else b""
        leaves.extend((int(mark), key) for mark in listed.split())
    parents = " ".join(f"{number} 0 R" for _, number in sorted(leaves))
    objects[399] = f"<< /Nums [0 [{parents}]] >>".encode()
    catalogue = "/Lang (fr-FR) /MarkInfo << /Marked true >> /StructTreeRoot 300 0 R"
    return pdf(content, catalogue=catalogue, extra=objects)


def marked(tag: str, number: int, inner: str) -> str:
    return f"/{tag} << /MCID {number} >> BDC {inner} EMC"


TREE = """
310 301 /S /H1 /K 0
311 301 /S /P /K [1 312 0 R]
312 311 /S /Span /Lang (en-GB) /K 2
313 301 /S /TOC /K 3
314 301 /S /L /K [315 0 R 318 0 R]
315 314 /S /LI /K [316 0 R 317 0 R]
316 315 /S /Lbl /K 4
317 315 /S /LBody /K 5
318 314 /S /LI /K [319 0 R 320 0 R]
319 318 /S /Lbl /K 6
320 318 /S /LBody /K 7
321 301 /S /Table /K [322 0 R 325 0 R]
322 321 /S /TR /K [323 0 R 324 0 R]
323 322 /S /TH /K 8
324 322 /S /TH /K 9
325 321 /S /TR /K [326 0 R]
326 325 /S /TD /A << /O /Table /ColSpan 2 >> /K 10
327 301 /S /Figure /Alt (Un plan) /K 11
328 301 /S /BlockQuote /K [329 0 R]
329 328 /S /P /K 12
330 301 /S /P /K [13 331 0 R]
331 330 /S /Note /K 14
332 301 /S /Aside /K [333 0 R]
333 332 /S /P /K 15
334 301 /S /Sect /K [335 0 R]
335 334 /S /H /K 16
"""
TEXTS = (
    "Titre",
    "Un mot",
    "the quick fox",
    "Partie 1 ... 3",
    "1.",
    "Écrire",
    "2.",
    "Lire",
    "Lieu",
    "Prix",
    "Lyon",
    "",
    "Une citation",
    "Avec appel",
    "La note",
    "Un encadré",
    "Section",
)


def test_tags_give_the_structure() -> None:
    content = page(
        *(marked("P", n, shown(text, 72, 780 - 20 * n)) for n, text in enumerate(TEXTS)),
        "/Artifact BMC " + shown("Pied de page", 72, 20) + " EMC",
    )
    reading = read_pdf(tagged(TREE, content))
    assert codes(reading)[0] == "SRC-071"
    assert "SRC-057" in codes(reading)
    blocks = bare(reading.document)
    assert blocks[0] == h(1, "Titre")
    assert blocks[2] == ol("Écrire", "Lire")
    assert blocks[3] == Table(
        ((cell("Lieu", header=True), cell("Prix", header=True)), (cell("Lyon", col_span=2),)), 1
    )
    assert blocks[4] == Figure(Image(None, "Un plan"))
    assert blocks[-1] == h(1, "Section")
    text = " ".join(words(reading.document))
    assert "Pied" not in text
    assert [type(block).__name__ for block in reading.document.children] == [
        "Heading",
        "Paragraph",
        "ListBlock",
        "Table",
        "Figure",
        "Quote",
        "Paragraph",
        "Division",
        "Heading",
    ]


def test_a_picture_that_no_tag_names_and_an_empty_cell_are_kept() -> None:
    tree = """
    310 301 /S /Table /K [311 0 R 314 0 R]
    311 310 /S /TR /K [312 0 R 313 0 R]
    312 311 /S /TH
    313 311 /S /TH /K 0
    314 310 /S /TR /K [315 0 R 316 0 R]
    315 314 /S /TD /K 1
    316 314 /S /TD /K 2
    """
    content = page(
        *(
            marked("P", n, shown(text, 72, 780 - 20 * n))
            for n, text in enumerate(("Prix", "a", "b"))
        ),
        "q 200 0 0 100 72 500 cm /Im1 Do Q",
    )
    reading = read_pdf(tagged(tree, content, {100: IMAGE}))
    data, picture = reading.document.children
    assert isinstance(data, Table)
    assert data.rows[0] == (cell(header=True), cell(data.rows[0][1].children, header=True))
    assert isinstance(picture, Figure)
    assert "SRC-003" in codes(reading)


def test_tags_that_cover_too_little_are_not_used() -> None:
    content = page(marked("H1", 0, shown("Titre", 72, 760, 20)), body(LOREM, LOREM, LOREM))
    reading = read_pdf(tagged("310 301 /S /H1 /K 0", content))
    assert {"SRC-070", "SRC-072"} <= set(codes(reading))


def test_a_real_pair_agrees() -> None:
    open_text = shared("corpus", "rgaa-exemple-declaration.odt").read_bytes()
    printed = shared("corpus", "rgaa-exemple-declaration.pdf").read_bytes()
    one = OdtReader().read(source(open_text, ".odt")).document
    other = PdfReader().read(source(printed, ".pdf")).document
    mine, theirs = (re.findall(r"\w+", " ".join(words(d))) for d in (one, other))
    match = SequenceMatcher(None, mine, theirs, autojunk=False)
    assert sum(block.size for block in match.get_matching_blocks()) >= 0.97 * len(mine)
    first, second = (
        [(heading.level, plain_text(heading.children)) for heading in headings(d)]
        for d in (one, other)
    )
    assert len(set(first) & set(second)) >= 0.9 * len(first)


def test_marked_without_a_tree_is_read_by_its_looks() -> None:
    data = shared("corpus", "disic-guide-contribuer.pdf").read_bytes()
    reading = read_pdf(data)
    titles = [plain_text(heading.children) for heading in headings(reading.document)]
    assert sum(title.startswith("FICHE") for title in titles) == 13
    text = " ".join(words(reading.document))
    assert "octobre 2016" not in text
    assert "Page 3/39" not in text


@pytest.mark.parametrize("count", [1, 2])
def test_short_files_keep_their_lines(count: int) -> None:
    pages = [body(f"Ligne {n} de ce petit texte, tout entier.") for n in range(count)]
    assert len(list(words(read_pdf(pdf(*pages)).document))) == 8 * count
