"""Say agreeing inclusive words as one group: « un·e salarié·e motivé·e ».

A group is said once in each gender: « un salarié motivé ou une salariée motivée ». Words of one
form may stand inside it: « tou·te·s les salarié·e·s », « un·e jeune élu·e très motivé·e ».
"""

import itertools
import re
from dataclasses import dataclass

from ess_access.french.articles import ARTICLE_PAIRS, before_vowel, joined
from ess_access.french.inclusive import InclusiveWord, find
from ess_access.french.inflection import elides
from ess_access.french.marks import HYPHENS
from ess_access.french.words import words

__all__ = ["Group", "counted", "groups", "names_two"]


@dataclass(frozen=True, slots=True)
class Group:
    """A run of words from ``start`` to ``end``, in each gender as a whole."""

    start: int
    end: int
    masculine: str
    feminine: str
    plural: bool
    feminine_first: bool

    @property
    def both(self) -> str:
        """Both genders, in the order in which they were written (*et* in the plural, else *ou*)."""
        first, second = self.masculine, self.feminine
        if first.lower() == second.lower():
            return first
        if self.feminine_first:
            first, second = second, first
        joint = "et" if self.plural else "ou"
        if first.upper() != first and second[:1].isupper() and not second[1:2].isupper():
            second = second[:1].lower() + second[1:]
        return f"{first} {joint} {second}"


# « 1 élu·e » counts one; « article 1 », « 21 », « 1 000 » and « 0,1 » do not.
_ONE = re.compile(
    r"(?:^|[^\w\s]|[^\w\s] "
    r"|\b(?i:à|de|par|pour|avec|et|ou|dont|soit|sur|chez|entre|plus|sans|que) )"
    r"(?<![\d.,/-])(?<!\d )(?P<one>1[ \u00a0\u202f])$"
)


def counted(text: str, group: Group) -> Group:
    """Take the figure one before a group with it: « 1 élu·e », « un élu ou une élue »."""
    before = _ONE.search(text, max(0, group.start - 12), group.start)
    is_open = group.masculine.lower() == group.feminine.lower()
    if group.plural or before is None or is_open or text[: before.start("one")][-1:] == "'":
        return group
    return Group(
        before.start("one"),
        group.end,
        f"un {group.masculine}",
        f"une {group.feminine}",
        group.plural,
        group.feminine_first,
    )


_HE = "homme|père|frère|fils|mari|oncle|neveu|garçon|monsieur|messieurs"
_SHE = "mère|sœur|fille|femme|tante|nièce|madame|mesdames"
_ITS = "(?:(?:l[ea]|une?|du|de la|au|à la|son|sa|mon|ma) )?"
_TWO_PEOPLE = re.compile(
    rf"(?i:(?:{_HE})s?\W+{_ITS}(?:belle-|grand-|petite-)?(?:{_SHE})"
    rf"|(?:{_SHE})s?\W+{_ITS}(?:beau-|grand-|petit-)?(?:{_HE}))"
)


def names_two(written: str) -> bool:
    """Say whether words name two people, « père/mère », of whom neither may go unsaid."""
    return _TWO_PEOPLE.search(written) is not None


# Nobody can listen to a longer noun phrase twice.
_LONGEST_RUN = 8
_GAP = re.compile(r"[ \u00a0\u202f]+|[ \u00a0\u202f]+(?:[^\W\d_]+[ \u00a0\u202f]+){1,3}")
_SPELT_OUT = re.compile(
    r"(?<![\w'’-])(?P<pair>(?i:le ou la|la ou le|un ou une|une ou un|du ou de la|de la ou du"
    r"|au ou à la|à la ou au|ce ou cette|cette ou ce|son ou sa|sa ou son)) $"
)
_PREPOSITION = re.compile(r"(?<![\w'’])(?:[Dd]e|[Àà]) $")
_FEMININE_ARTICLES = frozenset(["la", "une", "de la", "à la", "cette", "sa"])
_DETERMINERS = frozenset(
    [
        "un",
        "le",
        "du",
        "au",
        "ce",
        "cet",
        "mon",
        "ton",
        "son",
        "tout",
        "tous",
        "quel",
        "quels",
        "aucun",
        "certain",
        "certains",
        "chaque",
        "nul",
        "tel",
        "tels",
        "nouveau",
        "nouveaux",
        "ancien",
        "anciens",
        "premier",
        "premiers",
        "dernier",
        "derniers",
        "cher",
        "chers",
        "bon",
        "bons",
    ]
)


def groups(text: str, *, taken: tuple[tuple[int, int], ...] | None = None) -> tuple[Group, ...]:
    """Give the groups of inclusive words, in order; ``taken`` as for :func:`inclusive.find`."""
    found: list[Group] = []
    run: list[InclusiveWord] = []
    for word in find(text, taken=taken):
        gap = text[run[-1].end : word.start] if run and len(run) < _LONGEST_RUN else "."
        if run and not (_agree(run[-1], word, gap) or _coordinates(run, word, gap)):
            found.append(_group(text, run))
            run = []
        run.append(word)
    if run:
        found.append(_group(text, run))
    return tuple(found)


