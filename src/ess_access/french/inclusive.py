"""Find French inclusive writing and give the words it stands for."""

import re
from dataclasses import dataclass

__all__ = ["InclusiveWord", "find"]


@dataclass(frozen=True, slots=True)
class InclusiveWord:
    """A word written for two genders, from ``start`` to ``end`` of the text."""

    start: int
    end: int
    written: str
    masculine: str
    feminine: str
    plural: bool


_WORD = re.compile(
    r"(?<!\w)(?P<stem>[^\W\d_]{2,})(?:(?P<mark>[.·•⋅‧])(?P<ending>ère|trice|rice|euse|ienne|enne|ne|ve|le|fe|e)"
    r"(?:[.·•⋅‧]?(?P<plural>s))?|\((?P<e>e)\)(?P<s>s?))(?!\w)"
)


def find(text: str) -> tuple[InclusiveWord, ...]:
    """Give the words of inclusive writing, in order."""
    found = []
    for match in _WORD.finditer(text):
        stem, ending = match["stem"], match["ending"] or match["e"]
        plural = "s" if match["plural"] or match["s"] else ""
        feminine = stem + ending
        for masculine_end in {
            "ère": ("er",),
            "trice": ("teur",),
            "rice": ("eur",),
            "euse": ("eur", "eux"),
            "ve": ("f",),
        }.get(ending, ()):
            if stem.endswith(masculine_end):
                feminine = stem[: -len(masculine_end)] + ending
        found.append(
            InclusiveWord(
                match.start(),
                match.end(),
                match.group(),
                stem + plural,
                feminine + plural,
                bool(plural),
            )
        )
    return tuple(found)
