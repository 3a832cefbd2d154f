"""Say whether several numbers follow an abbreviation: « p. 12-15 », « art. 5 et 6 », « n° 3 à 7 ».

Form: Lexique des règles typographiques en usage à l'Imprimerie nationale, « Abréviations »: one
« art. » or « p. » is written for many, and they are said in the plural.
"""

import re

from ess_access.french.draft import HELD

__all__ = ["in_plural"]

_PLURALS = {
    "page": "pages", "article": "articles", "figure": "figures", "chapitre": "chapitres",
    "tome": "tomes", "volume": "volumes", "numéro": "numéros", "paragraphe": "paragraphes",
    "alinéa": "alinéas", "annexe": "annexes", "section": "sections", "tableau": "tableaux",
    "illustration": "illustrations",
}  # fmt: skip
_NUMBER = rf"(?:(?:[LRDA]\.?\*?\.? ?)?\d+(?:er)?(?:-\d+)*|[{HELD}])"
_SEVERAL = re.compile(
    rf" ?{_NUMBER}(?:, {_NUMBER})* (?:et|à|ou) {_NUMBER}"
    # « art. 12 et 3 mois », « p. 4 et 2,5 % »: the second number counts something else.
    r"(?!\w|[.,]\d| ?[%€°])(?! (?:[a-zà-ÿ]{2,}s|ans?|jour|h)\b)"
)
# A hyphen in an article or a number is its own: « art. 12-1 », « n° 2014-856 ».
_SPAN = re.compile(r" ?\d+ ?[-–] ?\d+(?![\w-])")
_SPANNED = frozenset({"page", "figure", "paragraphe"})


def in_plural(said: str, text: str, end: int) -> str:
    """Give what an abbreviation stands for, in the plural where several numbers come after it."""
    plural = _PLURALS.get(said.lower())
    if plural is None:
        return said
    if _SEVERAL.match(text, end) or (said in _SPANNED and _SPAN.match(text, end)):
        return plural
    return said
