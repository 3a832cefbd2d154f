"""The signs that few texts hold, told on a page of transcriber's notes (CBFU 2.5, 3.6d)."""

import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence

from ess_access.backends.braille import cells as c
from ess_access.backends.braille.elements import Element, Flow, Grid
from ess_access.backends.braille.marks import EMPHASIS_OFF, EMPHASIS_ON
from ess_access.backends.braille.pages import Page, Paginator
from ess_access.backends.braille.translator import Translator

__all__ = ["notes_pages", "used_symbols"]

_TITLE = "Notes du transcripteur"
_CODE = (
    "Cet ouvrage a été transcrit selon le "
    f"{EMPHASIS_ON}Code braille français uniformisé{EMPHASIS_OFF} (CBFU)."
)
_SYMBOLS = "Symboles spéciaux"
_OTHERS = "Les lettres d’autres écritures sont remplacées par les lettres latines les plus proches."


def used_symbols(
    elements: Iterable[Element], letters: Mapping[str, str], languages: Iterable[str]
) -> tuple[tuple[str, str], ...]:
    """Give the special signs of a text as pairs: their cells, or ``""``, and what to say of them.

    ``letters`` are those that were replaced (2.5) with what stands for them; ``languages`` those
    of its foreign passages.
    """
    table = c.code()
    used: set[str] = set()
    for printed in _prints(elements):
        used |= set(printed)
        used |= {char for char, cells in table.music.items() if cells.split(c.HELD)[0] in printed}
    used |= {char.lower() for char in used}
    found = [(_cells(char), text) for char, text in table.descriptions.items() if char in used]
    for lang, foreign in table.foreign.items():
        if lang in languages:
            found += [
                (cells, f"{_described(char)}, en {_LANGUAGES[lang]}")
                for char, cells in foreign.items()
                if char in used
            ]
    found += [("", text) for text in sorted(_replaced(letters))]
    return tuple(found)


_LANGUAGES = {"es": "espagnol", "it": "italien", "de": "allemand"}


def _prints(elements: Iterable[Element]) -> Iterator[str]:
    for element in elements:
        match element:
            case Flow():
                yield element.print
            case Grid():
                yield from (printed for _, printed in element.rows)


def _cells(char: str) -> str:
    table = c.code()
    return table.letters.get(char) or table.signs.get(char) or table.music[char].split(c.HELD)[0]


def _described(char: str) -> str:
    """Describe a letter: « e accent aigu »; ``""`` when it has no name here."""
    marks = c.code().marks
    if char in marks:
        return marks[char]
    decomposed = unicodedata.normalize("NFD", char)
    base, over = decomposed[0], decomposed[1:]
    if not over or not all(mark in marks for mark in over) or not base.isascii():
        return ""
    return " et ".join([f"{base} {marks[over[0]]}", *(marks[mark] for mark in over[1:])])


def _replaced(letters: Mapping[str, str]) -> Iterator[str]:
    others = False
    said: set[str] = set()
    for char, written in letters.items():
        text = _described(char.lower())
        others = others or not text
        if text and text not in said:
            said.add(text)
            yield f"{text} : écrit {written.lower()}"
    if others:
        yield _OTHERS


def notes_pages(
    symbols: Sequence[tuple[str, str]],
    translator: Translator,
    size: tuple[int, int],
    first_number: int,
    *,
    has_numbers: bool,
    trace: bool,
) -> tuple[Page, ...]:
    """Give the page of transcriber's notes: the code, then the special signs (3.6d).

    The full cell stands before each sign, so that fingers can place its dots (general note 3).
    """

    def flow(text: str, first: int, rest: int, *, before: int = 0, keep: int = 0) -> Flow:
        said = translator.translate(text)
        return Flow(said.cells, said.print, first=first, rest=rest, before=before, keep=keep)

    said = translator.translate(_TITLE)
    elements: list[Element] = [
        Flow(said.cells, said.print, is_centred=True, after=1, keep=2),
        flow(_CODE, 2, 0),
        flow(_SYMBOLS, 4, 4, before=1, keep=1),
    ]
    for cells, text in symbols:
        shown = f"{c.FULL_CELL}{cells} {text}" if cells else text
        elements.append(flow(shown, 2, 4))
    width, height = size
    paginator = Paginator(
        width, height, has_numbers=has_numbers, first_number=first_number, trace=trace
    )
    return paginator.lay(elements)
