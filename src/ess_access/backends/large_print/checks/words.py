"""Hold an edition against its source: no word, picture, note or heading may be lost."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator

from ess_access.api.findings import Finding, Severity
from ess_access.backends.large_print.checks.opened import Word
from ess_access.backends.large_print.checks.xml import W
from ess_access.document import walk
from ess_access.document.inlines import plain_text
from ess_access.document.nodes import CodeBlock, Document, Figure, Heading, Image, Note

__all__ = ["lost"]

_WORD = re.compile(r"\w+")
_NOTHING = "\u00ad\u200b\u2011"


def lost(word: Word, document: Document) -> Iterator[Finding]:
    """LP-070, LP-071: every word of the source, in order; every picture, heading and note."""
    yield from _lost_words(word, document)
    yield from _lost_nodes(word, document)


def _lost_words(word: Word, document: Document) -> Iterator[Finding]:
    """Find the words that the edition lacks: each must come, whatever the edition adds."""
    wanted = Counter(found for text in _texts(document) for found in _WORD.findall(_plain(text)))
    printed = [_plain(one.text) for one in word.paragraphs if not one.in_contents]
    there = Counter(found for text in printed for found in _WORD.findall(text))
    # A call of a note or a meaning given in brackets may cut a word of the source in two.
    letters = re.sub(r"\W+", "", " ".join(printed))
    missing = [
        found
        for found, count in wanted.items()
        if there[found] < count and (there[found] or found not in letters)
    ]
    if missing:
        params: dict[str, str | int] = {"words": ", ".join(missing[:5]), "count": len(missing)}
        yield Finding("LP-070", Severity.ERROR, params)


def _texts(document: Document) -> Iterator[str]:
    for block in walk.blocks_in(document.children):
        inlines = walk.own_inlines(block)
        # What a figure holds is printed in paragraphs of its own.
        match block:
            case Figure(image, caption):
                yield from (image.alt or "", plain_text(caption))
            case _:
                yield plain_text(inlines)
        for inline in inlines:
            for node in walk.inlines_of(inline):
                if isinstance(node, Image):
                    yield node.description
        if isinstance(block, CodeBlock):
            yield block.text


def _plain(text: str) -> str:
    """Fold what print may change: case, widths of spaces, ligatures, « № » for « N° »."""
    text = unicodedata.normalize("NFKC", text.replace("\u2116", "N\u00b0"))
    return text.casefold().translate(dict.fromkeys(map(ord, _NOTHING)))


def _lost_nodes(word: Word, document: Document) -> Iterator[Finding]:
    inlines = list(walk.inlines_in(document.children))
    pictures = sum(
        isinstance(node, Image) and node.asset in document.assets and node.alt != ""
        for node in inlines
    )
    notes = len({id(node) for node in inlines if isinstance(node, Note)})
    headings = sum(isinstance(node, Heading) for node in walk.blocks_in(document.children))
    there = {
        # One that cannot be read is said where it is written (LP-101), and in print.
        "pictures": sum(1 for root in word.stories.values() for _ in root.iter(f"{W}drawing"))
        + sum(one.style_name == "absent picture" for one in word.paragraphs),
        "notes": sum(1 for _ in word.body.iter(f"{W}endnoteReference")),
        "headings": sum(bool(one.heading_level) for one in word.paragraphs),
    }
    nested = notes - _outer_notes(document)
    for kind, wanted in (
        ("pictures", pictures),
        ("notes", notes - nested),
        ("headings", headings),
    ):
        if there[kind] < wanted:
            params: dict[str, str | int] = {"kind": kind, "there": there[kind], "wanted": wanted}
            yield Finding("LP-071", Severity.ERROR, params)


def _outer_notes(document: Document) -> int:
    """Count the notes that are not within another note: those are printed where they stand."""
    found = {
        id(node): node for node in walk.inlines_in(document.children) if isinstance(node, Note)
    }
    inner = {
        id(node)
        for note in found.values()
        for node in walk.inlines_in(note.children)
        if isinstance(node, Note)
    }
    return len(found.keys() - inner)
