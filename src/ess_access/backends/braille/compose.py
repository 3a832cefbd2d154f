"""Blocks into elements: where each kind of block stands on the page (CBFU, third part)."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from typing import assert_never

from ess_access.backends.braille import cells as c
from ess_access.backends.braille import marks
from ess_access.backends.braille.elements import Element, Flow, Grid, NewPage
from ess_access.backends.braille.grouping import box_rule, depth_of, is_in_rule, item_label, spaced
from ess_access.backends.braille.headings import heading_flow, heading_text
from ess_access.backends.braille.inlines import (
    LINE,
    Reader,
    Reading,
    lines_of,
    number_cells,
    primary_language,
)
from ess_access.backends.braille.options import BrailleOptions
from ess_access.backends.braille.tables import table_elements
from ess_access.backends.braille.translator import Translation, Translator
from ess_access.backends.braille.trials import copied
from ess_access.document.nodes import (
    Block,
    CodeBlock,
    Definitions,
    Division,
    Document,
    Figure,
    Heading,
    Inline,
    ListBlock,
    Note,
    PageBreak,
    Paragraph,
    Quote,
    Rule,
    Table,
)

__all__ = ["Composer"]

_ROLES = {"note": "Note", "warning": "Attention", "example": "Exemple", "aside": "", "details": ""}


class Composer:
    """Compose a document's blocks; ``width`` is that of the page, in cells."""

    def __init__(
        self, document: Document, options: BrailleOptions, translator: Translator, width: int
    ) -> None:
        self.translator = translator
        self.width = width
        self.reader = Reader(options, lang=primary_language(document.meta.lang) or "fr")
        self._options = options
        self._boxes = 0
        self._pending: list[tuple[int, Note]] = []
        self._held_mark = ""

    def blocks(self, blocks: Iterable[Block]) -> Iterator[Element]:
        """Compose blocks in order."""
        for block in blocks:
            yield from self.block(block)

    def block(self, block: Block, indent: int = 0) -> Iterator[Element]:
        """Compose one block, ``indent`` cells from the margin."""
        match block:
            case Heading():
                yield from self._heading(block)
            case Paragraph(children):
                reading = self.reader.read(children, block.at)
                yield from self._paragraph(reading, indent + 2, indent)
            case ListBlock():
                yield from spaced(list(self._list(block, indent, 0)))
            case Definitions():
                yield from spaced(list(self._definitions(block, indent)))
            case Quote(children):
                # 3.1b: a quotation is moved two cells to the right, between blank rows.
                inner = [found for child in children for found in self.block(child, indent + 2)]
                yield from spaced(inner)
            case CodeBlock(text):
                yield from spaced([self._code_line(line, indent) for line in text.split("\n")])
            case Figure():
                yield from self._figure(block)
            case Division():
                yield from self._division(block, indent)
            case Table():
                yield from table_elements(block, self, self._options.tables)
            case Rule():
                # 3.1b: a change of matter is a wide space.
                yield Grid((), before=2, after=2)
            case PageBreak():
                yield NewPage()
            case _:
                assert_never(block)

    def bookmark(self) -> Callable[[], None]:
        """Note what was read up to here; the function that is given forgets what is read since."""
        kept = copied(self.reader), copied(self.translator.met), list(self._pending)

        def go_back() -> None:
            self.reader, self.translator.met, self._pending = kept

        return go_back

    # --- words ---------------------------------------------------------------------------------

    def flow(self, text: str, first: int, rest: int) -> Flow:
        """Translate a text into a flow."""
        if self._options.capitals == "sentence":
            text = heading_text(text)
        said = self.translator.translate(self._held_mark + text)
        self._held_mark = ""
        return Flow(
            said.cells, said.print, first=first, rest=rest, print_pages=self._labels(said.cells)
        )

    def _labels(self, cells: str) -> tuple[str, ...]:
        """Take the numbers of the print's pages that begin at the signs among these cells."""
        if not self.reader.print_pages or c.PRINT_PAGE not in cells:
            return ()
        count = cells.split(c.BLANK).count(c.PRINT_PAGE)
        labels = tuple(self.reader.print_pages[:count])
        del self.reader.print_pages[:count]
        return labels

    def note(self, text: str, before: int = 0, after: int = 0) -> Flow:
        """Compose a transcriber's note, set back 7-5 (3.3b)."""
        said = self.translator.translate(
            f"{c.NOTE_OPEN}{marks.without_private(text)}{c.NOTE_CLOSE}"
        )
        return Flow(said.cells, said.print, first=6, rest=4, before=before, after=after)

    def _paragraph(self, reading: Reading, first: int, rest: int) -> Iterator[Element]:
        if LINE in reading.text:
            # Lines that mean something are verse: 1-3 (3.1c).
            for line in lines_of(reading.text):
                yield from self._nonempty(self.flow(line, rest, rest + 2))
        else:
            yield from self._nonempty(self.flow(reading.text, first, rest))
        yield from self._notes(reading.notes)

    def read_text(self, inlines: tuple[Inline, ...]) -> str:
        """Read the inline nodes of a cell or a caption; its notes wait for `pending_notes`."""
        reading = self.reader.read(inlines)
        self._pending += reading.notes
        return reading.text.replace(LINE, " ")

    def pending_notes(self) -> Iterator[Element]:
        """Compose the notes that were called since the last time."""
        notes, self._pending = self._pending, []
        yield from self._notes(notes)

    def set_line(self, text: str, keep: int = 0) -> Iterator[Element]:
        """Compose a line of a list, 1-3, then the notes that it calls."""
        flow = self.flow(text, 0, 2)
        if flow.cells:
            yield replace(flow, keep=keep)
        yield from self.pending_notes()

    def _nonempty(self, flow: Flow) -> Iterator[Element]:
        if flow.cells == c.PRINT_PAGE:
            self._held_mark = f"{c.PRINT_PAGE} "  # it goes before the next words (3.4b)
            self.reader.print_pages[:0] = flow.print_pages
        elif flow.cells:
            yield flow

    def _notes(self, notes: list[tuple[int, Note]]) -> Iterator[Element]:
        """Compose the notes called in a block, after it, 7-5 (3.9b)."""
        for number, note in notes:
            label = f"{number_cells(number)}{c.pattern('256')} "
            for block in note.children:
                for element in self.block(block, indent=4):
                    if isinstance(element, Flow) and label:
                        cells = label.replace(" ", c.BLANK) + element.cells
                        printed = f"{number}. {element.print}"
                        yield Flow(cells, printed, first=6, rest=4)
                        label = ""
                    else:
                        yield element

    def inline_words(self, inlines: tuple[Inline, ...]) -> Translation:
        """Translate the inline nodes of a title, without emphasis; its notes wait."""
        reading = self.reader.read(inlines, emphasis=False)
        self._pending += reading.notes
        return self.translator.translate(reading.text.replace(LINE, " "))

    # --- headings --------------------------------------------------------------------------------

    def _heading(self, heading: Heading) -> Iterator[Element]:
        reading = self.reader.read(heading.children, heading.at, emphasis=False)
        text = heading_text(reading.text.replace(LINE, " "))
        said = self.translator.translate(self._held_mark + text)
        self._held_mark = ""
        if said.cells:
            yield replace(heading_flow(said, heading.level), print_pages=self._labels(said.cells))
        yield from self._notes(reading.notes)

    # --- lists -----------------------------------------------------------------------------------

    def _list(self, block: ListBlock, indent: int, level: int) -> Iterator[Element]:
        depth = depth_of(block)
        is_flat = level == 0 and depth == 1
        first = indent + 2 * level
        for number, item in enumerate(block.items):
            label, printed = item_label(block, block.start + number, self.translator)
            has_sublist = any(isinstance(child, ListBlock) for child in item)
            # 3.1c: the runover is set back by four cells where a lower level follows, else by two.
            rest = first + (4 if has_sublist and not is_flat else 2)
            for child in item:
                match child:
                    case ListBlock():
                        yield from self._list(child, indent, level + 1)
                    case Paragraph(children) if label:
                        reading = self.reader.read(children, child.at)
                        for element in self._paragraph(reading, first, rest):
                            if isinstance(element, Flow) and label:
                                yield _labelled(element, label, printed, first, rest)
                                label = ""
                            else:
                                yield element
                    case _:
                        if label:
                            yield Flow(label, printed, first=first, rest=rest)
                            label = ""
                        yield from self.block(child, rest)
            if label:
                yield Flow(label, printed, first=first, rest=rest)

    def _definitions(self, block: Definitions, indent: int) -> Iterator[Element]:
        for entry in block.items:
            reading = self.reader.read(entry.term)
            for element in self._paragraph(reading, indent, indent + 2):
                # Like a title, a term is never the last of its page.
                if entry.children and isinstance(element, Flow):
                    yield replace(element, keep=1)
                else:
                    yield element
            for child in entry.children:
                yield from self.block(child, indent + 2)

    def _code_line(self, line: str, indent: int) -> Element:
        text = marks.without_private(line.expandtabs(2))
        body = text.lstrip(" ")
        start = min(indent + len(text) - len(body), self.width // 2)
        said = self.translator.translate(marks.ADDRESS_ON + body + marks.ADDRESS_OFF)
        return Flow(said.cells, said.print, first=start, rest=start + 2)

    # --- pictures and boxes ------------------------------------------------------------------

    def _figure(self, figure: Figure) -> Iterator[Element]:
        image = figure.image
        text = self.reader.picture_text(image.alt, image.description, figure.at).strip(" ")
        if text:
            said = self.translator.translate(text.replace("image", "Image", 1))
            yield Flow(said.cells, said.print, first=6, rest=4)
        if figure.caption:
            yield from self._paragraph(self.reader.read(figure.caption), 6, 4)

    def _division(self, division: Division, indent: int) -> Iterator[Element]:
        before = self.reader.within
        self.reader.within = primary_language(division.lang) or before
        title = self.inline_words(division.title)
        if division.role == "section":
            if title.cells:
                yield replace(heading_flow(title, 3), entry=None)
                yield from self.pending_notes()
            for child in division.children:
                yield from self.block(child, indent)
        else:
            yield from self._box(division, title, indent)
        self.reader.within = before

    def _box(self, division: Division, title: Translation, indent: int) -> Iterator[Element]:
        # 3.10: rules above and below; another pair of signs for a box within a box.
        open_cell, close_cell = (
            (c.BOX_OPEN, c.BOX_CLOSE) if self._boxes == 0 else (c.INNER_BOX_OPEN, c.INNER_BOX_CLOSE)
        )
        if not title.cells:
            title = self.translator.translate(_ROLES.get(division.role, ""))
        yield Grid((box_rule(open_cell, title, self.width),), before=1, keep=1)
        if title.cells and not is_in_rule(title, self.width):
            yield replace(heading_flow(title, 3), entry=None)
        yield from self.pending_notes()
        self._boxes += 1
        for child in division.children:
            yield from self.block(child, indent)
        self._boxes -= 1
        yield Grid(((close_cell * self.width, ""),), after=1)


def _labelled(flow: Flow, label: str, printed: str, first: int, rest: int) -> Flow:
    return Flow(label + c.BLANK + flow.cells, f"{printed} {flow.print}", first=first, rest=rest)
