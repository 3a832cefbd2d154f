"""Elements into rows, rows into pages: keep rules, page numbers, print pages (CBFU 3.1g, 3.4)."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from ess_access.backends.braille import cells as c
from ess_access.backends.braille.elements import Element, Entry, Flow, Grid, NewPage, PrintPage
from ess_access.backends.braille.fill import Run, Splitter
from ess_access.backends.braille.inlines import number_cells

__all__ = ["Page", "Paginator", "Placed", "Row"]

_GAP = 3  # blank cells between the text of the first row and the page's number, 3.4a


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a page without blanks at its end, and the print it stands for."""

    cells: str
    print: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    """A page; ``number`` is ``0`` where none is shown."""

    rows: tuple[Row, ...]
    number: int
    print_page: str = ""


@dataclass(frozen=True, slots=True)
class Placed:
    """A heading and the index of the page where it begins."""

    entry: Entry
    page: int


@dataclass(slots=True)
class Paginator:
    """Lay elements on pages of ``width`` cells and ``height`` rows.

    The first page shows no number (3.4a); ``first_number`` is its own all the same.
    ``trace`` keeps the print of each row, for previews.
    """

    width: int
    height: int
    has_numbers: bool = True
    has_print_pages: bool = False
    first_number: int = 1
    trace: bool = False
    splitter: Callable[[Flow], Splitter | None] | None = None
    pages: list[Page] = field(default_factory=list)
    placed: list[Placed] = field(default_factory=list)
    _rows: list[Row] = field(default_factory=list)
    _blank: int = 0
    _print_page: str = ""
    _print_changes: list[str] = field(default_factory=list)

    def lay(self, elements: Iterable[Element]) -> tuple[Page, ...]:
        """Lay all the elements; the last page is closed."""
        found = tuple(elements)
        for at, element in enumerate(found):
            match element:
                case NewPage():
                    self.close_page()
                case PrintPage(label):
                    self._turn_print_page(label)
                case Flow():
                    self._open(element, found, at)
                    self._flow(element)
                    self._blank = element.after
                case Grid():
                    self._open(element, found, at)
                    self._grid(element)
                    self._blank = max(element.after, self._blank if not element.rows else 0)
        self.close_page()
        return tuple(self.pages)

    # --- rows ------------------------------------------------------------------------------------

    def _number(self) -> int:
        number = self.first_number + len(self.pages)
        return number if self.has_numbers and len(self.pages) > 0 else 0

    def _label(self) -> str:
        number = self._number()
        return number_cells(number) if number else ""

    def _room(self) -> int:
        """Give the cells that the row to come may hold."""
        label = self._label()
        return self.width - len(label) - _GAP if label and not self._rows else self.width

    def _put(self, cells: str, printed: str = "") -> None:
        """Add a row: the first of a page also bears its number."""
        if not self._rows:
            label = self._label()
            if self.has_print_pages and self._print_page:
                self._rows.append(Row(self._header(label)))
            elif label:
                if len(cells) > self._room():
                    self._rows.append(Row(label.rjust(self.width, c.BLANK)))
                else:
                    cells = cells.ljust(self.width - len(label), c.BLANK) + label
        self._rows.append(Row(cells.rstrip(c.BLANK), printed))
        if len(self._rows) >= self.height:
            self.close_page()

    def _header(self, label: str) -> str:
        """Give the row of numbers, where the pages of the print are marked (3.4b)."""
        return self._print_page.ljust(self.width - len(label), c.BLANK) + label

    def close_page(self) -> None:
        """End the page at hand, if anything stands on it."""
        self._blank = 0
        if self._rows:
            self.pages.append(Page(tuple(self._rows), self._number(), self._print_page))
            self._rows = []

    def _turn_print_page(self, label: str) -> None:
        self._print_page = label

    # --- keeping together ------------------------------------------------------------------------

    def _open(self, element: Flow | Grid, following: Sequence[Element], at: int) -> None:
        """Leave the blank rows before an element, or turn the page when it cannot begin here."""
        blank = max(self._blank, element.before)
        self._blank = 0
        if not self._rows:
            return
        if isinstance(element, Grid) and not element.rows:
            self._blank = blank
            return
        needed = blank + self._needed(element, following, at)
        if len(self._rows) + needed > self.height:
            self.close_page()
            return
        for _ in range(blank):
            self._rows.append(Row(""))

    def _needed(self, element: Flow | Grid, following: Sequence[Element], at: int) -> int:
        """Count the rows that must stand together: headings with what they announce (3.2)."""
        if not element.keep:
            return 1
        rows = self._height_of(element)
        needed, keep, blank = rows, element.keep, element.after
        for other in following[at + 1 :]:
            if isinstance(other, PrintPage):
                continue
            if isinstance(other, NewPage):
                break
            blank = max(blank, other.before)
            if isinstance(other, Grid) and not other.rows:
                blank = max(blank, other.after)
                continue
            if other.keep:
                needed += blank + self._height_of(other)
                keep, blank = max(keep, other.keep), other.after
                continue
            needed += blank + min(keep, self._height_of(other, at_most=keep))
            break
        return min(needed, self.height)

    def _height_of(self, element: Flow | Grid, at_most: int = 0) -> int:
        if isinstance(element, Grid):
            return len(element.rows)
        if element.is_centred:
            return len(self._centred_lines(element, self.width - 2 * element.margin))
        run, count = Run(element.cells), 0
        while not run.is_done and (not at_most or count < at_most):
            room = self.width - (element.rest if count else element.first)
            run.take(room, room)
            count += 1
        return count

    # --- elements ----------------------------------------------------------------------------

    def _flow(self, flow: Flow) -> None:
        if flow.entry is not None:
            self.placed.append(Placed(flow.entry, len(self.pages)))
        if flow.is_centred:
            self._centred(flow)
            return
        split = self.splitter(flow) if self.splitter is not None else None
        run = Run(flow.cells, split)
        words = flow.print.split(" ") if self.trace else []
        indent = flow.first
        while not run.is_done:
            begun = run.word
            row = run.take(max(self._room() - indent, 1), self.width - flow.rest)
            printed = " ".join(words[begun : run.word]) if words else ""
            self._put(c.BLANK * indent + row if row else "", printed)
            if row:
                indent = flow.rest

    def _centred(self, flow: Flow) -> None:
        room = self.width - 2 * flow.margin
        lines = self._centred_lines(flow, room)
        if self._room() < self.width:
            # The first row leaves three cells before the page's number, as it does at both ends.
            label_room = self.width - 2 * (self.width - self._room())
            if label_room > 0 and len(lines[0]) > label_room:
                lines = self._centred_lines(flow, max(label_room, room // 2))
        words = flow.print.split(" ") if self.trace else []
        for line in lines:
            count = line.count(c.BLANK) + 1
            self._put(c.BLANK * ((self.width - len(line)) // 2) + line, " ".join(words[:count]))
            words = words[count:]

    def _centred_lines(self, flow: Flow, room: int) -> list[str]:
        """Cut a centred text into lines of like lengths (3.1a)."""
        fewest = _cut(flow.cells, room)
        best = fewest
        for narrower in range(room - 1, 0, -1):
            lines = _cut(flow.cells, narrower)
            if len(lines) > len(fewest) or any(len(line) > narrower for line in lines):
                break
            best = lines
        return best

    def _grid(self, grid: Grid) -> None:
        for cells, printed in grid.rows:
            self._put(cells, printed)


def _cut(cells: str, room: int) -> list[str]:
    run, lines = Run(cells), []
    while not run.is_done:
        lines.append(run.take(max(room, 2), max(room, 2)))
    return lines
