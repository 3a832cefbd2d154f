"""Dates, times and durations.

Forms: Lexique des règles typographiques en usage à l'Imprimerie nationale, « Dates », « Heures »;
ISO 8601 for 2024-07-14 and 12:30.
"""

import re

from ess_access.french.draft import Lazy, Rule
from ess_access.french.numbers.cardinals import cardinal

__all__ = ["MONTHS", "MONTH_RULES", "RULES", "has_short_month"]

MONTHS = (
    "janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre",
    "octobre", "novembre", "décembre",
)  # fmt: skip
_MONTH = "|".join(MONTHS)
_SHORT_MONTHS = {
    "janv": 1, "jan": 1, "févr": 2, "fév": 2, "fevr": 2, "avr": 4, "juil": 7, "sept": 9, "oct": 10,
    "nov": 11, "déc": 12, "dec": 12,
}  # fmt: skip
_SHORT = "|".join(_SHORT_MONTHS)
_WEEKDAYS = "lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche"
# Asked after the first figure: a pattern that begins with a figure is searched much faster.
_NO = r"(?<![\w,./:-].)"
_STOP = r"(?![\d/]|[.,:-]\d|\w)"
_CENTURY_TURN = 69  # two-digit years: POSIX strptime %y


def _day(day: int) -> str:
    return "premier" if day == 1 else cardinal(day)


def _year(written: str) -> str:
    year = int(written)
    if len(written) == 2:
        year += 1900 if year >= _CENTURY_TURN else 2000
    return cardinal(year)


def _is_date(day: int, month: int) -> bool:
    return 1 <= day <= 31 and 1 <= month <= 12


def _full_date(match: re.Match[str]) -> str | None:
    day, month = int(match["day"]), int(match["month"])
    if not _is_date(day, month):
        return None
    return f"{_day(day)} {MONTHS[month - 1]} {_year(match['year'])}"


# « le 3/4 du budget », « aux 2/3 des voix »: a part of something.
_OF = re.compile(r" (?:de|du|des|d')\b")


_BEFORE_DATE = re.compile(
    rf"\b(?:[Ll]e|[Dd]u|[Aa]u|(?P<many>[Ll]es)|[Dd]epuis|(?i:{_WEEKDAYS})) \Z"
)


def _bare_date(match: re.Match[str]) -> str | None:
    """Read « 05/11 » where a zero says that it is a date."""
    day, month = int(match["day"]), int(match["month"])
    is_sure = match["month"][0] == "0" or match["day"][0] == "0"
    return f"{_day(day)} {MONTHS[month - 1]}" if is_sure and _is_date(day, month) else None


def _closing_date(match: re.Match[str]) -> str | None:
    """Read « 31/12/N »: the year of the accounts, which follows as it is written."""
    day, month = int(match["day"]), int(match["month"])
    return f"{_day(day)} {MONTHS[month - 1]} " if _is_date(day, month) else None


def _short_date(match: re.Match[str]) -> str | None:
    before = _BEFORE_DATE.search(match.string, max(0, match.start() - 10), match.start())
    if before is None:
        return None
    day, month = int(match["day"]), int(match["month"])
    is_part = day < month and not match["core"].startswith("0") and "0" not in match["core"][:2]
    if is_part and (before["many"] or (month <= 10 and _OF.match(match.string, match.end()))):
        return None
    return f"{_day(day)} {MONTHS[month - 1]}" if _is_date(day, month) else None


def _month_year(match: re.Match[str]) -> str:
    return f"{MONTHS[int(match['month']) - 1]} {_year(match['year'])}"


def _month_name(match: re.Match[str]) -> str:
    return MONTHS[_SHORT_MONTHS[match["short"].lower()] - 1]


def _first(match: re.Match[str]) -> str:
    del match
    return "premier"


def _time(match: re.Match[str]) -> str | None:
    hours = int(match["h"])
    minutes = int(match["m"] or 0)
    if minutes > 59 or (match["s"] and int(match["s"]) > 59):
        return None
    said = hours_said(hours)
    names_units = bool(match["s"] or match["min"])
    if minutes or names_units:
        said += f" {cardinal(minutes, feminine=True)}"
        if names_units:
            said += " minutes" if minutes > 1 else " minute"
    if match["s"]:
        seconds = int(match["s"])
        said += f" {cardinal(seconds, feminine=True)} seconde" + ("s" if seconds > 1 else "")
    return said


def hours_said(hours: int) -> str:
    """Give hours: « une heure », « vingt et une heures »."""
    return f"{cardinal(hours, feminine=True)} heure" + ("s" if hours > 1 else "")


def _clock(match: re.Match[str]) -> str | None:
    if int(match["h"]) > 24 or int(match["m"]) > 59 or int(match["s"] or 0) > 59:
        return None
    said = hours_said(int(match["h"]))
    if int(match["m"]) or match["s"]:
        said += f" {cardinal(int(match['m']), feminine=True)}"
    if match["s"]:
        said += " minutes" if int(match["m"]) > 1 else " minute"
        said += f" {cardinal(int(match['s']), feminine=True)} seconde"
        said += "s" if int(match["s"]) > 1 else ""
    return said


_TIME = (
    r"(?P<h{n}>\d(?<![\w,.].)\d{{0,2}}) ?[hH](?:(?: ?(?P<m{n}>\d{{2}}))(?!\d)"
    r"(?P<min{n}> ?(?:min|mn)(?![^\W\d]))?"
    r"(?: ?(?P<s{n}>\d{{2}}) ?s\b)?)?(?![\w])"
)
_ONE_TIME = _TIME.format(n="")


def _days_of_week(match: re.Match[str]) -> str:
    days = int(match["days"])
    return f"{cardinal(days)} jour{'s' if days > 1 else ''} sur {cardinal(int(match['week']))}"


