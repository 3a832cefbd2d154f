"""What pages are made of: rows, and the headings that begin on them."""

from dataclasses import dataclass
from typing import NamedTuple

from ess_access.backends.braille.elements import Entry

__all__ = ["Page", "Placed", "Row"]


class Row(NamedTuple):
    """A row of a page without blanks at its end, and the print it stands for."""

    cells: str
    print: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    """A page; ``number`` counts from the beginning of its volume.

    ``laid`` are its rows, those without print as their cells alone: a book has fifty thousand, and
    objects made for each of them would take a tenth of the time.
    """

    laid: tuple[Row | str, ...]
    number: int

    @property
    def cells(self) -> tuple[str, ...]:
        """The cells of each row."""
        return tuple(row if isinstance(row, str) else row.cells for row in self.laid)

    @property
    def rows(self) -> tuple[Row, ...]:
        """The rows of the page, made when they are asked for."""
        return tuple(Row(row) if isinstance(row, str) else row for row in self.laid)


@dataclass(frozen=True, slots=True)
class Placed:
    """A heading and the number of the page where it begins."""

    entry: Entry
    page: int
