"""What is known of one Word file while it is read, and what was left out of it."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from ess_access.api.findings import Finding, Severity
from ess_access.api.reader import Source
from ess_access.document.nodes import Place
from ess_access.errors import SourceError
from ess_access.readers._pictures import Pictures
from ess_access.readers._zip import Element
from ess_access.readers.docx.fields import Fields
from ess_access.readers.docx.names import R
from ess_access.readers.docx.numbering import Numbering
from ess_access.readers.docx.package import Package, Relation
from ess_access.readers.docx.styles import Styles

__all__ = ["Context", "Story"]

_FEW = 3  # examples of words in a message


@dataclass(slots=True)
class Context:
    """The state of one reading. ``notes`` maps kind and id of notes to their elements."""

    source: Source
    package: Package
    styles: Styles
    numbering: Numbering
    pictures: Pictures
    notes: Mapping[tuple[str, str], tuple[str, Element]]
    linked: frozenset[str]
    findings: list[Finding] = field(default_factory=list)
    hidden: list[str] = field(default_factory=list)
    deleted: list[str] = field(default_factory=list)
    comments: int = 0
    contents: int = 0
    after_contents: bool = False  # the page break that a table of contents ends with is its own
    ranges: dict[str, str] = field(default_factory=dict)  # of our own large print, by bookmark id
    page: int = 1
    has_pages: bool = False
    paragraph: int = 0
    depth: int = 0
    anchors: list[str] = field(default_factory=list)
    sizes: Counter[int] = field(default_factory=Counter)
    langs: Counter[str] = field(default_factory=Counter)
    sample: list[str] = field(default_factory=list)
    sampled: int = 0

    @property
    def at(self) -> Place:
        """The place of the paragraph that is read: its number, and its page when Word told."""
        page = self.page if self.has_pages else None
        return Place(page=page, part=f"§ {self.paragraph}" if self.paragraph else None)

    def find(self, code: str, severity: Severity, **params: str | int) -> None:
        """Keep a finding at the present place."""
        self.findings.append(Finding(code, severity, params, self.at))

    def deeper(self) -> None:
        """Count one more nesting. Raises SourceError beyond the limit."""
        self.depth += 1
        if self.depth > self.source.limits.nesting:
            limit = self.source.limits.nesting
            raise SourceError("source-too-deep", name=self.source.name, limit=limit)

    def shallower(self) -> None:
        """Leave a nesting."""
        self.depth -= 1

    def left_out(self, kind: list[str], text: str) -> None:
        """Remember words that are left out; joined to those just before."""
        text = " ".join(text.split())
        if text:
            kind.append(text)

    def summary(self) -> list[Finding]:
        """Say, once each, what was left out."""
        found: list[Finding] = []
        for code, words in (("SRC-054", self.hidden), ("SRC-055", self.deleted)):
            if words:
                shown = " / ".join(words[:_FEW])[:160]
                params: dict[str, str | int] = {"count": len(words), "words": shown}
                found.append(Finding(code, Severity.INFO, params))
        if self.comments:
            found.append(Finding("SRC-056", Severity.INFO, {"count": self.comments}))
        if self.contents:
            found.append(Finding("SRC-057", Severity.INFO))
        return found


@dataclass(slots=True)
class Story:
    """One flow of text: the body, a note, a text box. ``part`` names the part it is in."""

    context: Context
    part: str
    fields: Fields = field(default_factory=Fields)
    in_note: bool = False

    def relation(self, element: Element, name: str = "id") -> Relation | None:
        """Give the relation that an attribute of the element names."""
        key = element.get(R + name)
        return self.context.package.relations(self.part).get(key) if key else None

    def beside(self) -> "Story":
        """Give a story of the same part with fields of its own."""
        return Story(self.context, self.part, Fields(), self.in_note)
