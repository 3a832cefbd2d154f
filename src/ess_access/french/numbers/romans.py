"""Roman numerals, where the words around them say that they are numerals.

« type II », « Louis XIV », « XIXe siècle »; never « CD », « DVD », « MM. », « vitamine C ».
"""

import re
from functools import cache

from ess_access.french.draft import HELD, Rule
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
    # A lone C, D, L or M after « catégorie » is a letter; discs and messieurs are no numbers.
    if value is None or match["core"] in {"C", "D", "L", "M", "CD", "MM"}:
        return None
    return cardinal(value)


_ENUMERATED = r"(?:[IVXL]+(?: et | ou | à |-|–| - ))*"
# Only a noun in the plural counts over a comma: « titres II, III et IV », not « Louis XIV, CD ».
_LISTED = r"(?:[IVXL]+(?:, | et | ou | à |-|–| - ))*"
_FARTHEST = 60


def _ending(context: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){context}(?: {_ENUMERATED}|(?<=s) {_LISTED})$")


def _in_context(
    match: re.Match[str],
    titles: re.Pattern[str],
    letters: re.Pattern[str],
    names: re.Pattern[str],
) -> str | None:
    before = match.string[max(0, match.start() - _FARTHEST) : match.start()]
    is_small = set(match["core"]) <= set("IVXL")
    # « tome CX » stands right after its noun; « tomes I et MC » is no list of numerals.
    if titles.search(before) and (is_small or not before.endswith((", ", " et ", " ou ", " à "))):
        return _cardinal(match)
    if not is_small:
        return None
    if names.search(before):
        return _cardinal(match)
    if (
        len(match["core"]) > 1
        and before.endswith((" du ", " au "))
        and set(match["core"]) <= set("IVX")
    ):
        return _cardinal(match)  # « au II de l'article 3 »
    # After « type » or « plan », a lone X is a letter.
    return _cardinal(match) if match["core"] != "X" and letters.search(before) else None


def _ordinal(match: re.Match[str]) -> str | None:
    value = roman(match["roman"])
    if value is None:
        return None
    ending = match["ending"]
    if value == 1 and ending in {"er", "ᵉʳ", "re", "ère", "ᵉ", "ʳᵉ"}:
        return "première" if ending in {"re", "ère", "ʳᵉ"} else "premier"
    said = ordinal(value)
    if match["century"]:
        ends = not match.string[match.end() :].strip()
        return f"{said} siècle" + ("." if ends else "")
    return said + "s" if ending.endswith("s") else said


@cache
def rules() -> tuple[Rule, ...]:
    """Give the rules, made of the lists of names and titles."""
    name = "|".join(sorted(words("romans", "monarchs")))
    title = "|".join(sorted(words("romans", "titles"), key=lambda word: (-len(word), word)))
    letter = "|".join(sorted(words("romans", "also_letters")))
    titles = _ending(f"(?i:(?:{title})s?)(?: n°)?")
    letters = _ending(f"(?i:(?:{letter})s?)")
    names = re.compile(rf"(?<!\w)(?:{name}) {_ENUMERATED}$")
    return (
        Rule(
            "ordinal in Roman numerals",
            re.compile(
                r"(?<![\w.'])(?P<core>(?P<roman>[IVXLC]+)"
                r"(?P<ending>ers?|ères?|res?|èmes?|ièmes?|es?|ᵉʳ|ʳᵉ|ᵉ)"
                r"(?P<century> s\.(?!\w))?)(?!\w)"
            ),
            lambda match: (
                None if match["core"] in {"Ce", "Le", "De", "Les", "Ces"} else _ordinal(match)
            ),
        ),
        Rule(
            "century",
            re.compile(r"(?<![\w.])(?P<core>[IVX]+)(?= (?:siècles?|s\.)(?!\w))"),
            lambda match: ordinal(value) if (value := roman(match["core"])) else None,
        ),
        Rule(
            "numeral",
            re.compile(r"(?<= )(?P<core>[IVXLCDM]+)(?![\w.]\w|\w|'|\. [A-Z]| [A-Z](?![\w']))"),
            lambda match: _in_context(match, titles, letters, names),
        ),
        Rule(
            "range of centuries",
            re.compile(rf"(?<=[{HELD}]) ?[-–—] ?(?=[{HELD}] siècle)"),
            lambda _: " à ",
        ),
        Rule(
            "numeral of a list",
            re.compile(
                rf"^[^\w{HELD}]*(?P<core>[IVX]+)(?= ?[.)–—-]\)? +[^\W{HELD}]|[^\w{HELD}]*$)"
            ),
            lambda match: None if match["core"] in {"V", "X"} else _cardinal(match),
        ),
    )
