"""Sums of money in words: units, hundredths, thousands and millions.

Names: ``data/currencies.toml`` (ISO 4217).
"""

from functools import cache

from ess_access.french.numbers.cardinals import cardinal, is_plural, number, of, value_of
from ess_access.french.words import table

__all__ = ["SCALES", "SCALE_NAMES", "currency", "scaled", "with_hundredths"]

SCALES = {
    "k": 1000, "K": 1000, "M": 10**6, "Md": 10**9, "Mds": 10**9, "Mrd": 10**9, "G": 10**9,
}  # fmt: skip
SCALE_NAMES = {10**6: "million", 10**9: "milliard"}


# From here on a count of units is read figure by figure.
_LONGEST = 10**15


@cache
def currency(sign: str) -> tuple[str, str, str]:
    """Give the singular, the plural and the hundredth of a currency, by its sign or code."""
    singular, plural, hundredth = table("currencies")["currencies"][sign]
    return singular, plural, hundredth


def _hundredths(count: int, name: str) -> str:
    plural = "pence" if name == "penny" else name + "s"
    return f"{cardinal(count)} {plural if count > 1 else name}"


def with_hundredths(whole: str, decimals: str, singular: str, plural: str, hundredth: str) -> str:
    """Read « 12,50 » of a currency: « douze euros cinquante »."""
    cents = int(decimals)
    units = value_of(whole)
    if units == 0 and cents:
        return _hundredths(cents, hundredth)
    figures = str(units) if units < _LONGEST else whole
    count = number(figures, feminine=singular.startswith("livre"))
    said = of(count, plural if units > 1 else singular)
    return f"{said} {cardinal(cents)}" if cents else said


def scaled(whole: str, decimals: str, scale: int, singular: str, plural: str) -> str:
    """Read « 1,5 » millions of a currency; thousands are counted out (« douze mille euros »)."""
    if scale == 1000:
        value = value_of((whole + decimals.ljust(3, "0"))[: len(whole) + 3])
        if len(decimals) > 3 or value >= _LONGEST:
            return f"{number(whole, decimals)} milliers d'{plural}"
        return of(cardinal(value), plural if value > 1 else singular)
    name = SCALE_NAMES[scale] + ("s" if is_plural(whole) else "")
    return of(f"{number(whole, decimals)} {name}", plural)
