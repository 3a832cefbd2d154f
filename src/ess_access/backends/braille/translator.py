"""Text into cells: the only way from print to Braille. It knows no rows and no pages."""

import re
from dataclasses import dataclass, field

from ess_access.backends.braille import cells as c
from ess_access.backends.braille.integral import token_cells
from ess_access.backends.braille.liblouis import CONTRACTED, UNCONTRACTED, Liblouis
from ess_access.backends.braille.marks import (
    ADDRESS,
    ADDRESS_OFF,
    ADDRESS_ON,
    EMPHASIS_OFF,
    EMPHASIS_ON,
    FOREIGN,
    LANGUAGE_OFF,
    without_marks,
)
from ess_access.backends.braille.mending import mend
from ess_access.backends.braille.unknown import Replacements, mend_unknown

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
    rf"|[-'./]+[{_UPPER}](?=[{_LOWER}]))"
)
# In contracted Braille, addresses (1.8), alternatives (1.2f) and inclusive words as well.
_CONTRACTED_SPECIAL = re.compile(
    rf"[/@\\_.](?:(?<=[/@\\_])|(?<=[{_LOWER}]\.)(?=[{_LOWER}]))|{_SPECIAL.pattern}"
)
_BASE_SPECIAL = re.compile(rf"{_SPECIAL.pattern}|[{_UPPER}][-'./]*[{_UPPER}]")
_CAPITALS_PASSAGE = re.compile(rf"[^ {_LOWER}]*[{_UPPER}]{{2}}[^ {_LOWER}]*(?= |\Z)")
_TWO_CAPITALS = re.compile(f"[{_UPPER}]{{2}}")
_MARKED = re.compile("[\ue014-\ue01e]")
_ADDRESS_LIKE = re.compile(r"://|@|\\|\w_\w|\bwww\.|[\w-]/[\w-]+\.|\w\.[a-z]{2,5}(?:/|\Z)")
_MAYBE_ADDRESS = re.compile(r"[/@\\_.](?:(?<=[/@\\_])|\w)")
_LANGUAGES = {mark: lang for lang, mark in FOREIGN.items()}
_ADDRESS_LENGTH = 16  # shorter addresses fit every row and need no sign of continuation
_ALTERNATIVE = re.compile(r"[^\W\d_]+(?:/[^\W\d_]+)+")


@dataclass(frozen=True, slots=True)
class Translation:
    """Cells and the print they stand for, in as many words, parted by one blank or one space."""

    cells: str
    print: str


@dataclass(slots=True)
class _Token:
    """A word on its way: its characters with what holds for each."""

    text: str = ""
    emphasis: list[bool] = field(default_factory=list)
    lang: str = "fr"
    is_address: bool = False


class Translator:
    """Translate paragraphs with one table; ``met`` gathers what had to be written otherwise."""

    def __init__(self, louis: Liblouis, grade: int = 1, *, is_base: bool = False) -> None:
        self._louis = louis
        self._grade = grade
        self._is_base = is_base
        self._special_pattern = _BASE_SPECIAL if is_base else _SPECIAL
        if grade == 2:
            self._special_pattern = _CONTRACTED_SPECIAL
        self._table = CONTRACTED if grade == 2 else UNCONTRACTED
        self.met = Replacements()
        self._known: dict[str, str] = {}

    def translate(self, text: str) -> Translation:
        """Translate a text with the marks of :mod:`marks`."""
        text = mend(mend_unknown(text, self.met)).strip(" ")
        if _MARKED.search(text) or self._has_passage(text):
            return self._by_tokens(_tokens(text))
        return Translation(self._louis_cells(self._with_special(text)), without_marks(text))

    def cells(self, text: str) -> str:
        """Translate a text into cells."""
        return self.translate(text).cells

    def _has_passage(self, text: str) -> bool:
        if self._is_base or not _TWO_CAPITALS.search(text):
            return False
        return len(_CAPITALS_PASSAGE.findall(text)) >= 2 and bool(_capital_runs(text.split(" ")))

    def _louis_cells(self, text: str) -> str:
        """Translate plain words; uncontracted ones met before are known, liblouis reads the others.

        In intégral no rule reaches over a space, so a word's cells are its own. In abrégé some do:
        « par exemple » is one sign.
        """
        if self._grade == 2:
            cells = self._louis.translate(text, self._table)
            if c.UNDEFINED not in cells:
                return cells
            return c.BLANK.join([token_cells(word) for word in text.split(" ")])
        known = self._known
        words = text.split(" ")
        try:
            return c.BLANK.join([known[word] for word in words])
        except KeyError:
            self._learn([word for word in dict.fromkeys(words) if word not in known])
        return c.BLANK.join([self._known[word] for word in words])

    def _learn(self, words: list[str]) -> None:
        found = self._louis.translate(" ".join(words), self._table).split(c.BLANK)
        if len(found) != len(words):
            found = [self._louis.translate(word, self._table) for word in words]
        for word, cells in zip(words, found, strict=True):
            # What liblouis does not know, although the code's tables do.
            self._known[word] = token_cells(word) if c.UNDEFINED in cells else cells

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
        if self._grade == 2 and _ALTERNATIVE.fullmatch(token):
            return self._alternative(token)
        cells = token_cells(token, is_base=self._is_base)
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

    def _by_tokens(self, tokens: list[_Token]) -> Translation:
        printed = " ".join(without_marks(token.text) for token in tokens)
        passages = [] if self._is_base else _capital_runs([token.text for token in tokens])
        prefixes = [""] * len(tokens)
        for start, end in passages:
            for at in range(start, end):
                tokens[at].text = tokens[at].text.lower()
            prefixes[start] = c.CAPITALS_PASSAGE
            prefixes[end - 1] = c.CAPITAL
        for at, mark in _emphasis_marks(tokens).items():
            prefixes[at] = mark + prefixes[at]
        words = self._words(tokens)
        cells = c.BLANK.join(
            _prefixed(token, word, prefix)
            for token, word, prefix in zip(tokens, words, prefixes, strict=True)
        )
        return Translation(cells, printed)

    def _words(self, tokens: list[_Token]) -> list[str]:
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

    def _own_cells(self, token: _Token) -> str | None:
        text = token.text
        if any(token.emphasis) and not _is_whole(token):
            return _partly_emphasised(token)
        if token.is_address:
            return ADDRESS + token_cells(text)
        if token.lang != "fr":
            return token_cells(text, token.lang, is_base=self._is_base)
        is_long_address = len(text) > _ADDRESS_LENGTH and bool(_ADDRESS_LIKE.search(text))
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


