"""What stands in a paragraph: runs of characters, links, notes, breaks, signs, formulas."""

from dataclasses import dataclass, field

from ess_access.api.findings import Severity
from ess_access.document.nodes import Inline, LineBreak, Rule, Text
from ess_access.readers._passages import tag_of
from ess_access.readers._processor.raw import Part, RawMark, RawRun
from ess_access.readers._runs import Look
from ess_access.readers._zip import Element
from ess_access.readers.docx.choices import alternative
from ess_access.readers.docx.context import Story
from ess_access.readers.docx.maths import formula
from ess_access.readers.docx.names import MC, M, O, V, W, w
from ess_access.readers.docx.notes import note
from ess_access.readers.docx.properties import NOTHING, RunProperties, run_properties
from ess_access.readers.docx.ranges import mark_of, typed_behind
from ess_access.readers.docx.styles import ParagraphStyle
from ess_access.readers.docx.symbols import symbol, symbols

__all__ = ["Line"]

_THROUGH = frozenset({"ins", "moveTo", "smartTag", "customXml", "dir", "bdo", "sdtContent"})
_SAMPLE = 60_000


@dataclass(slots=True)
class Line:
    """The content of one paragraph as it is collected.

    ``parts`` are text boxes and the like, which stand after the paragraph; ``breaks`` the places
    among the runs where a page ends; ``marks`` those of ranges, with their places.
    """

    story: Story
    style: ParagraphStyle
    runs: list[RawRun] = field(default_factory=list)
    parts: list[Part] = field(default_factory=list)
    breaks: list[int] = field(default_factory=list)
    anchors: list[str] = field(default_factory=list)
    marks: list[tuple[RawMark, int]] = field(default_factory=list)
    link: str = ""

    def read(self, element: Element) -> None:
        """Collect the children of a paragraph, or of what stands in one."""
        for child in element:
            tag = child.tag
            if not isinstance(tag, str):
                continue
            if tag.startswith(W):
                self._word(child, tag[len(W) :])
            elif tag == f"{MC}AlternateContent":
                chosen = alternative(child)
                if chosen is not None:
                    self.read(chosen)
            elif tag in (f"{M}oMath", f"{M}oMathPara"):
                self.formula(child)

    def _word(self, child: Element, name: str) -> None:
        match name:
            case "r":
                self._run(child)
            case "hyperlink":
                self._hyperlink(child)
            case "fldSimple":
                self.story.fields.simple(child.get(w("instr")) or "")
                self._nested(child)
                self.story.fields.close()
            case "del" | "moveFrom":
                self._deleted(child, name)
            case "bookmarkStart" | "bookmarkEnd":
                self._bookmark(child)
            case "sdt":
                content = child.find(w("sdtContent"))
                if content is not None:
                    self._nested(content)
            case "subDoc":
                self.story.context.find("SRC-064", Severity.WARNING, what="sub-document")
            case "ruby":
                self._ruby(child)
            case _ if name in _THROUGH:
                self._nested(child)
            case _:
                pass

    def _bookmark(self, child: Element) -> None:
        mark = mark_of(child, self.story.context)
        anchor = child.get(w("name")) or ""
        if mark is not None:
            self.marks.append((mark, len(self.runs)))
        elif anchor in self.story.context.linked:
            self.anchors.append(anchor)

    def _nested(self, child: Element) -> None:
        self.story.context.deeper()
        self.read(child)
        self.story.context.shallower()

    def _deleted(self, child: Element, name: str) -> None:
        if name == "del":
            context = self.story.context
            context.left_out(context.deleted, "".join(child.itertext(w("delText"), w("t"))))
        for character in child.iter(w("fldChar"), w("delInstrText")):
            # A field that begins in deleted text may end outside it.
            if character.tag == w("fldChar"):
                self.story.fields.character(character)
            else:
                self.story.fields.instruction(character.text or "")

    def _hyperlink(self, child: Element) -> None:
        relation = self.story.relation(child)
        href = relation.target if relation is not None and relation.is_external else ""
        anchor = child.get(w("anchor")) or child.get(w("docLocation")) or ""
        outer, self.link = self.link, f"{href}#{anchor}" if anchor else href
        self._nested(child)
        self.link = outer

    def _ruby(self, child: Element) -> None:
        for part, before, after in (("rubyBase", "", ""), ("rt", " (", ")")):
            found = child.find(w(part))
            if found is not None:
                self.add(Text(before), NOTHING)
                self._nested(found)
                self.add(Text(after), NOTHING)

    def formula(self, child: Element) -> None:
        """Write out a formula."""
        if self.story.fields.is_silent:
            return
        text = formula(child)
        if text:
            self.story.context.find("SRC-061", Severity.REVIEW, formula=text[:120])
            self.add(Text(f" {text} "), NOTHING)

    def _run(self, element: Element) -> None:
        context = self.story.context
        direct = run_properties(element.find(w("rPr")))
        if direct.style:
            direct = direct.over(context.styles.character(direct.style))
        effective = direct.over(self.style.run)
        is_hidden, skips_mark = bool(effective.is_hidden), False
        if direct.is_added:
            self._text(typed_behind(element), direct, effective)
            return
        for child in element:
            tag = child.tag
            if not isinstance(tag, str):
                continue
            name = tag[len(W) :] if tag.startswith(W) else ""
            if name == "fldChar":
                words = self.story.fields.character(child)
                if words:
                    self.add(Text(words), direct)
                continue
            if name in ("instrText", "delInstrText"):
                self.story.fields.instruction(child.text or "")
                continue
            if name == "lastRenderedPageBreak":
                context.page += 1
                context.has_pages = True
                continue
            if self.story.fields.is_silent:
                continue
            if is_hidden:
                if name == "t":
                    context.left_out(context.hidden, child.text or "")
                continue
            match name:
                case "t":
                    if not skips_mark:
                        self._text(child.text or "", direct, effective)
                case "footnoteReference" | "endnoteReference":
                    skips_mark = child.get(w("customMarkFollows")) in ("1", "true", "on")
                    read = note(child, name, self.story, has_own_mark=skips_mark)
                    if read is not None:
                        self.runs.append(RawRun(read))
                case "sym":
                    self._symbol(child, direct)
                case _:
                    self._other(child, name, tag, direct)

    def _text(self, text: str, direct: RunProperties, effective: RunProperties) -> None:
        text, unknown = symbols(text, effective.font)
        if unknown:
            self._unknown_symbol(unknown, effective.font)
        if not text:
            return
        context = self.story.context
        self.story.fields.said()
        size = effective.size or context.styles.defaults.size or 20
        context.sizes[size] += len(text)
        lang = direct.lang or self.style.run.lang or ""
        context.langs[lang] += len(text)
        if context.sampled < _SAMPLE:
            context.sample.append(text)
            context.sampled += len(text)
        self.add(Text(text), direct, size)

    def _symbol(self, child: Element, direct: RunProperties) -> None:
        code, font = child.get(w("char")) or "", child.get(w("font"))
        try:
            sign = symbol(int(code, 16), font)
        except ValueError:
            sign = ""
        if sign:
            self.story.fields.said()
            self.add(Text(sign), direct)
        else:
            self._unknown_symbol(code, font)

    def _unknown_symbol(self, code: str, font: str | None) -> None:
        shown = (
            code if code.isalnum() and code.isascii() else f"U+{ord(code[0]):04X}" if code else "?"
        )
        self.story.context.find("SRC-062", Severity.WARNING, sign=shown, font=font or "?")

    def _other(self, child: Element, name: str, tag: str, direct: RunProperties) -> None:
        match name:
            case "tab" | "ptab":
                self.add(Text("\t"), direct)
            case "br":
                self._break(child)
            case "cr":
                self.add(LineBreak(), direct)
            case "noBreakHyphen":
                self.add(Text("\N{NON-BREAKING HYPHEN}"), direct)
            case "drawing" | "pict" | "object":
                self._drawing(child)
            case "ruby":
                self._ruby(child)
            case "commentReference":
                self.story.context.comments += 1
            case "contentPart":
                self.story.context.find("SRC-064", Severity.WARNING, what="ink")
            case _ if tag == f"{MC}AlternateContent":
                chosen = alternative(child)
                for inner in chosen if chosen is not None else ():
                    if isinstance(inner.tag, str):
                        inner_name = inner.tag[len(W) :] if inner.tag.startswith(W) else ""
                        if inner_name == "t":
                            self._text(inner.text or "", direct, direct.over(self.style.run))
                        else:
                            self._other(inner, inner_name, inner.tag, direct)
            case _:
                pass

    def _break(self, child: Element) -> None:
        match child.get(w("type")):
            case "page":
                self.breaks.append(len(self.runs))
                self.add(Text(" "), NOTHING)
            case "column":
                self.add(Text(" "), NOTHING)
            case _:
                self.add(LineBreak(), NOTHING)

    def _drawing(self, child: Element) -> None:
        from ess_access.readers.docx.drawings import drawn

        rule = child.find(f".//{V}rect[@{O}hr]")
        if rule is not None and rule.get(f"{O}hr") in ("t", "true", "1"):
            self.parts.append(Rule(at=self.story.context.at))
            return
        images, parts = drawn(child, self.story)
        for image, href in images:
            outer, self.link = self.link, href or self.link
            self.add(image, NOTHING)
            self.link = outer
        self.parts.extend(parts)

    def add(self, node: Inline, direct: RunProperties, size: int = 0) -> None:
        """Add a node with the looks that its run has beyond those of the paragraph."""
        context = self.story.context
        base = self.style.run
        lang = direct.lang or base.lang or ""
        tag = tag_of(lang) if lang else ""
        look = Look(
            self.link or self.story.fields.href,
            tag,
            bool(direct.is_strong)
            or (bool(direct.is_bold) and not base.is_bold and not direct.draws_bold),
            bool(direct.is_italic) and not base.is_italic,
            direct.script or "",
            bool(direct.is_code),
        )
        if direct.is_struck and isinstance(node, Text) and node.text.strip():
            context.find("SRC-021", Severity.REVIEW, words=node.text.strip()[:80])
        self.runs.append(RawRun(node, look, size))
