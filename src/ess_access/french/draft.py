"""A text on its way to being spoken: what is settled stands aside, the rest is open to rules.

A rule that has found its words puts one private-use character in the text in their place. Later
rules see the context, and that something stands there, but cannot change it.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

__all__ = ["HELD", "Draft", "Expansion", "Lazy", "Rule"]

# Planes 15 and 16 are for private use; the text itself holds none after `Draft.__init__`.
_FIRST = 0xF0000
_ROOM = 0x10FFFD - _FIRST
HELD = "\U000f0000-\U0010fffd"
_HELD = re.compile(f"[{HELD}]")
_AFTER_FIGURE = re.compile(r"\d ?([^\d ])")
_PRIVATE = re.compile(f"[{HELD}\ue000-\uf8ff]")


@dataclass(frozen=True, slots=True)
class Expansion:
    """What a rule made of a stretch of text: ``before`` as written, ``after`` as said."""

    before: str
    after: str
    rule: str


class Lazy:
    """A pattern that is compiled when first searched: a text without figures asks few of them."""

    __slots__ = ("_compiled", "source")

    def __init__(self, source: str) -> None:
        self.source = source
        self._compiled: re.Pattern[str] | None = None

    def compiled(self) -> re.Pattern[str]:
        """Give the pattern, compiled once."""
        if self._compiled is None:
            self._compiled = re.compile(self.source)
        return self._compiled


@dataclass(frozen=True, slots=True)
class Rule:
    """What to look for, and how it is said.

    Where the pattern has a group ``core``, that group alone is settled and the rest of the match
    is context. ``say`` gives ``None`` to leave the words to later rules. A text
    without any of the characters of ``needs`` is not searched, nor one where none of those of
    ``after`` follows a figure.
    """

    name: str
    pattern: re.Pattern[str] | Lazy
    say: Callable[[re.Match[str]], str | None]
    needs: str = ""
    after: str = ""


class Draft:
    """The text and what stands aside. Holds at most 131,069 settled stretches: cut text first."""

    __slots__ = ("_after", "_settled", "_signs", "_text", "source")

    def __init__(self, text: str) -> None:
        # Icons of private fonts have no name that we could know: they are said to be symbols.
        self._text = self.source = _PRIVATE.sub(" \ufffd ", text)
        # What the text may hold: a rule only takes signs away.
        self._signs: set[str] | None = None
        self._after: set[str] | None = None
        self._settled: list[tuple[Expansion, bool]] = []

    @property
    def text(self) -> str:
        """The text, with one character for each stretch that is settled."""
        return self._text

    @text.setter
    def text(self, text: str) -> None:
        self._text = text
        self._signs = self._after = None

    def settle(self, written: str, said: str, rule: str) -> str:
        """Put ``said`` aside as the reading of ``written``; give the character that stands for it.

        Both may hold such characters themselves.
        """
        before, after = self.written(written), self.spoken(said)
        self._settled.append((Expansion(before, after, rule), before != after))
        return chr(_FIRST + len(self._settled) - 1)

    def apply(self, rule: Rule) -> None:
        """Settle every match that the rule has words for."""
        if rule.after:
            if self._after is None:
                self._after = set(_AFTER_FIGURE.findall(self._text))
            if self._after.isdisjoint(rule.after):
                return
        if rule.needs:
            if self._signs is None:
                self._signs = set(self._text)
            if self._signs.isdisjoint(rule.needs):
                return
        pattern = rule.pattern.compiled() if isinstance(rule.pattern, Lazy) else rule.pattern
        if pattern.search(self._text) is None:
            return
        has_core = "core" in pattern.groupindex

        def replaced(match: re.Match[str]) -> str:
            if len(self._settled) >= _ROOM or (said := rule.say(match)) is None:
                return match.group()
            if not has_core:
                return self.settle(match.group(), said, rule.name)
            start, end = match.start("core") - match.start(), match.end("core") - match.start()
            whole = match.group()
            return whole[:start] + self.settle(match["core"], said, rule.name) + whole[end:]

        self._text = pattern.sub(replaced, self._text)

    def settled(self, sign: str) -> Expansion:
        """Give what a character of the text stands for."""
        return self._settled[ord(sign) - _FIRST][0]

    def amend(self, rule: str, pattern: re.Pattern[str], say: Callable[[str], str | None]) -> None:
        """Let a rule have the last word on what other rules said."""

        def replaced(match: re.Match[str]) -> str:
            words = say(match.group())
            return match.group() if words is None else words

        # One search over all that was said is cheaper than one for each; it seldom finds anything.
        said = "\n".join(
            expansion.after for expansion, _ in self._settled if expansion.rule != rule
        )
        if pattern.search(said) is None:
            return
        for place, (expansion, _) in enumerate(self._settled):
            if expansion.rule != rule:
                after = pattern.sub(replaced, expansion.after)
                if after != expansion.after:
                    amended = Expansion(expansion.before, after, expansion.rule)
                    self._settled[place] = amended, True

    def written(self, text: str) -> str:
        """Give text with what stands aside as it was written."""
        if text.isascii():
            return text
        return _HELD.sub(lambda held: self._settled[ord(held.group()) - _FIRST][0].before, text)

    def spoken(self, text: str) -> str:
        """Give text with what stands aside as it is said, parted from the letters it touches."""
        if text.isascii() or not _HELD.search(text):
            return text
        parts: list[str] = []
        start = 0
        for held in _HELD.finditer(text):
            parts.append(text[start : held.start()])
            parts.append(self._settled[ord(held.group()) - _FIRST][0].after)
            start = held.end()
        parts.append(text[start:])
        joined: list[str] = []
        for part in parts:
            if part and joined and joined[-1][-1].isalnum() and part[0].isalnum():
                joined.append(" ")
            if part:
                joined.append(part)
        return "".join(joined)

    def expansions(self) -> tuple[Expansion, ...]:
        """Give what was changed, in the order of the text."""
        found = (self._settled[ord(held.group()) - _FIRST] for held in _HELD.finditer(self.text))
        return tuple(expansion for expansion, is_changed in found if is_changed)
