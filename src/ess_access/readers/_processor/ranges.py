"""Ranges of our own large print: quotations, boxes and lists whose paragraphs do not say it all."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from ess_access.document.inlines import plain_text
from ess_access.document.nodes import (
    Block,
    Definition,
    Definitions,
    Division,
    Inline,
    ListBlock,
    Quote,
)
from ess_access.document.numerals import FORMS
from ess_access.readers._processor.kinds import Kind
from ess_access.readers._processor.raw import Part, RawMark, RawParagraph, RawRange
from ess_access.readers._runs import folded

if TYPE_CHECKING:
    from ess_access.readers._processor.compose import Composer

__all__ = ["composed_range", "grouped"]


def grouped(parts: Iterable[Part]) -> list[Part]:
    """Put what stands between two marks into one range; a mark without its other half is left."""
    found: list[Part] = []
    opened: list[tuple[RawMark, int]] = []
    for part in parts:
        if not isinstance(part, RawMark):
            found.append(part)
        elif part.opens:
            opened.append((part, len(found)))
        else:
            place = next((n for n, (mark, _) in enumerate(opened) if _is_end(part, mark)), None)
            if place is not None:
                mark, first = opened[place]
                del opened[place:]
                found[first:] = [RawRange(mark.name, found[first:])]
    return found


def _is_end(end: RawMark, start: RawMark) -> bool:
    return end.identity == start.identity


def composed_range(made: RawRange, composer: "Composer") -> Iterable[Block]:
    """Make the block that a range stands for."""
    outer = composer.said, composer.lang
    blocks = tuple(_composed(made, composer))
    composer.said, composer.lang = outer
    return blocks


def _composed(made: RawRange, composer: "Composer") -> Iterable[Block]:
    match made.name.split("_"):
        case ["quote"]:
            composer.said |= {Kind.QUOTE}
            blocks = composer.blocks(_own(made.parts, composer))
            return (Quote(blocks),) if blocks else ()
        case ["definitions"]:
            composer.said |= {Kind.DEFINITION}
            return _definitions(made.parts, composer)
        case ["bullets"]:
            return _list(made.parts, composer, is_ordered=False)
        case ["numbers", start, *form] if start.isdecimal():
            name = "-".join(form) if "-".join(form) in FORMS else "decimal"
            number = int(start[:9])
            return _list(made.parts, composer, is_ordered=True, start=number, form=name)
        case ["box", role, *subtags]:
            composer.lang = "-".join(subtags) or composer.lang
            return _box(made.parts, composer, role, "-".join(subtags))
        case ["published"]:
            composer.published = _words(composer.blocks(made.parts))
            return ()
        case ["authors"] | ["notes"]:
            return ()  # the properties name the authors; « Notes » is our heading
        case _:
            return composer.blocks(made.parts)


def _own(parts: Sequence[Part], composer: "Composer") -> list[Part]:
    """Make plain paragraphs of those whose style only says what the range says."""
    return [
        _plain(part, composer.said) if isinstance(part, RawParagraph) else part for part in parts
    ]


def _plain(raw: RawParagraph, said: frozenset[Kind]) -> RawParagraph:
    if raw.in_list is None and raw.kind in said:
        return replace(raw, kind=Kind.BODY, indent=0)
    # Here the indent alone says how deep a paragraph of a list stands.
    return replace(raw, kind=Kind.BODY) if raw.kind is Kind.CONTINUED else raw


def _list(
    parts: Sequence[Part],
    composer: "Composer",
    *,
    is_ordered: bool,
    start: int = 1,
    form: str = "decimal",
) -> Iterable[Block]:
    items: list[tuple[Block, ...]] = []
    for part in parts:
        inner = part.parts if isinstance(part, RawRange) and part.name == "item" else [part]
        blocks = composer.blocks(_item(inner, composer))
        if blocks:
            items.append(blocks)
    return (ListBlock(tuple(items), is_ordered, start, form),) if items else ()


def _item(parts: Sequence[Part], composer: "Composer") -> list[Part]:
    """Take the number off the paragraph that an item begins with."""
    found = _own(parts, composer)
    for number, part in enumerate(found):
        if isinstance(part, RawParagraph):
            found[number] = replace(part, in_list=None)
            break
    return found


def _definitions(parts: Sequence[Part], composer: "Composer") -> Iterable[Block]:
    entries: list[tuple[tuple[Inline, ...], list[Part]]] = []
    for part in _own(parts, composer):
        if isinstance(part, RawParagraph) and part.kind is Kind.TERM:
            entries.append((folded(composer.settled_runs(part)), []))
        elif entries:
            entries[-1][1].append(part)
        else:
            entries.append(((), [part]))
    made = tuple(Definition(term, composer.blocks(inner)) for term, inner in entries)
    return (Definitions(made),) if made else ()


def _box(parts: Sequence[Part], composer: "Composer", role: str, lang: str) -> Iterable[Block]:
    inner = _own(parts, composer)
    title: tuple[Inline, ...] = ()
    first = inner[0] if inner else None
    if isinstance(first, RawParagraph) and first.kind is Kind.BOX_TITLE:
        title = folded(composer.settled_runs(first))
        inner = inner[1:]
    blocks = composer.blocks(inner)
    return (Division(role, lang, title, blocks),) if blocks or title else ()


def _words(blocks: Iterable[Block]) -> str:
    from ess_access.document.walk import blocks_in, own_inlines

    return " ".join(plain_text(own_inlines(block)) for block in blocks_in(blocks)).strip()