def _range(match: re.Match[str]) -> str | None:
    first, second = (re.search(_ONE_TIME, side) for side in (match["first"], match["second"]))
    if first is None or second is None:
        return None
    said = _time(first), _time(second)
    return f"{said[0]} à {said[1]}" if said[0] and said[1] else None


_ANY_TIME = r"\d{1,2} ?[hH](?: ?\d{2})?"
_FIRST_TIME = r"\d(?<![\w,.].)\d? ?[hH](?: ?\d{2})?"

RULES = (
    Rule(
        "around the clock",
        Lazy(r"(?P<h>\d(?<![\d,.].)\d) ?[hH] ?/ ?(?P<of>\d\d)(?!\w)"),
        lambda match: f"{hours_said(int(match['h']))} sur {cardinal(int(match['of']))}",
        needs="/",
        after="hH",
    ),
    Rule(
        "around the clock",
        Lazy(r"(?P<days>\d(?<![\d,.].)) ?(?:j|jours?) ?/ ?(?P<week>\d)(?!\w)"),
        _days_of_week,
        needs="/",
        after="j",
    ),
    Rule(
        "range of times",
        Lazy(rf"(?P<first>{_FIRST_TIME}) ?[-–—/] ?(?P<second>{_ANY_TIME})(?!\w)"),
        _range,
        needs="hH",
        after="hH",
    ),
    Rule("time", Lazy(_ONE_TIME), _time, needs="hH", after="hH"),
    Rule(
        "date",
        Lazy(
            rf"(?P<day>\d{_NO}\d?)(?:er)?(?:(?P<mark>[/.-])(?P<month>\d{{1,2}})(?P=mark)(?P<year>\d{{4}})"
            rf"){_STOP}"
        ),
        _full_date,
        needs="/.-",
        after="/.-e",
    ),
    Rule(
        "date",
        Lazy(rf"(?P<day>\d{_NO}\d?)(?:er)?/(?P<month>\d{{1,2}})/(?P<year>\d\d){_STOP}"),
        _full_date,
        needs="/.-",
        after="/e",
    ),
    Rule(
        "date",
        Lazy(
            rf"(?P<year>\d{_NO}\d{{3}})-(?P<month>0[1-9]|1[0-2])-(?P<day>[0-2]\d|3[01])"
            r"(?![\d/]|[.,:-]\d|[^\WT])"
        ),
        _full_date,
        needs="/.-",
        after="-",
    ),
    Rule(
        "date",
        Lazy(rf"(?P<month>\d{_NO}(?<![Nn]°.)(?<![Nn]° .)\d?)/(?P<year>(?:19|20)\d\d){_STOP}"),
        lambda match: _month_year(match) if 0 < int(match["month"]) < 13 else None,
        needs="/",
        after="/",
    ),
    Rule(
        "date",
        Lazy(rf"(?P<core>(?P<day>\d(?<= .)\d?)/(?P<month>\d{{1,2}})){_STOP}"),
        _short_date,
        needs="/",
        after="/",
    ),
    Rule(
        "date",
        Lazy(rf"(?P<day>[0-3]{_NO}\d|[1-9]{_NO}(?=/0))/(?P<month>[01]\d){_STOP}"),
        _bare_date,
        needs="/",
        after="/",
    ),
    Rule(
        "month",
        Lazy(
            r"(?P<core>(?P<short>[jfasondJFASOND](?<=\d .)[a-zA-ZéÉ]{2,4})\.?)"
            r"(?=(?: \d{2,4})?(?!\w))"
        ),
        lambda match: _month_name(match) if match["short"].lower() in _SHORT_MONTHS else None,
    ),
    Rule(
        "days of a month",
        Lazy(rf"1er(?<![\w,./:-]1er)(?P<core> ?[-–] ?)(?=\d{{1,2}} (?:{_MONTH})\b)"),
        lambda _: " au ",
        needs="-–",
    ),
    # « au 31/12/N »: the year of the accounts.
    Rule(
        "date",
        Lazy(rf"(?P<core>(?P<day>[0-3]{_NO}\d)/(?P<month>[01]\d)/)(?=N\b)"),
        _closing_date,
        needs="/",
        after="/",
    ),
    Rule(
        "days of two months",
        Lazy(rf"(?:{_MONTH})(?P<core> ?[-–] ?)(?=\d{{1,2}}(?:er)? (?:{_MONTH})\b)"),
        lambda _: " au ",
        needs="-–",
    ),
    Rule(
        "first of the month",
        Lazy(rf"(?P<core>(?:01(?<![\w,./:-]..)|1{_NO}))(?= (?:{_MONTH})\b)"),
        _first,
    ),
    Rule(
        "clock",
        Lazy(r"(?P<h>\d(?<![\w,.:].)\d?):(?P<m>\d{2})(?::(?P<s>\d{2}))?(?![\d:]|[.,]\d)(?!\w)"),
        _clock,
        needs=":",
        after=":",
    ),
)


def has_short_month(text: str) -> bool:
    """Say, at little cost, whether a text may hold « sept. »."""
    return any(f"{short}." in text for short in _SHORT_MONTHS)


# Months that need no figure beside them: « en sept. », « depuis janv. ».
MONTH_RULES = (
    Rule(
        "month",
        Lazy(
            rf"\b(?:[Ee]n|[Dd]ès|[Dd]epuis|[Ff]in|[Dd]ébut|[Mm]i-|[Jj]usqu'en|[Dd]'ici) ?"
            rf"(?P<core>(?P<short>{_SHORT})\.)(?!\w)"
        ),
        _month_name,
        needs=".",
    ),
)
