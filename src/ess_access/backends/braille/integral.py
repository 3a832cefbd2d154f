"""One token of print, without spaces, into cells by the rules that liblouis does not hold.

Numbers (CBFU 1.2), mixed capitals (2.1c), raised and lowered characters (1.5), base value (1.7b),
addresses (1.8): in full, whatever the grade, as 1.2d, 1.5b and 1.8 ask.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from ess_access.backends.braille import cells as c

__all__ = [
    "BLOCK_CLOSE",
    "BLOCK_OPEN",
    "DIGIT_SPACE",
    "LOWER",
    "RAISE",
    "SINGLE",
    "script",
    "token_cells",
]

# What the mending of the text leaves for this module: characters for private use.
DIGIT_SPACE = "\ue013"  # the space inside a number, 1.2e
RAISE = "\ue010"  # before raised characters, 1.5
LOWER = "\ue011"  # before lowered ones, table 2
SINGLE = "\ue012"  # before a code of letters and digits: each capital by itself, 1.2c
# Around an exponent or an index that is a sum, which asks for the mathematical code, 2.4a.
BLOCK_OPEN = "\ue021"
BLOCK_CLOSE = "\ue022"

_FOURTH_SERIES = frozenset("âêîôûëïüœ")  # the letters whose cells are also digits
# A variable then an operator: the modifier stands at the start, as in the code's own examples
# (1.2a « a + b », 1.2b « t₁ », 1.2d « m/34 »).
_ALGEBRA = re.compile(rf"[a-z](?:[+=×÷−]|/\d|{LOWER}\d)")
_TERM = r"(?:\d+[a-zA-Z]?|[a-zA-Z])"
_SUM = re.compile(rf"[-−+]?{_TERM}(?: ?[-−+×÷=/] ?{_TERM})+")


def script(mark: str, text: str) -> str:
    """Mark what is raised (``RAISE``) or lowered (``LOWER``); it holds no blank but in a sum.

    The effect of the mark ends at a sign of arithmetic (1.5b): « 10ⁿ⁻¹ » is not « 10ⁿ - 1 ».
    """
    if _SUM.fullmatch(text) and (any(char.isalpha() for char in text) or "/" in text):
        return f"{mark}{BLOCK_OPEN}{text.replace(' ', '')}{BLOCK_CLOSE}"
    return mark + text


@dataclass(slots=True)
class _State:
    is_numeric: bool = False
    is_raised: bool = False


@lru_cache(maxsize=4096)  # numbers and acronyms come again and again
def token_cells(token: str, lang: str = "fr", *, is_base: bool = False) -> str:
    """Give the cells of a token in uncontracted Braille.

    Every character must be one that the code knows, or a mark of this module. ``lang`` is a
    primary language subtag: the letters of 2.5 differ in Spanish. ``is_base`` writes capitals by
    the base code alone (1.1), without the indicator of several capitals.
    """
    if BLOCK_OPEN in token:
        return _expression(token)
    table = c.code()
    foreign = table.foreign.get(lang, {})
    capitals = _capital_marks(token, is_base=is_base)
    state = _State()
    found: list[str] = []
    if _ALGEBRA.match(token):
        found.append(c.NUMBER)
        state.is_numeric = True
    for at, char in enumerate(token):
        lower = char.lower()
        if char in table.digits:
            found.append(_numeric(table.digits[char], state))
        elif lower in table.letters:
            if state.is_numeric and _starts_doubtful_letters(token, at):
                # 1.7b: « 88Haüy », « cœur+âme=être »
                found.append(c.LETTER)
                state.is_numeric = False
            found.append(capitals.get(at, ""))
            found.append(foreign.get(lower) or table.letters[lower])
        elif char in table.arithmetic or _is_minus(token, at):
            # 1.5c: the sign of an exponent belongs to it, « m⁻¹ »; any other ends what is raised.
            state.is_raised = token[at - 1 : at] == RAISE
            found.append(_numeric(table.arithmetic.get(char, c.HYPHEN), state))
        elif char in (RAISE, "^"):  # « 10^6 » says what « 10⁶ » does, by the same cell
            found.append(capitals.get(at, "") + c.RAISED)
            state.is_raised = True
        elif char == LOWER:
            found.append(_numeric(c.LOWERED, state))
        elif char == DIGIT_SPACE:
            found.append(c.DIGIT_SPACE)
        elif char == SINGLE:
            continue
        else:
            state.is_raised = False
            found.append(capitals.get(at, ""))
            sign = table.signs.get(char) or table.signs.get(lower)  # « Δ »: the cells of « δ »
            found.append(sign or (char if "\u2800" <= char <= "\u283f" else ""))
    found.append(capitals.get(len(token), ""))
    return "".join(found)


def _expression(token: str) -> str:
    """Give a token that needs the mathematical code, after the sign that announces it (2.4a)."""
    table = c.code()
    marks = {RAISE: c.RAISED, LOWER: c.LOWERED, BLOCK_OPEN: c.LETTER, BLOCK_CLOSE: c.pattern("23")}
    found: list[str] = []
    is_begun = False
    for char in token:
        cell = (
            marks.get(char)
            or table.digits.get(char)
            or table.arithmetic.get(char)
            or table.letters.get(char.lower())
            or table.signs.get(char, char if "\u2800" <= char <= "\u283f" else "")
        )
        if not is_begun and (char.isalnum() or char in table.arithmetic):
            found.append(c.END)  # after an opening bracket too; its cells are those of the end
            is_begun = True
        found.append((c.CAPITAL if char.isupper() else "") + cell)
    return "".join(found)


def _numeric(cell: str, state: _State) -> str:
    """Give a digit or an arithmetic sign with the modifier when none is in effect (1.2b, 1.5c)."""
    if state.is_numeric or state.is_raised:
        return cell
    state.is_numeric = True
    return c.NUMBER + cell


def _is_minus(token: str, at: int) -> bool:
    """Say whether the modifier stands before this hyphen: it precedes a digit.

    The code does not say it of « COVID-19 »; liblouis and NatBraille both write it so.
    """
    return token[at] == "-" and token[at + 1 : at + 2].isdigit()


def _starts_doubtful_letters(token: str, at: int) -> bool:
    """Say whether letters begin here that could be read as digits."""
    if at and token[at - 1].isalpha():
        return False
    letters = re.match(r"[^\W\d_]+", token[at:])
    return letters is not None and not _FOURTH_SERIES.isdisjoint(letters[0].lower())


def _letter_runs(token: str, *, is_upper: bool) -> Iterator[tuple[int, int]]:
    start = -1
    for at, char in enumerate(token + " "):
        if char.isalpha() and char.isupper() == is_upper:
            if start < 0:
                start = at
        elif start >= 0:
            yield start, at
            start = -1


def _raised(token: str) -> list[bool]:
    """Say of each character whether it is raised: up to the next sign that is no letter (1.5b)."""
    found: list[bool] = []
    is_raised = False
    for char in token:
        is_raised = char == RAISE or (is_raised and char.isalnum())
        found.append(is_raised)
    return found


def _capital_marks(token: str, *, is_base: bool = False) -> dict[int, str]:
    """Say which indicators of capitals stand before which character of the token (2.1)."""
    raised = _raised(token)
    # A raised suffix is no small letter of the word: the mark of elevation ends capitals (2.1c).
    body = "".join(
        "\0" if is_raised else char for char, is_raised in zip(token, raised, strict=True)
    )
    uppers = list(_letter_runs(body, is_upper=True))
    marks: dict[int, str] = {
        at: c.CAPITAL for at, char in enumerate(token) if raised[at] and char.isupper()
    }
    if not uppers:
        return marks
    if not any(_letter_runs(body, is_upper=False)) and SINGLE not in token:
        return marks | (_base_marks(body, uppers) if is_base else _whole_marks(body, uppers))
    is_code = SINGLE in token or any(char.isdigit() for char in body)
    for start, end in uppers:
        touches_lower = end < len(body) and body[end].isalpha()
        length = end - start
        if length == 1 or is_code or is_base or (length <= 3 and touches_lower):
            # 2.1c 1°, and 1.2c where digits mix in
            marks |= dict.fromkeys(range(start, end), c.CAPITAL)
            continue
        marks[start] = c.CAPITALS  # 2.1c 2°
        if any(char.isalpha() for char in body[end:]) and not body[end:].startswith("\0"):
            marks[end] = c.END + marks.get(end, "")
    return marks


def _whole_marks(body: str, uppers: list[tuple[int, int]]) -> dict[int, str]:
    """Mark a word all in capitals once, whatever signs and digits stand in it (2.1a, « W3C »)."""
    marks: dict[int, str] = {}
    # What is raised ends the capitals: « XVIIIème-XIXème » says them again.
    for part in re.finditer("[^\0]+", body):
        own = [run for run in uppers if part.start() <= run[0] < part.end()]
        if own:
            count = sum(end - start for start, end in own)
            marks[own[0][0]] = c.CAPITALS if count > 1 else c.CAPITAL
    return marks


def _base_marks(body: str, uppers: list[tuple[int, int]]) -> dict[int, str]:
    """Mark each part of a word in capitals with the simple indicator (1.1a, « FRISON-ROCHE »)."""
    return {
        start: c.CAPITAL
        for start, _ in uppers
        if start == 0 or body[start - 1] not in "/.0123456789"
    }
