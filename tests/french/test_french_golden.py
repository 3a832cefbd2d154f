"""Golden lines that a person has read: each is a rule, what is written and what is said."""

from pathlib import Path

import pytest

from ess_access.french.agreement import groups
from ess_access.french.inclusive import find
from ess_access.french.speech import spoken
from support import shared

_HERE = Path(__file__).parent


def _lines(path: Path) -> list[list[str]]:
    lines = path.read_text(encoding="utf-8").splitlines()
    return [line.split("\t") for line in lines if line and not line.startswith("#\x20")]


_GOLDEN = _lines(_HERE / "golden.tsv")


def test_there_are_more_than_four_hundred_golden_lines() -> None:
    assert len(_GOLDEN) > 400


@pytest.mark.parametrize(
    ("rule", "written", "said"), _GOLDEN, ids=[f"{line[0]}: {line[1]}" for line in _GOLDEN]
)
def test_what_is_written_is_said_so(rule: str, written: str, said: str) -> None:
    assert spoken(written) == said, rule


@pytest.mark.parametrize("written", [line[0] for line in _lines(_HERE / "not_inclusive.txt")])
def test_hyphens_stops_and_slashes_alone_are_no_inclusive_writing(written: str) -> None:
    assert find(written) == ()
    assert groups(f"Voici {written} ici.") == ()


def _folded(text: str) -> str:
    folded = text.lower().replace("-", " ").replace(",", " ")
    return " ".join(folded.split()).rstrip(" .")


@pytest.mark.parametrize("name", ["inclusive.tsv", "spoken.tsv"])
def test_the_shared_cases_are_said_as_agreed(name: str) -> None:
    for written, accepted in _lines(shared("cases", name)):
        assert _folded(spoken(written)) in [_folded(one) for one in accepted.split("|")]
