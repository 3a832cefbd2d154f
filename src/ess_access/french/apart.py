"""Inclusive words whose second form stands apart: « directeur / directrice », « salarié (e) ».

A word in brackets is seldom an ending: it is believed only where a hyphen would be believed too.
« doi(ven)t », whose plural is set inside the verb, is read here as well.
"""

import re
from collections.abc import Iterator

from ess_access.french.doublets import Doublet, doublet
from ess_access.french.marks import DOTS, ELISION, LETTERS

__all__ = ["Apart", "apart_at"]

# Where it starts, what is written, the elided word before it, the forms.
Apart = tuple[int, str, str, Doublet]

_START = rf"(?<![\w@.·'’-])(?P<elision>{ELISION})?"
_SPACED = re.compile(
    rf"{_START}(?P<first>{LETTERS})[ \u00a0]/[ \u00a0](?P<second>{LETTERS})(?![\w'’.·@-]\w)"
)
_BRACKETED = re.compile(
    rf"{_START}(?P<first>{LETTERS}(?:-{LETTERS})*)[ \u00a0]"
    rf"\((?:-[ \u00a0]?)?(?P<second>{LETTERS})\)(?P<s>[ \u00a0]?s\b)?(?![\w(])"
)
_INNER_PLURAL = re.compile(
    rf"{_START}(?P<first>{LETTERS})\((?P<second>en|ven|nen|ss?en|tten)\)t(?!\w)"
)
# « le salarié / la salariée »: both with their articles.
_ARTICLES = {
    "le": "la", "un": "une", "du": "de la", "au": "à la", "ce": "cette", "mon": "ma", "ton": "ta",
    "son": "sa", "l'": "l'", "de l'": "de l'", "à l'": "à l'", "cet": "cette", "d'un": "d'une",
}  # fmt: skip
_BACK = {feminine: masculine for masculine, feminine in _ARTICLES.items()}
_ANY_ARTICLE = "|".join(sorted({*_ARTICLES, *_BACK}, key=lambda word: (-len(word), word)))
_WHOLE = re.compile(
    rf"(?P<first>{LETTERS}(?:-{LETTERS})*)(?:[ \u00a0]?/[ \u00a0]?|[{DOTS}])"
    rf"(?P<article>(?i:{_ANY_ARTICLE}))"
    rf"(?:(?<=')|[ \u00a0])(?P<second>{LETTERS}(?:-{LETTERS})*)(?![\w'’.·@-]\w|\w)"
)
_PAIR_MARK = re.compile(f"[/{DOTS}]")
_BEFORE = re.compile(rf"(?<![\w'’-])(?P<article>(?i:{_ANY_ARTICLE}))(?:(?<=')|[ \u00a0])$")
_KIN = {"père": "mère", "frère": "sœur", "mari": "femme", "homme": "femme", "fils": "fille"}
# Closing brackets hold units and letters of lists as often: « durée (s) », « le plan (a) ».
_TOO_SHORT = 3
_TIMED = frozenset(["durée", "temps", "délai", "période", "intervalle", "retard", "valeur"])


def apart_at(text: str, start: int) -> Iterator[Apart]:
    """Read the word that begins at a place, and its second form a space away."""
    if match := _SPACED.match(text, start):
        forms = doublet(match["first"], [("/", match["second"])])
        if forms is not None and match["second"].lower() in {forms.masculine, forms.feminine}:
            yield match.start(), match.group(), match["elision"] or "", forms
    if match := _BRACKETED.match(text, start):
        tail = [("-", match["second"])] + ([("-", "s")] if match["s"] else [])
        if match["second"] == "s" and match["first"].lower() not in _TIMED:
            tail = [("(", "s")]  # « prénom (s) »: the plural is left open
        forms = doublet(match["first"], tail) if len(match["first"]) > _TOO_SHORT else None
        if forms is not None:
            yield match.start(), match.group(), match["elision"] or "", forms
    if (
        _PAIR_MARK.search(text, start, start + 60)
        and (whole := _whole_pair(text, start)) is not None
    ):
        yield whole
    if match := _INNER_PLURAL.match(text, start):
        yield match.start(), match.group(), match["elision"] or "", _verb(match)


def _whole_pair(text: str, start: int) -> Apart | None:
    """Read « le salarié/la salariée », « l'élu / l'élue », « un père/une mère »."""
    # The elided article is of the word that begins here; another stands before it.
    elided = re.match(r"[lL]['’]", text[start : start + 2])
    noun = start + 2 if elided else start
    match = _WHOLE.match(text, noun)
    before = _BEFORE.search(text.replace("’", "'"), max(0, noun - 7), noun) if match else None
    if match is None or before is None:
        return None
    articles = before["article"].lower(), match["article"].lower()
    first, second = match["first"].lower(), match["second"].lower()
    if _ARTICLES.get(articles[0]) == articles[1] and _are_pair(first, second):
        is_feminine_first = False
    elif _BACK.get(articles[0]) == articles[1] and _are_pair(second, first):
        is_feminine_first = True
    else:
        return None
    said = [
        f"{article}{'' if article.endswith(chr(39)) else ' '}{word}"
        for article, word in zip(articles, (first, second), strict=True)
    ]
    if is_feminine_first:
        said.reverse()
    forms = Doublet(said[0], said[1], plural=False, feminine_first=is_feminine_first)
    return before.start(), text[before.start() : match.end()], "", forms


def _are_pair(masculine: str, feminine: str) -> bool:
    forms = doublet(masculine, [("/", feminine)])
    is_found = forms is not None and (forms.masculine, forms.feminine) == (masculine, feminine)
    return is_found or _KIN.get(masculine) == feminine


def _verb(match: re.Match[str]) -> Doublet:
    """Read « étai(en)t », « doi(ven)t »: the plural, and the singular where it is heard."""
    first = match["first"].lower()
    many = f"{first}{match['second'].lower()}t"
    said = many if match["second"] == "en" and first.endswith("ai") else f"{first}t ou {many}"
    return Doublet(said, said, plural=True)
