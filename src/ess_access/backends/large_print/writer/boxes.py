"""Boxes: a title that says what they are, a line around their words."""

from ess_access.backends.large_print.writer.edition import Edition
from ess_access.backends.large_print.writer.markup import Element, child, clark, property_of
from ess_access.document.inlines import plain_text
from ess_access.document.nodes import Division, Inline

__all__ = ["close_box", "title_of"]


def title_of(division: Division, edition: Edition) -> tuple[str, tuple[Inline, ...]]:
    """Give what a box is, where its title does not say so (« Attention : »), and its title."""
    role = edition.words.roles.get(division.role, edition.words.roles["aside"])
    words = plain_text(division.title).strip()
    if not words:
        return role, ()
    if words.casefold().startswith(role.casefold()) or division.role == "details":
        return "", division.title
    return role + edition.words.colon, division.title


def close_box(parent: Element, first: int, edition: Edition) -> None:
    """Draw the line above the first and below the last of a box's paragraphs."""
    paragraphs = [node for node in parent[first:] if node.tag == clark("p")]
    if not paragraphs:
        return
    _border(paragraphs[0], "top", edition)
    last = paragraphs[-1]
    if parent[-1] is last:
        _border(last, "bottom", edition)


# CT_PBdr is a sequence.
_SIDES = ("top", "left", "bottom", "right", "between", "bar")


def _border(paragraph: Element, side: str, edition: Edition) -> None:
    borders = property_of(paragraph, "pBdr")
    if borders.find(clark(side)) is not None:
        return  # a box that ends a box: one line closes both
    line = child(borders, side, val="single", sz=24, space=6, color=edition.theme.text)
    for other in borders:
        if _SIDES.index(str(other.tag).rpartition("}")[2]) > _SIDES.index(side):
            other.addprevious(line)
            break
