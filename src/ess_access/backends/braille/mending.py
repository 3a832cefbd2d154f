"""Mend print before it is translated: spaces, quotes, numbers and ordinals by the code's rules.

Pure functions from text to text. A space in the result is a blank cell between two tokens; what
:mod:`integral` must know is left as its private marks.
"""

import re
import unicodedata

from ess_access.backends.braille.holding import hold, no_break_spaces
from ess_access.backends.braille.integral import DIGIT_SPACE, LOWER, RAISE, SINGLE, script
from ess_access.backends.braille.marks import ADDRESS_ON, FILL, HELD_SPACE

__all__ = ["mend", "operations_joined"]

_SPACES = re.compile("[ \t\n\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u2800\u3000]+")
_DIGIT = re.compile("[0-9]")

# --- digits (CBFU 1.2e) -------------------------------------------------------------------

_NO_BREAK = re.compile("[\u00a0\u2007\u2009\u202f]")
_ANY_SPACE = "[ \u00a0\u2007\u2009\u202f]"
_SPACED_DIGITS = re.compile(f"[0-9]{_ANY_SPACE}[0-9]")
# The digit first, then what stands before it: `re` seeks a set of characters fast.
_DIGIT_RUN = re.compile(rf"\d(?<![\w,.]\d)\d*(?:{_ANY_SPACE}\d+)+(?:,\d+)?(?![\w,]\d)", re.ASCII)
# Lengths of the groups that are one number in French print: thousands; telephone numbers;
# registers of firms; social security; cards and accounts. Others (« 1 2 3 500 ») stay apart.
_ONE_NUMBER = re.compile(r"[123]3+|433|13222?|335|3335|1222332?|122233|4444|44444+[1-3]?|334")
_CALL = re.compile(r"0\d(?: \d\d){4}|3\d \d\d")  # « 01 44 49 35 35 », « 39 19 »
_FOREIGN_CALL = re.compile(
    rf"(?<!\w)\+\d{{1,3}}{_ANY_SPACE}(?:\(0\){_ANY_SPACE}?)?\d{{1,3}}"
    rf"(?:{_ANY_SPACE}\d{{2,4}}){{2,5}}(?!\w)",
    re.ASCII,
)
# « (33) 1 44 49 35 35 », « 00 33 1 44 49 35 35 », « +33(0)1 44 49 35 35 »
_PREFIXED_CALL = re.compile(
    rf"(?:(?<=\(\d\d\) )|(?<=\(0\))|\b00{_ANY_SPACE}\d\d{_ANY_SPACE})"
    rf"\d(?:{_ANY_SPACE}\d\d){{4}}(?!\w)",
    re.ASCII,
)
_ABROAD = re.compile(f"00{_ANY_SPACE}[0-9]")
# 1.2c, « J4K 5G4 »
_POSTCODE = re.compile(rf"([A-Z](?<!\w[A-Z])\d[A-Z])[ {HELD_SPACE}](\d[A-Z]\d)\b")


def _shape(groups: list[str]) -> str:
    return "".join(str(min(len(group), 9)) for group in groups)


def _grouped(match: re.Match[str]) -> str:
    run = match[0]
    if _NO_BREAK.search(run):
        return _NO_BREAK.sub(DIGIT_SPACE, run)  # the author said what belongs together
    number, comma, decimals = run.partition(",")
    groups = number.split(" ")
    if _ONE_NUMBER.fullmatch(_shape(groups)) or _CALL.fullmatch(number):
        return DIGIT_SPACE.join(groups) + comma + decimals
    if len(groups[0]) >= 4 and re.fullmatch("[123]3+", _shape(groups[1:])):
        # A year before a number: « en 2020 1 200 personnes ».
        return groups[0] + " " + DIGIT_SPACE.join(groups[1:]) + comma + decimals
    return run


def _group_digits(text: str) -> str:
    if "+" in text:
        text = _FOREIGN_CALL.sub(lambda found: re.sub(_ANY_SPACE, DIGIT_SPACE, found[0]), text)
    if not _SPACED_DIGITS.search(text):
        return text
    if "(" in text or _ABROAD.search(text):
        text = _PREFIXED_CALL.sub(lambda found: re.sub(_ANY_SPACE, DIGIT_SPACE, found[0]), text)
    return _DIGIT_RUN.sub(_grouped, text)


