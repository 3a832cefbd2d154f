import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ess_access.engines.words import clipped, pieces, split_tokens, without_markup


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
