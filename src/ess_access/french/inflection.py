"""How French forms feminines and plurals.

Sources are named in ``data/inclusive.toml``.
"""

from functools import cache, lru_cache

from ess_access.french.words import mapping, table, words

__all__ = ["elides", "feminines", "masculines", "plural"]

_VOWELS = frozenset("aeiouyàâäéèêëîïôöùûüœæ")


@lru_cache(maxsize=4096)
def feminines(masculine: str) -> tuple[str, ...]:
    """Give the feminine forms that a masculine singular can have, the plainest first."""
    prefix, _, bare = masculine.rpartition("-")
    head = f"{prefix}-" if prefix else ""
    found: list[str] = []
    if (irregular := mapping("inclusive", "irregular").get(bare)) is not None:
        found.extend(head + feminine for feminine in irregular.split())
    for ending in _endings(bare):
        stem = masculine[: -len(ending)]
        found.extend(stem + feminine for feminine in table("inclusive")["feminine"][ending])
    return tuple(dict.fromkeys(found))


def _endings(word: str) -> list[str]:
    """Give the endings of the table that a word has, longest first."""
    endings = table("inclusive")["feminine"]
    return [word[-size:] for size in (3, 2, 1) if len(word) > size and word[-size:] in endings]


@cache
def _masculine_endings() -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for masculine, endings in table("inclusive")["feminine"].items():
        for feminine in endings:
            found.setdefault(feminine, []).append(masculine)
    return {feminine: tuple(endings) for feminine, endings in found.items()}


@lru_cache(maxsize=4096)
def masculines(feminine: str) -> tuple[str, ...]:
    """Give the masculine singulars that a feminine singular can come from, likeliest first."""
    found = [
        masculine
        for masculine, forms in mapping("inclusive", "irregular").items()
        if feminine in forms.split() and masculine != "tou"
    ]
    for size in range(6, 1, -1):
        if len(feminine) > size:
            endings = _masculine_endings().get(feminine[-size:], ())
            found.extend(feminine[:-size] + ending for ending in endings)
    return tuple(dict.fromkeys(found))


@lru_cache(maxsize=4096)
def plural(masculine: str) -> str:
    """Give the plural of a masculine singular (Le Bon Usage § 514-538)."""
    if masculine in {"tou", "tout"}:
        return "tous"
    if masculine[-1] in "sxz":
        return masculine
    if masculine.endswith("eau"):
        return masculine + "x"
    if masculine.endswith("al") and masculine not in words("inclusive", "lists.als"):
        return masculine[:-2] + "aux"
    return masculine + "s"


def elides(word: str) -> bool:
    """Say whether « le » and « la » lose their vowel before a word (« l'élu », « le héros »)."""
    lowered = word.lower()
    if lowered[:1] == "h":
        return not lowered.startswith(tuple(words("inclusive", "between.aspirated")))
    return lowered[:1] in _VOWELS and not lowered.startswith(("onz", "oui", "yaourt", "ya", "ye"))
