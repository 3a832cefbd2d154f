"""What a person can read before building: the words of the edition, one paragraph a line."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from ess_access.backends.large_print.options import LargePrintOptions
from ess_access.document.nodes import Document
from ess_access.document.numerals import FORMS, written_number

__all__ = ["preview"]

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def preview(document: Document, options: LargePrintOptions) -> str:
    """Give the words as they will be printed: « # » for headings, « • » and numbers for lists.

    The edition is really written, in memory; its paragraphs are read back.
    """
    from docx.opc.constants import RELATIONSHIP_TYPE

    from ess_access.backends.large_print.writer.assembly import assembled

    word, _ = assembled(document, options, MappingProxyType({}))
    numbering = word.part.numbering_part.element
    lists = _Lists(_starts(numbering), _bullets(numbering), _forms(numbering))
    lines = list(_lines(word.element.body, lists))
    related = word.part.rels.values()
    notes = [one.target_part for one in related if one.reltype == RELATIONSHIP_TYPE.ENDNOTES]
    for part in notes:
        for note in part.element:
            if note.get(f"{_W}type") is None:
                # The label of a note is a field of Word's: « . » stands after it.
                first, *others = _lines(note, lists)
                lines += [note.get(f"{_W}id") + first, *others]
    return "\n".join(lines) + "\n"


@dataclass(slots=True)
class _Lists:
    """How far each list has counted, by level and identity; and what its items bear."""

    counts: dict[tuple[str, str], int]
    bullets: frozenset[str]
    forms: Mapping[tuple[str, str], str]


def _lines(parent: Any, lists: _Lists) -> Iterator[str]:
    for element in parent:
        match element.tag.removeprefix(_W):
            case "p":
                words = _words(element)
                if words.strip():
                    yield _prefix(element, lists) + words
            case "tbl":
                for row in element.iter(f"{_W}tr"):
                    cells = row.iterchildren(f"{_W}tc")
                    yield " | ".join(" ".join(_lines(cell, lists)) for cell in cells)
            case "sdt":
                yield from _lines(element.find(f"{_W}sdtContent"), lists)
            case _:
                continue


def _words(paragraph: Any) -> str:
    pieces: list[str] = []
    for node in paragraph.iter():
        match node.tag.removeprefix(_W):
            case "t":
                pieces.append(node.text or "")
            case "br":
                pieces.append("\n")
            case "tab":
                pieces.append(" ")
            case "noBreakHyphen":
                pieces.append("-")
            case "endnoteReference":
                pieces.append(node.get(f"{_W}id"))
            case _:
                continue
    return "".join(pieces)


def _prefix(paragraph: Any, lists: _Lists) -> str:
    properties = paragraph.find(f"{_W}pPr")
    style = _value(properties, "pStyle")
    if style == "Title":
        return "# "
    if style.startswith("Heading"):
        return "#" * int(style.removeprefix("Heading")) + " "
    numbering = properties.find(f"{_W}numPr") if properties is not None else None
    if numbering is None:
        return ""
    level, identity = _value(numbering, "ilvl"), _value(numbering, "numId")
    margin = "  " * int(level)
    if identity in lists.bullets:
        return f"{margin}\u2022 "
    number = lists.counts.get((level, identity), 0) + 1
    lists.counts[level, identity] = number
    form = lists.forms.get((level, identity), "decimal")
    return f"{margin}{written_number(number, form)}. "


def _starts(numbering: Any) -> dict[tuple[str, str], int]:
    """Give the number before the first of each list that says where it starts."""
    return {
        (override.get(f"{_W}ilvl"), one.get(f"{_W}numId")): int(
            override.find(f"{_W}startOverride").get(f"{_W}val")
        )
        - 1
        for one in numbering.iterchildren(f"{_W}num")
        for override in one.iterchildren(f"{_W}lvlOverride")
    }


def _forms(numbering: Any) -> dict[tuple[str, str], str]:
    """Give the form of the numbers of each list that has one of its own."""
    names = {name: form for form, (_, name) in FORMS.items()}
    return {
        (override.get(f"{_W}ilvl"), one.get(f"{_W}numId")): names[_value(level, "numFmt")]
        for one in numbering.iterchildren(f"{_W}num")
        for override in one.iterchildren(f"{_W}lvlOverride")
        for level in override.iterchildren(f"{_W}lvl")
    }


def _bullets(numbering: Any) -> frozenset[str]:
    """Give the lists whose marks are no numbers, in whatever style their paragraphs are."""
    marked = {
        one.get(f"{_W}abstractNumId")
        for one in numbering.iterchildren(f"{_W}abstractNum")
        if _value(one.find(f"{_W}lvl"), "numFmt") == "bullet"
    }
    return frozenset(
        one.get(f"{_W}numId")
        for one in numbering.iterchildren(f"{_W}num")
        if _value(one, "abstractNumId") in marked
    )


def _value(parent: Any, name: str) -> str:
    found = parent.find(f"{_W}{name}") if parent is not None else None
    return str(found.get(f"{_W}val")) if found is not None else ""
