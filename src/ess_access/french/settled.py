"""Say whether a sentence that was spoken holds nothing that a rule would read again.

What is said is read once more, for words that marks or figures hid may be known to a rule. Most
sentences hold none; asking what each rule looks for costs a tenth of asking every rule.
"""

import re

from ess_access.french import abbreviations, addresses, cleaning, inclusive
from ess_access.french.numbers import calendar, days, quantities, romans

__all__ = ["is_settled"]

# Capitals that are an acronym's or a numeral's, units without a number, figures, other signs.
_OPEN = re.compile(
    r"[A-ZÀ-ÖØ-Þ](?:[A-ZÀ-ÖØ-Þ.]|(?<=[IVX])(?<!\w.)(?:er?|r?es?|[eè]mes?|ère)?(?!\w)"
    r"|(?<=[LC])(?<!\w.)[eè]mes?(?!\w)|(?<!['’\w].)-)"
    r"|[^A-Za-zÀ-ÖØ-öø-\u024f\s'.,;:!?-]"
)


def is_settled(text: str) -> bool:
    """Say whether no rule has a word to say on a text that was spoken."""
    return not (
        _OPEN.search(text)
        or cleaning.is_loose(text)
        or abbreviations.may_hold(text)
        or addresses.find(text)
        or days.has_short_day(text)
        or calendar.has_short_month(text)
        or romans.has_small(text)
        or quantities.has_unit(text)
        or inclusive.find(text, taken=())
    )
