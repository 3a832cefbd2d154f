"""Whatever a document holds, its edition read again says the same, in the same structure."""

import tempfile
from collections.abc import Sequence
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ess_access.api import plugins
from ess_access.api.reader import Source
from ess_access.backends.large_print import LargePrintOptions
from ess_access.document.build import asset, doc
from ess_access.document.nodes import (
    Block,
    Cell,
    Code,
    CodeBlock,
    Definition,
    Definitions,
    Division,
    Document,
    Emphasis,
    Figure,
    Heading,
    Image,
    Inline,
    Language,
    LineBreak,
    Link,
    ListBlock,
    Note,
    PageBreak,
    Paragraph,
    Quote,
    Rule,
    Script,
    Strong,
    Table,
    Text,
)
from ess_access.transforms.outline import prepare
from large_print_forms import form
from large_print_samples import LOREM, edition, picture

PICTURE = asset(picture())
# Without signs that French print or lists change, which other tests are about.
TEXTS = st.lists(
    st.sampled_from(["mot", "café", "l’aide", "12", "a_b", "élan", "Paris", "tôt"]),
    min_size=1,
    max_size=4,
).map(" ".join)
FOREIGN = st.sampled_from(["mind the gap please", "there and back again"])
SPACE = Text(" ")


def spaced(nodes: Sequence[Inline]) -> tuple[Inline, ...]:
    """Put spaces between nodes: two neighbours of one kind would else be one."""
    return tuple(node for each in nodes for node in (each, SPACE))[:-1]


def _line(inner: st.SearchStrategy[Inline]) -> st.SearchStrategy[tuple[Inline, ...]]:
    return st.lists(inner, min_size=1, max_size=3).map(spaced)


WORDS = st.recursive(
    TEXTS.map(Text),
    lambda inner: st.one_of(
        _line(inner).map(Emphasis),
        _line(inner).map(Strong),
        st.builds(Script, st.sampled_from(["super", "sub"]), _line(inner)),
    ),
    max_leaves=4,
)
ALTS = st.none() | st.sampled_from(["", "Un cadre noir.", "Deux traits"])
SHOWN = st.builds(Image, st.just(PICTURE.digest), ALTS, st.just(""))
SIMPLE = st.one_of(
    WORDS,
    TEXTS.map(Code),
    FOREIGN.map(lambda words: Language("en-GB", (Text(words),))),
    st.builds(
        Link,
        st.sampled_from(["https://exemple.org/a-b?c=d", "mailto:a@exemple.org", "annexe.pdf"]),
        _line(WORDS),
    ),
)
NOTES = st.lists(_line(SIMPLE).map(Paragraph), min_size=1, max_size=2).map(
    lambda held: Note(tuple(held))
)
INLINE = st.one_of(SIMPLE, SIMPLE, NOTES, SHOWN)
LINES = st.lists(INLINE, min_size=1, max_size=3).map(spaced)
# A line break stands between words: two of them, or one at an end, would end the paragraph.
BROKEN = st.builds(lambda one, other: (*one, LineBreak(), *other), _line(WORDS), _line(WORDS))
PARAGRAPHS = st.one_of(LINES, LINES, BROKEN).map(Paragraph)
FIGURES = st.builds(
    Figure,
    st.one_of(
        SHOWN,
        st.builds(Image, st.just(PICTURE.digest), st.just("Un cadre"), st.just("Plus au long.")),
        st.builds(Image, st.none(), st.none() | st.just("Une absente"), st.just("")),
    ),
    st.just(()) | _line(WORDS),
)


def told(inner: st.SearchStrategy[Block], most: int = 3) -> st.SearchStrategy[tuple[Block, ...]]:
    return st.lists(inner, min_size=1, max_size=most).map(tuple)


SHORT = st.sampled_from(["un", "deux", "mot", "café"]).map(lambda word: Paragraph((Text(word),)))
CELLS = st.lists(SHORT, max_size=2).map(tuple)


