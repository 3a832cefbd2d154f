"""Numbered and bulleted lists: their levels, and the numbers that Word would print."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from ess_access.document import numerals
from ess_access.readers._zip import Element
from ess_access.readers.docx.names import w
from ess_access.readers.docx.properties import integer

__all__ = ["Level", "Numbering", "form_of", "written_number"]

_VAL = w("val")
_PLACE = re.compile("%([1-9])")
_MOST_LEVELS = 9


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a list.

    ``indent`` is in twips; ``restarts_after`` is the level (from 1) whose items make it begin
    again, 0 for none.
    """

    form: str = "decimal"
    text: str = "%1."
    start: int = 1
    indent: int = 0
    style: str = ""
    restarts_after: int | None = None
    is_legal: bool = False

    @property
    def is_bullet(self) -> bool:
        """Whether items bear a mark and no number."""
        return self.form == "bullet" or (
            self.form != "none" and not _PLACE.search(self.text) and bool(self.text.strip())
        )

    @property
    def is_bare(self) -> bool:
        """Whether items bear nothing at all: paragraphs that only stand at a list's indent."""
        return not self.text.strip() or (self.form == "none" and not self.text.strip(" \u00a0"))

    @property
    def has_words(self) -> bool:
        """Whether the number comes with words (« Article 1 »): they are content."""
        return not self.is_bullet and len(re.findall(r"[^\W\d_]", _PLACE.sub("", self.text))) > 1


@dataclass(slots=True)
class _Definition:
    levels: dict[int, Level]
    link: str | None = None  # the style that says where the levels are
    style: str | None = None  # the style whose levels these are


@dataclass(slots=True)
class _List:
    definition: str
    starts: dict[int, int] = field(default_factory=dict)
    levels: dict[int, Level] = field(default_factory=dict)


class Numbering:
    """The lists of one document, and how far each has counted."""

    def __init__(self, root: Element | None, number_of_style: Callable[[str], str | None]) -> None:
        self._number_of_style = number_of_style
        self._definitions: dict[str, _Definition] = {}
        self._lists: dict[str, _List] = {}
        self._counts: dict[str, dict[int, int]] = {}
        self._begun: set[tuple[str, int]] = set()
        if root is None:
            return
        for element in root.iter(w("abstractNum")):
            link, style = element.find(w("numStyleLink")), element.find(w("styleLink"))
            self._definitions[element.get(w("abstractNumId")) or ""] = _Definition(
                _levels(element),
                link.get(_VAL) if link is not None else None,
                style.get(_VAL) if style is not None else None,
            )
        for element in root.iter(w("num")):
            self._lists[element.get(w("numId")) or ""] = _list(element)

    def _definition_key(self, num_id: str) -> str:
        seen: set[str] = set()
        while num_id not in seen:
            seen.add(num_id)
            key = self._lists[num_id].definition
            definition = self._definitions.get(key)
            if definition is None or definition.levels or definition.link is None:
                return key
            linked = self._number_of_style(definition.link)
            if linked is None or linked not in self._lists or linked in seen:
                # A style that leads nowhere, or back: the levels that name it are meant.
                return self._named(definition.link) or key
            num_id = linked
        return self._lists[num_id].definition

    def _named(self, style: str) -> str | None:
        """Give the definition that says it is a style's (``w:styleLink``)."""
        return next(
            (key for key, held in self._definitions.items() if held.style == style and held.levels),
            None,
        )

    def levels(self, num_id: str) -> Mapping[int, Level]:
        """Give the levels of a list by depth, from 0; empty for a list that is not defined."""
        if num_id not in self._lists:
            return {}
        definition = self._definitions.get(self._definition_key(num_id))
        return {**(definition.levels if definition else {}), **self._lists[num_id].levels}

    def level_of_style(self, num_id: str, style: str) -> int | None:
        """Give the depth that a list ties to a paragraph style."""
        return next(
            (depth for depth, level in self.levels(num_id).items() if level.style == style), None
        )

    def key(self, num_id: str) -> str:
        """Name the family of lists that count together."""
        return self._definition_key(num_id) if num_id in self._lists else f"?{num_id}"

    def count(self, num_id: str, depth: int) -> int:
        """Count one more item, and give its number."""
        if num_id not in self._lists:
            counts = self._counts.setdefault(f"?{num_id}", {})
            counts[depth] = counts.get(depth, 0) + 1
            return counts[depth]
        levels = self.levels(num_id)
        counts = self._counts.setdefault(self.key(num_id), {})
        for shallow in range(depth):
            counts.setdefault(shallow, self._start(num_id, shallow, levels))
        override = self._lists[num_id].starts.get(depth)
        if override is not None and (num_id, depth) not in self._begun:
            counts[depth] = override
        elif depth in counts:
            counts[depth] += 1
        else:
            counts[depth] = self._start(num_id, depth, levels)
        self._begun.add((num_id, depth))
        for deep in [held for held in counts if held > depth]:
            after = levels[deep].restarts_after if deep in levels else None
            if after is None or (after and depth < after):
                del counts[deep]
                self._begun = {key for key in self._begun if key != (num_id, deep)}
        return counts[depth]

    def _start(self, num_id: str, depth: int, levels: Mapping[int, Level]) -> int:
        override = self._lists[num_id].starts.get(depth)
        if override is not None:
            return override
        return levels[depth].start if depth in levels else 1

    def label(self, num_id: str, depth: int) -> str:
        """Write the number of the item just counted, as it is printed."""
        levels = self.levels(num_id)
        level = levels.get(depth, Level())
        counts = self._counts.get(self.key(num_id), {})

        def number(match: re.Match[str]) -> str:
            place = int(match[1]) - 1
            held = levels.get(place, Level())
            form = "decimal" if level.is_legal else held.form
            return written_number(counts.get(place, held.start), form)

        return _PLACE.sub(number, level.text).strip(" \t\u00a0")


