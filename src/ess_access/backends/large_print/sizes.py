"""Sizes and measures of the page, all derived from the size of the body."""

from dataclasses import dataclass

__all__ = ["Page", "Sizes", "page_of", "sizes_of"]

_TWIPS_PER_CM = 1440 / 2.54
_TWIPS_PER_POINT = 20
# Letters of average width: lines of narrow ones then stay within 70 (RNIB).
_LONGEST_LINE = 62.5
# A4 (ISO 216), in twips.
_A4_WIDTH = 11906
_A4_HEIGHT = 16838
# At 18 pt: title 28, then 26, 24, 22, 20, 18 and 18; other bodies keep the proportions.
_TITLE_AT_18 = 28
_HEADINGS_AT_18 = (26, 24, 22, 20, 18, 18)


@dataclass(frozen=True, slots=True)
class Sizes:
    """Sizes in points; ``headings`` from level 1 to 6. Nothing is smaller than ``body``."""

    body: int
    title: int
    headings: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """A page and its margins, in twips."""

    width: int
    height: int
    margin: int

    @property
    def text_width(self) -> int:
        """How wide the column of text is."""
        return self.width - 2 * self.margin

    @property
    def text_height(self) -> int:
        """How high the column of text is."""
        return self.height - 2 * self.margin

    def turned(self) -> "Page":
        """Give the same page, landscape."""
        return Page(self.height, self.width, self.margin)


def sizes_of(body_pt: int) -> Sizes:
    """Derive the sizes of titles from the size of the body, in points."""
    return Sizes(
        body_pt,
        round(body_pt * _TITLE_AT_18 / 18),
        tuple(round(body_pt * size / 18) for size in _HEADINGS_AT_18),
    )


def page_of(margin_cm: float, letter_pt: float) -> Page:
    """Give an A4 page with equal margins, in centimetres.

    They are wider than asked where lines of letters as wide as ``letter_pt`` would be too long.
    """
    # Rounded up: a margin of 2.5 cm is never 2.499 cm.
    asked = int(margin_cm * _TWIPS_PER_CM) + 1
    needed = (_A4_WIDTH - _LONGEST_LINE * letter_pt * _TWIPS_PER_POINT) / 2
    return Page(_A4_WIDTH, _A4_HEIGHT, max(asked, int(needed) + 1))
