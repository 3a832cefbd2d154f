"""Acronyms: spelled, said as words, or taught by the document.

« ESS (économie sociale et solidaire) » teaches what ESS stands for. « CPAM » is spelled,
« C P A M »; « AFNOR » is said, « Afnor »; which, is known (``data/acronyms.toml``) or judged by
its shape.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from functools import cache, lru_cache
from types import MappingProxyType

from ess_access.french.alternatives import any_of
from ess_access.french.draft import Rule
from ess_access.french.inflection import elides
from ess_access.french.numbers.cardinals import cardinal
from ess_access.french.words import words

__all__ = ["learn", "rules", "said", "taught_rules"]

_ACRONYM = r"[A-ZÀ-ÖØ-Þ](?:[A-ZÀ-ÖØ-Þ0-9&]|\.(?=[A-ZÀ-ÖØ-Þ])){1,9}"
_AFTER = re.compile(rf"(?<![\w.])(?P<acronym>{_ACRONYM})\.?[ \u00a0]?\((?P<words>[^()]{{5,150}})\)")
# « (l'ESS) », « (ci-après « ESS ») », « (ou ESS) »
_QUOTED = r"(?:(?:ci-après|dite?s?|ou|soit)[ \u00a0])?(?:l['’]|l[ae] |les )?[«“\"]?[ \u00a0\u202f]?"
_CLOSED = r"[ \u00a0\u202f]?[»”\"]?"
_BEFORE = re.compile(
    rf"(?P<words>[^\W\d_][^()\n]{{4,150}}?)[ \u00a0]"
    rf"\({_QUOTED}(?P<acronym>{_ACRONYM})\.?{_CLOSED}\)"
)
# A line of a glossary: « ESS : économie sociale et solidaire ».
_DEFINED = re.compile(
    rf"^[ \t•*–-]*(?P<acronym>{_ACRONYM})[ \u00a0]?(?:[:=→]|[–—-](?=[ \u00a0]))[ \u00a0]?"
    r"(?P<words>[^():=\n]{5,150})$",
    re.MULTILINE,
)
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_SMALL = frozenset(
    ["de", "du", "des", "d", "la", "le", "les", "l", "et", "à", "au", "aux", "en", "pour", "par",
     "sur", "dans", "un", "une", "ou", "sans", "non", "contre"]
)  # fmt: skip


def learn(texts: Iterable[str]) -> Mapping[str, str]:
    """Give what acronyms stand for, as the texts say it; the first explanation of each holds.

    Both orders teach: « ESS (économie sociale et solidaire) » and « économie sociale et solidaire
    (ESS) ». The words must carry the acronym's letters, in order, at their beginnings.
    """
    taught: dict[str, str] = {}
    for text in texts:
        for match in _DEFINED.finditer(text):
            expansion = _explained(match["acronym"], match["words"].rstrip(" .;,"), is_before=False)
            if expansion:
                taught.setdefault(match["acronym"].replace(".", ""), expansion)
        if "(" not in text:
            continue
        for match in _AFTER.finditer(text):
            expansion = _explained(match["acronym"], match["words"], is_before=False)
            if expansion:
                taught.setdefault(match["acronym"].replace(".", ""), expansion)
        for match in _BEFORE.finditer(text):
            expansion = _explained(match["acronym"], match["words"], is_before=True)
            if expansion:
                taught.setdefault(match["acronym"].replace(".", ""), expansion)
    return MappingProxyType(taught)


def _bare(letter: str) -> str:
    return unicodedata.normalize("NFD", letter)[0].upper().replace("Œ", "O").replace("Æ", "A")


def _explained(acronym: str, text: str, *, is_before: bool) -> str | None:
    """Give the words of ``text`` that an acronym abbreviates, or ``None``."""
    letters = [_bare(letter) for letter in acronym if letter.isalpha()]
    found = list(_WORD.finditer(text))
    if len(letters) < 2 or len(found) < 2:
        return None
    if not is_before:
        found = found[: len(letters) * 3]
        return text.strip() if _spells(found, letters) else None
    for first in range(len(found) - 1, -1, -1):
        word = found[first].group()
        if word.lower() in _SMALL or _bare(word[0]) != letters[0]:
            continue
        if _spells(found[first:], letters):
            return text[found[first].start() :].strip()
    return None


def _spells(found: list[re.Match[str]], letters: list[str]) -> bool:
    """Say whether the words begin with the letters, in order; small words may be passed over."""
    parts: list[tuple[str, bool]] = []
    for match in found:
        word = match.group()
        may_pass = word.lower() in _SMALL or "-" in word
        parts.extend((_bare(part[0]), may_pass) for part in word.split("-") if part)
    # How many letters may be told by the words so far: « et » tells one of CSIE, and none of CSE.
    told = {0}
    for letter, may_pass in parts:
        told = {
            count + step
            for count in told
            for step in ((0, 1) if may_pass else (1,))
            if not step or (count < len(letters) and letters[count] == letter)
        }
    return len(letters) in told


def taught_rules(acronyms: Mapping[str, str]) -> tuple[Rule, ...]:
    """Give the rule that says what an acronym stands for, at its first place in the text.

    Where the text itself explains the acronym, both are kept as they are written. Later places
    are spelled: the listener knows by then.
    """
    if not acronyms:
        return ()
    names = "|".join(re.escape(name) for name in sorted(acronyms, key=lambda n: (-len(n), n)))
    seen: set[str] = set()

    def say(match: re.Match[str]) -> str | None:
        acronym = match["acronym"]
        expansion = acronyms[acronym]
        if acronym in seen:
            return None
        seen.add(acronym)
        around = match.string[max(0, match.start() - 200) : match.end() + 200].lower()
        if expansion.lower() in around:
            return None
        article = (match["article"] or "").lower()
        if _disagree(article, expansion):
            return f"{match['article']}{said(acronym)}, {expansion},"
        if article and article[-1] == "'" and not elides(expansion):
            # « l'HAS » cannot become « l'Haute Autorité »: say both.
            return f"{match['article']}{said(acronym)}, {expansion},"
        if article in {"le ", "la ", "de ", "du ", "que "} and elides(expansion):
            if article in {"de ", "que "}:
                return f"{match['article'][:-2]}'{expansion}"
            return f"{match['article']}{said(acronym)}, {expansion},"
        return f"{match['article'] or ''}{expansion}"

    return (
        Rule(
            "taught acronym",
            re.compile(
                rf"(?P<article>\b(?:(?:[ldLD]|[qQ]u)'|[Ll][ae] |[Dd][eu] |[Qq]ue "
                rf"|(?i:{_NUMBERED}) ))?"
                rf"(?<![\w.(@-])(?P<acronym>{names})(?![\w)@-])"
            ),
            say,
        ),
    )


_ONE = "au|un|une|ce|cet|cette|mon|ma|son|sa|notre|votre|leur|chaque"
_MANY = "les|des|aux|ces|mes|ses|nos|vos|leurs|plusieurs|deux|trois"
_NUMBERED = f"{_ONE}|{_MANY}"
_SINGULAR = frozenset([*_ONE.split("|"), "le", "la", "l'", "du"])


def _disagree(article: str, expansion: str) -> bool:
    """Say whether « les ESAT » would become « les établissement »; then both are said."""
    first = expansion.split(maxsplit=1)[0]
    is_many = first.endswith(("s", "x")) and not first.endswith(("ss", "us", "ours", "ès"))
    if article.strip() in _MANY.split("|"):
        return not first.endswith(("s", "x"))
    return is_many and article.strip() in _SINGULAR


@lru_cache(maxsize=4096)
def said(written: str) -> str:
    """Give an acronym in capitals as it is said: « C P A M », « Afnor »."""
    bare = written.replace(".", "")
    if bare in _NUMERALS:
        return cardinal(_NUMERALS[bare])
    if bare in words("acronyms", "said"):
        return bare.capitalize()
    if bare in words("acronyms", "spelled") or "." in written or not _is_pronounced(bare):
        return " ".join(bare)
    return bare.capitalize()


# Letters that are numerals wherever they stand (« I, II et III »); IV, VI, XX have other uses.
_NUMERALS = {
    "II": 2, "III": 3, "VII": 7, "VIII": 8, "XII": 12, "XIII": 13, "XIV": 14, "XV": 15, "XVI": 16,
    "XVII": 17, "XVIII": 18, "XIX": 19, "XXI": 21,
}  # fmt: skip
_VOWELS = "AEIOUYÀÂÄÉÈÊËÎÏÔÖÙÛÜŒÆ"
_LONGEST_SPELLED = 5
# What French can begin a syllable with, and how a said acronym runs: consonants, vowels, …
_PRONOUNCEABLE = re.compile(
    rf"(?:(?:[BCDFGPTV][LR]|SC[RL]?|S[PTMN][R]?|[CPT]H[LR]?|GN|QU|[B-DF-HJ-NP-TV-Z])?[{_VOWELS}]{{1,3}}"
    rf"(?:[LMNRSCPBDFGTXZ]{{1,2}}(?![{_VOWELS}])(?=[^{_VOWELS}]|$))?)+"
    r"(?:[STXZDCFLMNRPGBK]{0,3})"
)


def _is_pronounced(bare: str) -> bool:
    """Say whether an unknown word in capitals reads as a word: long enough, and pronounceable."""
    if bare in words("capitals", "words") or not bare.isascii():
        return True
    if len(bare) <= _LONGEST_SPELLED or not bare.isalpha():
        return False
    return _PRONOUNCEABLE.fullmatch(bare) is not None


def _say(match: re.Match[str]) -> str | None:
    written = match["acronym"]
    plural = match["plural"] or ""
    if len(written.replace(".", "")) > 10 and "." not in written:
        return (written.capitalize() if _is_pronounced(written) else " ".join(written)) + plural
    reading = said(written)
    # « les PME », « les PMEs »: the plural of letters is not heard.
    return reading if " " in reading else reading + plural


@cache
def rules() -> tuple[Rule, ...]:
    """Give the rules for words in capitals, those with full stops first."""
    capital = "A-ZÀ-ÖØ-Þ"
    names = any_of([*words("acronyms", "first_names"), "Monsieur", "monsieur", "Madame", "madame"])
    return (
        Rule(
            "acronym",
            re.compile(
                rf"(?P<acronym>[{capital}](?<![\w.].)\.-?(?:[{capital}]\.-?)+[{capital}]?)"
                r"(?P<plural>)(?!\w)"
            ),
            _dotted,
        ),
        Rule(
            "surname in capitals",
            re.compile(rf"{names} (?P<core>[{capital}]{{4,}})(?![\w])"),
            _surname,
        ),
        Rule(
            "acronym",
            re.compile(
                rf"(?P<acronym>[{capital}](?<![^\W\d_].)[{capital}]+)(?P<plural>s?)(?![^\W\d_])"
            ),
            _say,
        ),
    )


def _surname(match: re.Match[str]) -> str | None:
    name = match["core"]
    if name in words("acronyms", "said") or name in words("acronyms", "spelled"):
        return None
    is_inside = match.string[max(0, match.start() - 1) : match.start()].isalpha()
    if is_inside or not any(letter in _VOWELS for letter in name):
        return None
    return name.capitalize()


def _dotted(match: re.Match[str]) -> str:
    written = match["acronym"]
    letters: Callable[[str], str] = lambda text: " ".join(re.sub(r"[.-]", "", text))  # noqa: E731
    reading = letters(written)
    if written.endswith(".") and not match.string[match.end() :].strip():
        return reading + "."
    return reading
