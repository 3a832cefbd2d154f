"""Parts and bounds that stand right before a noun or a unit: « 1/2 h », « 2 ½ ans », « -26 ans ».

Forms: Le Bon Usage § 599-602 (fractions); ISO 6709 for coordinates. They come before times and
measures, which would take the last number alone.
"""

import re

from ess_access.french.draft import Lazy, Rule
from ess_access.french.numbers.cardinals import cardinal, is_plural, number, parse
from ess_access.french.numbers.genders import is_feminine

__all__ = ["RULES"]

_PARTS = {("1", "2"): "½", ("1", "4"): "¼", ("3", "4"): "¾", ("1", "3"): "⅓", ("2", "3"): "⅔"}
_OF_HOUR = {
    "½": "une demi-heure", "¼": "un quart d'heure", "¾": "trois quarts d'heure",
    "⅓": "un tiers d'heure", "⅔": "deux tiers d'heure",
}  # fmt: skip
_AND_PART = {"½": "demi", "¼": "quart", "¾": "trois quarts", "⅓": "un tiers", "⅔": "deux tiers"}
_PART = r"(?:(?P<sign>[½¼¾⅓⅔])|(?P<over>[123]) ?/ ?(?P<under>[234]))"
_LONG_NOUN = r"(?P<noun>h|heures?|ans?|années?|mois)"
_TIME_NOUN = _LONG_NOUN[:-1] + "|jours?|journées?|semaines?|fois|parts?|tasses?)"
# Asked after the first figure, which is searched faster.
_NO = r"(?<![\w,./-].)"


def _sign(match: re.Match[str]) -> str | None:
    return match["sign"] or _PARTS.get((match["over"], match["under"]))


def _hour(match: re.Match[str]) -> str | None:
    return _OF_HOUR.get(_PARTS.get((match["over"], match["under"]), match["over"]))


def _whole_and_part(match: re.Match[str]) -> str | None:
    """Read « 2 ½ ans », « 2 ans 1/2 »: « deux ans et demi »."""
    sign, count, noun = _sign(match), int(match["whole"]), match["noun"]
    if sign is None or (not match["sign"] and match["whole"] == "0"):
        return None
    noun = "heure" if noun == "h" else noun
    if count > 1 and noun[-1] != "s":
        noun += "s"
    feminine = is_feminine(noun)
    part = _AND_PART[sign] + ("e" if sign == "½" and feminine else "")
    return f"{cardinal(count, feminine=feminine)} {noun} et {part}"


def _younger(match: re.Match[str]) -> str:
    """Read « les -26 ans », « (+65 ans) »: a bound of age, not a number below zero."""
    sign = "plus" if match["sign"] == "+" else "moins"
    number_ = int(match["number"])
    joint = "d'" if number_ == 1 else "de "
    return f"{sign} {joint}{cardinal(number_)} an" + ("s" if number_ > 1 else "")


def _for_one(match: re.Match[str]) -> str:
    """Read a contrast, « 4,5:1 »."""
    return f"{number(*parse(match['first']))} pour {number(*parse(match['second']))}"


# What is one of a known number: « étape 1/3 », « page 2/4 ».
_STEP = re.compile(
    r"(?<!\w)(?:p\.|(?i:[ée]tape|page|partie|phase|volet|épisode|feuille|feuillet|diapo(?:sitive)?"
    r"|question|module|séance|séquence|lot|écran|fiche|vague|annexe|colis|pièce|planche|tour|tome"
    r"|exemplaire))(?: n°)? ?:? \Z"
)
# What is given out of so many: « note : 7/10 ».
_MARK = re.compile(
    r"(?<!\w)(?i:notes?|scores?|moyenne|évaluation|satisfaction)(?: est)?(?: de| à)? ?:? ?\Z"
)
_OUT_OF = re.compile(r" (?:étoiles?|points?)\b")


def _out_of(match: re.Match[str]) -> str | None:
    """Read « étape 1/3 », « note : 7/10 », « 4/5 étoiles » by the words around."""
    first, last = parse(match["first"]), match["last"]
    text, start = match.string, match.start()
    is_step = "," not in match["first"] and 0 < int(first[0]) <= int(last)
    if (
        _OUT_OF.match(text, match.end())
        or (is_step and _STEP.search(text, max(0, start - 20), start))
        or _MARK.search(text, max(0, start - 24), start)
    ):
        return f"{cardinal(int(first[0])) if is_step else number(*first)} sur {cardinal(int(last))}"
    return None


