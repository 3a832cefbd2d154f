"""Texts cut to what a voice can take."""

import re
import unicodedata
from collections.abc import Sequence

__all__ = [
    "TOKEN_CHARACTERS",
    "breathing",
    "clipped",
    "pieces",
    "places",
    "split_tokens",
    "without_markup",
]

# Voices lose the end of a longer token, or fail on it (measured of Pico and eSpeak NG: from 40
# consonants, which are spelled, or 60 digits on). The longest words of French have 25 letters.
TOKEN_CHARACTERS = 30
_VOWEL = re.compile(r"[aeiouy\u00e0-\u00ff\u0153]", re.IGNORECASE)
_DIGIT = re.compile(r"\d")
# After these a listener expects a breath.
_STOPS = (",", ";", ":", ".", "!", "?", "\u2026")
_BREATHS = re.compile(r"(?<=[,;:.!?\u2026])\s+")


def split_tokens(text: str, limit: int) -> str:
    """Put spaces into tokens longer than ``limit`` characters (a voice may hang on them).

    A hyphen or an apostrophe near the limit is where the token is cut, else the limit itself.
    """
    return " ".join(
        part for token in text.split() for part in (_cut(token, limit) if token else ())
    )


def _cut(token: str, limit: int) -> list[str]:
    parts = []
    while len(token) > limit:
        end = max(token.rfind(mark, limit // 2, limit) for mark in ("-", "'", "\u2019", "/")) + 1
        end = end or limit
        while end > 1 and unicodedata.combining(token[end]):
            end -= 1
        parts.append(token[:end])
        token = token[end:]
    parts.append(token)
    return parts


def breathing(text: str, limit: int) -> str:
    """Put a comma where more than about ``limit`` sounds come without a breath.

    eSpeak NG keeps 1,000 phonemes of a clause and drops the others without a word (measured).
    A letter is a sound, but one that is spelled is six, and so is a digit.
    """
    if len(text) * 6 <= limit:
        return text
    tokens = text.split(" ")
    sounds = 0
    for number, token in enumerate(tokens):
        more = _sounds(token)
        if number and sounds + more > limit:
            tokens[number - 1] += ","
            sounds = 0
        sounds = 0 if token.endswith(_STOPS) else sounds + more
    return " ".join(tokens)


def _sounds(token: str) -> int:
    is_word = len(token) > 1 and _VOWEL.search(token) and not _DIGIT.search(token)
    return len(token) if is_word else 6 * len(token)


def pieces(text: str, limit: int) -> tuple[str, ...]:
    """Cut a text in parts of at most ``limit`` characters: at a breath, else at a space.

    A token longer than the limit is cut where :func:`split_tokens` would.
    """
    text = split_tokens(text, limit)
    if len(text) <= limit:
        return (text,) if text else ()
    parts: list[str] = []
    for phrase in _BREATHS.split(text):
        for words in (phrase,) if len(phrase) <= limit else tuple(_by_words(phrase, limit)):
            if parts and len(parts[-1]) + 1 + len(words) <= limit:
                parts[-1] += " " + words
            else:
                parts.append(words)
    return tuple(parts)


def places(words: str, text: str) -> Sequence[int]:
    """Give where each character of ``words`` stands in the text that they were made of.

    Spaces came or went, and commas came: nothing else.
    """
    if words == text:
        return range(len(text))
    found: list[int] = []
    at = 0
    for mark in words:
        while at < len(text) and text[at].isspace():
            at += 1
        found.append(min(at, len(text) - 1))
        if text[at : at + 1] == mark:
            at += 1
    return found


def _by_words(phrase: str, limit: int) -> list[str]:
    lines: list[str] = []
    for word in phrase.split():
        if lines and len(lines[-1]) + 1 + len(word) <= limit:
            lines[-1] += " " + word
        else:
            lines.append(word)
    return lines


def without_markup(text: str) -> str:
    """Replace what a voice would take for markup or for a control by spaces."""
    return "".join(
        " " if mark in "<>&\\" or unicodedata.category(mark) in {"Cc", "Cs", "Co", "Cn"} else mark
        for mark in text
    )


def clipped(text: str, length: int = 60) -> str:
    """Give the beginning of a text, for a message."""
    text = " ".join(text.split())
    return text if len(text) <= length else text[: length - 1].rstrip() + "\u2026"
