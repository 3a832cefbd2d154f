"""What is known of one page while its elements are turned into nodes."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from urllib.parse import unquote

from ess_access.api.findings import Finding, Severity
from ess_access.document.inlines import tidy
from ess_access.document.nodes import Inline, Language, Note, PageMark, Place
from ess_access.readers._html_tree import (
    Element,
    attribute,
    heading_level,
    is_block,
    lang_of,
    name_of,
)
from ess_access.readers._pictures import Pictures

__all__ = ["Page", "Style", "language_tag", "prepared"]

Wrap = Callable[[tuple[Inline, ...]], Inline]
_TAG = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")


@dataclass(frozen=True, slots=True)
class Style:
    """What surrounds an element: the language, and the inline nodes that blocks cut through."""

    lang: str
    wraps: tuple[Wrap, ...] = ()

    def wrapped(self, run: Iterable[Inline]) -> tuple[Inline, ...]:
        """Put a run of inline nodes into the inline nodes that surround it, and tidy it."""
        nodes = tuple(run)
        if not nodes:
            return ()
        nodes = tidy(nodes)
        for wrap in reversed(self.wraps):
            if nodes:
                nodes = (wrap(nodes),)
        return tidy(nodes) if self.wraps else nodes

    def within(self, wrap: Wrap) -> "Style":
        """Give the style of what stands in one more inline node."""
        return replace(self, wraps=(*self.wraps, wrap))


@dataclass(slots=True)
class Page:
    """The state of one reading: indexes made once, and findings collected on the way.

    ``mixed`` are the elements that hold a block somewhere; ``ids`` the elements by id or anchor
    name, hidden ones included; ``heading_ids`` the ids of headings that links lead to, and
    ``targets`` the heading id that each linked id stands for.
    """

    place: Callable[[Element], Place | None]
    pictures: Pictures
    lang: str
    read_note: "Callable[[Page, Element, Style], Note | None]"
    ids: dict[str, Element] = field(default_factory=dict)
    mixed: set[Element] = field(default_factory=set)
    heading_ids: dict[Element, str] = field(default_factory=dict)
    targets: dict[str, str] = field(default_factory=dict)
    notes: dict[Element, Element] = field(default_factory=dict)  # a call, and the note it calls
    notes_read: dict[Element, Note | None] = field(default_factory=dict)
    held_marks: list[PageMark] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)

    def find(self, code: str, severity: Severity, element: Element, **params: str | int) -> None:
        """Keep a finding at the place of an element."""
        self.findings.append(Finding(code, severity, params, self.place(element)))

    def style_of(self, element: Element, style: Style) -> tuple[str, Style]:
        """Give the language that the element changes to (``""``: it does not), and its style."""
        declared = lang_of(element)
        if not declared:
            return "", style
        tag = language_tag(declared)
        if not tag:
            self.find("SRC-008", Severity.WARNING, element, lang=declared)
            return "", style
        if same_language(tag, style.lang):
            return "", style
        return tag, replace(style, lang=tag)

    def in_language(self, element: Element, style: Style) -> Style:
        """Give the style of inline content, wrapped in the language the element changes to."""
        tag, style = self.style_of(element, style)
        return style.within(self.language(tag)) if tag else style

    @staticmethod
    def language(tag: str) -> Wrap:
        """Give what puts a passage into a language."""
        return lambda children: Language(tag, children)


def language_tag(declared: str) -> str:
    """Bring a declared language to the form of BCP 47 (``"en-GB"``); ``""`` when it is none."""
    declared = declared.strip().replace("_", "-")
    if not _TAG.fullmatch(declared) or declared.lower() in ("und", "zxx", "mul", "mis"):
        return ""
    first, *others = declared.split("-")
    cased = [
        part.upper() if len(part) == 2 else part.title() if len(part) == 4 else part.lower()
        for part in others
    ]
    return "-".join((first.lower(), *cased))


def same_language(one: str, other: str) -> bool:
    """Say whether two tags name one language, whatever the country."""
    return one.partition("-")[0] == other.partition("-")[0]


def prepared(page: Page, roots: Iterable[Element]) -> None:
    """Index the visible elements: ``roots``, and all they hold."""
    hrefs: list[str] = []
    inside = {element: None for root in roots for element in root.iter()}
    for element in inside:
        if is_block(element):
            for ancestor in element.iterancestors():
                if ancestor in page.mixed:
                    break
                page.mixed.add(ancestor)
        if name_of(element) == "a":
            href = attribute(element, "href")
            if href.startswith("#") and len(href) > 1:
                hrefs.append(unquote(href[1:]))
    for target in dict.fromkeys(hrefs):
        # GitHub leaves a hyphen where a mark stood (« Pourquoi ? » is #pourquoi-): so people write.
        aimed = page.ids.get(target, page.ids.get(target.strip("-").lower()))
        if aimed is None or aimed not in inside:
            continue
        heading = _heading_at(aimed)
        if heading is not None:
            page.targets[target] = page.heading_ids.setdefault(heading, target)


def _heading_at(element: Element) -> Element | None:
    """Find the heading that an address within the page means: itself, around it, or next."""
    candidate: Element | None = element
    while candidate is not None:
        if heading_level(candidate):
            return candidate
        candidate = candidate.getparent()
    for descendant in element.iterdescendants():
        if heading_level(descendant):
            return descendant
        if name_of(descendant) in ("p", "li", "td", "dd", "pre"):
            return None
    if not "".join(element.itertext()).strip():
        following = element.getnext()
        if following is not None and heading_level(following):
            return following
    return None
