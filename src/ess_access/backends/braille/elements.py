"""What a document is made of once it is in cells and before it is in rows."""

from dataclasses import dataclass

__all__ = ["Element", "Entry", "Flow", "Grid", "NewPage"]


@dataclass(frozen=True, slots=True)
class Entry:
    """A heading as the contents show it; ``level`` is 1 to 6."""

    level: int
    cells: str
    print: str


@dataclass(frozen=True, slots=True)
class Flow:
    """A run of cells to be cut into rows.

    ``first`` and ``rest`` are the blank cells before the first row and the others (CBFU writes
    « 3-1 » for 2 and 0). ``centred`` leaves ``margin`` cells free on both sides (3.1a).
    ``before`` and ``after`` are blank rows. ``keep`` is how many rows of what follows stand on
    the same page (3.2). ``print_pages`` are the numbers of the print's pages that begin at the
    signs of change among the cells (3.4b).
    """

    cells: str
    print: str = ""
    first: int = 0
    rest: int = 0
    is_centred: bool = False
    margin: int = 3
    before: int = 0
    after: int = 0
    keep: int = 0
    entry: Entry | None = None
    print_pages: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Grid:
    """Rows that are already cut: columns of a table, the lines of a box.

    ``rows`` are pairs of cells and print. ``head`` rows are said again on each new page.
    ``is_whole`` keeps all of them on one page.
    """

    rows: tuple[tuple[str, str], ...]
    head: int = 0
    before: int = 0
    after: int = 0
    keep: int = 0
    is_whole: bool = False


@dataclass(frozen=True, slots=True)
class NewPage:
    """What follows begins a page."""


Element = Flow | Grid | NewPage
