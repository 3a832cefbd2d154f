"""Numbers of registers, read in their groups: IBAN and BIC, SIREN and SIRET, VAT, NIR, ISSN.

Forms: ISO 13616 (IBAN); ISO 9362 (BIC); INSEE, SIREN, SIRET and the NIR; ISO 3297 (ISSN).
"""

import re

from ess_access.french.draft import HELD, Lazy, Rule
from ess_access.french.numbers.cardinals import cardinal, digits, grouped

__all__ = ["BANK_RULES", "RULES", "SERIAL_RULES"]

# Asked after the first figure, which is searched faster.
_NO = r"(?<![\w,.].)"
_END = r"(?![\d]|[ .,-]\d|\w)"


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


_OF_COMPANY = re.compile(
    r"(?:(?i:siren|rcs|immatriculé\w*|registre)\b[^\d\n.]{0,60}|R\.?C\.?S\.? [\w-]+ (?:[A-Z] )?)\Z"
)


def _serial(match: re.Match[str]) -> str:
    """Read an ISSN in its two groups, figure by figure."""
    return ", ".join(_spelled(group) for group in match["core"].upper().split("-"))


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


def _bic(match: re.Match[str]) -> str:
    return _spelled(match["core"])


# The countries of the euro and their neighbours (ISO 9362: bank, country, place, branch).
_BIC = (
    r"[A-Z]{4}(?:FR|MC|BE|LU|DE|ES|IT|CH|GB|NL|PT|IE|AT|RE|GP|MQ)[A-Z0-9]{2}(?:[A-Z0-9]{3})?(?!\w)"
)
# They have no figure as often as not, and come before capitals are judged.
BANK_RULES = (
    Rule(
        "BIC",
        Lazy(
            rf"(?:\b(?:BIC|SWIFT)|[{HELD}])(?: ?\((?:[A-Z]+|[{HELD}])\))?"
            rf"(?: ?: ?| )(?P<core>{_BIC})"
        ),
        _bic,
    ),
)

# The name of the number was said already: a lexicon knows it.
SERIAL_RULES = (
    Rule(
        "ISSN",
        Lazy(rf"(?:\bISSN|[{HELD}])(?:-L)? ?:? ?(?P<core>\d{{4}}-\d{{3}}[\dXx])(?!\w|-\d)"),
        _serial,
        needs="-",
    ),
)

RULES = (
    # « N° fiscal 12 34 567 890 123 » (DGFiP, numéro fiscal de référence)
    Rule(
        "tax number",
        Lazy(rf"(?P<core>[0-3]{_NO}\d \d\d \d{{3}} \d{{3}} \d{{3}}){_END}"),
        lambda match: ", ".join(grouped(group) for group in match["core"].split()),
    ),
    Rule(
        "IBAN",
        Lazy(r"[A-Z](?<!\w.)[A-Z]\d\d(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,4})?(?!\w)"),
        lambda match: _iban(match) if len(match.group().replace(" ", "")) >= 15 else None,
    ),
    Rule(
        "VAT number",
        Lazy(rf"FR(?<!\wFR) ?(?P<key>\d\d) ?(?P<siren>\d{{3}} ?\d{{3}} ?\d{{3}}){_END}"),
        _vat,
        needs="F",
    ),
    Rule(
        "activity code",
        Lazy(r"(?:APE|NAF)(?<!\w...)\b[^\d\n]{0,12}(?P<core>\d\d\.?\d\d ?[A-Z])(?!\w)"),
        _activity,
    ),
    Rule(
        "national number",
        Lazy(
            rf"([12478]){_NO} ?(\d\d) ?(\d\d) ?"
            rf"(\d\d|2[AB]) ?(\d{{3}}) ?(\d{{3}})(?: ?(\d\d))?{_END}"
        ),
        lambda match: _person(match) if " " in match.group() or len(match.group()) == 15 else None,
    ),
    Rule(
        "SIRET",
        Lazy(rf"\d{_NO}\d\d ?\d{{3}} ?\d{{3}} ?\d{{5}}{_END}"),
        _in_threes,
    ),
    Rule(
        "SIREN",
        Lazy(rf"(?P<core>\d{_NO}\d\d ?\d{{3}} ?\d{{3}}){_END}"),
        lambda match: (
            _in_threes(match)
            if _OF_COMPANY.search(match.string, max(0, match.start() - 90), match.start())
            else None
        ),
    ),
)
