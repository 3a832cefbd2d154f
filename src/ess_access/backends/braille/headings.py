"""Headings: where each level stands (CBFU 3.2)."""

from ess_access.backends.braille import cells as c
from ess_access.backends.braille.elements import Entry, Flow
from ess_access.backends.braille.translator import Translation
from ess_access.french import typography

__all__ = ["heading_flow", "heading_text"]


def heading_text(text: str) -> str:
    """Write a title in small letters where print has it all in capitals (3.2)."""
    return typography.sentence_case(text) if typography.is_capitals(text) else text


def heading_flow(said: Translation, level: int) -> Flow:
    """Set a heading as its level asks (3.2)."""
    entry = Entry(level, said.cells.removeprefix(c.PRINT_PAGE + c.BLANK), said.print)
    match level:
        case 1:
            return Flow(
                said.cells, said.print, is_centred=True, before=2, after=1, keep=2, entry=entry
            )
        case 2:
            return Flow(
                said.cells, said.print, is_centred=True, before=1, after=1, keep=2, entry=entry
            )
        case 3:
            return Flow(said.cells, said.print, first=4, rest=4, before=1, keep=1, entry=entry)
        case 4:
            return Flow(said.cells, said.print, before=1, keep=1, entry=entry)
        case _:
            return Flow(said.cells, said.print, first=2, before=1, keep=1, entry=entry)
