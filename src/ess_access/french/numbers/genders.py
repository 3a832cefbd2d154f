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


# Before its noun, a part of a compound has no gender of its own (Le Bon Usage § 178).
_PREFIXES = frozenset(
    ["demi", "sous", "vice", "mi", "semi", "micro", "mini", "auto", "co", "non", "ex", "pré", "sur",
     "télé", "multi", "inter", "contre", "arrière", "avant", "après", "quasi", "pseudo", "méga"]
)  # fmt: skip
# Verbs of compounds, which are masculine (Le Bon Usage § 483).
_VERBS = frozenset(
    ["porte", "garde", "ouvre", "cache", "lave", "sèche", "tire", "brise", "passe", "pare",
     "chauffe", "grille", "compte", "essuie", "casse", "coupe", "presse", "chasse", "perce", "pose"]
)  # fmt: skip


@lru_cache(maxsize=4096)
def is_feminine(word: str) -> bool:
    """Say whether a noun, or the adjective before it, is feminine; plural or not."""
    lowered = word.lower()
    first, hyphen, rest = lowered.partition("-")
    if hyphen and first in _PREFIXES:
        return is_feminine(rest)
    if hyphen and lowered not in _FEMININE_ADJECTIVES:
        # « une personne-ressource », but « un porte-clés »: what does something is masculine.
        return first not in _VERBS and is_feminine(first)
    for form in (lowered, lowered.removesuffix("s")):
        if form in words("nouns", "feminine") or form in _FEMININE_ADJECTIVES:
            return True
        if form in words("nouns", "masculine_exceptions"):
            return False
    return lowered.removesuffix("s").endswith(tuple(words("nouns", "feminine_endings")))
