"""Units by name, and rates: « par mois », « par mètre carré », « aux cent kilomètres ».

Names: ``data/units.toml`` (BIPM, SI); the words after a slash are those of rates and guides.
"""

import re

from ess_access.french.numbers.cardinals import cardinal
from ess_access.french.words import mapping

__all__ = ["RATES", "per_words", "unit_names"]

RATES = {
    "an": "an", "mois": "mois", "jour": "jour", "j": "jour", "semaine": "semaine", "sem": "semaine",
    "h": "heure", "heure": "heure", "personne": "personne", "pers": "personne", "hab": "habitant",
    "nuit": "nuit", "trimestre": "trimestre", "s": "seconde", "min": "minute", "km": "kilomètre",
    "année": "année", "séance": "séance", "adhérent": "adhérent", "enfant": "enfant",
    "foyer": "foyer", "part": "part", "habitant": "habitant", "salarié": "salarié",
    "bénéficiaire": "bénéficiaire", "dose": "dose", "unité": "unité", "page": "page",
    "mn": "minute", "verre": "verre", "oreille": "oreille", "dent": "dent", "acte": "acte",
    "bénéf": "bénéficiaire", "consultation": "consultation", "équipement": "équipement",
}  # fmt: skip


def unit_names(symbol: str) -> tuple[str, str]:
    """Give the singular and the plural of a unit."""
    singular, _, plural = mapping("units", "units")[symbol].partition("|")
    return singular, plural or (singular if singular[-1] in "sxz" else singular + "s")


def per_words(written: str | None) -> str:
    """Give what follows a slash: « par mois », « par mètre carré »."""
    if not written:
        return ""
    said = []
    for written_rate in written.split("/")[1:]:
        rate = written_rate.strip().rstrip(".")
        if hundred := re.fullmatch(r"(?P<count>100|1 ?000) ?(?P<unit>.+)", rate):
            # « 5 L/100 km »: the usual « aux cent kilomètres », of ways alone.
            count = cardinal(int(hundred["count"].replace(" ", "")))
            said.append(
                f"{'aux' if hundred['unit'] == 'km' else 'pour'} {count} "
                + unit_names(hundred["unit"])[1]
            )
        else:
            name = RATES.get(rate)
            if name is None:
                name = unit_names(rate)[0] if rate in mapping("units", "units") else rate
            said.append(f"par {name}")
    return " " + " et ".join(said)
