"""What pages are made of: rows, and the headings that begin on them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from itertools import repeat
from typing import NamedTuple

from ess_access.backends.braille.elements import Entry

__all__ = ["Page", "Placed", "Row", "plain_rows"]


class Row(NamedTuple):
    """A row of a page without blanks at its end, and the print it stands for.

    A named tuple: a book has a hundred thousand rows, and a frozen dataclass takes thrice the time.
    """

    cells: str
    print: str = ""


_row_of = partial(tuple.__new__, Row)  # twice as fast as to call the class


def plain_rows(cells: Iterable[str]) -> Iterator[Row]:
    """Give rows without print; the cells end with no blank."""
    return map(_row_of, zip(cells, repeat("")))


@dataclass(frozen=True, slots=True)
class Page:
    """A page; ``number`` counts from the beginning of its volume."""

    rows: tuple[Row, ...]
    number: int


@dataclass(frozen=True, slots=True)
class Placed:
    """A heading and the number of the page where it begins."""

    entry: Entry
    page: int
