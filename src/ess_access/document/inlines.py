"""Tidy inline content, so that one text written in two formats gives one model."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import assert_never

from ess_access.document.nodes import (
    Abbreviation,
    Code,
    Emphasis,
    Image,
    Inline,
    Language,
    LineBreak,
    Link,
    Note,
    PageMark,
    Script,
    Strong,
    Text,
)
from ess_access.document.text import clean, collapse

__all__ = ["plain_text", "tidy"]

_ANY_SPACE = " \u00a0\u2007\u202f"  # the space, and NBSP, figure space and NNBSP


def tidy(inlines: Iterable[Inline]) -> tuple[Inline, ...]:
    """Clean and collapse white space, join neighbours, drop what is empty, trim both ends.

    White space counts across borders: ``a <em> b</em>`` holds one space, in the first text.
    Around a line break there is none. ``Code`` keeps its spaces. No-break spaces stay, but at both
    ends, where they hold nothing together (web editors fill empty paragraphs with them).
    """
    nodes = tuple(inlines)
    while True:  # what one pass joins or drops can leave white space at a new border
        spaced, _ = _collapsed(nodes, after_space=True)
        tidied = _joined(_begun(_trimmed(spaced)))
        if tidied == nodes or all(isinstance(node, Text) for node in tidied):
            return tidied
        nodes = tidied


def _collapsed(inlines: Iterable[Inline], *, after_space: bool) -> tuple[tuple[Inline, ...], bool]:
    """Fold white space left to right; also say whether the end needs no space after it."""
    found: list[Inline] = []
    for node in inlines:
        match node:
            case Text(text):
                text = collapse(clean(text))
                if after_space:
                    text = text.removeprefix(" ")
                if text:
                    found.append(Text(text))
                    after_space = text.endswith(" ")
            case Emphasis() | Strong() | Script() | Language() | Link():
                children, after_space = _collapsed(node.children, after_space=after_space)
                if children or isinstance(node, Link):
                    found.append(replace(node, children=_joined(children)))
            case Abbreviation(text, expansion, say):
                short = collapse(clean(text)).strip(" ")
                if short:
                    long = collapse(clean(expansion)).strip(" ")
                    found.append(Abbreviation(short, long, say))
                    after_space = False
            case LineBreak():
                found = list(_trimmed(found))
                found.append(node)
                after_space = True
            case Code(text):
                if text:
                    found.append(Code(clean(text)))
                    after_space = False
            case Image():
                found.append(node)
                after_space = False
            case Note():
                found.append(node)
                after_space = False
            case PageMark():
                found.append(node)
            case _:
                assert_never(node)
    return tuple(found), after_space


def _trimmed(inlines: Sequence[Inline]) -> tuple[Inline, ...]:
    """Drop the white space and line breaks at the end, wherever it is nested."""
    kept = list(inlines)
    while kept:
        last = kept[-1]
        match last:
            case Text(text):
                text = text.rstrip(_ANY_SPACE)
                if text:
                    kept[-1] = Text(text)
                    break
                kept.pop()
            case LineBreak():
                kept.pop()
            case Emphasis() | Strong() | Script() | Language():
                children = _trimmed(last.children)
                if children:
                    kept[-1] = replace(last, children=children)
                    break
                kept.pop()
            case Link():
                kept[-1] = replace(last, children=_trimmed(last.children))
                break
            case Abbreviation() | Image() | Note() | Code() | PageMark():
                break
            case _:
                assert_never(last)
    return tuple(kept)


def _begun(inlines: Sequence[Inline]) -> tuple[Inline, ...]:
    """Drop the white space and line breaks at the beginning, wherever it is nested."""
    kept = list(inlines)
    while kept:
        first = kept[0]
        match first:
            case Text(text):
                text = text.lstrip(_ANY_SPACE)
                if text:
                    kept[0] = Text(text)
                    break
                kept.pop(0)
            case LineBreak():
                kept.pop(0)
            case Emphasis() | Strong() | Script() | Language():
                children = _begun(first.children)
                if children:
                    kept[0] = replace(first, children=children)
                    break
                kept.pop(0)
            case Link():
                kept[0] = replace(first, children=_begun(first.children))
                break
            case Abbreviation() | Image() | Note() | Code() | PageMark():
                break
            case _:
                assert_never(first)
    return tuple(kept)


def _joined(inlines: Iterable[Inline]) -> tuple[Inline, ...]:
    """Join neighbouring texts, and neighbours that say the same of their children."""
    joined: list[Inline] = []
    for node in inlines:
        previous = joined[-1] if joined else None
        match previous, node:
            case Text(before), Text(after):
                joined[-1] = Text(before + after)
            case (Emphasis(before_children), Emphasis(children)):
                joined[-1] = Emphasis(_joined(before_children + children))
            case (Strong(before_children), Strong(children)):
                joined[-1] = Strong(_joined(before_children + children))
            case (Script(position, before_children), Script(other, children)) if position == other:
                joined[-1] = Script(position, _joined(before_children + children))
            case (Language(lang, before_children), Language(other, children)) if lang == other:
                joined[-1] = Language(lang, _joined(before_children + children))
            case _:
                joined.append(node)
    return tuple(joined)


def plain_text(inlines: Iterable[Inline]) -> str:
    """Give the words alone: descriptions for pictures, nothing for notes and page marks."""
    return "".join(_plain(node) for node in inlines)


def _plain(node: Inline) -> str:
    match node:
        case Text(text) | Code(text) | Abbreviation(text, _, _):
            return text
        case (
            Emphasis(children)
            | Strong(children)
            | Script(_, children)
            | Language(_, children)
            | Link(_, children)
        ):
            return plain_text(children)
        case Image(_, alt, _):
            return alt or ""
        case LineBreak():
            return " "
        case Note() | PageMark():
            return ""
        case _:
            assert_never(node)
