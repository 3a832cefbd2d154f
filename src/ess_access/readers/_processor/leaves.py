"""What one paragraph holds: words, computer text, or nothing but pictures."""

from collections.abc import Iterable

from ess_access.document.nodes import (
    Block,
    Figure,
    Image,
    Inline,
    LineBreak,
    Paragraph,
    Place,
    Text,
)
from ess_access.readers._processor.raw import RawRun

__all__ = ["code_of", "figures_or_paragraph"]


def figures_or_paragraph(content: tuple[Inline, ...], at: Place) -> Iterable[Block]:
    """Make a figure of each picture where nothing else stands beside them, else a paragraph."""
    pictures = [node for node in content if isinstance(node, Image)]
    if pictures and all(
        isinstance(node, Image | LineBreak) or (isinstance(node, Text) and not node.text.strip())
        for node in content
    ):
        return tuple(Figure(picture, at=at) for picture in pictures)
    return (Paragraph(content, at=at),)


def code_of(run: RawRun) -> str:
    """Give the characters of a run of computer text."""
    match run.node:
        case Text(text):
            return text
        case LineBreak():
            return "\n"
        case _:
            return ""
