"""The two ends of reading aloud: text made plain before the rules, marks in order after them."""

import re
import unicodedata
from functools import cache

from ess_access.french.draft import HELD
from ess_access.french.numbers.cardinals import cardinal
from ess_access.french.symbols import pauses
from ess_access.french.words import mapping

__all__ = ["is_loose", "paused", "plain", "punctuated", "sayable", "without_invisible"]

_SPACES = re.compile(r"[^\S \r\n\u2028\u2029\f\v\x85\x1c-\x1e]")
_LINE = r"(?:\r\n|[\r\n\u2028\u2029\f\v\x85\x1c-\x1e])"
_MANY_SPACES = re.compile(" {2,}")
_LINES = re.compile(rf"[\r\n\u2028\u2029\f\v\x85\x1c-\x1e](?:(?<=\r)\n)?(?:[ ]*{_LINE})*[ ]*")
_SPACE_BEFORE_LINE = re.compile(r" (?=[\r\n\u2028\u2029\f\v\x85\x1c-\x1e])")
_APOSTROPHES = "’‘ʼ‛＇ʹ"
# Compatibility letters that say the same as plain ones: ligatures, full width, mathematics, letters
# in squares, Roman numerals of one sign. Fractions, exponents and circled figures keep their sense.
_COMPATIBLE = re.compile(
    "[\ufb00-\ufb06\uff01-\uff5e\U0001d400-\U0001d7ff\u2100-\u2109\u210a-\u2115\u2118-\u211d"
    "\u2460-\u2473\u3371-\u33dd\u01c4-\u01cc\u0132\u0133\u2126\u212a\u212b]"
)
# « ①② »: each is a number of its own.
_CIRCLED_ROW = re.compile("(?<=[\u2460-\u2473]) ?(?=[\u2460-\u2473])")
# « Mᵐᵉ », « Dʳ », « Sᵗ »: titles whose end is raised; « XIXᵉ » and « nᵒ » keep theirs.
_RAISED = re.compile(
    r"(?<!\w)(?:[MDSPV][ᵃ-ᵛʰ-ˣⁱⁿ]{1,4}|[CG][ᵃ-ᵛʰ-ˣⁱⁿ]{2,4})(?![^\W\d_])(?! ?siècle)"
)
# « 12'345 »: thousands as Switzerland writes them.
_SWISS = re.compile(r"(?<![\w'])\d{1,3}(?:'\d{3})+(?![\w'])")
_KEPT = frozenset("№℃℗℮™℠")
_INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f"
    "\ufe00-\ufe0f\ufeff\ufff9-\ufffb\U000e0000-\U000e0fff]"
)
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff]")


def plain(text: str) -> str:
    """Compose accents, unify spaces, apostrophes and hyphens, settle what line breaks mean."""
    if text.isascii():
        text = text.replace("\t", " ")
    else:
        text = unicodedata.normalize("NFC", _CROWD.sub(_stream_safe, text))
        for sign in _APOSTROPHES:
            text = text.replace(sign, "'")
        text = _CIRCLED_ROW.sub(", ", text)
        text = _RAISED.sub(_composed, _COMPATIBLE.sub(_composed, text))
        text = _SPACES.sub(" ", text.replace("\u2010", "-").replace("\u2011", "-"))
        if _ODD_MARK.search(text):
            text = _ODD_MARK.sub(_plain_mark, text)
        if _STRIKE.search(text):
            text = _STRUCK.sub(_struck, text)
        text = _ARROW_ITEM.sub("• ", _PRIVATE_SIGN.sub(_symbol_font, text))
    if "'" in text and _SWISS.search(text):
        text = _SWISS.sub(lambda match: match.group().replace("'", " "), text)
    text = _SPACE_BEFORE_LINE.sub("", _MANY_SPACES.sub(" ", text) if "  " in text else text)
    return _LINES.sub(_line_break, text)


# Ordering a crowd of accents costs the square of their number: no letter of a language has so many.
_CROWD = re.compile(r"[^\w\s\x00-\u02ff]{31,}")
_CROWD_SIZE = 30


def _stream_safe(match: re.Match[str]) -> str:
    """Part accents at every thirtieth by a joiner (UAX #15, Stream-Safe Text Format)."""
    parted, count = [], 0
    for sign in match.group():
        count = count + 1 if unicodedata.combining(sign) else 0
        if count > _CROWD_SIZE:
            parted.append("\u034f")  # COMBINING GRAPHEME JOINER
            count = 1
        parted.append(sign)
    return "".join(parted)


