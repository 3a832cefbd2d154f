"""Links within a document: they lead to headings, or they are words."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from types import MappingProxyType

from ess_access.document.inlines import tidy
from ess_access.document.nodes import (
    Block,
    Definition,
    Definitions,
    Figure,
    Heading,
    Inline,
    Link,
    Paragraph,
    Table,
)
from ess_access.document.walk import blocks_in, inlines_in, map_blocks, map_inlines

__all__ = ["internal_links_settled"]


def internal_links_settled(
    blocks: tuple[Block, ...], aliases: Mapping[str, str] = MappingProxyType({})
) -> tuple[Block, ...]:
    """Keep links to headings that are there; of the other ones within the document, the words.

    ``aliases`` maps the bookmarks of headings to their ids. Ids that no link uses are dropped.
    """
    held = {block.id for block in blocks_in(blocks) if isinstance(block, Heading) and block.id}
    used = {
        target
        for node in inlines_in(blocks)
        if isinstance(node, Link) and node.href.startswith("#")
        for target in (aliases.get(node.href[1:], node.href[1:]), node.href[1:])
    }
    if not held and not used:
        return blocks

    def relinked(node: Inline) -> Iterable[Inline]:
        match node:
            case Link(href, children) if href.startswith("#"):
                target = aliases.get(href[1:], href[1:])
                return (Link(f"#{target}", children),) if target in held else children
            case _:
                return (node,)

    def settled(nodes: tuple[Inline, ...]) -> tuple[Inline, ...]:
        return tidy(map_inlines(nodes, relinked))

    def changed(block: Block) -> Iterable[Block]:
        match block:
            case Heading():
                name = block.id if block.id in used else ""
                return (replace(block, children=settled(block.children), id=name),)
            case Paragraph():
                return (replace(block, children=settled(block.children)),)
            case Figure() | Table():
                return (replace(block, caption=settled(block.caption)),)
            case Definitions():
                entries = tuple(Definition(settled(e.term), e.children) for e in block.items)
                return (replace(block, items=entries),)
            case _:
                return (block,)

    return map_blocks(blocks, changed)
