"""Find addresses in a text: web pages, e-mails, files, paths, machines. No rule may cut them.

A bare domain name is believed only under an ending of ``data/addresses.toml``: « fin.Début » is
two sentences and « étudiant.es » is inclusive writing, not a site in Spain.
"""

import re
from collections.abc import Iterator
from functools import cache

from ess_access.french.words import words

__all__ = ["find"]

_CLOSING = ".,;:!?…»”’\"'*_"
_PAIRS = {")": "(", "]": "[", "}": "{", ">": "<"}


# Its first sign is rare in prose, and searched fast.
_HINT = re.compile(
    r"[@\\_./:](?:(?<=[@\\_])|(?<=[./:])(?=\w)|(?<=:)(?=\+|//)|(?<=\w/)|(?<=[Ww][Ww][Ww]\.))"
)


@cache
def _pattern() -> re.Pattern[str]:
    tlds = "|".join(sorted(words("addresses", "domains"), key=lambda word: (-len(word), word)))
    suffixes = "|".join(sorted(words("addresses", "files"), key=lambda word: (-len(word), word)))
    label = r"[^\W_](?:[\w-]*[^\W_])?"
    return re.compile(
        rf"""
        (?<![\w@.+/\\€%²³-])(?:
          (?:https?|ftp|file|mailto|tel|sftp|git|ssh|urn|doi):(?://)?[^\s«»<>"“”]+  # a scheme
        | (?i:www)\.[^\s«»<>"“”]+
        | [\w.+%-]*[\w+%-]@{label}(?:\.{label})+                           # e-mail
        | (?:\d{{1,3}}\.){{3}}\d{{1,3}}(?::\d+|/\d{{1,2}})?(?![\d.]*\d)    # machine (IPv4)
        | (?:{label}\.)+(?:{tlds})(?![\w-]|\.\w)(?::\d+)?(?:[/?\#][^\s«»<>"“”]*)?
        | (?:{label}\.)+[a-z]{{2,}}/[^\s«»<>"“”·]*[./_\d-][^\s«»<>"“”·]*\w  # with a long path
        | [A-Za-z]:\\[^\s«»<>"“”]+                                          # C:\folder
        | (?:\.{{1,2}}|~)?/(?:[\w.-]+/)+[\w.-]*                             # /folder/file
        | (?:[\w-]{{1,80}}[/\\]){{0,12}}[\w-]{{1,120}}(?:\.[\w-]{{1,80}}){{0,6}}  # a file
          \.(?i:{suffixes})(?![\w-]|\.\w|·)
        | (?![^\W\d_]+_(?:[a-zè]{{0,4}}e|es)(?:_?s)?(?!\w))                    # « étudiant_e_s »
          (?=[\w.-]*[^\W_]_+[^\W_])\w(?:[\w.-]*\w)?                       # snake_case
        )
        """,
        re.VERBOSE,
    )


def find(text: str) -> tuple[tuple[int, int], ...]:
    """Give the spans ``(start, end)`` of addresses and file names, in order, none overlapping.

    The stop, comma or closing bracket that ends the sentence is no part of the address.
    """
    if not _HINT.search(text):
        return ()
    spans: list[tuple[int, int]] = []
    for match in _matches(text):
        end = match.start() + len(_trimmed(match.group()))
        if end > match.start() + 1 and not _is_fraction(text[match.start() : end]):
            spans.append((match.start(), end))
    return tuple(spans)


_RUN = re.compile(r"\S*")


def _matches(text: str) -> Iterator[re.Match[str]]:
    """Search the runs without a space that may hold an address; none goes over a space."""
    end = 0
    while hint := _HINT.search(text, end):
        start = hint.start()
        while start > end and not text[start - 1].isspace():
            start -= 1
        run = _RUN.match(text, hint.start())
        end = run.end() if run else hint.end()
        yield from _pattern().finditer(text, start, end)


def _trimmed(address: str) -> str:
    while address:
        last = address[-1]
        if last in _CLOSING or (last in _PAIRS and _is_unpaired(address, last)):
            address = address[:-1]
        else:
            return address
    return address


def _is_unpaired(address: str, closing: str) -> bool:
    return address.count(closing) > address.count(_PAIRS[closing])


def _is_fraction(address: str) -> bool:
    """Say whether slashes part numbers alone (« /2024/07/ »): no path is made of that."""
    return all(not character.isalpha() for character in address) and address.count(".") < 3
