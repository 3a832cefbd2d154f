"""From the tags of a PDF to blocks."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from ess_access.api.findings import Finding, Severity
from ess_access.document.inlines import plain_text, tidy
from ess_access.document.nodes import (
    Block,
    Cell,
    Division,
    Figure,
    Heading,
    Image,
    Inline,
    ListBlock,
    Note,
    PageMark,
    Paragraph,
    Place,
    Quote,
    Table,
    Text,
)
from ess_access.readers._machine import without_mention
from ess_access.readers._numbered import Numbered, numbered_lists
from ess_access.readers._passages import tag_of
from ess_access.readers._runs import Run, folded
from ess_access.readers.pdf.characters import Page, Piece
from ess_access.readers.pdf.pictures import PagePictures
from ess_access.readers.pdf.tags import (
    looks_like_heading,
    names_contents,
    numbers_of,
    rows_of,
    unlabelled,
    with_label,
)
from ess_access.readers.pdf.tree import Content, Tag, contents_of
from ess_access.readers.pdf.words import Speller, joined_runs

__all__ = ["Tagged"]

_CONTAINERS = frozenset(
    {"Document", "DocumentFragment", "Part", "Art", "Sect", "Div", "NonStruct", "Private", "Root"}
)
_INLINE = frozenset(
    {"Span", "Link", "Quote", "Em", "Strong", "Sub", "Reference", "BibEntry", "Note", "FENote"}
    | {"Annot", "Ruby", "RB", "RT", "RP", "Warichu", "WT", "WP", "Lbl", "Form", "Code"}
)
_LEFT_OUT = frozenset({"TOC", "TOCI", "Index", "Artifact"})


@dataclass(slots=True)
class Tagged:
    """Make blocks of tags. ``contents`` counts the tables of contents that were left out."""

    pages: Sequence[Page]
    speller: Speller
    pictures: PagePictures
    lang: str
    body_size: float
    marks: Mapping[tuple[int, int], list[Piece]] = field(default_factory=dict)
    contents: int = 0
    page: int = -1
    marked: int = -1  # the last page whose beginning is marked
    level: int = 0
    findings: list[Finding] = field(default_factory=list)

    def __post_init__(self) -> None:
        found: dict[tuple[int, int], list[Piece]] = {}
        for number, page in enumerate(self.pages):
            for piece in page.pieces:
                found.setdefault((number, piece.mark), []).append(piece)
        self.marks = found

    def blocks(self, tag: Tag, sections: int = 0) -> list[Block]:
        """Make the blocks that a container holds; loose words become paragraphs."""
        found: list[Block] = []
        loose: list[Tag | Content] = []
        for kid in tag.in_order():
            if isinstance(kid, Content) or kid.name in _INLINE:
                loose.append(kid)
                continue
            found.extend(self._paragraphs(loose, tag))
            loose = []
            if kid.name in _LEFT_OUT and found and names_contents(found[-1]):
                found.pop()
            found.extend(self._block(kid, sections))
        found.extend(self._paragraphs(loose, tag))
        return found

    def _at(self) -> Place:
        return Place(page=max(0, self.page) + 1)

    def _block(self, tag: Tag, sections: int) -> list[Block]:
        match tag.name:
            case "H" | "H1" | "H2" | "H3" | "H4" | "H5" | "H6" | "Title":
                digits = tag.name[1:]
                level = int(digits) if digits.isdecimal() else max(1, min(sections, 6))
                return self._heading(tag, 1 if tag.name == "Title" else level)
            case "L":
                return self._list(tag)
            case "Table":
                return self._table(tag)
            case "Figure":
                return self._figure(tag)
            case "Formula":
                words = tidy((Text(tag.alt or tag.actual),)) or self._inlines([tag], tag)
                return [Paragraph(words, at=self._at())] if words else []
            case "BlockQuote":
                inner = self.blocks(tag, sections)
                return [Quote(tuple(inner), at=self._at())] if inner else []
            case "Aside":
                inner = self.blocks(tag, sections)
                return [Division("aside", "", (), tuple(inner), at=self._at())] if inner else []
            case "Caption":
                return self._paragraphs(list(tag.in_order()), tag)
            case name if name in _LEFT_OUT:
                self.contents += name in ("TOC", "Index")
                return []
            case "P" if looks_like_heading(self._pieces(tag), self.body_size):
                level = min(self.level + 1, 6)
                found = self._heading(tag, level)
                title = " ".join(plain_text(b.children) for b in found if isinstance(b, Heading))
                params: dict[str, str | int] = {"title": title[:120], "level": level}
                self.findings.append(Finding("SRC-050", Severity.REVIEW, params, self._at()))
                return found
            case "Sect":
                return self.blocks(tag, sections + 1)
            case _:
                return self.blocks(tag, sections)

    def _pieces(self, tag: Tag) -> list[Piece]:
        places = ((content.page, content.mark) for content in contents_of(tag))
        return [p for place in places for p in self.marks.get(place, ()) if p.text.strip()]

    def _inlines(self, kids: Sequence["Tag | Content"], around: Tag) -> tuple[Inline, ...]:
        runs: list[Run] = []
        pieces: list[tuple[Piece, Page, str]] = []
        self._collect(kids, self._foreign(around.lang), runs, pieces)
        self._flush(runs, pieces)
        return folded(runs)

    def _foreign(self, declared: str) -> str:
        tag = tag_of(declared) if declared else ""
        return tag if tag.partition("-")[0] != self.lang.partition("-")[0] else ""

    def _flush(self, runs: list[Run], pieces: list[tuple[Piece, Page, str]]) -> None:
        runs.extend(joined_runs(pieces, self.speller))
        pieces.clear()

    def _collect(
        self,
        kids: Sequence["Tag | Content"],
        lang: str,
        runs: list[Run],
        pieces: list[tuple[Piece, Page, str]],
    ) -> None:
        for kid in kids:
            if isinstance(kid, Content):
                self.page = kid.page
                if kid.page != self.marked:
                    self.marked = kid.page
                    if not pieces:  # within a paragraph, its pieces say where the page begins
                        runs.append(Run(PageMark(self.pages[kid.page].label)))
                held = self.marks.get((kid.page, kid.mark), ())
                pieces.extend((piece, self.pages[kid.page], lang) for piece in held)
                continue
            if kid.name in _LEFT_OUT:
                continue
            if kid.name in ("Note", "FENote"):
                self._flush(runs, pieces)
                inner = self.blocks(kid)
                if inner:
                    runs.append(Run(Note(tuple(inner))))
                continue
            if kid.name == "Figure":
                self._flush(runs, pieces)
                runs.extend(Run(image) for image in self._images(kid))
                continue
            if kid.actual.strip("\u00ad \u200b") and len(list(contents_of(kid))) == 1:
                self._flush(runs, pieces)
                runs.append(Run(Text(kid.actual)))
                continue
            own = self._foreign(kid.lang) if kid.lang and tag_of(kid.lang) else lang
            self._collect(list(kid.in_order()), own, runs, pieces)

    def _paragraphs(self, kids: Sequence["Tag | Content"], around: Tag) -> list[Block]:
        words = self._inlines(kids, around) if kids else ()
        pictures = [node for node in words if isinstance(node, Image)]
        rest = [node for node in words if not isinstance(node, Image | PageMark)]
        if pictures and not plain_text(rest).strip():
            return [Figure(picture, at=self._at()) for picture in pictures]
        if plain_text(words).strip():
            return [Paragraph(words, at=self._at())]
        # A note that stands by itself, called from nowhere, is part of the text.
        return [block for node in words if isinstance(node, Note) for block in node.children]

    def _heading(self, tag: Tag, level: int) -> list[Block]:
        words = self._inlines(list(tag.in_order()), tag)
        pictures = [node for node in words if isinstance(node, Image)]
        if not plain_text(node for node in words if not isinstance(node, Image)).strip():
            return [Figure(picture, at=self._at()) for picture in pictures]
        self.level = level
        return [Heading(level, words, at=self._at())]

    def _list(self, tag: Tag) -> list[Block]:
        items: list[tuple[Block, ...]] = []
        labels: list[str] = []
        for kid in tag.in_order():
            if isinstance(kid, Content):
                continue
            if kid.name == "L" and items:
                items[-1] += tuple(self._list(kid))
                continue
            label, content = self._item(kid)
            if not content:
                continue
            content, own = unlabelled(content)
            label = label or own
            labels.append(label)
            items.append(content)
        if not items:
            return []
        numbers = numbers_of(labels)
        if numbers is None:
            return [ListBlock(tuple(map(with_label, labels, items)), at=self._at())]
        pairs = zip(numbers, items, strict=True)
        return numbered_lists([Numbered(n, item, form) for (n, form), item in pairs], self._at())

    def _item(self, tag: Tag) -> tuple[str, tuple[Block, ...]]:
        label = ""
        rest = Tag(tag.name, lang=tag.lang)
        for place, kid in enumerate(tag.in_order()):
            if isinstance(kid, Tag) and kid.name == "Lbl":
                label = plain_text(self._inlines([kid], tag)).strip() + " "
            else:
                rest.kids[place] = kid
        return label, tuple(self.blocks(rest))

    def _table(self, tag: Tag) -> list[Block]:
        rows: list[tuple[Cell, ...]] = []
        heads = 0
        caption: tuple[Inline, ...] = ()
        for row, in_head in rows_of(tag):
            if row.name == "Caption":
                caption = self._inlines(list(row.in_order()), row)
                continue
            made = self._cells(row)
            is_head = in_head or (len(made) > 1 and all(cell.header for cell in made))
            heads += is_head and heads == len(rows)
            rows.append(tuple(replace(cell, header=True) for cell in made) if in_head else made)
        if not any(cell.children for row in rows for cell in row):
            return []
        heads = heads if heads < len(rows) else min(1, len(rows) - 1)
        return [Table(tuple(rows), heads, caption, tag.alt, at=self._at())]

    def _cells(self, row: Tag) -> tuple[Cell, ...]:
        kids = [row.kids.get(place) for place in range(row.places)]
        heads = {kid.name for kid in kids if isinstance(kid, Tag)}
        made: list[Cell] = []
        for kid in kids:
            if kid is None:  # a cell without content keeps its place
                made.append(Cell((), header=heads == {"TH"}))
            elif isinstance(kid, Tag) and kid.name in ("TH", "TD"):
                children = tuple(self.blocks(kid))
                made.append(Cell(children, kid.row_span, kid.col_span, kid.name == "TH"))
        return tuple(made)

    def _images(self, tag: Tag) -> list[Image]:
        words, is_made = without_mention(tag.alt or tag.actual)
        alt = words or None
        if is_made:
            params: dict[str, str | int] = {"alt": words[:120]}
            self.findings.append(Finding("SRC-058", Severity.REVIEW, params, self._at()))
        if tag.page >= 0:
            self.page = tag.page
            return self.pictures.described(tag.page, tag.drawn, alt, self._at())
        places = list(contents_of(tag))
        if places:
            self.page = places[0].page
        return self.pictures.tagged(places, alt, self._at())

    def _figure(self, tag: Tag) -> list[Block]:
        images = self._images(tag)
        caption: tuple[Inline, ...] = ()
        words: list[Tag | Content] = []
        for kid in tag.in_order():
            if isinstance(kid, Tag) and kid.name == "Caption":
                caption = self._inlines(list(kid.in_order()), kid)
            else:
                words.append(kid)
        found: list[Block] = [Figure(image, at=self._at()) for image in images]
        if found and caption and isinstance(found[0], Figure):
            found[0] = replace(found[0], caption=caption)
        # Words within a figure that is described are what the description says.
        return found if tag.alt else [*found, *self._paragraphs(words, tag)]
