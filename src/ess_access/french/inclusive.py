"""Find French inclusive writing and give the words it stands for.

A candidate is believed only when its mark joins a masculine and the end of one of its feminines
(``inflection``). Hyphenated words, abbreviations, file names, addresses and sentences that lack
a space (« fin.Début ») are left alone. Sources: ``data/inclusive.toml``.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from ess_access.french import addresses
from ess_access.french.apart import apart_at
from ess_access.french.doublets import Doublet, doublet
from ess_access.french.marks import DOTS, ELISION, HYPHENS, LETTERS, goes_on, word_start
from ess_access.french.pairs import fused, pair_at

__all__ = ["InclusiveWord", "find"]


@dataclass(frozen=True, slots=True)
class InclusiveWord:
    """A word written for two genders, from ``start`` to ``end`` of the text.

    ``masculine`` and ``feminine`` are whole words, elided article included (« l'élu »,
    « l'élue »). ``feminine_first`` says which was written first. They are equal where only the
    plural is left open (« bénévole·s »).
    """

    start: int
    end: int
    written: str
    masculine: str
    feminine: str
    plural: bool
    feminine_first: bool = False


# A run of words and marks without a space. The parts are judged in `_read`.
_TOKEN = re.compile(
    rf"""(?<![\w@.·'’-])
    (?P<elision>{ELISION})?
    (?P<run>{LETTERS}(?:(?:[{HYPHENS}'’]{LETTERS})*
        (?:[{DOTS}./][{HYPHENS}]?{LETTERS} | \([{DOTS}{HYPHENS}./]?{LETTERS}\)(?:[sS]\b)?
         | [{HYPHENS}'’]{LETTERS})){{1,12}}+)(?![^\W\d_])""",
    re.VERBOSE,
)
_PART = re.compile(rf"(?P<mark>[{DOTS}{HYPHENS}./('’)]*)(?P<letters>{LETTERS})\)?")
_CAMEL = re.compile(
    r"(?<![\w'’.·-])(?P<stem>[^\W\d_]?[a-zà-öø-ÿ]{2,})(?P<ending>[A-ZÀ-Ö]{1,4}s?)(?!\w)"
)
_MARKED = re.compile(
    rf"[{DOTS}{HYPHENS}./( \u00a0](?:(?<=[^ \u00a0])|(?=[/(])(?<=[^\W\d_].)[/(])"
    rf"(?=[^\W\d_]|[({HYPHENS}{DOTS} \u00a0])"
)
_MIXED_CASE = re.compile("[A-Z](?<=[a-zé].)")
_FUSED = ("iel", "ellui", "elleux", "oustes", "ouxtes", "ceuses", "ceulles")


def find(
    text: str, *, taken: tuple[tuple[int, int], ...] | None = None
) -> tuple[InclusiveWord, ...]:
    """Give the words of inclusive writing, in order, none overlapping.

    ``taken``: spans of addresses, where the caller knows them already.
    """
    candidates = [*_marked(text)]
    lowered = text.lower()
    if any(hint in lowered for hint in _FUSED):
        candidates.extend(_word(*word) for word in fused(text))
    if _MIXED_CASE.search(text):
        candidates.extend(_camel(text))
    if not candidates:
        return ()
    if taken is None:
        taken = addresses.find(text)
    found: dict[int, InclusiveWord] = {}
    for word in candidates:
        if any(start < word.end and word.start < end for start, end in taken):
            continue
        known = found.get(word.start)
        if known is None or known.end < word.end:
            found[word.start] = word
    kept: list[InclusiveWord] = []
    for start in sorted(found):
        if not kept or kept[-1].end <= start:
            kept.append(found[start])
    return tuple(kept)


def _word(start: int, written: str, elision: str, forms: Doublet) -> InclusiveWord:
    masculine, feminine = forms.masculine, forms.feminine
    bare = written[len(elision) :]
    if bare.upper() == bare and bare.lower() != bare:
        masculine, feminine = masculine.upper(), feminine.upper()
    elif bare[:1].isupper():
        masculine = masculine[:1].upper() + masculine[1:]
        feminine = feminine[:1].upper() + feminine[1:]
    return InclusiveWord(
        start,
        start + len(written),
        written,
        _elided(elision, masculine),
        _elided(elision, feminine),
        forms.plural,
        forms.feminine_first,
    )


def _elided(elision: str, word: str) -> str:
    """Put an elided word back before another: « s'il » but « si elle »."""
    if elision[:-1].lower() == "s" and word.lower().startswith("elle"):
        return f"{elision[0]}i {word}"
    return elision + word


# A run of text that has no space is judged once, wherever it comes again.
_LONGEST_RUN = 200


def _marked(text: str) -> Iterator[InclusiveWord]:
    """Read the words around each mark, each word once."""
    past = 0
    for hit in _MARKED.finditer(text):
        place = hit.start()
        if place < past:
            continue
        start = text.rfind(" ", 0, place) + 1
        end = text.find(" ", place)
        end = len(text) if end < 0 else end
        if end - start > _LONGEST_RUN:
            past = end
            yield from _around(text, _MARKED.finditer(text, place, end), is_long=True)
            continue
        if text[place] == " " or goes_on(text, start, end):
            yield from _around(text, [hit])
            continue
        past = end
        for word in _in_run(text[start:end]):
            yield replace(word, start=start + word.start, end=start + word.end)


@lru_cache(maxsize=16384)
def _in_run(run: str) -> tuple[InclusiveWord, ...]:
    return tuple(_around(run, _MARKED.finditer(run)))


def _around(
    text: str, hits: Iterable[re.Match[str]], *, is_long: bool = False
) -> Iterator[InclusiveWord]:
    """Read around marks; in a long run, what was read is not read again from its middle."""
    done = read = -1
    for hit in hits:
        last = hit.start() - 1
        if last > 0 and text[last] == ")":
            last -= 1
        if last < max(read, 0) or not text[last].isalpha():
            continue
        start = word_start(text, last)
        if text.startswith("la", start) and (two := _TWO_WORDS.search(text, start - 3, start)):
            start = two.start()  # « de la·du », « à la/au »
        if start <= done:
            continue
        done = start
        if (pair := pair_at(text, start)) is not None:
            yield _word(*pair)
        if match := _TOKEN.match(text, start):
            yield from _read(match)
            read = match.end() if is_long else read
        for word in apart_at(text, start):
            yield _word(*word)


_TWO_WORDS = re.compile(r"(?<!\w)(?:[Dd]e|[ÀàA])[ \u00a0]$")


def _read(match: re.Match[str]) -> list[InclusiveWord]:
    """Judge the words of a run, longest first from the left."""
    run, offset = match["run"], match.start("run")
    parts = list(_PART.finditer(run))
    found: list[InclusiveWord] = []
    first = 0
    while first < len(parts) - 1:
        word = None
        for last in range(min(len(parts), first + 8), first + 1, -1):
            word = _judged(run, parts[first:last], parts[last] if last < len(parts) else None)
            if word is not None:
                break
        if word is None:
            first += 1
            # A compound is read whole (« vice-président·e »); its tail alone would be cut.
            while first < len(parts) and _joins_compound(parts[first]["mark"]):
                first += 1
            continue
        start, written, forms = word
        compound = _compound(parts[last - 1 :]) if forms.masculine != forms.feminine else ""
        if compound:
            last += compound.count(compound[0])
            forms = replace(
                forms,
                masculine=forms.masculine + compound,
                feminine=forms.feminine + compound,
            )
        elision = (match["elision"] or "") if first == 0 else ""
        found.append(
            _word(offset + start - len(elision), elision + written + compound, elision, forms)
        )
        first = last
    return found


def _compound(parts: list[re.Match[str]]) -> str:
    """Give the rest of a compound whose head is marked: « expert·e-comptable »."""
    rest = ""
    for part in parts[1:]:
        if not _is_hyphen(part["mark"]):
            return "" if part["mark"] and _family(part["mark"]) in "·(" else rest
        rest += part.group()
    return rest


def _joins_compound(mark: str) -> bool:
    return _is_hyphen(mark) or mark in {"'", "’"}


def _is_hyphen(mark: str) -> bool:
    return mark in {"-", "\u2010", "\u2011"}


def _judged(
    run: str, parts: list[re.Match[str]], following: re.Match[str] | None
) -> tuple[int, str, Doublet] | None:
    """Read parts as one word: a stem that may have hyphens, then marks and endings."""
    start, end = parts[0].start("letters"), parts[-1].end()
    if len(parts) > 1 and not _may_be_followed(parts, following):
        return None
    for stem_parts in range(len(parts) - 1, 0, -1):
        marks = [part["mark"] for part in parts[1:stem_parts]]
        if not all(_joins_compound(mark) for mark in marks):
            continue
        stem = run[start : parts[stem_parts - 1].end("letters")]
        tail = [(_family(part["mark"]), part["letters"]) for part in parts[stem_parts:]]
        forms = doublet(stem, tail)
        if forms is not None:
            return start, run[start:end], forms
    return None


def _may_be_followed(parts: list[re.Match[str]], following: re.Match[str] | None) -> bool:
    if following is None:
        return True
    mark = following["mark"]
    if mark.startswith("/") and "/" not in parts[-1]["mark"]:
        return True
    if mark == "." and following["letters"][:1].isupper() and not parts[-1]["letters"].isupper():
        return True
    return _family(parts[-1]["mark"]) in "·(" and _is_hyphen(mark)


def _family(mark: str) -> str:
    """Give the kind of a mark: ``·``, ``.``, ``-``, ``/``, ``(``, or an apostrophe."""
    if not mark or mark.startswith(")"):
        return "("
    first = mark[0]
    if first in DOTS:
        return "·"
    return "-" if _is_hyphen(first) else first


def _camel(text: str) -> list[InclusiveWord]:
    """Read the ending set in capitals: « étudiantEs », « auteurRICEs »."""
    found = []
    for match in _CAMEL.finditer(text):
        forms = doublet(match["stem"], [("·", match["ending"].lower())])
        if forms is not None and forms.masculine != forms.feminine:
            found.append(_word(match.start(), match.group(), "", forms))
    return found
