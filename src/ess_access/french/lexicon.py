"""How a user wants words said: his last word on ours."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

from ess_access.french.words import table

__all__ = ["Lexicon", "starter"]


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Written forms and how they are said, longest first; made by :meth:`of`.

    A form holds for whole words. One written without capitals holds for any case.
    """

    entries: tuple[tuple[str, str], ...] = ()

    @classmethod
    def of(cls, entries: Mapping[str, str]) -> "Lexicon":
        """Make a lexicon of a table such as ``[lexicon]`` of ``ess-access.toml``."""
        kept = {
            " ".join(written.split()): " ".join(said.split())
            for written, said in entries.items()
            if written.strip()
        }
        return cls(tuple(sorted(kept.items(), key=lambda entry: (-len(entry[0]), entry[0]))))

    def __or__(self, other: "Lexicon") -> "Lexicon":
        """Join two lexicons; the second has the last word."""
        return Lexicon.of(dict(self.entries) | dict(other.entries))

    def pattern(self) -> re.Pattern[str] | None:
        """Give what finds the written forms, or ``None`` when there is none."""
        return _pattern(self)

    def said(self, written: str) -> str | None:
        """Give how a form found by :meth:`pattern` is said."""
        return _readings(self).get(_folded(written)) or _readings(self).get(
            _folded(written).lower()
        )


def starter() -> Lexicon:
    """Give the terms of mutual insurance, social economy and administration that come with us."""
    return _starter()


@cache
def _starter() -> Lexicon:
    return Lexicon.of({term["written"]: term["said"] for term in table("lexicon")["terms"]})


def _folded(text: str) -> str:
    return " ".join(text.replace("’", "'").split())


@lru_cache(maxsize=16)
def _readings(lexicon: Lexicon) -> dict[str, str]:
    return {_folded(written): said for written, said in lexicon.entries}


@lru_cache(maxsize=16)
def _pattern(lexicon: Lexicon) -> re.Pattern[str] | None:
    if not lexicon.entries:
        return None
    forms: dict[str, list[str]] = {}
    for written, _ in lexicon.entries:
        for first in _firsts(written):
            forms.setdefault(first, []).append(_rest(written))
    # Parted by their first sign, which is then searched fast; what may not come before comes after.
    alternatives = "|".join(
        rf"{re.escape(first)}(?<![\w@].)(?:{'|'.join(rests)})" for first, rests in forms.items()
    )
    return re.compile(rf"(?:{alternatives})(?!\w)", re.DOTALL)


def _firsts(written: str) -> list[str]:
    first = written[0]
    if first in "'’":
        return ["'", "’"]
    if written != written.lower() or len(first.upper()) > 1:
        return [first]
    return list(dict.fromkeys([first, first.upper()]))


def _rest(written: str) -> str:
    form = re.escape(written[1:]).replace(r"\ ", r"[ \u00a0\u202f]+").replace("'", "['’]")
    return form if written != written.lower() else f"(?i:{form})"
