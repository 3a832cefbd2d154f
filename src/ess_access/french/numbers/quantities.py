"""Amounts, percentages and measures.

Forms: Lexique des règles typographiques en usage à l'Imprimerie nationale, « Nombres »; BIPM, SI.
"""

import re
from collections.abc import Callable
from functools import cache

from ess_access.french.draft import Lazy, Rule
from ess_access.french.numbers.cardinals import is_plural, number, of, parse
from ess_access.french.numbers.money import SCALE_NAMES, SCALES, currency, scaled, with_hundredths
from ess_access.french.numbers.patterns import ALONE, NUMBER, integer_after, number_after
from ess_access.french.numbers.rates import RATES, per_words, unit_names
from ess_access.french.words import mapping, table, words

__all__ = ["has_unit", "rules", "signed"]  # fmt: skip

# A spaced dash is a sign only where a number is called for: « soit - 5 % », not « BR – 60 % ».
_CALLED = (
    r"(?:(?<=^.)|(?<=\bde .)|(?<=\bà .)|(?<=\bsoit .)|(?<=\best .)|(?<=\bpar .)|(?<=: .)"
    r"|(?<=[(=;].))"
)
# « 10 -15 % » is a range.
_SIGN = (
    r"(?P<sign>[-−–+±](?<![\w)/].)"
    rf"(?:(?<=[−+±]) ?|(?<=[-–])(?<!\d .)(?! )|(?<=[-–]){_CALLED} ))"
)
# A bound above may follow: « 10-15 % ».
_TO = rf"(?: ?(?P<dash>[-–—/x×]) ?(?P<high>{NUMBER}))?"
_SIGNS = {"-": "moins ", "−": "moins ", "–": "moins ", "+": "plus ", "±": "plus ou moins "}

# What is read, how it is written, how it is said, and the signs that it needs.
_Reading = tuple[str, str, Callable[[re.Match[str]], str | None], str, str]


def signed(match: re.Match[str]) -> str:
    """Give the words of a match's sign."""
    return _SIGNS.get((match.groupdict().get("sign") or "").rstrip(), "")


def _upper(match: re.Match[str]) -> str:
    """Give the number that stands next to its unit."""
    return match["high"] or match["first"]


def _is_feminine(singular: str) -> bool:
    return singular.split(" ", maxsplit=1)[0] in words("units", "lists.feminine")


_OF_TIME = frozenset({"h", "H", "j", "jr", "jrs", "min", "mn", "sem"})


def _low(match: re.Match[str], *, feminine: bool = False) -> str:
    """Give the words of a range's lower bound and what joins it to the upper one."""
    if not match["high"]:
        return ""
    joint = {"/": "sur", "x": "fois", "×": "fois"}.get(match["dash"], "à")
    if joint == "sur" and match.groupdict().get("unit") in _OF_TIME:
        joint = "à"  # « sous 48/72 h »
    return f"{number(*parse(match['first']), feminine=feminine)} {joint} "


def _measure(match: re.Match[str]) -> str | None:
    symbol = match["unit"]
    if not match["space"] and symbol in words("units", "lists.spaced"):
        return None
    singular, plural = unit_names(symbol)
    whole, decimals = parse(_upper(match))
    feminine = _is_feminine(singular)
    count = number(whole, decimals, feminine=feminine)
    name = plural if is_plural(whole) or match["high"] else singular
    said = signed(match) + _low(match, feminine=feminine) + of(count, name)
    return said + per_words(match["per"])


def _percent(match: re.Match[str]) -> str:
    whole, decimals = parse(_upper(match))
    name = "pour mille" if match["mark"] == "‰" else "pour cent"
    return f"{signed(match)}{_low(match)}{number(whole, decimals)} {name}"


