"""Characters: what may stand in a :class:`~ess_access.document.nodes.Text`, and white space.

Everything downstream (XML, liblouis, speech engines) trusts that text went through
:func:`clean` once, at the reader's door.
"""

import re
import unicodedata

__all__ = ["clean", "collapse", "readable"]

# XML 1.0 §2.2 forbids the C0 controls but tab, LF and CR; lone surrogates are not characters;
# U+FFFE and U+FFFF are no characters either. C1 controls are what a wrongly decoded file leaves.
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
# Marks that only steer layout: soft hyphen, zero-width space, word joiner, byte order mark,
# and the controls of text direction. ZWJ and ZWNJ stay: they hold emoji and letters together.
_INVISIBLE = re.compile("[\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]")
_LINE_ENDS = re.compile("\r\n?|\u0085|\u2028|\u2029")
# Not \s: the no-break spaces U+00A0, U+2007 and U+202F are the author's typography.
_SPACES = re.compile("[ \t\n\u2000-\u2006\u2008-\u200a\u205f\u3000\u1680]+")


def clean(text: str) -> str:
    """Drop what is no character, compose accents (NFC), end lines with LF alone."""
    text = _LINE_ENDS.sub("\n", text)
    text = _FORBIDDEN.sub("", text)
    text = _INVISIBLE.sub("", text)
    return unicodedata.normalize("NFC", text)


def collapse(text: str) -> str:
    """Fold each run of breaking white space into one space; no-break spaces stay."""
    return _SPACES.sub(" ", text)


def readable(stem: str) -> str:
    """Make words of a file's name: ``rencontres_de-printemps`` → ``Rencontres de printemps``."""
    words = " ".join(re.split(r"[\s_\-]+", stem)).strip()
    return words[:1].upper() + words[1:]
