"""Files without a label are read in the encoding that they were most likely written in."""

import pytest

from ess_access.errors import SourceError
from ess_access.readers._decoding import decoded

WORDS = "L’été, à l’œuvre : « déjà vu », 12 € l’entrée. Où êtes-vous ?\n"
PLAIN = "Où êtes-vous né ? À côté du café, là-bas.\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_unicode_is_recognised_and_nothing_is_guessed(encoding: str) -> None:
    found = decoded("a.txt", WORDS.encode(encoding))
    assert found.text.removeprefix("\ufeff") == WORDS
    assert found.findings == ()


@pytest.mark.parametrize(
    ("encoding", "named"),
    [("cp1252", "Windows-1252"), ("mac_roman", "Mac Roman"), ("cp850", "DOS 850")],
)
def test_an_old_encoding_is_guessed_and_said(encoding: str, named: str) -> None:
    found = decoded("a.txt", PLAIN.encode(encoding))
    assert found.text == PLAIN
    assert [finding.params["encoding"] for finding in found.findings] == [named]


def test_a_stray_byte_in_utf_8_costs_nothing_else() -> None:
    found = decoded("a.txt", WORDS.encode() + b"caf\xe9\n")
    assert found.text == WORDS + "café\n"


@pytest.mark.parametrize("label", ["utf-16", "latin-1", "nonsense"])
def test_a_declared_encoding_that_cannot_be_true_does_no_harm(label: str) -> None:
    assert decoded("a.html", b"plain words", (label,)).text == "plain words"


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7", b"\x00\x01\x02\x03" * 50 + b"abc"])
def test_what_is_no_text_is_refused(data: bytes) -> None:
    with pytest.raises(SourceError):
        decoded("a.txt", data)