def _tokens(text: str) -> list[_Token]:
    """Cut a marked text at its spaces; each character remembers whether it is emphasised."""
    tokens = [_Token()]
    is_emphasis, is_address, lang = False, False, "fr"
    for char in text:
        token = tokens[-1]
        if char == " ":
            tokens.append(_Token(lang=lang, is_address=is_address))
        elif char == EMPHASIS_ON:
            is_emphasis = True
        elif char == EMPHASIS_OFF:
            is_emphasis = False
        elif char == ADDRESS_ON:
            is_address = token.is_address = True
        elif char == ADDRESS_OFF:
            is_address = False
        elif char == LANGUAGE_OFF:
            lang = "fr"
        elif char in _LANGUAGES:
            lang = _LANGUAGES[char]
            token.lang = lang if not token.text else token.lang
        else:
            token.text += char
            token.emphasis.append(is_emphasis)
    return [token for token in tokens if token.text]


def _has_letters(text: str) -> bool:
    return any(char.isalnum() for char in text)


def _is_whole(token: _Token) -> bool:
    """Say whether all the letters of a token are emphasised; signs around them do not count."""
    return all(
        is_emphasis
        for char, is_emphasis in zip(token.text, token.emphasis, strict=True)
        if char.isalnum()
    )


def _partly_emphasised(token: _Token) -> str:
    """CBFU 2.2d: the indicator before the first character, the end indicator after the last.

    The latter is left out at the end of the word and before its final punctuation.
    """
    runs: list[tuple[bool, str]] = []
    for char, is_emphasis in zip(token.text, token.emphasis, strict=True):
        if runs and runs[-1][0] == is_emphasis:
            runs[-1] = (is_emphasis, runs[-1][1] + char)
        else:
            runs.append((is_emphasis, char))
    found: list[str] = []
    for at, (is_emphasis, text) in enumerate(runs):
        if not is_emphasis or not _has_letters(text):
            found.append(token_cells(text, token.lang))
            continue
        found.append(c.EMPHASIS + token_cells(text, token.lang))
        if any(_has_letters(rest) for _, rest in runs[at + 1 :]):
            found.append(c.END)
    return "".join(found)


def _emphasis_marks(tokens: list[_Token]) -> dict[int, str]:
    """Say which indicator stands before which token (2.2b, 2.2c)."""
    marks: dict[int, str] = {}
    start = -1
    for at, token in enumerate([*tokens, _Token()]):
        is_whole = any(token.emphasis) and _is_whole(token)
        if is_whole and start < 0:
            start = at
        elif not is_whole and start >= 0:
            marks |= _run_marks([i for i in range(start, at) if _has_letters(tokens[i].text)])
            start = -1
    return marks


def _run_marks(words: list[int]) -> dict[int, str]:
    if len(words) < 4:
        return dict.fromkeys(words, c.EMPHASIS)
    return {words[0]: c.EMPHASIS_PASSAGE, words[-1]: c.EMPHASIS}


def _prefixed(token: _Token, cells: str, prefix: str) -> str:
    """Put an indicator before a word, after the opening signs that it does not concern."""
    if not prefix:
        return cells
    lead = 0
    for char, is_emphasis in zip(token.text, token.emphasis, strict=True):
        if char.isalnum() or is_emphasis:
            break
        lead += 1
    opening = token_cells(token.text[:lead]) if lead else ""
    bare = cells.removeprefix(ADDRESS)
    mark = ADDRESS if bare != cells else ""
    if not bare.startswith(opening):  # a sign whose cells the context changed
        opening = ""
    return mark + opening + prefix + bare[len(opening) :]


def _is_capital(token: str) -> bool:
    letters = [char for char in token if char.isalpha()]
    return bool(letters) and all(char.isupper() for char in letters)


def _capital_runs(tokens: list[str]) -> list[tuple[int, int]]:
    """Find four words in capitals or more in a row (2.1b); numbers and signs stand among them."""
    runs: list[tuple[int, int]] = []
    words: list[int] = []
    for at, token in enumerate([*tokens, "a"]):
        if _is_capital(token):
            words.append(at)
        elif _has_lower(token):
            if len(words) >= 4:
                runs.append((words[0], words[-1] + 1))
            words = []
    return runs


def _has_lower(token: str) -> bool:
    return any(char.islower() for char in token)
