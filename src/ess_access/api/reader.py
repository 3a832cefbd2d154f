"""The contract of a reader: bytes in, a document and findings out."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import ClassVar, Protocol, runtime_checkable

from ess_access.api.findings import Finding
from ess_access.document.nodes import Document

__all__ = ["Limits", "Reader", "Reading", "Resource", "Source"]


@dataclass(frozen=True, slots=True)
class Limits:
    """How much of an untrusted file a reader accepts."""

    source_bytes: int = field(default=200_000_000, metadata={"ge": 1})
    unzipped_bytes: int = field(default=500_000_000, metadata={"ge": 1})
    nesting: int = field(default=100, metadata={"ge": 1})
    pixels: int = field(default=100_000_000, metadata={"ge": 1})
    pages: int = field(default=5_000, metadata={"ge": 1})


@dataclass(frozen=True, slots=True)
class Resource:
    """What a picture's address led to. ``data=None``: not had, and ``reason`` is why.

    ``reason`` is ``"outside"`` (beyond the source's folder), ``"remote"`` (an address of the
    network, never fetched), ``"absent"`` or ``"too-large"``.
    """

    data: bytes | None
    reason: str = ""


def _nothing(_href: str) -> Resource:
    return Resource(None, "absent")


@dataclass(frozen=True, slots=True)
class Source:
    """A file to read. ``suffix`` is in lower case with its dot; ``name`` is for messages.

    ``resource`` gives the file that a relative address names, and never one outside the source's
    folder; a reader opens no file by itself.
    """

    name: str
    suffix: str
    data: bytes
    resource: Callable[[str], Resource] = _nothing
    limits: Limits = Limits()


@dataclass(frozen=True, slots=True)
class Reading:
    """What a reader understood, and what it doubts."""

    document: Document
    findings: tuple[Finding, ...] = ()


@runtime_checkable
class Reader(Protocol):
    """Read one input format. Made without arguments; keeps nothing between two readings."""

    name: ClassVar[str]
    suffixes: ClassVar[frozenset[str]]

    def read(self, source: Source) -> Reading:
        """Understand the source.

        Raises :class:`~ess_access.errors.SourceError` where it cannot be read at all.
        """
        ...
