"""Judge a stem and its marked endings: which masculine, which feminine, or none at all."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from ess_access.french.inflection import feminines, masculines, plural
from ess_access.french.words import words

__all__ = ["Doublet", "doublet"]


@dataclass(frozen=True, slots=True)
class Doublet:
    """A masculine and a feminine, both in the number that was written."""

    masculine: str
    feminine: str
    plural: bool
    feminine_first: bool = False


# Singular words in -s whose stem without it could pass for a masculine (« admis·es »): families of
# participles and adjectives, so that « exclus·es », « réussis·es », « vêtus·es » keep their own.
_SINGULAR_S = re.compile(
    r"(?:(?<!^vr)(?<!^g)ais|ois|(?:^|ad|sou|pro|re|trans|^dé|com|per|^o|^é)mis|pris|quis|(?:^|r)assis"
    r"|(?:pré|indé|con)cis|circoncis|^gris|(?:in|per|re|for)clus|(?:con|dif|pro|in)fus|obtus|clos"
    r"|^ras|gros|bas|gras|^las|ès)$"
)
_NOT_MASCULINE = frozenset({"on", "non", "rien", "bien", "en", "sur", "pour", "par", "est", "et"})
_STEM_ENDINGS = frozenset(
    [
        "eur",
        "teur",
        "trice",
        "er",
        "ier",
        "if",
        "eux",
        "ien",
        "en",
        "on",
        "el",
        "eau",
        "é",
        "u",
        "i",
        "f",
        "x",
        "t",
        "al",
        "ain",
        "in",
        "and",
        "ant",
    ]
)
_REVERSED_ENDINGS = frozenset(
    [
        "eur",
        "teur",
        "er",
        "ier",
        "en",
        "ien",
        "el",
        "eau",
        "if",
        "eux",
        "é",
        "és",
        "al",
        "ain",
        "ée",
    ]
)
# Endings that are also words: believed after a hyphen or a stop only where they double a letter.
_ALSO_WORDS = frozenset({"de", "re", "me", "be"})
_DOUBLING = {
    "te": ("et", "ot", "at", "ou", "ori", "olo"),
    "le": ("el", "eil", "il", "ul", "ol"),
    "ne": ("en", "on", "an"),
    "se": ("x", "eur", "os", "as", "is", "ès"),
    "elle": ("eau", "el"),
    "que": ("ic", "urc", "rec", "aïc", "anc"),
    "ce": ("doux",),
    "he": ("lanc", "franc"),
}
_PERSON = re.compile(
    r"(?:é|er|eur|en|eux|f|el|al|ant|ent|ois|ais|ain|at|ien|on|eau|oux|ard|and|u)$"
)


def doublet(stem: str, tail: Sequence[tuple[str, str]]) -> Doublet | None:
    """Read a stem and its endings, each after a mark: ``·``, ``.``, ``-``, ``/`` or ``(``.

    ``None``: they are no inclusive writing.
    """
    letters = [ending for _, ending in tail]
    if stem.isupper() and all(ending.isupper() for ending in letters):
        if _is_too_short_in_capitals(stem, tail):
            return None
        letters = [ending.lower() for ending in letters]
    elif not all(ending.islower() for ending in letters):
        # « Chers/Chères »: two whole words, each with its capital.
        is_pair = len(tail) == 1 and tail[0][0] in "/·(" and stem.istitle() and letters[0].istitle()
        if not is_pair:
            return None
        letters = [letters[0].lower()]
    return _doublet(stem.lower().replace("’", "'"), tuple(mark for mark, _ in tail), tuple(letters))


def _is_too_short_in_capitals(stem: str, tail: Sequence[tuple[str, str]]) -> bool:
    """Say whether capitals with a hyphen, stop or slash are rather an acronym's (« ESAT-E »)."""
    if tail[0][0] in "·(":
        return len(stem) < 2
    return (
        len(stem) < 5 and stem.isascii() and stem.lower() not in words("inclusive", "lists.short")
    )


@lru_cache(maxsize=8192)
def _doublet(stem: str, marks: tuple[str, ...], letters: tuple[str, ...]) -> Doublet | None:
    mark = marks[0]
    if stem.endswith("èr"):
        stem = stem[:-2] + "er"  # « infirmièr·e·s » lends the masculine the feminine's accent
    match letters:
        case ("s",):
            return _open_plural(stem, mark)
        case ("nt",) if mark in "·(" and stem[-1] == "e" and len(stem) > 2:
            return Doublet(
                stem + "nt", stem + "nt", plural=True
            )  # « souhaite(nt) » sounds the same
        case ("aux",) if mark in "·(" and stem.endswith("al"):
            return Doublet(stem[:-1] + "ux", stem[:-1] + "ux", plural=True)  # « légal(aux) »
        case ("aux", "ales") if stem.endswith("al"):
            return _agreed(stem, "e", mark, is_plural=True)  # « social·aux·ales »
        case ("x",) if mark in "·(" and stem.endswith(("eu", "eau", "au")) and len(stem) > 3:
            return Doublet(stem + "x", stem + "x", plural=True)  # « lieu(x) »
        case (ending,) | (ending, "s") | ("s", ending) | ("s", ending, "s"):
            is_plural = "s" in letters[1:] or letters[0] == "s"
            if letters[0] == "s" and ending.endswith("s") and len(ending) > 1:
                ending = ending[:-1]  # « tou·s·tes »
            found = _agreed(stem, ending, mark, is_plural=is_plural)
            if found is not None:
                return found
        case ("e", "aux") if stem.endswith("al"):
            return _agreed(stem, "e", mark, is_plural=True)  # « régional·e·aux »
        case _:
            pass
    if len(letters) in {2, 3} and letters[0] in _STEM_ENDINGS:
        is_plural = len(letters) == 3
        if is_plural and letters[2] != "s":
            return None
        return _agreed(stem + letters[0], letters[1], mark, is_plural=is_plural)
    return None


def _open_plural(stem: str, mark: str) -> Doublet | None:
    """Read « bénévole·s », « salarié(s) »: the plural is left open, and sounds the same."""
    # A stop is also a sentence's or a file's; but no sentence is the lone letter « s ».
    is_word = mark == "." and len(stem) > 3
    if (mark not in "·(" and not is_word) or stem[-1] in "sxz" or len(stem) < 2:
        return None
    written = stem + "s"
    return Doublet(written, written, plural=True)


def _agreed(stem: str, ending: str, mark: str, *, is_plural: bool) -> Doublet | None:
    if len(stem) < 3 and stem not in words("inclusive", "lists.short"):
        return None
    if ending == "tes" and stem.endswith("ts") and mark in "-/":
        mark = "·"  # « adhérents-tes »: no word is told « your » so
    if ending.endswith("s") and len(ending) > 1 and not is_plural:
        for singular in _plural_stems(stem):
            feminine = _feminine(singular, ending[:-1], mark)
            if feminine is not None:
                # « finaux·ales »: the plural is written, and stands as it is.
                masculine = stem if stem.endswith("aux") else plural(singular)
                return Doublet(masculine, feminine + "s", plural=True)
        return _reversed(stem, ending, mark)
    feminine = _feminine(stem, ending, mark)
    if feminine is None and is_plural and stem.endswith("s"):
        feminine = _feminine(stem[:-1], ending, mark)
        stem = stem[:-1] if feminine is not None else stem
    if feminine is None:
        return _reversed(stem, ending + ("s" if is_plural else ""), mark)
    if is_plural:
        return Doublet(plural(stem), feminine + "s", plural=True)
    return Doublet("tout" if stem == "tou" else stem, feminine, plural=False)


def _plural_stems(stem: str) -> tuple[str, ...]:
    """Give the singulars that a stem before a plural ending may be, likeliest first."""
    if stem.endswith("aux") and not stem.endswith("eaux"):
        return stem[:-3] + "al", stem
    if stem.endswith("eaux"):
        return (stem[:-1],)
    if not stem.endswith("s"):
        return (stem,)
    if _SINGULAR_S.search(stem) or stem in words("inclusive", "lists.singular_s"):
        return stem, stem[:-1]
    return stem[:-1], stem


def _feminine(stem: str, ending: str, mark: str) -> str | None:
    if stem in _NOT_MASCULINE or (mark == "." and stem in words("sentences", "before_number")):
        return None
    candidates = feminines(stem)
    if not candidates:
        return None
    if ending == "e":
        is_open = stem[-1] in "édtnlrsiïuûcfg" or stem.endswith(("eux", "oux"))
        is_closed = stem.endswith(("oi", "eau")) and stem != "coi"
        if mark in ".-/" and stem.endswith("on"):
            is_closed = candidates[0].endswith("onne")  # « patron-ne »; « amazon.es » is a site
        return candidates[0] if is_open and not is_closed else None
    if ending == "ë" and stem.endswith("gu"):
        return stem + ending
    if len(ending) < 2 or (mark in ".-/" and not _is_plain(stem, ending, mark)):
        return None
    # All but the first letter may be written again: « sec·èche », « dû·ue », « nés·ées ».
    rest = 0 if mark == "·" else 1
    for feminine in candidates:
        if feminine == ending:
            return feminine if mark == "·" or _PERSON.search(stem) else None
        if feminine.endswith(ending) and len(ending) < len(feminine) - rest:
            return feminine
    return None


def _is_plain(stem: str, ending: str, mark: str) -> bool:
    """Say whether an ending is plainly one, after a mark that has other uses."""
    if ending in _ALSO_WORDS:
        return False
    if ending == "te" and mark == "/":
        return stem.endswith(("ant", "ent", "it", *_DOUBLING["te"]))
    if ending in _DOUBLING:
        if ending == "elle" and mark == "." and len(stem) < 5:
            return False
        return stem.endswith(_DOUBLING[ending])
    return True


def _reversed(stem: str, ending: str, mark: str) -> Doublet | None:
    """Read the feminine written first: « actrice·teur·s », « infirmière/ier », « la/le »."""
    if mark in ".-":
        return None
    is_plural = ending.endswith("s") and not ending.endswith("eus")
    feminine = stem[:-1] if is_plural and stem.endswith("s") else stem
    short = ending[:-1] if is_plural else ending
    if not feminine.endswith("e"):
        return None
    if ending.endswith(("eaux", "aux")):
        is_plural, short = True, ending[:-1] if ending.endswith("eaux") else ending[:-3] + "al"
        feminine = stem.removesuffix("s")
    for masculine in masculines(feminine):
        if feminine not in feminines(masculine):
            continue
        if masculine == short and _PERSON.search(masculine):
            break
        if short in _REVERSED_ENDINGS and masculine.endswith(short):
            break
    else:
        return None
    if is_plural:
        return Doublet(plural(masculine), feminine + "s", plural=True, feminine_first=True)
    return Doublet(masculine, feminine, plural=False, feminine_first=True)
