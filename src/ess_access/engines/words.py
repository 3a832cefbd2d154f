"""Texts cut to what a voice can take."""

import re
import unicodedata

__all__ = ["clipped", "pieces", "split_tokens", "without_markup"]

# After these a listener expects a breath.
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