@st.composite
def tables(draw: st.DrawFn) -> Table:
    """Draw a table that fits the page: short words, spans, headers of columns and of rows."""
    names = st.builds(Cell, SHORT.map(lambda block: (block,)), header=st.just(True))
    columns = draw(st.integers(2, 3))
    head = tuple(draw(names) for _ in range(columns))
    rows = [
        tuple(
            draw(
                st.one_of(
                    names if not column else st.nothing(),
                    st.builds(Cell, CELLS),
                    st.builds(Cell, CELLS, st.integers(1, 2), st.integers(1, 2)),
                )
            )
            for column in range(draw(st.integers(1, columns)))
        )
        for _ in range(draw(st.integers(1, 3)))
    ]
    caption = draw(st.just(()) | _line(WORDS))
    return Table((head, *rows), 1, caption, draw(st.sampled_from(["", "Un résumé."])))


def _containers(inner: st.SearchStrategy[Block]) -> st.SearchStrategy[Block]:
    return st.one_of(
        st.builds(
            ListBlock,
            st.lists(told(inner), min_size=1, max_size=3).map(tuple),
            st.booleans(),
            st.sampled_from([1, 3, 998]),
        ),
        st.lists(st.builds(Definition, _line(WORDS), told(inner)), min_size=1, max_size=2).map(
            lambda entries: Definitions(tuple(entries))
        ),
        told(inner).map(Quote),
        st.builds(
            Division,
            st.sampled_from(["aside", "note", "warning", "example", "details", "section"]),
            st.just(""),
            st.just(()) | _line(WORDS),
            told(inner),
        ),
        FOREIGN.map(lambda words: Division("section", "en", (), (Paragraph((Text(words),)),))),
    )


BLOCKS = st.recursive(
    st.one_of(
        PARAGRAPHS,
        PARAGRAPHS,
        FIGURES,
        tables(),
        st.sampled_from(["x = 1", "for a in b:\n    print(a)\n\nend"]).map(CodeBlock),
        st.just(Rule()),
        st.builds(Heading, st.integers(1, 6), _line(WORDS)),
    ),
    _containers,
    max_leaves=8,
)
DOCUMENTS = st.builds(
    lambda blocks, has_break, end: doc(
        *blocks,
        *((PageBreak(), end) if has_break and blocks else (end,)),
        # Enough French for the document to be in French whatever it quotes.
        Paragraph((Text(" ".join([LOREM] * 8)),)),
        title="Essai de lecture",
        authors=("Ada Lovelace", "Louis Braille"),
        published="mars 1829",
        assets=(PICTURE,),
    ),
    st.lists(BLOCKS, max_size=5),
    st.booleans(),
    PARAGRAPHS,
)


class Drawn:
    """A document whose story hypothesis cannot tell step by step: it takes for ever."""

    def __init__(self, document: Document) -> None:
        self.document = document

    def __repr__(self) -> str:
        return repr(self.document.children)


@st.composite
def drawn(draw: st.DrawFn) -> Drawn:
    return Drawn(draw(DOCUMENTS))


def read_again(document: Document) -> Document:
    reader = plugins.load(plugins.READERS, "docx")
    with tempfile.TemporaryDirectory() as folder:
        made = edition(Path(folder), document, LargePrintOptions(contents_pages="never"))
        source = Source(made.path.name, ".docx", made.path.read_bytes())
        assert "LP-106" not in made.codes  # a table told row by row is no table any more
        assert not {one.code for one in made.check()} & {"LP-070", "LP-071"}
    return prepare(reader.read(source).document)[0]


@settings(max_examples=50, deadline=None, suppress_health_check=list(HealthCheck))
@given(drawn())
def test_an_edition_read_again_has_the_same_words_in_the_same_structure(held: Drawn) -> None:
    assert form(read_again(held.document)) == form(prepare(held.document)[0])
