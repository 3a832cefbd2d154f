"""Ordinals, fractions, ranges, decimals and whole numbers: what no other rule has claimed."""

import re
import unicodedata

from ess_access.french.draft import HELD, Lazy, Rule
from ess_access.french.numbers.cardinals import cardinal, grouped, number, ordinal, parse, value_of
from ess_access.french.numbers.fractions import VULGAR, scale, slash, vulgar
from ess_access.french.numbers.genders import is_feminine
from ess_access.french.numbers.patterns import ALONE, INTEGER, NUMBER, integer_after, number_after

__all__ = ["RULES"]

# Asked after the first figure, which is searched faster.
_NO_FIGURE = r"(?<![\d,.].)"
_NO_RANGE = r"(?<![\w,.–—-].)(?<!\bBP .)(?<!\bCS .)"
_SUPERSCRIPT = "⁰¹²³⁴⁵⁶⁷⁸⁹"
_SUBSCRIPT = "₀₁₂₃₄₅₆₇₈₉"


def _ordinal(match: re.Match[str]) -> str | None:
    value = value_of(match["number"])
    if value >= 10**15:
        return None
    ending = match["ending"].lower()
    plural = "s" if ending.endswith("s") else ""
    if ending.rstrip("s") in {"d", "de", "nd", "nde", "ⁿᵈ", "ⁿᵈᵉ"}:
        return (
            None
            if value != 2
            else ("seconde" if ending.rstrip("s")[-1] in "eᵉ" else "second") + plural
        )
    if ending.rstrip("s") in {"er", "re", "ère", "ere", "ᵉʳ", "ʳᵉ", "ᵉʳᵉ"}:
        if value != 1:
            return None
        return ("premier" if ending.rstrip("s") in {"er", "ᵉʳ"} else "première") + plural
    if value == 1:
        return "unième" + plural if ending.startswith("i") else "premier" + plural
    return ordinal(value) + plural


def _range(match: re.Match[str]) -> str:
    low, high = parse(match["low"]), parse(match["high"])
    first, second = (float(f"{whole or 0}.{decimals or 0}") for whole, decimals in (low, high))
    feminine = is_feminine(match["noun"] or "")
    said = number(*low, feminine=feminine), number(*high, feminine=feminine)
    if first < second and not (len(low[0]) > 1 and low[0][0] == "0"):
        return f"{said[0]} à {said[1]}"
    return f"{said[0]}, {said[1]}"


def _every(match: re.Match[str]) -> str:
    """Read « 1 équipement/2 ans »: « un équipement tous les deux ans »."""
    unit = match["unit"]
    return (
        f" {'toutes' if is_feminine(unit) else 'tous'} les {cardinal(int(match['every']))} {unit}"
    )


def _list(match: re.Match[str]) -> str:
    return ", ".join(number(part) for part in match.group().split(","))


def _decades(match: re.Match[str]) -> str:
    return cardinal(int(match["core"])).removesuffix("s")


_WAY = re.compile(
    r" (?:(?i:rue|avenue|allée|impasse|ruelle|venelle) (?:d[eu] |des |d'|l[ae] |les |l'|[A-ZÀ-Þ])"
    # « 1 place de parking » is a count.
    r"|(?i:place|route|villa|résidence|cour|sente|voie|esplanade|promenade|traverse|montée|chaussée"
    r"|cité) (?:(?:d[eu]|des|la|le|les) ){0,2}(?:[dl]')?[A-ZÀ-Þ])"
)
_SIGNS = {"-": "moins ", "−": "moins ", "–": "moins ", "+": "plus ", "±": "plus ou moins "}


def _decimal(match: re.Match[str]) -> str:
    whole, _, decimals = match["number"].replace(" ", "").rpartition(match["mark"])
    whole = whole.replace(".", "")  # « 1.234,5 »
    sign = _SIGNS.get(match.groupdict().get("sign") or "", "")
    if match["mark"] == ".":
        return f"{sign}{number(whole)} point {number(decimals)}"
    return sign + number(whole, decimals)


def _thousands(match: re.Match[str]) -> str:
    return number(match.group().replace(".", ""))


