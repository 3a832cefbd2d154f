"""Written words to words for a voice, in whatever language they stand."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import replace
from types import MappingProxyType
from typing import TYPE_CHECKING, Protocol

from ess_access.backends.audio.options import AudioOptions
from ess_access.document.nodes import Document, Text
from ess_access.document.walk import inlines_in

if TYPE_CHECKING:
    from ess_access.french.speech import SpeechRules

__all__ = ["FrenchWording", "Wording", "cuts", "plain_wording", "primary"]

# No breath is longer: a text without a stop is cut here, so that no voice chokes on it.
_BREATH_CHARACTERS = 500
_CLAUSES = re.compile(r"(?<=[,;:])\s+")
_UNSPOKEN = re.compile(r"(?<!\w)[-\u2013\u2014\u2022\u00b7*_#|~=+]+(?!\w)|[*_#|~\u2022\u00b7]+")


class Wording(Protocol):
    """Give the words that a voice says for a sentence; ``""`` where there is nothing to say."""

    def __call__(self, text: str, lang: str) -> str:
        """Word a sentence of a language (BCP 47)."""
        ...


def primary(lang: str) -> str:
    """Give the language of a tag: ``fr`` of ``fr-CA``."""
    return lang.lower().replace("_", "-").partition("-")[0]


class FrenchWording:
    """French written out in full; other languages only freed of what no voice can say."""

    def __init__(self, document: Document, options: AudioOptions) -> None:
        """Learn the acronyms that the document explains."""
        from ess_access.french.acronyms import learn
        from ess_access.french.lexicon import Lexicon, starter
        from ess_access.french.speech import SpeechRules

        entries = {
            written.strip(): said.strip()
            for written, sign, said in (entry.partition("=") for entry in options.lexicon)
            if sign
        }
        lexicon = starter() | Lexicon.of(entries) if entries else starter()
        self._untold = dict(
            learn(node.text for node in inlines_in(document.children) if isinstance(node, Text))
        )
        self._rules = SpeechRules(
            inclusive=options.inclusive,
            lexicon=lexicon,
            acronyms=MappingProxyType({}),
            # A path read aloud is long and seldom kept in mind: the site is what one remembers.
            addresses="whole" if options.verbosity == "full" else "site",
        )

    def __call__(self, text: str, lang: str) -> str:
        """Word a sentence."""
        from ess_access.french.speech import spoken
        from ess_access.french.typography import is_capitals, sentence_case

        if primary(lang) != "fr":
            return plain_wording(text)
        text = sentence_case(text) if is_capitals(text) else text
        return _said(spoken(text, self.rules_for(text)))

    def rules_for(self, text: str) -> "SpeechRules":
        """Give the rules for the next text: an acronym is explained at its first place alone."""
        told = {name: self._untold[name] for name in self._untold if _holds(text, name)}
        for name in told:
            del self._untold[name]
        return replace(self._rules, acronyms=MappingProxyType(told)) if told else self._rules


def _holds(text: str, name: str) -> bool:
    return name in text and re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text) is not None


def plain_wording(text: str) -> str:
    """Free a sentence of a language without rules from signs that no voice can say."""
    kept = "".join(
        " " if unicodedata.category(mark)[0] == "C" or unicodedata.category(mark) == "So" else mark
        for mark in text
    )
    return _said(" ".join(_UNSPOKEN.sub(" ", kept).split()))


def _said(text: str) -> str:
    """Give nothing for a sentence without a letter or a digit."""
    return text if any(mark.isalnum() for mark in text) else ""


def cuts(text: str, most: int = _BREATH_CHARACTERS) -> Iterable[str]:
    """Cut a sentence that is too long for one breath (``most``), at clauses, else at spaces."""
    if len(text) <= most:
        yield text
        return
    held = ""
    for clause in _CLAUSES.split(text):
        for part in (clause,) if len(clause) <= most else _by_words(clause, most):
            if held and len(held) + 1 + len(part) > most:
                yield held
                held = part
            else:
                held = f"{held} {part}" if held else part
    if held:
        yield held


def _by_words(clause: str, most: int) -> Iterable[str]:
    line = ""
    for word in clause.split():
        if line and len(line) + 1 + len(word) > most:
            yield line
            line = word
        else:
            line = f"{line} {word}" if line else word
        if len(line) > most:
            whole = (len(line) - 1) // most * most
            yield from (line[start : start + most] for start in range(0, whole, most))
            line = line[whole:]
    if line:
        yield line
