"""Names of standards: « NF EN 301 549 », « ISO 9001:2015 », « NF X50-783 ».

Forms: AFNOR, Règles pour la normalisation française; ISO/IEC Directives, part 2 (references).
"""

import re

from ess_access.french.draft import Lazy, Rule
from ess_access.french.numbers.cardinals import cardinal, grouped

__all__ = ["RULES"]

# Said as a word; the others are spelled.
_WORDS = {"ISO": "Iso"}
_BODIES = frozenset(["NF", "EN", "ISO", "CEI", "IEC", "CEN", "DIN", "BS", "UNE", "XP", "FD", "PR"])


def _standard(match: re.Match[str]) -> str | None:
    if not _BODIES.issuperset(re.findall(r"[A-Z]+", match["names"])):
        return None
    names = [_WORDS.get(name) or " ".join(name) for name in re.findall(r"[A-Z]+", match["names"])]
    letter = match["letter"] or ""
    parts = [_number(part) for part in re.split("[-: ]", match["parts"])]
    return " ".join([*names, *letter.strip(), ", ".join(parts)])


def _number(figures: str) -> str:
    return grouped(figures) if figures[0] == "0" else cardinal(int(figures))


def _appeal(match: re.Match[str]) -> str:
    """Read the number of an appeal to the Cour de cassation, « 20-12.345 »."""
    return f"{_number(match['year'])} tiret {cardinal(int(match['number'].replace('.', '')))}"


RULES = (
    Rule(
        "standard",
        Lazy(
            r"(?P<names>[A-Z](?<![\w.-].)[A-Z]{1,2}(?:[ /-][A-Z]{2,3})*) ?(?P<letter>[A-Z] ?)?"
            r"(?P<parts>(?:\d{1,3}(?: \d{3})+|\d{2,6})(?:[-:]\d{1,4}){0,3})(?![\w]|[.,:-]?\d)"
        ),
        _standard,
    ),
    Rule(
        "appeal",
        Lazy(r"(?P<year>\d(?<![\w,.-].)\d)-(?P<number>\d\d\.\d{3})(?!\w|[.,-]\d)"),
        _appeal,
        needs="-",
        after="-",
    ),
)
