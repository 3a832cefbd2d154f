"""Write abbreviations out: « M. Dupont », « art. 5 », « c.-à-d. », « 3, av. de la Paix ».

An abbreviation that is also a word holds only before what its section of the table asks for.
Its stop is kept when it also ends the sentence.
"""

import re
from collections.abc import Callable, Mapping
from functools import cache

from ess_access.french.alternatives import any_of
from ess_access.french.articles import both_articles
from ess_access.french.draft import HELD, Rule
from ess_access.french.numbers.cardinals import number, value_of
from ess_access.french.numbers.genders import is_feminine
from ess_access.french.several import in_plural
from ess_access.french.words import mapping, words

__all__ = ["may_hold", "rules"]

_CAPITAL = "A-ZÀ-ÖØ-Þ"


def _alternatives(entries: Mapping[str, str]) -> str:
    return any_of(entries, space=" ?")


def _say(entries: Mapping[str, str]) -> Callable[[re.Match[str]], str | None]:
    folded = {name.replace(" ", ""): said for name, said in entries.items()}

    def say(match: re.Match[str]) -> str | None:
        written = match["core"]
        if _is_inside(match.string, match.start("core")):
            return None
        said = folded.get(written.replace(" ", ""))
        if said is None:
            return None
        rest = match.string[match.end("core") :]
        if written.endswith(".") and _ends_sentence(rest, is_etc="etc" in written.lower()):
            said += "."
        return in_plural(said, match.string, match.end("core"))

    return say


# The last letter of a spelled acronym (« D N U M. Elle »), a second initial (« A. M. Dupont »).
_SPELLED = re.compile(rf"(?<![\w.])[{_CAPITAL}]\.? \Z")


def _is_inside(text: str, start: int) -> bool:
    """Say whether a form is only the end of a longer one; a figure may touch it.

    Asked after the match: a pattern that begins with plain letters is searched much faster.
    """
    if text[start + 1 : start + 2] == "." and _SPELLED.search(text, max(0, start - 4), start):
        return True
    before = text[start - 1 : start]
    if before == ".":
        return start > 1 and (text[start - 2].isalnum() or text[start - 2] == "_")
    return before.isalpha() or (before != "" and before in "@/_-")


def _ends_sentence(rest: str, *, is_etc: bool) -> bool:
    """Say whether an abbreviation's stop is also the sentence's."""
    if not rest.strip(" »)\"'"):
        return True
    following = re.match(rf"[»)\"']* +(?P<word>[{_CAPITAL}][^\W\d_]*)", rest)
    return following is not None and (is_etc or following["word"] in words("sentences", "openers"))


# What is counted in short: « 2 ex. », « 172 trim. » (Imprimerie nationale, « Abréviations »).
_COUNTED = {
    "ex": "exemplaire", "trim": "trimestre", "sem": "semaine", "enf": "enfant", "ad": "adulte",
    "abst": "abstention", "car": "caractère", "p": "page",
    "vol": "volume", "dél": "délégué", "adh": "adhérent", "bénéf": "bénéficiaire", "pce": "pièce",
    "pers": "personne", "hab": "habitant",
}  # fmt: skip
_SHORT_COUNTED = "|".join(sorted(_COUNTED, reverse=True))


def _counted(match: re.Match[str]) -> str:
    noun = _COUNTED[match["short"]] + ("s" if value_of(match["count"]) > 1 else "")
    return _stopped(match, f" {noun}")


def _counted_one(match: re.Match[str]) -> str | None:
    """Read « 1 pers. », « 21 pers. »: the number takes the gender of what is written short."""
    noun = _COUNTED[match["short"]]
    if not is_feminine(noun):
        return None
    said = number(match["count"].replace(" ", ""), feminine=True)
    return _stopped(match, f"{said} {noun}" + ("s" if value_of(match["count"]) > 1 else ""))


