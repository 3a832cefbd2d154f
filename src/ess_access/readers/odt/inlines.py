"""What stands in a paragraph of an OpenDocument text."""

from dataclasses import dataclass, field, replace

from ess_access.api.findings import Severity
from ess_access.document.nodes import Inline, LineBreak, Text
from ess_access.readers._passages import tag_of
from ess_access.readers._processor.raw import Part, RawNote, RawRun
from ess_access.readers._runs import Look
from ess_access.readers._zip import Element, name_of
from ess_access.readers.docx.symbols import symbols
from ess_access.readers.odt.context import Context
from ess_access.readers.odt.names import DRAW, OFFICE, TEXT, XLINK
from ess_access.readers.odt.styles import Looks

__all__ = ["Line"]

_SILENT = frozenset(
    {
        "bookmark-end", "change", "change-start", "change-end", "reference-mark-start",
        "reference-mark-end", "toc-mark", "toc-mark-start", "toc-mark-end",
        "alphabetical-index-mark", "alphabetical-index-mark-start", "alphabetical-index-mark-end",
        "user-index-mark", "note-citation", "tracked-changes", "script", "number",
    }
)  # fmt: skip
_MOST_SPACES = 100


@dataclass(slots=True)
class Line:
    """The content of one paragraph as it is collected; ``parts`` stand after it."""

    context: Context
    base: Looks
    runs: list[RawRun] = field(default_factory=list)
    parts: list[Part] = field(default_factory=list)
    anchors: list[str] = field(default_factory=list)
    link: str = ""

    def read(self, element: Element, looks: Looks) -> None:
        """Collect the words and children of an element that looks so."""
        if element.text:
            self._text(element.text, looks)
        for child in element:
            self._child(child, looks)
            if child.tail:
                self._text(child.tail, looks)

    def _child(self, child: Element, looks: Looks) -> None:
        tag = name_of(child)
        if tag.startswith(TEXT):
            self._word(child, tag[len(TEXT) :], looks)
        elif tag in (f"{OFFICE}annotation", f"{OFFICE}annotation-end"):
            self.context.comments += tag == f"{OFFICE}annotation"
        elif tag == f"{DRAW}a":
            self._linked(child, looks)
        elif tag.startswith(DRAW):
            self.drawing(child)
        elif tag:
            self._nested(child, looks)

    def _nested(self, child: Element, looks: Looks) -> None:
        self.context.deeper()
        self.read(child, looks)
        self.context.shallower()

    def _word(self, child: Element, name: str, looks: Looks) -> None:
        match name:
            case "span":
                self._nested(child, self._over(child, looks))
            case "a":
                self._linked(child, self._over(child, looks))
            case "s":
                count = child.get(f"{TEXT}c") or "1"
                spaces = int(count) if count.isdecimal() and len(count) < 4 else 1
                self.add(Text(" " * min(spaces, _MOST_SPACES)), looks)
            case "tab":
                self.add(Text("\t"), looks)
            case "line-break":
                self.add(LineBreak(), looks)
            case "soft-page-break":
                self.context.page += not self.context.in_note
            case "note":
                self._note(child)
            case "bookmark" | "bookmark-start" | "reference-mark":
                anchor = child.get(f"{TEXT}name") or ""
                if anchor in self.context.linked:
                    self.anchors.append(anchor)
                if name == "reference-mark":
                    self._nested(child, looks)
            case "bookmark-ref" | "reference-ref" | "sequence-ref" | "note-ref":
                if child.get(f"{TEXT}reference-format") != "page":
                    self._nested(child, looks)
            case "hidden-text" | "hidden-paragraph":
                self.context.hide(child)
            case "ruby":
                self._ruby(child, looks)
            case _ if name in _SILENT:
                pass
            case _:
                self._nested(child, looks)

    def _over(self, child: Element, looks: Looks) -> Looks:
        own = self.context.styles.looks("text", child.get(f"{TEXT}style-name"))
        size = own.size
        if size is None and looks.size is not None:
            size = looks.size * own.share // 100
        return replace(
            looks,
            is_bold=looks.is_bold if own.is_bold is None else own.is_bold,
            is_italic=looks.is_italic if own.is_italic is None else own.is_italic,
            is_hidden=looks.is_hidden if own.is_hidden is None else own.is_hidden,
            is_struck=looks.is_struck if own.is_struck is None else own.is_struck,
            is_code=looks.is_code or own.is_code,
            size=size,
            font=own.font or looks.font,
            lang=looks.lang if own.lang is None else own.lang,
            script=looks.script if own.script is None else own.script,
        )

    def _linked(self, child: Element, looks: Looks) -> None:
        href = child.get(f"{XLINK}href") or ""
        if href.startswith("#"):
            href = href.partition("|")[0]  # LibreOffice adds what it leads to: #Titre|outline
        outer, self.link = self.link, href
        self._nested(child, looks)
        self.link = outer

    def _ruby(self, child: Element, looks: Looks) -> None:
        for name, before, after in (("ruby-base", "", ""), ("ruby-text", " (", ")")):
            found = child.find(f"{TEXT}{name}")
            if found is not None:
                self.add(Text(before), looks)
                self._nested(found, looks)
                self.add(Text(after), looks)

    def _note(self, child: Element) -> None:
        from ess_access.readers.odt.body import flow

        body = child.find(f"{TEXT}note-body")
        if body is None or self.context.in_note:
            return
        self.context.in_note = True
        self.context.deeper()
        parts = flow(body, self.context)
        self.context.shallower()
        self.context.in_note = False
        self.runs.append(RawRun(RawNote(tuple(parts))))

    def drawing(self, child: Element) -> None:
        """Read a picture, a text box or the like."""
        from ess_access.readers.odt.frames import drawn

        images, parts = drawn(child, self.context)
        for image in images:
            self.add(image, Looks())
        self.parts.extend(parts)

    def _text(self, text: str, looks: Looks) -> None:
        if looks.is_hidden:
            if text.strip():
                self.context.hidden.append(" ".join(text.split()))
            return
        text, unknown = symbols(text, looks.font)
        if unknown:
            self.context.find(
                "SRC-062", Severity.WARNING, sign=f"U+{ord(unknown[0]):04X}", font=looks.font or "?"
            )
        self.context.said(text, looks.size or 24, looks.lang or "")
        self.add(Text(text), looks)

    def add(self, node: Inline, looks: Looks) -> None:
        """Add a node with the looks that it has beyond those of the paragraph."""
        base = self.base
        if looks.is_hidden:
            return
        if looks.is_struck and isinstance(node, Text) and node.text.strip():
            self.context.find("SRC-021", Severity.REVIEW, words=node.text.strip()[:80])
        look = Look(
            self.link,
            tag_of(looks.lang) if looks.lang else "",
            bool(looks.is_bold) and not base.is_bold,
            bool(looks.is_italic) and not base.is_italic,
            looks.script or "",
            looks.is_code,
        )
        self.runs.append(RawRun(node, look, looks.size or 24))
