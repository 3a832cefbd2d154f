"""Blocks become lines of a width; nothing of the document is left out."""

from collections.abc import Iterable, Iterator
from textwrap import TextWrapper
from typing import assert_never

from ess_access.document.inlines import plain_text
from ess_access.document.nodes import (
    Abbreviation,
    Block,
    Code,
    CodeBlock,
    Definitions,
    Division,
    Document,
    Figure,
    Heading,
    Image,
    Inline,
    Link,
    ListBlock,
    Note,
    PageBreak,
    PageMark,
    Paragraph,
    Place,
    Quote,
    Rule,
    Table,
    Text,
)
from ess_access.document.numerals import written_number
from ess_access.document.walk import blocks_in, inlines_of, map_inlines, own_inlines

__all__ = ["leaves", "lines"]


def leaves(document: Document) -> Iterator[tuple[str, Place | None]]:
    """Yield every piece of text of the document, with its place in the source."""
    for block in blocks_in(document.children):
        if isinstance(block, CodeBlock):
            yield block.text, block.at
        for inline in own_inlines(block):
            for node in inlines_of(inline):
                match node:
                    case Text(words) | Code(words) | Abbreviation(words) | PageMark(words):
                        yield words, block.at
                    case Image(_, alt, description):
                        yield alt or "", block.at
                        yield description, block.at
                    case _:
                        pass


def lines(blocks: Iterable[Block], width: int, indent: str = "") -> Iterator[str]:
    """Yield the lines of these blocks, a blank one after each block."""
    for block in blocks:
        match block:
            case Heading(level, children):
                text = _flow(children)
                yield from _wrapped(text, width, indent)
                yield indent + "=-"[level > 1] * min(len(text), max(width - len(indent), 1))
            case Paragraph(children):
                yield from _wrapped(_flow(children), width, indent)
            case Figure(image, caption):
                yield from _wrapped(_flow((image, Text(" "), *caption)), width, indent)
            case ListBlock(items, ordered, start, form):
                for number, item in enumerate(items, start):
                    mark = f"{written_number(number, form)}. " if ordered else "- "
                    yield from _marked(lines(item, width, indent + " " * len(mark)), indent + mark)
            case Definitions(entries):
                for entry in entries:
                    yield from _wrapped(_flow(entry.term), width, indent)
                    yield from lines(entry.children, width, indent + "    ")
            case Quote(children):
                yield from lines(children, width, indent + "    ")
            case Division(_, _, title, children):
                yield from _wrapped(_flow(title), width, indent)
                yield from lines(children, width, indent + "  ")
            case Table(rows, _, caption, summary):
                yield from _wrapped(f"{_flow(caption)} {summary}".strip(), width, indent)
                for row in rows:
                    cells = (_joined(cell.children) for cell in row)
                    yield from _wrapped(" | ".join(cells), width, indent)
            case CodeBlock(text):
                yield from (indent + line for line in text.splitlines())
            case Rule() | PageBreak():
                yield indent + "* * *"
            case _:
                assert_never(block)
        yield indent.rstrip()


def _wrapped(text: str, width: int, indent: str) -> list[str]:
    wrapper = TextWrapper(
        max(width, len(indent) + 1),
        initial_indent=indent,
        subsequent_indent=indent,
        break_long_words=False,
        break_on_hyphens=False,
    )
    return wrapper.wrap(text)


def _marked(item: Iterator[str], mark: str) -> Iterator[str]:
    """Put the mark of a list's item before its first line."""
    yield mark + next(item, "")[len(mark) :]
    yield from (line for line in item if line.strip())


def _joined(blocks: Iterable[Block]) -> str:
    return " ".join(line for line in lines(blocks, 1_000_000) if line)


def _flow(inlines: Iterable[Inline]) -> str:
    return plain_text(map_inlines(inlines, _shown))


def _shown(node: Inline) -> tuple[Inline, ...]:
    """Write in words what plain text has no sign for: pictures, notes, links, pages."""
    match node:
        case Image(_, alt, description) if alt or description:
            return (Text(f"[Image : {alt or ''} {description}".rstrip() + "]"),)
        case Note(children):
            return (Text(f" [Note : {_joined(children)}]"),)
        case PageMark(label):
            return (Text(f"[page {label}] "),)
        case Link(href, children) if not href.startswith(("#", "mailto:", "tel:")):
            words = plain_text(children)
            return (node,) if href in words else (node, Text(f" <{href}>"))
    return (node,)
