"""The data of charts as tables, the words of diagrams as lists."""

from collections.abc import Mapping, Sequence

from ess_access.document.inlines import tidy
from ess_access.document.nodes import Block, Cell, Inline, ListBlock, Paragraph, Place, Table, Text
from ess_access.readers._zip import Element
from ess_access.readers.docx.names import DGM, A, C

__all__ = ["chart_table", "diagram_list"]

_MOST_POINTS = 5_000
_MOST_DEPTH = 20


def chart_table(root: Element, at: Place) -> Table | None:
    """Make a table of a chart's cached data: a row for each category, a column for each series.

    ``None`` for a chart without data.
    """
    series = list(root.iter(f"{C}ser"))
    names = [_joined(one.find(f"{C}tx")) for one in series]
    columns = [_points(_first(one, "val", "yVal", "bubbleSize")) for one in series]
    categories: dict[int, str] = {}
    for one in series:
        categories = {**_points(_first(one, "cat", "xVal")), **categories}
    rows = sorted({number for column in columns for number in column} | set(categories))
    if not rows or not series:
        return None
    title = root.find(f".//{C}chart/{C}title")
    head = (_cell("", header=True), *(_cell(name, header=True) for name in names))
    body = tuple(
        (
            _cell(categories.get(number, str(number + 1)), header=True),
            *(_cell(column.get(number, "")) for column in columns),
        )
        for number in rows[:_MOST_POINTS]
    )
    caption = "".join(title.itertext(f"{A}t", f"{C}v")) if title is not None else ""
    return Table((head, *body), 1, _inlines(caption), at=at)


def _first(element: Element, *names: str) -> Element | None:
    return next((found for name in names if (found := element.find(C + name)) is not None), None)


def _points(element: Element | None) -> dict[int, str]:
    found: dict[int, str] = {}
    for point in element.iter(f"{C}pt") if element is not None else ():
        index, value = point.get("idx") or "", point.find(f"{C}v")
        if index.isdecimal() and len(index) < 8 and value is not None:
            number = int(index)
            # Several levels of categories: the inner one comes first.
            found[number] = (
                f"{value.text}, {found[number]}" if number in found else value.text or ""
            )
    return found


def _joined(element: Element | None) -> str:
    return "".join(element.itertext(f"{C}v", f"{A}t")) if element is not None else ""


def _inlines(text: str) -> tuple[Inline, ...]:
    return tidy((Text(text),))


def _cell(text: str, *, header: bool = False) -> Cell:
    words = _inlines(text)
    return Cell((Paragraph(words),) if words else (), header=header)


def diagram_list(root: Element, at: Place) -> ListBlock | None:
    """Make nested lists of the words of a diagram; ``None`` where it has none."""
    words: dict[str, str] = {}
    top: list[str] = []
    for point in root.iter(f"{DGM}pt"):
        kind, key = point.get("type") or "node", point.get("modelId") or ""
        if kind == "doc":
            top.append(key)
        elif kind in ("node", "asst"):
            words[key] = " ".join("".join(point.itertext(f"{A}t")).split())
    children: dict[str, list[tuple[int, str]]] = {}
    below: set[str] = set()
    for link in root.iter(f"{DGM}cxn"):
        if (link.get("type") or "parOf") == "parOf":
            order = link.get("srcOrd") or "0"
            child = link.get("destId") or ""
            place = int(order) if order.isdecimal() and len(order) < 8 else 0
            children.setdefault(link.get("srcId") or "", []).append((place, child))
            below.add(child)
    tree = {key: [child for _, child in sorted(listed)] for key, listed in children.items()}
    first = [child for key in top for child in tree.get(key, [])] or [
        key for key in words if key not in below
    ]
    items = _items(first, words, tree, 0)
    return ListBlock(items, at=at) if items else None


def _items(
    keys: Sequence[str], words: Mapping[str, str], tree: Mapping[str, Sequence[str]], depth: int
) -> tuple[tuple[Block, ...], ...]:
    if depth > _MOST_DEPTH:
        return ()
    found: list[tuple[Block, ...]] = []
    for key in keys:
        inner = _items(tree.get(key, ()), words, tree, depth + 1)
        text = _inlines(words.get(key, ""))
        if text:
            nested = (ListBlock(inner),) if inner else ()
            found.append((Paragraph(text), *nested))
        else:
            found.extend(inner)
    return tuple(found)