def _agree(left: InclusiveWord, right: InclusiveWord, gap: str) -> bool:
    is_compound = gap != "" and gap in HYPHENS
    if right.written.endswith("nt)") or "," in left.masculine:
        return False  # « il(s)/elle(s) demande(nt) »: one verb for both; « le/la/les élu·e·s »
    if left.plural != right.plural or not (_GAP.fullmatch(gap) or is_compound):
        return False
    if is_compound:
        return True  # a compound: « président·e-directeur·rice », « expert·e·s-comptable·s »
    if right.masculine.lower() in _DETERMINERS and left.masculine.lower() not in _DETERMINERS:
        # « la présidente élu·e un·e … »: a new noun phrase begins; « vu·e·s tou·te·s » goes on.
        return right.masculine.lower() in {"tous", "tout"} and not gap.strip()
    return _may_stand_between(gap.lower().split(), left)


# Endings of those who do something: after « et » they are others, not a quality of the same.
_AGENTS = ("eur", "er", "ien", "ain", "on")


def _coordinates(run: list[InclusiveWord], right: InclusiveWord, gap: str) -> bool:
    """Say whether « et » adds a quality to the same people: « un·e élu·e motivé·e et averti·e ».

    A lone determiner in the singular has one person for all that follows it; in the plural, only
    a second adjective is certain (« les élu·e·s et les salarié·e·s » are others).
    """
    masculine = right.masculine.lower()
    if gap.strip(" \u00a0\u202f") != "et" or run[-1].plural != right.plural:
        return False
    if masculine in _DETERMINERS or "'" in masculine or run[-1].masculine == run[-1].feminine:
        return False
    named = [word for word in run if word.masculine.lower() not in _DETERMINERS]
    if not right.plural:
        return len(named) > 0 and len(run) > 1
    is_person = masculine.removesuffix("s").endswith(_AGENTS) or masculine.removesuffix("s") in (
        words("inclusive", "between.people")
    )
    return len(named) > 1 and not is_person


def _may_stand_between(between: list[str], left: InclusiveWord) -> bool:
    is_after_determiner = left.masculine.lower() in _DETERMINERS
    if between and left.masculine.lower() in {"tous", "tout"}:
        if between[0] not in words("inclusive", "between.determiners"):
            return False
        between = between[1:]
        is_after_determiner = True
    nouns = 0
    for word in between:
        if word in words("inclusive", "between.never"):
            return False
        if word in words("inclusive", "between.adverbs") or word.endswith("ement"):
            continue
        if word in words("inclusive", "between.adjectives") or _is_epicene(word):
            continue
        nouns += 1
        if nouns > 1 or not is_after_determiner:
            return False
    return True


def _is_epicene(word: str) -> bool:
    return len(word) > 5 and word.endswith(tuple(words("inclusive", "between.endings")))


_ARTICLE = re.compile(
    rf"(?<![\w'’-])((?i:{'|'.join(sorted(ARTICLE_PAIRS, key=len, reverse=True))}))[ \u00a0]$"
)


def _article_before(text: str, word: InclusiveWord) -> re.Match[str] | None:
    """Find the lone article of one gender that stands before a word of both, in the singular."""
    is_open = word.masculine.lower() == word.feminine.lower()
    if word.plural or is_open or not word.masculine.replace("-", "").isalpha():
        return None
    if _SPELT_OUT.search(text, max(0, word.start - 16), word.start):
        return None
    if word.masculine.lower() in _DETERMINERS:
        return None
    return _ARTICLE.search(text, max(0, word.start - 9), word.start)


def _group(text: str, run: list[InclusiveWord]) -> Group:
    following = re.match(r"[ \u00a0\u202f]+([^\W\d_]+)", text[run[-1].end : run[-1].end + 40])
    after = following.group(1) if following else ""
    masculine, feminine = run[0].masculine, run[0].feminine
    start, feminine_first = run[0].start, run[0].feminine_first
    if (article := _article_before(text, run[0])) is not None:
        start = article.start()
        said = article.group(1).lower()
        first, second = ARTICLE_PAIRS[said]
        feminine_first = said == second
        if article.group(1)[0].isupper():
            first, second = first.capitalize(), second.capitalize()
        masculine = joined(first, " ", masculine)
        feminine = joined(second, " ", feminine)
    elif (spelt_out := _SPELT_OUT.search(text, max(0, start - 16), start)) and not run[0].plural:
        # « le ou la salarié·e »: the article is already written for both.
        first, second = re.split(" (?:ou|et) ", spelt_out["pair"])
        feminine_first = first.lower() in _FEMININE_ARTICLES
        start = spelt_out.start()
        if feminine_first:
            first, second = second, first
        masculine = joined(first, " ", masculine)
        feminine = joined(second, " ", feminine)
    for left, right in itertools.pairwise(run):
        between = text[left.end : right.start]
        gap = "-" if between and between in HYPHENS else " ".join(["", *between.split(), ""])
        masculine = joined(masculine, gap, right.masculine)
        feminine = joined(feminine, gap, right.feminine)
    is_elided = run[0].masculine[:2] in {"l'", "l’"} and run[0].feminine[:2] in {"l'", "l’"}
    if is_elided and (before := _PREPOSITION.search(text, max(0, start - 5), start)):
        # « de l'usager ou de l'usagère »: the preposition is said again.
        start = before.start()
        first, again = before.group(), before.group().lower()
        masculine = (again if feminine_first else first) + masculine
        feminine = (first if feminine_first else again) + feminine
    if len(run) == 1 and elides(after) and not text[run[0].end : run[0].end + 1].strip():
        masculine = before_vowel(masculine, after)
    return Group(
        start,
        run[-1].end,
        masculine,
        feminine,
        run[0].plural,
        feminine_first,
    )
