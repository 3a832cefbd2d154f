"""Styles of an OpenDocument text: what they look like, and what they are based on."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from ess_access.document.numerals import FORMS
from ess_access.readers._processor.kinds import Kind, is_code_name, kind_of_name
from ess_access.readers._zip import Element, name_of
from ess_access.readers.odt.names import FO, OFFICE, STYLE, TEXT

__all__ = ["ListLevel", "Looks", "Styles"]

_ESCAPED = re.compile("_([0-9a-fA-F]{2,4})_")
_SIZE = re.compile(r"(\d+(?:\.\d+)?)(pt|%)")
_LENGTH = re.compile(r"(-?\d+(?:\.\d+)?)(cm|mm|in|pt)")
_TWIPS = {"cm": 567.0, "mm": 56.7, "in": 1440.0, "pt": 20.0}
_BOLD = frozenset({"bold", "600", "700", "800", "900"})


@dataclass(frozen=True, slots=True)
class Looks:
    """What a style says, its parents' sayings included; ``None`` where none says anything.

    ``size`` is in half-points, ``share`` a size in hundredths of the one around, ``indent`` in
    twips. ``kind`` and ``level`` are what the style's name means.
    """

    kind: Kind = Kind.BODY
    level: int = 0
    is_bold: bool | None = None
    is_italic: bool | None = None
    is_hidden: bool | None = None
    is_struck: bool | None = None
    is_code: bool = False
    size: int | None = None
    share: int = 100
    font: str | None = None
    lang: str | None = None
    script: str | None = None
    indent: int | None = None
    breaks_before: bool = False
    breaks_after: bool = False
    list_style: str = ""


@dataclass(frozen=True, slots=True)
class ListLevel:
    """One level of a list. ``is_bare``: neither mark nor number."""

    is_ordered: bool
    start: int = 1
    is_bare: bool = False
    form: str = "1"
    prefix: str = ""
    suffix: str = ""
    shown_levels: int = 1

    @property
    def number_form(self) -> str:
        """The form of its numbers in the model; figures where it has no name for it."""
        return next((form for form, (name, _) in FORMS.items() if name == self.form), "decimal")


@dataclass(slots=True)
class Styles:
    """The styles of one document, those of its content before the common ones."""

    default_lang: str = ""
    _elements: dict[tuple[str, str], Element] = field(default_factory=dict)
    _looks: dict[tuple[str, str], Looks] = field(default_factory=dict)
    _lists: dict[str, dict[int, ListLevel]] = field(default_factory=dict)
    outline: dict[int, ListLevel] = field(default_factory=dict)
    defaults: Looks = Looks()
    _automatic: set[tuple[str, str]] = field(default_factory=set)

    @classmethod
    def of(cls, roots: Iterable[Element]) -> "Styles":
        """Read the styles below each root; the first of a name wins."""
        styles = cls()
        for root in roots:
            for element in root.iter(f"{STYLE}style"):
                key = (element.get(f"{STYLE}family") or "", element.get(f"{STYLE}name") or "")
                styles._elements.setdefault(key, element)
            for holder in root.iter(f"{OFFICE}automatic-styles"):
                styles._automatic.update(
                    (element.get(f"{STYLE}family") or "", element.get(f"{STYLE}name") or "")
                    for element in holder.iter(f"{STYLE}style")
                )
            for element in root.iter(f"{TEXT}list-style"):
                styles._lists.setdefault(element.get(f"{STYLE}name") or "", _levels(element))
            for element in root.iter(f"{TEXT}outline-style"):
                styles.outline = styles.outline or _levels(element)
            for element in root.iter(f"{STYLE}default-style"):
                if element.get(f"{STYLE}family") == "paragraph":
                    styles.defaults = _own(element)
                    styles.default_lang = styles.defaults.lang or ""
        return styles

    def looks(self, family: str, name: str | None) -> Looks:
        """Give what a style of a family (``"paragraph"``, ``"text"``) looks like."""
        if not name:
            return Looks()
        key = (family, name)
        if key not in self._looks:
            self._looks[key] = Looks()  # stops a style that is based on itself
            self._looks[key] = self._resolved(family, name)
        return self._looks[key]

    def chosen(self, name: str | None) -> Looks:
        """Give what the paragraph style that a person chose looks like.

        Where all of a paragraph is in bold, LibreOffice makes a style of it by itself.
        """
        if name and ("paragraph", name) in self._automatic:
            element = self._elements[("paragraph", name)]
            return self.looks("paragraph", element.get(f"{STYLE}parent-style-name"))
        return self.looks("paragraph", name)

    def _resolved(self, family: str, name: str) -> Looks:
        element = self._elements.get((family, name))
        shown = _ESCAPED.sub(lambda match: chr(int(match[1], 16)), name)
        if element is None:
            kind, level = kind_of_name(shown) if family == "paragraph" else (Kind.BODY, 0)
            return Looks(kind, level, is_code=family == "text" and is_code_name(shown))
        shown = element.get(f"{STYLE}display-name") or shown
        base = self.looks(family, element.get(f"{STYLE}parent-style-name"))
        own = _own(element)
        kind, level = kind_of_name(shown) if family == "paragraph" else (Kind.BODY, 0)
        outline = element.get(f"{STYLE}default-outline-level") or ""
        if outline.isdecimal() and int(outline) > 0 and kind is Kind.BODY:
            kind, level = Kind.HEADING, int(outline)
        elif kind is Kind.BODY and outline == "":
            kind, level = base.kind, base.level
        size, share = own.size, own.share
        if size is None and share != 100 and base.size is not None:
            size, share = base.size * share // 100, 100
        return replace(
            own,
            kind=kind,
            level=level,
            is_bold=base.is_bold if own.is_bold is None else own.is_bold,
            is_italic=base.is_italic if own.is_italic is None else own.is_italic,
            is_hidden=base.is_hidden if own.is_hidden is None else own.is_hidden,
            is_struck=base.is_struck if own.is_struck is None else own.is_struck,
            is_code=base.is_code or (family == "text" and is_code_name(shown)),
            size=base.size if size is None else size,
            share=share,
            font=own.font or base.font,
            lang=own.lang or base.lang,
            script=base.script if own.script is None else own.script,
            indent=base.indent if own.indent is None else own.indent,
            list_style=own.list_style or base.list_style,
        )

    def has_borders(self, names: Iterable[str | None]) -> bool:
        """Say whether one of these styles of cells draws lines; a style that is unknown does."""
        for name in names:
            element = self._elements.get(("table-cell", name or ""))
            if element is None:
                return True
            for properties in element.iter(f"{STYLE}table-cell-properties"):
                for side in ("border", "border-top", "border-left", "border-bottom"):
                    if (properties.get(FO + side) or "none") != "none":
                        return True
        return False

    def list_level(self, name: str, depth: int) -> ListLevel:
        """Give a level of a list style, ``depth`` from 1: the nearest one above where it lacks it.

        Bullets for a style that is not defined.
        """
        levels = self._lists.get(name, {})
        known = [level for level in levels if level <= depth]
        return levels[max(known)] if known else ListLevel(is_ordered=False)


def _own(element: Element) -> Looks:
    text = element.find(f"{STYLE}text-properties")
    paragraph = element.find(f"{STYLE}paragraph-properties")
    looks = Looks(list_style=element.get(f"{STYLE}list-style-name") or "")
    if text is not None:
        weight, slant = text.get(f"{FO}font-weight"), text.get(f"{FO}font-style")
        struck = text.get(f"{STYLE}text-line-through-style")
        size = _SIZE.fullmatch(text.get(f"{FO}font-size") or "")
        display = text.get(f"{TEXT}display")
        looks = replace(
            looks,
            is_bold=None if weight is None else weight in _BOLD,
            is_italic=None if slant is None else slant in ("italic", "oblique"),
            is_hidden=None if display is None else display == "none",
            is_struck=None if struck is None else struck != "none",
            size=round(float(size[1]) * 2) if size and size[2] == "pt" else None,
            share=round(float(size[1])) if size and size[2] == "%" else 100,
            font=text.get(f"{STYLE}font-name") or text.get(f"{FO}font-family"),
            lang=_lang(text),
            script=_script(text.get(f"{STYLE}text-position")),
        )
    if paragraph is not None:
        looks = replace(
            looks,
            indent=_twips(paragraph.get(f"{FO}margin-left")),
            breaks_before=paragraph.get(f"{FO}break-before") == "page",
            breaks_after=paragraph.get(f"{FO}break-after") == "page",
        )
    return looks


def _lang(text: Element) -> str | None:
    language = text.get(f"{FO}language")
    if language is None:
        return None
    country = text.get(f"{FO}country") or ""
    if language in ("none", "zxx", ""):
        return ""
    return f"{language}-{country}" if country not in ("", "none") else language


def _script(position: str | None) -> str | None:
    if position is None:
        return None
    raised = position.split()[0] if position.split() else ""
    match raised:
        case "super" | "sub":
            return raised
        case _ if raised.removesuffix("%").lstrip("-").isdecimal() and raised not in ("0%", "0"):
            return "sub" if raised.startswith("-") else "super"
        case _:
            return ""


def _twips(length: str | None) -> int | None:
    match = _LENGTH.fullmatch(length or "")
    return round(float(match[1]) * _TWIPS[match[2]]) if match else None


def _levels(element: Element) -> dict[int, ListLevel]:
    found: dict[int, ListLevel] = {}
    for child in element:
        depth = child.get(f"{TEXT}level") or ""
        if not depth.isdecimal():
            continue
        name = name_of(child).rpartition("}")[2]
        if name in ("list-level-style-number", "outline-level-style"):
            start = child.get(f"{TEXT}start-value") or ""
            form = child.get(f"{STYLE}num-format") or ""
            shown = child.get(f"{TEXT}display-levels") or ""
            found[int(depth)] = ListLevel(
                bool(form),
                int(start) if start.isdecimal() and len(start) < 9 else 1,
                not form,
                form,
                child.get(f"{STYLE}num-prefix") or "",
                child.get(f"{STYLE}num-suffix") or "",
                int(shown) if shown.isdecimal() and len(shown) < 3 else 1,
            )
        else:
            mark = child.get(f"{TEXT}bullet-char")
            is_bare = mark is not None and not mark.strip(" \u00a0")
            found[int(depth)] = ListLevel(is_ordered=False, is_bare=is_bare)
    return found
