"""What rules of numbers have in common: how a number is written, searched fast."""

__all__ = ["ALONE", "INTEGER", "NUMBER", "integer_after", "number_after"]

# A number of more groups is none; without an end, long rows of figures would cost their square.
INTEGER = r"(?:\d{1,3}(?: \d{3}){1,40}(?!\d)|\d{1,3}(?:\.\d{3})+(?=,\d)|\d+)"
NUMBER = rf"(?:{INTEGER}(?:[.,]\d+)?)"


def integer_after(allowed: str) -> str:
    """Give the pattern of a whole number before which ``allowed`` holds.

    ``allowed`` is asked after the first figure, which it names by a dot: a pattern that begins
    with a figure is searched much faster than one that begins with a question.
    """
    rest = r"(?:\d{0,2}(?: \d{3}){1,40}(?!\d)|\d{0,2}(?:\.\d{3})+(?=,\d)|\d*)"
    return rf"\d{allowed}{rest}"


def number_after(allowed: str) -> str:
    """Give the pattern of a number as :func:`integer_after` does, decimals included."""
    return rf"{integer_after(allowed)}(?:[.,]\d+)?"


# No letter, figure, comma or stop before.
ALONE = r"(?<![\w,.].)"
