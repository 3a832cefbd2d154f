"""Roman numerals, where the words around them say that they are numerals.

« type II », « Louis XIV », « XIXe siècle »; never « CD », « DVD », « MM. », « vitamine C ».
"""

import re
from functools import cache

from ess_access.french.draft import Rule
from ess_access.french.numbers.cardinals import cardinal, ordinal
from ess_access.french.words import words

__all__ = ["roman", "rules"]

_VALUES = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100, "D": 500, "M": 1000}
_VALID = re.compile(r"M{0,3}(?:CM|CD|D?C{0,3})(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})")


def roman(written: str) -> int | None:
    """Give the value of a well-formed Roman numeral, or ``None``."""
    if not written or not _VALID.fullmatch(written):
        return None
    values = [_VALUES[letter] for letter in written]
    return sum(
        -value if any(later > value for later in values[place + 1 : place + 2]) else value
        for place, value in enumerate(values)
    )


def _cardinal(match: re.Match[str]) -> str | None:
    value = roman(match["core"])
    # A lone C, D, L or M after « catégorie » is a letter.
    if value is None or (len(match["core"]) == 1 and match["core"] not in "IVX"):
        return None
    return cardinal(value)


def _letter_or_numeral(match: re.Match[str]) -> str | None:
    """After « type » or « plan », X is a letter."""
    return None if match["core"] == "X" else _cardinal(match)


def _ordinal(match: re.Match[str]) -> str | None:
    value = roman(match["roman"])
    if value is None:
        return None
    ending = match["ending"]
    if value == 1 and ending in {"er", "ᵉʳ", "re", "ère", "ᵉ", "ʳᵉ"}:
        return "première" if ending in {"re", "ère", "ʳᵉ"} else "premier"
    said = ordinal(value)
    return said + "s" if ending.endswith("s") else said


@cache
def rules() -> tuple[Rule, ...]:
    """Give the rules, made of the lists of names and titles."""
    names = "|".join(sorted(words("romans", "monarchs")))
    titles = "|".join(sorted(words("romans", "titles"), key=lambda word: (-len(word), word)))
    letters = "|".join(sorted(words("romans", "also_letters")))
    numeral = r"[IVXLCDM]+"
    joint = r"(?:, | et | ou | à |-|–| - )"
    return (
        Rule(
            "ordinal in Roman numerals",
            re.compile(
                r"(?<![\w.'])(?P<core>(?P<roman>[IVXLC]+)"
                r"(?P<ending>ers?|ères?|res?|èmes?|ièmes?|es?|ᵉʳ|ʳᵉ|ᵉ))(?!\w)"
            ),
            lambda match: (
                None if match["core"] in {"Ce", "Le", "De", "Les", "Ces"} else _ordinal(match)
            ),
        ),
        Rule(
            "century",
            re.compile(rf"(?<![\w.])(?P<core>[IVX]+)(?= (?:siècles?|s\.)(?!\w))"),
            lambda match: ordinal(value) if (value := roman(match["core"])) else None,
        ),
        *(
            Rule(
                "numeral",
                re.compile(
                    rf"(?<!\w)(?i:{titles})(?: n°)? (?:{numeral}{joint}){{{count}}}(?P<core>{numeral})(?![\w.]\w|\w|')"
                ),
                _cardinal,
            )
            for count in (3, 2, 1, 0)
        ),
        Rule(
            "numeral",
            re.compile(rf"(?<!\w)(?i:{letters}) (?P<core>{numeral})(?![\w.]\w|\w|')"),
            _letter_or_numeral,
        ),
        Rule(
            "numeral of a name",
            re.compile(rf"(?<!\w)(?:{names}) (?P<core>[IVXL]+)(?!\w|\. [A-Z]|\.[A-Z]|')"),
            _cardinal,
        ),
        Rule(
            "numeral of a list",
            re.compile(
                r"(?:^|(?<=\n))\s*(?P<core>[IVX]+)(?= ?[.)–—-]\)? +\S|\s*[.)]?$)", re.MULTILINE
            ),
            lambda match: _cardinal(match),
        ),
    )
