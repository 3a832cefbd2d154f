"""What is doubtful in a document whatever its format: links, capitals, tables without a head."""

import re
from collections.abc import Iterator, Sequence

from ess_access.api.findings import Finding, Severity
from ess_access.document.inlines import plain_text
from ess_access.document.nodes import Block, Document, Heading, Link, Paragraph, Place, Table, Text
from ess_access.document.walk import blocks_in, inlines_of, own_inlines

__all__ = ["doubts"]

_ADDRESS = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)
_MOST = 40  # occurrences that one finding lists
_LONGEST = 80  # characters of each


def doubts(document: Document) -> tuple[Finding, ...]:
    """Find bare addresses as links (005), block capitals (006), tables without a head (007).

    An author's habits are said once, at the first place: ``count``, and ``words`` or ``address``
    with the lines or pages of all.
    """
    addresses: list[tuple[str, Place | None]] = []
    shouted: list[tuple[str, Place | None]] = []
    found: list[Finding] = []
    for block in blocks_in(document.children):
        addresses.extend((address, block.at) for address in _bare_addresses(block))
        if isinstance(block, Heading | Paragraph):
            words = plain_text(block.children).strip()
            if words.isupper() and _is_shouted(words):
                shouted.append((_cut(words), block.at))
        if isinstance(block, Table) and not block.head_rows and len(block.rows) > 1:
            found.append(Finding("SRC-007", Severity.WARNING, {}, block.at))
    if addresses:
        found.append(_once("SRC-005", Severity.WARNING, "address", addresses))
    if shouted:
        found.append(_once("SRC-006", Severity.INFO, "words", shouted))
    return tuple(found)


def _bare_addresses(block: Block) -> Iterator[str]:
    for inline in own_inlines(block):
        if isinstance(inline, Text):
            continue
        for node in inlines_of(inline):
            if isinstance(node, Link):
                words = plain_text(node.children).strip()
                if _ADDRESS.fullmatch(words):
                    yield words[:200]


def _is_shouted(words: str) -> bool:
    """Say whether these are capitals throughout, and more than an acronym or two."""
    from ess_access.french.typography import is_capitals

    long = [word for word in re.findall(r"[^\W\d_]+", words) if len(word) > 3]
    return bool(long) and is_capitals(words)


def _cut(words: str) -> str:
    return words if len(words) <= _LONGEST else f"{words[:_LONGEST].rstrip()}…"


def _once(
    code: str, severity: Severity, name: str, met: Sequence[tuple[str, Place | None]]
) -> Finding:
    """Say at the first place what was met at many: all of it, up to a length one can read."""
    shown = " / ".join(f"{words}{_where(at)}" for words, at in met[:_MOST])
    more = " / …" if len(met) > _MOST else ""
    return Finding(code, severity, {"count": len(met), name: shown + more}, met[0][1])


def _where(at: Place | None) -> str:
    if at is not None and at.page is not None:
        return f" (p. {at.page})"
    return f" (l. {at.line})" if at is not None and at.line is not None else ""
