"""What is known of one OpenDocument text while it is read."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

from ess_access.api.findings import Finding, Severity
from ess_access.api.reader import Source
from ess_access.document.nodes import Place
from ess_access.document.numerals import written_number
from ess_access.errors import SourceError
from ess_access.readers._pictures import Pictures
from ess_access.readers._zip import Element
from ess_access.readers.odt.styles import ListLevel, Styles

__all__ = ["Context"]

_SAMPLE = 60_000


@dataclass(slots=True)
class Context:
    """The state of one reading. ``part`` gives the bytes of a part, ``None`` where it is absent."""

    source: Source
    styles: Styles
    pictures: Pictures
    part: Callable[[str], bytes | None]
    linked: frozenset[str]
    findings: list[Finding] = field(default_factory=list)
    hidden: list[str] = field(default_factory=list)
    deleted: list[str] = field(default_factory=list)
    comments: int = 0
    contents: int = 0
    page: int = 1
    paragraph: int = 0
    depth: int = 0
    in_note: bool = False
    sizes: Counter[int] = field(default_factory=Counter)
    langs: Counter[str] = field(default_factory=Counter)
    sample: list[str] = field(default_factory=list)
    sampled: int = 0
    list_ends: dict[str, int] = field(default_factory=dict)
    last_end: dict[str, int] = field(default_factory=dict)
    outline: list[int] = field(default_factory=lambda: [0] * 10)

    @property
    def at(self) -> Place:
        """The place of the paragraph that is read."""
        return Place(page=self.page, part=f"§ {self.paragraph}" if self.paragraph else None)

    def find(self, code: str, severity: Severity, **params: str | int) -> None:
        """Keep a finding at the present place."""
        self.findings.append(Finding(code, severity, params, self.at))

    def deeper(self) -> None:
        """Count one more nesting. Raises SourceError beyond the limit."""
        self.depth += 1
        limit = self.source.limits.nesting
        if self.depth > limit:
            raise SourceError("source-too-deep", name=self.source.name, limit=limit)

    def shallower(self) -> None:
        """Leave a nesting."""
        self.depth -= 1

    def said(self, text: str, size: int, lang: str) -> None:
        """Count the characters of a run by size and language."""
        if not text.strip():
            return
        self.sizes[size] += len(text)
        self.langs[lang] += len(text)
        if self.sampled < _SAMPLE:
            self.sample.append(text)
            self.sampled += len(text)

    def hide(self, element: Element) -> None:
        """Remember the words of an element that is not shown."""
        text = " ".join("".join(element.itertext()).split())
        if text:
            self.hidden.append(text)

    def heading_number(self, level: int) -> str:
        """Count a heading, and write its number as it is printed; ``""`` without numbering."""
        self.outline[level] += 1
        self.outline[level + 1 :] = [0] * (len(self.outline) - level - 1)
        style = self.styles.outline.get(level)
        if style is None or style.is_bare:
            return ""
        shown = range(max(1, level - style.shown_levels + 1), level + 1)
        return style.prefix + ".".join(self._number(deep) for deep in shown) + style.suffix

    def _number(self, level: int) -> str:
        style = self.styles.outline.get(level, ListLevel(is_ordered=True))
        number = max(1, self.outline[level]) + style.start - 1
        return written_number(number, style.number_form)

    def summary(self) -> list[Finding]:
        """Say, once each, what was left out."""
        found: list[Finding] = []
        for code, words in (("SRC-054", self.hidden), ("SRC-055", self.deleted)):
            if words:
                shown = " / ".join(words[:3])[:160]
                params: dict[str, str | int] = {"count": len(words), "words": shown}
                found.append(Finding(code, Severity.INFO, params))
        if self.comments:
            found.append(Finding("SRC-056", Severity.INFO, {"count": self.comments}))
        if self.contents:
            found.append(Finding("SRC-057", Severity.INFO))
        return found