# --- raised characters (CBFU 1.5) -----------------------------------------------------------

_SUPERSCRIPT = re.compile(
    "[\u00aa\u00b2\u00b3\u00b9\u02b0-\u02b8\u02e1-\u02e3\u1d2c-\u1d6a\u2070-\u207f]+"
)
_SUBSCRIPT = re.compile("[\u2080-\u209c]+")
_ORDINAL = re.compile(
    r"(\d(?<!\w\d)\d*)(ers?|ères?|res?|es?|èmes?|emes?|ièmes?|nds?|ndes?|de|des)\b(?!['’])"
)
# « ARTICLE 1ER », « LE 2E ÉTAGE », « AU XXE SIÈCLE »: « LA VIE » and « VIVE » are no ordinals.
_CAPITAL_ORDINAL = re.compile(
    r"(\d(?<!\w\d)\d*)(ERS?|ÈRES?|RES?|I?[ÈE]MES?|NDE?S?|E(?= [A-ZÀ-ÖØ-Þ]{2}))\b(?!['’])"
)
_CAPITAL_ROMAN = re.compile(
    r"\b(I(?=[EÈ]R)|(?!VIE)(?=[IVX]{2})X{0,3}(?:IX|IV|V?I{0,3}))"
    r"([EÈ]RE?S?|I?[ÈE]MES?|E(?= [A-ZÀ-ÖØ-Þ]{2}))\b(?!['’])"
)
# A single letter is a numeral before few suffixes: « Vers », « Inde », « Ces » are words.
_ROMAN_ORDINAL = re.compile(
    r"\b(I(?=ers?\b|ères?\b|res?\b)|[VX](?=es?\b|i?èmes?\b)"
    r"|(?=[IVXLCDM]{2})M{0,3}(?:CM|CD|D?C{0,3})(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3}))"
    r"(ers?|ères?|res?|es?|i?èmes?|m?es?|nds?|ndes?)\b(?!['’])"
)


def _plain(match: re.Match[str]) -> str:
    return unicodedata.normalize("NFKC", match[0]).replace("\u2212", "−")


# --- operators (CBFU 1.2a, 1.2b) -------------------------------------------------------------

_POWER = rf"(?:[{RAISE}{LOWER}][\dn]+)?"
_OPERAND = (
    rf"(?:[\d.,{DIGIT_SPACE}]*\d(?:[a-z](?!\w))?"
    # « 5 g + 3 g »: a letter after a number and a space is its unit.
    rf"|(?<![0-9][ {HELD_SPACE}])[a-zA-Z]){_POWER}"
)
_GAP = f"[ {HELD_SPACE}]?"
_EQUALS = rf"(?:{_GAP}={_GAP}{_OPERAND})"
# An equality alone (« 5 g = 44% ») keeps its spaces, as the code prints it (3.10).
_OPERATION = re.compile(
    rf"(?<![\w'{RAISE}{LOWER}]){_OPERAND}{_EQUALS}*(?:{_GAP}[+×÷−]{_GAP}{_OPERAND}{_EQUALS}*)+(?!\w)"
)
# A sum with its result says what its signs are: « 8 - 3 = 5 », « 6 : 2 = 3 », « 2 x 3 = 6 ».
_NUMERAL = rf"[\d.,{DIGIT_SPACE}]*\d"
_SUM = re.compile(
    rf"(?<![\w'.,]){_NUMERAL}(?:{_GAP}[-:x*+×÷−]{_GAP}{_NUMERAL})+{_GAP}={_GAP}[-−]?{_NUMERAL}"
    rf"(?![.,]?\w)"
)
_INNER_SPACE = re.compile(f"[ {HELD_SPACE}]")
_OPERATOR = re.compile("[+×÷=−]")

# --- punctuation (CBFU 1.3, 1.4) ---------------------------------------------------------------

