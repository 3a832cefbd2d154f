"""The marks of inclusive writing, and what patterns for it have in common."""

import re

__all__ = ["DOTS", "ELISION", "HYPHENS", "LETTERS", "goes_on", "word_start"]

# Middle dots of every make, then the marks that also have another use.
DOTS = "·•⋅‧∙・･_\u0387\u1427"
HYPHENS = r"\-\u2010\u2011"
# What may stand inside a word and its marks, for finding where it begins.
_INNER = "'’-\u2010\u2011._·•⋅‧∙・･\u0387\u1427"
LETTERS = r"[^\W\d_]++"
ELISION = r"(?:(?i:[cdjlmnst]|qu|jusqu|lorsqu|puisqu|quoiqu)['’])"
_LONGEST_WORD = 60


def word_start(text: str, place: int) -> int:
    """Give the start of the word, elision and compound included, that holds a letter."""
    floor = max(0, place - _LONGEST_WORD)
    start = place
    while start > floor:
        before = text[start - 1]
        if before.isalpha() or (before in _INNER and start > 1 and text[start - 2].isalpha()):
            start -= 1
        else:
            break
    return start


_LAST_PIECE = re.compile(f"[/{DOTS}]")
# « le salarié/la salariée »: a run that ends in an article needs the word after it.
_ARTICLES = frozenset(
    ["le", "la", "un", "une", "du", "de", "au", "à", "ce", "cet", "cette", "mon", "ma", "son", "sa"]
)


def goes_on(text: str, start: int, end: int) -> bool:
    """Say whether the words around a run have a say: « de la·du », « le / la », « la (les) »."""
    return (
        text.startswith("la", start)
        or _LAST_PIECE.split(text[start:end])[-1].lower() in _ARTICLES
        or text[end - 1] in "/("
        or text[end + 1 : end + 2] in {"/", "("}
        or text[end + 1 : end + 3].lower() == "la"
    )
