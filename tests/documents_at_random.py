"""Random documents for property tests: every kind of node, at every place it may stand."""

from hypothesis import strategies as st

from ess_access.document.build import asset
from ess_access.document.nodes import (
    Abbreviation,
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
    Meta,
    Note,
    PageBreak,
    PageMark,
    Paragraph,
    Place,
    Quote,
    Rule,
    Script,
    Strong,
    Table,
    Text,
)
from ess_access.document.numerals import FORMS

__all__ = ["blocks", "documents", "inlines"]

words = st.text(st.sampled_from('abé ’\u00a0\u202f\n\t😀"<&'), max_size=6)
tags = st.sampled_from(["en", "de", "pt-BR"])
assets = st.sampled_from([asset(b"one"), asset(b"two", "image/jpeg")])
images = st.builds(Image, st.none() | assets.map(lambda a: a.digest), st.none() | words, words)
leaves = st.one_of(
    words.map(Text),
    words.map(Text),
    st.builds(Abbreviation, words, words, st.sampled_from(["", "letters", "word"])),
    images,
    words.map(Code),
    st.just(LineBreak()),
    words.map(PageMark),
)


def _runs(inner: st.SearchStrategy[Inline]) -> st.SearchStrategy[tuple[Inline, ...]]:
    return st.lists(inner, max_size=3).map(tuple)


def _spans(inner: st.SearchStrategy[Inline]) -> st.SearchStrategy[Inline]:
    run = _runs(inner)
    return st.one_of(
        run.map(Emphasis),
        run.map(Strong),
        st.builds(Script, st.sampled_from(["super", "sub"]), run),
        st.builds(Language, tags, run),
        st.builds(Link, words, run),
        st.lists(run.map(Paragraph), max_size=2).map(lambda held: Note(tuple(held))),
    )


inlines: st.SearchStrategy[Inline] = st.recursive(leaves, _spans, max_leaves=5)
runs = _runs(inlines)
places = st.none() | st.builds(
    Place,
    line=st.none() | st.integers(1, 9),
    page=st.none() | st.integers(1, 9),
    part=st.none() | words,
)


def _content(inner: st.SearchStrategy[Block]) -> st.SearchStrategy[tuple[Block, ...]]:
    return st.lists(inner, max_size=2).map(tuple)


def _containers(inner: st.SearchStrategy[Block]) -> st.SearchStrategy[Block]:
    content = _content(inner)
    cells = st.builds(Cell, content, st.integers(1, 3), st.integers(1, 3), st.booleans())
    return st.one_of(
        st.builds(
            ListBlock,
            st.lists(content, max_size=3).map(tuple),
            st.booleans(),
            st.integers(0, 9),
            st.sampled_from(tuple(FORMS)),
            at=places,
        ),
        st.builds(
            Definitions, st.lists(st.builds(Definition, runs, content), max_size=2).map(tuple)
        ),
        st.builds(Quote, content),
        st.builds(Division, st.sampled_from(["aside", "section"]), tags, runs, content),
        st.builds(
            Table,
            st.lists(st.lists(cells, max_size=2).map(tuple), max_size=2).map(tuple),
            st.integers(0, 1),
            runs,
            words,
        ),
    )


blocks: st.SearchStrategy[Block] = st.recursive(
    st.one_of(
        st.builds(Heading, st.integers(1, 6), runs, words, at=places),
        st.builds(Paragraph, runs, at=places),
        words.map(CodeBlock),
        st.builds(Figure, images, runs),
        st.just(Rule()),
        st.just(PageBreak()),
    ),
    _containers,
    max_leaves=6,
)


@st.composite
def documents(draw: st.DrawFn) -> Document:
    """Draw a whole document, pictures included."""
    meta = st.builds(Meta, words, tags, st.lists(words, max_size=2).map(tuple), words)
    held = draw(st.lists(assets, max_size=2))
    return Document(
        draw(meta),
        draw(st.lists(blocks, max_size=4).map(tuple)),
        {item.digest: item for item in held},
    )
