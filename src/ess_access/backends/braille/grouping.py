"""What holds elements together: blank rows around a group, rules of boxes, levels of lists."""

from collections.abc import Iterator

from ess_access.backends.braille import cells as c
from ess_access.backends.braille.elements import Element, Grid
from ess_access.backends.braille.inlines import number_cells
from ess_access.backends.braille.marks import ADDRESS, ADDRESS_OFF, ADDRESS_ON
from ess_access.backends.braille.translator import Translation, Translator
from ess_access.document.nodes import ListBlock
from ess_access.document.numerals import written_number

__all__ = ["box_rule", "depth_of", "is_in_rule", "item_label", "spaced"]


def is_in_rule(title: Translation, width: int) -> bool:
    """Say whether a box's title stands in its opening rule: in two thirds at most (3.10)."""
    return bool(title.cells) and len(title.cells) + 4 <= width * 2 // 3


def box_rule(cell: str, title: Translation, width: int) -> tuple[str, str]:
    """Give the opening rule of a box as cells and print, its title in it when there is room."""
    if not is_in_rule(title, width):
        return cell * width, ""
    words = title.cells.replace(ADDRESS, "").replace(c.HELD, c.BLANK)
    start = cell * 3 + c.BLANK + words + c.BLANK
    return start + cell * (width - len(start)), title.print


def depth_of(block: ListBlock) -> int:
    """Say how many levels a list has."""
    return 1 + max(
        (depth_of(child) for item in block.items for child in item if isinstance(child, ListBlock)),
        default=0,
    )


def item_label(block: ListBlock, number: int, translator: Translator) -> tuple[str, str]:
    """Give what an item bears, in cells and in print: a bullet, a number, or letters in full."""
    if not block.ordered:
        return c.BULLET, "•"
    printed = f"{written_number(number, block.form)}."
    if printed[:-1].lstrip("-").isdecimal():
        return number_cells(number) + c.pattern("256"), printed
    return translator.translate(ADDRESS_ON + printed + ADDRESS_OFF).cells, printed


def spaced(elements: list[Element]) -> Iterator[Element]:
    """Put a blank row before and after a group: the way of setting text changes (3.1e)."""
    if elements:
        yield Grid((), after=1)
        yield from elements
        yield Grid((), after=1)