# What stands for a middle dot or a hyphen in inclusive writing: dots of other scripts, which some
# keyboards give, and the dash that word processors make of a hyphen (« salarié–e–s »).
_ODD_MARKS = {
    "\u02d9": "·", "\u1427": "·", "\u16eb": "·", "\u2024": "·", "\u2e31": "·", "\ua78f": "·",
    "\u2013": "-", "\u2212": "-",
}  # fmt: skip
_ODD_MARK = re.compile(
    r"(?<=[a-zà-öø-ÿ])(?:[\u02d9\u1427\u16eb\u2024\u2e31\ua78f](?=[a-zà-öø-ÿ])"
    # A formula's minus stands between lone letters.
    r"|(?<=[a-zà-öø-ÿ]{3})[\u2013\u2212](?:e[\u2013\u2212]s|es?|s)(?!\w))"
)


def _plain_mark(match: re.Match[str]) -> str:
    return "".join(_ODD_MARKS.get(sign, sign) for sign in match.group())


# An arrow or a hand that stands before an item of a list is its bullet.
_ARROW_ITEM = re.compile(r"^[^\S\n]*[→⇒➔➜➞➡➢➤⟶☛☞](?:[^\S\n])+(?=\w)", re.MULTILINE)
# Word keeps the signs of its fonts Symbol and Wingdings as private characters (Unicode Consortium,
# mappings of Symbol; « Wingdings » of Microsoft Typography).
_SYMBOL_FONT = {
    "\uf0b7": "•", "\uf0a7": "▪", "\uf0d8": "•", "\uf076": "•", "\uf0fc": "✓", "\uf0e0": "→",
    "\uf0e8": "→", "\uf0f0": "→", "\uf0a8": "☐", "\uf06f": "☐", "\uf071": "☐", "\uf072": "☐",
    "\uf0fe": "☑", "\uf0fd": "☒", "\uf028": "☎", "\uf02a": "✉", "\uf0b0": "°", "\uf0b3": "≥",
    "\uf0a3": "≤", "\uf0b1": "±", "\uf0b4": "×", "\uf02d": "−", "\uf0ae": "→",
}  # fmt: skip
_PRIVATE_SIGN = re.compile("[\uf020-\uf0ff]")


def _symbol_font(match: re.Match[str]) -> str:
    return _SYMBOL_FONT.get(match.group(), match.group())


# A whole word struck through or underlined, a mark on each of its letters: the mark is said once.
_STRIKE = re.compile("[\u0332\u0335-\u0338]")
_STRUCK = re.compile(r"(?:[^\W\d_]([\u0332\u0335-\u0338])){2,}")


def _struck(match: re.Match[str]) -> str:
    mark = match.group(1)
    return re.sub("[\u0332\u0335-\u0338]", "", match.group()) + mark


def _composed(match: re.Match[str]) -> str:
    sign = match.group()
    return sign if sign in _KEPT else unicodedata.normalize("NFKC", sign)


_BULLET = re.compile(r"[-–—•‣◦▪■●*]\s|\d+[.)]\s")
_SHORT_LINE = 50


def _line_break(match: re.Match[str]) -> str:
    """Turn a line break into a full stop where a heading or an item ends, else into a space."""
    text, start, end = match.string, match.start(), match.end()
    before = text[max(0, start - _SHORT_LINE) : start]
    after = text[end : end + 4]
    if not before or not after or before[-1] in ".!?…:;,":
        return " "
    is_blank = len(re.findall(_LINE, match.group())) > 1
    is_short = len(before) < _SHORT_LINE or "\n" in before or "\r" in before
    if is_blank or _BULLET.match(after) or (is_short and after[0].isupper()):
        return ". "
    return " "


def without_invisible(text: str) -> str:
    """Take out what no eye sees (joiners, direction marks), after emoji were read."""
    if text.isascii():
        return _CONTROLS.sub(" ", text)
    return _CONTROLS.sub(" ", _INVISIBLE.sub("", text))


_WORD = rf"[^\W\d_]|[{HELD}]"
_APOSTROPHE = re.compile(rf"'(?:(?<![^\W\d_]')|(?![^\W\d_{HELD}]|[{HELD}]))")
_LOOSE_HYPHEN = re.compile(r"-(?:(?<![^\W\d_].)-*|-*(?![^\W\d_]))")


