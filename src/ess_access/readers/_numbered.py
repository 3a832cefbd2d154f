"""Numbered lists whose numbers are known one by one: those that the page shows are kept."""

from collections.abc import Sequence
from dataclasses import dataclass

from ess_access.document.nodes import Block, ListBlock, Paragraph, Place, Text
from ess_access.document.numerals import written_number

__all__ = ["Numbered", "numbered_lists"]

_LETTERS = 26


@dataclass(frozen=True, slots=True)
class Numbered:
    """An item, the number it bears and the form that this is written in."""

    number: int
    content: tuple[Block, ...]
    form: str = "decimal"

    def follows(self, other: "Numbered") -> bool:
        """Say whether the list counts on from another item to this one."""
        return self.form == other.form and self.number == other.number + 1


def numbered_lists(items: Sequence[Numbered], at: Place | None) -> list[Block]:
    """Make lists that count by ones, a new one where the numbers jump.

    Where most of them jump, as in a list that counts down, the numbers become words of one list.
    """
    runs: list[list[Numbered]] = []
    for item in items:
        if runs and item.follows(runs[-1][-1]):
            runs[-1].append(item)
        else:
            runs.append([item])
    alone = sum(len(run) == 1 for run in runs)
    if alone * 2 > max(len(items), 4) or not all(map(_can_be_counted, items)):
        return [ListBlock(tuple(map(_labelled, items)), at=at)]
    return [
        ListBlock(
            tuple(item.content for item in run),
            ordered=True,
            start=run[0].number,
            form=run[0].form,
            at=_place_of(run[0]) or at if number else at,
        )
        for number, run in enumerate(runs)
    ]


def _can_be_counted(item: Numbered) -> bool:
    """Say whether a word processor would write the same number by itself."""
    most = _LETTERS if item.form.endswith("alpha") else 10**6
    return 0 <= item.number <= most


def _labelled(item: Numbered) -> tuple[Block, ...]:
    label = f"{written_number(item.number, item.form)}. "
    match item.content:
        case (Paragraph(children, at=at), *rest):
            return (Paragraph((Text(label), *children), at=at), *rest)
        case content:
            return (Paragraph((Text(label.strip()),)), *content)


def _place_of(item: Numbered) -> Place | None:
    return item.content[0].at if item.content else None
