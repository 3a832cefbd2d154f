import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ess_access.engines.words import (
    breathing,
    clipped,
    pieces,
    places,
    split_tokens,
    without_markup,
)


@settings(deadline=None, max_examples=60)
@given(st.text(max_size=400), st.integers(2, 80))
def test_no_token_and_no_piece_is_longer_than_the_limit_and_nothing_is_lost(
    text: str, limit: int
) -> None:
    split = split_tokens(text, limit)
    assert all(len(token) <= limit for token in split.split())
    parts = pieces(text, limit)
    assert all(0 < len(part) <= limit for part in parts)
    assert "".join("".join(parts).split()) == "".join(text.split())


def test_a_long_token_is_cut_at_its_hyphen() -> None:
    assert split_tokens("mutuelle-prévoyance", 12) == "mutuelle- prévoyance"


def test_a_piece_ends_at_a_breath() -> None:
    assert pieces("Un, deux, trois quatre.", 12)[0] == "Un, deux,"


def test_what_a_voice_takes_for_markup_is_gone() -> None:
    assert without_markup("a <volume> & b\x07").split() == ["a", "volume", "b"]


@pytest.mark.parametrize(("text", "said"), [("a  b", "a b"), ("x" * 70, "x" * 59 + "…")])
def test_a_message_quotes_the_beginning(text: str, said: str) -> None:
    assert clipped(text) == said


@pytest.mark.parametrize(
    ("text", "given"),
    [
        ("la mutuelle " * 3, "la mutuelle " * 3),
        ("un deux trois quatre", "un deux trois, quatre"),
        ("un deux. trois six", "un deux. trois six"),
        ("k w z", "k w, z"),
        ("99 99", "99, 99"),
        ("", ""),
    ],
)
def test_a_long_clause_gets_a_breath(text: str, given: str) -> None:
    limit = 60 if text.startswith("la") else 12
    assert breathing(text, limit) == given


def test_each_character_is_found_where_it_stood() -> None:
    text = "un  deux\u00a0trois-quatre cinq"
    words = "un deux trois- quatre, cinq"
    stands = places(words, text)
    assert [text[at] for at, mark in zip(stands, words, strict=True) if mark.isalpha()] == [
        mark for mark in words if mark.isalpha()
    ]
    assert stands[words.index("quatre")] == text.index("quatre")
    assert list(places("a b", "a b")) == [0, 1, 2]
