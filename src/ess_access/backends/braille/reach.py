r"""What the rules of a liblouis table can see over a blank: read from the table's own files.

Liblouis translates a text from left to right. Most rules look at their own characters and at one
on either side, which is a blank at the edge of a word, be the word alone or not. The few that
reach further are known by their operands (« par\\sexemple ») or by their opcode. A table that
holds an opcode which this module does not know is one that reaches anywhere.
"""

import itertools
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

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
_SKIPPED = frozenset(("noback",))
_CONDITIONS = frozenset(("before", "after"))  # a class, of the one character beside the rule
# A correction of plain characters, without conditions, variables or places.
_PLAIN_CORRECTION = re.compile('"([^"]+)"')
_NUMBERS = frozenset(("begnum", "decpoint", "endnum", "midnum"))

_ESCAPE = re.compile(r"\\(?:x([0-9a-fA-F]{4})|y([0-9a-fA-F]{5})|z([0-9a-fA-F]{8})|(.))")
_NAMED = {"s": " ", "t": "\t", "n": "\n", "r": "\r", "f": "\f", "v": "\v", "e": "\x1b"}
_DIGITS = tuple("0123456789")


@dataclass(frozen=True, slots=True)
class Reach:
    """The pairs of a word's end and the next word's beginning that a rule joins, in lower case.

    ``is_known`` is false where rules may reach anywhere: then no word stands for itself.
    """

    pairs: tuple[tuple[str, str], ...] = ()
    digits: frozenset[str] = frozenset(_DIGITS)
    is_known: bool = True

    def next_beginnings(self, word: str) -> tuple[str, ...]:
        """Give what the word after this one must begin with, in lower case, for both to be one."""
        folded = word.lower()
        found = [right for left, right in self.pairs if folded.endswith(left)]
        if word[-1:] in self.digits:
            found += sorted(self.digits)  # rules for numbers go from digit to digit
        return tuple(dict.fromkeys(found))


ANYWHERE = Reach(is_known=False)


class _UnknownError(Exception):
    """A line says what this module does not understand."""


def read_reach(tables: Iterable[str], resolve: Callable[[str, str], Path | None]) -> Reach:
    """Read tables with what they include.

    ``resolve`` gives the file for the name of a table and the file that includes it (or ``""``).
    """
    pairs: dict[tuple[str, str], None] = {}
    digits = set(_DIGITS)
    try:
        for table in tables:
            for opcode, operand in _rules(table, "", resolve, ()):
                if opcode in ("digit", "litdigit"):
                    digits.add(_decoded(operand))
                elif opcode == "midnum" and operand == r"\s":
                    continue  # from digit to digit, see `Reach.next_beginnings`
                else:
                    pairs |= dict.fromkeys(_pairs(opcode, _decoded(operand)))
    except (_UnknownError, OSError, UnicodeDecodeError):
        return ANYWHERE
    return Reach(tuple(pairs), frozenset(digits))


def _pairs(opcode: str, text: str) -> Iterator[tuple[str, str]]:
    """Give what stands on both sides of each blank in a rule's characters."""
    if opcode in _DEFINITIONS or " " not in text:
        return
    if opcode in _LISTS or opcode in _NUMBERS:
        raise _UnknownError
    pieces = text.lower().split(" ")
    yield from itertools.pairwise(pieces)


def _rules(
    table: str, base: str, resolve: Callable[[str, str], Path | None], opened: tuple[Path, ...]
) -> Iterator[tuple[str, str]]:
    """Give opcode and first operand of each line that has to do with translation into Braille."""
    path = resolve(table, base)
    if path is None or path in opened:
        raise _UnknownError
    for line in path.read_text(encoding="utf-8").replace("\\\n", "").split("\n"):
        words = line.split()
        while words and words[0] in _SKIPPED:
            del words[0]
        while words and words[0] in _CONDITIONS:
            del words[:2]
            if words and words[0] in _SKIPPED:
                del words[0]
        if not words or words[0].startswith("#") or words[0] == "nofor":
            continue
        opcode, operand = words[0].lower(), words[1] if len(words) > 1 else ""
        if opcode == "include":
            yield from _rules(operand, str(path), resolve, (*opened, path))
        elif opcode == "base":
            _check_base(words)
        elif opcode == "correct" and (plain := _PLAIN_CORRECTION.fullmatch(operand)):
            yield "always", plain[1]
        elif opcode in _DEFINITIONS or opcode in _RULES or opcode in _LISTS:
            yield opcode, operand
        else:
            raise _UnknownError


def _check_base(words: list[str]) -> None:
    """Letters that liblouis holds for one must be so for Python's lower case as well."""
    upper, lower = (_decoded(word) for word in ([*words, "", ""])[2:4])
    if upper.lower() != lower.lower():
        raise _UnknownError


def _decoded(operand: str) -> str:
    """Read the characters of an operand."""

    def char(found: re.Match[str]) -> str:
        code = found[1] or found[2] or found[3]
        return chr(int(code, 16)) if code else _NAMED.get(found[4], found[4])

    return _ESCAPE.sub(char, operand)
