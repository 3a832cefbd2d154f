"""Vertical measures: the distance of lines, of paragraphs, of raised characters."""

from dataclasses import dataclass

from ess_access.backends.large_print.fonts import Family
from ess_access.backends.large_print.options import LargePrintOptions

__all__ = ["Rhythm", "rhythm_of"]

_TWIPS = 20  # in a point
# Of the size: seen as raised, without pushing lines apart.
_LIFT = 0.16
_LEAST_GAP = 1.31
_MOST_GAP = 1.49


@dataclass(frozen=True, slots=True)
class Rhythm:
    """Vertical measures: ``multiple`` of the font's own line (240ths), a blank line in twips.

    ``raised_multiple`` and ``raise_half_points`` are those of a paragraph that holds raised or
    lowered characters: full size, so the line grows, and must stay within 1.5.
    """

    multiple: int
    raised_multiple: int
    raise_half_points: int
    blank_line: int
    list_step: int


def rhythm_of(options: LargePrintOptions, face: Family) -> Rhythm:
    """Derive the line spacing from the font's natural line: never "exactly", always a multiple."""
    size = options.size_pt
    natural = face.line_height
    lift = max(1, round(2 * size * _LIFT))
    # Lines without raised characters stay at 1.3 or more, the line with them at 1.5 or less.
    tallest = natural + lift / 2 / size
    raised = max(_LEAST_GAP / natural, min(options.line_gap_ratio / natural, _MOST_GAP / tallest))
    return Rhythm(
        multiple=round(240 * options.line_gap_ratio / natural),
        raised_multiple=round(240 * raised),
        raise_half_points=lift,
        blank_line=round(options.line_gap_ratio * size * _TWIPS),
        list_step=round(1.5 * size * _TWIPS),
    )
