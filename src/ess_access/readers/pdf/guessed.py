"""Structure guessed from the page's looks: sizes, gaps, indents and marks."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from ess_access.api.findings import Finding, Severity
from ess_access.document.inlines import plain_text
from ess_access.document.nodes import Block, Figure, Heading, Inline, Paragraph, Place, Table
from ess_access.readers._assembly import Item, Part, assembled
from ess_access.readers._runs import folded
from ess_access.readers.pdf.cells import is_contents, table_at
from ess_access.readers.pdf.characters import Page, Piece
from ess_access.readers.pdf.columns import in_reading_order
from ess_access.readers.pdf.lines import Stretch
from ess_access.readers.pdf.pictures import PagePictures
from ess_access.readers.pdf.tags import numbered
from ess_access.readers.pdf.words import Speller, is_bold, joined_runs

__all__ = ["Guess"]

_BULLET = re.compile("(?:[•●◦‣▪■□○➢➤✓✔∙\uf0b7\u2219]\\s*|[·*–-]\\s+)(?=\\S)|[•●◦‣▪■□○➢➤✓✔∙\uf0b7]$")
_NUMBER = re.compile(r"(\d{1,3})[.)°]\s+(?=\S)|\(?(\d{1,3}|[a-z])\)\s+(?=\S)")
_LEADER = re.compile(r"(?:\.\s?){4,}\s*\d{1,4}\s*$|…{2,}\s*\d{1,4}\s*$")
_ENDS = re.compile(r"[.!?:;…»”\"]\s*$")
_LONGEST_HEADING = 150
_CONTENTS_TITLE = re.compile(
    r"sommaire|table des mati[èe]res|(?:table of )?contents|index", re.IGNORECASE
)


@dataclass(slots=True)
class _Paragraph:
    """Lines that belong together; ``mark`` is what its first line begins with."""

    lines: list[Stretch]
    mark: str = ""
    indent: float = 0.0  # from the left of its column, in points

    @property
    def first(self) -> Stretch:
        return self.lines[0]

    @property
    def size(self) -> float:
        return max(Counter(line.size for line in self.lines).most_common(1))[0]

    @property
    def pieces(self) -> list[Piece]:
        return [piece for line in self.lines for piece in line.pieces]

    @property
    def text(self) -> str:
        return " ".join(line.text for line in self.lines)


@dataclass(slots=True)
class Guess:
    """Make blocks of pages. ``body_size`` is that of most characters, in points."""

    speller: Speller
    pictures: PagePictures
    body_size: float
    findings: list[Finding] = field(default_factory=list)
    contents: int = 0
    left: float = 0.0
    held: _Paragraph | None = None
    parts: list[_Paragraph | Block] = field(default_factory=list)
    waiting: list[_Paragraph | Block] = field(default_factory=list)

    def add_page(self, page: Page, number: int, stretches: Sequence[Stretch]) -> None:
        """Read one page, its columns in order, its pictures by their height."""
        drawn = self.pictures.worth_showing(number, page.width * page.height)
        waiting = sorted(drawn, key=lambda one: -one.box.top)
        for rows in in_reading_order(stretches):
            self.left = min(one.box.left for row in rows for one in row)
            place = 0
            while place < len(rows):
                row = rows[place]
                while waiting and waiting[0].box.middle > row[0].box.middle:
                    self._figure(waiting.pop(0), number)
                found = table_at(rows, place, self.speller, Place(page=number + 1))
                if found is not None:
                    table, place = found
                    self._table(table, number)
                    continue
                self._row(row, rows)
                place += 1
        for one in waiting:
            self._figure(one, number)

    def _table(self, table: Table, number: int) -> None:
        self._end()
        if is_contents(table):
            self.contents += 1
            last = self.parts[-1] if self.parts else None
            if isinstance(last, _Paragraph) and _CONTENTS_TITLE.fullmatch(last.text.strip()):
                self.parts.pop()
            return
        at = Place(page=number + 1)
        self.parts.append(table)
        self.findings.append(Finding("SRC-075", Severity.REVIEW, {}, at))

    def _figure(self, drawn: object, number: int) -> None:
        from ess_access.readers.pdf.pictures import Drawn

        if isinstance(drawn, Drawn):
            at = Place(page=number + 1)
            figure = Figure(self.pictures.node(drawn, number, None, at), at=at)
            # A picture beside a paragraph does not cut it in two.
            (self.parts if self.held is None else self.waiting).append(figure)

    def _row(self, row: Sequence[Stretch], rows: Sequence[Sequence[Stretch]]) -> None:
        line = _merged(row)
        if _LEADER.search(line.text):
            if self.held is not None and _CONTENTS_TITLE.fullmatch(self.held.text.strip()):
                self.held = None
            self._end()
            self.contents += 1
            return
        right = max(one.box.right for other in rows for one in other)
        mark = _mark(line.text)
        if self.held is None or mark or not self._goes_on(self.held, line, right):
            self._end()
            self.held = _Paragraph([line], mark, line.box.left - self.left)
        else:
            self.held.lines.append(line)

    def _end(self) -> None:
        if self.held is not None:
            self.parts.append(self.held)
        self.held = None
        self.parts.extend(self.waiting)
        self.waiting = []

    def _goes_on(self, held: _Paragraph, line: Stretch, right: float) -> bool:
        last = held.lines[-1]
        if abs(last.size - line.size) > max(0.6, last.size * 0.06):
            return False
        if is_bold(last.pieces) != is_bold(line.pieces) and (
            _ends_short(last, right) or is_bold(held.pieces)
        ):
            return False
        if last.page is not line.page or line.box.middle > last.box.middle:
            # The next page or column: a sentence that has not ended goes on.
            return not _ENDS.search(last.text) and not line.text[:1].isupper()
        pitch = last.box.middle - line.box.middle
        usual = self._pitch(held, last)
        is_mid_sentence = not _ENDS.search(last.text) and line.text[:1].islower()
        if pitch > usual * (2.2 if is_mid_sentence else 1.3) + 0.5:
            return False
        indent = line.box.left - (held.lines[1] if len(held.lines) > 1 else held.first).box.left
        if held.mark and line.box.left < held.first.box.left + 1:
            return False
        if indent > line.size * 0.9 and not held.mark and _ENDS.search(last.text):
            return False
        return not (
            _ends_short(last, right)
            and _ENDS.search(last.text)
            and line.text[:1].isupper()
            and not held.mark
        )

    @staticmethod
    def _pitch(held: _Paragraph, last: Stretch) -> float:
        if len(held.lines) > 1 and held.lines[-2].page is last.page:
            pitch = held.lines[-2].box.middle - last.box.middle
            if pitch > 0:
                return pitch
        return max(last.box.top - last.box.bottom, last.size * 1.15)

    # --- from paragraphs to blocks --------------------------------------------------------

    def blocks(self) -> tuple[Block, ...]:
        """Give the blocks of all the pages that were added."""
        self._end()
        levels = self._levels()
        return assembled(part for raw in self.parts for part in self._parts(raw, levels))

    def _levels(self) -> dict[tuple[float, bool], int]:
        """Rank the looks of headings: the largest first, bold before plain."""
        looks = {
            _look(raw)
            for raw in self.parts
            if isinstance(raw, _Paragraph) and self._is_heading(raw)
        }
        ranked = sorted(looks, reverse=True)
        return {look: min(rank + 1, 6) for rank, look in enumerate(ranked)}

    def _is_heading(self, raw: _Paragraph) -> bool:
        text = raw.text
        if raw.mark and not raw.mark[0].isdigit():
            return False
        if len(text) > _LONGEST_HEADING or sum(letter.isalpha() for letter in text) < 2:
            return False
        if re.search(r"[,;]\s*$", text):
            return False
        if raw.size >= self.body_size * 1.15:
            return True
        return (
            is_bold(raw.pieces)
            and raw.size >= self.body_size * 0.97
            and len(text) < 100
            and not re.search(r"[.:]\s*$", text)
        )

    def _parts(
        self, raw: "_Paragraph | Block", levels: dict[tuple[float, bool], int]
    ) -> Iterable[Part]:
        if not isinstance(raw, _Paragraph):
            yield raw
            return
        at = Place(page=raw.first.page.number + 1)
        words = self._words(raw)
        if not plain_text(words).strip():
            return
        if self._is_heading(raw):
            yield Heading(levels[_look(raw)], words, at=at)
        elif raw.mark:
            number = _NUMBER.match(raw.mark + "x")
            value, form = numbered(number[1] or number[2]) if number else (0, "decimal")
            left = round(raw.indent)
            kind = "n" if number else "b"
            children = (Paragraph(words, at=at),)
            yield Item(f"{kind}{left // 4}", 0, left * 20, bool(number), value, children, at, form)
        else:
            yield Paragraph(words, at=at)

    def _words(self, raw: _Paragraph) -> tuple[Inline, ...]:
        pairs = [(piece, line.page, "") for line in raw.lines for piece in line.pieces]
        runs = joined_runs(pairs, self.speller)
        if raw.mark and not self._is_heading(raw):
            from ess_access.document.nodes import Text
            from ess_access.readers._runs import Run

            left = len(raw.mark.rstrip())
            trimmed: list[Run] = []
            for run in runs:
                if left and isinstance(run.node, Text):
                    text = run.node.text.lstrip() if not trimmed else run.node.text
                    taken = min(left, len(text))
                    left -= taken
                    trimmed.append(Run(Text(text[taken:]), run.look))
                else:
                    trimmed.append(run)
            runs = trimmed
        return folded(runs)


def _look(raw: _Paragraph) -> tuple[float, bool]:
    return round(raw.size * 2) / 2, is_bold(raw.pieces)


def _mark(text: str) -> str:
    found = _BULLET.match(text) or _NUMBER.match(text)
    return found[0] if found else ""


def _merged(row: Sequence[Stretch]) -> Stretch:
    from ess_access.readers.pdf.characters import Box

    if len(row) == 1:
        return row[0]
    return Stretch(
        tuple(piece for one in row for piece in one.pieces),
        row[0].page,
        Box(
            row[0].box.left,
            min(one.box.bottom for one in row),
            row[-1].box.right,
            max(one.box.top for one in row),
        ),
    )


def _ends_short(line: Stretch, right: float) -> bool:
    return line.box.right < right - (right - line.box.left) * 0.12
