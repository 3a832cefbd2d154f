"""One content in Markdown, HTML, Word, OpenDocument and EPUB: one model."""

import subprocess
from pathlib import Path

import pytest

from ess_access.api.reader import Reader, Source
from ess_access.document.nodes import Document
from ess_access.readers.docx import DocxReader
from ess_access.readers.epub import EpubReader
from ess_access.readers.html import HtmlReader
from ess_access.readers.markdown import MarkdownReader
from ess_access.readers.odt import OdtReader
from office_files import docx, epub, odt, para, png, read_docx, read_odt, run, source, style
from support import program

PICTURE = png(40, 40)
MARKDOWN = """\
---
title: Guide
lang: fr
---

# Accueil

Bonjour *à tous* et **bienvenue**, voir [le site](https://exemple.fr/).[^1]

[^1]: Une note **grasse**.

## Listes

- Un
- Deux

    1. Deux a
    2. Deux b

- Trois

## Tableau

| Lieu | Prix |
|------|------|
| Lyon | 10   |

![Un plan](x.png)

Fin.
"""
HTML = """<!DOCTYPE html><html lang="fr"><head><title>Guide</title></head><body>
<h1>Accueil</h1><p>Bonjour <em>à tous</em> et <strong>bienvenue</strong>, voir
<a href="https://exemple.fr/">le site</a>.<a href="#n1" role="doc-noteref">1</a>
</p><h2>Listes</h2><ul><li>Un</li><li>Deux<ol><li>Deux a</li><li>Deux b</li></ol></li><li>Trois
</li></ul><h2>Tableau</h2><table><thead><tr><th>Lieu</th><th>Prix</th></tr></thead><tbody><tr>
<td>Lyon</td><td>10</td></tr></tbody></table><p><img src="x.png" alt="Un plan"></p><p>Fin.</p>
<aside id="n1" role="doc-footnote"><p>Une note <strong>grasse</strong>.</p></aside></body></html>
"""


def _list(text: str, num: int, depth: int) -> str:
    place = f'<w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="{num}"/></w:numPr>'
    return para(text, properties=place)


def _level(depth: int, form: str, text: str) -> str:
    return (
        f'<w:lvl w:ilvl="{depth}"><w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/>'
        f'<w:pPr><w:ind w:left="{720 * (depth + 1)}"/></w:pPr></w:lvl>'
    )


def word() -> bytes:
    image = (
        '<w:r><w:drawing><wp:inline><wp:docPr id="1" name="x" descr="Un plan"/><a:graphic>'
        '<a:graphicData><pic:pic><pic:blipFill><a:blip r:embed="i"/></pic:blipFill></pic:pic>'
        "</a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
    )
    table = (
        f"<w:tbl><w:tr><w:trPr><w:tblHeader/></w:trPr><w:tc>{para('Lieu')}</w:tc><w:tc>"
        f"{para('Prix')}</w:tc></w:tr><w:tr><w:tc>{para('Lyon')}</w:tc><w:tc>{para('10')}</w:tc>"
        "</w:tr></w:tbl>"
    )
    body = (
        para("Guide", style="T"),
        para("Accueil", style="H1"),
        para(
            "Bonjour ",
            run("à tous", "<w:i/>"),
            " et ",
            run("bienvenue", "<w:b/>"),
            ", voir ",
            f'<w:hyperlink r:id="l">{run("le site")}</w:hyperlink>',
            ".",
            '<w:r><w:footnoteReference w:id="1"/></w:r>',
        ),
        para("Listes", style="H2"),
        _list("Un", 1, 0),
        _list("Deux", 1, 0),
        _list("Deux a", 1, 1),
        _list("Deux b", 1, 1),
        _list("Trois", 1, 0),
        para("Tableau", style="H2"),
        table,
        para(image),
        para("Fin."),
    )
    levels = _level(0, "bullet", "•") + _level(1, "decimal", "%2.")
    return docx(
        "".join(body),
        styles=style("T", "Title") + style("H1", "heading 1") + style("H2", "heading 2"),
        numbering=f'<w:abstractNum w:abstractNumId="0">{levels}</w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>',
        footnotes='<w:footnote w:id="1">'
        + para("Une note ", run("grasse", "<w:b/>"), ".")
        + "</w:footnote>",
        relations={"l": ("hyperlink", "https://exemple.fr/"), "i": ("image", "media/x.png")},
        extra={"word/media/x.png": PICTURE},
    )


