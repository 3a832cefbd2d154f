"""Numbers that name and do not count: telephones, accounts, companies, laws, versions, postcodes.

Forms: ARCEP, plan national de numérotation; ISO 13616 (IBAN); INSEE, SIREN, SIRET and the NIR;
Légifrance for the numbering of laws and articles; La Poste, NF Z 10-011 for postcodes.
"""

import re

from ess_access.french.draft import Rule
from ess_access.french.numbers.cardinals import cardinal, digits, grouped, ordinal

__all__ = ["RULES"]

_START = r"(?<![\d,.])(?<!\w)"
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
    figures = re.sub(r"\D", "", _core(match))
    sizes = (3, 3) if len(figures) == 6 else (2, 2)
    return f"{grouped(figures[: sizes[0]])}, {grouped(figures[sizes[0] :])}"


def _core(match: re.Match[str]) -> str:
    return match["core"] if "core" in match.re.groupindex else match.group()


def _spelled(written: str) -> str:
    return " ".join(cardinal(int(sign)) if sign.isdigit() else sign for sign in written)


def _iban(match: re.Match[str]) -> str:
    bare = match.group().replace(" ", "")
    return ", ".join(_spelled(bare[start : start + 4]) for start in range(0, len(bare), 4))


def _in_threes(match: re.Match[str]) -> str:
    """Read a SIREN (3 × 3) or a SIRET (3 × 3 and 5) digit by digit."""
    figures = re.sub(r"\D", "", _core(match))
    groups = [figures[0:3], figures[3:6], figures[6:9], figures[9:]]
    return ", ".join(digits(group) for group in groups if group)


def _activity(match: re.Match[str]) -> str:
    """Read a code of the NAF: « soixante-cinq, douze Z »."""
    figures = re.sub(r"\D", "", match["core"])
    return f"{grouped(figures[:2])}, {grouped(figures[2:])} {match['core'][-1]}"


def _vat(match: re.Match[str]) -> str:
    """Read the French number of value added tax: its key, then the SIREN (BOFiP, TVA-DECLA)."""
    bare = re.sub(r"\D", "", match["siren"])
    return f"F R {grouped(match['key'])}, " + ", ".join(
        digits(bare[start : start + 3]) for start in range(0, 9, 3)
    )


def _person(match: re.Match[str]) -> str:
    return ", ".join(
        cardinal(2) + f" {group[1]}" if group in {"2A", "2B"} else grouped(group)
        for group in match.groups()
        if group
    )


def _reference(match: re.Match[str]) -> str:
    """Read the parts of a number in full: « L mille cent onze tiret un »."""
    letter = match.groupdict().get("letter") or ""
    joint = " tiret " if "-" in match["parts"] else ", "
    said = joint.join(_part(part) for part in re.findall(r"\d+", match["parts"]))
    return f"{letter} {said}" if letter else said


def _part(written: str) -> str:
    return grouped(written) if written[0] == "0" or len(written) > 9 else cardinal(int(written))


def _law(match: re.Match[str]) -> str | None:
    first, second = match["parts"].split("-" if "-" in match["parts"] else "/")
    is_years = len(second) == 4 and second > first and match["parts"].count("-")
    return None if is_years else _reference(match)


def _version(match: re.Match[str]) -> str:
    head = "version " if match["v"] else ""
    return head + " point ".join(_part(part) for part in match["parts"].split("."))


def _postcode(match: re.Match[str]) -> str:
    return "zéro " + cardinal(int(match["core"]))


def _long(match: re.Match[str]) -> str:
    figures = match.group()
    size = 2 if figures[0] == "0" and len(figures) == 10 else 3
    return ", ".join(
        digits(figures[start : start + size]) for start in range(0, len(figures), size)
    )


def _bic(match: re.Match[str]) -> str:
    return _spelled(match["core"])


def _item(match: re.Match[str]) -> str | None:
    """Read the items that laws number « 1° », « 2° »; elsewhere the sign is a degree."""
    before = match.string[: match.start()].rstrip()
    is_item = (
        not before
        or before[-1] in ".:;\n()«"
        or re.match(r" de l'article| du présent| de la loi", match.string[match.end() :])
        or re.search(r"\b(?:au|du|le|les|aux)$", before, re.IGNORECASE)
    )
    return (
        ordinal(int(match["number"])).replace("premier", "première") + "ment" if is_item else None
    )


def _is_school_year(parts: str) -> bool:
    first, second = re.split("[-/]", parts)
    return len(second) == 4 and int(second) - int(first) in range(1, 60)


def _old_law(match: re.Match[str]) -> str | None:
    """Read the numbers of laws before 2000 (« n° 83-634 »); a smaller first part is a range."""
    first, second = match["parts"].split("-")
    return _reference(match) if len(second) > 2 and int(second) > 99 and len(first) == 2 else None


