"""Characters that the code does not hold: their nearest letters, their name, or their number.

Nothing vanishes: what liblouis would turn into a silent blank is written otherwise and said.
"""

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass, field
from functools import cache

from ess_access.backends.braille import cells as c
from ess_access.backends.braille.marks import HELD_SPACE
from ess_access.french.words import mapping

__all__ = ["Replacements", "mend_unknown"]

# Marks that carry no print of their own: joiners, selectors of a glyph, direction, soft hyphen.
_SILENT = re.compile(
    "[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u034f\u061c\u180e\u200b-\u200f"
    "\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\ufff9-\ufffb\U000e0000-\U000e01ef]"
)
# Spaces, raised and lowered characters: `mending` turns them into what the code knows.
_LEFT_TO_MENDING = (
    " \t\n\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u2800\u3000"
    "\u00aa\u00b2\u00b3\u00b9\u02b0-\u02b8\u02e1-\u02e3\u1d2c-\u1d6a\u2070-\u209c"
)
# Pictures of several characters: flags, tones of skin, pictures joined into one.
_TONES = "[\U0001f3fb-\U0001f3ff]"
_PICTURE = f"[\u2190-\u2bff\U0001f000-\U0001faff]\ufe0f?{_TONES}?"
_CLUSTER = re.compile(
    "[\U0001f1e6-\U0001f1ff]{2}|\U0001f3f4[\U000e0020-\U000e007e]+\U000e007f"
    rf"|{_PICTURE}(?:\u200d{_PICTURE})+|[\u2190-\u2bff\U0001f000-\U0001faff]{_TONES}"
)
_CLUSTERS = re.compile("[\u200d\U0001f1e6-\U0001f1ff\U0001f3f4\U0001f3fb-\U0001f3ff]")
_TONE = re.compile(_TONES)
# 2.4a: signs of music are announced, after a space or a bracket, and followed by the return to
# the text's own code.
_MUSIC = re.compile("[♭♮♯]")
_MUSIC_AFTER_WORD = re.compile(r"(?<=\w)(?=[♭♮♯])")
# « 2½ » is « 2 1/2 »: without a space it would read as twenty-one halves.
_MIXED_FRACTION = re.compile("(?<=[0-9])(?=[\u00bc-\u00be\u2150-\u215f\u2189])")


# What French prose is written with, and no rule of this module is about.
_PROSE = (
    "abcdefghijklmnopqrstuvwxyzàâæçèéêëîïôœùûüÿABCDEFGHIJKLMNOPQRSTUVWXYZÀÂÆÇÈÉÊËÎÏÔŒÙÛÜŸ"
    "!\"#$%&'()*+,-./:;<=>?@[\\]_{|}«»°§€…–—‘’“”"
)


@dataclass(slots=True)
class Replacements:
    """What was written otherwise: a character → how, with how often it was met."""

    letters: dict[str, str] = field(default_factory=dict)
    signs: dict[str, str] = field(default_factory=dict)
    counts: Counter[str] = field(default_factory=Counter)


@cache
def _pattern() -> re.Pattern[str]:
    """Match one character that the code's tables do not hold."""
    table = c.code()
    known = "".join(
        sorted(
            set("".join(table.letters))
            | {char.upper() for char in table.letters if len(char.upper()) == 1}
            | set(table.digits)
            | set(table.arithmetic)
            | set(table.signs)
        )
    )
    return re.compile(f"[^{re.escape(known)}{_LEFT_TO_MENDING}\u2801-\u283f\ue010-\ue02f]")


@cache
def _unusual() -> re.Pattern[str]:
    """Match one character, outside of French prose, that may need more than a look.

    The set of French prose is small and ends early: `re` seeks what is not of it four times as
    fast as what a rule is about.
    """
    table = c.code()
    usual = {char for char in _PROSE if table.knows(char)}
    return re.compile(f"[^{re.escape(''.join(sorted(usual)))} 0-9\u00a0\u202f]")


@cache
def _greek_word() -> re.Pattern[str]:
    return re.compile("[\u0370-\u03ff\u1f00-\u1fff]{2,}")


