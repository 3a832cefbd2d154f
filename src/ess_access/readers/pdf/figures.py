"""Which picture of a page a figure without marked content describes."""

from collections.abc import Iterator, Sequence

from ess_access.api.findings import Finding, Severity
from ess_access.document.nodes import Place
from ess_access.readers.pdf.characters import Box, Page
from ess_access.readers.pdf.hidden import Hidden
from ess_access.readers.pdf.pictures import PagePictures
from ess_access.readers.pdf.tree import Tag, contents_of

__all__ = ["restore"]

_ALIKE = 0.5  # of the surface that two boxes cover together: the same picture
_INSIDE = 0.9  # of the surface of a picture: a part of the figure


def restore(
    root: Tag, hidden: Sequence[Hidden] | None, pictures: PagePictures, pages: Sequence[Page]
) -> list[Finding]:
    """Put figures back into the tree, each with the picture that it describes.

    By their place where they tell it, else by their order on the page when there are as many
    figures as pictures. Where there are not, all are kept and a finding says so; so does one where
    the figures could not be read (``None``).
    """
    if hidden is None:
        return [Finding("SRC-078", Severity.REVIEW)]
    taken = {
        (content.page, content.mark) for figure in _figures(root) for content in contents_of(figure)
    }
    findings: list[Finding] = []
    for number, page in enumerate(pages):
        figures = [one for one in hidden if one.page == number]
        drawn = pictures.by_page.get(number, ())
        free = [place for place, one in enumerate(drawn) if (number, one.mark) not in taken]
        found: dict[int, int] = {}
        for place, figure in enumerate(figures):
            near = [n for n in free if _likeness(figure.box, drawn[n].box) >= _ALIKE]
            if near:
                found[place] = max(near, key=lambda n: _likeness(figure.box, drawn[n].box))
                free.remove(found[place])
            parts = [n for n in free if _share(drawn[n].box, figure.box) >= _INSIDE]
            if parts and place not in found:  # a picture cut into several
                found[place] = max(parts, key=lambda n: _surface(drawn[n].box))
            free = [n for n in free if n not in parts]
            pictures.shown.update((number, drawn[n].data) for n in parts)
        worth = pictures.worth_showing(number, page.width * page.height)
        left = [n for n in free if any(drawn[n] is one for one in worth)]
        rest = [place for place in range(len(figures)) if place not in found]
        if len(rest) == len(left):
            found.update(zip(rest, left, strict=True))
        elif rest and left:
            findings.append(
                Finding(
                    "SRC-077",
                    Severity.REVIEW,
                    {"figures": len(rest), "pictures": len(left)},
                    Place(page=number + 1),
                )
            )
        for place, figure in enumerate(figures):
            if figure.alt or place in found:
                _put(root, figure, found.get(place, -1))
    return findings


def _figures(tag: Tag) -> Iterator[Tag]:
    for kid in tag.in_order():
        if isinstance(kid, Tag):
            if kid.name == "Figure":
                yield kid
            else:
                yield from _figures(kid)


def _put(root: Tag, figure: Hidden, drawn: int) -> None:
    tag = root
    for place, name in figure.path:
        held = tag.kids.get(place)
        if not isinstance(held, Tag):
            held = Tag(name)
            tag.kids[place] = held
            tag.places = max(tag.places, place + 1)
        tag = held
    tag.alt = figure.alt
    tag.page = figure.page
    tag.drawn = drawn


def _surface(box: Box) -> float:
    return max(0.0, box.right - box.left) * max(0.0, box.top - box.bottom)


def _common(one: Box, other: Box) -> float:
    return _surface(
        Box(
            max(one.left, other.left),
            max(one.bottom, other.bottom),
            min(one.right, other.right),
            min(one.top, other.top),
        )
    )


def _likeness(one: Box | None, other: Box) -> float:
    """Compare two places: 1 for the same, 0 for places apart or not told."""
    if one is None:
        return 0.0
    common = _common(one, other)
    whole = _surface(one) + _surface(other) - common
    return common / whole if whole else 0.0


def _share(one: Box, other: Box | None) -> float:
    surface = _surface(one)
    return _common(one, other) / surface if other is not None and surface else 0.0
