"""Tables by their grid: spans, cells that go on below, rows that are headers."""

from collections.abc import Callable, Iterator

from ess_access.readers._processor.kinds import Kind
from ess_access.readers._processor.raw import Part, RawCell, RawParagraph, RawTable
from ess_access.readers._zip import Element
from ess_access.readers.docx.context import Story
from ess_access.readers.docx.names import MC, W, w
from ess_access.readers.docx.properties import integer, is_on

__all__ = ["table"]

_VAL = w("val")
_THROUGH = frozenset({"ins", "moveTo", "customXml", "smartTag", "sdtContent"})
_MOST_COLUMNS = 1_000
_SIDES = ("top", "left", "start", "bottom", "right", "end", "insideH", "insideV")


def table(element: Element, story: Story, read: Callable[[Element], list[Part]]) -> RawTable | None:
    """Read ``w:tbl``; ``None`` for one without cells. ``read`` reads what a cell holds."""
    context = story.context
    at = context.at

    def left_out(deleted: Element) -> None:
        context.left_out(context.deleted, _words(deleted))

    rows: list[list[RawCell]] = []
    head_rows = 0
    is_head = True
    open_cells: dict[int, RawCell] = {}
    for row in _wrapped(element, "tr"):
        properties = row.find(w("trPr"))
        if _flag(properties, "hidden"):
            context.left_out(context.hidden, _words(row))
            continue
        if properties is not None and properties.find(w("del")) is not None:
            left_out(row)
            continue
        is_head = is_head and _flag(properties, "tblHeader")
        head_rows += is_head
        rows.append(_row(row, properties, open_cells, read, left_out))
    if not any(rows):
        return None
    look = element.find(w("tblPr"))
    style = _text(look, "tblStyle")
    return RawTable(
        rows,
        head_rows,
        _text(look, "tblCaption"),
        _text(look, "tblDescription"),
        bool(style) or _has_borders(element),
        at,
        _names_first_row(look) and context.styles.marks_head(style),
    )


def _row(
    row: Element,
    properties: Element | None,
    open_cells: dict[int, RawCell],
    read: Callable[[Element], list[Part]],
    left_out: Callable[[Element], None],
) -> list[RawCell]:
    cells: list[RawCell] = []
    before = min(_number(properties, "gridBefore"), _MOST_COLUMNS)
    column = 0
    if before:
        cells.append(RawCell([], 0, before))
        column = before
    going_on: dict[int, RawCell] = {}
    for cell in _wrapped(row, "tc"):
        looks = cell.find(w("tcPr"))
        if looks is not None and looks.find(w("cellDel")) is not None:
            # Deleted under revision marks: the cells after it move up to its place.
            left_out(cell)
            continue
        columns = max(1, min(_number(looks, "gridSpan") or 1, _MOST_COLUMNS))
        merge = looks.find(w("vMerge")) if looks is not None else None
        above = open_cells.get(column)
        if merge is not None and merge.get(_VAL) != "restart" and above is not None:
            above.rows += 1
            going_on[column] = above
            content = read(cell)
            if any(_is_worded(part) for part in content):
                above.parts.extend(content)
        else:
            parts = read(cell)
            made = RawCell(parts, column, columns, is_header=_is_heading(parts))
            cells.append(made)
            if merge is not None:
                going_on[column] = made
        column += columns
    after = min(_number(properties, "gridAfter"), _MOST_COLUMNS)
    if after:
        cells.append(RawCell([], column, after))
    open_cells.clear()
    open_cells.update(going_on)
    return cells


def _is_heading(parts: list[Part]) -> bool:
    """Say whether the style of each paragraph of a cell is that of headers."""
    return bool(parts) and all(
        isinstance(part, RawParagraph) and part.kind is Kind.TABLE_HEADING for part in parts
    )


def _is_worded(part: Part) -> bool:
    return not isinstance(part, RawParagraph) or bool(part.runs)


def _wrapped(element: Element, name: str) -> Iterator[Element]:
    """Yield the rows or cells of an element, whatever controls and marks they stand in."""
    wanted = W + name
    for child in element:
        tag = child.tag
        if tag == wanted:
            yield child
        elif tag == w("sdt"):
            content = child.find(w("sdtContent"))
            if content is not None:
                yield from _wrapped(content, name)
        elif isinstance(tag, str) and tag.removeprefix(W) in _THROUGH and tag.startswith(W):
            yield from _wrapped(child, name)
        elif tag == f"{MC}AlternateContent":
            for choice in child:
                if len(choice):
                    yield from _wrapped(choice, name)
                    break


def _flag(properties: Element | None, name: str) -> bool:
    found = properties.find(w(name)) if properties is not None else None
    return found is not None and is_on(found)


def _words(element: Element) -> str:
    return "".join(element.itertext(w("delText"), w("t")))


def _number(properties: Element | None, name: str) -> int:
    found = properties.find(w(name)) if properties is not None else None
    number = integer(found.get(_VAL)) if found is not None else None
    return max(0, number or 0)


def _text(properties: Element | None, name: str) -> str:
    found = properties.find(w(name)) if properties is not None else None
    return (found.get(_VAL) or "").strip() if found is not None else ""


def _names_first_row(properties: Element | None) -> bool:
    look = properties.find(w("tblLook")) if properties is not None else None
    if look is None:
        return False
    first = look.get(w("firstRow"))
    if first is not None:
        return first in ("1", "true", "on")
    try:
        return bool(int(look.get(_VAL) or "0", 16) & 0x20)
    except ValueError:
        return False


def _has_borders(element: Element) -> bool:
    for borders in element.iter(w("tblBorders"), w("tcBorders")):
        for side in _SIDES:
            line = borders.find(w(side))
            if line is not None and (line.get(_VAL) or "none") not in ("none", "nil"):
                return True
    return False
