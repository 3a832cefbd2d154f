"""Telephone numbers: « 01 23 45 67 89 », « +33 (0)1 … », « 0 800 … », « 3939 ».

Forms: ARCEP, plan national de numérotation; numbers are said by twos, special ones by threes.
"""

import re

from ess_access.french.draft import Lazy, Rule
from ess_access.french.numbers.cardinals import cardinal, grouped

__all__ = ["RULES"]

# Asked after the first figure, which is searched faster.
_NO = r"(?<![\w,.].)"
_END = r"(?![\d]|[ .,-]\d|\w)"
_PAIRS = r"(?:[ ./-]?\d\d){4}"


def _phone(match: re.Match[str]) -> str:
    written = match.group()
    if written.startswith(("+", "00")):
        country = match["country"]
        rest = written[match.end("country") - match.start() :].replace("(0)", "")
        figures = re.sub(r"\D", "", rest)
        groups = re.findall(r"\d+", rest)
        if country == "33":
            groups = [figures[0], *_in_twos(figures[1:])]
        elif len(groups) == 1:
            groups = _in_twos(figures)
        said = ", ".join(grouped(group) for group in groups)
        return f"plus {cardinal(int(country))}, {said}"
    return ", ".join(grouped(group) for group in _in_twos(re.sub(r"\D", "", written)))


def _in_twos(figures: str) -> list[str]:
    return [figures[start : start + 2] for start in range(0, len(figures), 2)]


def _special(match: re.Match[str]) -> str:
    """Read « 0 800 123 456 »: the zero belongs to the group that follows it."""
    first, *groups = re.findall(r"\d+", re.sub(r"^0 ", "0", match.group()))
    return ", ".join([grouped(first), *(grouped(group) for group in groups)])


def _short_number(match: re.Match[str]) -> str:
    figures = re.sub(r"\D", "", match["core"])
    sizes = (3, 3) if len(figures) == 6 else (2, 2)
    return f"{grouped(figures[: sizes[0]])}, {grouped(figures[sizes[0] :])}"


# Numbers of services that are known by themselves (ARCEP, numéros courts).
_SERVICES = (
    "3939", "3949", "3646", "3919", "3977", "3114", "3018", "3960", "3928", "3237", "3624", "3631",
    "3635", "3989", "3117", "116117",
)  # fmt: skip


def _parted(number: str) -> str:
    return f"{number[:3]} {number[3:]}" if len(number) == 6 else f"{number[:2]} ?{number[2:]}"


_COUNTED = re.compile(r"(?:[\w,.+-]|\d )\Z")
_CALLED = re.compile(
    r"\b(?:[Aa]u|[Ll]e|numéro(?: vert)?|[Tt]él\.?|[Tt]éléphone|[Aa]ppelez(?: le)?|[Cc]omposez le)"
    r" ?:? ?\Z"
)

RULES = (
    Rule(
        "telephone",
        Lazy(
            r"[+0](?<![\w+].)(?:(?<=\+)|(?<=0)0 ?)"
            r"(?P<country>33|32|352|41|49|44|39|34|1|2\d\d|5\d\d|[4-9]\d)\)?[ .]?"
            rf"(?:\(0\) ?)?\d(?:[ .-]?\d){{6,11}}{_END}"
        ),
        _phone,
    ),
    Rule("telephone", Lazy(rf"0{_NO}[1-9]{_PAIRS}{_END}"), _phone),
    Rule(
        "telephone",
        Lazy(rf"0{_NO}(?: ?[89]\d\d(?: \d{{3}}){{2}}{_END}| [89]\d\d(?: \d\d){{3}}{_END})"),
        _special,
    ),
    Rule(
        "telephone",
        Lazy(
            r"(?P<core>[31](?<![\d.,/-].)(?:(?<=3)[0-9] ?\d\d|(?<=1)1[68] ?\d{3}))"
            r"(?![\d]|[ .,/-]?\d)(?! ?(?:€|%|euros?|ans?|km|personnes?|m²|h\b))(?!\w)"
        ),
        lambda match: (
            _short_number(match)
            if _CALLED.search(match.string, max(0, match.start() - 30), match.start())
            else None
        ),
    ),
    Rule(
        "telephone",
        Lazy(
            rf"(?P<core>[31]{_NO}(?:(?<=3)[0-9] ?\d\d|(?<=1)1[68] ?\d{{3}}))"
            r"(?= ?\((?:service|appel|numéro|gratuit|prix|coût|du lundi|\d{1,2} ?h))"
        ),
        _short_number,
        needs="(",
    ),
    Rule(
        "telephone",
        Lazy(
            rf"(?P<core>(?:{'|'.join(map(_parted, _SERVICES))}))"
            r"(?![\d]|[ .,/-]?\d)(?! ?(?:[€%°²]|[a-zà-ÿ]{2,}s\b|euros?|km|m²|h\b))(?!\w)"
        ),
        lambda match: (
            None
            if _COUNTED.search(match.string, max(0, match.start() - 2), match.start())
            else _short_number(match)
        ),
    ),
)
