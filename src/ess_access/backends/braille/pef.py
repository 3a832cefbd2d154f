"""Open a PEF file again, and hold it against PEF 2008-1, element by element.

Source of the rules: « Portable Embosser Format (PEF) 1.0 », public draft of 12 February 2009, and
its RELAX NG grammar. Elements of other vocabularies may stand in most places, and attributes with
a namespace anywhere.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING

from ess_access.backends.braille.cells import BLANK
from ess_access.backends.braille.files import BrailleFile, Fault

if TYPE_CHECKING:
    from lxml.etree import _Element

__all__ = ["LANGUAGE", "open_pef"]

_PEF = "{http://www.daisy.org/ns/2008/pef}"
_DC = "{http://purl.org/dc/elements/1.1/}"

LANGUAGE = re.compile("[a-zA-Z]{1,8}(?:-[a-zA-Z0-9]{1,8})*")
_POSITIVE = re.compile(r"\s*\+?0*[1-9][0-9]*\s*", re.ASCII)
_NATURAL = re.compile(r"\s*(?:\+?[0-9]+|-0+)\s*", re.ASCII)
_BOOLEAN = re.compile(r"\s*(?:true|false|0|1)\s*", re.ASCII)
_CELLS = re.compile("[\u2800-\u28ff]*")

_SIZES = MappingProxyType({"cols": _POSITIVE, "rows": _POSITIVE})
_GAP = MappingProxyType({"rowgap": _NATURAL})
_LAYOUT = MappingProxyType({**_SIZES, **_GAP, "duplex": _BOOLEAN})


@dataclass(frozen=True, slots=True)
class _Rule:
    """What an element may hold: its own attributes, and its children with how often they stand.

    ``is_open`` lets elements of other vocabularies stand among them.
    """

    attributes: Mapping[str, re.Pattern[str]] = field(default_factory=dict)
    needs_attributes: bool = False
    children: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    is_open: bool = True


_MANY = 10**9
_RULES = MappingProxyType(
    {
        "pef": _Rule(
            {"version": re.compile(r"\s*2008-1\s*")},
            needs_attributes=True,
            children={"head": (1, 1), "body": (1, 1)},
            is_open=False,
        ),
        "head": _Rule(children={"meta": (1, 1)}),
        "body": _Rule(children={"volume": (1, _MANY)}),
        "volume": _Rule(_LAYOUT, needs_attributes=True, children={"section": (1, _MANY)}),
        "section": _Rule(_LAYOUT, children={"page": (1, _MANY)}),
        "page": _Rule(_GAP, children={"row": (0, _MANY)}),
    }
)
# How often each element of Dublin Core may stand in the metadata.
_METADATA = MappingProxyType(
    {
        "identifier": (1, 1),
        "format": (1, 1),
        "title": (0, 1),
        "description": (0, 1),
        "date": (0, 1),
        **dict.fromkeys(
            (
                *("creator", "subject", "publisher", "contributor", "type", "source"),
                *("language", "relation", "coverage", "rights"),
            ),
            (0, _MANY),
        ),
    }
)
_VALUES = MappingProxyType(
    {
        "format": re.compile(r"\s*application/x-pef\+xml\s*"),
        "date": re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}"),
        "language": re.compile(rf"\s*{LANGUAGE.pattern}\s*"),
    }
)


def open_pef(data: bytes) -> BrailleFile:
    """Read a PEF file. What is no XML is BR-110, what PEF does not allow BR-111."""
    from lxml import etree

    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        return BrailleFile((), (("BR-110", {"reason": str(error)}),))
    # Each kind of fault once: a page has thirty rows, and a book a thousand pages.
    reasons = list(dict.fromkeys(_faults(root)))
    faults: tuple[Fault, ...] = tuple(("BR-111", {"reason": reason}) for reason in reasons)
    volumes: list[tuple[tuple[str, ...], ...]] = []
    sizes: list[tuple[int, int]] = []
    duplex: set[bool] = set()
    for volume in root.iterfind(f"{_PEF}body/{_PEF}volume"):
        pages: list[tuple[str, ...]] = []
        for page in volume.iterfind(f"{_PEF}section/{_PEF}page"):
            pages.append(
                tuple((row.text or "").rstrip(BLANK) for row in page.findall(f"{_PEF}row"))
            )
            sizes.append((_size(page, "cols"), _size(page, "rows")))
            duplex.add(_inherited(page, "duplex").strip() in {"true", "1"})
        volumes.append(tuple(pages))
    return BrailleFile(tuple(volumes), faults, tuple(sizes), tuple(sorted(duplex)))


def _size(page: "_Element", name: str) -> int:
    value = _inherited(page, name)
    return int(value) if _POSITIVE.fullmatch(value) else 0


def _inherited(page: "_Element", name: str) -> str:
    """Give the attribute that holds for a page: its section's, or its volume's; ``""``: none."""
    return next(
        (parent.get(name, "") for parent in page.iterancestors() if name in parent.attrib), ""
    )


def _faults(root: "_Element") -> Iterator[str]:
    if root.tag != f"{_PEF}pef":
        yield "pef"
        return
    yield from _element_faults(root, "pef")


def _element_faults(element: "_Element", name: str) -> Iterator[str]:
    if name == "row":
        yield from _row_faults(element)
        return
    if name == "meta":
        yield from _metadata_faults(element)
        return
    rule = _RULES[name]
    yield from _attribute_faults(element, name, rule)
    yield from _text_faults(element, name)
    counts = dict.fromkeys(rule.children, 0)
    order: list[str] = []
    for child in element:
        child_name = _local(child, _PEF)
        if child_name in counts:
            counts[child_name] += 1
            order.append(child_name)
            yield from _element_faults(child, child_name)
        elif child_name or not rule.is_open:
            yield f"{name}/{child_name or _tag(child)}"
        else:
            yield from _foreign_faults(child, name, (_PEF,))
    for child_name, (least, most) in rule.children.items():
        if not least <= counts[child_name] <= most:
            yield f"{name}/{child_name}"
    if name == "pef" and order not in (["head", "body"], ["head"], ["body"], []):
        yield "pef/body"


def _row_faults(row: "_Element") -> Iterator[str]:
    if row.attrib:
        yield from _attribute_faults(row, "row", _Rule(_GAP))
    if len(row):
        yield f"row/{_local(row[0], _PEF) or _tag(row[0])}"
    if not _CELLS.fullmatch(row.text or ""):
        yield "row/text()"


def _metadata_faults(meta: "_Element") -> Iterator[str]:
    yield from _attribute_faults(meta, "meta", _Rule())
    yield from _text_faults(meta, "meta")
    counts = dict.fromkeys(_METADATA, 0)
    for child in meta:
        name = _local(child, _DC)
        if name not in counts:
            if name or _local(child, _PEF):
                yield f"meta/{_tag(child)}"
            else:
                yield from _foreign_faults(child, "meta", (_PEF, _DC))
            continue
        counts[name] += 1
        yield from _attribute_faults(child, f"dc:{name}", _Rule())
        value = _VALUES.get(name)
        if len(child) or (value is not None and not value.fullmatch(child.text or "")):
            yield f"dc:{name}"
    for name, (least, most) in _METADATA.items():
        if not least <= counts[name] <= most:
            yield f"head/meta/dc:{name}"


def _attribute_faults(element: "_Element", name: str, rule: _Rule) -> Iterator[str]:
    for attribute, value in element.attrib.items():
        if not str(attribute).startswith("{"):
            pattern = rule.attributes.get(str(attribute))
            if pattern is None or not pattern.fullmatch(str(value)):
                yield f"{name}[@{attribute}]"
    if rule.needs_attributes:
        yield from (
            f"{name}[@{wanted}]" for wanted in rule.attributes if wanted not in element.attrib
        )


def _text_faults(element: "_Element", name: str) -> Iterator[str]:
    """Find words between elements, where blanks alone may stand."""
    if any((text or "").strip(" \t\r\n") for text in (element.text, *(c.tail for c in element))):
        yield f"{name}/text()"


def _foreign_faults(element: "_Element", name: str, not_within: tuple[str, ...]) -> Iterator[str]:
    """Find elements of PEF within those of other vocabularies."""
    for inner in element.iter():
        if _tag(inner).startswith(not_within):
            yield f"{name}/…/{_tag(inner)}"


def _local(element: "_Element", namespace: str) -> str:
    """Give the name of an element of a vocabulary, ``""`` for those of others."""
    tag = _tag(element)
    return tag.removeprefix(namespace) if tag.startswith(namespace) else ""


def _tag(element: "_Element") -> str:
    return element.tag if isinstance(element.tag, str) else ""