def _amount(match: re.Match[str]) -> str | None:
    singular, plural, hundredth = currency(match["currency"])
    feminine = singular.startswith(("livre", "roupie"))
    written = _upper(match)
    if "." in written and re.fullmatch(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?", written):
        written = written.replace(".", "")
    whole, decimals = parse(written)
    head, tail = signed(match) + _low(match, feminine=feminine), per_words(match["per"])
    if match["scale"]:
        return head + scaled(whole, decimals, SCALES[match["scale"]], singular, plural) + tail
    if len(decimals) == 2 and match["dash"] in {None, "x", "×"}:
        return head + with_hundredths(whole, decimals, singular, plural, hundredth) + tail
    name = plural if is_plural(whole) or match["high"] else singular
    return head + of(number(whole, decimals, feminine=feminine), name) + tail


def _many(match: re.Match[str]) -> str:
    """Read « 3 M d'adhérents », « 2 Mds d'euros »: the noun follows with its « de »."""
    whole, decimals = parse(match["number"])
    name = SCALE_NAMES[SCALES[match["scale"]]]
    return f"{number(whole, decimals)} {name}" + ("s" if is_plural(whole) else "")


def _bare_scale(match: re.Match[str]) -> str:
    _, plural, _ = currency(match["currency"])
    return of(match["name"], plural) + per_words(match["per"])


def _alone(match: re.Match[str]) -> str:
    # « en km » names the unit of many, « au km » of one.
    is_many = match.string[: match.start()].endswith("en ")
    return unit_names(match["unit"])[is_many] + per_words(match["per"])


def _bare_currency(match: re.Match[str]) -> str:
    _, plural, _ = currency(match["currency"])
    per = per_words(match["per"])
    if not match.groupdict().get("scale"):
        return plural + per
    scale = SCALES[match["scale"]]
    return of("milliers" if scale == 1000 else SCALE_NAMES[scale] + "s", plural) + per


def _prefixed(match: re.Match[str]) -> str:
    """Read « $1,234.50 » and « € 12,50 »."""
    singular, plural, hundredth = currency(match["currency"].strip())
    written = match["number"]
    if re.search(r",\d{3}\b", written):
        written = written.replace(",", "")
    whole, decimals = parse(written)
    if len(decimals) == 2:
        return with_hundredths(whole, decimals, singular, plural, hundredth)
    return of(number(whole, decimals), plural if is_plural(whole) else singular)


def _cents(match: re.Match[str]) -> str:
    whole, decimals = parse(match["number"])
    return f"{number(whole, decimals)} centime" + ("s" if is_plural(whole) else "")


def _split_amount(match: re.Match[str]) -> str:
    whole, _ = parse(match["number"])
    return with_hundredths(whole, match["cents"], *currency("€"))


def _longest_first(names: frozenset[str] | set[str] | dict[str, str]) -> str:
    return "|".join(re.escape(name) for name in sorted(names, key=lambda name: (-len(name), name)))


_HAS_UNIT = re.compile(
    r"[kcdmgµGMW²³¹⁰-₟€$£¥₹%‰°½¼¾⅐-⅞①-⓿❶-➓㈠-㈩](?:(?<![kcdmgµGMW])|"
    r"(?<!\w.)(?:(?<=[kcdm])m|(?<=m)|(?<=[kmµ])g|(?<=g)|(?<=[GM])o|(?<=[kM])Wh|(?<=W)h)\b)"
)


def has_unit(text: str) -> bool:
    """Say, at little cost, whether a text without figures may hold an amount or a measure."""
    return _HAS_UNIT.search(text) is not None


@cache
def rules() -> tuple[Rule, ...]:
    """Give the rules, made of the tables of units and currencies."""
    currencies = _longest_first(set(table("currencies")["currencies"]))
    signs = "[€$£¥₽₹₩₺₿]"
    units = _longest_first(mapping("units", "units"))
    rates = _longest_first(set(RATES)) + "|" + units
    per = (
        # A word that is no rate is one only where the slash touches it: « 12 € / réduit 8 € ».
        rf"(?P<per>(?: ?/ ?(?:(?:100|1 ?000) ?(?:{units})|{rates}|(?<=/)[a-zà-ÿœ]{{4,}})\b"
        r"(?:\.(?=[,;:)/]| [a-zà-ÿ(\d]))?){1,2}|/(?:m²|m³))?"
    )
    alone = rf"(?P<number>{number_after(ALONE)})"
    currency_signs = "kKMG" + "".join(sign[0] for sign in table("currencies")["currencies"])
    unit_signs = "".join({unit[0] for unit in mapping("units", "units")})
    said: list[_Reading] = [
        *_signed(
            "percentage",
            rf" ?% ?(?P<dash>[-–—]) ?(?P<high>{NUMBER}) ?(?P<mark>%)",
            _percent,
            "%",
            "%",
        ),
        *_signed("percentage", rf"{_TO} ?(?P<mark>[%‰])", _percent, "%‰", "%‰"),
        (
            "amount",
            (
                rf"(?P<number>{integer_after(ALONE)}) ?€ ?(?P<cents>\d\d)"
                r"(?![\d,.]\d|\d)(?!\w| ?€)"
            ),
            _split_amount,
            "€",
            "€",
        ),
        (
            "amount",
            rf"{number_after(ALONE)} ?€(?P<core> ?[-–—] ?)(?={NUMBER} ?€)",
            lambda _: " à ",
            "€",
            "€",
        ),
        *_signed(
            "amount",
            (
                rf"{_TO} ?(?:(?P<scale>Mds|Mrd|Md|[kKMG]) ?)?"
                rf"(?P<currency>{currencies})(?!\w){per}"
            ),
            _amount,
            "",
            currency_signs,
        ),
        (
            "amount",
            rf"(?P<name>\b(?:millions?|milliards?|milliers)) ?(?P<currency>€|\$|£){per}",
            _bare_scale,
            "€$£",
            "",
        ),
        ("amount", rf"{alone} ?(?P<scale>Mds|Mrd|Md|M)(?= (?:de |d'))", _many, "M", "M"),
        (
            "amount",
            (
                rf"(?<!\w)(?P<currency>{signs}|(?:EUR|USD|CHF|GBP|CAD|XPF) ?) ?"
                rf"(?P<number>\d[\d,.]*\d|\d)(?!\w)"
            ),
            _prefixed,
            "€$£¥₽₹₩₺₿EUCGX",
            "",
        ),
        ("amount", rf"{alone} ?(?:cts?\b|c€)", _cents, "c", "c"),
        (
            "measure",
            (
                rf"{number_after(ALONE)} ?(?:{units})(?P<core> ?[-–] ?)"
                rf"(?={NUMBER} ?(?:{units})(?![\w€²³°]))"
            ),
            lambda _: " à ",
            "-–",
            unit_signs,
        ),
        *_signed(
            "measure",
            (
                rf"{_TO}(?P<space> ?)"
                rf"(?P<unit>{units})(?![\w€²³°]|[-']\w){per}(?:\.(?= [a-zà-ÿ]))?"
            ),
            _measure,
            "",
            unit_signs,
        ),
        (
            "unit",
            (
                rf"(?<![\w/°.-])(?P<unit>{_longest_first(words('units', 'lists.alone'))})"
                rf"(?![\w²³]){per}"
            ),
            _alone,
            "",
            "",
        ),
        (
            "currency",
            rf"(?P<scale>[kKM](?<!\w.)(?:(?<=M)ds?)?) ?(?P<currency>{signs}){per}",
            _bare_currency,
            signs,
            "",
        ),
        ("currency", rf"(?P<currency>{signs}){per}", _bare_currency, signs, ""),
    ]
    return tuple(
        Rule(name, Lazy(pattern), say, needs, after) for name, pattern, say, needs, after in said
    )


def _signed(
    name: str,
    rest: str,
    say: Callable[[re.Match[str]], str | None],
    needs: str,
    after: str,
) -> list[_Reading]:
    """Give what reads a number with its sign, then what reads one without."""
    return [
        (name, rf"{_SIGN}(?P<first>{NUMBER}){rest}", say, needs, after),
        (name, rf"(?P<first>{number_after(ALONE)}){rest}", say, needs, after),
    ]
