"""Text into cells: the only way from print to Braille. It knows no rows and no pages."""

import itertools
import re
from dataclasses import dataclass

from ess_access.backends.braille import cells as c
from ess_access.backends.braille.holding import held_cells
from ess_access.backends.braille.integral import token_cells
from ess_access.backends.braille.known import known_words
from ess_access.backends.braille.liblouis import CONTRACTED, UNCONTRACTED, Liblouis
from ess_access.backends.braille.marks import (
    ADDRESS,
    HELD_SPACE,
    without_marks,
)
from ess_access.backends.braille.mending import mend
from ess_access.backends.braille.unknown import Replacements, mend_unknown
from ess_access.backends.braille.words import (
    Token,
    capital_runs,
    emphasis_marks,
    is_whole,
    partly_emphasised,
    prefixed,
    tokens_of,
)

__all__ = ["Translation", "Translator"]

_UPPER = "A-ZÀ-ÖØ-ÞŒ"
_LOWER = "a-zß-öø-ÿœ"
# What liblouis's tables do not write as the code does: numbers and operations, dashes, arrows,
# raised letters, and capitals mixed with small letters. The marks of `integral` are among them.
_SIGNS = "0-9+=×÷−–—*→←↔☐ß„\ue010-\ue013"
# It begins with one set of characters, which `re` seeks fast; the rest looks about from there.
_SPECIAL = re.compile(
    rf"[{_SIGNS}{_UPPER}](?:(?<=[{_SIGNS}])|(?<=[{_LOWER}][{_UPPER}])"
    rf"|[{_UPPER}](?=[{_LOWER}])|[{_UPPER}][^\w ]+[{_UPPER}]?(?=[{_LOWER}])"
    rf"|[-'./]+[{_UPPER}](?=[{_LOWER}])"
    # « R&D » is one word in capitals (2.1a); liblouis joins capitals at few signs alone.
    rf"|[-'./]*[^\w \-'./][-'./]*[{_UPPER}]|_[{_UPPER}])"
)
# In contracted Braille, addresses (1.8), alternatives (1.2f) and inclusive words as well, and
# words that hold an ï before a vowel, whose cell is a contraction there (1.7a, « aïeul »).
_DOUBTFUL = re.compile("[ïÏ](?=[aeiouyàâéèêëîôûùœAEIOUYÀÂÉÈÊËÎÔÛÙŒ])")
_CONTRACTED_SPECIAL = re.compile(
    rf"[/@\\_.(µ](?:(?<=[/@\\_µ])|(?<=[{_LOWER}][.(])(?=[{_LOWER}])|(?<=[{_UPPER}]\.)(?=[{_UPPER}]))"
    rf"|{_DOUBTFUL.pattern}"
    rf"|{_SPECIAL.pattern}"
)
_BASE_SPECIAL = re.compile(rf"{_SPECIAL.pattern}|[{_UPPER}][-'./]*[{_UPPER}]")
_CAPITALS_PASSAGE = re.compile(rf"[^ {_LOWER}]*[{_UPPER}]{{2}}[^ {_LOWER}]*(?= |\Z)")
# Four words without a small letter, which a passage in capitals has at least.
_FOUR_WORDS = re.compile(rf"(?<![^ ])(?:[^ {_LOWER}]+ +){{3}}[^ {_LOWER}]")
_TWO_CAPITALS = re.compile(f"[{_UPPER}][{_UPPER}]")
_SPACES = f" {HELD_SPACE}"
# What is in cells already; one set of characters first, which `re` seeks fast.
_GIVEN = re.compile("[\u2801-\u283f\u28c0][\u2801-\u283f\u28c0]*")
_MARKED = re.compile("[\ue014-\ue01e]")
_ADDRESS_LIKE = re.compile(
    r"[:@\\_w/.](?:(?<=:)//|(?<=[@\\])|(?<=\w_)\w|(?<=\bw)ww\."
    r"|(?<=[\w-]/)[\w-]+\.|(?<=\w\.)[a-z]{2,5}(?:/|\Z))"
)
_MAYBE_ADDRESS = re.compile(r"[/@\\_.](?:(?<=[/@\\_])|\w)")
_ADDRESS_LENGTH = 16  # shorter addresses fit every row and need no sign of continuation
_ALTERNATIVE = re.compile(r"[^\W\d_]+(?:/[^\W\d_]+)+")
_INITIALS = re.compile(rf"[{_LOWER}]\.[{_LOWER}]")  # « p.m. », 1.6: a letter that is no contraction


@dataclass(frozen=True, slots=True)
class Translation:
    """Cells and the print they stand for, in as many words, parted by one blank or one space.

    Words that stay on one row are parted by `cells.HELD` and a no-break space.
    """

    cells: str
    print: str


