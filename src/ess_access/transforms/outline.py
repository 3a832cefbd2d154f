"""The outline that editions navigate by: levels without gaps, unique ids, a title."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import replace

from ess_access.api.findings import Finding, Severity
from ess_access.document.inlines import plain_text
from ess_access.document.nodes import Block, Document, Heading, Paragraph
from ess_access.document.walk import headings, map_blocks
from ess_access.french.typography import sentence_case

__all__ = ["is_title", "prepare", "slug", "title_heading", "title_of"]

_SLUG_CHARACTERS = 40  # Word's bookmarks hold no more


def prepare(document: Document) -> tuple[Document, tuple[Finding, ...]]:
    """Repair the outline, give every heading an id, and the document the title it shows.

    A document whose metadata and headings name no title keeps none (``""``).

    Levels begin at 1 and never skip one: a heading stands one level below the nearest heading
    before it that the source placed higher, so sisters stay sisters (WCAG 2.2, technique G141).
    Each level that the source skipped is a finding ``SRC-001`` (``SRC-002`` where the first heading
    is no level 1). Ids that the source gave are kept; the others are made of the heading's
    words. Headings without words become paragraphs, or vanish when there is nothing in them.
    """
    document = replace(document, children=map_blocks(document.children, _without_empty_heading))
    document, findings = _with_levels(document)
    document = _with_ids(document)
    title, shown = document.meta.title, title_of(document)
    if not title or is_title(shown, title):
        title = shown or title
    return replace(document, meta=replace(document.meta, title=title)), findings


def title_of(document: Document) -> str:
    """Give the words of the heading that names the whole document, else ``""``.

    Words typed in capitals are given in sentence case, as editions show and say headings.

    That is a level-1 heading which opens the document, or which alone is of its level and comes
    before all others.
    """
    found = _naming(document)
    return sentence_case(plain_text(found.children)) if found is not None else ""


def title_heading(document: Document) -> Heading | None:
    """Give the heading that says the document's title: the title needs no line of its own then.

    It need not stand first: a letter begins with who writes to whom.
    """
    found = _naming(document)
    is_it = found is not None and is_title(plain_text(found.children), document.meta.title)
    return found if is_it else None


def _naming(document: Document) -> Heading | None:
    found = tuple(headings(document))
    if not found or found[0].level != 1:
        return None
    opens = document.children[:1] == (found[0],)
    return found[0] if opens or sum(heading.level == 1 for heading in found) == 1 else None


def is_title(words: str, title: str) -> bool:
    """Say whether these words are the title's, whatever their capitals and their spaces."""
    return bool(title.strip()) and _folded(words) == _folded(title)


def _folded(text: str) -> list[str]:
    return text.casefold().split()


def slug(text: str) -> str:
    """Make an id of words: ASCII letters, digits and hyphens, at most 40 characters."""
    text = unicodedata.normalize("NFKD", text.casefold().replace("œ", "oe").replace("æ", "ae"))
    words = re.findall("[a-z0-9]+", re.sub("[\u0300-\u036f]", "", text))
    made = "-".join(words)
    if len(made) > _SLUG_CHARACTERS:
        cut = made[: _SLUG_CHARACTERS + 1].rpartition("-")[0]
        made = cut or made[:_SLUG_CHARACTERS]
    if made[:1].isdigit():
        made = f"s-{made}"
    return made or "section"


def _without_empty_heading(block: Block) -> Iterable[Block]:
    match block:
        case Heading(_, children) if not plain_text(children).strip():
            return (Paragraph(children, at=block.at),) if children else ()
        case _:
            return (block,)


def _with_levels(document: Document) -> tuple[Document, tuple[Finding, ...]]:
    findings: list[Finding] = []
    above: list[int] = []  # levels, as the source wrote them, of the headings that we stand under

    def repaired(block: Block) -> Iterable[Block]:
        if not isinstance(block, Heading):
            return (block,)
        is_first = not above
        while above and above[-1] >= block.level:
            above.pop()
        level = len(above) + 1
        skipped = block.level - (above[-1] if above else 0) > 1
        params: dict[str, str | int] = {
            "title": plain_text(block.children),
            "level": block.level,
            "instead": level,
        }
        if skipped and above:
            findings.append(Finding("SRC-001", Severity.WARNING, params, block.at))
        elif skipped and is_first:
            findings.append(Finding("SRC-002", Severity.INFO, params, block.at))
        above.append(block.level)
        return (replace(block, level=level),)

    return replace(document, children=map_blocks(document.children, repaired)), tuple(findings)


def _with_ids(document: Document) -> Document:
    taken: set[str] = set()
    counts: dict[str, int] = {}
    given = {heading.id for heading in headings(document) if heading.id}

    def named(block: Block) -> Iterable[Block]:
        if not isinstance(block, Heading):
            return (block,)
        if block.id and block.id not in taken:
            taken.add(block.id)
            return (block,)
        base = block.id or slug(plain_text(block.children))
        name = base
        while name in taken or name in given:
            counts[base] = counts.get(base, 1) + 1
            name = f"{base}-{counts[base]}"
        taken.add(name)
        return (replace(block, id=name),)

    return replace(document, children=map_blocks(document.children, named))
