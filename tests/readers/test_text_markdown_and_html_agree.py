"""One text written as Markdown, as HTML and as plain text is one document."""

import textwrap
from dataclasses import replace
from html import escape
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ess_access.api.reader import Reader, Source
from ess_access.document.build import doc, h, ol, p, quote, ul
from ess_access.document.inlines import plain_text
from ess_access.document.nodes import (
    Block,
    Cell,
    CodeBlock,
    Definitions,
    Division,
    Document,
    Figure,
    Heading,
    ListBlock,
    PageBreak,
    Paragraph,
    Quote,
    Rule,
    Table,
    Text,
)
from ess_access.readers.html import HtmlReader
from ess_access.readers.markdown import MarkdownReader
from ess_access.readers.text import TextReader
from ess_access.transforms.outline import prepare

GUIDE = {
    "guide.md": """\
# Bien accueillir

Une personne sur dix, en France, ne lit pas l’imprimé ordinaire.

## Pourquoi ?

Parce que chacun a droit à
la même information.

- écouter ;
- informer :
  - à voix haute
  - en braille
- accompagner.

## Comment ?

1. Demandez.
2. Attendez.

> Rien sur nous sans nous.

---

Écrivez à contact@exemple.fr, ou appelez le 02 98 00 00 00.
""",
    "guide.txt": """\
BIEN ACCUEILLIR

Une personne sur dix, en France, ne lit pas l’imprimé ordinaire.

Pourquoi ?

Parce que chacun a droit à la même information.

– écouter ;
– informer :
   • à voix haute
   • en braille
– accompagner.

Comment ?

1) Demandez.
2) Attendez.

> Rien sur nous sans nous.

* * *

Écrivez à contact@exemple.fr, ou appelez le 02 98 00 00 00.
""",
    "guide.html": """\
<!DOCTYPE html><html lang="fr"><head><title>Bien accueillir</title></head><body><main>
<h1>Bien accueillir</h1><p>Une personne sur dix, en France, ne lit pas l’imprimé ordinaire.</p>
<h2>Pourquoi ?</h2><p>Parce que chacun a droit à la même information.</p>
<ul><li>écouter ;</li><li>informer :<ul><li>à voix haute</li><li>en braille</li></ul></li>
<li>accompagner.</li></ul><h2>Comment ?</h2><ol><li>Demandez.</li><li>Attendez.</li></ol>
<blockquote><p>Rien sur nous sans nous.</p></blockquote><hr>
<p>Écrivez à contact@exemple.fr, ou appelez le 02 98 00 00 00.</p></main></body></html>
""",
}


def read(reader: Reader, name: str, text: str) -> Document:
    suffix = "." + name.rpartition(".")[2]
    document, _ = prepare(reader.read(Source(name, suffix, text.encode())).document)
    return document


def test_a_guide_is_the_same_in_the_three_formats() -> None:
    markdown = read(MarkdownReader(), "guide.md", GUIDE["guide.md"])
    html = read(HtmlReader(), "guide.html", GUIDE["guide.html"])
    text = read(TextReader(), "guide.txt", GUIDE["guide.txt"])
    assert markdown.children == html.children
    # Capitals are the only thing that the text says otherwise.
    assert text.children[1:] == markdown.children[1:]
    assert text.children[0] == h(1, "BIEN ACCUEILLIR", id="bien-accueillir")
    assert [block.id for block in markdown.children if isinstance(block, Heading)] == [
        "bien-accueillir",
        "pourquoi",
        "comment",
    ]


# --- Any document that plain text can say -------------------------------------------------

words = st.text("abcdefghijklmnopqrstuvwxyzéèàçùêîœ’", min_size=2, max_size=9).filter(
    lambda word: word.strip("’") == word
)
phrases = st.lists(words, min_size=1, max_size=5).map(lambda found: " ".join(found).capitalize())
sentences = st.lists(words, min_size=4, max_size=30).map(
    lambda found: " ".join(found).capitalize() + "."
)
paragraphs = st.lists(sentences, min_size=1, max_size=4).map(lambda found: p(" ".join(found)))
items = st.lists(words, min_size=1, max_size=12).map(lambda found: " ".join(found) + " ;")
lists = st.recursive(
    st.builds(lambda found: ul(*found), st.lists(items, min_size=1, max_size=4))
    | st.builds(
        lambda found, start: ol(*found, start=start),
        st.lists(items, min_size=1, max_size=4),
        st.integers(1, 90),
    ),
    lambda inner: st.builds(
        lambda first, sub, last: ul((p(first), sub), last), items, inner, items
    ),
    max_leaves=3,
)
blocks = st.one_of(
    paragraphs,
    paragraphs,
    st.builds(h, st.sampled_from([1, 2]), phrases),
    lists,
    st.builds(quote, paragraphs),
)


