"""Boxes to tick before the items of a list: their state in words, for it must be heard and felt."""

import re

__all__ = ["state_in_words", "typed_task"]

_BOX = re.compile(r"\[([ xX])\](?=\s+\S)\s+")


def state_in_words(lang: str, *, done: bool) -> str:
    """Give what stands before a task, in the language of the document: French, else English."""
    if lang.lower().partition("-")[0] == "fr":
        return "fait\N{NO-BREAK SPACE}: " if done else "à faire\N{NO-BREAK SPACE}: "
    return "done: " if done else "to do: "


def typed_task(words: str, lang: str) -> str:
    """Put a typed box (« [ ] » or « [x] ») at the beginning of an item's words into words."""
    box = _BOX.match(words)
    if box is None:
        return words
    return state_in_words(lang, done=box[1] != " ") + words[box.end() :]
