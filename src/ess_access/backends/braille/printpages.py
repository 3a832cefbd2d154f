"""The pages of the print, at the left of each Braille page's first row (CBFU 3.4b, 2nd method)."""

from dataclasses import dataclass
from string import ascii_lowercase

from ess_access.backends.braille import cells as c
from ess_access.backends.braille.integral import token_cells
from ess_access.backends.braille.unknown import Replacements, mend_unknown

__all__ = ["PrintPages"]

_GAP = 3  # blank cells between the two numbers, 3.4a


@dataclass(slots=True)
class PrintPages:
    """Follow the pages of the print from one Braille page to the next."""

    _current: str = ""
    _continued: int = 0  # Braille pages already begun with this print page
    _first: str = ""
    _has_turned: bool = False

    def turn(self, label: str, *, is_at_top: bool) -> None:
        """Note that a page of the print begins, maybe together with the Braille page."""
        if is_at_top or not self._current:
            self._first = label
        else:
            self._has_turned = True
        self._current = label
        self._continued = 0

    def header(self, number: str, width: int) -> str:
        """Give the first row of the Braille page that ends now.

        « 58c-59 »: it began with the fourth Braille page of print page 58, and 59 began on it.
        """
        first = self._first or self._current
        label = f"{first}-{self._current}" if self._has_turned else first
        self._has_turned = False
        self._first = f"{self._current}{_suffix(self._continued)}" if self._current else ""
        self._continued += 1
        room = width - len(number) - _GAP
        left = token_cells("".join(mend_unknown(label, Replacements()).split()))[: max(room, 0)]
        return left.ljust(width - len(number), c.BLANK) + number


def _suffix(continued: int) -> str:
    letters = ""
    continued += 1
    while continued:
        continued, rest = divmod(continued - 1, 26)
        letters = ascii_lowercase[rest] + letters
    return letters
