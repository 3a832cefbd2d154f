r"""What the rules of a liblouis table can see over a blank: read from the table's own files.

Liblouis translates a text from left to right. Most rules look at their own characters and at one
on either side, which is a blank at the edge of a word, be the word alone or not. The few that
reach further are known by their operands (« par\\sexemple ») or by their opcode. A table that
holds an opcode which this module does not know is one that reaches anywhere.
"""

import itertools
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from ess_access.backends.braille.cells import pattern
from ess_access.backends.braille.multipass import (
    MULTIPASS,
    Rule,
    UnknownError,
    decoded,
    is_plain,
    read_rule,
    taken_away,
)
from ess_access.backends.braille.passes import Signs, joins_of

__all__ = ["ANYWHERE", "Reach", "read_reach"]

# Opcodes that define characters, classes and indicators, or that come to nothing where no
# typeform is given. What their operands hold has no effect over a blank.
_DEFINITIONS = frozenset(
    [
        "attribute",
        "begcapsword",
        "begcomp",
        "begemph",
        "begemphphrase",
        "begemphword",
        "capsletter",
        "class",
        "comp6",
        "digit",
        "display",
        "emphclass",
        "emphletter",
        "emphmodechars",
        "endcapsword",
        "endcomp",
        "endemph",
        "endemphphrase",
        "endemphword",
        "grouping",
        "hyphen",
        "lenemphphrase",
        "letsign",
        "letter",
        "litdigit",
        "lowercase",
        "math",
        "noemphchars",
        "nocontractsign",
        "nonumsign",
        "numsign",
        "punctuation",
        "sign",
        "space",
        "undefined",
        "uppercase",
    ]
)
# Opcodes with lists of characters that liblouis looks ahead or behind for, to the first other one.
_LISTS = frozenset(
    [
        "capsmodechars",
        "midendnumericmodechars",
        "noletsign",
        "noletsignafter",
        "noletsignbefore",
        "numericmodechars",
        "numericnocontchars",
    ]
)
# Rules for a run of characters that ask for no more than the characters beside it.
_RULES = frozenset(
    [
        "always",
        "begmidword",
        "begnum",
        "begword",
        "compbrl",
        "contraction",
        "decpoint",
        "endnum",
        "endword",
        "literal",
        "lowword",
        "midendword",
        "midnum",
        "midword",
        "partword",
        "postpunc",
        "prepunc",
        "prfword",
        "repeated",
        "replace",
        "sufword",
        "word",
    ]
)
_CONDITIONS = frozenset(("before", "after"))  # a class, of the one character beside the rule
_BEFORE_OPCODES = frozenset(("noback", "nofor")) | _CONDITIONS
_KNOWN = _DEFINITIONS | _LISTS | _RULES | MULTIPASS
# Opcodes that say what a character is, and a cell when it is one alone.
_ATTRIBUTES = frozenset(
    [
        "digit",
        "letter",
        "litdigit",
        "lowercase",
        "math",
        "punctuation",
        "sign",
        "space",
        "uppercase",
    ]
)
_NUMBERS = frozenset(("begnum", "decpoint", "endnum", "midnum"))

_DIGITS = tuple("0123456789")


@dataclass(frozen=True, slots=True)
class Reach:
    """The pairs of a word's end and the next word's beginning that a rule joins, in lower case.

    ``is_known`` is false where rules may reach anywhere: then no word stands for itself.
    ``has_places`` says that rules know the first and the last word of a text. A text with one of
    the characters ``unsure`` is read as a whole. ``cells`` are those after which a word is read
    with the word before it.
    """

    pairs: tuple[tuple[str, str], ...] = ()
    digits: frozenset[str] = frozenset(_DIGITS)
    is_known: bool = True
    has_places: bool = False
    unsure: frozenset[str] = frozenset()
    cells: frozenset[str] = frozenset()

    def next_beginnings(self, word: str) -> tuple[str, ...]:
        """Give what the word after this one must begin with, in lower case, for both to be one."""
        folded = word.lower()
        found = [right for left, right in self.pairs if folded.endswith(left)]
        if word[-1:] in self.digits:
            found += sorted(self.digits)  # rules for numbers go from digit to digit
        return tuple(dict.fromkeys(found))


ANYWHERE = Reach(is_known=False)


