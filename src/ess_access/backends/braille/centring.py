"""Centred text in lines of like lengths (CBFU 3.1a)."""

from ess_access.backends.braille import cells as c
from ess_access.backends.braille.fill import Run

__all__ = ["centred_lines"]


def centred_lines(cells: str, room: int) -> list[str]:
    """Cut a centred text into lines of like lengths (3.1a)."""
    fewest = _cut(cells, room)
    best = fewest
    longest = max(map(len, cells.split(c.BLANK)))
    for narrower in range(room - 1, longest - 1, -1):
        lines = _cut(cells, narrower)
        if len(lines) > len(fewest):
            break
        best = lines
    return best


def _cut(cells: str, room: int) -> list[str]:
    run, lines = Run(cells), []
    while not run.is_done:
        lines.append(run.take(max(room, 2), max(room, 2)))
    return lines
