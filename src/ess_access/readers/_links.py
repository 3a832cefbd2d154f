"""Links within a document: they lead to headings, or they are words."""

from collections.abc import Iterable
from dataclasses import replace

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
from ess_access.document.walk import blocks_in, inlines_of, map_blocks, map_inlines, own_inlines

__all__ = ["internal_links_settled"]


def internal_links_settled(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """Keep links to headings that are there; of the other ones within the document, the words."""
    ids = {block.id for block in blocks_in(blocks) if isinstance(block, Heading) and block.id}
    if not any(
        _leads_nowhere(node, ids)
        for block in blocks_in(blocks)
        for inline in own_inlines(block)
        for node in inlines_of(inline)
    ):
        return blocks

    def unlinked(node: Inline) -> Iterable[Inline]:
        match node:
            case Link(_, children) if _leads_nowhere(node, ids):
                return children
            case _:
                return (node,)

    def settled(nodes: tuple[Inline, ...]) -> tuple[Inline, ...]:
        return tidy(map_inlines(nodes, unlinked))

    def changed(block: Block) -> Iterable[Block]:
        match block:
            case Heading() | Paragraph():
                return (replace(block, children=settled(block.children)),)
            case Figure() | Table():
                return (replace(block, caption=settled(block.caption)),)
            case Definitions():
                entries = tuple(Definition(settled(e.term), e.children) for e in block.items)
                return (replace(block, items=entries),)
            case _:
                return (block,)

    return map_blocks(blocks, changed)


def _leads_nowhere(node: Inline, ids: set[str]) -> bool:
    return isinstance(node, Link) and node.href.startswith("#") and node.href[1:] not in ids
