"""Determiners and pronouns written for two genders, and words that fuse both.

The whole of both forms is written, so each is known by name (``data/inclusive.toml``).
"""

import re
from functools import cache

from ess_access.french.alternatives import any_of
from ess_access.french.doublets import Doublet
from ess_access.french.marks import DOTS, ELISION, HYPHENS
from ess_access.french.words import table

__all__ = ["Found", "fused", "pair_at"]

# Where it starts, what is written, the elided word before it, the forms.
Found = tuple[int, str, str, Doublet]


@cache
def _pair_pattern() -> tuple[re.Pattern[str], dict[tuple[str, str], Doublet]]:
    readings: dict[tuple[str, str], Doublet] = {}
    for pair in table("inclusive")["pairs"]:
        masculine, feminine, plural = pair["masculine"], pair["feminine"], pair.get("plural", False)
        for second in (feminine, *pair.get("also", ())):
            readings[masculine, second] = Doublet(masculine, feminine, plural)
        if "-" in masculine:  # « lui·elle-même »
            readings[masculine.split("-")[0], feminine] = Doublet(masculine, feminine, plural)
        readings[feminine, masculine] = Doublet(masculine, feminine, plural, feminine_first=True)
    readings["celle", "lui"] = Doublet("celui", "celle", plural=False, feminine_first=True)
    readings["celle", "eux"] = Doublet("ceux", "celles", plural=True, feminine_first=True)
    firsts = any_of({first for first, _ in readings})
    seconds = any_of({second for _, second in readings})
    marks = rf"[ \u00a0]?/[ \u00a0]?|[{DOTS}.{HYPHENS}]"
    return re.compile(
        rf"(?<![\w.@·-])(?P<elision>{ELISION})?"
        rf"(?P<pair>(?i:(?P<he>ils?|elles?)\(s\)/(?P<she>elle|il)\(s\)"
        rf"|(?P<first>{firsts})(?:(?P<mark>{marks})(?P<second>{seconds})"
        rf"|[ \u00a0]?\((?P<inside>{seconds})\))))(?P<s>[.·•⋅‧-]s|\(s\))?(?![\w])"
        rf"(?![{DOTS}{HYPHENS}.'’]\w)"
    ), readings


_KIN = frozenset(
    {"frère", "père", "garçon", "mari", "oncle", "neveu", "fils", "parrain", "roi", "gendre"}
)
# A slash between them opposes as often: « l'égalité hommes/femmes », « la relation homme/femme ».
_OPPOSED = frozenset({"homme", "femme", "hommes", "femmes"})
# « est-il·elle », « a-t-il/elle », « peut-il (elle) »
_INVERTED = re.compile(
    r"(?P<verb>[^\W\d_]+(?:-t)?-)(?P<first>ils?|elles?)"
    rf"(?:[{DOTS}./](?P<second>elles?|ils?)|[ \u00a0]?\((?P<inside>elles?|ils?)\))"
    rf"(?P<s>[{DOTS}.]s)?"
    rf"(?!\w|[{DOTS}{HYPHENS}.'’]\w)"
)


def _inverted(match: re.Match[str]) -> Found | None:
    """Read the pronouns after their verb: « est-il ou est-elle »."""
    first, second = match["first"], match["second"] or match["inside"]
    if {first.rstrip("s"), second.rstrip("s")} != {"il", "elle"}:
        return None
    plural = bool(match["s"]) or first.endswith("s") or second.endswith("s")
    forms = Doublet(
        match["verb"].lower() + ("ils" if plural else "il"),
        match["verb"].lower() + ("elles" if plural else "elle"),
        plural,
        feminine_first=first.startswith("elle"),
    )
    return match.start(), match.group(), "", forms


def _may_join(first: str, second: str, mark: str) -> bool:
    """Say whether a mark joins a pair; one with another use only where none is likely."""
    if mark in DOTS:
        return True
    if first in _OPPOSED:
        return False
    if first.rstrip("s") in _KIN or first in _KIN:
        return "/" in mark  # « la relation frère-sœur » joins two people
    if len(second) == 1:
        return mark == "."  # « Le.a président.e »
    if "/" in mark:
        return True
    if first in {"ce", "cet", "tous"}:
        return len(second) > 2 or first != "ce"
    return " " not in second and " " not in first and first not in {"lui", "eux"}


@cache
def _number_pattern() -> re.Pattern[str]:
    forms = table("inclusive")["numbers"]
    alternatives = "|".join(
        rf"{one}[ \u00a0]?\((?:{many}{'|s' if many == one + 's' else ''}"
        rf"{'|x' if many == one + 'x' else ''})\)|{one}/{many}"
        for one, many in sorted(forms.items(), key=lambda pair: -len(pair[0]))
    )
    return re.compile(rf"(?<![\w.@·-])(?:(?i:{alternatives}))(?!\w|[{DOTS}{HYPHENS}'’(/]\w)")


