"""Read a text and sketch what was understood, one line a block: tests that a person can read."""

from collections.abc import Iterable, Iterator, Sequence
from typing import assert_never

from ess_access.api.reader import Reader, Reading, Resource, Source
from ess_access.document.nodes import (
    Abbreviation,
    Block,
    Code,
    CodeBlock,
    Definitions,
    Division,
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
from ess_access.document.numerals import written_number
from ess_access.readers.html import HtmlReader
from ess_access.readers.markdown import MarkdownReader
from ess_access.readers.text import TextReader

__all__ = ["codes", "reading", "sketch", "sketched"]

READERS: dict[str, Reader] = {".md": MarkdownReader(), ".html": HtmlReader(), ".txt": TextReader()}


def reading(suffix: str, text: str | bytes, files: dict[str, bytes] | None = None) -> Reading:
    """Read a text in the format of that suffix; ``files`` lie beside it."""
    data = text.encode() if isinstance(text, str) else text
    held = files or {}

    def resource(href: str) -> Resource:
        if href.startswith(("http:", "https:", "//")):
            return Resource(None, "remote")
        if ".." in href or href.startswith("/"):
            return Resource(None, "outside")
        return Resource(held[href]) if href in held else Resource(None, "absent")

    return READERS[suffix].read(Source(f"x{suffix}", suffix, data, resource))


def codes(suffix: str, text: str | bytes, files: dict[str, bytes] | None = None) -> list[str]:
    """Give the codes of what is found in a text, sorted."""
    return sorted(finding.code for finding in reading(suffix, text, files).findings)


def sketched(suffix: str, text: str | bytes, files: dict[str, bytes] | None = None) -> str:
    """Read a text and sketch it."""
    return sketch(reading(suffix, text, files).document.children)


def sketch(blocks: Sequence[Block]) -> str:
    """Sketch blocks: ``#`` headings, ``-`` items, ``⏎`` line breaks, ``{en: …}`` languages."""
    return "\n".join(_lines(blocks))


def _lines(blocks: Iterable[Block]) -> Iterator[str]:
    for block in blocks:
        yield from _of(block)


def _indented(first: str, blocks: Iterable[Block]) -> Iterator[str]:
    for number, line in enumerate(_lines(blocks)):
        yield (first if not number else " " * len(first)) + line


def _of(block: Block) -> Iterator[str]:
    match block:
        case Heading(level, children, id_):
            yield "#" * level + " " + _words(children) + (f" {{{id_}}}" if id_ else "")
        case Paragraph(children):
            yield _words(children)
        case ListBlock(items, ordered, start, form):
            for number, item in enumerate(items, start):
                yield from _indented(f"{written_number(number, form)}. " if ordered else "- ", item)
        case Definitions(entries):
            for entry in entries:
                yield f"term {_words(entry.term)}"
                yield from _indented("  : ", entry.children)
        case Quote(children):
            yield from _indented("> ", children)
        case CodeBlock(text):
            yield f"code {text!r}"
        case Figure(image, caption):
            yield f"figure {_words((image,))} {_words(caption)}".rstrip()
        case Division(role, lang, title, children):
            yield f"[{role} {lang} {_words(title)}".rstrip()
            yield from _indented("  ", children)
            yield "]"
        case Table(rows, head_rows, caption, summary):
            yield f"table {head_rows} {_words(caption)} {summary}".rstrip()
            for row in rows:
                yield "  | " + " | ".join(
                    ("*" if cell.header else "")
                    + "; ".join(_lines(cell.children))
                    + (
                        f" ({cell.row_span}x{cell.col_span})"
                        if (cell.row_span, cell.col_span) != (1, 1)
                        else ""
                    )
                    for cell in row
                )
        case Rule():
            yield "rule"
        case PageBreak():
            yield "page break"
        case _:
            assert_never(block)


def _words(nodes: Iterable[Inline]) -> str:
    return "".join(_inline(node) for node in nodes)


def _inline(node: Inline) -> str:
    match node:
        case Text(text):
            return text
        case Emphasis(children):
            return f"_{_words(children)}_"
        case Strong(children):
            return f"*{_words(children)}*"
        case Script(position, children):
            return f"^{position}({_words(children)})"
        case Language(lang, children):
            return f"{{{lang}: {_words(children)}}}"
        case Abbreviation(text, expansion, _):
            return f"{text}({expansion})"
        case Link(href, children):
            return f"[{_words(children)}]({href})"
        case Image(asset, alt, description):
            held = "!" if asset else "?"
            shown = "none" if alt is None else repr(alt)
            return f"{held}{shown}" + (f" long {description!r}" if description else "")
        case Note(children):
            return f"(note: {' / '.join(_lines(children))})"
        case Code(text):
            return f"`{text}`"
        case LineBreak():
            return "⏎"
        case PageMark(label):
            return f"<page {label}>"
        case _:
            assert_never(node)
