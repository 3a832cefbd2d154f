"""Links that are fields: HYPERLINK, as Word writes them from a menu or from an old file."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from ess_access.backends.large_print.checks.xml import W

__all__ = ["FieldLink", "field_links"]

_ADDRESS = re.compile(r'\s*HYPERLINK\s+"?([^"\s]+)')
_ANCHOR = re.compile(r'\\l\s+"?([^"\s]+)')


@dataclass(slots=True)
class FieldLink:
    """A link that is a field within one paragraph: its instruction, the runs of its words."""

    code: str = ""
    runs: list[Any] = field(default_factory=list)
    has_words: bool = False

    @property
    def is_link(self) -> bool:
        """Say whether the field is a link and not a page number or a date."""
        return self.code.split()[:1] == ["HYPERLINK"]

    @property
    def text(self) -> str:
        """Give the words of the link."""
        return "".join(node.text or "" for run in self.runs for node in run.iter(f"{W}t"))

    @property
    def address(self) -> str:
        """Give the address outside that it leads to, ``""`` for a place of the document."""
        found = _ADDRESS.match(self.code)
        return found[1] if found is not None and not self.anchor else ""

    @property
    def anchor(self) -> str:
        """Give the bookmark that it leads to, ``""`` for an address outside."""
        found = _ANCHOR.search(self.code)
        outside = self.code.split()[1:2]
        return found[1] if found is not None and outside == ["\\l"] else ""


def field_links(paragraph: Any) -> list[FieldLink]:
    """Give the links of a paragraph that are fields, in order."""
    return [link for link in (*_simple(paragraph), *_complex(paragraph)) if link.is_link]


def _simple(paragraph: Any) -> Iterator[FieldLink]:
    for element in paragraph.iter(f"{W}fldSimple"):
        yield FieldLink(element.get(f"{W}instr", ""), list(element.iter(f"{W}r")), has_words=True)


def _complex(paragraph: Any) -> Iterator[FieldLink]:
    if next(paragraph.iter(f"{W}fldChar"), None) is None:
        return
    opened: list[FieldLink] = []
    for run in paragraph.iter(f"{W}r"):
        for node in run:
            match node.get(f"{W}fldCharType") if node.tag == f"{W}fldChar" else None:
                case "begin":
                    opened.append(FieldLink())
                case "separate" if opened:
                    opened[-1].has_words = True
                case "end" if opened:
                    yield opened.pop()
                case _ if node.tag == f"{W}instrText" and opened:
                    opened[-1].code += node.text or ""
                case _ if node.tag == f"{W}t":
                    for link in opened:
                        if link.has_words and run not in link.runs:
                            link.runs.append(run)
