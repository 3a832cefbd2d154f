"""Lines of a page, and the stretches of words that wide gaps part them into."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ess_access.readers.pdf.characters import Box, Page, Piece

__all__ = ["Stretch", "rows_of", "stretches_of"]

_WIDE_GAP = 1.8  # times the size of the characters


@dataclass(frozen=True, slots=True)
class Stretch:
    """Pieces side by side on one line, without a wide gap between them."""

    pieces: tuple[Piece, ...]
    page: Page
    box: Box

    @property
    def text(self) -> str:
        """Its characters."""
        return "".join(piece.text for piece in self.pieces).strip()

    @property
    def size(self) -> float:
        """The size of most of its characters, in points."""
        sizes: dict[float, int] = {}
        for piece in self.pieces:
            sizes[piece.size] = sizes.get(piece.size, 0) + len(piece.text)
        return max(sizes, key=lambda size: (sizes[size], size))


def stretches_of(page: Page) -> list[Stretch]:
    """Gather the pieces of a page, artifacts left out, from the top down and from the left."""
    pieces = [p for p in page.pieces if not p.is_artifact and p.text.strip()]
    rows: list[list[Piece]] = []
    for piece in sorted(pieces, key=lambda p: (-p.box.middle, p.box.left)):
        row = next((row for row in reversed(rows[-4:]) if _is_level(row, piece)), None)
        if row is None:
            rows.append([piece])
        else:
            row.append(piece)
    found: list[Stretch] = []
    for row in rows:
        row.sort(key=lambda piece: piece.box.left)
        held: list[Piece] = []
        for piece in row:
            if held and _is_apart(held[-1], piece):
                found.append(_stretch(held, page))
                held = []
            held.append(piece)
        found.append(_stretch(held, page))
    return sorted(found, key=lambda one: (-one.box.middle, one.box.left))


def _is_level(row: Sequence[Piece], piece: Piece) -> bool:
    """Say whether a piece stands on the line of the others, exponents included."""
    other = row[-1] if row[-1].size >= row[0].size else row[0]
    overlap = min(other.box.top, piece.box.top) - max(other.box.bottom, piece.box.bottom)
    smaller = min(other.box.top - other.box.bottom, piece.box.top - piece.box.bottom)
    return overlap > max(0.1, smaller) * 0.55


def _is_apart(before: Piece, piece: Piece) -> bool:
    return piece.box.left - before.box.right > max(before.size, piece.size, 4.0) * _WIDE_GAP


def _stretch(pieces: Sequence[Piece], page: Page) -> Stretch:
    return Stretch(
        tuple(pieces),
        page,
        Box(
            min(piece.box.left for piece in pieces),
            min(piece.box.bottom for piece in pieces),
            max(piece.box.right for piece in pieces),
            max(piece.box.top for piece in pieces),
        ),
    )


def rows_of(stretches: Iterable[Stretch]) -> list[list[Stretch]]:
    """Gather stretches that stand on one line, from the top down."""
    rows: list[list[Stretch]] = []
    for one in sorted(stretches, key=lambda one: (-one.box.middle, one.box.left)):
        if rows:
            held = rows[-1][0].box
            overlap = min(held.top, one.box.top) - max(held.bottom, one.box.bottom)
            if overlap > min(held.top - held.bottom, one.box.top - one.box.bottom) * 0.55:
                rows[-1].append(one)
                continue
        rows.append([one])
    for row in rows:
        row.sort(key=lambda one: one.box.left)
    return rows