def _levels(element: Element) -> dict[int, Level]:
    found: dict[int, Level] = {}
    for child in element.findall(w("lvl")):
        depth = integer(child.get(w("ilvl")))
        if depth is not None and 0 <= depth < _MOST_LEVELS:
            found[depth] = _level(child, depth)
    return found


def _level(element: Element, depth: int) -> Level:
    def value(name: str) -> str | None:
        found = element.find(w(name))
        return found.get(_VAL) if found is not None else None

    indent = element.find(f"{w('pPr')}/{w('ind')}")
    left = indent.get(w("left")) or indent.get(w("start")) if indent is not None else None
    start = integer(value("start"))
    text = value("lvlText")
    if element.find(w("lvlPicBulletId")) is not None:
        text = "\N{BULLET}"  # a picture is the mark, whatever stands for it as text
    return Level(
        value("numFmt") or "decimal",
        f"%{depth + 1}." if text is None else text,
        1 if start is None else start,
        integer(left) or 0,
        value("pStyle") or "",
        integer(value("lvlRestart")),
        element.find(w("isLgl")) is not None,
    )


def _list(element: Element) -> _List:
    definition = element.find(w("abstractNumId"))
    made = _List((definition.get(_VAL) or "") if definition is not None else "")
    for override in element.findall(w("lvlOverride")):
        depth = integer(override.get(w("ilvl")))
        if depth is None:
            continue
        start = override.find(w("startOverride"))
        number = integer(start.get(_VAL)) if start is not None else None
        if number is not None:
            made.starts[depth] = number
        level = override.find(w("lvl"))
        if level is not None:
            made.levels[depth] = _level(level, depth)
    return made


def written_number(number: int, form: str) -> str:
    """Write a number in a form of WordprocessingML (``"lowerRoman"``)."""
    match form:
        case "decimalZero":
            return f"{number:02d}"
        case "none":
            return ""
        case _:
            return numerals.written_number(number, form_of(form))


def form_of(word: str) -> str:
    """Give the form of a list's numbers that WordprocessingML names so; figures for others."""
    return next((form for form, (_, name) in numerals.FORMS.items() if name == word), "decimal")