def read_reach(tables: Iterable[str], resolve: Callable[[str, str], Path | None]) -> Reach:
    """Read tables with what they include.

    ``resolve`` gives the file for the name of a table and the file that includes it (or ``""``).
    """
    pairs: dict[tuple[str, str], None] = {}
    digits = set(_DIGITS)
    signs, rules = _Signs(), list[Rule]()
    dropped, unsure = set[str](), set[str]()
    try:
        for table in tables:
            for words, is_forward in _lines(table, "", resolve, ()):
                opcode, operand = words[0], words[1]
                signs.add(opcode, operand, words[2])
                if opcode == "space":
                    unsure.add(decoded(operand))
                elif opcode in ("digit", "litdigit"):
                    digits.add(decoded(operand))
                elif not is_forward or (opcode == "midnum" and operand == r"\s"):
                    continue  # from digit to digit, see `Reach.next_beginnings`
                elif opcode in MULTIPASS:
                    rule = read_rule(opcode, operand, words[2])
                    rules.append(rule)
                    dropped.update(taken_away(rule))
                    if is_plain(rule):
                        pairs |= dict.fromkeys(_pairs("always", rule.elements[0].value))
                else:
                    pairs |= dict.fromkeys(_pairs(opcode, decoded(operand)))
        joins = joins_of(rules, pairs, signs.found())
    except (UnknownError, OSError, UnicodeDecodeError):
        return ANYWHERE
    has_places = not all(is_plain(rule) for rule in rules)
    return Reach(
        tuple(pairs),
        frozenset(digits),
        has_places=has_places,
        unsure=frozenset((unsure | dropped | digits) - {" "}) if has_places else frozenset(dropped),
        cells=frozenset(pattern(dots.replace("0", "")) for dots in joins),
    )


@dataclass(frozen=True, slots=True)
class _Signs:
    """What definitions say, as they are met."""

    characters: dict[str, set[str]] = field(default_factory=dict)
    cells: dict[str, set[str]] = field(default_factory=dict)
    classes: dict[str, str] = field(default_factory=dict)
    dots: dict[str, set[str]] = field(default_factory=dict)

    def add(self, opcode: str, operand: str, dots: str) -> None:
        if opcode == "attribute":
            if operand in _ATTRIBUTES:
                raise UnknownError  # characters become others than their definitions say
            self.classes[operand] = self.classes.get(operand, "") + decoded(dots)
        elif opcode in _ATTRIBUTES:
            char = decoded(operand)
            self.characters.setdefault(char, set()).add(opcode)
            if "-" not in dots:
                cell = "".join(sorted(dots))
                self.cells.setdefault(cell, set()).add(opcode)
                for twin in {char, char.lower(), char.upper()}:
                    self.dots.setdefault(twin, set()).add(cell)

    def found(self) -> Signs:
        return Signs(self.characters, self.cells, self.classes, self.dots)


def _pairs(opcode: str, text: str) -> Iterator[tuple[str, str]]:
    """Give what stands on both sides of each blank in a rule's characters."""
    if opcode in _DEFINITIONS or " " not in text:
        return
    if opcode in _LISTS or opcode in _NUMBERS:
        raise UnknownError
    pieces = text.lower().split(" ")
    yield from itertools.pairwise(pieces)


def _lines(
    table: str, base: str, resolve: Callable[[str, str], Path | None], opened: tuple[Path, ...]
) -> Iterator[tuple[tuple[str, str, str], bool]]:
    """Give opcode and operands of each line, and whether it is for translation into Braille.

    Lines for reading Braille back are left out, but for what they say of characters.
    """
    path = resolve(table, base)
    if path is None or path in opened:
        raise UnknownError
    for line in path.read_text(encoding="utf-8").replace("\\\n", "").split("\n"):
        words = line.split()
        is_forward = True
        while words and words[0] in _BEFORE_OPCODES:
            is_forward = is_forward and words[0] != "nofor"
            del words[: 2 if words[0] in _CONDITIONS else 1]
        if not words or words[0].startswith("#"):
            continue
        opcode, operand, dots = (*words, "", "")[:3]
        opcode = opcode.lower()
        if opcode == "include":
            yield from _lines(operand, str(path), resolve, (*opened, path))
        elif opcode == "base":
            _check_base(words)
        elif opcode in _ATTRIBUTES or (is_forward and opcode in _KNOWN):
            yield (opcode, operand, dots), is_forward
        elif is_forward:
            raise UnknownError


def _check_base(words: list[str]) -> None:
    """Letters that liblouis holds for one must be so for Python's lower case as well."""
    upper, lower = (decoded(word) for word in ([*words, "", ""])[2:4])
    if upper.lower() != lower.lower():
        raise UnknownError
