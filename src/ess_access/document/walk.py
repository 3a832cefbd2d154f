"""Walk a document in reading order, and rebuild it."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from typing import assert_never

from ess_access.document.nodes import (
    Abbreviation,
    Block,
    Cell,
    Code,
    CodeBlock,
    Definition,
    Definitions,
    Division,
    Document,
    Emphasis,
    Figure,
    Heading,
    Image,
    Inline,
    Language,
    LineBreak,
    Link,
    ListBlock,
    Note,
    PageBreak,
    PageMark,
    Paragraph,
    Quote,
    Rule,
    Script,
    Strong,
    Table,
    Text,
)

__all__ = [
    "blocks_in",
    "headings",
    "inlines_in",
    "inlines_of",
    "map_blocks",
    "map_inlines",
    "own_inlines",
    "words",
]


def blocks_in(blocks: Iterable[Block]) -> Iterator[Block]:
    """Yield every block, in reading order, a container before what it holds.

    Blocks inside notes come after the block that calls them. The term of a definition comes as a
    paragraph, right before what defines it.
    """
    for block in blocks:
        yield block
        for child in _children(block):
            yield from blocks_in((child,))
        for inline in own_inlines(block):
            yield from _blocks_of_notes(inline)


def _children(block: Block) -> tuple[Block, ...]:
    match block:
        case ListBlock(items):
            return tuple(child for item in items for child in item)
        case Definitions(entries):
            return tuple(
                child for entry in entries for child in (Paragraph(entry.term), *entry.children)
            )
        case Quote(children) | Division(_, _, _, children):
            return children
        case Table(rows):
            return tuple(child for row in rows for cell in row for child in cell.children)
        case Heading() | Paragraph() | CodeBlock() | Figure() | Rule() | PageBreak():
            return ()
        case _:
            assert_never(block)


def own_inlines(block: Block) -> tuple[Inline, ...]:
    """Give the inline nodes that belong to the block itself, not to blocks within it."""
    match block:
        case Heading(_, children, _) | Paragraph(children):
            return children
        case Figure(image, caption):
            return (image, *caption)
        case Division(_, _, title, _):
            return title
        case Table(_, _, caption, _):
            return caption
        case ListBlock() | Definitions() | Quote() | CodeBlock() | Rule() | PageBreak():
            return ()
        case _:
            assert_never(block)


def _blocks_of_notes(inline: Inline) -> Iterator[Block]:
    for node in inlines_of(inline):
        if isinstance(node, Note):
            yield from blocks_in(node.children)


def inlines_of(inline: Inline) -> Iterator[Inline]:
    """Yield the node and every inline node within it, those of notes left to ``blocks_in``."""
    yield inline
    match inline:
        case (
            Emphasis(children)
            | Strong(children)
            | Script(_, children)
            | Language(_, children)
            | Link(_, children)
        ):
            for child in children:
                yield from inlines_of(child)
        case Text() | Abbreviation() | Image() | Note() | Code() | LineBreak() | PageMark():
            return
        case _:
            assert_never(inline)


def inlines_in(blocks: Iterable[Block]) -> Iterator[Inline]:
    """Yield every inline node of these blocks, notes included."""
    for block in blocks_in(blocks):
        for inline in own_inlines(block):
            yield from inlines_of(inline)


def headings(document: Document) -> Iterator[Heading]:
    """Yield the headings of the document, in order."""
    for block in blocks_in(document.children):
        if isinstance(block, Heading):
            yield block


def map_blocks(
    blocks: Iterable[Block], change: Callable[[Block], Iterable[Block]]
) -> tuple[Block, ...]:
    """Rebuild blocks from the leaves up; ``change`` gives what stands in each one's place.

    Blocks inside notes are rebuilt too.
    """
    return tuple(
        changed for block in blocks for changed in change(_with_mapped_parts(block, change))
    )


def _with_mapped_parts(block: Block, change: Callable[[Block], Iterable[Block]]) -> Block:
    def inlines(nodes: tuple[Inline, ...]) -> tuple[Inline, ...]:
        return tuple(_with_mapped_notes(node, change) for node in nodes)

    match block:
        case Heading(_, children, _) | Paragraph(children):
            return replace(block, children=inlines(children))
        case ListBlock(items):
            return replace(block, items=tuple(map_blocks(item, change) for item in items))
        case Definitions(entries):
            return replace(
                block,
                items=tuple(
                    Definition(inlines(entry.term), map_blocks(entry.children, change))
                    for entry in entries
                ),
            )
        case Quote(children):
            return replace(block, children=map_blocks(children, change))
        case Division(_, _, title, children):
            return replace(block, title=inlines(title), children=map_blocks(children, change))
        case Figure(_, caption):
            return replace(block, caption=inlines(caption))
        case Table(rows, _, caption, _):
            return replace(
                block,
                rows=tuple(
                    tuple(_with_mapped_blocks(cell, change) for cell in row) for row in rows
                ),
                caption=inlines(caption),
            )
        case CodeBlock() | Rule() | PageBreak():
            return block
        case _:
            assert_never(block)


def _with_mapped_blocks(cell: Cell, change: Callable[[Block], Iterable[Block]]) -> Cell:
    return replace(cell, children=map_blocks(cell.children, change))


def _with_mapped_notes(inline: Inline, change: Callable[[Block], Iterable[Block]]) -> Inline:
    match inline:
        case Note(children):
            return Note(map_blocks(children, change))
        case Emphasis() | Strong() | Script() | Language() | Link():
            return replace(
                inline,
                children=tuple(_with_mapped_notes(child, change) for child in inline.children),
            )
        case Text() | Abbreviation() | Image() | Code() | LineBreak() | PageMark():
            return inline
        case _:
            assert_never(inline)


def map_inlines(
    inlines: Iterable[Inline], change: Callable[[Inline], Iterable[Inline]]
) -> tuple[Inline, ...]:
    """Rebuild inline nodes from the leaves up; blocks inside notes are left as they are."""
    return tuple(
        changed for node in inlines for changed in change(_with_mapped_children(node, change))
    )


def _with_mapped_children(node: Inline, change: Callable[[Inline], Iterable[Inline]]) -> Inline:
    match node:
        case Emphasis() | Strong() | Script() | Language() | Link():
            return replace(node, children=map_inlines(node.children, change))
        case Text() | Abbreviation() | Image() | Note() | Code() | LineBreak() | PageMark():
            return node
        case _:
            assert_never(node)


def words(document: Document) -> Iterator[str]:
    """Yield every word that a reader of the document meets, in reading order.

    Descriptions of pictures count; a note's words come after the block that calls it.
    """
    for block in blocks_in(document.children):
        for inline in own_inlines(block):
            for node in inlines_of(inline):
                match node:
                    case Text(text) | Code(text) | Abbreviation(text, _, _):
                        yield from text.split()
                    case Image(_, alt, description):
                        yield from (alt or "").split()
                        yield from description.split()
                    case _:
                        pass
        if isinstance(block, CodeBlock):
            yield from block.text.split()
