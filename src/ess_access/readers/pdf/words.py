"""Pieces of a page put together into running text: spaces, hyphens, looks."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from ess_access.document.nodes import PageMark, Text
from ess_access.readers._runs import Look, Run
from ess_access.readers.pdf.characters import Page, Piece

__all__ = ["Speller", "is_bold", "joined_runs", "plain"]

_HYPHEN = "\x02"
_LETTERS = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_LAST = re.compile(r"([^\W\d_]+)[-\x02\u00ad]$")
_FIRST = re.compile(r"[^\W\d_]+")


class Speller:
    """What the document itself teaches of words with a hyphen."""

    def __init__(self, pages: Iterable[Page]) -> None:
        self._words: Counter[str] = Counter()
        for page in pages:
            for piece in page.pieces:
                self._words.update(word.casefold() for word in _LETTERS.findall(piece.text))

    def joined(self, before: str, after: str) -> str:
        """Join two lines of which the first ends with a hyphen, as the word is written elsewhere.

        Where it is nowhere else, the hyphen is the line's, but before a capital or a figure.
        """
        first, second = _LAST.search(before), _FIRST.match(after)
        bare = before[:-1]
        if first is None or second is None:
            return f"{bare}-"
        whole = f"{first[1]}{second[0]}".casefold()
        parted = f"{first[1]}-{second[0]}".casefold()
        if self._words[parted] > self._words[whole]:
            return f"{bare}-"
        if second[0][0].isupper() and not self._words[whole]:
            return f"{bare}-"
        return bare


def is_bold(pieces: Sequence[Piece]) -> bool:
    """Say whether all the letters are bold."""
    worded = [piece for piece in pieces if any(letter.isalnum() for letter in piece.text)]
    return bool(worded) and all(piece.is_bold for piece in worded)


def joined_runs(pieces: Sequence[tuple[Piece, Page, str]], speller: Speller) -> list[Run]:
    """Join pieces in reading order, each with its page and its language (``""``: none).

    A mark stands where a page begins.
    """
    all_bold = is_bold([piece for piece, _, _ in pieces])
    worded = [piece for piece, _, _ in pieces if any(map(str.isalnum, piece.text))]
    all_italic = all(piece.is_italic for piece in worded)
    runs: list[Run] = []
    before: Piece | None = None
    held: Page | None = None
    for piece, page, lang in pieces:
        text = piece.text.replace("\r", "").replace("\n", " ")
        if before is not None and held is not None:
            _border(
                runs, before, piece, speller, is_new_line=_is_new_line(before, piece, held, page)
            )
        if held is not None and page is not held:
            runs.append(Run(PageMark(page.label)))
        if text.endswith(_HYPHEN):
            text = f"{text[:-1]}\N{SOFT HYPHEN}"
        text = text.replace(_HYPHEN, "-")
        look = Look(
            page.href_at(piece.box) if page.links else "",
            lang,
            piece.is_bold and not all_bold,
            piece.is_italic and not all_italic,
        )
        runs.append(Run(Text(text), look))
        before, held = piece, page
    return runs


def _is_new_line(before: Piece, piece: Piece, page: Page, other: Page) -> bool:
    if page is not other:
        return True
    height = min(before.box.top - before.box.bottom, piece.box.top - piece.box.bottom)
    return abs(before.box.middle - piece.box.middle) > max(1.0, height * 0.6)


def _border(
    runs: list[Run], before: Piece, piece: Piece, speller: Speller, *, is_new_line: bool
) -> None:
    """Settle what stands between two pieces: a space, a hyphen, or nothing."""
    last = runs[-1]
    if not isinstance(last.node, Text):
        return
    text, after = last.node.text, piece.text.lstrip()
    trimmed = text.rstrip()
    if is_new_line and trimmed.endswith(("-", "\N{SOFT HYPHEN}")) and after[:1].isalpha():
        start = "".join(run.node.text for run in runs[-3:-1] if isinstance(run.node, Text))
        settled = speller.joined(start + trimmed, after)
        keeps = settled.endswith("-")
        runs[-1] = Run(Text(trimmed[:-1] + ("-" if keeps else "")), last.look)
        return
    if text.endswith((" ", "\N{SOFT HYPHEN}")) or piece.text.startswith(" "):
        return
    gap = piece.box.left - before.box.right
    if is_new_line or gap > before.size * 0.17 or gap < -before.size * 3:
        runs.append(Run(Text(" ")))


def plain(runs: Iterable[Run]) -> str:
    """Give the characters of runs, white space folded."""
    return " ".join("".join(r.node.text for r in runs if isinstance(r.node, Text)).split())
