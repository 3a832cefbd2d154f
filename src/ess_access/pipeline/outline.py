"""A document as an outline that a person can read on a terminal."""

from collections.abc import Iterable, Iterator
from typing import assert_never

from ess_access.document.inlines import plain_text
from ess_access.document.nodes import (
    Block,
    CodeBlock,
    Definitions,
    Division,
    Document,
    Figure,
    Heading,
    Image,
    Language,
    ListBlock,
    Note,
    PageBreak,
    Paragraph,
    Quote,
    Rule,
    Table,
)
from ess_access.document.numerals import written_number
from ess_access.document.walk import inlines_of, own_inlines
from ess_access.locale import Catalogue

__all__ = ["outline"]

_STEP = "  "
_WIDTH = 100


def outline(document: Document, catalogue: Catalogue) -> Iterator[str]:
    """Yield lines: what each block is, its first words, and what hangs on it."""
    meta = document.meta
    title = meta.title or catalogue.text("outline-untitled")
    yield catalogue.text("outline-title", title=title, lang=meta.lang)
    if meta.authors:
        yield catalogue.text("outline-authors", authors=", ".join(meta.authors))
    if meta.published:
        yield catalogue.text("outline-published", published=meta.published)
    yield ""
    yield from _blocks(document.children, 0, catalogue)


def _blocks(blocks: Iterable[Block], depth: int, catalogue: Catalogue) -> Iterator[str]:
    """Indent what stands under a heading by the heading's level."""
    level = 0
    for block in blocks:
        if isinstance(block, Heading):
            level = block.level
            margin = _STEP * (depth + level - 1)
        else:
            margin = _STEP * (depth + level)
        yield from _block(block, margin, depth + level, catalogue)


def _block(block: Block, margin: str, depth: int, catalogue: Catalogue) -> Iterator[str]:
    text = catalogue.text
    match block:
        case Heading(level, children):
            yield f"{margin}{'#' * level} {plain_text(children)}"
        case Paragraph(children):
            yield margin + _first_words(plain_text(children))
        case ListBlock(items, ordered, start, form):
            key = "outline-list-numbered" if ordered else "outline-list"
            yield margin + catalogue.plural(key, len(items), start=start)
            for number, item in enumerate(items, start):
                mark = f"{written_number(number, form)}. " if ordered else "• "
                yield from _marked(item, margin + _STEP, mark, depth + 1, catalogue)
        case Definitions(entries):
            yield margin + catalogue.plural("outline-definitions", len(entries))
            for entry in entries:
                yield f"{margin}{_STEP}{plain_text(entry.term)}"
                yield from _blocks(entry.children, depth + 2, catalogue)
        case Quote(children):
            yield margin + text("outline-quote")
            yield from _blocks(children, depth + 1, catalogue)
        case CodeBlock(code):
            yield margin + catalogue.plural("outline-code", len(code.splitlines()))
        case Division(role, lang, title, children):
            words = text("outline-division", role=role, title=plain_text(title))
            yield margin + words.rstrip() + (f" [{lang}]" if lang else "")
            yield from _blocks(children, depth + 1, catalogue)
        case Figure(_, caption):
            if caption:
                yield margin + text("outline-caption", caption=plain_text(caption))
        case Table(rows, head_rows, caption, summary):
            columns = max((sum(cell.col_span for cell in row) for row in rows), default=0)
            yield margin + text(
                "outline-table",
                rows=len(rows),
                columns=columns,
                head=head_rows,
                caption=plain_text(caption) or summary,
            ).rstrip(" –")
            for row in rows:
                cells = " | ".join(
                    " ".join(_words_of(child) for child in cell.children) for cell in row
                )
                yield margin + _STEP + _first_words(cells)
        case Rule():
            yield margin + "———"
        case PageBreak():
            yield margin + text("outline-page-break")
        case _:
            assert_never(block)
    yield from _hanging(block, margin + _STEP, depth, catalogue)


def _marked(
    item: tuple[Block, ...], margin: str, mark: str, depth: int, catalogue: Catalogue
) -> Iterator[str]:
    lines = [line for block in item for line in _block(block, margin, depth, catalogue)]
    if lines:
        yield margin + mark + lines[0].removeprefix(margin)
        yield from (_STEP + line for line in lines[1:])


def _hanging(block: Block, margin: str, depth: int, catalogue: Catalogue) -> Iterator[str]:
    """Yield the pictures, notes and passages in other languages of a block."""
    for inline in own_inlines(block):
        for node in inlines_of(inline):
            match node:
                case Image(_, None, _):
                    yield margin + catalogue.text("outline-picture-bare")
                case Image(_, "", _):
                    yield margin + catalogue.text("outline-picture-decorative")
                case Image(_, alt, description):
                    yield margin + catalogue.text("outline-picture", alt=alt)
                    if description:
                        yield margin + _STEP + _first_words(description)
                case Language(lang, children):
                    words = _first_words(plain_text(children))
                    yield margin + catalogue.text("outline-language", lang=lang, words=words)
                case Note(children):
                    yield margin + catalogue.text("outline-note")
                    for child in children:
                        yield from _block(child, margin + _STEP, depth + 2, catalogue)
                case _:
                    pass


def _words_of(block: Block) -> str:
    return plain_text(own_inlines(block))


def _first_words(text: str) -> str:
    return text if len(text) <= _WIDTH else text[:_WIDTH].rpartition(" ")[0] + "…"
