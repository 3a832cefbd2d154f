"""Running headers and footers: what stands at the same place on page after page."""

import re
from collections import Counter, defaultdict
from collections.abc import Sequence

from ess_access.readers.pdf.lines import Stretch, rows_of

__all__ = ["without_furniture"]

_EDGE_ROWS = 3
_DIGITS = re.compile(r"\d+|\b[ivxlc]+\b")
_PAGE_NUMBER = re.compile(
    r"[-–—\s]*(?:p(?:age|\.)?\s*)?\d{1,4}(?:\s*(?:/|sur|of|de)\s*\d{1,4})?[-–—\s.]*", re.IGNORECASE
)


def without_furniture(
    pages: Sequence[Sequence[Stretch]],
) -> tuple[list[list[Stretch]], tuple[str, ...]]:
    """Take running headers, footers and page numbers off the pages; also give their words.

    A line counts when it stands among the first or last of a page and, its figures aside, at the
    same height on at least a third of the pages (two of them at least).
    """
    seen: Counter[tuple[str, int]] = Counter()
    edges: list[dict[int, tuple[str, int]]] = []
    for stretches in pages:
        rows = rows_of(stretches)
        found: dict[int, tuple[str, int]] = {}
        for row in (*rows[:_EDGE_ROWS], *rows[-_EDGE_ROWS:]):
            for one in row:
                found[id(one)] = _key(one)
        edges.append(found)
        seen.update(set(found.values()))
    heights: dict[str, Counter[int]] = defaultdict(Counter)
    for (words, height), count in seen.items():
        heights[words][height] += count
    needed = max(2, -(-len(pages) // 3)) if len(pages) > 2 else 2
    kept: list[list[Stretch]] = []
    dropped: dict[str, None] = {}
    for stretches, found in zip(pages, edges, strict=True):
        page: list[Stretch] = []
        for one in stretches:
            key = found.get(id(one))
            is_number = _PAGE_NUMBER.fullmatch(one.text) is not None
            if (
                key is not None
                and _is_at_the_edge(one)
                and (is_number or _count(heights[key[0]], key[1]) >= needed)
            ):
                if sum(letter.isalpha() for letter in one.text) > 5:
                    dropped.setdefault(_DIGITS.sub("…", one.text))
            else:
                page.append(one)
        kept.append(page)
    return kept, tuple(dropped)


def _key(one: Stretch) -> tuple[str, int]:
    return _DIGITS.sub("#", " ".join(one.text.casefold().split())), round(one.box.middle / 4)


def _count(heights: Counter[int], height: int) -> int:
    return heights[height - 1] + heights[height] + heights[height + 1]


def _is_at_the_edge(one: Stretch) -> bool:
    return one.box.middle < one.page.height * 0.13 or one.box.middle > one.page.height * 0.87
