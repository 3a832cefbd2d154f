"""Written French to plain words, so that every voice reads alike."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Literal

from ess_access.french import addresses, inclusive
from ess_access.french.draft import Draft, Expansion
from ess_access.french.lexicon import Lexicon, starter
from ess_access.french.words import words

__all__ = ["Expansion", "Inclusive", "SpeechRules", "explain", "spoken"]

Inclusive = Literal["both", "masculine", "feminine", "as-written"]
_NONE: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class SpeechRules:
    """How a text is read.

    ``inclusive``: both forms, one, or the marks left out. ``lexicon``: the user's words.
    ``acronyms``: what acronyms of this document stand for.
    """

    inclusive: Inclusive = "both"
    lexicon: Lexicon = field(default_factory=starter)
    acronyms: Mapping[str, str] = field(default_factory=lambda: _NONE)


_DEFAULT = SpeechRules()


def spoken(text: str, rules: SpeechRules = _DEFAULT) -> str:
    """Give the plain words: letters, spaces, apostrophes, hyphens and sentence marks."""
    return _tidied(_draft(text, rules))


def explain(text: str, rules: SpeechRules = _DEFAULT) -> tuple[Expansion, ...]:
    """Give what was expanded, in the order of the text."""
    return _draft(text, rules).expansions()


def _draft(text: str, rules: SpeechRules) -> Draft:
    draft = Draft(text)
    for start, end in reversed(addresses.find(draft.text)):
        written = draft.text[start:end]
        said = re.sub(r"^\w+://(www\.)?", "", written).split("/")[0].replace("@", " arobase ")
        said = re.sub(r"[._-]+", lambda m: " point " if "." in m.group() else " ", said)
        draft.text = draft.text[:start] + draft.settle(written, said, "address") + draft.text[end:]
    if pattern := rules.lexicon.pattern():
        draft.apply("lexicon", pattern, lambda match: rules.lexicon.said(match.group()))
    for word in reversed(inclusive.find(draft.text)):
        joint = " et " if word.plural else " ou "
        said = word.masculine + joint + word.feminine
        held = draft.settle(word.written, said, "inclusive")
        draft.text = draft.text[: word.start] + held + draft.text[word.end :]
    draft.apply("acronym", re.compile(r"\b[A-Z]{2,5}\b"), _acronym)
    draft.apply("number", re.compile(r"\d+"), _number)
    return draft


def _acronym(match: re.Match[str]) -> str | None:
    written = match.group()
    if written in words("acronyms", "said"):
        return written.capitalize()
    return "-".join(written) if written in words("acronyms", "spelled") else None


def _number(match: re.Match[str]) -> str:
    from num2words import num2words

    return str(num2words(int(match.group()[:18]), lang="fr"))


def _tidied(draft: Draft) -> str:
    said = draft.spoken(draft.text).replace("’", "'")
    said = re.sub(r"[()«»\[\]/|\"“”]|(?<!\w)[-–—•](?!\w)", ", ", said)
    said = re.sub(r"[^\w\s'.,;:!?-]|_", " ", said)
    said = re.sub(r"\s*,(?=\s*[.,;:!?])", "", said)
    return re.sub(r"\s+(?=[,.])", "", re.sub(r"\s+", " ", said)).strip(" ,")
