"""Columns of a page: which stretches are read before which."""

from collections.abc import Sequence

from ess_access.readers.pdf.lines import Stretch, rows_of

__all__ = ["in_reading_order"]

_FEWEST_ROWS = 4
_FULLNESS = 0.6
_BULLETS = "•●◦‣▪■□○➢➤✓✔·∙-–*\uf0b7"
_MOST_DEPTH = 4


def in_reading_order(stretches: Sequence[Stretch], depth: int = 0) -> list[list[list[Stretch]]]:
    """Part a page into flows, each a list of rows: columns from the left, between what spans them.

    Two columns are a stretch of rows with a gap at one place, each side of which holds running
    text or a list; anything else in rows is a table, and stays in its rows.
    """
    rows = rows_of(stretches)
    gutter = _gutter(rows) if depth < _MOST_DEPTH else None
    if gutter is None:
        return _lists_apart(rows)
    flows: list[list[list[Stretch]]] = []
    spanning: list[Stretch] = []
    beside: list[Stretch] = []
    for row in rows:
        crosses = any(one.box.left < gutter - 1 and one.box.right > gutter + 1 for one in row)
        if crosses:
            flows.extend(_parted(beside, gutter, depth))
            beside = []
            spanning.extend(row)
        else:
            if spanning:
                flows.append(rows_of(spanning))
                spanning = []
            beside.extend(row)
    flows.extend(_parted(beside, gutter, depth))
    if spanning:
        flows.append(rows_of(spanning))
    return flows


def _lists_apart(rows: list[list[Stretch]]) -> list[list[list[Stretch]]]:
    """Make flows of lists that stand side by side, one after the other."""
    flows: list[list[list[Stretch]]] = []
    flow: list[list[Stretch]] = []
    place = 0
    while place < len(rows):
        end = place
        while end < len(rows) and len(rows[end]) == len(rows[place]) > 1 and _all_marked(rows[end]):
            end += 1
        if end - place > 1:
            flows.append(flow)
            flows.extend([[one] for one in side] for side in zip(*rows[place:end], strict=True))
            flow = []
            place = end
        else:
            flow.append(rows[place])
            place += 1
    return [held for held in (*flows, flow) if held]


def _all_marked(row: Sequence[Stretch]) -> bool:
    return all(one.text[:1] in _BULLETS for one in row)


def _parted(stretches: Sequence[Stretch], gutter: float, depth: int) -> list[list[list[Stretch]]]:
    flows: list[list[list[Stretch]]] = []
    for side in (True, False):
        held = [one for one in stretches if (one.box.left < gutter) is side]
        if held:
            flows.extend(in_reading_order(held, depth + 1))
    return flows


def _gutter(rows: Sequence[Sequence[Stretch]]) -> float | None:
    """Find the place of the gap that most rows share, if both its sides hold text."""
    everything = [one for row in rows for one in row]
    if len(everything) < 2 * _FEWEST_ROWS:
        return None
    left = min(one.box.left for one in everything)
    right = max(one.box.right for one in everything)
    starts = sorted({round(one.box.left) for one in everything})
    best: tuple[int, float] | None = None
    for start in starts:
        place = start - 2.0
        if not left + (right - left) * 0.2 < place < left + (right - left) * 0.8:
            continue
        before = [one for one in everything if one.box.right <= place + 1]
        after = [one for one in everything if abs(one.box.left - start) < 3 or one.box.left > start]
        crossing = len(everything) - len(before) - len(after)
        aligned = sum(abs(one.box.left - start) < 3 for one in after)
        if len(before) < _FEWEST_ROWS or aligned < _FEWEST_ROWS or crossing > len(rows) * 0.6:
            continue
        if _holds_text(before) and _holds_text(after):
            score = (min(len(before), len(after)) - crossing, -place)
            if best is None or score > best:
                best = score
    return -best[1] if best is not None else None


def _holds_text(side: Sequence[Stretch]) -> bool:
    """Say whether a side is running text (full lines of several words) or a list, not cells."""
    widest = max(one.box.right - one.box.left for one in side)
    filled = sum(
        one.box.right - one.box.left > widest * _FULLNESS and len(one.text.split()) > 2
        for one in side
    )
    listed = sum(one.text[:1] in _BULLETS for one in side)
    return filled * 2 > len(side) or (listed * 3 > len(side) and listed > 1)