def mend_unknown(text: str, met: Replacements) -> str:
    """Write every unknown character otherwise, and note it in ``met``.

    CBFU 2.5: a foreign letter is its nearest Latin letters. A sign with a French name, or without,
    is told in a transcriber's note (3.3c).
    """
    if (text.isascii() and text.isprintable()) or not _unusual().search(text):
        return text
    if _CLUSTERS.search(text):
        text = _CLUSTER.sub(lambda found: _picture(found[0], met), text)
    if _MUSIC.search(text):
        text = _MUSIC_AFTER_WORD.sub(" ", text)
        text = _MUSIC.sub(lambda found: c.code().music[found[0]].replace(c.HELD, HELD_SPACE), text)
    text = _MIXED_FRACTION.sub(HELD_SPACE, _SILENT.sub("", text))
    if not _pattern().search(text) and not _greek_word().search(text):
        return text
    text = unicodedata.normalize("NFC", text)
    text = _pattern().sub(lambda found: _written(found[0], met) or _unmarked(found, met), text)
    return _greek_word().sub(lambda found: _spelled(found[0], met), text)


def _name(char: str) -> str | None:
    """Name a sign as every edition does: our own names, else those of Unicode's CLDR."""
    own = c.code().names.get(char)
    return own or mapping("symbols", "names").get(char) or mapping("emoji", "names").get(char)


def _picture(written: str, met: Replacements) -> str:
    """Name a picture of several characters; one without a name is left to its parts."""
    bare = _TONE.sub("", written.replace("\ufe0f", ""))
    name = _name(bare)
    if name is None:
        return written
    tones = [_name(tone) or "" for tone in _TONE.findall(written)]
    return _noted_sign(written, " ".join([name, *tones]), met)


def _noted_sign(written: str, name: str, met: Replacements) -> str:
    met.signs[written] = name
    met.counts[written] += 1
    return f" {c.NOTE_OPEN}{name}{c.NOTE_CLOSE} "


def _spelled(word: str, met: Replacements) -> str:
    """Spell a word in Latin letters (2.5; example 6 spells a Greek word so)."""
    return "".join(_written(char, met, is_word=True) for char in word)


def _written(char: str, met: Replacements, *, is_word: bool = False) -> str:
    table = c.code()
    if char in table.same:
        return table.same[char]
    base = unicodedata.normalize("NFD", char)[0].lower()
    if not is_word and base in table.signs:  # a Greek letter that the code holds
        return base.upper() if char.isupper() else base
    if base in table.nearest:
        return _noted_letter(char, table.nearest[base], met)
    if base in table.letters and base.isalpha():
        return _noted_letter(char, base, met)
    compatible = "".join(table.same.get(part, part) for part in _compatible(char))
    if compatible != char and all(part in " ²³" or table.knows(part) for part in compatible):
        return compatible
    if unicodedata.category(char) in {"Mn", "Me", "Cf", "Cc", "Cs"}:
        return ""  # a lone mark over a letter that stands already
    return _noted_sign(char, _name(char) or f"U+{ord(char):04X}", met)


def _compatible(char: str) -> str:
    """Give the plain characters that one stands for; « ㎡ » keeps its exponent, for `mending`."""
    kind, *parts = unicodedata.decomposition(char).split() or [""]
    if kind == "<square>" and parts[-1:] in (["00B2"], ["00B3"]):
        return "".join(chr(int(part, 16)) for part in parts)
    return unicodedata.normalize("NFKC", char)


def _unmarked(found: re.Match[str], met: Replacements) -> str:
    """Note a letter that stands without the mark that it had in print (« x̌ »)."""
    letter = found.string[found.start() - 1 : found.start()]
    if letter.isalnum():
        _noted_letter(letter + found[0], letter, met)
    return ""


def _noted_letter(char: str, letters: str, met: Replacements) -> str:
    met.letters[char] = letters
    met.counts[char] += 1
    return letters.capitalize() if char.isupper() else letters
