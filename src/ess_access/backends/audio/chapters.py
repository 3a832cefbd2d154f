"""Chapters: one for each heading that is said."""

from collections.abc import Sequence
from dataclasses import dataclass

from ess_access.backends.audio.utterances import Utterance, node_ids
from ess_access.document.inlines import plain_text
from ess_access.document.nodes import Document, Heading
from ess_access.document.walk import blocks_in
from ess_access.french.typography import sentence_case

__all__ = ["Chapter", "Opening", "openings", "timed"]


@dataclass(frozen=True, slots=True)
class Opening:
    """Where a chapter opens: the number of its heading's first utterance in the script."""

    utterance: int
    title: str
    level: int


@dataclass(frozen=True, slots=True)
class Chapter:
    """A chapter of a sound file, in seconds."""

    title: str
    level: int
    start_s: float
    end_s: float


def openings(document: Document, script: Sequence[Utterance]) -> tuple[Opening, ...]:
    """Find the chapters: every heading, as written; block capitals become small letters.

    Words before the first heading (the title, most often) have no chapter of their own: one
    reaches them where one reaches the file, at its beginning.
    """
    ids = node_ids(document)
    titles = {
        ids[id(block)]: sentence_case(" ".join(plain_text(block.children).split()))
        for block in blocks_in(document.children)
        if isinstance(block, Heading)
    }
    found: list[Opening] = []
    opened: set[str] = set()
    for number, utterance in enumerate(script):
        # A heading of several sentences, or with a note amid them, opens one chapter.
        if utterance.kind == "heading" and utterance.node not in opened:
            title = titles.get(utterance.node, utterance.written)
            found.append(Opening(number, title, utterance.level))
            opened.add(utterance.node)
    return tuple(found)


def timed(
    opened: Sequence[Opening], starts_s: Sequence[float], total_s: float
) -> tuple[Chapter, ...]:
    """Give each chapter its time, from the start of every utterance."""
    begin = [starts_s[opening.utterance] for opening in opened]
    ends = [*begin[1:], total_s][: len(begin)]
    return tuple(
        Chapter(opening.title, opening.level, start, end)
        for opening, start, end in zip(opened, begin, ends, strict=True)
    )