@st.composite
def documents(draw: st.DrawFn) -> Document:
    """Draw documents whose neighbours are told apart in all three formats."""
    found: list[Block] = []
    for block in draw(st.lists(blocks, min_size=1, max_size=7)):
        last = found[-1] if found else None
        if isinstance(block, ListBlock | Quote) and type(last) is type(block):
            found.append(draw(paragraphs))
        found.append(block)
    return doc(*found, draw(paragraphs))


def as_markdown(blocks: tuple[Block, ...], width: int) -> str:
    return "\n\n".join(_markdown(block, width) for block in blocks)


def _markdown(block: Block, width: int) -> str:
    match block:
        case Heading(level, children):
            return "#" * level + " " + plain_text(children)
        case Paragraph(children):
            return textwrap.fill(plain_text(children), width, break_long_words=False)
        case ListBlock(items, ordered, start):
            marks = [f"{start + n}. " if ordered else "- " for n in range(len(items))]
            return "\n".join(
                _hung(mark, [_markdown(child, 10_000) for child in item])
                for mark, item in zip(marks, items, strict=True)
            )
        case Quote(children):
            return textwrap.indent(as_markdown(children, width), "> ")
        case _:
            return _never(block)


def _hung(mark: str, parts: list[str]) -> str:
    return mark + textwrap.indent("\n\n".join(parts), " " * len(mark)).lstrip()


def as_text(blocks: tuple[Block, ...], width: int) -> str:
    return "\n\n".join(_text(block, width) for block in blocks)


def _text(block: Block, width: int) -> str:
    match block:
        case Heading(level, children):
            words = plain_text(children)
            return f"{words}\n{('=' if level == 1 else '-') * max(3, len(words))}"
        case _:
            return _markdown(block, width)


def as_html(blocks: tuple[Block, ...]) -> str:
    return "".join(_html(block) for block in blocks)


def _html(block: Block) -> str:
    match block:
        case Heading(level, children):
            return f"<h{level}>{escape(plain_text(children))}</h{level}>"
        case Paragraph(children):
            return f"<p>{escape(plain_text(children))}</p>"
        case ListBlock(items, ordered, start):
            inner = "".join(f"<li>{as_html(item)}</li>" for item in items)
            return f'<ol start="{start}">{inner}</ol>' if ordered else f"<ul>{inner}</ul>"
        case Quote(children):
            return f"<blockquote>{as_html(children)}</blockquote>"
        case Rule():
            return "<hr>"
        case Table(rows, head_rows):
            return (
                "<table>"
                + "".join(_row(row, n < head_rows) for n, row in enumerate(rows))
                + "</table>"
            )
        case _:
            return _never(block)


def _row(cells: tuple[Cell, ...], is_head: bool) -> str:
    name = "th" if is_head else "td"
    return "<tr>" + "".join(f"<{name}>{as_html(cell.children)}</{name}>" for cell in cells)


def _never(block: CodeBlock | Definitions | Division | Figure | PageBreak | Rule | Table) -> str:
    raise AssertionError(f"never drawn: {block}")


@settings(max_examples=60, deadline=None, derandomize=True)
@given(documents(), st.sampled_from([60, 72, 10_000]))
def test_any_document_is_the_same_in_the_three_formats(document: Document, width: int) -> None:
    expected, _ = prepare(document)
    html = read(HtmlReader(), "x.html", f'<html lang="fr"><body>{as_html(document.children)}')
    markdown = read(MarkdownReader(), "x.md", as_markdown(document.children, width))
    text = read(TextReader(), "x.txt", as_text(document.children, width))
    assert html.children == expected.children
    assert markdown.children == expected.children
    assert text.children == expected.children


# --- Texts that people write --------------------------------------------------------------

TRIOS = [
    (name, *(part.strip("\n") + "\n" for part in rest.split("\n%%\n")))
    for trio in (Path(__file__).parent / "trios" / "trios.txt").read_text("utf-8").split("@@ ")[1:]
    for name, _, rest in [trio.partition("\n")]
]


@pytest.mark.parametrize(("markdown", "text"), [t[1:] for t in TRIOS], ids=[t[0] for t in TRIOS])
def test_a_text_and_its_markdown_and_its_page_are_one(markdown: str, text: str) -> None:
    marked = read(MarkdownReader(), "x.md", markdown)
    typed = read(TextReader(), "x.txt", text)
    page = read(HtmlReader(), "x.html", f'<html lang="fr"><body>{as_html(marked.children)}')
    assert page.children == marked.children
    assert quiet(typed.children) == quiet(marked.children)


def quiet(children: tuple[Block, ...]) -> tuple[Block, ...]:
    """Set the words of headings in small letters: capitals are all that a text adds."""
    return tuple(
        replace(block, children=(Text(plain_text(block.children).casefold()),))
        if isinstance(block, Heading)
        else block
        for block in children
    )