class Translator:
    """Translate paragraphs with one table; ``met`` gathers what had to be written otherwise."""

    def __init__(self, louis: Liblouis, grade: int = 1, *, is_base: bool = False) -> None:
        self._grade = grade
        self._is_base = is_base
        self._special_pattern = _BASE_SPECIAL if is_base else _SPECIAL
        if grade == 2:
            self._special_pattern = _CONTRACTED_SPECIAL
        self._known = known_words(louis, CONTRACTED if grade == 2 else UNCONTRACTED)
        self.met = Replacements()

    def translate(self, text: str) -> Translation:
        """Translate a text with the marks of :mod:`marks`."""
        text = mend(mend_unknown(text, self.met)).strip(_SPACES)
        if HELD_SPACE in text:
            loose = text.replace(HELD_SPACE, " ")
            if _MARKED.search(text) or self._has_passage(loose):
                return self._by_tokens(tokens_of(text))
            return Translation(held_cells(text, self._plain(loose)), without_marks(text))
        if _MARKED.search(text) or self._has_passage(text):
            return self._by_tokens(tokens_of(text))
        return Translation(self._plain(text), without_marks(text))

    def _plain(self, text: str) -> str:
        return self._louis_cells(self._with_special(text))

    def cells(self, text: str) -> str:
        """Translate a text into cells alone: held blanks are blanks like others."""
        return self.translate(text).cells.replace(c.HELD, c.BLANK)

    def _has_passage(self, text: str) -> bool:
        if self._is_base or not _TWO_CAPITALS.search(text) or not _FOUR_WORDS.search(text):
            return False
        return len(_CAPITALS_PASSAGE.findall(text)) >= 2 and bool(capital_runs(text.split(" ")))

    def _louis_cells(self, text: str) -> str:
        """Translate plain words; those met before in this process are known."""
        if self._grade == 1:
            return self._known.cells(text)
        # The contracted table's last passes change cells as well: those given stay out of it.
        given = _GIVEN.findall(text)
        if not given:
            return self._known.cells(text)
        parts = self._known.cells(_GIVEN.sub(ADDRESS, text)).split(ADDRESS)
        return "".join(itertools.chain(*itertools.zip_longest(parts, given, fillvalue="")))

    def _with_special(self, text: str) -> str:
        """Put cells in the place of the tokens that liblouis would write otherwise."""
        parts: list[str] = []
        done = 0
        for found in self._special_pattern.finditer(text):
            if found.start() < done:
                continue
            start = text.rfind(" ", 0, found.start()) + 1
            end = text.find(" ", found.end())
            end = len(text) if end < 0 else end
            token = text[start:end]
            parts.append(text[done:start])
            parts.append(self._special(token))
            done = end
        if not parts:
            return self._with_long_addresses(text)
        parts.append(text[done:])
        return self._with_long_addresses("".join(parts))

    def _special(self, token: str) -> str:
        if self._grade == 2 and _ALTERNATIVE.fullmatch(token) and not token.isupper():
            return self._alternative(token)
        cells = token_cells(token, is_base=self._is_base)
        if self._grade == 2 and (_DOUBTFUL.search(token) or _INITIALS.match(token)):
            return c.LETTER + cells
        if len(token) > _ADDRESS_LENGTH and _ADDRESS_LIKE.search(token):
            return ADDRESS + cells
        return cells

    def _with_long_addresses(self, text: str) -> str:
        if not _MAYBE_ADDRESS.search(text) or not _ADDRESS_LIKE.search(text):
            return text
        return " ".join(
            ADDRESS + token_cells(token)
            if len(token) > _ADDRESS_LENGTH and token[0] != ADDRESS and _ADDRESS_LIKE.search(token)
            else token
            for token in text.split(" ")
        )

    # --- token by token: emphasis, capitals, languages, addresses ------------------------------

    def _by_tokens(self, tokens: list[Token]) -> Translation:
        printed = _joined([without_marks(token.text) for token in tokens], tokens, " ", "\u00a0")
        passages = [] if self._is_base else capital_runs([token.text for token in tokens])
        prefixes = [""] * len(tokens)
        for start, end in passages:
            for at in range(start, end):
                tokens[at].text = tokens[at].text.lower()
            prefixes[start] = c.CAPITALS_PASSAGE
            prefixes[end - 1] = c.CAPITAL
        for at, mark in emphasis_marks(tokens).items():
            prefixes[at] = mark + prefixes[at]
        words = self._words(tokens)
        whole = [
            prefixed(token, word, prefix)
            for token, word, prefix in zip(tokens, words, prefixes, strict=True)
        ]
        return Translation(_joined(whole, tokens, c.BLANK, c.HELD), printed)

    def _words(self, tokens: list[Token]) -> list[str]:
        """Give the cells of each token: liblouis reads the plain ones in their context."""
        own = [self._own_cells(token) for token in tokens]
        text = " ".join(
            token.text if cells is None else cells for token, cells in zip(tokens, own, strict=True)
        )
        words = self._louis_cells(text).split(c.BLANK)
        if len(words) != len(tokens):
            words = [
                self._louis_cells(token.text) if cells is None else cells
                for token, cells in zip(tokens, own, strict=True)
            ]
        return words

    def _own_cells(self, token: Token) -> str | None:
        text = token.text
        if any(token.emphasis) and not is_whole(token) and not token.is_elided_start:
            return partly_emphasised(token)
        if token.is_address:
            return ADDRESS + token_cells(text)
        is_long_address = len(text) > _ADDRESS_LENGTH and bool(_ADDRESS_LIKE.search(text))
        if token.lang != "fr":
            cells = token_cells(text, token.lang, is_base=self._is_base)
            return ADDRESS + cells if is_long_address else cells
        if is_long_address or self._special_pattern.search(text):
            return self._special(text)
        return None

    def _alternative(self, text: str) -> str:
        """Contract both sides of a slash (1.2f); single letters keep their own value."""
        slash = c.code().signs["/"]
        parts = text.split("/")
        if any(len(part) == 1 for part in parts):
            return c.LETTER + token_cells(text)
        return slash.join(self._louis_cells(part) for part in parts)


def _joined(words: list[str], tokens: list[Token], space: str, held: str) -> str:
    """Join what stands for tokens: ``held`` before those that stay with the one before."""
    parts = [
        (held if token.is_held else space) + word for token, word in zip(tokens, words, strict=True)
    ]
    return "".join(parts)[1:]
