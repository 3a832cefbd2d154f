"""Written French to plain words, so that every voice reads alike.

The order matters: pictures, addresses and the lexicon stand aside first, then what the document
taught, references and abbreviations, then inclusive writing, then numbers, signs and acronyms,
and the lexicon has the last word.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from types import MappingProxyType
from typing import Literal, assert_never

from ess_access.french import abbreviations, acronyms, addresses, cleaning, symbols
from ess_access.french.agreement import Group, counted, groups, names_two
from ess_access.french.capitals import lowered
from ess_access.french.draft import HELD, Draft, Expansion, Rule
from ess_access.french.lexicon import Lexicon, starter
from ess_access.french.locations import said_address
from ess_access.french.numbers import (
    calendar,
    couples,
    days,
    identifiers,
    plain,
    portions,
    quantities,
    registers,
    romans,
    standards,
)
from ess_access.french.numbers.elision import elide
from ess_access.french.settled import is_settled

__all__ = ["Addresses", "Expansion", "Inclusive", "SpeechRules", "explain", "spoken"]

Inclusive = Literal["both", "masculine", "feminine", "as-written"]
Addresses = Literal["site", "whole"]
_NONE: Mapping[str, str] = MappingProxyType({})
# A draft holds so many settled stretches; pieces of this size stay far below.
_PIECE = 20_000


@dataclass(frozen=True, slots=True)
class SpeechRules:
    """How a text is read.

    ``inclusive``: both forms, one of them, or the word with hyphens for marks. ``lexicon``: the
    user's words. ``acronyms``: what acronyms of this document stand for (:func:`acronyms.learn`);
    each is said in full once a text. ``addresses``: the site alone (« exemple point fr »), or all
    that is written.
    """

    inclusive: Inclusive = "both"
    lexicon: Lexicon = field(default_factory=starter)
    acronyms: Mapping[str, str] = field(default_factory=lambda: _NONE)
    addresses: Addresses = "site"


def spoken(text: str, rules: SpeechRules | None = None) -> str:
    """Give the plain words: letters, spaces, apostrophes, hyphens and sentence marks.

    ``spoken(spoken(x)) == spoken(x)`` under our own lexicon.
    """
    rules = rules or SpeechRules()
    return cleaning.punctuated(" ".join(_said(draft, rules) for draft in _drafts(text, rules)))


# Where marks or figures touch words, reading them may bare words that another rule knows.
_TOUCHING = re.compile(
    r"[^\W\d_]\d|\d[^\W\d_]|\w[^\w\s.,;:!?'-]+\w|[.,:;!?](?:[^\w\s]|\w)|[^\w\s)»]{2}|_"
    r"|[²³¹¼½¾]|(?<!\w)[/|+=#@*~]\w|[^\x00-\u024f\u2010-\u2026\u20ac]|^[^\w\s]|\s[.,;']|'(?!\w)|(?<!\w)'|\w-(?!\w)|(?<!\w)-\w|\b[A-Z]\b"
)
_ROUNDS = 4


def _said(draft: Draft, rules: SpeechRules) -> str:
    """Give the words of a draft; read them again while that still changes something."""
    said = cleaning.sayable(draft.spoken(cleaning.paused(draft.text)))
    if not _TOUCHING.search(draft.source):
        return said
    rest = replace(rules, lexicon=Lexicon(), acronyms=_NONE)
    plain_said = cleaning.punctuated(said)
    source = f" {draft.source} "
    for _ in range(_ROUNDS):
        # A sentence that came through as it was written has met every rule already.
        again = cleaning.punctuated(
            " ".join(
                sentence
                if f" {sentence} " in source or is_settled(sentence)
                else _once(sentence, rest)
                for sentence in _SENTENCE_END.split(plain_said)
            )
        )
        if again == plain_said:
            break
        said = plain_said = again
    return said


_SENTENCE_END = re.compile(r"(?<=[a-zß-ÿ]{5}[.!?]) (?=[A-ZÀ-Þ])")


def _once(text: str, rules: SpeechRules) -> str:
    return " ".join(
        cleaning.sayable(draft.spoken(cleaning.paused(draft.text)))
        for draft in _drafts(text, rules)
    )


def explain(text: str, rules: SpeechRules | None = None) -> tuple[Expansion, ...]:
    """Give what was expanded, in the order of the text, and the rule that did it."""
    rules = rules or SpeechRules()
    found: list[Expansion] = []
    for draft in _drafts(text, rules):
        for expansion in draft.expansions():
            before = expansion.before.strip()
            after = cleaning.punctuated(cleaning.paused(expansion.after))
            if before and before != after:
                found.append(Expansion(before, after, expansion.rule))
    return tuple(found)


def _drafts(text: str, rules: SpeechRules) -> Iterator[Draft]:
    # What the document teaches goes before our lexicon, but after the user's own.
    own = {
        acronym: expansion
        for acronym, expansion in rules.acronyms.items()
        if rules.lexicon.said(acronym) in {None, starter().said(acronym)}
    }
    taught = acronyms.taught_rules(own)
    for piece in _pieces(text):
        for stretch in _stretches(cleaning.plain(piece)):
            draft = Draft(stretch)
            _read(draft, rules, taught)
            yield draft


def _pieces(text: str) -> Iterator[str]:
    """Cut a long text at line breaks, or at spaces, so that no piece overflows a draft."""
    start = 0
    while len(text) - start > _PIECE:
        end = max(text.rfind("\n", start + 1, start + _PIECE), 0)
        if end <= start:
            end = text.rfind(" ", start + 1, start + _PIECE)
        if end <= start:
            end = start + _PIECE
        yield text[start:end]
        start = end
    yield text[start:]


# A stop after a long word in small letters ends a sentence: no abbreviation is written so.
_SURE_END = re.compile(r"(?:[a-zà-öø-ÿ]{7}\.|[!?]) (?=[A-ZÀ-ÖØ-Þ])")
_STRETCH = 400


def _stretches(text: str) -> Iterator[str]:
    """Cut at sure ends of sentences: a stretch without figures then skips the rules for them."""
    start = 0
    for end in _SURE_END.finditer(text):
        if end.end() - start >= _STRETCH:
            yield text[start : end.end()]
            start = end.end()
    yield text[start:]


def _read(draft: Draft, rules: SpeechRules, taught: tuple[Rule, ...]) -> None:
    if symbols.is_emoji_near(draft.text):
        _apply(draft, symbols.emoji_rules())
    draft.text = symbols.unmarked(cleaning.without_invisible(draft.text))
    _settle_addresses(draft, rules.addresses)
    _apply(draft, taught)
    pattern = rules.lexicon.pattern()
    if pattern is not None:
        draft.apply(
            Rule("lexicon", pattern, lambda match: _own_words(rules.lexicon, match.group()))
        )
    if _HAS_DIGIT.search(draft.text):
        _apply(draft, standards.RULES)
    if "BIC" in draft.source or "SWIFT" in draft.source:
        _apply(draft, registers.BANK_RULES)
    if "ISSN" in draft.source:
        _apply(draft, registers.SERIAL_RULES)
    if _HAS_CAPITALS.search(draft.text):
        draft.text = lowered(draft.text)
    if days.has_short_day(draft.text):
        _apply(draft, days.WORDS)
    if calendar.has_short_month(draft.text):
        _apply(draft, calendar.MONTH_RULES)
    if _HAS_DIGIT.search(draft.text):
        _apply(draft, days.RULES)
        _apply(draft, portions.RULES)
        _apply(draft, calendar.RULES)
        _apply(draft, identifiers.RULES)
    if _HAS_ROMAN.search(draft.text):
        _apply(draft, romans.rules())
    if romans.has_small(draft.text):
        _apply(draft, romans.SMALL_RULES)
    _apply(draft, abbreviations.rules())
    _settle_inclusive(draft, rules.inclusive)
    if _HAS_DIGIT.search(draft.text) or quantities.has_unit(draft.text):
        _apply(draft, quantities.rules())
        _apply(draft, couples.RULES)
        _apply(draft, plain.RULES)
        elide(draft)
    symbols.settle_slashes(draft)
    if _HAS_SIGN.search(draft.text):
        _apply(draft, symbols.rules())
    if _HAS_CAPITALS.search(draft.text):
        _apply(draft, acronyms.rules())
    if pattern is not None:
        draft.amend("lexicon", pattern, lambda words: _own_words(rules.lexicon, words))


@lru_cache(maxsize=4096)
def _own_words(lexicon: Lexicon, written: str) -> str | None:
    """Give how a lexicon says a form, figures and signs of its own reading in words too."""
    said = lexicon.said(written)
    if said is None or all(sign.isalpha() or sign in " '-" for sign in said):
        return said
    return spoken(said, SpeechRules(lexicon=Lexicon()))


_HAS_SIGN = re.compile(
    rf"[^A-Za-zÀ-ÖØ-öø-\u024f\d\s.,;:!?'()«»…{HELD}](?:(?<!-)|(?<!\w-)(?=[\s>-]))"
)
_HAS_CAPITALS = re.compile(r"[A-ZÀ-ÖØ-Þ]\.?-?[A-ZÀ-ÖØ-Þ]")
_HAS_ROMAN = re.compile(r"[IVXLC](?<!\w.)[IVXLC]*(?:e|er|re|ère|ᵉ|ᵉʳ|ʳᵉ|[eè]mes?|ers|es)?(?!\w)")
_HAS_DIGIT = re.compile(r"\d")


def _apply(draft: Draft, rules: tuple[Rule, ...]) -> None:
    for rule in rules:
        draft.apply(rule)


def _settle_addresses(draft: Draft, how: Addresses) -> None:
    spans = addresses.find(draft.text)
    pieces: list[str] = []
    end = 0
    for start, stop in spans:
        pieces.append(draft.text[end:start])
        written = draft.text[start:stop]
        said = said_address(written, whole=how == "whole")
        pieces.append(draft.settle(written, said, "address"))
        end = stop
    draft.text = "".join([*pieces, draft.text[end:]])


def _settle_inclusive(draft: Draft, policy: Inclusive) -> None:
    pieces: list[str] = []
    end = 0
    for found in groups(draft.text, taken=()):
        group = counted(draft.text, found)
        pieces.append(draft.text[end : group.start])
        written = draft.text[group.start : group.end]
        pieces.append(
            draft.settle(written, _said_group(group, written, policy), "inclusive writing")
        )
        end = group.end
    if pieces:
        draft.text = "".join([*pieces, draft.text[end:]])


_WHOLE = re.compile(r"(?<=\w\w\w) ?/ ?(?=(?:l[ea]|une?|cette|d[eu]|à) |[lL]')")
_MARK = re.compile(r" ?\(|[.·•⋅‧∙・･_/(\u0387\u1427]+-?(?=\w)|\)(?=\w)|\)")


def _said_group(group: Group, written: str, policy: Inclusive) -> str:
    if policy != "as-written" and names_two(written):
        return group.both
    match policy:
        case "both":
            return group.both
        case "masculine":
            return group.masculine
        case "feminine":
            return group.feminine
        case "as-written":
            written = _WHOLE.sub(", ", re.sub("^1(?= )", "un-e", written))
            marked = _MARK.sub("-", written)
            return re.sub(r"-+(?!\w)", "", marked).replace("--", "-")
        case _:
            assert_never(policy)
