"""Roman numerals, where the words around them say that they are numerals.

« type II », « Louis XIV », « XIXe siècle »; never « CD », « DVD », « MM. », « vitamine C ».
"""

import re
from functools import cache

from ess_access.french.draft import HELD, Lazy, Rule
from ess_access.french.numbers.cardinals import cardinal, ordinal
from ess_access.french.words import words

__all__ = ["SMALL_RULES", "has_small", "roman", "rules"]

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


_CITED = re.compile(rf"[°{HELD}] (?:du|au) $")
_CITING = re.compile(r" (?:de l'|du présent )article| de la (?:présente )?loi")
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
    if before.endswith(("le ", "Le ")) and _CITING.match(match.string, match.end()):
        return _cardinal(match)  # « Le I de l'article 5 »
    if before.endswith((" du ", " au ")) and set(match["core"]) <= set("IVX"):
        # « au II de l'article 3 », « 2° du I »; « du I » alone may be the letter.
        is_cited = _CITED.search(before) or _CITING.match(match.string, match.end())
        if len(match["core"]) > 1 or is_cited:
            return _cardinal(match)
    # After « type » or « plan », a lone X is a letter.
    return _cardinal(match) if match["core"] != "X" and letters.search(before) else None


def _numbered_part(match: re.Match[str]) -> str | None:
    first, *rest = match["core"].split(".")
    value = roman(first)
    if value is None:
        return None
    said = [cardinal(int(part)) if part.isdigit() else part for part in rest]
    return " point ".join([cardinal(value), *said])


def _ordinal(match: re.Match[str]) -> str | None:
    value = roman(match["roman"])
    if value is None:
        return None
    ending = match["ending"]
    if value != 1 and ending in {"er", "ers", "re", "res", "ère", "ères"}:
        return None
    if value == 1 and ending in {"er", "ᵉʳ", "re", "ère", "ᵉ", "ʳᵉ"}:
        return "première" if ending in {"re", "ère", "ʳᵉ"} else "premier"
    said = ordinal(value)
    if match["century"]:
        ends = not match.string[match.end() :].strip()
        return f"{said} siècle" + ("." if ends else "")
    return said + "s" if ending.endswith("s") else said


def _page(match: re.Match[str]) -> str | None:
    written = match["core"].upper()
    low, _, high = written.partition("-" if "-" in written else "–")
    first, last = roman(low), roman(high) if high else None
    if first is None or (high and last is None):
        return None
    return cardinal(first) if last is None else f"{cardinal(first)} à {cardinal(last)}"


def _item(match: re.Match[str]) -> str | None:
    """Read « (ii) »; « (i) » or « (v) » is a letter where no other such numeral stands."""
    written = match["core"]
    if len(written) == 1 and not re.search(r"\((?:ii|iv|vi|ix)\)", match.string):
        return None
    return _page(match)


SMALL_RULES = (
    Rule(
        "page in Roman numerals",
        Lazy(
            r"(?<!\w)(?:pp?\.|[Pp]ages?) ?(?P<core>[ivxl]{1,7}(?:[-–][ivxl]{1,7})?"
            r"|[IVXL]{1,7}(?:[-–][IVXL]{1,7})?)(?![\w'])"
        ),
        _page,
    ),
    Rule("item in Roman numerals", Lazy(r"\((?P<core>[ivx]{1,5})\)"), _item, needs="("),
)
_HAS_SMALL = re.compile(r"(?:\bpp?\.|[Pp]ages?) ?[ivxlIVXL]|\([ivx]{1,5}\)")


def has_small(text: str) -> bool:
    """Say, at little cost, whether a text may hold « p. iv » or « (ii) »."""
    return (
        "p." in text or "age" in text or "(i" in text or "(v" in text or "(x" in text
    ) and _HAS_SMALL.search(text) is not None


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
            "range of centuries",
            Lazy(r"[IVX][eᵉ](?P<core> ?[-–—] ?)(?=[IVX]+[eᵉ](?!\w))"),
            lambda _: " à ",
        ),
        Rule(
            "ordinal in Roman numerals",
            Lazy(
                r"(?P<core>(?P<roman>[IVXLC](?<![\w.'].)[IVXLC]*)"
                r"(?P<ending>ers?|ères?|res?|èmes?|ièmes?|es?|ᵉʳ|ʳᵉ|ᵉ)"
                r"(?P<century> s\.(?!\w))?)(?!\w)"
            ),
            lambda match: (
                None if match["core"] in {"Ce", "Le", "De", "Les", "Ces"} else _ordinal(match)
            ),
        ),
        Rule(
            "century",
            Lazy(r"(?P<core>[IVX](?<![\w.].)[IVX]*)(?= (?:siècles?|s\.)(?!\w))"),
            lambda match: ordinal(value) if (value := roman(match["core"])) else None,
        ),
        Rule(
            "numeral",
            Lazy(r"(?P<core>[IVXLCDM](?<= .)[IVXLCDM]*)(?![\w.]\w|\w|'|\. [A-Z]| [A-Z](?![\w']))"),
            lambda match: _in_context(match, titles, letters, names),
        ),
        # « II.B.1 », « I.2 »: the numbers of parts; « I.A. » may be an acronym.
        Rule(
            "numbered part",
            Lazy(
                r"(?P<core>[IVX](?<![\w.-].)(?:(?<!V)\.\d{1,2}|[IVX]+\.(?:[A-Z]|\d{1,2}))"
                r"(?:\.(?:[A-Z]|\d{1,2}))*)(?![\w-]|\.\w)"
            ),
            _numbered_part,
            needs=".",
        ),
        Rule(
            "numeral",
            Lazy(
                r"I(?:(?<=^.)|(?<=\b[LlDd]es .)|(?<=\b[Aa]ux .)|(?<=\b[DdAa]u .)|(?<=\b[Ll]e .))"
                r"(?=(?:, | et | ou | à |-|–)(?:II|III|IV)\b)"
            ),
            lambda _: cardinal(1),
        ),
        Rule(
            "range of centuries",
            Lazy(rf"[{HELD}](?P<core> ?[-–—] ?)(?=[{HELD}] siècle)"),
            lambda _: " à ",
            needs="-–—",
        ),
        Rule(
            "numeral of a list",
            Lazy(rf"^[^\w{HELD}]*(?P<core>[IVX]+)(?= ?[./)–—-]\)? +[^\W{HELD}]|[^\w{HELD}]*$)"),
            lambda match: None if match["core"] in {"V", "X"} else _cardinal(match),
        ),
    )
