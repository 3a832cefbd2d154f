"""What the multipass rules of a liblouis table can see over a blank.

Where a rule can meet a blank only at its own edge, and leaves that blank to the rules of the next
word, each word is translated by itself, between two blanks.
"""

import itertools
from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass, replace

from ess_access.backends.braille.multipass import (
    CORRECTIONS,
    Element,
    Rule,
    UnknownError,
    is_plain,
)

__all__ = ["Signs", "joins_of"]

_OF_CHARACTERS = (CORRECTIONS, "context")
_BLANK_CELL = "0"
_ATTRIBUTES = {
    "d": "digit",
    "D": "litdigit",
    "l": "letter",
    "m": "math",
    "p": "punctuation",
    "S": "sign",
    "s": "space",
    "U": "uppercase",
    "u": "lowercase",
}
_ALL_CELLS = tuple(
    "".join(str(dot + 1) for dot in range(8) if number >> dot & 1) or _BLANK_CELL
    for number in range(256)
)


@dataclass(frozen=True, slots=True)
class Signs:
    """What a table says of characters and of cells: the attributes of each.

    ``cells`` are the dots of a definition (``"0"`` is the blank) with the attributes that any
    definition gives them. ``classes`` are the characters of the attributes the table names.
    """

    characters: Mapping[str, Set[str]]
    cells: Mapping[str, Set[str]]
    classes: Mapping[str, str]
    dots: Mapping[str, Set[str]]  # a character → the cells that may define it


def joins_of(
    rules: Iterable[Rule], pairs: Iterable[tuple[str, str]], signs: Signs
) -> frozenset[str]:
    """Give the dots of the cells after which a rule takes a blank from the rules of the next word.

    Raises UnknownError where a rule may reach anywhere.
    ``pairs`` are the characters that other rules ask for on both sides of a blank.
    """
    found = tuple(rules)
    joining: set[str] = set()
    for rule in found:
        for at, element in enumerate(() if is_plain(rule) else rule.elements):
            if not _may_be_blank(element, rule.opcode, signs):
                continue
            if not element.is_single:
                raise UnknownError
            is_replaced = rule.zone[0] <= at < rule.zone[1] and not rule.is_copy
            if is_replaced or 0 < at < len(rule.elements) - 1:
                raise UnknownError
            if 0 < at < rule.end:
                joining |= _cells_before(rule, at, found, signs)
    _check_variables(found, signs)
    _check_corrections(found, pairs)
    return frozenset(joining)


def _may_be_blank(element: Element, opcode: str, signs: Signs) -> bool:
    is_text = opcode in _OF_CHARACTERS
    if element.is_not:
        return True
    match element.kind:
        case "string":
            return " " in element.value
        case "dots":
            return _BLANK_CELL in element.value.split("-")
        case "class" if element.value not in signs.classes:
            raise UnknownError  # a table of exchanges, or a name of liblouis's own
        case "class":
            chars = signs.classes[element.value]
            return " " in chars if is_text else _BLANK_CELL in _cells_of(chars, signs)
        case _:
            blank = signs.characters.get(" ") if is_text else signs.cells.get(_BLANK_CELL)
            return any(_ATTRIBUTES[name] in (blank or ()) for name in element.value)


def _cells_of(chars: str, signs: Signs) -> frozenset[str]:
    return frozenset().union(*(signs.dots.get(char, ()) for char in chars))


def _cells_before(rule: Rule, at: int, rules: tuple[Rule, ...], signs: Signs) -> frozenset[str]:
    """Give the cells after which a rule takes the blank away from the rules of the next word."""
    element = rule.elements[at - 1]
    if rule.opcode in _OF_CHARACTERS or element.is_not or not element.is_single:
        raise UnknownError
    match element.kind:
        case "dots":
            cells = frozenset((element.value,))
        case "class":
            cells = _cells_of(signs.classes[element.value], signs)
        case _:
            names = {_ATTRIBUTES[name] for name in element.value}
            # What no definition names is a space for liblouis.
            cells = frozenset(
                dots for dots in _ALL_CELLS if names & (signs.cells.get(dots) or {"space"})
            )
    # The cells known are those of the last pass: no rule may have changed one of these before.
    for other in rules:
        if other.opcode not in _OF_CHARACTERS and other.opcode >= rule.opcode:
            begin, end = other.zone
            replaced = other.elements[begin:end]
            if not other.is_copy and (
                not replaced
                or any(item.kind != "dots" or item.is_not for item in replaced)
                or cells & {dots for item in replaced for dots in item.value.split("-")}
            ):
                raise UnknownError
    return cells


def _check_variables(rules: tuple[Rule, ...], signs: Signs) -> None:
    """Refuse a variable that is not written at each blank nor asked for beside a digit alone."""
    for rule in rules:
        if not rule.tested or (rule.opcode in _OF_CHARACTERS and _has_digit(rule)):
            continue
        at_blank = [
            other
            for other in rules
            if other.opcode == rule.opcode
            and not other.is_at_start
            and _may_be_blank(other.elements[0], other.opcode, signs)
        ]
        nexts = [other.elements[1] for other in at_blank if _is_blank_and_one(other)]
        is_certain = any(replace(element, is_not=not element.is_not) in nexts for element in nexts)
        if not is_certain or not all(
            rule.tested <= other.written and not other.tested for other in at_blank
        ):
            raise UnknownError


def _has_digit(rule: Rule) -> bool:
    return any(
        element.kind == "attributes" and element.value in ("d", "D") and not element.is_not
        for element in rule.elements
    )


def _is_blank_and_one(rule: Rule) -> bool:
    """Say whether a rule asks for a blank, surely, then for one thing."""
    first = rule.elements[0]
    return (
        len(rule.elements) == 2
        and rule.elements[1].is_single
        and first == Element("attributes", "s", is_single=True)
    )


def _check_corrections(rules: tuple[Rule, ...], pairs: Iterable[tuple[str, str]]) -> None:
    """Rules for several words see corrected text: it must end and begin words as print does."""
    asked = set("".join(itertools.chain.from_iterable(pairs)))
    for rule in rules:
        if rule.opcode != CORRECTIONS:
            continue
        replaced = rule.elements[slice(*rule.zone)]
        held = "".join(item.value for item in replaced if item.kind == "string")
        is_taken_away = bool(replaced) and not rule.made and not rule.is_copy and not is_plain(rule)
        if is_taken_away or not asked & set(rule.made.lower()) <= set(held.lower()):
            raise UnknownError
