"""Runs of characters, each with its looks, folded into nested inline nodes.

Word processors say of every run of characters how it looks; the model nests. Of two looks the one
that lasts longer goes outside, so that one text gives one tree whatever program cut its runs.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from ess_access.document.inlines import tidy
from ess_access.document.nodes import (
    Code,
    Emphasis,
    Inline,
    Language,
    LineBreak,
    Link,
    Script,
    Strong,
    Text,
)

__all__ = ["PLAIN", "Look", "Run", "folded", "parted", "text_of"]


@dataclass(frozen=True, slots=True)
class Look:
    """How a run looks. ``script`` is ``"super"`` or ``"sub"``; ``""`` stands for none of a kind."""

    href: str = ""
    lang: str = ""
    is_strong: bool = False
    is_emphasis: bool = False
    script: str = ""
    is_code: bool = False


PLAIN = Look()
_FIELDS = ("href", "lang", "is_emphasis", "is_strong", "script")  # a tie is won by the first


@dataclass(frozen=True, slots=True)
class Run:
    """One node and its looks. ``node`` is a :class:`Text`, or what stands between characters."""

    node: Inline
    look: Look = PLAIN


def text_of(runs: Iterable[Run]) -> str:
    """Give the characters of the runs, a space for a line break."""
    return "".join(
        run.node.text
        if isinstance(run.node, Text | Code)
        else " "
        if isinstance(run.node, LineBreak)
        else ""
        for run in runs
    )


def parted(runs: Sequence[Run]) -> tuple[tuple[Run, ...], ...]:
    """Part the runs where two or more line breaks follow one another: paragraphs made by hand."""
    parts: list[list[Run]] = [[]]
    breaks = 0
    for run in runs:
        if isinstance(run.node, LineBreak):
            breaks += 1
        elif not (isinstance(run.node, Text) and not run.node.text.strip(" \t\n\u00a0")):
            if breaks > 1:
                parts.append([])
            breaks = 0
        parts[-1].append(run)
    return tuple(tuple(part) for part in parts if part)


def folded(runs: Iterable[Run]) -> tuple[Inline, ...]:
    """Nest the runs, tidy."""
    return tidy(_nested(_spaces_apart(_code_joined(runs)), _FIELDS))


def _code_joined(runs: Iterable[Run]) -> list[Run]:
    joined: list[Run] = []
    for run in runs:
        if not (run.look.is_code and isinstance(run.node, Text)):
            joined.append(run)
            continue
        look = replace(run.look, is_strong=False, is_emphasis=False, lang="")
        previous = joined[-1] if joined else None
        if previous is not None and previous.look == look and isinstance(previous.node, Code):
            joined[-1] = Run(Code(previous.node.text + run.node.text), look)
        elif run.node.text.strip():
            joined.append(Run(Code(run.node.text), look))
        else:
            joined.append(Run(run.node))
    return joined


def _spaces_apart(runs: Sequence[Run]) -> list[Run]:
    """Give spaces between runs the looks that both their neighbours share."""
    pieces: list[Run] = []
    for run in runs:
        if not isinstance(run.node, Text):
            pieces.append(run)
            continue
        text = run.node.text
        core = text.strip(" \t\n")
        if not core:
            pieces.append(Run(Text(text)))
            continue
        begin = text.index(core)
        if begin:
            pieces.append(Run(Text(text[:begin])))
        pieces.append(Run(Text(core), run.look))
        if begin + len(core) < len(text):
            pieces.append(Run(Text(text[begin + len(core) :])))
    after = PLAIN
    following: list[Look] = []
    for run in reversed(pieces):
        following.append(after)
        if not _is_between(run):
            after = run.look
    following.reverse()
    before = PLAIN
    settled: list[Run] = []
    for run, look_after in zip(pieces, following, strict=True):
        if _is_between(run):
            settled.append(Run(run.node, _shared(before, look_after)))
        else:
            before = run.look
            settled.append(run)
    return settled


def _is_between(run: Run) -> bool:
    return isinstance(run.node, LineBreak) or (
        isinstance(run.node, Text) and not run.node.text.strip(" \t\n")
    )


def _shared(one: Look, other: Look) -> Look:
    return Look(
        one.href if one.href == other.href else "",
        one.lang if one.lang == other.lang else "",
        one.is_strong and other.is_strong,
        one.is_emphasis and other.is_emphasis,
        one.script if one.script == other.script else "",
    )


def _nested(runs: Sequence[Run], fields: tuple[str, ...]) -> tuple[Inline, ...]:
    found: list[Inline] = []
    begin = 0
    while begin < len(runs):
        best, end = "", begin
        for name in fields:
            reach = _reach(runs, begin, name)
            if reach > end:
                best, end = name, reach
        if not best:
            found.append(runs[begin].node)
            begin += 1
            continue
        rest = tuple(name for name in fields if name != best)
        found.append(_wrapped(best, runs[begin].look, _nested(runs[begin:end], rest)))
        begin = end
    return tuple(found)


def _value(look: Look, name: str) -> str | bool:
    match name:
        case "href":
            return look.href
        case "lang":
            return look.lang
        case "is_emphasis":
            return look.is_emphasis
        case "is_strong":
            return look.is_strong
        case _:
            return look.script


def _reach(runs: Sequence[Run], begin: int, name: str) -> int:
    value = _value(runs[begin].look, name)
    end = begin
    while value and end < len(runs) and _value(runs[end].look, name) == value:
        end += 1
    return end


def _wrapped(name: str, look: Look, children: tuple[Inline, ...]) -> Inline:
    match name:
        case "href":
            return Link(look.href, children)
        case "lang":
            return Language(look.lang, children)
        case "is_emphasis":
            return Emphasis(children)
        case "is_strong":
            return Strong(children)
        case "script":
            return Script(look.script, children)
        case _:
            raise AssertionError(name)