@cache
def _others() -> re.Pattern[str]:
    return re.compile(rf"[^A-Za-zÀ-ÖØ-öø-\u024f\s'.,;:!?{HELD}-]")


def paused(text: str) -> str:
    """Turn quotation marks, brackets, dashes and bullets into pauses; name what is left."""
    text = _others().sub(_paused, text)
    text = _APOSTROPHE.sub(" ", text)
    return _LOOSE_HYPHEN.sub(_hyphen, text) if "-" in text else text


def is_loose(text: str) -> bool:
    """Say whether a text holds a hyphen, an apostrophe or a sign that stands by no letter."""
    return (
        _APOSTROPHE.search(text) is not None
        or ("-" in text and _LOOSE_HYPHEN.search(text) is not None)
        or _others().search(text) is not None
    )


def sayable(text: str) -> str:
    """Name what rules have left in their own words: a user's lexicon may hold anything."""
    return paused(text) if _others().search(text) else text


def _paused(match: re.Match[str]) -> str:
    sign = match.group()
    if sign.isalpha():
        return sign
    if unicodedata.category(sign)[0] == "M":
        return _combining(match)
    commas, stops = pauses()
    if sign in commas:
        return ", "
    if sign in stops:
        return {"…": "... ", "‥": "... ", "¿": " ", "¡": " "}.get(sign) or unicodedata.normalize(
            "NFKC", sign
        ).replace("。", ".").replace("؟", "?").replace("．", ".") + " "
    return _by_category(sign)


def _combining(match: re.Match[str]) -> str:
    """Keep a mark of another script with its letter; name one that Latin has no letter for."""
    start = match.start()
    floor = max(0, start - _CROWD_SIZE)
    while start > floor and unicodedata.category(match.string[start])[0] == "M":
        start -= 1
    before = match.string[start]
    if before.isalpha() and not unicodedata.name(before, "").startswith("LATIN"):
        return match.group()
    name = mapping("symbols", "combining").get(match.group(), "signe diacritique")
    return "" if match.string[match.start() - 1 : match.start()] == match.group() else f" {name} "


def _by_category(sign: str) -> str:
    category = unicodedata.category(sign)
    if category[0] in "ZC":
        return " "
    if category[0] == "N":
        value = unicodedata.numeric(sign)
        return f" {cardinal(int(value))} " if value == int(value) else " symbole "
    if category == "Pc":
        return " "
    return ", " if category[0] == "P" else " symbole "


def _hyphen(match: re.Match[str]) -> str:
    around = (
        match.string[max(0, match.start() - 1) : match.start()]
        + match.string[match.end() : match.end() + 1]
    )
    is_parting = len(match.group()) > 1 or not around.strip() or len(around) < 2 or " " in around
    return ", " if (is_parting and around.strip(" ") in {"", *".,;:!?"}) or around == "  " else " "


# A lone comma or stop between words stands as it should.
_MARKS = re.compile(
    r"[ .,;:!?](?:(?<= )[.,;:!?]|(?<=[;:!?])|(?<=[.,])(?! [^ .,;:!?]))(?: ?[.,;:!?])*+ ?"
)


def punctuated(text: str) -> str:
    """Leave one mark where several met, spaced as in French; none before the first word."""
    text = _MARKS.sub(_strongest, " ".join(text.split()))
    text = _MANY_SPACES.sub(" ", text).strip(" ,;").lstrip(" ,;:")
    text = re.sub(r"^(?:[.,;:!?]\s*)+", "", text)
    return text.strip()


_SPACED = {",": ", ", ".": ". ", ":": " : ", ";": " ; ", "?": " ? ", "!": " ! "}
_STOPPED = re.compile(r" ?\.(?:[,:;]| [:;])")


def _strongest(match: re.Match[str]) -> str:
    marks = match.group().replace(" ", "")
    if len(marks) == 1:
        return _SPACED[marks]
    if "?" in marks or "!" in marks:
        found = "".join(dict.fromkeys(mark for mark in marks if mark in "?!"))
        return f" {found} "
    if "..." in marks:
        return "... "
    if _STOPPED.match(match.group()) and not (
        marks[-1] == "," and match.string[match.end() : match.end() + 1].isupper()
    ):
        # An abbreviation's own stop, and the mark of the sentence: « etc., puis », « tél. : ».
        marks = marks.lstrip(".")
    for mark in ".:;":
        if mark in marks:
            return ". " if mark == "." else f" {mark} "
    return ", "
