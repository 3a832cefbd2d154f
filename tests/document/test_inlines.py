"""Inline content is tidied the same way whatever it came from."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from documents_at_random import inlines
from ess_access.document.build import em, lang, link, note, strong
from ess_access.document.inlines import plain_text, tidy
from ess_access.document.nodes import (
    Abbreviation,
    Code,
    Emphasis,
    Image,
    Inline,
    LineBreak,
    PageMark,
    Script,
    Text,
)
from ess_access.document.text import clean, collapse


def texts(*words: str | Inline) -> tuple[Inline, ...]:
    return tidy(Text(word) if isinstance(word, str) else word for word in words)


@pytest.mark.parametrize(
    ("given_", "expected"),
    [
        ((" a \n b ",), (Text("a b"),)),
        (("a ", em(" b "), " c"), (Text("a "), em("b "), Text("c"))),
        (("a", em(" "), "b"), (Text("a"), em(" "), Text("b"))),
        ((em("a"), em("b")), (em("ab"),)),
        ((strong("a"), strong("b")), (strong("ab"),)),
        ((lang("en", "a"), lang("en", "b"), lang("de", "c")), (lang("en", "ab"), lang("de", "c"))),
        (
            (Script("sub", (Text("a"),)), Script("sub", (Text("b"),))),
            (Script("sub", (Text("ab"),)),),
        ),
        (("a ", LineBreak(), " b", LineBreak()), (Text("a"), LineBreak(), Text("b"))),
        ((LineBreak(), "a"), (Text("a"),)),
        (("\u00a0a\u00a0:\u00a0",), (Text("a\u00a0:"),)),
        (("\u00a0", em("\u00a0")), ()),
        ((em(LineBreak(), " a"), "b"), (em("a"), Text("b"))),
        ((link("x", " a "), " b"), (link("x", "a "), Text("b"))),
        ((link("x"),), (link("x"),)),
        ((Abbreviation(" E\nS ", " x  y "), Abbreviation(" ")), (Abbreviation("E S", "x y"),)),
        ((Code(" a  b "), Code("")), (Code(" a  b "),)),
        (
            ("a", PageMark("3"), " ", PageMark("4")),
            (Text("a"), PageMark("3"), Text(" "), PageMark("4")),
        ),
        (("e\u0301\u00ad\u200b\x07",), (Text("é"),)),
    ],
)
def test_white_space_and_neighbours(
    given_: tuple[str | Inline, ...], expected: tuple[Inline, ...]
) -> None:
    assert texts(*given_) == expected


@settings(max_examples=300, deadline=None)
@given(st.lists(inlines, max_size=5))
def test_what_is_tidy_stays_as_it_is(nodes: list[Inline]) -> None:
    once = tidy(nodes)
    assert tidy(once) == once


@settings(max_examples=200, deadline=None)
@given(st.lists(inlines, max_size=5))
def test_tidying_loses_no_letter(nodes: list[Inline]) -> None:
    def letters(found: tuple[Inline, ...]) -> str:
        return "".join(plain_text(found).split())

    assert letters(tidy(nodes)) == letters(tuple(nodes))


def test_plain_text_gives_descriptions_and_leaves_notes_out() -> None:
    nodes = (
        Text("a"),
        Image(None, "plan"),
        Image(None, None),
        note("n"),
        LineBreak(),
        Code("c"),
        Emphasis((Text("d"),)),
        PageMark("1"),
        Abbreviation("ESS", "Économie"),
    )
    assert plain_text(nodes) == "aplan cdESS"


def test_characters_are_cleaned_at_the_door() -> None:
    assert clean("a\r\nb\rc\u2028d\x00\ufeff\u00ade\u0301") == "a\nb\nc\ndé"
    assert collapse("a \t\n\u2003b\u00a0\u202fc") == "a b\u00a0\u202fc"
