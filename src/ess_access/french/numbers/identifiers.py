"""Numbers that name and do not count: laws, articles, versions, postcodes, references.

Forms: telephones and registers have modules of their own;
Légifrance for the numbering of laws and articles; La Poste, NF Z 10-011 for postcodes.
"""

import re

from ess_access.french.draft import Lazy, Rule
from ess_access.french.numbers import registers, telephones
from ess_access.french.numbers.cardinals import cardinal, digits, grouped, ordinal

__all__ = ["RULES"]

# What may not stand before a number. It is asked after the first figure: a pattern that begins with
# a figure is searched much faster than one that begins with a question.
_NO = r"(?<![\w,.].)"
_END = r"(?![\d]|[ .,-]\d|\w)"


def _reference(match: re.Match[str]) -> str:
    """Read the parts of a number in full: « L mille cent onze tiret un »."""
    letter = match.groupdict().get("letter") or ""
    joint = " tiret " if "-" in match["parts"] else ", "
    said = joint.join(_part(part) for part in re.findall(r"\d+", match["parts"]))
    return f"{letter} {said}" if letter else said


def _part(written: str) -> str:
    return grouped(written) if written[0] == "0" or len(written) > 9 else cardinal(int(written))


_NUMBERED = re.compile(r"(?:[Nn][°ºᵒ]|[Ll]oi|[Dd]écret|[Oo]rdonnance|[Aa]rrêté) ?$")


def _law(match: re.Match[str]) -> str | None:
    first, second = match["parts"].split("-" if "-" in match["parts"] else "/")
    is_years = len(second) == 4 and second > first and match["parts"].count("-")
    if len(second) == 2 and int(second) == (int(first) + 1) % 100:
        before = match.string[max(0, match.start() - 12) : match.start()]
        if not _NUMBERED.search(before):
            return f"{cardinal(int(first))}, {_part(second)}"  # « l'année 2023-24 »
    return None if is_years else _reference(match)


_THOUSANDS = re.compile(r"\d{1,3}(?:\.\d{3}){2,}(?!\d)")


def _version(match: re.Match[str]) -> str:
    head = "version " if match.groupdict().get("v") else ""
    return head + " point ".join(_part(part) for part in match["parts"].split("."))


def _postcode(match: re.Match[str]) -> str:
    """Read « 06300 », « 01150 »: of the department 01, the one is said before its thousand."""
    value = int(match["core"])
    return ("zéro un " if 1000 <= value < 2000 else "zéro ") + cardinal(value)


def _long(match: re.Match[str]) -> str:
    figures = match.group()
    size = 2 if figures[0] == "0" and len(figures) == 10 else 3
    return ", ".join(
        digits(figures[start : start + size]) for start in range(0, len(figures), size)
    )


_NAMED = re.compile(
    r"(?:\b[Nn][°ºᵒ] ?|\b(?:[Aa]rticle|[Aa]rt\.|[Dd]ossier|[Cc]ontrat|[Aa]grément) "
    # « art. 1er, 2 et 3-1 »
    r"|\b[Aa]rt(?:icles?|s?\.) [\d, er-]{0,30}(?:, | et | ou | à ))\Z"
)
_NEXT_ITEM = re.compile(r"(?:,| et| ou| à) (\d{1,2})°")
_ITEM_BEFORE = re.compile(r"(\d{1,2})°(?:,| et| ou| à)$")
_OF_ARTICLE = re.compile(r"(?i:\bart(?:icles?|\.)).{0,40},$")


def _item(match: re.Match[str]) -> str | None:
    """Read the items that laws number « 1° », « 2° »; elsewhere the sign is a degree."""
    before = match.string[: match.start()].rstrip()
    value = int(match["number"])
    following = match.string[match.end() :]
    # « 1°, 2° et 3° » go up by one.
    after, prior = _NEXT_ITEM.match(following), _ITEM_BEFORE.search(before)
    is_item = (after is not None and int(after[1]) == value + 1) or (
        prior is not None and int(prior[1]) == value - 1
    )
    if re.match(r"\)? ", following):
        is_item = is_item or (
            not before
            or before[-1] in ".:;\n()«"
            or re.match(r" de l'article| du présent| de la loi", following) is not None
            or re.search(r"\b(?:au|du|le|les|aux)$", before, re.IGNORECASE) is not None
        )
    # At the end of a phrase « 90° » is an angle, « article 5, 3° » an item.
    if not is_item and not _OF_ARTICLE.search(before):
        return None
    return ordinal(value).replace("premier", "première") + "ment"


