"""Signs, emoji and Greek letters by name; marks that only part words become pauses.

Names: Unicode CLDR, French. A sign that nobody named is said to be one: « symbole ».
"""

import re
from functools import cache

from ess_access.french.draft import HELD, Draft, Rule
from ess_access.french.numbers.cardinals import cardinal
from ess_access.french.words import mapping, words

__all__ = ["emoji_rules", "is_emoji_near", "pauses", "rules", "settle_slashes", "unmarked"]

_ZWJ = "\u200d"
_PRESENTATION = "\ufe0e\ufe0f"
_KEYCAP = "\u20e3"
_TONES = {
    "\U0001f3fb": "peau claire",
    "\U0001f3fc": "peau moyennement claire",
    "\U0001f3fd": "peau légèrement mate",
    "\U0001f3fe": "peau mate",
    "\U0001f3ff": "peau foncée",
}
_TONE = "".join(_TONES)
_PICTURE = (
    "[\u2190-\u21ff\u2300-\u23ff\u2460-\u27bf\u2900-\u29ff\u2b00-\u2bff"
    "\u3030\u303d\u3297\u3299\U0001f000-\U0001faff]"
)
_ONE = rf"{_PICTURE}[{_PRESENTATION}]?[{_TONE}]?"
_EMOJI = re.compile(
    rf"[0-9#*]\ufe0f?{_KEYCAP}"
    r"|[\U0001f1e6-\U0001f1ff]{2}"
    rf"|\U0001f3f4[\U000e0061-\U000e007a\U000e0030-\U000e0039]+\U000e007f"
    rf"|{_ONE}(?:{_ZWJ}(?:{_ONE}|[\u2640\u2642\u2695\u2696\u2708\u2764][{_PRESENTATION}]?))*"
)
_NEAR = re.compile(f"[\u2190-\u21ff\u2300-\u2bff\u3030-\u3299\U0001f000-\U0001faff{_KEYCAP}]")


_EMPHASIS = re.compile(r"(?<![\w*])(\*{1,3})(?=[^\s*])([^*\n]{1,300}?)(?<=[^\s*])\1(?![\w*])")


def unmarked(text: str) -> str:
    """Take away the stars that frame a word to stress it; a lone star is said."""
    return _EMPHASIS.sub(r"\2", text) if "*" in text else text


def is_emoji_near(text: str) -> bool:
    """Say whether a text may hold a picture, cheaply."""
    return _NEAR.search(text) is not None


_MARKS = re.compile(f"(?<=[{HELD}])/(?=[{HELD}])")


def settle_slashes(draft: Draft) -> None:
    """Read the slash between figures, « 120/80 »: « sur »; between words it is a pause."""

    def joint(match: re.Match[str]) -> str:
        sides = draft.text[match.start() - 1], draft.text[match.end()]
        is_ratio = all(draft.settled(side).rule in _QUANTITIES for side in sides)
        return draft.settle("/", " sur " if is_ratio else ", ", "dose")

    if "/" in draft.text:
        draft.text = _MARKS.sub(joint, draft.text)


_QUANTITIES = frozenset({"number", "decimal", "measure", "amount", "percentage", "fraction"})


def _emoji(match: re.Match[str]) -> str | None:
    written = match.group()
    if _KEYCAP in written:
        key = written[0]
        return (
            f"touche {cardinal(int(key)) if key.isdigit() else {'#': 'dièse', '*': 'étoile'}[key]}"
        )
    bare = re.sub(f"[{_PRESENTATION}]", "", written)
    if bare in pauses()[0] and "\ufe0f" not in written:
        return None  # « ► » and « ▪ » part the items of a list
    plain = re.sub(f"[{_TONE}]", "", bare)
    own = mapping("symbols", "names")
    names = mapping("emoji", "names")
    tones = [_TONES[sign] for sign in bare if sign in _TONES]
    name = own.get(plain) or names.get(plain)
    if name is None and _ZWJ in plain:
        parts = [
            own.get(part) or names.get(part) or "symbole" for part in plain.split(_ZWJ) if part
        ]
        name = " ".join(parts)
    if name is None and (letter := _letter(plain)):
        return f" {letter} "
    if name is None:
        # Figures in circles or squares are read as such elsewhere.
        return None if not written[0] > "\u2aff" and not plain else _unnamed(plain, tones)
    return f", {' '.join([name, *tones])}, "


# Letters in brackets, circles, squares; where each alphabet begins.
_ENCLOSED = (0x249C, 0x24B6, 0x24D0, 0x1F110, 0x1F130, 0x1F150, 0x1F170)


def _letter(sign: str) -> str:
    """Give the letter of « ⓐ », « 🄱 », « ⒞ »; nothing for another sign."""
    if len(sign) != 1:
        return ""
    places = (ord(sign) - first for first in _ENCLOSED)
    return next((chr(ord("a") + place) for place in places if 0 <= place < 26), "")


def _unnamed(plain: str, tones: list[str]) -> str | None:
    if not plain:
        return tones[0] if tones else None
    return (
        None
        if "\u2460" <= plain[0] <= "\u24ff" or "\u2776" <= plain[0] <= "\u2793"
        else ", symbole, "
    )


def emoji_rules() -> tuple[Rule, ...]:
    """Give the rule for pictures, which comes before joiners are cleaned away."""
    return (Rule("emoji", _EMOJI, _emoji),)


