"""Elide before a « un » that counts: « moins d'un euro », « qu'une personne ».

Le Bon Usage § 49: « de » is elided before the numeral « un » with its noun; not where « un » is a
bound (« de un à trois ans ») nor where a decimal follows (« de un virgule cinq »), as one says it.
Nothing is elided before « huit » and « onze » (§ 50).
"""

import re

from ess_access.french.draft import HELD, Draft

__all__ = ["elide"]

_BEFORE = re.compile(
    rf"(?<!\w)(?P<word>(?i:d|qu|jusqu|lorsqu|puisqu|quoiqu))e (?P<number>[{HELD}])(?P<after> à )?"
)
_ONE = re.compile(r"(?:un(?! (?:virgule|à|sur|point|tiret)\b)|une)\b(?!,)")


def elide(draft: Draft) -> None:
    """Elide « de » and « que » before what was written « 1 » and is said « un » or « une »."""

    def elided(match: re.Match[str]) -> str:
        number = draft.settled(match["number"])
        is_one = re.match(r"1(?!\d)", number.before) and _ONE.match(number.after)
        if not is_one or (match["after"] and not number.after.startswith("une")):
            return match.group()
        return f"{match['word']}'{match['number']}{match['after'] or ''}"

    draft.text = _BEFORE.sub(elided, draft.text)
