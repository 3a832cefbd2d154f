"""What is doubtful in a document whatever its format: links, capitals, tables without a head."""

import re
from collections.abc import Iterator

from ess_access.api.findings import Finding, Severity
from ess_access.document.inlines import plain_text
from ess_access.document.nodes import Block, Document, Heading, Link, Paragraph, Place, Table
from ess_access.document.walk import blocks_in, inlines_of, own_inlines

__all__ = ["doubts"]

_ADDRESS = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)


def doubts(document: Document) -> tuple[Finding, ...]:
    """Find bare addresses as links (005), block capitals (006), tables without a head (007)."""
    return tuple(finding for block in blocks_in(document.children) for finding in _doubts(block))


def _doubts(block: Block) -> Iterator[Finding]:
    for inline in own_inlines(block):
        for node in inlines_of(inline):
            if isinstance(node, Link):
                words = plain_text(node.children).strip()
                if _ADDRESS.fullmatch(words):
                    yield _finding("SRC-005", Severity.WARNING, block.at, address=words[:200])
    if isinstance(block, Heading | Paragraph):
        words = plain_text(block.children).strip()
        if _is_shouted(words):
            yield _finding("SRC-006", Severity.INFO, block.at, words=words[:80])
    if isinstance(block, Table) and not block.head_rows and len(block.rows) > 1:
        yield _finding("SRC-007", Severity.WARNING, block.at)


def _is_shouted(words: str) -> bool:
    """Say whether these are capitals throughout, and more than an acronym or two."""
    from ess_access.french.typography import is_capitals

    long = [word for word in re.findall(r"[^\W\d_]+", words) if len(word) > 3]
    return bool(long) and is_capitals(words)


def _finding(code: str, severity: Severity, at: Place | None, **params: str | int) -> Finding:
    return Finding(code, severity, params, at)
