"""The flow of paragraphs, tables and what wraps them, read from the XML."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from ess_access.api.findings import Severity
from ess_access.document.nodes import LineBreak, PageBreak, Text
from ess_access.french.addresses import find
from ess_access.readers._processor.kinds import Kind
from ess_access.readers._processor.raw import ListPlace, Part, RawParagraph, RawRun
from ess_access.readers._zip import Element
from ess_access.readers.docx.choices import alternative
from ess_access.readers.docx.context import Story
from ess_access.readers.docx.grid import table
from ess_access.readers.docx.names import MC, M, W, w
from ess_access.readers.docx.numbering import form_of
from ess_access.readers.docx.properties import integer, is_on
from ess_access.readers.docx.ranges import around, mark_of
from ess_access.readers.docx.runs import Line
from ess_access.readers.docx.styles import ParagraphStyle, indent_of

__all__ = ["flow", "parts_of"]

_VAL = w("val")
_HYPHEN = w("noBreakHyphen")
_GAPS = (w("br"), w("cr"), w("tab"), w("ptab"))
_SIGNS = {_HYPHEN: "-", **dict.fromkeys(_GAPS, " ")}
_THROUGH = frozenset({"ins", "moveTo", "customXml", "smartTag"})
_CONTENTS = frozenset({"table of contents", "table des matières", "table of figures"})


def flow(element: Element, story: Story) -> list[Part]:
    """Read the blocks that an element holds."""
    return [part for child in element for part in parts_of(child, story)]


def parts_of(child: Element, story: Story) -> Iterable[Part]:
    """Read one block."""
    tag = child.tag
    if not isinstance(tag, str):
        return ()
    if tag.startswith(W):
        match tag[len(W) :]:
            case "p":
                return _paragraph(child, story)
            case "tbl":
                return _table(child, story)
            case "sdt":
                return _control(child, story)
            case "del" | "moveFrom":
                context = story.context
                context.left_out(context.deleted, "".join(child.itertext(w("delText"), w("t"))))
                return ()
            case "bookmarkStart" | "bookmarkEnd":  # between paragraphs: it marks the next one
                mark = mark_of(child, story.context)
                if mark is not None:
                    return (mark,)
                anchor = child.get(w("name")) or ""
                if anchor in story.context.linked:
                    story.context.anchors.append(anchor)
                return ()
            case "altChunk":
                story.context.find("SRC-064", Severity.WARNING, what="altChunk")
                return ()
            case name if name in _THROUGH:
                return _within(child, story)
            case _:
                return ()
    if tag == f"{MC}AlternateContent":
        chosen = alternative(child)
        return _within(chosen, story) if chosen is not None else ()
    if tag == f"{M}oMathPara":
        line = Line(story, story.context.styles.paragraph(None))
        line.formula(child)
        return (RawParagraph(Kind.BODY, 0, line.runs, story.context.at),) if line.runs else ()
    return ()


def _within(element: Element, story: Story) -> list[Part]:
    story.context.deeper()
    found = flow(element, story)
    story.context.shallower()
    return found


def _control(element: Element, story: Story) -> Iterable[Part]:
    """Read a content control; the file's own table of contents is left out."""
    gallery = element.find(f"{w('sdtPr')}/{w('docPartObj')}/{w('docPartGallery')}")
    if gallery is not None and (gallery.get(_VAL) or "").lower() in _CONTENTS:
        story.context.contents += 1
        story.context.after_contents = True
        return ()
    content = element.find(w("sdtContent"))
    return _within(content, story) if content is not None else ()


def _table(element: Element, story: Story) -> Iterable[Part]:
    story.context.deeper()
    found = table(element, story, lambda cell: flow(cell, story))
    story.context.shallower()
    return (found,) if found is not None else ()


def _paragraph(element: Element, story: Story) -> Iterator[Part]:
    context = story.context
    if not story.in_note:
        context.paragraph += 1
    properties = element.find(w("pPr"))
    written = properties.find(w("pStyle")) if properties is not None else None
    style = context.styles.paragraph(written.get(_VAL) if written is not None else None)
    kind, level = _kind(style, properties)
    if kind is Kind.HEADING and story.fields.is_silent:
        story.fields.rescue()
    was_silent = story.fields.is_silent
    at = context.at
    line = Line(story, style)
    if context.anchors:
        line.anchors, context.anchors = context.anchors, []
    _mend_hyphens(element)
    line.read(element)
    if kind is Kind.CONTENTS:
        context.contents += bool(line.runs)
        yield from line.parts
        return
    ended, begun, closed = around(line.marks, has_words=bool(line.runs))
    yield from ended
    if _breaks_before(properties) and not context.after_contents:
        yield PageBreak(at=at)
    context.after_contents = False
    yield from begun
    in_list = None
    goes_on = _end_is_deleted(properties)
    if not goes_on and not (was_silent and not line.runs):
        in_list = _list_place(style, properties, story)
    indent = indent_of(properties)
    made = RawParagraph(
        kind,
        level,
        line.runs,
        at,
        in_list,
        (style.indent or 0) if indent is None else indent,
        tuple(line.anchors),
        _is_drop_cap(properties),
        goes_on,
        bool(style.run.is_bold),
        style.keeps_next or _is_set(properties, "keepNext"),
    )
    yield from _cut(made, line.breaks)
    yield from line.parts
    yield from closed
    if properties is not None and _ends_page(properties.find(w("sectPr"))):
        yield PageBreak(at=at)