def _integer(match: re.Match[str]) -> str:
    sign = _SIGNS.get(match.groupdict().get("sign") or "", "")
    written = match["number"].replace(" ", "")
    if " " in match["number"] and written[0] == "0":
        return sign + ", ".join(grouped(group) for group in match["number"].split())
    noun = match["noun"] or ""
    if noun == "mille":
        return sign + re.sub(r"(vingt|cent)s$", r"\1", number(written))  # « quatre-vingt mille »
    if _WAY.match(match.string, match.end()):
        return sign + number(written)  # « 1 rue de la Paix » is a house, « 1 rue fermée » a count
    # « 13001 Marseille »: a name is not counted.
    feminine = written[-1] == "1" and noun.islower() and is_feminine(noun)
    return sign + number(written, feminine=feminine)


def _thin(match: re.Match[str]) -> str:
    """Read figures of other scripts and those in circles: each has its value in Unicode."""
    value = unicodedata.numeric(match.group(), -1.0)
    return cardinal(int(value)) if value >= 0 and value == int(value) else "symbole"


def _exponent(match: re.Match[str]) -> str:
    figures = match["figures"].translate(str.maketrans(_SUPERSCRIPT, "0123456789"))
    sign = "moins " if match["sign"] else ""
    before = re.search(
        rf"(?:[^\W_]+|[){HELD}])$", match.string[max(0, match.start() - 30) : match.start()]
    )
    base = before.group() if before else None
    if base is None:
        return f" exposant {sign}{number(figures)}"
    if len(base) > 1 and base.isalpha():
        return f" note {number(figures)}"  # a call of note: « mutuelle¹ »
    if not sign and figures in {"2", "3"}:
        return " au carré" if figures == "2" else " au cube"
    return f" puissance {sign}{number(figures)}"


def _index(match: re.Match[str]) -> str:
    return number(match.group().translate(str.maketrans(_SUBSCRIPT, "0123456789")))


# The noun counted, also where another number stands between: « 1 à 2 personnes ».
_NOUN = r"(?= (?:(?:à|ou) \d+ )?(?P<noun>[^\W\d_]{2,}(?:-[^\W\d_]+)?)|)"
_DURATION = r"(?:ans|années|mois|jours|semaines|heures|minutes|nuits|séances)"

