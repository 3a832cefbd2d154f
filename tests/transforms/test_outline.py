"""The outline has no gap, every heading an id, the document a title."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ess_access.document.build import doc, h, note, p, quote, ul
from ess_access.document.nodes import Block, Heading, Image, Paragraph
from ess_access.document.walk import headings
from ess_access.transforms.outline import is_title, prepare, slug, title_heading


def levels(*written: int) -> list[int]:
    document, _ = prepare(doc(*(h(level, "x") for level in written)))
    return [heading.level for heading in headings(document)]


@pytest.mark.parametrize(
    ("written", "repaired"),
    [
        ((1, 2, 3, 2), [1, 2, 3, 2]),
        ((2, 3, 2), [1, 2, 1]),
        ((1, 3, 3, 2, 3), [1, 2, 2, 2, 3]),
        ((3, 1, 2), [1, 1, 2]),
        ((1, 4, 6, 5), [1, 2, 3, 3]),
        ((), []),
    ],
)
def test_levels_leave_no_gap_and_sisters_stay_sisters(
    written: tuple[int, ...], repaired: list[int]
) -> None:
    assert levels(*written) == repaired


def test_each_gap_is_said_once() -> None:
    _, found = prepare(doc(h(2, "a"), h(4, "b"), h(2, "c"), h(3, "d")))
    assert [(item.code, item.params) for item in found] == [
        ("SRC-002", {"title": "a", "level": 2, "instead": 1}),
        ("SRC-001", {"title": "b", "level": 4, "instead": 2}),
    ]


def test_headings_get_ids_of_their_words_each_its_own() -> None:
    document, _ = prepare(
        doc(h(1, "L’été"), h(2, "L’été"), h(2, "a", id="l-ete-2"), h(2, "b", id="l-ete-2"))
    )
    assert [heading.id for heading in headings(document)] == [
        "l-ete",
        "l-ete-3",
        "l-ete-2",
        "l-ete-2-2",
    ]


@pytest.mark.parametrize(
    ("text", "made"),
    [
        ("L’intérêt général — où ?", "l-interet-general-ou"),
        ("Œuvre, cæcum", "oeuvre-caecum"),
        ("1. Objet", "s-1-objet"),
        ("?", "section"),
        (
            "Evaluer et valoriser l’impact social des biens",
            "evaluer-et-valoriser-l-impact-social-des",
        ),
        ("x" * 60, "x" * 40),
    ],
)
def test_a_slug_is_short_and_plain(text: str, made: str) -> None:
    assert slug(text) == made


def test_the_title_is_the_meta_s_then_the_first_heading_s_or_none() -> None:
    assert prepare(doc(h(1, "A"), title="T"))[0].meta.title == "T"
    assert prepare(doc(p("x"), h(1, "A"), h(2, "B")))[0].meta.title == "A"
    assert prepare(doc(h(1, "A"), h(1, "B")))[0].meta.title == "A"
    assert prepare(doc(p("x"), h(1, "A"), h(1, "B")))[0].meta.title == ""
    assert prepare(doc(p("x")))[0].meta.title == ""


def test_a_title_typed_in_capitals_is_given_in_sentence_case() -> None:
    capitals = h(1, "POURQUOI  VOTER À L’ESS ?")
    wanted = "Pourquoi voter à l’ESS ?"
    assert prepare(doc(capitals))[0].meta.title.split() == wanted.split()
    assert prepare(doc(capitals, title=wanted.upper()))[0].meta.title.split() == wanted.split()
    assert prepare(doc(capitals, title="Autre"))[0].meta.title == "Autre"
    assert is_title("LES  RENDEZ-VOUS", "Les rendez-vous")
    assert not is_title("", " ")


def test_a_heading_without_words_is_none() -> None:
    document, _ = prepare(doc(h(1), h(2, Image(None, "")), h(1, "a"), p("b")))
    assert document.children == (Paragraph((Image(None, ""),)), h(1, "a", id="a"), p("b"))


@pytest.mark.parametrize(
    ("title", "blocks", "is_said"),
    [
        ("", (p("x"), h(1, "Un")), True),
        ("Un", (h(1, "UN"), h(1, "Deux")), True),
        ("Un", (p("x"), h(1, "Un"), h(1, "Deux")), False),
        ("Guide", (p("x"), h(1, "Un")), False),
        ("Un", (p("x"), h(2, "y"), h(1, "Un")), False),
        ("Un", (p("Un"),), False),
    ],
)
def test_a_title_needs_no_line_where_the_heading_that_names_the_document_says_it(
    title: str, blocks: tuple[Block, ...], is_said: bool
) -> None:
    found = title_heading(prepare(doc(*blocks, title=title))[0])
    assert (found is not None) == is_said


def test_headings_count_wherever_they_stand() -> None:
    document, _ = prepare(doc(h(1, "a"), quote(h(3, "b")), ul((h(2, "c"),)), p(note(h(1, "d")))))
    assert {heading.id for heading in headings(document)} == {"a", "b", "c", "d"}


@settings(max_examples=150, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.integers(1, 6), st.sampled_from(["", "a", "b"]), st.sampled_from(["", "a", "b-2"])
        )
    )
)
def test_any_outline_is_repaired_once_and_for_all(written: list[tuple[int, str, str]]) -> None:
    document, _ = prepare(doc(*(h(level, words, id=id_) for level, words, id_ in written)))
    found = list(headings(document))
    assert len({heading.id for heading in found}) == len(found)
    assert all(heading.id for heading in found)
    above = 0
    for heading in found:
        assert heading.level <= above + 1
        above = heading.level
    again, findings = prepare(document)
    assert again.children == document.children
    assert not findings
    assert all(isinstance(block, Heading) for block in document.children)
