"""Two numbers whose sense the words around tell: « lignes 12/14 », « 60/40 », « Bac+2/3 ».

Reason: usage of guides and forms; each says what it stands for before or after it.
"""

import re

from ess_access.french.draft import HELD, Lazy, Rule
from ess_access.french.numbers.cardinals import number
from ess_access.french.numbers.patterns import ALONE, integer_after

__all__ = ["RULES"]

_PERIOD = r"(?:ans?|mois|jours?|semaines?)"
# What is numbered in the plural: two numbers after it are two of them.
_NUMBERED = (
    r"(?:lignes|salles|bureaux|pages|articles|lots|départements|numéros|bus|bâtiments|portes"
    r"|guichets|branches|chambres|versions|niveaux|semaines|groupes|classes|étages|Windows)"
)


def _both(match: re.Match[str]) -> str:
    return f"{number(match['low'])}, {number(match['high'])}"


def _shares(match: re.Match[str]) -> str | None:
    """Read « 60/40 »: two parts of a hundred."""
    return _both(match) if int(match["low"]) + int(match["high"]) == 100 else None


RULES = (
    # « 10K abonnés », « 100 K »; « 4K » is an image.
    Rule(
        "number",
        Lazy(rf"(?P<low>\d{ALONE}\d{{1,2}}) ?[kK](?=$|[.,;:!?)]|\s[a-zà-ÿ]{{3,}})"),
        lambda match: number(match["low"] + "000"),
        needs="kK",
        after="kK",
    ),
    # « 1 000+ structures »
    Rule(
        "number",
        Lazy(rf"(?P<low>{integer_after(ALONE)})\+(?= [a-zà-ÿ]{{3,}})"),
        lambda match: f"plus de {number(match['low'].replace(' ', ''))}",
        needs="+",
        after="+",
    ),
    Rule(
        "ages",
        Lazy(rf"(?P<core>[<>] ?)(?=\d{{1,3}} {_PERIOD}\b)"),
        lambda match: "moins de " if match["core"][0] == "<" else "plus de ",
        needs="<>",
    ),
    Rule(
        "range",
        Lazy(rf"(?:\d {_PERIOD}|[{HELD}])(?P<core> ?[-–] ?)(?=\d+ {_PERIOD}\b)"),
        lambda _: " à ",
        needs="-–",
    ),
    Rule(
        "list of numbers",
        Lazy(rf"\b{_NUMBERED} (?P<core>(?P<low>\d{{1,4}})/(?P<high>\d{{1,4}}))(?![\w/]|,\d)"),
        _both,
        needs="/",
    ),
    Rule(
        "list of numbers",
        Lazy(rf"(?P<low>\d{ALONE}\d?)/(?P<high>\d\d?)(?![\w/]|,\d| ?[°%])"),
        _shares,
        needs="/",
        after="/",
    ),
    Rule(
        "level of study",
        Lazy(r"\b[Bb][Aa][Cc] ?\+ ?(?P<core>(?P<low>\d) ?[/-] ?(?P<high>\d))(?!\w)"),
        lambda match: f"{number(match['low'])} ou {number(match['high'])}",
        needs="+",
    ),
)