RULES = (
    Rule("times", Lazy(r"(?<=\d)(?P<core> ?[xX×*] ?)(?=\d)"), lambda _: " fois ", needs="xX×*"),
    Rule(
        "times",
        Lazy(rf"(?P<number>\d{ALONE}\d*(?<=1)) ?[xX×](?![\w'])(?! ?\d)"),
        lambda match: number(match["number"], feminine=True) + " fois",
        needs="xX×",
    ),
    Rule("times", Lazy(r"(?<=\d)(?P<core> ?[xX×])(?![\w'])"), lambda _: " fois", needs="xX×"),
    Rule("times", Lazy(r"(?<![\w'])(?P<core>[xX×] ?)(?=\d)"), lambda _: "fois ", needs="xX×"),
    Rule(
        "exponent",
        Lazy(rf"(?P<sign>⁻)?(?P<figures>[{_SUPERSCRIPT}]+)"),
        _exponent,
        needs=_SUPERSCRIPT,
    ),
    Rule("index", Lazy(f"[{_SUBSCRIPT}]+"), _index, needs=_SUBSCRIPT),
    Rule(
        "fraction",
        Lazy(rf"(?:(?<![\w,.])(?P<whole>\d+) ?)?(?P<sign>[{''.join(VULGAR)}]){_NOUN}"),
        vulgar,
        needs="".join(VULGAR),
    ),
    Rule(
        "scale",
        Lazy(rf"(?P<over>\d{ALONE}\d*)/(?P<under>{INTEGER}) ?(?:e|ème|es|èmes)(?!\w)"),
        scale,
        needs="/",
        after="/",
    ),
    Rule(
        "ordinal",
        Lazy(
            rf"(?P<number>{integer_after(ALONE)})"
            r"(?P<ending>ers?|ères?|eres?|res?|n?de?s?|[iI]?[eèE]mes?|es?|ᵉʳᵉ|ᵉʳ|ʳᵉ|ᵉ|ⁿᵈᵉ|ⁿᵈ)(?!\w)"
        ),
        _ordinal,
        after="erndiIèᵉʳⁿ",
    ),
    # « Les -26 ans », « enfants (-18 ans) », « + de 60 ans » is read by the signs.
    Rule(
        "ages",
        Lazy(
            r"(?P<core>[-−–](?:(?<=\b[LlDd]es .)|(?<=\b[Aa]ux .)|(?<=[(].)|(?<=[(] .)|(?<=^.))"
            r" ?(?:de )?)(?=\d{1,2} ans\b)"
        ),
        lambda _: "moins de ",
        needs="-−–",
    ),
    Rule(
        "frequency",
        Lazy(
            r"(?P<core>/(?:(?<=[^\W\d_].)|(?<=[^\W\d_] .)) ?(?P<every>[2-9]|1[0-2]) "
            r"(?P<unit>ans|mois|jours|semaines|années|nuits))\b"
        ),
        _every,
        needs="/",
    ),
    Rule(
        "score",
        Lazy(
            r"\b(?:étoiles?|points|fois|jours?|femmes?|hommes?|enfants?|salariés?)"
            # « 12 hommes / 8 femmes » are no score.
            r"(?P<core> ?/ ?)(?=\d+(?!\d| ?(?:femmes?|hommes?|enfants?|salariés?)\b))"
        ),
        lambda _: " sur ",
        needs="/",
    ),
    Rule(
        "decade",
        Lazy(r"années (?<=\bannées )(?P<core>[2-9]0)(?![\w,.]\d|\w)"),
        _decades,
        needs="é",
    ),
    Rule(
        "thousands",
        Lazy(
            rf"\d{ALONE}(?:\d{{0,2}}(?:\.\d{{3}}){{2,}}|(?<=[1-9])\d{{0,2}}\.000"
            # « 12.345 habitants »: French decimals have a comma, and few have three figures.
            r"|(?<=[1-9])\d{0,2}\.\d{3}(?= [a-zà-ÿ]{3,}s\b))(?![\w.]|,\d)"
        ),
        _thousands,
        needs=".",
    ),
    # « 20,000 habitants », as English writes it; nobody counts people to a thousandth.
    Rule(
        "thousands",
        Lazy(rf"[1-9]{ALONE}\d{{0,2}},000(?= [a-zà-ÿ]{{3,}}s\b)"),
        lambda match: number(match.group().replace(",", "")),
        needs=",",
        after=",",
    ),
    Rule(
        "list of numbers",
        Lazy(rf"\d{ALONE}\d*(?:,\d+){{2,}}(?![\w,]\d|\w)"),
        _list,
        needs=",",
        after=",",
    ),
    # « 10/15 ans »; a half or a quarter is of one thing (« 1/2 heure », « 3/4 heure »).
    Rule(
        "range",
        Lazy(
            rf"(?P<low>{integer_after(ALONE)}) ?/ ?(?P<high>{INTEGER})(?= (?P<noun>{_DURATION})\b)"
        ),
        lambda match: (
            None
            if value_of(match["low"]) >= value_of(match["high"])
            or (match["low"] + match["high"] == "12" and match["noun"] == "mois")
            else _range(match)
        ),
        needs="/",
    ),
    Rule(
        "ratio",
        Lazy(rf"(?P<over>{number_after(ALONE)}) ?/ ?(?P<under>{NUMBER})(?![\d/]){_NOUN}"),
        slash,
        needs="/",
        after="/",
    ),
    Rule(
        "range",
        Lazy(
            rf"(?P<low>{number_after(_NO_RANGE)})"
            # « BP 25 – 75755 Paris »: what follows is a postcode.
            rf"(?! [-–—] \d{{5}} [A-ZÀ-Þ])(?: ?[-–—] ?)(?P<high>{NUMBER})"
            rf"(?![\w]|[-–—/]\d|,\d| ?=){_NOUN}"
        ),
        _range,
        needs="-–—",
        after="-–—",
    ),
    Rule(
        "decimal",
        Lazy(rf"(?P<sign>[-−–+](?<![\w){HELD}–-].))(?P<number>{INTEGER}(?P<mark>[,.])\d+)(?![\d])"),
        _decimal,
        needs=".,",
    ),
    Rule(
        "decimal",
        Lazy(rf"(?P<number>{integer_after(_NO_FIGURE)}(?P<mark>[,.])\d+)(?![\d])"),
        _decimal,
        needs=".,",
        after=".,",
    ),
    Rule(
        "number",
        Lazy(rf"(?P<sign>[-−–+±](?<![\w){HELD}–-].))(?P<number>{INTEGER}){_NOUN}"),
        _integer,
    ),
    Rule("number", Lazy(rf"(?P<number>{integer_after('')}){_NOUN}"), _integer),
    Rule("times", Lazy(rf"[{HELD}](?P<core> [xX] )(?=[{HELD}])"), lambda _: " fois ", needs="xX"),
    Rule(
        "figure",
        Lazy(r"[\u2150-\u218b\u2460-\u249b\u24ea-\u24ff\u2776-\u2793\u3220-\u3229]"),
        _thin,
    ),
)
