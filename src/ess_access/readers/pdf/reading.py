"""A whole PDF: its pages, then the structure that its tags or its looks give."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any

import pypdfium2 as pdfium

from ess_access.api.findings import Finding, Severity
from ess_access.api.reader import Reading, Source
from ess_access.document.nodes import (
    Block,
    Document,
    Figure,
    Heading,
    Inline,
    Meta,
    PageMark,
    Paragraph,
    Place,
)
from ess_access.document.text import clean, collapse
from ess_access.errors import SourceError
from ess_access.readers._doubts import doubts
from ess_access.readers._passages import settled_language, tag_of
from ess_access.readers._pictures import Pictures
from ess_access.readers._processor.whole import own_title
from ess_access.readers.pdf.characters import Page, page_of
from ess_access.readers.pdf.figures import restore
from ess_access.readers.pdf.furniture import without_furniture
from ess_access.readers.pdf.guessed import Guess
from ess_access.readers.pdf.hidden import (
    Hidden,
    StructureError,
    has_gaps,
    hidden_figures,
)
from ess_access.readers.pdf.library import declared_language, opened
from ess_access.readers.pdf.lines import stretches_of
from ess_access.readers.pdf.pictures import Drawn, PagePictures, drawn_on
from ess_access.readers.pdf.tagged import Tagged
from ess_access.readers.pdf.tags import coverage
from ess_access.readers.pdf.tree import Tag, add_page
from ess_access.readers.pdf.words import Speller

__all__ = ["read_pdf"]

_DEFAULT_LANG = "fr"
_ENOUGH = 0.9  # of the characters: tags that cover fewer are not to be trusted


def read_pdf(source: Source) -> Reading:
    """Read a PDF. Raises SourceError."""
    with opened(source) as document:
        pages, root, drawn = _pages(document, source)
        share = coverage(root, pages)
        hidden = _hidden(document, source, root) if share >= _ENOUGH else ()
        told = document.get_metadata_dict(skip_empty=True)
        declared = tag_of(declared_language(document))
    if not any(page.characters for page in pages):
        key = "source-scan" if any(drawn.values()) else "source-no-content"
        raise SourceError(key, name=source.name)
    text = " ".join(piece.text for page in pages[:40] for piece in page.pieces)
    lang = settled_language(declared, text, is_explicit=True, fallback=_DEFAULT_LANG)
    findings: list[Finding] = []
    pictures = Pictures(source)
    page_pictures = PagePictures.of(pictures, drawn)
    speller = Speller(pages)
    contents = 0
    if share >= _ENOUGH:
        findings.append(Finding("SRC-071", Severity.REVIEW))
        findings.extend(restore(root, hidden, page_pictures, pages))
        tagged = Tagged(pages, speller, page_pictures, lang, _body_size(pages))
        blocks = tuple(_with_untagged(tagged.blocks(root), pages, page_pictures))
        contents = tagged.contents
        findings.extend(tagged.findings)
    else:
        findings.append(Finding("SRC-070", Severity.REVIEW))
        if root.kids:
            percent = int(share * 100)
            findings.append(Finding("SRC-072", Severity.INFO, {"percent": percent}))
        stretches, dropped = without_furniture([stretches_of(page) for page in pages])
        if dropped:
            words = " / ".join(dropped)[:160]
            findings.append(Finding("SRC-076", Severity.INFO, {"words": words}))
        guess = Guess(speller, page_pictures, _body_size(pages))
        for number, (page, held) in enumerate(zip(pages, stretches, strict=True)):
            guess.add_page(page, number, held)
        blocks = guess.blocks()
        contents = guess.contents
        findings.extend(guess.findings)
        blocks = _with_marks(blocks, pages)
    if not blocks:
        raise SourceError("source-no-content", name=source.name)
    if contents:
        findings.append(Finding("SRC-057", Severity.INFO))
    findings.extend(_about_pages(pages, drawn))
    findings.extend(_about_language(declared, lang))
    title = own_title(told.get("Title", ""))
    authors = tuple(name for name in (collapse(clean(told.get("Author", ""))).strip(),) if name)
    made = Document(Meta(title, lang, authors), blocks, pictures.assets)
    return Reading(made, (*findings, *pictures.findings, *doubts(made)))


def _pages(
    document: pdfium.PdfDocument, source: Source
) -> tuple[list[Page], Tag, dict[int, list[Drawn]]]:
    root = Tag("Root")
    pages: list[Page] = []
    drawn: dict[int, list[Drawn]] = {}
    for number in range(len(document)):
        page: Any = document[number]
        try:
            label = document.get_page_label(number) or str(number + 1)
            pages.append(page_of(page, number, label))
            add_page(root, page, number)
            found = drawn_on(page, source.limits)
            if found:
                drawn[number] = found
        finally:
            page.close()
    return pages, root, drawn


def _hidden(document: pdfium.PdfDocument, source: Source, root: Tag) -> tuple[Hidden, ...] | None:
    """Read the figures without content; ``None`` where the tree cannot be read again."""
    if not has_gaps(root):
        return ()
    try:
        return hidden_figures(document, source.data)
    except StructureError:
        return None


def _with_untagged(
    blocks: Sequence[Block], pages: Sequence[Page], pictures: PagePictures
) -> Iterator[Block]:
    """Add the pictures that no tag names, at the end of their page: none is lost in silence."""
    left: list[tuple[int, Block]] = []
    for number, page in enumerate(pages):
        at = Place(page=number + 1)
        untagged = pictures.worth_showing(number, page.width * page.height)
        left.extend(
            (number + 1, Figure(pictures.node(drawn, number, None, at), at=at))
            for drawn in untagged
        )
    for block in blocks:
        page_number = block.at.page if block.at is not None else None
        while left and page_number is not None and left[0][0] < page_number:
            yield left.pop(0)[1]
        yield block
    yield from (figure for _, figure in left)


def _body_size(pages: Iterable[Page]) -> float:
    sizes: Counter[float] = Counter()
    for page in pages:
        for piece in page.pieces:
            if not piece.is_artifact:
                sizes[piece.size] += len(piece.text)
    return sizes.most_common(1)[0][0] if sizes else 11.0


def _with_marks(blocks: Sequence[Block], pages: Sequence[Page]) -> tuple[Block, ...]:
    """Mark where pages begin, in the first paragraph or heading of each."""
    return tuple(_marked(blocks, pages))


def _marked(blocks: Sequence[Block], pages: Sequence[Page]) -> Iterator[Block]:
    seen = 0
    for block in blocks:
        page = block.at.page if block.at is not None else None
        if page is not None and page > seen and isinstance(block, Heading | Paragraph):
            mark: Inline = PageMark(pages[page - 1].label)
            seen = page
            yield replace(block, children=(mark, *block.children))
            seen = max(seen, _last_mark(block, pages))
        else:
            yield block


def _last_mark(block: Heading | Paragraph, pages: Sequence[Page]) -> int:
    labels = [node.label for node in block.children if isinstance(node, PageMark)]
    numbers = {page.label: page.number + 1 for page in pages}
    return numbers.get(labels[-1], 0) if labels else 0


def _about_pages(pages: Sequence[Page], drawn: dict[int, list[Drawn]]) -> Iterator[Finding]:
    scanned = [
        page.label
        for number, page in enumerate(pages)
        if not page.characters
        and any(
            (one.box.right - one.box.left) * (one.box.top - one.box.bottom)
            > page.width * page.height * 0.4
            for one in drawn.get(number, ())
        )
    ]
    if scanned:
        yield Finding("SRC-073", Severity.WARNING, {"pages": ", ".join(scanned)[:120]})
    unknown = sum(page.unknown for page in pages)
    if unknown:
        yield Finding("SRC-074", Severity.WARNING, {"count": unknown})


def _about_language(declared: str, lang: str) -> Iterator[Finding]:
    if not declared:
        yield Finding("SRC-009", Severity.INFO)
    elif declared.partition("-")[0] != lang.partition("-")[0]:
        yield Finding("SRC-053", Severity.REVIEW, {"declared": declared, "lang": lang})
