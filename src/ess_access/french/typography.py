"""French typography: no-break spaces, text in block capitals.

Sources: Lexique des règles typographiques en usage à l'Imprimerie nationale (2002), « Espacements »
and « Coupures ». One width serves them all: U+00A0, which every font has.
"""

import re

from ess_access.french import addresses
from ess_access.french.words import words

__all__ = ["is_capitals", "no_break", "sentence_case"]

_NBSP = "\u00a0"
_SPACE = "[ \u00a0\u2009\u202f]"

_BREAKS = re.compile(
    rf"""
      (?<=\S){_SPACE}(?=[:;!?»%‰€$£°]|(?:\#|[½¼¾])(?!\w))         # before high marks and units
    | (?<=«){_SPACE}(?=\S)                                        # after an opening quotation mark
    | (?<=\d){_SPACE}(?=\d{{3}}(?!\d))                            # thousands
    | (?<=\d){_SPACE}(?=(?:h|min|s|km|m|cm|mm|kg|g|mg|t|l|cl|ml|ha|kWh|W|Go|Mo|Ko|pt|px)\b(?![’']))
    | (?<=\d){_SPACE}(?=[cdkm]?m[²³])
    | (?<=\bh){_SPACE}(?=\d\d\b)                                  # 12 h 30
    | (?<=\d){_SPACE}(?=(?:millions?|milliards?|ans?|euros?)\b)
    | (?<=\d){_SPACE}(?=(?:janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre
        |novembre|décembre|janv|févr|avr|juil|sept|oct|nov|déc)\b)
    | (?<=\b1er){_SPACE}(?=(?:janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre
        |novembre|décembre)\b)
    | (?<=°){_SPACE}(?=\d) | (?<=°s){_SPACE}(?=\d) | (?<=§){_SPACE}(?=\d)
    | (?<=\bM\.){_SPACE}(?=[A-ZÀ-Ý]) | (?<=\bMM\.){_SPACE}(?=[A-ZÀ-Ý])
    | (?<=\bMme){_SPACE}(?=[A-ZÀ-Ý]) | (?<=\bMmes){_SPACE}(?=[A-ZÀ-Ý])
    | (?<=\bMlle){_SPACE}(?=[A-ZÀ-Ý]) | (?<=\bD[Rr]){_SPACE}(?=[A-ZÀ-Ý])
    | (?<=\b[Pp]r){_SPACE}(?=[A-ZÀ-Ý]) | (?<=\bMe){_SPACE}(?=[A-ZÀ-Ý])
    | (?<=\b[Aa]rt\.){_SPACE}(?=\w) | (?<=\bp\.){_SPACE}(?=\d) | (?<=\bpp\.){_SPACE}(?=\d)
    | (?<=\b[LRD]\.){_SPACE}(?=\d) | (?<=\bfig\.){_SPACE}(?=\d) | (?<=\bchap\.){_SPACE}(?=\w)
    | (?<=\w){_SPACE}(?=[IVXL]+(?:er|re|e|ème|ᵉ)\b)
    | (?<=[IVX]e){_SPACE}(?=siècles?\b)
    | (?<=\d){_SPACE}(?=[–-]{_SPACE}\d)
    """,
    re.VERBOSE,
)


def no_break(text: str) -> str:
    """Turn the spaces that no line may end at into no-break spaces; nothing is added or removed.

    Addresses are left as they stand. Works on one run of text at a time: a space at its very
    beginning or end belongs to its neighbours and stays.
    """
    if " " not in text and "\u2009" not in text:
        return text
    spans = addresses.find(text)
    if not spans:
        return _BREAKS.sub(_NBSP, text)
    inside = set().union(*(range(*span) for span in spans))
    return _BREAKS.sub(lambda match: match.group() if match.start() in inside else _NBSP, text)


_WORD = re.compile(r"[^\W\d_\u00b2\u00b3\u00b9\u2070-\u209f]+")
_CIVILITY = re.compile(r"\s*(?:M|MM|Mr|Dr|Me|Pr)\.? ")
_VOWELS = frozenset("AEIOUYÀÂÄÉÈÊËÎÏÔÖÙÛÜŒÆ")
_ACRONYM_LENGTH = 5
_LONGEST_ACRONYM = 8


def is_capitals(text: str) -> bool:
    """Say whether text is in block capitals: words set in capitals, not a lone acronym.

    « POURQUOI ? » is; « ESS », « CPAM de Brest », « 2024 » are not.
    """
    if text.upper() != text or text.lower() == text:
        return False
    found = _WORD.findall(text)
    if _CIVILITY.match(text) and len(found) <= 3:
        return False  # « M. DUPONT »
    plain = [word for word in found if not _is_acronym(word)]
    if not plain or _is_list_of_acronyms(text, plain):
        return False
    if len(found) == 1 and found[0] in words("acronyms", "spelled"):
        return "?" in text or "!" in text  # « CE » alone is a name; « EN ? » may be a word
    if len(found) == 1:
        return _is_said_as_word(found[0]) or "?" in text or "!" in text
    return any(len(word) > 2 for word in plain)


def _is_list_of_acronyms(text: str, plain: list[str]) -> bool:
    """Say whether words parted by commas are acronyms: « RSA, DREES, IRP », « DMLA, ECG »."""
    unknown = sum(_is_said_as_word(word) for word in plain)
    parts = [part.strip(" .") for part in text.split(",")]
    return (
        len(parts) > 1
        and all(_WORD.fullmatch(part) and len(part) <= _LONGEST_ACRONYM for part in parts)
        and unknown * 2 < len(parts)
    )


def _small(match: re.Match[str]) -> str:
    word, text = match.group(), match.string
    # Letters that touch figures are a number's: « 9695ABCD12 ».
    around = text[max(0, match.start() - 1) : match.start()] + text[match.end() : match.end() + 1]
    is_kept = _is_acronym(word) or any(sign.isdigit() for sign in around)
    return word if is_kept else word.lower()


def sentence_case(text: str) -> str:
    """Put block capitals back into small letters, the first letter and acronyms excepted.

    Text that is not in block capitals comes back as it was. Proper names lose their capital: the
    page does not tell them apart.
    """
    if not is_capitals(text):
        return text
    lowered = _WORD.sub(_small, text)
    first = _WORD.search(lowered)
    if first is None:
        return lowered
    start = first.start()
    return lowered[:start] + lowered[start].upper() + lowered[start + 1 :]


def _is_acronym(word: str) -> bool:
    if len(word) < 2:
        return False
    if word in words("capitals", "words"):
        return False
    if set(word) <= set("IVX"):
        return True  # « TITRE II »: a numeral stays one
    return (
        word in words("acronyms", "spelled")
        or word in words("acronyms", "said")
        or (len(word) > 1 and not _VOWELS.intersection(word))
    )


def _is_said_as_word(word: str) -> bool:
    return word in words("capitals", "words") or len(word) > _ACRONYM_LENGTH or not word.isascii()
