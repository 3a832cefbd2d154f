"""Paragraphs of a word processor to nested blocks: lists, quotations, captions, definitions.

A word processor knows a row of paragraphs, each with a style. What belongs together is said by
neighbourhood and indentation; it is put together here.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from ess_access.document.inlines import plain_text
from ess_access.document.nodes import (
    Block,
    CodeBlock,
    Definition,
    Definitions,
    Figure,
    Inline,
    ListBlock,
    PageBreak,
    Paragraph,
    Place,
    Quote,
    Table,
)

__all__ = ["Captioned", "Coded", "Continued", "Defined", "Item", "Quoted", "Term", "assembled"]


@dataclass(frozen=True, slots=True)
class Item:
    """An item of a list. ``key`` names its list, ``level`` its depth there; ``indent`` in twips.

    ``value`` is its number where the list is ordered.
    """

    key: str
    level: int
    indent: int
    is_ordered: bool
    value: int
    children: tuple[Block, ...]
    at: Place | None = None
    form: str = "decimal"


@dataclass(frozen=True, slots=True)
class Continued:
    """Blocks that go on in the item above, if they are indented as far as its words."""

    indent: int
    children: tuple[Block, ...]
    is_sure: bool = False


@dataclass(frozen=True, slots=True)
class Quoted:
    """A paragraph of a quotation."""

    children: tuple[Block, ...]
    at: Place | None = None


@dataclass(frozen=True, slots=True)
class Coded:
    """A line, or lines, of computer text."""

    text: str
    at: Place | None = None


@dataclass(frozen=True, slots=True)
class Term:
    """A term that the paragraphs after it define."""

    children: tuple[Inline, ...]
    at: Place | None = None


@dataclass(frozen=True, slots=True)
class Defined:
    """What defines the term above."""

    children: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Captioned:
    """The caption of the picture before it, or of the table beside it.

    ``is_above``: it stays on the page of what follows, so it speaks of that.
    """

    children: tuple[Inline, ...]
    at: Place | None = None
    is_above: bool = False


Part = Block | Item | Continued | Quoted | Coded | Term | Defined | Captioned


@dataclass(slots=True)
class _OpenList:
    item: Item
    last_value: int
    start: int
    items: list[list[Block]] = field(default_factory=list)

    def closed(self) -> ListBlock:
        start = self.start if self.item.is_ordered else 1
        items = tuple(tuple(item) for item in self.items)
        form = self.item.form if self.item.is_ordered else "decimal"
        return ListBlock(items, self.item.is_ordered, start, form, at=self.item.at)


class _Assembly:
    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self.lists: list[_OpenList] = []
        self.caption: Captioned | None = None
        self.text_indent = 0
        self.captioned: Block | None = None  # the last table with a caption of its own

    def add(self, part: Part) -> None:
        if not isinstance(part, Item | Continued):
            self.close_lists(0)
        match part:
            case Item():
                self._settle_caption()
                self._item(part)
            case Continued(indent, children, is_sure):
                self._continued(indent, children, is_sure=is_sure)
            case Quoted(children, at):
                last = self.blocks[-1] if self.blocks else None
                if isinstance(last, Quote):
                    self.blocks[-1] = replace(last, children=last.children + children)
                else:
                    self._block(Quote(children, at=at))
            case Coded(text, at):
                last = self.blocks[-1] if self.blocks else None
                if isinstance(last, CodeBlock):
                    self.blocks[-1] = replace(last, text=f"{last.text}\n{text}")
                else:
                    self._block(CodeBlock(text, at=at))
            case Term(children, at):
                last = self.blocks[-1] if self.blocks else None
                entry = Definition(children, ())
                if isinstance(last, Definitions):
                    self.blocks[-1] = replace(last, items=(*last.items, entry))
                else:
                    self._block(Definitions((entry,), at=at))
            case Defined(children):
                last = self.blocks[-1] if self.blocks else None
                if isinstance(last, Definitions):
                    entry = last.items[-1]
                    entry = Definition(entry.term, entry.children + children)
                    self.blocks[-1] = replace(last, items=(*last.items[:-1], entry))
                else:
                    for child in children:
                        self._block(child)
            case Captioned():
                self._captioned(part)
            case _:
                self._block(part)

    def _block(self, block: Block) -> None:
        waiting, self.caption = self.caption, None
        if waiting is not None:
            if isinstance(block, Table):
                block = self.captioned = _captioned_table(block, waiting.children)
            elif isinstance(block, Figure) and not block.caption:
                block = replace(block, caption=waiting.children)
            else:
                self._unclaimed(waiting)
        if isinstance(block, PageBreak) and (
            not self.blocks or isinstance(self.blocks[-1], PageBreak)
        ):
            return
        self.blocks.append(block)

    def _captioned(self, caption: Captioned) -> None:
        self._settle_caption()
        last = self.blocks[-1] if self.blocks else None
        if caption.is_above:
            self.caption = caption
        elif isinstance(last, Figure) and not last.caption:
            self.blocks[-1] = replace(last, caption=caption.children)
        elif isinstance(last, Table) and last is not self.captioned:
            self.captioned = self.blocks[-1] = _captioned_table(last, caption.children)
        else:
            self.caption = caption

    def _settle_caption(self) -> None:
        waiting, self.caption = self.caption, None
        if waiting is not None:
            self._unclaimed(waiting)

    def _unclaimed(self, caption: Captioned) -> None:
        """Place a caption that nothing follows: that of the picture above, or a paragraph."""
        last = self.blocks[-1] if self.blocks else None
        if isinstance(last, Figure) and not last.caption:
            self.blocks[-1] = replace(last, caption=caption.children)
        else:
            self.blocks.append(Paragraph(caption.children, at=caption.at))

    def _continued(self, indent: int, children: tuple[Block, ...], *, is_sure: bool) -> None:
        self._settle_caption()
        # Where the text itself is indented, an indent says nothing of the list above.
        says_so = indent > 0 and indent != self.text_indent
        while self.lists:
            held = self.lists[-1]
            if (says_so and indent >= held.item.indent) or (is_sure and len(self.lists) == 1):
                held.items[-1].extend(children)
                return
            self.close_lists(len(self.lists) - 1)
        self.text_indent = indent
        for child in children:
            self._block(child)

    def _item(self, item: Item) -> None:
        self.close_lists(self._depth_for(item))
        if self.lists and self._goes_on(self.lists[-1], item):
            self.lists[-1].items.append(list(item.children))
            self.lists[-1].last_value = item.value
            return
        if self.lists and self._is_beside(self.lists[-1].item, item):
            self.close_lists(len(self.lists) - 1)
        opened = _OpenList(item, item.value, item.value)
        opened.items.append(list(item.children))
        self.lists.append(opened)

    def _depth_for(self, item: Item) -> int:
        """Count the open lists that this item goes on in or stands below."""
        for depth in range(len(self.lists), 0, -1):
            held = self.lists[depth - 1].item
            if held.key == item.key:
                if held.level <= item.level:
                    return depth
            elif held.indent <= item.indent:
                return depth
        # Nothing open is as far left: the outermost list goes on if it is the same one.
        return 1 if self.lists and self.lists[0].item.key == item.key else 0

    @staticmethod
    def _is_beside(held: Item, item: Item) -> bool:
        if held.key == item.key:
            return held.level >= item.level
        return held.indent == item.indent

    def _goes_on(self, opened: _OpenList, item: Item) -> bool:
        held = opened.item
        if held.is_ordered != item.is_ordered or not self._is_beside(held, item):
            return False
        return not item.is_ordered or (
            item.form == held.form and item.value == opened.last_value + 1
        )

    def close_lists(self, depth: int) -> None:
        while len(self.lists) > depth:
            closed = self.lists.pop().closed()
            if self.lists:
                self.lists[-1].items[-1].append(closed)
            else:
                self._block(closed)

    def finished(self) -> tuple[Block, ...]:
        self.close_lists(0)
        self._settle_caption()
        while self.blocks and isinstance(self.blocks[-1], PageBreak):
            self.blocks.pop()
        return tuple(self.blocks)


def _captioned_table(table: Table, caption: tuple[Inline, ...]) -> Table:
    """Give a table its visible caption; what its properties say becomes its summary."""
    said = plain_text(table.caption)
    if said.split() in ([], plain_text(caption).split()):
        return replace(table, caption=caption)
    summary = f"{said}. {table.summary}" if table.summary else said
    return replace(table, caption=caption, summary=summary)


def assembled(parts: Iterable[Part]) -> tuple[Block, ...]:
    """Nest the parts of a flow into blocks. Page breaks at either end are dropped."""
    assembly = _Assembly()
    for part in parts:
        assembly.add(part)
    return assembly.finished()
