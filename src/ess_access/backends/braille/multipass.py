r"""The multipass rules of a liblouis table: what each asks for, replaces and writes.

A rule of `correct`, `context` or `pass2` to `pass4` names one after the other what it asks of the
text, puts in brackets what it replaces, and says by what. Source of the grammar: liblouis's
manual, « The Context and Multipass Opcodes ».
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

__all__ = [
    "CORRECTIONS",
    "MULTIPASS",
    "Element",
    "Rule",
    "UnknownError",
    "decoded",
    "is_plain",
    "read_rule",
    "taken_away",
]

MULTIPASS = frozenset(("correct", "context", "pass2", "pass3", "pass4"))
CORRECTIONS = "correct"
_TEST = re.compile(
    r'"(?P<string>(?:[^"\\]|\\.)+)"|@(?P<dots>[0-9a-f]+(?:-[0-9a-f]+)*)'
    r"|\$(?P<attributes>[dDlmpSsUu]+)(?P<times>\.|[0-9]+(?:-[0-9]+)?|)"
    r"|%(?P<name>[a-zA-Z]+)(?P<often>\.|[0-9]+(?:-[0-9]+)?|)"
    r"|\#(?P<variable>[0-9]+)=[0-9]+|(?P<mark>[\[\]`~!])"
)
_ACTION = re.compile(
    r'"(?P<string>(?:[^"\\]|\\.)*)"|@(?P<dots>[0-9a-f]+(?:-[0-9a-f]+)*)'
    r"|\#(?P<variable>[0-9]+)=[0-9]+|(?P<mark>[*?])"
)


_ESCAPE = re.compile(r"\\(?:x([0-9a-fA-F]{4})|y([0-9a-fA-F]{5})|z([0-9a-fA-F]{8})|(.))")
_NAMED = {"s": " ", "t": "\t", "n": "\n", "r": "\r", "f": "\f", "v": "\v", "e": "\x1b"}


class UnknownError(Exception):
    """A line says what this module does not understand."""


def decoded(operand: str) -> str:
    """Read the characters of an operand."""

    def char(found: re.Match[str]) -> str:
        code = found[1] or found[2] or found[3]
        return chr(int(code, 16)) if code else _NAMED.get(found[4], found[4])

    return _ESCAPE.sub(char, operand)


@dataclass(frozen=True, slots=True)
class Element:
    """What a rule asks of the next character or cell, or of several."""

    kind: str
    value: str
    is_single: bool
    is_not: bool = False


@dataclass(frozen=True, slots=True)
class Rule:
    """A multipass rule; ``zone`` are the numbers of the first element replaced and of the next."""

    opcode: str
    elements: tuple[Element, ...]
    zone: tuple[int, int]
    tested: frozenset[str]
    written: frozenset[str]
    is_copy: bool
    is_at_start: bool
    made: str

    @property
    def end(self) -> int:
        """The number of the element at which the rules are tried next."""
        return len(self.elements) if self.is_copy else self.zone[1]


def read_rule(opcode: str, test: str, action: str) -> Rule:
    """Read a multipass rule. Raises UnknownError for what is not known to stay by its word."""
    elements: list[Element] = []
    marks: dict[str, int] = {}
    tested: set[str] = set()
    is_not = is_at_start = False
    for found in _all(_TEST, test):
        match found.lastgroup, found[found.lastgroup or 0]:
            case "mark", "!":
                is_not = True
                continue
            case "mark", "`":
                is_at_start = True
            case "mark", "[" | "]" as mark:
                marks[mark] = len(elements)
            case "variable", number:
                tested.add(number)
            case _:
                pass
        element = _element(found, is_not=is_not)
        if element is not None:
            elements.append(element)
        elif is_not:
            raise UnknownError  # the contrary of a place or a variable
        is_not = False
    if not elements or is_not or len(marks) == 1:
        raise UnknownError
    zone = (marks["["], marks["]"]) if marks else (0, len(elements))
    made, is_copy, written = "", False, set()
    for found in _all(_ACTION, action):
        made += decoded(found["string"] or "")
        is_copy = is_copy or found["mark"] == "*"
        if found["variable"]:
            written.add(found["variable"])
    return Rule(
        opcode,
        tuple(elements),
        zone,
        frozenset(tested),
        frozenset(written),
        is_copy,
        is_at_start,
        made,
    )


def _all(pattern: re.Pattern[str], text: str) -> Iterable[re.Match[str]]:
    """Give matches that follow one another from the beginning of the text to its end."""
    at = 0
    while at < len(text):
        found = pattern.match(text, at)
        if found is None:
            raise UnknownError
        yield found
        at = found.end()


def _element(found: re.Match[str], *, is_not: bool) -> Element | None:
    if found["string"]:
        text = decoded(found["string"])
        return Element("string", text, len(text) == 1, is_not)
    if found["dots"]:
        dots = "-".join("".join(sorted(cell)) for cell in found["dots"].split("-"))
        return Element("dots", dots, "-" not in dots, is_not)
    if found["attributes"]:
        return Element("attributes", found["attributes"], found["times"] in ("", "1"), is_not)
    if found["name"]:
        return Element("class", found["name"], found["often"] in ("", "1"), is_not)
    return None


def is_plain(rule: Rule) -> bool:
    """Say whether a rule corrects characters without conditions, variables or places."""
    (first, *others) = rule.elements
    return (
        rule.opcode == CORRECTIONS
        and not others
        and first.kind == "string"
        and not (first.is_not or rule.is_at_start or rule.tested)
    )


def taken_away(rule: Rule) -> str:
    """Give the characters that a plain correction drops: what is left is not the word of print."""
    return rule.elements[0].value if is_plain(rule) and not rule.made and not rule.is_copy else ""
