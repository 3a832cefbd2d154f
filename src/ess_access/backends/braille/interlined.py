"""The print of each word of cells, so that a preview shows it under the row that holds it."""

from ess_access.backends.braille import cells as c

__all__ = ["print_words"]


def print_words(cells: str, printed: str) -> list[str]:
    """Give as many prints as ``cells`` has words, parted by a blank.

    Contracted Braille writes some locutions as one word, their parts joined by dots 456
    (« tout à fait »: ⠡⠸⠷⠸⠋); their print is kept together. Where the words still do not
    answer each other, they are given as they stand.
    """
    words = printed.split(" ")
    parts = cells.split(c.BLANK)
    if len(parts) == len(words):
        return words
    sizes = [1 + part[1:].count(c.EMPHASIS) for part in parts]
    if sum(sizes) != len(words):
        return words
    found: list[str] = []
    at = 0
    for size in sizes:
        found.append(" ".join(words[at : at + size]))
        at += size
    return found
