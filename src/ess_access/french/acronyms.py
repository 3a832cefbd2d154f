"""Acronyms that a document teaches: « ESS (économie sociale et solidaire) »."""

import re
from collections.abc import Iterable, Mapping

__all__ = ["learn"]

_AFTER = re.compile(r"\b(?P<acronym>[A-ZÀ-Ý][A-ZÀ-Ý0-9]{1,9})[ \u00a0]\((?P<words>[^()]{5,120})\)")


def learn(texts: Iterable[str]) -> Mapping[str, str]:
    """Give what acronyms stand for, as the texts say it."""
    taught: dict[str, str] = {}
    for text in texts:
        for match in _AFTER.finditer(text):
            initials = [word[0].upper() for word in re.findall(r"[^\W\d_]{2,}", match["words"])]
            if initials and initials[0] == match["acronym"][0]:
                taught.setdefault(match["acronym"], match["words"])
    return taught