_SINGLE_QUOTES = re.compile("(?<!\\w)‘([^‘’]*)’(?!\\w)")
_SPACED_QUOTES = re.compile('(?<![^ (])" ([^"]*[^" ]) "(?![\\w"])')
# 3.8: a blank to fill, less than a row; print draws it with points or strokes.
_FILL = re.compile(r"_{3,}|\.{5,}|(?<!\w)\.{4}|…{2,}|(?:\. ){3,}\.")
_BEFORE_MARK = re.compile(
    rf"[ {HELD_SPACE}][ {HELD_SPACE}]*(?=[;:?!,.»”)\]])"
    r"(?=[;:?!]+(?![\w/\\;:?!])|,(?!\d)|\.(?![\w/\\.])|[»”)\]])"
)
_AFTER_MARK = re.compile(rf"([«“(\[])[ {HELD_SPACE}]+")
_SPACE_BEFORE = re.compile(rf"[ {HELD_SPACE}][;:?!,.»”)\]]")
_SPACE_AFTER = re.compile(rf"[«“(\[][ {HELD_SPACE}]")


_ORDINAL_HINT = re.compile("[0-9][eèrnid]")
_CAPITAL_HINT = re.compile("[0-9][EÈRNI]")
# One set each: `re` seeks a set of characters fast, and alternatives slowly.
_ODD_SPACE = re.compile("[\t\n\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u2800\u3000]")
_SCRIPTS = re.compile(f"[{_SUPERSCRIPT.pattern[1:-2]}{_SUBSCRIPT.pattern[1:-2]}]")
_CAPITAL_ROMAN_HINT = re.compile("[IVX](?:[EÈ]RE?S?|I?[ÈE]MES?|E)\\b")
_ROMAN_HINT = re.compile(
    "[IVXLCDM](?:(?<=[IVX])|(?<=[IVXLCDM]{2}))(?:er|ère|re|e|i?ème|me|nde?)s?\\b"
)


def operations_joined(text: str) -> str:
    """Give a text with its operations as the words that they are in Braille (1.2b)."""
    if not _OPERATOR.search(text):
        return text
    return mend(text).replace(HELD_SPACE, " ")


def mend(text: str) -> str:
    """Mend a text: one space or held space between tokens, marks for numbers and raised characters.

    Most paragraphs need little: each rule is tried where a quick look finds its matter.
    """
    if "‘" in text:
        text = _SINGLE_QUOTES.sub('"\\1"', text)
    text = text.replace("’", "'")
    is_code = ADDRESS_ON in text  # its spaces and its signs are its own
    if '" ' in text and not is_code:
        text = _SPACED_QUOTES.sub(r'"\1"', text)
    if not is_code and ("___" in text or "...." in text or "……" in text or ". . ." in text):
        text = _FILL.sub(FILL, text)
    has_digits = _DIGIT.search(text) is not None
    if has_digits:
        text = _group_digits(text)
        if _ORDINAL_HINT.search(text):
            text = _ORDINAL.sub(rf"\1{RAISE}\2", text)
        if _CAPITAL_HINT.search(text):
            text = _CAPITAL_ORDINAL.sub(rf"\1{RAISE}\2", text)
    if not text.isascii():
        text = no_break_spaces(text)
    if "  " in text or _ODD_SPACE.search(text):
        text = _SPACES.sub(" ", text)
    if _SCRIPTS.search(text):
        text = _SUPERSCRIPT.sub(lambda found: script(RAISE, _plain(found)), text)
        text = _SUBSCRIPT.sub(lambda found: script(LOWER, _plain(found)), text)
    if _ROMAN_HINT.search(text):
        text = _ROMAN_ORDINAL.sub(rf"\1{RAISE}\2", text)
    if _CAPITAL_ROMAN_HINT.search(text):
        text = _CAPITAL_ROMAN.sub(rf"\1{RAISE}\2", text)
    if has_digits:
        text = _POSTCODE.sub(rf"{SINGLE}\1 {SINGLE}\2", text)
    if has_digits and "=" in text and not is_code:
        text = _SUM.sub(lambda found: _INNER_SPACE.sub("", found[0]), text)
    if _OPERATOR.search(text):
        text = _OPERATION.sub(lambda found: _INNER_SPACE.sub("", found[0]), text)
    if _SPACE_BEFORE.search(text):
        text = _BEFORE_MARK.sub("", text)
    if _SPACE_AFTER.search(text):
        text = _AFTER_MARK.sub(r"\1", text)
    return hold(text) if has_digits else text
