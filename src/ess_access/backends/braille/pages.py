"""Elements into rows, rows into pages: keep rules, page numbers, print pages (CBFU 3.1g, 3.4)."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from ess_access.backends.braille import cells as c
from ess_access.backends.braille.centring import centred_lines
from ess_access.backends.braille.elements import Element, Flow, Grid, NewPage
from ess_access.backends.braille.fill import Run, Splitter, usual_rows
from ess_access.backends.braille.inlines import number_cells
from ess_access.backends.braille.interlined import print_words
from ess_access.backends.braille.marks import ADDRESS
from ess_access.backends.braille.printpages import PrintPages
from ess_access.backends.braille.rows import Page, Placed, Row

__all__ = ["Page", "Paginator", "Placed", "Row"]

_GAP = 3  # blank cells between the text of the first row and the page's number, 3.4a


@dataclass(slots=True)
class Paginator:
    """Lay elements on pages of ``width`` cells and ``height`` rows.

    ``first_number`` is the number of the first page; page 1 of a volume shows none (3.4a).
    ``is_number_alone`` leaves the first row to the number (contents, 3.7). ``trace`` keeps the
    print of each row, for previews. ``starts`` tells on which page each element began.
    """

    width: int
    height: int
    has_numbers: bool = True
    first_number: int = 1
    is_number_alone: bool = False
    trace: bool = False
    splitter: Callable[[Flow], Splitter | None] | None = None
    print_pages: PrintPages | None = None
    pages: list[Page] = field(default_factory=list)
    placed: list[Placed] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)
    _rows: list[Row | str] = field(default_factory=list)
    _blank: int = 0

    def lay(self, elements: Iterable[Element]) -> tuple[Page, ...]:
        """Lay all the elements; the last page is closed."""
        found = tuple(elements)
        for at, element in enumerate(found):
            match element:
                case NewPage():
                    self._close_page()
                case Flow():
                    self._open(element, found, at)
                case Grid():
                    self._open(element, found, at)
            self.starts.append(len(self.pages))
            match element:
                case Flow():
                    self._flow(element)
                    self._blank = element.after
                case Grid() if element.rows:
                    self._grid(element)
                    self._blank = element.after
                case Grid():
                    self._blank = max(element.after, self._blank)
                case NewPage():
                    pass
        self._close_page()
        return tuple(self.pages)

    # --- rows --------------------------------------------------------------------------------

    def _label(self) -> str:
        """Give the cells of the number that this page shows."""
        number = self.first_number + len(self.pages)
        return number_cells(number) if self.has_numbers and number > 1 else ""

    def _room(self) -> int:
        """Give the cells that the row to come may hold."""
        if self._rows or self._has_header():
            return self.width
        label = self._label()
        return self.width - len(label) - _GAP if label else self.width

    def _has_header(self) -> bool:
        """Say whether the first row is for numbers alone: print pages (3.4b), contents (3.7)."""
        if self.print_pages is not None:
            return True
        return self.is_number_alone and bool(self.pages)

    def _begin_page(self) -> None:
        if not self._rows and self._has_header():
            self._rows.append(self._label().rjust(self.width, c.BLANK))

    def _put(self, cells: str, printed: str = "") -> None:
        """Add a row: the first of a page also bears its number."""
        cells = cells.replace(c.HELD, c.BLANK)
        if not self._rows:
            self._begin_page()
        if not self._rows:
            label = self._label()
            if label and len(cells) > self._room():
                self._rows.append(label.rjust(self.width, c.BLANK))
            elif label:
                cells = cells.ljust(self.width - len(label), c.BLANK) + label
        cells = cells.rstrip(c.BLANK)
        self._rows.append(Row(cells, printed) if printed else cells)
        if len(self._rows) >= self.height:
            self._close_page()

    def _close_page(self) -> None:
        """End the page at hand, if anything stands on it."""
        self._blank = 0
        if not self._rows:
            return
        rows = self._rows
        while rows and not (rows[-1] if isinstance(rows[-1], str) else rows[-1].cells):
            rows.pop()
        if self.print_pages is not None:
            rows[0] = self.print_pages.header(self._label(), self.width).rstrip(c.BLANK)
        self.pages.append(Page(tuple(rows), self.first_number + len(self.pages)))
        self._rows = []

    # --- keeping together --------------------------------------------------------------------

    def _open(self, element: Flow | Grid, following: Sequence[Element], at: int) -> None:
        """Leave the blank rows before an element, or turn the page when it cannot begin here."""
        if isinstance(element, Grid) and not element.rows:
            self._blank = max(self._blank, element.before)
            return
        blank = max(self._blank, element.before)
        self._blank = 0
        if not self._rows:
            return
        needed = blank + self._needed(element, following, at)
        if len(self._rows) + needed > self.height:
            self._close_page()
            return
        self._rows.extend([""] * blank)

    def _needed(self, element: Flow | Grid, following: Sequence[Element], at: int) -> int:
        """Count the rows that must stand together: headings with what they announce (3.2)."""
        if not element.keep:
            is_whole = isinstance(element, Grid) and element.is_whole
            return min(self._height_of(element), self.height - 1) if is_whole else 1
        needed, keep, blank = self._height_of(element), element.keep, element.after
        for other in following[at + 1 :]:
            match other:
                case NewPage():
                    break
                case Grid() if not other.rows:
                    blank = max(blank, other.before, other.after)
                    continue
            blank = max(blank, other.before)
            if other.keep:
                needed += blank + self._height_of(other)
                keep, blank = max(keep, other.keep), other.after
                continue
            rows = min(keep, self._height_of(other, at_most=keep))
            needed, keep, blank = needed + blank + rows, keep - rows, other.after
            if keep <= 0:
                break
        return min(needed, self.height - 1)

    def _height_of(self, element: Flow | Grid, at_most: int = 0) -> int:
        if isinstance(element, Grid):
            return len(element.rows)
        if element.is_centred:
            return len(centred_lines(element.cells, self.width - 2 * element.margin))
        run, count = Run(element.cells), 0
        while not run.is_done and (not at_most or count < at_most):
            room = self.width - (element.rest if count else element.first)
            run.take(room, room)
            count += 1
        return count

    # --- elements ----------------------------------------------------------------------------

    def _flow(self, flow: Flow) -> None:
        if flow.entry is not None:
            self.placed.append(Placed(flow.entry, self.first_number + len(self.pages)))
        if flow.is_centred:
            self._centred(flow)
            return
        split = self.splitter(flow) if self.splitter is not None else None
        is_plain = not self.trace and not flow.print_pages and ADDRESS not in flow.cells
        if split is None and is_plain and not self._has_long_pair(flow):
            self._plain_flow(flow)
            return
        self._flow_of_words(Run(flow.cells, split), flow, flow.first)

    def _has_long_pair(self, flow: Flow) -> bool:
        """Say whether words that are held together fit in no row."""
        if c.HELD not in flow.cells:
            return False
        return max(map(len, flow.cells.split(c.BLANK))) > self.width - max(flow.first, flow.rest)

    def _flow_of_words(self, run: Run, flow: Flow, indent: int) -> None:
        """Lay a flow from where ``run`` stands, its first row ``indent`` cells from the margin."""
        words = print_words(flow.cells, flow.print) if self.trace else []
        labels = list(flow.print_pages)
        indent, rest = min(indent, self.width // 2), min(flow.rest, self.width // 2)
        while not run.is_done:
            begun = run.word
            row = run.take(self._room() - indent, self.width - rest)
            if not row and self._room() == self.width:
                indent = rest  # the word needs the room of the rows to come
                continue
            if labels and row:
                row = self._turn_print_pages(row, labels)
            printed = " ".join(words[begun : None if run.is_done else run.word])
            self._put(c.BLANK * indent + row if row else "", printed)
            if row:
                indent = rest

    def _plain_flow(self, flow: Flow) -> None:
        """Lay a flow of plain words: what `_flow` does, without what most paragraphs lack."""
        cells, at = flow.cells, 0
        length = len(cells)
        indent, rest = (min(blank, self.width // 2) for blank in (flow.first, flow.rest))
        rows: list[str] = []  # what follows `at`, in rows of the usual room
        while at < length:
            if not self._rows or indent != rest:
                room = self._room() - indent
                end = length if length - at <= room else cells.rfind(c.BLANK, at, at + room + 1)
                if end <= at:  # a word longer than the row: `Run` breaks it, or makes it wait
                    self._flow_of_words(Run(cells[at:]), flow, indent)
                    return
                self._put(c.BLANK * indent + cells[at:end])
                rows = rows[1:] if rows and len(rows[0]) == end - at else []
                at, indent = end + 1, rest
                continue
            rows = rows or usual_rows(cells, at, self.width - rest)
            if not rows:
                self._flow_of_words(Run(cells[at:]), flow, indent)
                return
            begun = rows[: self.height - len(self._rows)]
            rows = rows[len(begun) :]
            at += sum(map(len, begun)) + len(begun)
            if rest or c.HELD in cells:
                begun = [c.BLANK * rest + row.replace(c.HELD, c.BLANK) for row in begun]
            # `_put`, without what the first row of a page asks.
            self._rows.extend(begun)
            if len(self._rows) >= self.height:
                self._close_page()

    def _turn_print_pages(self, row: str, labels: list[str]) -> str:
        """Note the changes of print page in a row; at the top of a page they need no sign."""
        words = row.split(c.BLANK)
        for at, word in enumerate(words):
            if word == c.PRINT_PAGE and labels:
                is_at_top = at == 0 and not self._rows
                if self.print_pages is not None:
                    self.print_pages.turn(labels.pop(0), is_at_top=is_at_top)
                if is_at_top:
                    words[0] = ""
        return c.BLANK.join(words).lstrip(c.BLANK) if words and not words[0] else row

    def _centred(self, flow: Flow) -> None:
        room = self.width - 2 * flow.margin
        lines = centred_lines(flow.cells, room)
        taken = self.width - self._room()
        beside = self.width - 2 * taken
        if taken and len(lines[0]) > beside:
            # The first row leaves three cells before the page's number, as it does at its start;
            # words of centred titles are not cut (3.1g): one too long leaves the row to the number.
            if max(map(len, flow.cells.split(c.BLANK))) <= beside:
                lines = centred_lines(flow.cells, beside)
            else:
                self._put("")
        words = print_words(flow.cells, flow.print) if self.trace else []
        labels = list(flow.print_pages)
        for line in lines:
            count = line.count(c.BLANK) + 1
            kept = self._turn_print_pages(line, labels) if labels else line
            start = c.BLANK * ((self.width - len(kept)) // 2)
            self._put(start + kept, " ".join(words[:count]))
            words = words[count:]

    def _grid(self, grid: Grid) -> None:
        head = grid.rows[: grid.head]
        for at, (cells, printed) in enumerate(grid.rows):
            if not self._rows and at >= grid.head:
                # 3.8a: the headers are said again at the top of each page.
                for head_cells, head_print in head:
                    self._put(head_cells, head_print)
            self._put(cells, printed)
