"""From what was read to the document, now that its language and its sizes are known."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from ess_access.api.findings import Finding, Severity
from ess_access.document.inlines import plain_text, tidy
from ess_access.document.nodes import (
    Block,
    Division,
    Figure,
    Heading,
    Image,
    Inline,
    LineBreak,
    ListBlock,
    Note,
    Paragraph,
    Place,
    Rule,
    Strong,
    Text,
)
from ess_access.readers._assembly import (
    Captioned,
    Coded,
    Continued,
    Defined,
    Item,
    Quoted,
    Term,
    assembled,
)
from ess_access.readers._assembly import Part as Piece
from ess_access.readers._passages import without_noise
from ess_access.readers._processor.kinds import Kind
from ess_access.readers._processor.leaves import code_of, figures_or_paragraph
from ess_access.readers._processor.pictures import described
from ess_access.readers._processor.ranges import composed_range, grouped
from ess_access.readers._processor.raw import (
    Part,
    RawBox,
    RawList,
    RawMark,
    RawNote,
    RawParagraph,
    RawRange,
    RawRun,
    RawTable,
)
from ess_access.readers._runs import Run, folded, parted
from ess_access.transforms.typed_lists import with_typed_lists

__all__ = ["Composer"]

_LONGEST_HEADING = 120
_ENDS_SENTENCE = re.compile(r"[.,;…]\s*$")


@dataclass(slots=True)
class Composer:
    """Make blocks of parts. ``fake_levels`` maps sizes of headings without a style to levels."""

    lang: str
    body_size: int
    fake_levels: Mapping[int, int]
    least_words: int = 3
    findings: list[Finding] = field(default_factory=list)
    last_level: int = 0
    typed_lists: int = 0
    ranges: list[Block] = field(default_factory=list)  # what our own editions say of their blocks
    in_data: bool = False
    aliases: dict[str, str] = field(default_factory=dict)
    published: str = ""
    said: frozenset[Kind] = frozenset()  # kinds of paragraphs that the ranges around say already

    def blocks(self, parts: Sequence[Part]) -> tuple[Block, ...]:
        """Make the blocks of one flow."""
        return assembled(self._pieces(described(grouped(parts))))

    def whole(self, parts: Sequence[Part]) -> tuple[Block, ...]:
        """Make the blocks of the whole text, its typed lists among them."""
        blocks = self.blocks(parts)
        kept = frozenset(map(id, self.ranges))
        blocks, self.typed_lists = with_typed_lists(blocks, kept)
        return blocks

    def _pieces(self, parts: Iterable[Part]) -> Iterable[Piece]:
        carried: list[RawRun] = []
        for part in parts:
            match part:
                case RawParagraph():
                    if carried:
                        part.runs[:0] = carried
                        carried = []
                    if part.is_drop_cap or part.goes_on:
                        carried = part.runs
                        continue
                    yield from self._paragraph(part)
                case RawTable():
                    yield from self._table(part)
                case RawBox(inner, at):
                    yield from self._box(inner, at)
                case RawList():
                    yield from self._list(part)
                case RawRange():
                    made = tuple(composed_range(part, self))
                    self.ranges.extend(made)
                    yield from made
                case RawMark():
                    pass
                case _:
                    yield part
        if carried:
            yield from self._paragraph(RawParagraph(Kind.BODY, 0, carried, Place()))

    # --- paragraphs -----------------------------------------------------------------------

    def _paragraph(self, raw: RawParagraph) -> Iterable[Piece]:
        if raw.kind is Kind.RULE and not raw.runs:
            yield Rule(at=raw.at)
            return
        if raw.kind is Kind.CODE:
            text = "".join(code_of(run) for run in raw.runs).strip("\n")
            if text.strip():
                yield Coded(text, raw.at)
            return
        runs = self.settled_runs(raw)
        level = self._level(raw, runs)
        if level:
            content = folded(runs)
            if raw.in_list is not None and raw.in_list.label and content:
                content = folded((Run(Text(f"{raw.in_list.label} ")), *runs))
            yield from self._heading(raw, level, content)
            return
        label = raw.in_list.label if raw.in_list is not None and not raw.in_list.is_ordered else ""
        if label:
            runs = (Run(Text(f"{label} ")), *runs)
        blocks: list[Block] = []
        for part in parted(runs):
            content = folded(part)
            if content:
                blocks.extend(figures_or_paragraph(content, raw.at))
        if blocks:
            yield from self._placed(raw, tuple(blocks), has_label=bool(label))

    def _placed(
        self, raw: RawParagraph, blocks: tuple[Block, ...], *, has_label: bool
    ) -> Iterable[Piece]:
        held = raw.in_list
        if held is not None and held.is_bare:
            yield Continued(held.indent, blocks, is_sure=True)
            return
        if held is not None and not has_label:
            yield Item(
                held.key,
                held.level,
                held.indent,
                held.is_ordered,
                held.value,
                blocks,
                raw.at,
                held.form,
            )
            return
        match raw.kind, blocks:
            case Kind.CAPTION, (Paragraph(children),):
                yield Captioned(children, raw.at, raw.keeps_next)
            case Kind.QUOTE, _:
                yield Quoted(blocks, raw.at)
            case Kind.TERM, (Paragraph(children),):
                yield Term(children, raw.at)
            case Kind.DEFINITION, _:
                yield Defined(blocks)
            case Kind.CONTINUED, _:
                yield Continued(raw.indent, blocks, is_sure=True)
            case Kind.BODY, _ if raw.indent > 0 and not has_label:
                yield Continued(raw.indent, blocks)
            case _:
                yield from blocks

    def settled_runs(self, raw: RawParagraph) -> tuple[Run, ...]:
        """Give the runs of a paragraph, notes composed, languages settled."""
        return without_noise(self._runs(raw.runs), self.lang, self.least_words)

    def _runs(self, raw: Iterable[RawRun]) -> tuple[Run, ...]:
        found: list[Run] = []
        for run in raw:
            node = run.node
            if isinstance(node, RawNote):
                said, self.said = self.said, frozenset()
                children = self.blocks(node.parts)
                self.said = said
                if children:
                    found.append(Run(Note(children)))
            else:
                found.append(Run(node, run.look))
        return tuple(found)

    # --- headings -------------------------------------------------------------------------

    def _level(self, raw: RawParagraph, runs: Sequence[Run]) -> int:
        if raw.kind is Kind.HEADING:
            return raw.level
        if raw.kind is Kind.TITLE:
            return 1
        size = self.fake_size(raw)
        if not size:
            return 0
        level = min(self.fake_levels.get(size, 1), 6)
        if self.last_level:
            level = min(max(level, self.last_level + 1), 6)
        words = plain_text(folded(runs))
        params: dict[str, str | int] = {"title": words[:120], "level": level}
        self.findings.append(Finding("SRC-050", Severity.REVIEW, params, raw.at))
        return level

    def fake_size(self, raw: RawParagraph) -> int:
        """Give the size of a paragraph that only looks like a heading, 0 for others.

        It is short, larger than the text, and bold, or much larger than the text.
        """
        if raw.kind is not Kind.BODY or raw.in_list is not None or self.in_data:
            return 0
        texts = [run for run in raw.runs if isinstance(run.node, Text) and run.node.text.strip()]
        words = "".join(run.node.text for run in raw.runs if isinstance(run.node, Text)).strip()
        if not texts or len(words) > _LONGEST_HEADING or _ENDS_SENTENCE.search(words):
            return 0
        if sum(letter.isalpha() for letter in words) < 3 or any(
            isinstance(run.node, LineBreak) for run in raw.runs[:-1]
        ):
            return 0
        size = min(run.size or self.body_size for run in texts)
        is_bold = raw.is_bold_style or all(run.look.is_strong for run in texts)
        needed = self.body_size * (1.12 if is_bold else 1.4)
        return size if size >= needed else 0

    def _heading(
        self, raw: RawParagraph, level: int, content: tuple[Inline, ...]
    ) -> Iterable[Piece]:
        match content:
            case ():
                return
            case (Strong(children),):
                content = children
            case _:
                pass
        if all(isinstance(node, Image) or node == Text(" ") for node in content):
            yield from figures_or_paragraph(content, raw.at)
            return
        if raw.kind is Kind.HEADING:
            self.last_level = level
        # Of its bookmarks, rather one that somebody made than one of a table of contents.
        anchors = sorted(raw.anchors, key=lambda anchor: anchor.startswith("_"))
        name = anchors[0] if anchors else ""
        self.aliases.update(dict.fromkeys(anchors, name))
        yield Heading(level, content, name, at=raw.at)

    # --- boxes and tables -----------------------------------------------------------------

    def _box(self, parts: Sequence[Part], at: Place) -> Iterable[Block]:
        blocks = self.blocks(parts)
        match blocks:
            case (Paragraph((Image() as image, *words)),):
                # LibreOffice frames a picture and its caption as one paragraph.
                return (Figure(image, tidy(words), at=at),)
            case _ if all(isinstance(block, Figure | Heading) for block in blocks):
                return blocks
            case _:
                pass
        return (Division("aside", "", (), blocks, at=at),) if blocks else ()

    def _list(self, raw: RawList) -> Iterable[Block]:
        items: list[tuple[Block, ...]] = []
        for parts in raw.items:
            blocks = self.blocks(parts)
            if items and blocks and all(isinstance(block, ListBlock) for block in blocks):
                items[-1] += blocks  # a level that has no words of its own
            elif blocks:
                items.append(blocks)
        match items:
            case []:
                return ()
            case [(ListBlock() as only,)]:
                return (only,)
            case _ if all(isinstance(block, Heading) for item in items for block in item):
                return tuple(block for item in items for block in item)
            case _:
                return (ListBlock(tuple(items), raw.is_ordered, raw.start, raw.form, at=raw.at),)

    def _table(self, raw: RawTable) -> Iterable[Piece]:
        from ess_access.readers._processor.tables import composed

        return composed(raw, self)
