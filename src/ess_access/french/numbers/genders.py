"""Guess the gender of a noun that a number counts: « vingt et une voix », « un an »."""

from functools import lru_cache

from ess_access.french.words import words

__all__ = ["is_feminine"]

_FEMININE_ADJECTIVES = frozenset(
    [
        "nouvelle",
        "première",
        "dernière",
        "seule",
        "grande",
        "petite",
        "bonne",
        "ancienne",
        "belle",
        "longue",
        "courte",
        "prochaine",
        "demi-heure",
        "demi-journée",
    ]
)


@lru_cache(maxsize=4096)
def is_feminine(word: str) -> bool:
    """Say whether a noun, or the adjective before it, is feminine; plural or not."""
    lowered = word.lower()
    for form in (lowered, lowered.removesuffix("s")):
        if form in words("nouns", "feminine") or form in _FEMININE_ADJECTIVES:
            return True
        if form in words("nouns", "masculine_exceptions"):
            return False
    return lowered.removesuffix("s").endswith(tuple(words("nouns", "feminine_endings")))
