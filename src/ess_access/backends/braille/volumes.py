"""Cut the elements of a document into volumes, at chapters where it can be (CBFU 3.5)."""

from collections.abc import Sequence
from dataclasses import replace

from ess_access.backends.braille import cells as c
from ess_access.backends.braille.elements import Element, Entry, Flow, Grid
from ess_access.backends.braille.translator import Translator

__all__ = ["cut"]


def cut(
    elements: Sequence[Element], starts: Sequence[int], limit: int, translator: Translator
) -> list[list[Element]]:
    """Cut so that no volume has more than ``limit`` pages of text.

    ``starts`` gives the page where each element begins when all are laid in one run. A volume ends
    before a heading, of the highest level there is; without one, before any element.
    """
    volumes: list[list[Element]] = []
    begin = 0
    while begin < len(elements) and starts[-1] - starts[begin] >= limit:
        end = _best_end(elements, starts, begin, limit)
        if end <= begin or end >= len(elements):
            break
        volumes.append(_continued(elements, volumes, begin, end, translator))
        begin = end
    volumes.append(_continued(elements, volumes, begin, len(elements), translator))
    return volumes


def _best_end(elements: Sequence[Element], starts: Sequence[int], begin: int, limit: int) -> int:
    """Find where the volume that begins at ``begin`` ends: its last chapter that fits."""
    best_level, best = 8, begin
    for at in range(begin + 1, len(elements)):
        if starts[at] - starts[begin] >= limit:
            break
        element = elements[at]
        if not isinstance(element, Flow):
            continue
        level = element.entry.level if element.entry is not None else 7
        # A chapter that leaves the volume nearly empty is worse than a lower heading further on.
        is_full = starts[at] - starts[begin] >= limit // 3
        if level <= best_level or (not _is_full(starts, begin, best, limit) and is_full):
            best_level, best = level, at
    return best


def _is_full(starts: Sequence[int], begin: int, at: int, limit: int) -> bool:
    return starts[at] - starts[begin] >= limit // 3


def _continued(
    elements: Sequence[Element],
    before: Sequence[Sequence[Element]],
    begin: int,
    end: int,
    translator: Translator,
) -> list[Element]:
    """Give the elements of a volume; one that begins within a chapter names it again (3.5)."""
    own = list(elements[begin:end])
    while own and isinstance(own[0], Grid) and not own[0].rows:
        own.pop(0)
    first = own[0] if own else None
    if not before or (isinstance(first, Flow) and first.entry is not None):
        return own
    entry = _chapter(elements[:begin])
    if entry is None:
        return own
    said = translator.translate(f"{c.NOTE_OPEN}suite{c.NOTE_CLOSE}")
    title = Flow(
        entry.cells + c.BLANK + said.cells,
        f"{entry.print} {said.print}",
        is_centred=True,
        after=1,
        keep=2,
    )
    return [replace(title), *own]


def _chapter(elements: Sequence[Element]) -> Entry | None:
    """Find the chapter that is still open at the end of these elements."""
    for element in reversed(elements):
        if isinstance(element, Flow) and element.entry is not None:
            return element.entry
    return None