def _stopped(match: re.Match[str], said: str) -> str:
    """Keep the stop that also ends the sentence."""
    end = match.end("core") if "core" in match.re.groupindex else match.end()
    return said + ("." if _ends_sentence(match.string[end:], is_etc=False) else "")


_PAGES = re.compile(rf"(?<!\w)(?:pp?\.?|[Pp]ages?) ?[\d{HELD} -]{{1,12}}$")
_ARTICLES = re.compile(rf"(?<!\w)[Aa]rt(?:s|icles?)?\.? ?[\d{HELD} -]{{1,12}}$")
_NUMBERED = re.compile(rf"[\d{HELD}]$")


def _following(match: re.Match[str]) -> str | None:
    """Read « p. 3 et s. », « art. 12 s. » (Imprimerie nationale, « suivant »)."""
    before = match.string[max(0, match.start() - 24) : match.start()]
    if _PAGES.search(before):
        said = " et suivantes"
    elif _ARTICLES.search(before) or (" et " in match["core"] and _NUMBERED.search(before)):
        said = " et suivants"
    else:
        return None
    return said + ("." if _ends_sentence(match.string[match.end() :], is_etc=False) else "")


def _only_before(
    say: Callable[[re.Match[str]], str | None],
) -> Callable[[re.Match[str]], str | None]:
    """Drop the stop that ends a sentence: what follows shows that the sentence goes on."""

    def said(match: re.Match[str]) -> str | None:
        reading = say(match)
        return reading.rstrip(".") if reading else reading

    return said


@cache
def _any_form() -> re.Pattern[str]:
    forms = [
        form
        for section in ("before_name", "before_number", "before_place", "anywhere")
        for form in mapping("abbreviations", section)
    ]
    return re.compile(
        rf"(?:{_alternatives(dict.fromkeys(forms, ''))}|nos(?= )|Nos(?= ))(?![^\W\d])"
    )


def may_hold(text: str) -> bool:
    """Say whether a text may hold an abbreviation, or the « s. » of « p. 3 et s. »."""
    if " s." in text or " sq." in text or " sqq." in text or " suiv." in text:
        return True
    return any(not _is_inside(text, match.start()) for match in _any_form().finditer(text))


