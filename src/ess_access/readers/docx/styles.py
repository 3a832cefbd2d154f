"""Styles by their names and outline levels, through what they are based on; never by their ids."""

import re
from dataclasses import dataclass, field, replace

from ess_access.readers._processor.kinds import Kind, is_code_name, kind_of_name
from ess_access.readers._zip import Element
from ess_access.readers.docx.names import w
from ess_access.readers.docx.properties import (
    NOTHING,
    RunProperties,
    integer,
    is_on,
    run_properties,
)

__all__ = ["ParagraphStyle", "Styles", "indent_of"]

_VAL = w("val")
# Word's and LibreOffice's names for emphasis and importance, alone or with what our own large
# print raises: « Raised Strong ».
_STRESS = re.compile(
    "(?P<raised>raised|lowered)?(?: |^|$)"
    "(?P<stress>strong(?: emphasis)?|emphasis|intense emphasis|code text)?"
)
_STRONG = frozenset({"strong", "strong emphasis", "intense emphasis"})
_ADDED = frozenset({"added words", "note call"})


@dataclass(frozen=True, slots=True)
class ParagraphStyle:
    """A paragraph style with all that it inherits.

    ``level`` is 1 to 9 for a heading, 0 for others. ``indent`` is in twips, ``num_id`` and
    ``list_level`` are ``None`` without numbering.
    """

    kind: Kind = Kind.BODY
    level: int = 0
    run: RunProperties = NOTHING
    num_id: str | None = None
    list_level: int | None = None
    indent: int | None = None
    ids: frozenset[str] = frozenset()
    keeps_next: bool = False


@dataclass(slots=True)
class _Written:
    element: Element
    name: str
    based_on: str | None


def indent_of(properties: Element | None) -> int | None:
    """Give the left indent of ``w:pPr`` in twips."""
    found = properties.find(w("ind")) if properties is not None else None
    if found is None:
        return None
    return integer(found.get(w("left")) or found.get(w("start")))


@dataclass(slots=True)
class Styles:
    """The styles of one document."""

    defaults: RunProperties = NOTHING
    default_paragraph: str = ""
    _written: dict[str, _Written] = field(default_factory=dict)
    _paragraphs: dict[str, ParagraphStyle] = field(default_factory=dict)
    _characters: dict[str, RunProperties] = field(default_factory=dict)

    @classmethod
    def of(cls, root: Element | None) -> "Styles":
        """Read the part of styles; ``None`` where the document has none."""
        styles = cls()
        if root is None:
            return styles
        styles.defaults = run_properties(
            root.find(f"{w('docDefaults')}/{w('rPrDefault')}/{w('rPr')}")
        )
        for element in root.iter(w("style")):
            key = element.get(w("styleId")) or ""
            name, based = element.find(w("name")), element.find(w("basedOn"))
            styles._written.setdefault(
                key,
                _Written(
                    element,
                    (name.get(_VAL) or "") if name is not None else "",
                    based.get(_VAL) if based is not None else None,
                ),
            )
            if element.get(w("type")) == "paragraph" and element.get(w("default")) in ("1", "true"):
                styles.default_paragraph = key
        return styles

    def _chain(self, key: str) -> list[_Written]:
        found: list[_Written] = []
        seen: set[str] = set()
        next_key: str | None = key
        while next_key is not None and next_key not in seen and next_key in self._written:
            seen.add(next_key)
            found.append(self._written[next_key])
            next_key = found[-1].based_on
        return found

    def paragraph(self, key: str | None) -> ParagraphStyle:
        """Give a paragraph style by id; the default one for ``None`` and unknown ids."""
        if key is None or key not in self._written:
            key = self.default_paragraph
        if key not in self._paragraphs:
            self._paragraphs[key] = self._resolved(key)
        return self._paragraphs[key]

    def _resolved(self, key: str) -> ParagraphStyle:
        kind, level = Kind.BODY, 0
        outline = num_id = list_level = indent = keeps = None
        run = NOTHING
        for written in self._chain(key):
            if kind is Kind.BODY:
                kind, level = kind_of_name(written.name)
            run = run.over(run_properties(written.element.find(w("rPr"))))
            properties = written.element.find(w("pPr"))
            if properties is None:
                continue
            if outline is None:
                outline = _value(properties.find(w("outlineLvl")))
            numbering = properties.find(w("numPr"))
            if numbering is not None and num_id is None:
                found = numbering.find(w("numId"))
                num_id = found.get(_VAL) if found is not None else None
                list_level = _value(numbering.find(w("ilvl")))
            if indent is None:
                indent = indent_of(properties)
            if keeps is None:
                kept = properties.find(w("keepNext"))
                keeps = is_on(kept) if kept is not None else None
        if outline is not None and kind in (Kind.BODY, Kind.HEADING):
            kind, level = (Kind.HEADING, outline + 1) if outline < 9 else (Kind.BODY, 0)
        ids = frozenset({key}) if key else frozenset()
        return ParagraphStyle(kind, level, run, num_id, list_level, indent, ids, bool(keeps))

    def character(self, key: str) -> RunProperties:
        """Give a character style by id, with all that it inherits."""
        if key not in self._characters:
            run = NOTHING
            is_code = None
            meaning = NOTHING
            for written in self._chain(key):
                run = run.over(run_properties(written.element.find(w("rPr"))))
                if is_code_name(written.name):
                    is_code = True
                meaning = meaning if meaning is not NOTHING else _meaning(written.name)
            if meaning is not NOTHING:
                run = replace(meaning.over(run), draws_bold=run.is_bold, is_bold=None)
            self._characters[key] = replace(run, style=None, is_code=is_code)
        return self._characters[key]

    def number_of_style(self, key: str) -> str | None:
        """Give the list that a numbering style stands for."""
        for written in self._chain(key):
            found = written.element.find(f"{w('pPr')}/{w('numPr')}/{w('numId')}")
            if found is not None:
                return found.get(_VAL)
        return None

    def marks_head(self, key: str | None) -> bool:
        """Say whether a table style sets its first row apart."""
        return any(
            (part.get(w("type")) or "") == "firstRow"
            and any(is_on(bold) for bold in part.iter(w("b")))
            for written in (self._chain(key) if key else ())
            for part in written.element.iter(w("tblStylePr"))
        )


def _meaning(name: str) -> RunProperties:
    """Tell what a character style's name says of its words, whatever it draws them like."""
    name = " ".join(name.lower().split())
    if name in _ADDED:
        return RunProperties(is_added=True)
    found = _STRESS.fullmatch(name)
    if found is None or not name:
        return NOTHING
    raised, stress = found["raised"], found["stress"] or ""
    return RunProperties(
        is_italic="emphasis" in stress.removeprefix("strong ") or None,
        script={"raised": "super", "lowered": "sub"}.get(raised or ""),
        is_strong=stress in _STRONG or None,
    )


def _value(element: Element | None) -> int | None:
    return integer(element.get(_VAL)) if element is not None else None
