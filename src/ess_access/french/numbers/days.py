"""Days and months in short beside each other, and ranges that share one unit.

« lun.-ven. », « en sept. et oct. », « 24/25 juin », « 8-12 h ». Short forms: Lexique des règles
typographiques en usage à l'Imprimerie nationale, « Abréviations ».
"""

import re

from ess_access.french.draft import Lazy, Rule
from ess_access.french.numbers.calendar import MONTHS, hours_said
from ess_access.french.numbers.cardinals import cardinal

__all__ = ["RULES", "WORDS", "has_short_day"]

_DAYS = {
    "lun": "lundi", "mar": "mardi", "mer": "mercredi", "jeu": "jeudi", "ven": "vendredi",
    "sam": "samedi", "dim": "dimanche",
}  # fmt: skip
_SHORT_MONTHS = {
    "janv": 1, "jan": 1, "févr": 2, "fév": 2, "avr": 4, "juil": 7, "sept": 9, "oct": 10,
    "nov": 11, "déc": 12,
}  # fmt: skip
_DAY = "(?:" + "|".join(f"[{day[0].upper()}{day[0]}]{day[1:]}" for day in _DAYS) + ")"
_MONTH = "(?:" + "|".join(_SHORT_MONTHS) + ")"
_LONG_MONTH = "|".join(MONTHS)
_JOINT = r"(?: ?[-–—/,] ?| et | ou | à | au | le )"


# What any of the rules of words needs: a mark is rare, and searched first.
_NEAR = re.compile(
    "[.–—/-](?:"
    + "|".join(
        f"(?<=[{day[0].upper()}{day[0]}]{day[1:]}{space}.)" for day in _DAYS for space in ("", " ")
    )
    + "|"
    + "|".join(f"(?<={month}.)" for month in _SHORT_MONTHS)
    + ")"
)
_FROM_DAY = re.compile(f"{_DAY} au {_DAY}")


def has_short_day(text: str) -> bool:
    """Say, at little cost, whether a text may hold « lun.-ven. » or « sept. »."""
    return _NEAR.search(text) is not None or (" au " in text and _FROM_DAY.search(text) is not None)


def _word(short: str) -> str:
    day = _DAYS.get(short.lower())
    if day is None:
        return MONTHS[_SHORT_MONTHS[short.lower()] - 1]
    return day.capitalize() if short[0].isupper() else day


def _run(match: re.Match[str]) -> str | None:
    """Read a run of days or months; a stop that ends the sentence is kept."""
    written = match.group()
    words = re.findall(rf"{_DAY}|{_MONTH}", written)
    if "." not in written:
        # « jeu, mer et dim » may be words; « lun-ven » and « lun au ven » are days.
        is_range = re.search(r"[-–—/]| au ", written) is not None
        if not is_range or not all(word.lower() in _DAYS for word in words):
            return None
    said = re.sub(
        r"[^\W\d_]+\.?",
        lambda part: (
            _word(part.group().rstrip("."))
            if re.fullmatch(rf"{_DAY}|{_MONTH}", part.group().rstrip("."))
            else part.group()
        ),
        written,
    )
    said = re.sub(r"(?<=\w) ?[-–—] ?(?=\w)", " à ", said).replace(" / ", ", ").replace("/", ", ")
    ends = written.endswith(".") and not match.string[match.end() :].strip(" )»")
    return said + ("." if ends else "")


def _day(match: re.Match[str]) -> str:
    return _word(match["core"].rstrip("."))


# « la mer. 3 espèces », « un jeu. 12 joueurs »: two of the short forms are words.
_WORD_BEFORE = re.compile(
    r"\b(?:[Ll]a|[Uu]n|[Uu]ne|[Ee]n|[Dd]e|[Dd]u|[Cc]e|[Ss]on|[Nn]otre|[Vv]otre) \Z"
)
_DATE_AFTER = re.compile(rf" ?\d{{1,2}}(?:er)?(?:/\d| (?:{_LONG_MONTH})\b| {_MONTH}\.|$|[,;)]| à )")


def _day_unless_word(match: re.Match[str]) -> str | None:
    if match["core"].lower() in {"mer.", "jeu."} and (
        _WORD_BEFORE.search(match.string, max(0, match.start() - 8), match.start())
        or not _DATE_AFTER.match(match.string, match.end())
    ):
        return None
    return _day(match)


def _pair(match: re.Match[str]) -> str | None:
    first, second = int(match["first"]), int(match["second"])
    if not 0 < first <= 31 or not 0 < second <= 31:
        return None
    is_from = match.string[: match.start()].endswith(("du ", "Du "))
    dash = " au " if "er" in match["core"] or is_from else " à "
    joint = ", " if match["mark"] == "/" else dash
    said = ["premier" if day == 1 else cardinal(day) for day in (first, second)]
    return joint.join(said)


def _hours(match: re.Match[str]) -> str | None:
    first, second = int(match["first"]), int(match["second"])
    if first >= second or (match["mark"] == "/" and second < 5):
        return None  # « 1/4 h » is a quarter
    low = cardinal(first, feminine=True)
    return f"{low} à {hours_said(second)}"


def _war(match: re.Match[str]) -> str:
    return " ".join(cardinal(int(year)) for year in re.findall(r"\d+", match["core"]))


WORDS = (
    Rule(
        "days and months",
        Lazy(
            rf"(?<![\w.])(?:(?:{_DAY})\.?(?:{_JOINT}{_DAY}(?:\.|(?!\w)))+"
            rf"|{_MONTH}\.(?:{_JOINT}(?:{_MONTH}(?:\.|(?!\w))|(?:{_LONG_MONTH})\b))+)(?!\w)"
        ),
        _run,
    ),
    Rule(
        "day",
        Lazy(
            rf"(?<![\w.-])(?P<core>{_DAY}\.)(?= ?(?:\d{{1,2}}(?:er)?(?![\d,])|:|matin|soir|midi))"
        ),
        _day_unless_word,
    ),
    Rule(
        "month",
        Lazy(rf"(?:\b(?:[Ee]n|[Ff]in|[Dd]ébut|[Mm]i)[ -])(?P<core>{_MONTH}\.)(?= [^\WA-Z])"),
        _day,
    ),
)

RULES = (
    Rule(
        "days of a month",
        Lazy(
            r"(?P<core>(?P<first>\d(?<![\w,./-].)\d?)(?:er)?(?P<mark>[-–—/])"
            rf"(?P<second>\d{{1,2}})(?:er)?)(?= (?:{_LONG_MONTH})\b)"
        ),
        _pair,
        needs="-–—/",
        after="-–—/e",
    ),
    Rule(
        "range of hours",
        Lazy(
            r"(?P<first>\d(?<![\w,./–-].)\d?) ?(?P<mark>[-–—/]) ?(?P<second>\d{1,2}) ?h(?!\w| ?\d)"
        ),
        _hours,
        needs="h",
        after="-–—/",
    ),
    Rule(
        "war",
        Lazy(r"(?:[Gg]uerre|[Cc]onflit) (?:de |mondiale )?\(?(?P<core>14-18|39-45)(?!\w)"),
        _war,
        needs="-",
    ),
)
