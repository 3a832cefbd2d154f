"""Numbers as French words.

num2words knows the cardinals and ordinals; gender, decimals, groups of digits and what large
numbers ask of the noun are ours. Traditional spelling (« vingt et un », « quatre-vingts »).
"""

import re
from functools import lru_cache

__all__ = [
    "cardinal",
    "decimal",
    "digits",
    "grouped",
    "is_plural",
    "number",
    "of",
    "ordinal",
    "parse",
    "value_of",
]

# Beyond, a number is no quantity: it is read digit by digit.
_MOST_FIGURES = 15
_LARGEST = 10**_MOST_FIGURES


def value_of(written: str) -> int:
    """Give the value of a whole number; one that is too long for a quantity stands at its limit.

    Python itself refuses to read more than 4,300 figures.
    """
    figures = written.replace(" ", "")
    return int(figures or "0") if len(figures) <= _MOST_FIGURES else _LARGEST


@lru_cache(maxsize=8192)
def cardinal(value: int, *, feminine: bool = False) -> str:
    """Give a whole number; ``feminine`` for « vingt et une voix »."""
    if abs(value) >= _LARGEST:
        return ("moins " if value < 0 else "") + digits(str(abs(value)))
    words = _whole(abs(value))
    if feminine and words.endswith("un"):
        words += "e"
    return f"moins {words}" if value < 0 else words


_SCALES = ((10**12, "billion"), (10**9, "milliard"), (10**6, "million"))


def _whole(value: int) -> str:
    """Join what num2words gives below a hundred; asking it for each number is fifty times slower.

    « Vingt » and « cent » lose their s before « mille », a numeral, not before « million », a noun
    (Le Bon Usage § 599).
    """
    if value < 1000:
        return _below_thousand(value)
    said: list[str] = []
    for scale, name in _SCALES:
        count, value = divmod(value, scale)
        if count:
            said.append(f"{_below_thousand(count)} {name}" + ("s" if count > 1 else ""))
    thousands, rest = divmod(value, 1000)
    if thousands > 1:
        words = _below_thousand(thousands)
        said.append(words.removesuffix("s") if words.endswith(("vingts", "cents")) else words)
    if thousands:
        said.append("mille")
    if rest:
        said.append(_below_thousand(rest))
    return " ".join(said)


@lru_cache(maxsize=1000)
def _below_thousand(value: int) -> str:
    hundreds, rest = divmod(value, 100)
    if not hundreds:
        return _below_hundred(rest)
    head = f"{_below_hundred(hundreds)} cent" if hundreds > 1 else "cent"
    if rest:
        return f"{head} {_below_hundred(rest)}"
    return head + "s" if hundreds > 1 else head


@lru_cache(maxsize=100)
def _below_hundred(value: int) -> str:
    from num2words import num2words

    return str(num2words(value, lang="fr"))


@lru_cache(maxsize=2048)
def ordinal(value: int, *, feminine: bool = False) -> str:
    """Give an ordinal: « premier », « première », « vingt et unième »."""
    from num2words import num2words

    if value == 1:
        return "première" if feminine else "premier"
    if value == 0:
        return "zéroième"
    if value >= _LARGEST:
        return digits(str(value))
    words = str(num2words(value, lang="fr", to="ordinal"))
    # num2words 0.5.14 keeps the plural of the cardinal: « quatre-vingtsième ».
    return words.replace("sième", "ième") if words.endswith(("vingtsième", "centsième")) else words


def digits(written: str) -> str:
    """Read digits one by one: « sept six »."""
    return " ".join(cardinal(int(digit)) for digit in written if digit.isdecimal())


def grouped(written: str) -> str:
    """Read a group of digits as telephone numbers are read: « zéro cinq », « quarante »."""
    zeros = len(written) - len(written.lstrip("0"))
    rest = written[zeros:]
    said = ["zéro"] * zeros
    if rest:
        said.append(cardinal(int(rest)) if len(rest) <= 3 else digits(rest))
    return " ".join(said)


def parse(written: str) -> tuple[str, str]:
    """Part a written number into its whole digits and its decimals: « 1 234,50 »."""
    if "," in written:
        written = written.replace(".", "")  # « 1.234,50 »
    if written.isdecimal():
        return written, ""
    whole, _, decimals = _NO_FIGURE.sub("", written.replace(".", ",")).partition(",")
    return whole, decimals


_NO_FIGURE = re.compile(r"[^\d,]")


def number(whole: str, decimals: str = "", *, feminine: bool = False) -> str:
    """Give a number of whole digits and decimals."""
    if len(whole) > 1 and whole[0] == "0" and not decimals:
        return grouped(whole) if len(whole) < 4 else digits(whole)
    if len(whole) > _MOST_FIGURES:
        words = digits(whole)
    else:
        # « vingt et un virgule cinq » counts no noun: it stays masculine.
        words = cardinal(int(whole or "0"), feminine=feminine and not decimals)
    return f"{words} virgule {decimal(decimals)}" if decimals else words


def decimal(decimals: str) -> str:
    """Read the digits after a comma: « zéro cinq », « cent vingt-cinq », then one by one."""
    return grouped(decimals) if len(decimals) <= 3 else digits(decimals)


def is_plural(whole: str, decimals: str = "") -> bool:
    """Say whether the noun is in the plural: from two on (Le Bon Usage § 511)."""
    del decimals  # « 1,9 litre »
    return value_of(whole) >= 2


_NAMES = ("million", "milliard", "billion", "billiard", "millier")


def of(words: str, noun: str) -> str:
    """Put a noun after a number: « deux euros », « un million d'euros »."""
    if words.removesuffix("s").endswith(_NAMES):
        return f"{words} d'{noun}" if noun[:1] in "aeiouyéèêhœ" else f"{words} de {noun}"
    return f"{words} {noun}"
