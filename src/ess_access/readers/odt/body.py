"""The flow of an OpenDocument text: paragraphs, lists, tables, sections."""

from collections.abc import Iterable, Iterator

from ess_access.document.nodes import PageBreak, Text
from ess_access.readers._processor.kinds import Kind
from ess_access.readers._processor.raw import Part, RawList, RawParagraph, RawRun
from ess_access.readers._zip import Element, name_of
from ess_access.readers.odt.context import Context
from ess_access.readers.odt.inlines import Line
from ess_access.readers.odt.names import DRAW, OFFICE, TABLE, TEXT, XML
from ess_access.readers.odt.styles import Looks

__all__ = ["flow"]

_LEFT_OUT = frozenset(
    {"table-of-content", "illustration-index", "table-index", "object-index", "alphabetical-index"}
)
_THROUGH = frozenset({"bibliography", "user-index", "index-body", "meta", "numbered-paragraph"})


def flow(element: Element, context: Context, list_style: str = "", depth: int = 0) -> list[Part]:
    """Read the blocks that an element holds; ``list_style`` and ``depth`` are the list around."""
    return [part for child in element for part in _parts(child, context, list_style, depth)]


def _parts(child: Element, context: Context, list_style: str, depth: int) -> Iterable[Part]:
    tag = name_of(child)
    if tag.startswith(TEXT):
        match tag[len(TEXT) :]:
            case "p":
                return _paragraph(child, context)
            case "h":
                return _heading(child, context)
            case "list":
                return _list(child, context, list_style, depth)
            case "section":
                return _section(child, context)
            case "soft-page-break":
                context.page += not context.in_note
            case "tracked-changes":
                _changes(child, context)
            case name if name in _LEFT_OUT:
                context.contents += 1
            case name if name in _THROUGH:
                return _within(child, context)
            case _:
                pass
        return ()
    if tag == f"{TABLE}table":
        from ess_access.readers.odt.grid import table

        context.deeper()
        found = table(child, context)
        context.shallower()
        return (found,) if found is not None else ()
    if tag.startswith(DRAW):
        line = Line(context, Looks())
        line.drawing(child)
        paragraph = RawParagraph(Kind.BODY, 0, line.runs, context.at)
        return (*((paragraph,) if line.runs else ()), *line.parts)
    if tag == f"{OFFICE}annotation":
        context.comments += 1
    return ()


def _within(child: Element, context: Context) -> list[Part]:
    context.deeper()
    found = flow(child, context)
    context.shallower()
    return found


def _section(child: Element, context: Context) -> Iterable[Part]:
    if child.get(f"{TEXT}display") == "none" or child.get(f"{TEXT}is-hidden") == "true":
        context.hide(child)
        return ()
    return _within(child, context)


def _changes(child: Element, context: Context) -> None:
    for deletion in child.iter(f"{TEXT}deletion"):
        words = " ".join(
            "".join(part.itertext())
            for part in deletion
            if not name_of(part).endswith("change-info")
        )
        words = " ".join(words.split())
        if words:
            context.deleted.append(words)


def _paragraph(child: Element, context: Context) -> Iterator[Part]:
    if not context.in_note:
        context.paragraph += 1
    looks = context.styles.looks("paragraph", child.get(f"{TEXT}style-name"))
    at = context.at
    line = _line(child, context, looks)
    if looks.kind is Kind.CONTENTS:
        context.contents += bool(line.runs)
        yield from line.parts
        return
    if looks.breaks_before:
        yield PageBreak(at=at)
    # A heading is an element of its own here; a style that has a level is none without it.
    kind = Kind.BODY if looks.kind is Kind.HEADING and not looks.level else looks.kind
    yield RawParagraph(
        kind,
        min(looks.level, 6),
        line.runs,
        at,
        indent=looks.indent or 0,
        anchors=tuple(line.anchors),
        is_bold_style=bool(line.base.is_bold),
    )
    yield from line.parts
    if looks.breaks_after:
        yield PageBreak(at=at)


def _heading(child: Element, context: Context) -> Iterator[Part]:
    if not context.in_note:
        context.paragraph += 1
    looks = context.styles.looks("paragraph", child.get(f"{TEXT}style-name"))
    outline = child.get(f"{TEXT}outline-level") or ""
    level = int(outline) if outline.isdecimal() and 0 < int(outline[:3]) < 10 else looks.level or 1
    at = context.at
    line = _line(child, context, looks)
    if looks.breaks_before:
        yield PageBreak(at=at)
    if line.runs and child.get(f"{TEXT}is-list-header") != "true":
        number = context.heading_number(min(level, 9)).strip()
        if number:
            line.runs.insert(0, RawRun(Text(f"{number} ")))
    yield RawParagraph(
        Kind.TITLE if looks.kind is Kind.TITLE else Kind.HEADING,
        min(level, 6),
        line.runs,
        at,
        anchors=tuple(dict.fromkeys(_anchors(child, line, context))),
        is_bold_style=bool(line.base.is_bold),
    )
    yield from line.parts


def _anchors(child: Element, line: Line, context: Context) -> Iterator[str]:
    yield from line.anchors
    words = "".join(child.itertext())
    if words in context.linked:  # LibreOffice links to headings by their words
        yield words


def _line(child: Element, context: Context, looks: Looks) -> Line:
    line = Line(context, context.styles.chosen(child.get(f"{TEXT}style-name")))
    line.read(child, looks)
    return line


def _list(child: Element, context: Context, around: str, depth: int) -> Iterable[Part]:
    style = child.get(f"{TEXT}style-name") or around
    at = context.at
    level = context.styles.list_level(style, depth + 1)
    start = _start(child, context, style, depth, level.start) if level.is_ordered else 1
    runs: list[RawList] = []
    number = start
    context.deeper()
    for item in child:
        is_item = item.tag == f"{TEXT}list-item"
        if not is_item and item.tag != f"{TEXT}list-header":
            continue
        value = _number(item.get(f"{TEXT}start-value")) if is_item and level.is_ordered else None
        if not runs or (value is not None and value != number):
            number = number if value is None else value
            runs.append(RawList([], level.is_ordered, number, at, level.number_form))
        runs[-1].items.append(flow(item, context, style, depth + 1))
        number += 1
    context.shallower()
    if level.is_ordered:
        context.list_ends[child.get(f"{XML}id") or ""] = number
        context.last_end[f"{style}/{depth}"] = number
    if level.is_bare:
        return [part for run in runs for item in run.items for part in item]
    return runs


def _start(child: Element, context: Context, style: str, depth: int, usual: int) -> int:
    """Give the first number: a list may go on where another one ended (ODF 1.3 §5.3.3)."""
    continued = child.get(f"{TEXT}continue-list")
    if continued is not None and continued in context.list_ends:
        return context.list_ends[continued]
    if child.get(f"{TEXT}continue-numbering") == "true":
        return context.last_end.get(f"{style}/{depth}", usual)
    return usual


def _number(text: str | None) -> int | None:
    return int(text) if text is not None and text.isdecimal() and len(text) < 9 else None
