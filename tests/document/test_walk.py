"""Walking meets everything once, in reading order; rebuilding reaches everywhere."""

from collections.abc import Iterable

from hypothesis import given, settings

from documents_at_random import documents
from ess_access.document.build import dl, doc, em, figure, h, note, p, quote, table, ul
from ess_access.document.nodes import (
    Block,
    CodeBlock,
    Division,
    Document,
    Heading,
    Image,
    Inline,
    Paragraph,
    Rule,
    Text,
)
from ess_access.document.walk import (
    blocks_in,
    headings,
    inlines_in,
    map_blocks,
    map_inlines,
    words,
)

EVERYTHING = doc(
    h(1, "un"),
    p("deux", note(p("quatre")), " trois"),
    ul("cinq", (p("six"), ul("sept"))),
    dl(("huit", "neuf")),
    quote("dix"),
    CodeBlock("onze"),
    figure(Image(None, "douze", "treize"), "quatorze"),
    Division("aside", "", (Text("quinze"),), (p("seize"),)),
    table(("dix-huit", "dix-neuf"), caption="dix-sept"),
    Rule(),
)

TOLD = (
    "un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze",
    "seize dix-sept dix-huit dix-neuf",
)


def test_words_come_whole() -> None:
    assert sorted(words(EVERYTHING)) == sorted(" ".join(TOLD).split())


def test_a_note_comes_after_the_block_that_calls_it() -> None:
    found = list(words(doc(p("a", note(p("b")), " c"), p("d"))))
    assert found == ["a", "c", "b", "d"]


def test_headings_are_found_wherever_they_stand() -> None:
    document = doc(h(1, "a"), quote(h(2, "b")), p(note(h(3, "c"))), ul((h(2, "d"),)))
    assert [heading.level for heading in headings(document)] == [1, 2, 3, 2]


def _louder(inline: Inline) -> Iterable[Inline]:
    match inline:
        case Text(text):
            return (Text(text.upper()),)
        case _:
            return (inline,)


def test_inlines_are_rebuilt_from_the_leaves_up() -> None:
    assert map_inlines((Text("a"), em("b", em("c"))), _louder) == (Text("A"), em("B", em("C")))


def _without_rules(block: Block) -> Iterable[Block]:
    match block:
        case Rule():
            return ()
        case Paragraph():
            return (block, block)
        case _:
            return (block,)


def test_blocks_are_rebuilt_everywhere_notes_included() -> None:
    document = doc(quote(p("a"), Rule()), em_note := p(em("x", note(p("b")))), Rule())
    found = map_blocks(document.children, _without_rules)
    doubled = p(em("x", note(p("b"), p("b"))))
    assert em_note.children
    assert found == (quote(p("a"), p("a")), doubled, doubled)


@settings(max_examples=100, deadline=None)
@given(documents())
def test_every_node_of_any_document_is_met(document: Document) -> None:
    met = list(blocks_in(document.children))
    assert all(block in met for block in document.children)
    assert sum(isinstance(block, Heading) for block in met) == len(list(headings(document)))
    assert len(list(inlines_in(document.children))) >= sum(
        len(block.children) for block in met if isinstance(block, Paragraph)
    )
