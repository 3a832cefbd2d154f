"""Lists: one kind with bullets, one with numbers, and a fresh count for each list."""

import copy

from ess_access.backends.large_print.writer.markup import Element, child, clark, declarations
from ess_access.document.numerals import FORMS

__all__ = ["Numbering", "numbering_xml"]

LEVELS = 9
_BULLETS = 1
_NUMBERS = 2
_FIRST_LIST = 2  # w:num 1 is the one that every list with bullets shares


def numbering_xml(step: int) -> str:
    """Give numbering.xml with the two kinds of lists; ``step`` is the indent in twips."""
    return (
        f"<w:numbering {declarations()}>"
        f"{_kind(_BULLETS, 'bullet', step)}{_kind(_NUMBERS, 'decimal', step)}"
        f'<w:num w:numId="1"><w:abstractNumId w:val="{_BULLETS}"/></w:num>'
        "</w:numbering>"
    )


def _kind(number: int, form: str, step: int) -> str:
    levels = "".join(
        f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>'
        # U+2022 in the font of the body (ACB: large bullets); a number and its full stop.
        f'<w:suff w:val="tab"/><w:lvlText w:val="{_sign(form, level)}"/><w:lvlJc w:val="left"/>'
        f'<w:pPr><w:ind w:left="{step * (level + 1)}" w:hanging="{step}"/></w:pPr></w:lvl>'
        for level in range(LEVELS)
    )
    return (
        f'<w:abstractNum w:abstractNumId="{number}">'
        f'<w:nsid w:val="{number:08X}"/><w:multiLevelType w:val="multilevel"/>'
        f'<w:tmpl w:val="{number:08X}"/>{levels}</w:abstractNum>'
    )


def _sign(form: str, level: int) -> str:
    return "\u2022" if form == "bullet" else f"%{level + 1}."


class Numbering:
    """Hands out the number of each list of a document."""

    def __init__(self, element: Element) -> None:
        self._element = element
        self._next = _FIRST_LIST

    def bullets(self) -> int:
        """Give the ``w:numId`` of lists with bullets."""
        return 1

    def numbers(self, level: int, start: int, form: str = "decimal") -> int:
        """Give a new ``w:numId`` that counts from ``start`` at this level (from 0)."""
        number = self._next
        self._next += 1
        instance = child(self._element, "num", numId=number)
        child(instance, "abstractNumId", val=_NUMBERS)
        override = child(instance, "lvlOverride", ilvl=level)
        child(override, "startOverride", val=max(0, start))
        if form in FORMS and form != "decimal":
            override.append(self._level(level, FORMS[form][1]))
        return number

    def _level(self, level: int, name: str) -> Element:
        """Give the level of lists with numbers, these written in a form that Word names so."""
        (kind,) = self._element.xpath(f"w:abstractNum[@w:abstractNumId='{_NUMBERS}']")
        made = copy.deepcopy(kind.findall(clark("lvl"))[level])
        made.find(clark("numFmt")).set(clark("val"), name)
        return made
