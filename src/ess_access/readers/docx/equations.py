"""Formulas of old documents: the ``EQ`` field, written out on one line."""

__all__ = ["equation"]

_DEEPEST = 40
_OPENS, _CLOSES = "(", ")"
_MARKS = ";,"  # the list separator is that of the machine that wrote the field


def equation(written: str) -> str:
    r"""Write an ``EQ`` instruction on one line: ``\f(1;2)`` as « 1/2 », ``\r(3;x)`` as « ∛x ».

    What a switch draws (arrays, brackets, boxes, indices) is given by its elements, in order.
    """
    text, _ = _read(written.strip(), 0, depth=0, until="")
    return " ".join(text.split())


def _read(written: str, at: int, *, depth: int, until: str) -> tuple[str, int]:
    """Read up to one of ``until`` that no parenthesis holds; give the words and where they end."""
    found: list[str] = []
    held = 0
    while at < len(written):
        letter = written[at]
        if letter == "\\" and at + 1 < len(written):
            if not written[at + 1].isalpha():  # an escaped sign
                found.append(written[at + 1])
                at += 2
                continue
            words, at = _switch(written, at, depth=depth)
            found.append(words)
            continue
        if not held and letter in until:
            break
        held += (letter == _OPENS) - (letter == _CLOSES)
        found.append(letter)
        at += 1
    return "".join(found), at


def _switch(written: str, at: int, *, depth: int) -> tuple[str, int]:
    r"""Read a switch, its own options (``\s\up8``) and its elements between parentheses."""
    name = written[at + 1].lower()
    at += 2
    while at < len(written) and (written[at] in "\\ " or written[at].isalnum()):
        # After a backslash, a sign is no parenthesis of ours but the bracket to draw.
        at += 1 + (written[at] == "\\" and not written[at + 1 : at + 2].isalnum())
    if at >= len(written) or written[at] != _OPENS or depth > _DEEPEST:
        return "", at
    elements: list[str] = []
    while at < len(written) and written[at] != _CLOSES:
        words, at = _read(written, at + 1, depth=depth + 1, until=_MARKS + _CLOSES)
        elements.append(" ".join(words.split()))
    return _shown(name, elements), at + 1


def _shown(name: str, elements: list[str]) -> str:
    match name, elements:
        case "f", [over, under]:
            return f"{_held(over)}/{_held(under)}"
        case "r", [radicand]:
            return f"\N{SQUARE ROOT}{_held(radicand)}"
        case "r", ["" | "2", radicand]:
            return f"\N{SQUARE ROOT}{_held(radicand)}"
        case "r", ["3", radicand]:
            return f"\N{CUBE ROOT}{_held(radicand)}"
        case "r", [degree, radicand]:
            return f"{_held(radicand)}^(1/{_held(degree)})"
        case "b", _:
            return f"({' '.join(elements)})"
        case "l", _:
            return ", ".join(elements)
        case _:
            return " ".join(elements)


def _held(words: str) -> str:
    """Put parentheses around what would else be taken apart."""
    return words if words.isalnum() or not words else f"({words})"