def _is_school_year(parts: str) -> bool:
    first, second = re.split("[-/]", parts)
    return len(second) == 4 and int(second) - int(first) in range(1, 60)


def _old_law(match: re.Match[str]) -> str | None:
    """Read the numbers of laws before 2000 (« n° 83-634 »); a smaller first part is a range."""
    first, second = match["parts"].split("-")
    return _reference(match) if len(second) > 2 and int(second) > 99 and len(first) == 2 else None


RULES = (
    *registers.RULES,
    *telephones.RULES,
    Rule(
        "article of a code",
        Lazy(
            rf"(?P<letter>[LRDA](?<![\w.].)(?:(?<=L)O)?)(?:\.?\*?\. ?|\.?\* ?| ?(?=\d{{2,4}}-))"
            rf"(?P<parts>\d+(?:-\d+)*){_END}"
        ),
        _reference,
    ),
    Rule(
        "law",
        Lazy(
            rf"(?P<parts>(?:19|20)(?<![\w,.]..)(?<!\d-..)\d\d[-/]\d{{1,5}}){_END}",
        ),
        lambda match: _law(match) if not _is_school_year(match["parts"]) else None,
        after="-/",
    ),
    Rule("law", Lazy(rf"(?P<parts>[5-9]{_NO}\d-\d{{2,5}}){_END}"), _old_law, after="-"),
    # One number that has a hyphen in it; « nos 3-5 » and « articles 3-5 » are ranges.
    Rule(
        "reference",
        Lazy(rf"(?P<parts>\d(?<=[ °ºᵒ].)\d*-\d+){_END}"),
        lambda match: (
            _reference(match)
            if _NAMED.search(match.string, max(0, match.start() - 45), match.start())
            else None
        ),
        needs="-",
        after="-",
    ),
    Rule(
        "reference",
        Lazy(rf"(?P<parts>\d{_NO}\d*(?:-\d+){{2,}}){_END}"),
        _reference,
        needs="-",
        after="-",
    ),
    Rule(
        "version",
        Lazy(
            rf"(?P<v>[vV]{_NO}\.? ?)(?!\d{{1,3}}(?:\.\d{{3}}){{2,}}(?!\d))"
            r"(?P<parts>\d+(?:\.\d+){2,})(?![\w]|,\d)"
        ),
        _version,
    ),
    Rule(
        "version",
        Lazy(rf"(?P<parts>\d{_NO}\d*(?:\.\d+){{2,}})(?![\w]|,\d)"),
        lambda match: None if _THOUSANDS.match(match["parts"]) else _version(match),
        needs=".",
        after=".",
    ),
    # « v. 3 » may be « voir 3 »; « v. 3.2 » is a version.
    Rule(
        "version",
        Lazy(rf"(?P<v>[vV]{_NO}(?:ers?)?\. ?)(?P<parts>\d+\.\d+)(?![\w]|[.,]\d)"),
        _version,
        needs="vV",
        after=".",
    ),
    Rule("version", Lazy(rf"(?P<v>[vV]{_NO}\.?)(?P<parts>\d+(?:\.\d+)?)(?!\w)"), _version),
    Rule(
        "countdown",
        Lazy(
            r"(?P<day>[JHMNn])(?<![\w.-].) ?(?P<sign>[-−–+]) ?(?P<number>\d{1,2})(?![\w]|[.,-]\d)"
        ),
        lambda m: (
            f"{m['day']} {'plus' if m['sign'] == '+' else 'moins'} {cardinal(int(m['number']))}"
        ),
    ),
    Rule(
        "item of a law",
        Lazy(
            rf"(?P<number>\d{_NO}\d?)°"
            r"(?=\) | (?:d[eu] |des |d'|à |et |ou |l[ae]s? |l'|[A-ZÀ-Ý])|[,;.)]|$)"
        ),
        _item,
        needs="°",
    ),
    Rule("postcode", Lazy(rf"(?P<core>0{_NO}\d{{4}})(?= [A-ZÀ-Ý])"), _postcode),
    Rule(
        "form number",
        Lazy(rf"(?P<number>\d{_NO}\d{{3,4}})\*(?P<edition>\d\d)(?!\d)"),
        lambda m: f"{cardinal(int(m['number']))} étoile {grouped(m['edition'])}",
        needs="*",
    ),
    Rule("long number", Lazy(r"\d(?<![\d,.].)\d{7,}(?!\d|[.,]\d)"), _long),
)