def _weeks(match: re.Match[str]) -> str:
    count = match["count"]
    ends = not match.string[match.end() :].strip() and match["stop"]
    said = cardinal(int(count), feminine=True) + " semaine" + ("s" if int(count) > 1 else "")
    return said + ("." if ends else "")


def _minutes(match: re.Match[str]) -> str:
    minutes = int(match["m"])
    said = f"{cardinal(minutes, feminine=True)} minute" + ("s" if minutes > 1 else "")
    return f"{said} {cardinal(int(match['s']), feminine=True)}" if match["s"] else said


def _coordinates(match: re.Match[str]) -> str:
    said = []
    for name, written in (("degré", match["d"]), ("minute", match["m"]), ("seconde", match["s"])):
        if written:
            whole, decimals = parse(written)
            feminine = name != "degré"
            count = number(whole, decimals, feminine=feminine)
            said.append(f"{count} {name}" + ("s" if is_plural(whole) else ""))
    return " ".join(said)


# « 'les 20' » is a quotation; the mark after the figure closes it.
_QUOTED = re.compile(r"(?:^|[\s(])'[^\s'][^']*$")


RULES = (
    Rule(
        "coordinates",
        Lazy(
            r"(?P<d>\d(?<![\w,.].)\d{0,2})° ?(?P<m>\d{1,2}(?:[.,]\d+)?) ?['′]"
            r"(?: ?(?P<s>\d{1,2}(?:[.,]\d+)?) ?(?:\"|″|''))?"
        ),
        _coordinates,
        needs="°",
    ),
    Rule(
        "fraction",
        Lazy(rf"(?P<over>[123½¼¾⅓⅔]{_NO})(?: ?/ ?(?P<under>[234]))? ?(?:[hH]|heure)(?!\w)(?! ?\d)"),
        _hour,
        needs="½¼¾⅓⅔/",
    ),
    Rule(
        "fraction",
        Lazy(rf"(?P<whole>\d{_NO}\d{{0,2}}) ?{_PART} {_TIME_NOUN}(?!\w)"),
        lambda match: _whole_and_part(match) if match["sign"] or " " in match.group() else None,
        needs="½¼¾⅓⅔/",
    ),
    Rule(
        "fraction",
        Lazy(rf"(?P<whole>\d{_NO}\d{{0,2}}) ?{_LONG_NOUN} (?:et )?{_PART}(?![\w/])"),
        _whole_and_part,
        needs="½¼¾⅓⅔/",
        after="ham",
    ),
    Rule(
        "bound of age",
        Lazy(r"(?P<sign>[-−–+](?<![\w)€%°²³,.-].)(?<!\d .))(?P<number>\d{1,3}) ans?(?!\w)"),
        _younger,
        needs="-−–+",
    ),
    Rule(
        "measure",
        Lazy(r"(?P<metres>[1-9](?<![\w,.].))m(?P<centimetres>\d\d)(?!\w|[,.]\d)"),
        lambda match: (
            f"{cardinal(int(match['metres']))} mètre{'s' if match['metres'] != '1' else ''} "
            f"{number(match['centimetres'])}"
        ),
        needs="m",
        after="m",
    ),
    Rule(
        "ratio",
        Lazy(r"(?P<first>\d(?<![\w,.:].)\d?(?:[.,]\d{1,2})?) ?: ?(?P<second>1)(?![\w:]|[.,]\d)"),
        _for_one,
        needs=":",
        after=":",
    ),
    Rule(
        "one out of many",
        Lazy(r"(?P<first>\d(?<![\w,./-].)\d{0,2}(?:,\d)?) ?/ ?(?P<last>\d{1,3})(?![\w/]|[.,]\d)"),
        _out_of,
        needs="/",
        after="/,",
    ),
    Rule(
        "weeks",
        Lazy(r"(?P<count>\d(?<![\w,.].)\d?) ?sem(?P<stop>\.)(?!\w)"),
        _weeks,
        needs="m",
        after="s",
    ),
    Rule(
        "minutes",
        Lazy(r"(?P<m>\d(?<![\w',.°/-].)\d{0,2})'(?:(?P<s>\d{2})(?:\"|'')?)?(?![\w'])"),
        lambda match: None if _QUOTED.search(match.string, 0, match.start()) else _minutes(match),
        needs="'",
        after="'",
    ),
)
