"""Cut written French into sentences.

A full stop ends a sentence only when it closes neither an abbreviation, an initial, a number
nor an address. « etc. » ends one when a capital follows.
"""

import re

from ess_access.french import addresses
from ess_access.french.words import words

__all__ = ["sentences"]

# The mark, whatever closes around it, a space, then what may begin a sentence.
_END = re.compile(
    r"(?P<mark>[.!?…]+)(?P<closing>[\u00a0\u202f ]?»|[)\]”\"’']*)(?P<space>\s+)"
    r"(?=(?P<next>[«“\"(\[—–•-]*[\u00a0\u202f ]?\w))"
)
_BLANK_LINE = re.compile(r"(?:\r\n|\r|\n|\u2028)[^\S\r\n]*(?:\r\n|\r|\n|\u2028)\s*|\u2029\s*|\f\s*")
_LAST_WORD = re.compile(r"[\w’'°·-]+(?:\.[\w’'°-]+)*$")
_DOTTED_CAPITALS = re.compile(r"(?:\w['’])?(?:[A-ZÀ-Ý]\.-?)+[A-ZÀ-Ý]")
_OPENER = re.compile(r"[^\W\d_]+")
_LONGEST_WORD = 40


def sentences(text: str) -> tuple[str, ...]:
    """Cut text into sentences, without the spaces around them; blank lines part them too.

    ``" ".join(sentences(text)).split() == text.split()``: no word is lost or moved.
    """
    found: list[str] = []
    for paragraph in _BLANK_LINE.split(text):
        found.extend(_cut(paragraph))
    return tuple(found)


def _cut(paragraph: str) -> list[str]:
    spans = addresses.find(paragraph)
    found: list[str] = []
    start = 0
    span = 0
    for match in _END.finditer(paragraph):
        while span < len(spans) and spans[span][1] <= match.start("mark"):
            span += 1
        if span < len(spans) and spans[span][0] <= match.start("mark"):
            continue
        if _ends(paragraph, match, start):
            end = match.start("space")
            if words_ := paragraph[start:end].strip():
                found.append(words_)
            start = end
    if rest := paragraph[start:].strip():
        found.append(rest)
    return found


def _ends(paragraph: str, match: re.Match[str], start: int) -> bool:
    following = match["next"]
    first = following[-1]
    if first.islower():
        # « Vraiment ? demanda-t-elle », « (voir p. 4) suivi de »
        return False
    if match["mark"] != ".":
        # « Mutuelles, coopératives… 12 membres » goes on; « Vraiment ! 12 membres » does not.
        return not (match["mark"] in {"…", "..."} and first.isdigit())
    before = paragraph[max(start, match.start() - _LONGEST_WORD) : match.start()]
    word = _LAST_WORD.search(before)
    if word is None:
        return True
    opener = _OPENER.match(paragraph, match.end("space"))
    if _DOTTED_CAPITALS.fullmatch(word.group()) and opener is not None:
        # « la S.A.R.L. Dupont » goes on; « aux U.S.A. Il revient » does not.
        return opener.group() in words("sentences", "openers")
    return not _is_abbreviated(word.group(), first, is_first=not before[: word.start()].strip())


def _is_abbreviated(word: str, first: str, *, is_first: bool) -> bool:
    """Say whether the stop after ``word`` is the word's own and the sentence goes on."""
    bare = re.split(r"[’']", word)[-1]
    if bare in words("sentences", "always"):
        return True
    if first.isdigit() and bare.lower() in words("sentences", "before_number"):
        return True
    if bare.isdigit():
        return is_first  # « 1. Introduction »
    if len(bare) == 1 and bare.isupper():
        return bare not in {"À", "Y"}  # an initial: « J. Dupont », « plan B. Ensuite » is rarer
    if re.fullmatch(r"(?:\w\.)+\w", bare):
        return bare.lower() in words("sentences", "dotted")
    return is_first and re.fullmatch(r"[IVX]+|[a-zA-Z]", bare) is not None