@cache
def rules() -> tuple[Rule, ...]:
    """Give the rules, made of the table; the narrower first."""
    before_name = mapping("abbreviations", "before_name")
    before_number = mapping("abbreviations", "before_number")
    before_place = mapping("abbreviations", "before_place")
    anywhere = mapping("abbreviations", "anywhere")
    return (
        Rule(
            "and following",
            re.compile(r"(?P<core> (?:et )?s(?:q|qq|uiv)?\.)(?!\w)"),
            _following,
        ),
        Rule(
            "abbreviation",
            re.compile(r"\d(?:er|e|ème)(?P<core> s\.)(?= (?:av|apr|ap)\. J)"),
            lambda _: " siècle",
            needs=".",
        ),
        Rule(
            "article",
            re.compile(r"(?<!\w)[Ll]' ?\((?i:les)\) ?(?=\w)"),
            lambda match: "Le ou les " if match.group()[0] == "L" else "le ou les ",
            needs="(",
        ),
        Rule(
            "article",
            re.compile(r"(?P<core> \((?i:les|des|aux|ces|ses|vos|nos)\))(?= \w)"),
            both_articles,
            needs="(",
        ),
        Rule(
            "abbreviation",
            re.compile(
                r"(?P<count>\d(?<![\w,.].)(?<!\d .)(?:[\d ]*\d)?(?<=1)(?<!11)) ?"
                rf"(?P<short>{_SHORT_COUNTED})\.(?![^\W\d_/]|/| ?\d)"
            ),
            _counted_one,
            needs=".",
        ),
        Rule(
            "abbreviation",
            re.compile(
                r"\b(?:par|chaque|une?|d'une?) "
                rf"(?P<core>(?P<short>{_SHORT_COUNTED})(?<!\bex)\.)(?![^\W\d_/]| ?\d)"
            ),
            lambda match: _stopped(match, _COUNTED[match["short"]]),
            needs=".",
        ),
        Rule(
            "abbreviation",
            re.compile(
                r"(?P<core>[Pp]ers\.(?<!\w.{5}))"
                r"(?= (?:seule|isolée|âgée|physique|morale|handicapée)\b)"
            ),
            lambda match: match["core"][0] + "ersonne",
            needs=".",
        ),
        Rule(
            "abbreviation",
            re.compile(
                r"(?P<count>\d(?:[\d ]*\d)?)(?:,\d+)?(?P<core> ?"
                rf"(?P<short>{_SHORT_COUNTED})\.)(?![^\W\d_/]|/| ?\d)"
            ),
            _counted,
            needs=".",
        ),
        Rule(
            "abbreviation",
            re.compile(r"\d(?:re|e|ème) (?P<core>ch\.)(?!\w)"),
            lambda match: _stopped(match, "chambre"),
            needs=".",
        ),
        Rule(
            "abbreviation",
            re.compile(rf"[Mm]in\.(?<![\d{HELD}].{{4}})(?<![\d{HELD}] .{{4}})(?![^\W\d])"),
            lambda match: _stopped(match, match.group()[0] + "inimum"),
            needs=".",
        ),
        Rule(
            "abbreviation",
            re.compile(r"(?P<core>MM\.(?<![\w.]...)|M\.(?<![\w.]..))(?= (?:les? |la |l')[^\W\d_])"),
            lambda match: "messieurs" if match["core"] == "MM." else "monsieur",
            needs="M",
        ),
        Rule(
            "number",
            re.compile(
                r"(?P<core>[Nn]os)(?<!\w[Nn]os)"
                r"(?= \d+(?:, \d+)* (?:et|à) \d+(?:\W*$|[.,;:)]| d[eu] ))"
            ),
            lambda _: "numéros",
        ),
        Rule(
            "abbreviation",
            re.compile(rf"(?P<core>St|Ste|Sts|Stes)(?=-[{_CAPITAL}])"),
            _say(before_name),
        ),
        Rule(
            "abbreviation",
            re.compile(
                rf"(?P<core>{_alternatives(before_number)})"
                rf"(?= ?(?:\d|[{HELD}]|[LRD]\. ?\d|n°)| [IVX]+\b(?!\.\w))"
            ),
            _only_before(_say(before_number)),
        ),
        Rule(
            "abbreviation",
            re.compile(
                rf"(?P<core>{_alternatives(anywhere)})"
                r"(?![^\W\d]|[-']\w|/(?![a-zà-ÿ]{3})\w|(?<!\.)/\w|\.[^\W\d_])"
            ),
            _say(anywhere),
        ),
        Rule(
            "abbreviation",
            re.compile(
                r"(?P<core>HT(?<!\w..)|TTC(?<!\w...))(?= ?/ ?(?:an|mois|jour|j|h|heure|sem|pers)\b)"
            ),
            lambda match: mapping("abbreviations", "anywhere")[match["core"]],
            needs="/",
        ),
        # « J.-C. » alone; « J.-C. Martin » has a first name.
        Rule(
            "abbreviation",
            re.compile(rf"J\.(?<![\w.-]..)-C\.(?! [{_CAPITAL}][^\W\d_A-ZÀ-Þ])"),
            lambda match: _stopped(match, "Jésus-Christ"),
            needs="J",
        ),
        Rule(
            "abbreviation",
            re.compile(
                rf"(?P<core>{_alternatives(before_name)})"
                rf"(?= (?:et |ou |[{HELD}]|(?:(?:de|d'|du|le|la|van|von) ?)?[{_CAPITAL}]))"
            ),
            _only_before(_say(before_name)),
        ),
        Rule(
            "abbreviation",
            re.compile(
                rf"(?P<core>{_alternatives(before_place)})"
                rf"(?= (?:de |du |des |d'|la |le |les |[{_CAPITAL}{HELD}]))"
            ),
            _only_before(_say(before_place)),
        ),
    )