RULES = (
    Rule(
        "IBAN",
        re.compile(r"(?<!\w)[A-Z]{2}\d\d(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,4})?(?!\w)"),
        lambda match: _iban(match) if len(match.group().replace(" ", "")) >= 15 else None,
    ),
    Rule(
        "VAT number",
        re.compile(rf"(?<!\w)FR ?(?P<key>\d\d) ?(?P<siren>\d{{3}} ?\d{{3}} ?\d{{3}}){_END}"),
        _vat,
        needs="F",
    ),
    Rule(
        "activity code",
        re.compile(r"\b(?:APE|NAF)\b[^\d\n]{0,12}(?P<core>\d\d\.?\d\d ?[A-Z])(?!\w)"),
        _activity,
    ),
    Rule(
        "BIC",
        re.compile(
            r"\bBIC ?:? ?(?P<core>[A-Z]{6}[A-Z0-9]{2}(?:[A-Z0-9]{3})?)(?!\w)",
        ),
        _bic,
    ),
    Rule(
        "national number",
        re.compile(
            rf"{_START}([12478]) ?(\d\d) ?(\d\d) ?"
            rf"(\d\d|2[AB]) ?(\d{{3}}) ?(\d{{3}})(?: ?(\d\d))?{_END}"
        ),
        lambda match: _person(match) if " " in match.group() or len(match.group()) == 15 else None,
    ),
    Rule(
        "SIRET",
        re.compile(rf"{_START}\d{{3}} ?\d{{3}} ?\d{{3}} ?\d{{5}}{_END}"),
        _in_threes,
    ),
    Rule(
        "SIREN",
        re.compile(
            r"(?:(?i:siren|rcs|immatriculé\w*|registre)\b[^\d\n.]{0,60}|RCS [\w-]+ )"
            rf"(?P<core>\d{{3}} ?\d{{3}} ?\d{{3}}){_END}"
        ),
        _in_threes,
    ),
    Rule(
        "telephone",
        re.compile(
            r"(?<![\w+])(?:\+|00 ?)(?P<country>33|32|352|41|49|44|39|34|1|2\d\d|5\d\d|[4-9]\d)"
            r"\)?[ .]?"
            rf"(?:\(0\) ?)?\d(?:[ .-]?\d){{6,11}}{_END}"
        ),
        _phone,
    ),
    Rule("telephone", re.compile(rf"{_START}0[1-9]{_PAIRS}{_END}"), _phone),
    Rule(
        "telephone",
        re.compile(
            rf"{_START}0 ?[89]\d\d(?: \d{{3}}){{2}}{_END}|{_START}0 [89]\d\d(?: \d\d){{3}}{_END}"
        ),
        _special,
    ),
    Rule(
        "telephone",
        re.compile(
            r"(?:\b(?:[Aa]u|[Ll]e|numéro(?: vert)?|[Tt]él\.?|[Tt]éléphone|[Aa]ppelez(?: le)?|"
            r"[Cc]omposez le) ?:? ?)(?P<core>3[0-9] ?\d\d|11[68] ?\d{3})"
            r"(?![\d]|[ .,/-]?\d)(?! ?(?:€|%|euros?|ans?|km|personnes?|m²|h\b))(?!\w)"
        ),
        _short_number,
    ),
    Rule(
        "telephone",
        re.compile(
            rf"{_START}(?P<core>3[0-9] ?\d\d|11[68] ?\d{{3}})"
            r"(?= ?\((?:service|appel|numéro|gratuit|prix|coût|du lundi|\d{1,2} ?h))"
        ),
        _short_number,
        needs="(",
    ),
    Rule(
        "article of a code",
        re.compile(
            rf"(?<![\w.])(?P<letter>LO|[LRDA])(?:\.?\*?\. ?| ?(?=\d{{2,4}}-))"
            rf"(?P<parts>\d+(?:-\d+)*){_END}"
        ),
        _reference,
    ),
    Rule(
        "law",
        re.compile(
            rf"{_START}(?P<parts>(?:19|20)\d\d[-/]\d{{1,5}}){_END}",
        ),
        lambda match: _law(match) if not _is_school_year(match["parts"]) else None,
    ),
    Rule("law", re.compile(rf"{_START}(?P<parts>[5-9]\d-\d{{2,5}}){_END}"), _old_law),
    # One number that has a hyphen in it; « nos 3-5 » and « articles 3-5 » are ranges.
    Rule(
        "reference",
        re.compile(
            r"(?:\b[Nn][°ºᵒ] ?|\b(?:[Aa]rticle|[Aa]rt\.|[Dd]ossier|[Cc]ontrat|[Aa]grément) )"
            rf"(?P<core>(?P<parts>\d+-\d+)){_END}"
        ),
        _reference,
        needs="-",
    ),
    Rule("reference", re.compile(rf"{_START}(?P<parts>\d+(?:-\d+){{2,}}){_END}"), _reference),
    Rule(
        "version",
        re.compile(
            r"(?<![\w,.])(?P<v>[vV]\.? ?)?(?!\d{1,3}(?:\.\d{3}){2,}(?!\d))"
            r"(?P<parts>\d+(?:\.\d+){2,})(?![\w]|,\d)"
        ),
        _version,
    ),
    Rule(
        "version", re.compile(r"(?<![\w,.])(?P<v>[vV]\.?)(?P<parts>\d+(?:\.\d+)?)(?!\w)"), _version
    ),
    Rule(
        "countdown",
        re.compile(
            r"(?<![\w.-])(?P<day>[JHMN]) ?(?P<sign>[-−–+]) ?(?P<number>\d{1,2})(?![\w]|[.,-]\d)"
        ),
        lambda m: (
            f"{m['day']} {'plus' if m['sign'] == '+' else 'moins'} {cardinal(int(m['number']))}"
        ),
    ),
    Rule(
        "item of a law",
        re.compile(
            r"(?<![\w,.])(?P<number>\d{1,2})°"
            r"(?=\) | (?:d[eu] |des |d'|à |et |ou |l[ae]s? |l'|[A-ZÀ-Ý]))"
        ),
        _item,
    ),
    Rule("postcode", re.compile(rf"{_START}(?P<core>0\d{{4}})(?= [A-ZÀ-Ý])"), _postcode),
    Rule(
        "form number",
        re.compile(rf"{_START}(?P<number>\d{{4,5}})\*(?P<edition>\d\d)(?!\d)"),
        lambda m: f"{cardinal(int(m['number']))} étoile {grouped(m['edition'])}",
        needs="*",
    ),
    Rule("long number", re.compile(r"(?<![\d,.])\d{8,}(?!\d|[.,]\d)"), _long),
)
