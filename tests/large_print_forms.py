"""The form of a document: its words in order with all that is said of them, and their structure.

Two documents of one form say the same. What large print changes on purpose is changed here too,
one function for each such change, so that nothing else can hide behind it.
"""

import re
from collections.abc import Iterable
from itertools import groupby
from typing import assert_never
from urllib.parse import quote

from ess_access.document.nodes import (
    Abbreviation,
    Block,
    Cell,
    Code,
    CodeBlock,
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
from ess_access.document.walk import headings
from ess_access.transforms.tables import grid

Form = tuple[object, ...]
Facets = frozenset[str]
_SAFE = "/:?#[]@!$&'()*+,;=%~-._"
_SPACES = re.compile(r"\s+")


class Forms:
    """Gives the forms of one document."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.targets = {heading.id: n for n, heading in enumerate(headings(document))}
        self.explained: set[str] = set()

    def of_document(self) -> Form:
        """Give the title, the language and the blocks."""
        meta = self.document.meta
        title = " ".join(meta.title.split())
        return (
            title,
            meta.lang[:2],
            meta.authors,
            meta.published,
            self.blocks(self.document.children),
        )

    def blocks(self, blocks: Iterable[Block]) -> Form:
        """Give the forms of blocks; a blank paragraph has none."""
        return tuple(form for block in blocks for form in self._block(block))

    def _block(self, block: Block) -> Form:
        match block:
            case Heading(level, children):
                return (("heading", level, _without_strong(self.line(children))),)
            case Paragraph(children):
                return self._paragraph(children)
            case ListBlock(items, ordered, start, written):
                told = (self.blocks(item) for item in items)
                numbers = (start, written) if ordered else ()
                return (("list", ordered, numbers, tuple(one for one in told if one)),)
            case Definitions(entries):
                pairs = tuple((self.line(one.term), self.blocks(one.children)) for one in entries)
                return (("definitions", pairs),)
            case Quote(children):
                return (("quote", self.blocks(children)),)
            case CodeBlock(text):
                return (("code", text),)
            case Figure(image, caption):
                return (("figure", self._image(image), self.line(caption)),)
            case Division(role, lang, title, children):
                return (("box", role, lang, self.line(title), self.blocks(children)),)
            case Table():
                return (self._table(block),)
            case Rule():
                return (("rule",),)
            case PageBreak():
                return (("page break",),)
            case _:
                assert_never(block)

    def _paragraph(self, children: tuple[Inline, ...]) -> Form:
        """A paragraph of nothing but pictures is a figure for each of them."""
        line = self.line(children)
        if line and all(isinstance(piece, tuple) and piece[0] == "image" for piece in line):
            return tuple(("figure", picture, ()) for picture in line)
        return (("paragraph", line),) if line else ()

    def _table(self, table: Table) -> Form:
        """The places of a table; a column where no cell begins is none; a head names columns."""
        places = grid(table)
        columns = [
            column
            for column in range(len(places[0]))
            if any(row[column].is_origin for row in places)
        ]
        numbers: dict[tuple[int, int, int], int] = {}
        rows = tuple(
            tuple(
                (
                    numbers.setdefault(_cell_key(row[column].cell, n, column), len(numbers)),
                    n < table.head_rows or row[column].cell.header,
                    self.blocks(row[column].cell.children) if row[column].is_origin else (),
                )
                for column in columns
            )
            for n, row in enumerate(places)
        )
        return ("table", table.head_rows, self.line(table.caption), table.summary, rows)

    # --- inline ---------------------------------------------------------------------------

    def line(self, nodes: Iterable[Inline]) -> Form:
        """Give words with their facets, and what stands between them, in order."""
        pieces = list(self._pieces(nodes, frozenset()))
        found: list[object] = []
        for facets, group in groupby(pieces, key=lambda piece: piece[0]):
            text = ""
            for _, what in group:
                if isinstance(what, str):
                    text += what
                    continue
                found += _words(text, facets)
                text = ""
                found.append(what)
            found += _words(text, facets)
        return tuple(found)

    def _pieces(self, nodes: Iterable[Inline], facets: Facets) -> Iterable[tuple[Facets, object]]:
        for node in nodes:
            match node:
                case Text(text):
                    yield facets, text
                case Emphasis(children):
                    yield from self._pieces(children, facets | {"emphasis"})
                case Strong(children):
                    yield from self._pieces(children, facets | {"strong"})
                case Script(position, children):
                    others = {one for one in facets if one not in ("super", "sub")}
                    yield from self._pieces(children, frozenset(others) | {position})
                case Language(lang, children):
                    others = {one for one in facets if not one.startswith("lang ")}
                    yield from self._pieces(children, frozenset(others) | {f"lang {lang[:2]}"})
                case Link():
                    yield from self._link(node, facets)
                case Code(text):
                    # Code has no emphasis and no language.
                    kept = {one for one in facets if one[:4] in ("href", "supe", "sub")}
                    yield frozenset(kept) | {"code"}, text
                case Abbreviation(text, expansion, _):
                    yield facets, text
                    if expansion and expansion != text and text not in self.explained:
                        self.explained.add(text)
                        yield facets, f" ({expansion})"
                case Note(children):
                    yield frozenset(), ("note", self.blocks(children))
                case Image():
                    href = {one for one in facets if one.startswith("href")}
                    yield frozenset(), (*self._image(node), *href)
                case LineBreak():
                    yield frozenset(), ("line break",)
                case PageMark():
                    pass  # printed where an option asks for it
                case _:
                    assert_never(node)

    def _link(self, link: Link, facets: Facets) -> Iterable[tuple[Facets, object]]:
        """A link within the document is named by its heading, which has another id now."""
        href = quote(link.href, safe=_SAFE)
        if href.startswith("#"):
            target = self.targets.get(link.href[1:])
            if target is None:
                yield from self._pieces(link.children, facets)
                return
            href = f"#{target}"
        yield from self._pieces(link.children, facets | {f"href {href}"})

    def _image(self, image: Image) -> Form:
        has_bytes = image.asset is not None and image.asset in self.document.assets
        alt = image.alt if image.alt is None else " ".join(image.alt.split())
        return ("image", has_bytes, alt, " ".join(image.description.split()))


def _without_strong(line: Form) -> Form:
    """A heading that is strong from end to end is a heading."""
    if not all(isinstance(piece, tuple) and "strong" in piece[-1] for piece in line):
        return line
    return tuple(
        (piece[0], tuple(one for one in piece[1] if one != "strong"))
        for piece in line
        if isinstance(piece, tuple)
    )


def _cell_key(cell: Cell, row: int, column: int) -> tuple[int, int, int]:
    """Tell cells apart; all holes of a table are one object, each a cell of its own."""
    return (0, row, column) if cell == Cell(()) else (id(cell), 0, 0)


def _words(text: str, facets: Facets) -> list[object]:
    """Give each word with its facets; what joins two pieces of one word is no matter."""
    if "code" in facets:
        return [(text, tuple(sorted(facets)))] if text else []
    return [(word, tuple(sorted(facets))) for word in _SPACES.split(text) if word]


def form(document: Document) -> Form:
    """Give the form of a document."""
    return Forms(document).of_document()
