"""Cells that liblouis reads back rightly, and what the Braille of a word reads back like."""

import re
from functools import cache, lru_cache

from ess_access.backends.braille import cells as c
from ess_access.backends.braille.inlines import primary_language
from ess_access.backends.braille.liblouis import CONTRACTED, liblouis
from ess_access.backends.braille.marks import ADDRESS, FOREIGN, LANGUAGE_OFF
from ess_access.backends.braille.translator import Translator
from ess_access.document.nodes import Division, Document, Language
from ess_access.document.walk import blocks_in, inlines_of, own_inlines

__all__ = ["Canonical", "languages_of", "readable", "words_of"]

_WORD = re.compile(r"[^\W_]+")
_OPENING = f"{c.BLANK}{c.LETTER}\u2826\u2836\u2804"  # a blank, ⠰, a bracket, a quote, an elision
# Beside a word, « image » or a quote, a transcriber's note reads as a contraction (3.3).
_NOTE_SIGNS = re.compile(
    f"(?<![^{c.BLANK}]){c.NOTE_OPEN}(?!{c.BLANK})|(?<!{c.BLANK}){c.NOTE_CLOSE}(?![^{c.BLANK}])"
)
_CAPITALS_PASSAGE = re.compile(f"(?<![^{_OPENING}]){c.CAPITALS_PASSAGE}")
# Contracted locutions are joined by the sign of emphasis, « par exemple »: it is not that one.
_EMPHASIS_BEFORE_WORD = re.compile(f"(?<![^{_OPENING}]){c.EMPHASIS}(?=[^{c.BLANK}])")
# Alone, it is a bar; and liblouis misreads a contraction or a number after two blanks.
_EMPHASIS = re.compile(f"(?<!{c.BLANK}){c.EMPHASIS}|{c.EMPHASIS}(?=[^{c.BLANK}])")
_BLANKS = re.compile(f"{c.BLANK}{{2,}}")
# Before marks alone it is the end of a word, « mutuelle ; ».
_MARKS_ALONE = f"[\u2802\u2806\u2812\u2832\u2822\u2816\u2836\u2834\u2830\u2804]+(?:{c.BLANK}|\\Z)"
_EMPHASIS_IN_WORD = re.compile(f"[^{c.BLANK}]+{c.EMPHASIS}(?!{_MARKS_ALONE})[^{c.BLANK}]+")
# « Non !!! », « Hé !… »: what follows the first sign is read as a contraction.
_SIGNS_IN_A_ROW = re.compile(f"([\u2816\u2822])[\u2816\u2822\u2832]+(?![^{c.BLANK}\u2834\u2836])")
# « AU XIXE SIÈCLE »: what raises the E is the word in capitals that follows.
_CAPITAL_ORDINAL = re.compile("(?:[0-9]+|[IVX]{2,})E")


def words_of(text: str) -> tuple[str, ...]:
    """Give the words of a text as they are compared: capitals are not read back everywhere."""
    return tuple(word.casefold() for word in _WORD.findall(text))


def languages_of(document: Document) -> frozenset[str]:
    """Give the languages of the document whose letters have cells of their own (2.5)."""
    tags = {document.meta.lang}
    for block in blocks_in(document.children):
        if isinstance(block, Division):
            tags.add(block.lang)
        for inline in own_inlines(block):
            tags |= {node.lang for node in inlines_of(inline) if isinstance(node, Language)}
    return frozenset(lang for lang in map(primary_language, tags) if c.code().foreign.get(lang))


def readable(cells: str, *, is_contracted: bool, known: frozenset[str] = frozenset()) -> str:
    """Help liblouis read what it does not know.

    It forgets the modifier at a space inside a number, and misreads a contraction after an
    indicator of emphasis or of a passage in capitals, and beside the signs of a note. ``known``
    are words of the document: a sign within one of them is a contraction, no emphasis.
    """
    cells = _NOTE_SIGNS.sub("", cells).replace(c.EMPHASIS_PASSAGE, "")
    if is_contracted:
        cells = _SIGNS_IN_A_ROW.sub(r"\1", _EMPHASIS_BEFORE_WORD.sub("", cells))
        cells = _EMPHASIS_IN_WORD.sub(lambda found: _locution(found[0], known), cells)
    else:
        cells = _EMPHASIS.sub("", cells)
    cells = _CAPITALS_PASSAGE.sub("", _NOTE_SIGNS.sub("", cells))  # what emphasis stood before
    return _digit_space().sub(c.DIGIT_SPACE + c.NUMBER, _BLANKS.sub(c.BLANK, cells))


def _locution(word: str, known: frozenset[str]) -> str:
    """Keep a locution, which reads as several words, and « détaillée », a word of the document.

    A word emphasised in part loses the sign.
    """
    said = _said(word)
    is_word = " " in said or (bool(said) and known.issuperset(words_of(said)))
    return word if is_word else word.replace(c.EMPHASIS, "")


@lru_cache(maxsize=1024)
def _said(word: str) -> str:
    return liblouis().back_translate(word, CONTRACTED)


@cache
def _digit_space() -> re.Pattern[str]:
    digits = "".join(sorted(c.code().digits.values()))
    return re.compile(f"(?<=[{digits}]){c.DIGIT_SPACE}(?=[{digits}])")


class Canonical:
    """Give the word as its own Braille reads back, contracted or not."""

    def __init__(
        self,
        grade: int,
        table: str,
        languages: frozenset[str],
        known: frozenset[str] = frozenset(),
    ) -> None:
        self._known = known
        self._translator = Translator(liblouis(), grade)
        self._table = table
        self._languages = sorted(languages)

    def __call__(self, word: str) -> tuple[tuple[str, ...], ...]:
        """Give the words that a word may read back as."""
        texts = [word]
        if self._table == CONTRACTED:  # a word of another language is in full
            texts.append(f"{FOREIGN['other']}{word}{LANGUAGE_OFF}")
        for lang in self._languages:
            if not c.code().foreign[lang].keys().isdisjoint(word.lower()):
                texts += [f"{FOREIGN[lang]}{word}{LANGUAGE_OFF}"]
        readings = [self._reading(text) for text in texts]
        if _CAPITAL_ORDINAL.fullmatch(word):
            readings.append(self._reading(f"{word} SIÈCLE")[:-1])
        return tuple(readings)

    def cells(self, text: str) -> str:
        """Give the cells of a text, made readable."""
        cells = self._translator.cells(text).replace(ADDRESS, "")
        return readable(cells, is_contracted=self._table == CONTRACTED, known=self._known)

    def _reading(self, text: str) -> tuple[str, ...]:
        back = liblouis().back_translate(self.cells(text), self._table)
        return words_of(back)
