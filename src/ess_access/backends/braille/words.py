"""Words of a marked text, and the indicators that stand before them (CBFU 2.1b, 2.2)."""

from dataclasses import dataclass, field

from ess_access.backends.braille import cells as c
from ess_access.backends.braille.integral import token_cells
from ess_access.backends.braille.marks import (
    ADDRESS,
    ADDRESS_OFF,
    ADDRESS_ON,
    EMPHASIS_OFF,
    EMPHASIS_ON,
    FOREIGN,
    HELD_SPACE,
    LANGUAGE_OFF,
)

__all__ = [
    "Token",
    "capital_runs",
    "emphasis_marks",
    "is_whole",
    "partly_emphasised",
    "prefixed",
    "tokens_of",
]

_LANGUAGES = {mark: lang for lang, mark in FOREIGN.items()}


@dataclass(slots=True)
class Token:
    """A word on its way: its characters with what holds for each."""

    text: str = ""
    emphasis: list[bool] = field(default_factory=list)
    lang: str = "fr"
    is_address: bool = False
    is_held: bool = False  # on the row of the word before
    is_elided_start: bool = False  # « l'*Histoire de la France* »: a passage begins within it


def tokens_of(text: str) -> list[Token]:
    """Cut a marked text at its spaces; each character remembers whether it is emphasised."""
    tokens = [Token()]
    is_emphasis, is_address, lang = False, False, "fr"
    for char in text:
        token = tokens[-1]
        if char in (" ", HELD_SPACE):
            is_held = char == HELD_SPACE and bool(token.text)
            tokens.append(Token(lang=lang, is_address=is_address, is_held=is_held))
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
            token.lang = token.lang if token.text else lang
        elif char in _LANGUAGES:
            lang = _LANGUAGES[char]
            token.lang = lang if not token.text else token.lang
        else:
            token.text += char
            token.emphasis.append(is_emphasis)
    _set_notes(tokens)
    return [token for token in tokens if token.text]


def _set_notes(tokens: list[Token]) -> None:
    """Say that notes of the transcriber are in French, within a foreign passage too."""
    is_note = False
    for token in tokens:
        is_note = is_note or c.NOTE_OPEN in token.text
        if is_note:
            token.lang = "fr"
        is_note = is_note and c.NOTE_CLOSE not in token.text


def _has_letters(text: str) -> bool:
    return any(char.isalnum() for char in text)


def is_whole(token: Token) -> bool:
    """Say whether all the letters of a token are emphasised; signs around them do not count."""
    return all(
        is_emphasis
        for char, is_emphasis in zip(token.text, token.emphasis, strict=True)
        if char.isalnum()
    )


def _is_elided(token: Token) -> bool:
    """Say whether a token is emphasised from an apostrophe on."""
    plain = token.emphasis.index(True) if True in token.emphasis else 0
    return token.text[:plain].endswith("'") and all(
        is_emphasis
        for char, is_emphasis in zip(token.text[plain:], token.emphasis[plain:], strict=True)
        if char.isalnum()
    )


def partly_emphasised(token: Token) -> str:
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


def emphasis_marks(tokens: list[Token]) -> dict[int, str]:
    """Say which indicator stands before which token (2.2b, 2.2c).

    A passage may begin after an elision: its token then has ``is_elided_start``.
    """
    marks: dict[int, str] = {}
    start = -1
    for at, token in enumerate([*tokens, Token()]):
        is_marked = any(token.emphasis) and is_whole(token)
        if not is_marked and start >= 0:
            marks |= _run_marks(tokens, start, at)
            start = -1
        if start < 0 and (is_marked or (any(token.emphasis) and _is_elided(token))):
            start = at
    return marks


def _run_marks(tokens: list[Token], start: int, stop: int) -> dict[int, str]:
    words = [at for at in range(start, stop) if _has_letters(tokens[at].text)]
    is_elided = any(tokens[start].emphasis) and not is_whole(tokens[start])
    if len(words) < 4:
        return dict.fromkeys(words[is_elided:], c.EMPHASIS)
    tokens[start].is_elided_start = is_elided
    return {words[0]: c.EMPHASIS_PASSAGE, words[-1]: c.EMPHASIS}


def prefixed(token: Token, cells: str, prefix: str) -> str:
    """Put an indicator before a word, after the opening signs that it does not concern.

    The indicator of base value stands before any other sign (1.7c).
    """
    if not prefix:
        return cells
    if cells.startswith(c.LETTER):
        return c.LETTER + prefixed(token, cells.removeprefix(c.LETTER), prefix)
    lead = 0
    for char, is_emphasis in zip(token.text, token.emphasis, strict=True):
        if is_emphasis or (char.isalnum() and not token.is_elided_start):
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


def capital_runs(tokens: list[str]) -> list[tuple[int, int]]:
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