# « le/la/les », « mon·ma·mes »: both genders and the plural.
_TRIPLES = (
    ("le", "la", "les"), ("un", "une", "des"), ("du", "de la", "des"), ("au", "à la", "aux"),
    ("mon", "ma", "mes"), ("ton", "ta", "tes"), ("son", "sa", "ses"), ("ce", "cette", "ces"),
)  # fmt: skip
_TRIPLE = re.compile(
    rf"(?<![\w.@·-])(?i:{'|'.join(rf'{a}/{b}/{c}|{b}/{a}/{c}' for a, b, c in _TRIPLES)})"
    rf"(?!\w|[{DOTS}{HYPHENS}'’(/]\w)"
)


def _triple(match: re.Match[str]) -> Found:
    first, second, many = match.group().lower().split("/")
    said = f"{first}, {second} ou {many}"
    return match.start(), match.group(), "", Doublet(said, said, plural=True)


_KINSHIP = "père[·/]mère|frère[·/]sœur|fils[·/]fille"


@cache
def _kinship_pattern() -> re.Pattern[str]:
    pairs = _KINSHIP.replace("·", DOTS + ".")
    return re.compile(
        rf"(?<![\w.@·-])(?P<he>(?i:beau|grand|petit))[{DOTS}./](?P<she>(?i:belle|(?:grand|petit)?e?))"
        rf"[{HYPHENS}](?P<kin>{pairs})(?!\w)"
    )


def _kinship(match: re.Match[str]) -> Found:
    """Read « beau·belle-fils·fille », each half with its own."""
    son, daughter = re.split(rf"[{DOTS}./]", match["kin"])
    first = match["he"].lower()
    adjective = {"beau": "belle", "grand": "grand", "petit": "petite"}[first]
    forms = Doublet(f"{first}-{son}", f"{adjective}-{daughter}", plural=False)
    return match.start(), match.group(), "", forms


def _number(match: re.Match[str]) -> Found:
    """Read a determiner whose number is left open: « le(s) », « votre(vos) », « le/les »."""
    one, many = re.split(r"[ \u00a0]?[(/]", match.group().rstrip(")").lower(), maxsplit=1)
    said = f"{one} ou {one + many if len(many) == 1 else many}"
    return match.start(), match.group(), "", Doublet(said, said, plural=True)


def pair_at(text: str, start: int) -> Found | None:
    """Read a whole pair that begins at a place: « le·la », « du/de la », « il(s)/elle(s) »."""
    if match := _TRIPLE.match(text, start):
        return _triple(match)
    if match := _number_pattern().match(text, start):
        return _number(match)
    if match := _kinship_pattern().match(text, start):
        return _kinship(match)
    if match := _INVERTED.match(text, start):
        return _inverted(match)
    pattern, readings = _pair_pattern()
    match = pattern.match(text, start)
    if match is None:
        return None
    first = (match["first"] or match["he"]).lower()
    second = (match["second"] or match["inside"] or match["she"]).lower()
    if match["mark"] and not _may_join(first, second, match["mark"]):
        return None
    # « le (a) » is an item of a list as often as not.
    if match["inside"] and len(second) == 1:
        return None
    forms = readings.get((first.removesuffix("s") if match["he"] else first, second))
    if forms is None:
        return None
    if (match["s"] or "(s)" in match["pair"]) and not forms.plural:
        if first.removesuffix("s") not in {"il", "elle"}:
            return None
        forms = Doublet("ils", "elles", plural=True, feminine_first=first.startswith("elle"))
    return match.start(), match.group(), match["elision"] or "", forms


@cache
def _fused_pattern() -> re.Pattern[str]:
    return re.compile(
        rf"(?<![\w@.·-])(?P<elision>{ELISION})?(?P<word>(?i:{'|'.join(table('inclusive')['fused'])}))(?![\w·@])"
    )


def fused(text: str) -> list[Found]:
    """Read words of inclusive writing without a mark: « iel », « toustes »."""
    found: list[Found] = []
    for match in _fused_pattern().finditer(text):
        first, second, number = table("inclusive")["fused"][match["word"].lower()]
        feminine_first = first.startswith("ce") and first.endswith("elles")
        masculine, feminine = (second, first) if feminine_first else (first, second)
        forms = Doublet(masculine, feminine, number == "plural", feminine_first)
        found.append((match.start(), match.group(), match["elision"] or "", forms))
    return found
