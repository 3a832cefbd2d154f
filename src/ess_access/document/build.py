"""Short builders of documents, for tests and readers: ``doc(h(1, "Guide"), p("Bonjour"))``."""

import hashlib
from collections.abc import Iterable
from types import MappingProxyType

from ess_access.document.inlines import tidy
from ess_access.document.nodes import (
    Asset,
    Block,
    Cell,
    Definition,
    Definitions,
    Document,
    Emphasis,
    Figure,
    Heading,
    Image,
    Inline,
    Language,
    Link,
    ListBlock,
    Meta,
    Note,
    Paragraph,
    Quote,
    Strong,
    Table,
    Text,
)

__all__ = [
    "asset",
    "cell",
    "dl",
    "doc",
    "em",
    "figure",
    "h",
    "inlines",
    "lang",
    "link",
    "note",
    "ol",
    "p",
    "quote",
    "strong",
    "table",
    "ul",
]

Words = str | Inline
Item = str | Inline | Block | tuple[Block, ...]


def inlines(words: Iterable[Words]) -> tuple[Inline, ...]:
    """Turn strings and inline nodes into tidy inline nodes."""
    return tidy(Text(word) if isinstance(word, str) else word for word in words)


def _blocks(content: Item) -> tuple[Block, ...]:
    if isinstance(content, tuple):
        return content
    if isinstance(content, Block):
        return (content,)
    return (p(content),)


def p(*words: Words) -> Paragraph:
    """Build a paragraph."""
    return Paragraph(inlines(words))


def h(level: int, *words: Words, id: str = "") -> Heading:
    """Build a heading."""
    return Heading(level, inlines(words), id)


def em(*words: Words) -> Emphasis:
    """Build an emphasis."""
    return Emphasis(tuple(Text(word) if isinstance(word, str) else word for word in words))


def strong(*words: Words) -> Strong:
    """Build a strong importance."""
    return Strong(tuple(Text(word) if isinstance(word, str) else word for word in words))


def lang(tag: str, *words: Words) -> Language:
    """Build a passage in another language."""
    return Language(tag, tuple(Text(word) if isinstance(word, str) else word for word in words))


def link(href: str, *words: Words) -> Link:
    """Build a link."""
    return Link(href, tuple(Text(word) if isinstance(word, str) else word for word in words))


def note(*contents: Item) -> Note:
    """Build a note."""
    return Note(tuple(block for content in contents for block in _blocks(content)))


def ul(*items: Item) -> ListBlock:
    """Build a list with bullets; an item is words, a block, or a tuple of blocks."""
    return ListBlock(tuple(_blocks(item) for item in items))


def ol(*items: Item, start: int = 1, form: str = "decimal") -> ListBlock:
    """Build a numbered list."""
    content = tuple(_blocks(item) for item in items)
    return ListBlock(content, ordered=True, start=start, form=form)


def dl(*entries: tuple[Words, Item]) -> Definitions:
    """Build a list of definitions from pairs of a term and what defines it."""
    return Definitions(
        tuple(Definition(inlines((term,)), _blocks(content)) for term, content in entries)
    )


def quote(*contents: Item) -> Quote:
    """Build a quotation set apart."""
    return Quote(tuple(block for content in contents for block in _blocks(content)))


def cell(content: Item = (), *, header: bool = False, row_span: int = 1, col_span: int = 1) -> Cell:
    """Build a cell of a table."""
    return Cell(_blocks(content), row_span, col_span, header)


def table(*rows: Iterable[Item | Cell], head_rows: int = 1, caption: str = "") -> Table:
    """Build a table; the cells of its first ``head_rows`` rows are headers."""
    return Table(
        tuple(
            tuple(
                item if isinstance(item, Cell) else cell(item, header=number < head_rows)
                for item in row
            )
            for number, row in enumerate(rows)
        ),
        head_rows,
        inlines((caption,)) if caption else (),
    )


def figure(image: Image, *caption: Words) -> Figure:
    """Build a picture standing by itself."""
    return Figure(image, inlines(caption))


def asset(data: bytes, media_type: str = "image/png") -> Asset:
    """Wrap the bytes of a picture with their digest."""
    return Asset(hashlib.sha256(data).hexdigest(), media_type, data)


def doc(
    *blocks: Block,
    title: str = "",
    lang: str = "fr",
    authors: tuple[str, ...] = (),
    published: str = "",
    assets: Iterable[Asset] = (),
) -> Document:
    """Build a document."""
    return Document(
        Meta(title, lang, authors, published),
        blocks,
        MappingProxyType({item.digest: item for item in assets}),
    )