def open_document() -> bytes:
    def item(*inner: str) -> str:
        return f"<text:list-item>{''.join(inner)}</text:list-item>"

    def cell(text: str) -> str:
        return f"<table:table-cell><text:p>{text}</text:p></table:table-cell>"

    def looks(name: str, properties: str) -> str:
        return (
            f'<style:style style:name="{name}" style:family="text">'
            f"<style:text-properties {properties}/></style:style>"
        )

    inner = (
        f"<text:list>{item('<text:p>Deux a</text:p>')}{item('<text:p>Deux b</text:p>')}</text:list>"
    )
    body = (
        '<text:p text:style-name="Title">Guide</text:p>'
        '<text:h text:outline-level="1">Accueil</text:h>'
        '<text:p>Bonjour <text:span text:style-name="E">à tous</text:span> et <text:span '
        'text:style-name="S">bienvenue</text:span>, voir <text:a xlink:href="https://exemple.fr/">'
        "le site</text:a>.<text:note "
        'text:note-class="footnote"><text:note-citation>1</text:note-citation><text:note-body>'
        '<text:p>Une note <text:span text:style-name="S">grasse</text:span>.</text:p>'
        "</text:note-body></text:note></text:p>"
        '<text:h text:outline-level="2">Listes</text:h>'
        f'<text:list text:style-name="L">{item("<text:p>Un</text:p>")}'
        f"{item('<text:p>Deux</text:p>', inner)}{item('<text:p>Trois</text:p>')}</text:list>"
        '<text:h text:outline-level="2">Tableau</text:h>'
        f"<table:table><table:table-header-rows><table:table-row>{cell('Lieu')}{cell('Prix')}"
        f"</table:table-row></table:table-header-rows><table:table-row>{cell('Lyon')}{cell('10')}"
        "</table:table-row></table:table>"
        '<text:p><draw:frame><draw:image xlink:href="Pictures/x.png"/><svg:title>Un plan'
        "</svg:title></draw:frame></text:p><text:p>Fin.</text:p>"
    )
    automatic = (
        looks("E", 'fo:font-style="italic"')
        + looks("S", 'fo:font-weight="bold"')
        + '<text:list-style style:name="L"><text:list-level-style-bullet text:level="1" '
        'text:bullet-char="•"/><text:list-level-style-number text:level="2" style:num-format="1" '
        'style:num-suffix="."/></text:list-style>'
    )
    return odt(body, automatic=automatic, extra={"Pictures/x.png": PICTURE})


@pytest.fixture(scope="module")
def expected() -> Document:
    made = source(MARKDOWN.encode(), ".md", files={"x.png": PICTURE})
    return MarkdownReader().read(made).document


def test_html_gives_the_model_of_markdown(expected: Document) -> None:
    made = source(HTML.encode(), ".html", files={"x.png": PICTURE})
    assert HtmlReader().read(made).document == expected


def test_word_gives_the_model_of_markdown(expected: Document) -> None:
    assert read_docx(word()).document == expected


def test_open_document_gives_the_model_of_markdown(expected: Document) -> None:
    assert read_odt(open_document()).document == expected


def test_epub_gives_the_model_of_markdown(expected: Document) -> None:
    body = HTML[HTML.index("<body>") : HTML.index("</html>")].replace(
        'alt="Un plan">', 'alt="Un plan"/>'
    )
    book = epub(body, extra={"OPS/x.png": PICTURE})
    assert EpubReader().read(source(book, ".epub")).document == expected


READERS: tuple[tuple[str, Reader], ...] = (
    ("docx", DocxReader()),
    ("odt", OdtReader()),
    ("epub", EpubReader()),
    ("html", HtmlReader()),
)


@pytest.mark.oracle
@pytest.mark.parametrize(("suffix", "reader"), READERS, ids=[name for name, _ in READERS])
def test_what_pandoc_writes_gives_the_model_of_markdown(
    suffix: str, reader: Reader, tmp_path: Path
) -> None:
    pandoc = program("pandoc")
    # Pandoc writes no description of a picture to OpenDocument, and dates its books.
    text = MARKDOWN.replace("![Un plan](x.png)\n\n", "")
    text += "\n> Une citation.\n\n```\nun\ndeux\n```\n\nTerme\n\n:   Sa définition.\n"
    text += "\n---\n\nVraie fin.\n"
    (tmp_path / "c.md").write_text(text, "utf-8")
    made = tmp_path / f"c.{suffix}"
    subprocess.run([pandoc, "-s", "c.md", "-o", made.name], cwd=tmp_path, check=True, timeout=60)
    reading = reader.read(Source(made.name, f".{suffix}", made.read_bytes()))
    expected = MarkdownReader().read(source(text.encode(), ".md")).document.children
    children = reading.document.children
    if suffix == "html":
        children = children[1:]  # the title, which other formats keep as a property
    assert children == expected
    assert reading.document.meta.title == "Guide"
