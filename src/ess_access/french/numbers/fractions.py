"""Fractions and ratios: « ½ », « 3/4 », « 12/20 », « 1/10e »."""

import re

from ess_access.french.numbers.cardinals import cardinal, number, ordinal, parse, value_of
from ess_access.french.numbers.genders import is_feminine

__all__ = ["VULGAR", "fraction", "scale", "slash", "vulgar"]

_FRACTIONS = {2: "demi", 3: "tiers", 4: "quart"}
VULGAR = {
    "½": (1, 2), "⅓": (1, 3), "⅔": (2, 3), "¼": (1, 4), "¾": (3, 4), "⅕": (1, 5), "⅖": (2, 5),
    "⅗": (3, 5), "⅘": (4, 5), "⅙": (1, 6), "⅚": (5, 6), "⅛": (1, 8), "⅜": (3, 8), "⅝": (5, 8),
    "⅞": (7, 8), "⅐": (1, 7), "⅑": (1, 9), "⅒": (1, 10),
}  # fmt: skip


def fraction(over: int, under: int) -> str | None:
    """Give a fraction: « trois quarts »; ``None`` when it is rather a ratio (« 12/20 »)."""
    if over == 0 or under < 2 or (over >= under and under != 2) or under > 10:
        return None
    name = _FRACTIONS.get(under) or ordinal(under)
    return f"{cardinal(over)} {name}" + ("s" if over > 1 and name[-1] != "s" else "")


_NO_NOUN = frozenset(
    ["de", "du", "des", "et", "ou", "pour", "sur", "par", "en", "au", "aux", "le", "la", "les",
     "est", "sont", "soit", "dans", "avec", "sans", "si", "que", "qui", "puis", "un", "une",
     "ont"]
)  # fmt: skip


def half(noun: str | None) -> str:
    """Read a half with the noun that it halves: « une demi journée », « un demi litre »."""
    if noun and noun.islower() and noun not in _NO_NOUN and is_feminine(noun):
        return "une demi"
    return "un demi"


def vulgar(match: re.Match[str]) -> str:
    """Read « ½ », « 2 ½ », « ¾ »."""
    over, under = VULGAR[match["sign"]]
    said = fraction(over, under) or f"{cardinal(over)} sur {cardinal(under)}"
    if not match["whole"]:
        return half(match["noun"]) if (over, under) == (1, 2) else said
    return f"{number(match['whole'])} et {said.removeprefix('un ') if under == 2 else said}"


_OF = re.compile(r" (?:du |de |des |d')")


def slash(match: re.Match[str]) -> str:
    """Read « 3/4 », « 12/20 », « 2023/2024 »."""
    over, under = match["over"], match["under"]
    if re.fullmatch(r"\d{4}", over) and len(under) in {2, 4} and under.isdigit():
        return f"{cardinal(int(over))}, {number(under)}"  # « 2023/2024 »: no ratio of years
    if re.match(" ?=", match.string[match.end() :]):
        return f"{number(*parse(over))} divisé par {number(*parse(under))}"
    is_fraction = under.isdigit() and over.isdigit() and under[0] != "0"
    if (over, under) == ("1", "2"):
        return half(match["noun"])
    said = fraction(value_of(over), value_of(under)) if is_fraction else None
    is_part = is_fraction and over == "1" and value_of(under) > 1
    if said is None and is_part and _OF.match(match.string, match.end()):
        said = f"un {ordinal(value_of(under))}"  # « 1/12 du salaire »
    return said or f"{number(*parse(over))} sur {number(*parse(under))}"


def scale(match: re.Match[str]) -> str:
    """Read « 1/25 000e »."""
    under = value_of(match["under"])
    plural = "s" if match["over"] != "1" else ""
    return f"{number(match['over'])} {ordinal(under)}{plural}"