@cache
def rules() -> tuple[Rule, ...]:
    """Give the rules for signs, in the order in which they are tried."""
    names = mapping("symbols", "names")
    greek = mapping("symbols", "greek")
    signs = "".join(re.escape(sign) for sign in names if len(sign) == 1)
    return (
        Rule(
            "less and more",
            re.compile(r"(?P<core>[+−-](?<![\w)].)|–(?= de [^ ]+ ans\b))(?= d(?:e |u |es |'))"),
            _more,
        ),
        Rule("hashtag", re.compile(r"#(?<![\w&].)(?=[^\W\d_])"), lambda _: "mot-dièse "),
        Rule("handle", re.compile(r"@(?<![\w.].)(?=\w)"), lambda _: "arobase "),
        Rule(
            "note mark",
            re.compile(rf"(?<=[^\W_{HELD}])\*{{1,4}}(?![\w*])|(?<=[{HELD}])\*{{1,4}}(?![\w*])"),
            _stars,
            needs="*",
        ),
        Rule(
            "emphasis",
            re.compile(r"`+|(?<!\w)_+|_+(?!\w)|~{2,}|\^{2,}|\*{5,}"),
            lambda _: " ",
            needs="`_~^*",
        ),
        Rule(
            "minus",
            re.compile(rf"(?<=[{HELD}]) [−-] (?=[{HELD}] ?=)|(?<=[\w{HELD}]) ?− ?(?=[\w{HELD}])"),
            lambda _: " moins ",
            needs="−=",
        ),
        Rule(
            "comparison",
            re.compile(
                rf"[<>]=?(?= ?[{HELD}])|(?<=[{HELD}])(?: ?)[<>](?= )"
                r"|(?<=\b[a-zA-Z] )[<>]=?(?= [a-zA-Z]\b(?!'))"
            ),
            _comparison,
            needs="<>",
        ),
        Rule(
            "power",
            re.compile(rf"(?<=[\w)\]{HELD}])\^(?=[{HELD}])"),
            lambda _: " puissance ",
            needs="^",
        ),
        Rule(
            "sign",
            re.compile(rf"\+ ?/ ?[-−–](?=[ {HELD}]|$)"),
            lambda _: "plus ou moins",
            needs="+",
        ),
        Rule(
            "about",
            re.compile(rf"\b(?P<core>[dD]e [~≈∼] ?)(?=[{HELD}])"),
            lambda match: f"{match['core'][0]}'environ ",
            needs="~≈∼",
        ),
        Rule(
            "about",
            re.compile(rf"[≈∼](?<![{HELD}] .)(?<![{HELD}].) ?(?=[{HELD}])"),
            lambda _: "environ ",
            needs="≈∼",
        ),
        Rule("arrow", re.compile(r"(?:<-+>|<=>|-+>|=>|<-{1,})"), _arrow, needs="<>"),
        Rule(
            "rate",
            re.compile(
                rf"(?P<core>/(?:(?<=[^\W\d_].)|(?<=[^\W\d_] .)|(?<=[{HELD}].)|(?<=[{HELD}] .))"
                rf" ?(?P<unit>{'|'.join(_SHORT_RATES)})\b"
                r"(?:\.(?=[,;:)]| [a-zà-ÿ(\d]))?)"
            ),
            lambda match: f" par {_SHORT_RATES[match['unit']]}",
            needs="/",
        ),
        Rule(
            "rate",
            re.compile(
                rf"/(?:(?<=[^\W\d_].)|(?<=[^\W\d_] .)|(?<=[{HELD}].)|(?<=[{HELD}] .))"
                r"(?<!\bjour.)(?<!\bmois.)(?<!\bsemaine.)"
                r"(?<!\bjour .)(?<!\bmois .)(?<!\bsemaine .) ?"
                r"(?=(?:an|mois|jour|semaine|personne|heure|nuit|trimestre|sem|pers|bénéficiaire)\b)"
            ),
            lambda _: " par ",
            needs="/",
        ),
        Rule(
            "Greek letter",
            re.compile(rf"[{''.join(greek)}](?<!\w.)(?!\w)"),
            lambda m: greek[m.group()],
        ),
        Rule("sign", re.compile(rf"[{signs}]"), _named),
    )


_SHORT_RATES = {
    "sem": "semaine", "pers": "personne", "hab": "habitant", "bénéf": "bénéficiaire", "j": "jour",
    "trim": "trimestre", "mn": "minute",
}  # fmt: skip


def _named(match: re.Match[str]) -> str:
    sign = match.group()
    if sign in "<>":
        return ", "  # « Accueil > Aides »
    return f" {mapping('symbols', 'names')[sign]} "


def _more(match: re.Match[str]) -> str:
    return "plus" if match["core"] == "+" else "moins"


def _stars(match: re.Match[str]) -> str:
    count = match.group().count("*")
    return " astérisque" if count == 1 else f" {cardinal(count)} astérisques"


def _comparison(match: re.Match[str]) -> str:
    sign = match.group().strip()
    said = {
        "<": "inférieur à",
        ">": "supérieur à",
        "<=": "inférieur ou égal à",
        ">=": "supérieur ou égal à",
    }
    return f" {said[sign]} "


def _arrow(match: re.Match[str]) -> str:
    sign = match.group()
    if sign.startswith("<") and sign.endswith(">"):
        return " double flèche "
    return " flèche vers la gauche " if sign.startswith("<") else " flèche vers la droite "


@cache
def pauses() -> tuple[frozenset[str], frozenset[str]]:
    """Give the marks that part words (a comma's pause) and those that end sentences."""
    return words("symbols", "marks.pauses"), words("symbols", "marks.stops")