def _mend_hyphens(paragraph: Element) -> None:
    """Give addresses their plain hyphens back: one that no line may end at opens no page.

    So with the compounds of tables: it is there for the sake of the line.
    """
    if next(paragraph.iter(_HYPHEN), None) is None:
        return
    place, hyphens, words = 0, [], []
    for node in paragraph.iter(w("t"), _HYPHEN, *_GAPS):
        if node.tag == _HYPHEN:
            hyphens.append((place, node))
        # What parts words on the page parts an address from the word before it.
        words.append(_SIGNS.get(str(node.tag)) or node.text or "")
        place += len(words[-1])
    text = "".join(words)
    spans = find(text)
    in_table = next(paragraph.iterancestors(w("tc")), None) is not None
    for place, node in hyphens:
        before, after = text[place - 1 : place], text[place + 1 : place + 2]
        is_compound = in_table and before.isalnum() and after.isalnum()
        if is_compound or any(start <= place < end for start, end in spans):
            node.tag, node.text = w("t"), "-"


def _cut(paragraph: RawParagraph, breaks: list[int]) -> Iterator[Part]:
    """Cut a paragraph at its page breaks; only one end of it stays in a list."""
    if not breaks:
        yield paragraph
        return
    begin = 0
    is_first = True
    for place in (*breaks, len(paragraph.runs)):
        runs = paragraph.runs[begin:place]
        if not is_first:
            yield PageBreak(at=paragraph.at)
        has_words = any(not _is_blank(run) for run in runs)
        if has_words or (place == len(paragraph.runs) and paragraph.goes_on):
            yield replace(paragraph, runs=runs)
            paragraph = replace(paragraph, in_list=None, anchors=())
        begin, is_first = place, False


def _is_blank(run: RawRun) -> bool:
    node = run.node
    return isinstance(node, LineBreak) or (isinstance(node, Text) and not node.text.strip())


def _kind(style: ParagraphStyle, properties: Element | None) -> tuple[Kind, int]:
    kind, level = style.kind, style.level
    outline = properties.find(w("outlineLvl")) if properties is not None else None
    number = integer(outline.get(_VAL)) if outline is not None else None
    if number is not None and kind in (Kind.BODY, Kind.HEADING):
        kind, level = (Kind.HEADING, number + 1) if 0 <= number < 9 else (Kind.BODY, 0)
    return kind, min(level, 6)


def _breaks_before(properties: Element | None) -> bool:
    return _is_set(properties, "pageBreakBefore")


def _is_set(properties: Element | None, name: str) -> bool:
    found = properties.find(w(name)) if properties is not None else None
    return found is not None and is_on(found)


def _ends_page(section: Element | None) -> bool:
    """Say whether a section ends here and the next begins on a new page (§17.6.22)."""
    if section is None:
        return False
    kind = section.find(w("type"))
    return kind is None or kind.get(_VAL) not in ("continuous", "nextColumn")


def _is_drop_cap(properties: Element | None) -> bool:
    frame = properties.find(w("framePr")) if properties is not None else None
    return frame is not None and frame.get(w("dropCap")) in ("drop", "margin")


def _end_is_deleted(properties: Element | None) -> bool:
    mark = properties.find(w("rPr")) if properties is not None else None
    return mark is not None and (mark.find(w("del")) is not None)


def _list_place(
    style: ParagraphStyle, properties: Element | None, story: Story
) -> ListPlace | None:
    """Count the paragraph in its list, if it is in one."""
    numbering = story.context.numbering
    written = properties.find(w("numPr")) if properties is not None else None
    num_id, depth = style.num_id, style.list_level
    is_direct = False
    if written is not None:
        found, level = written.find(w("numId")), written.find(w("ilvl"))
        if found is not None:
            num_id, is_direct = found.get(_VAL), True
        if level is not None:
            depth = integer(level.get(_VAL))
    if num_id is None or num_id == "0":
        return None
    if depth is None:
        tied = (numbering.level_of_style(num_id, key) for key in style.ids)
        depth = next((level for level in tied if level is not None), 0)
    depth = max(0, min(depth, 8))
    levels = numbering.levels(num_id)
    level_here = levels.get(depth)
    if not levels or level_here is None:
        return None  # a list that is not defined shows no mark in Word
    indent = indent_of(properties)
    if indent is None:
        own = (level_here.indent, style.indent) if is_direct else (style.indent, level_here.indent)
        indent = next((value for value in own if value), 0)
    key = f"{numbering.key(num_id)}"
    if level_here.is_bare:
        return ListPlace(key, depth, indent, is_ordered=False, value=0, is_bare=True)
    value = numbering.count(num_id, depth)
    is_ordered = not level_here.is_bullet
    label = numbering.label(num_id, depth) if is_ordered else ""
    has_words = level_here.has_words
    if has_words and style.kind is not Kind.HEADING:
        return ListPlace(key, depth, indent, is_ordered=False, value=value, label=label)
    return ListPlace(key, depth, indent, is_ordered, value, label, form_of(level_here.form))
