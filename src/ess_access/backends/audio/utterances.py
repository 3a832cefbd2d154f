"""An utterance: what is said in one breath, where it comes from and the pause after it."""

from dataclasses import dataclass
from typing import Literal

from ess_access.document.nodes import Document, Heading
from ess_access.document.walk import blocks_in

__all__ = ["Kind", "Utterance", "node_ids"]

Kind = Literal[
    "title",
    "heading",
    "sentence",
    "item",
    "term",
    "cell",
    "caption",
    "picture",
    "code",
    "announcement",
]


@dataclass(frozen=True, slots=True)
class Utterance:
    """One sentence to say.

    ``written`` are the document's words, ``spoken`` those for the voice. ``node`` is the id of
    the heading, or ``block-N``: the N-th block, from 1, in the order of
    :func:`ess_access.document.walk.blocks_in`; ``""`` for the title. ``lang`` is a BCP 47 tag.
    ``level`` is a heading's, 0 for anything else.
    """

    written: str
    spoken: str
    node: str
    lang: str
    pause_ms: int
    kind: Kind
    level: int = 0


def node_ids(document: Document) -> dict[int, str]:
    """Give the ids that utterances name their blocks by, from each block's ``id()``."""
    return {
        id(block): block.id if isinstance(block, Heading) and block.id else f"block-{number}"
        for number, block in enumerate(blocks_in(document.children), 1)
    }
