"""From a source file to a document that backends can take."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path, PurePosixPath
from typing import Any

from ess_access.api.findings import Finding, Severity
from ess_access.api.plugins import READERS, load, names
from ess_access.api.reader import Limits, Reader, Source
from ess_access.document.codec import digest
from ess_access.document.nodes import Document
from ess_access.document.walk import words
from ess_access.errors import SourceError
from ess_access.pipeline.shelves import safe_name
from ess_access.pipeline.sources import SourceFile, open_source
from ess_access.readers.detect import detect
from ess_access.transforms.outline import prepare

__all__ = ["Understood", "known_suffixes", "read", "read_source", "single"]


@dataclass(frozen=True, slots=True)
class Understood:
    """A document ready for backends, its digest, and what was met on the way.

    ``source_digest`` is the SHA-256 of the source's bytes; ``resources`` the files it refers to;
    ``tags`` names both as a store does, where they lie in one.
    """

    document: Document
    findings: tuple[Finding, ...]
    digest: str
    words: int
    source_digest: str = ""
    resources: Mapping[str, str] = field(default_factory=dict)
    tags: Mapping[str, str] = field(default_factory=dict)


@cache
def _readers() -> Mapping[str, str]:
    """Map suffixes to the names of readers; the first by name wins a suffix."""
    found: dict[str, str] = {}
    for name in names(READERS):
        reader: Reader = load(READERS, name)
        for suffix in reader.suffixes:
            found.setdefault(suffix, name)
    return found


def known_suffixes() -> frozenset[str]:
    """Give the suffixes that a reader knows, in lower case with their dot."""
    return frozenset(_readers())


def read(
    file: SourceFile, limits: Limits, meta: Mapping[str, Any], *, suffix: str | None = None
) -> Understood:
    """Read and prepare a source. Raises :class:`~ess_access.errors.SourceError`.

    ``suffix`` says what the file is when its name does not.
    """
    resources: dict[str, str] = {}
    tags: dict[str, str] = {}
    source = open_source(file, limits, resources, tags)
    if suffix:
        source = replace(source, suffix="." + suffix.lstrip(".").lower())
    understood = read_source(source, meta)
    return replace(
        understood,
        source_digest=hashlib.sha256(source.data).hexdigest(),
        resources=resources,
        tags=tags,
    )


def read_source(source: Source, meta: Mapping[str, Any]) -> Understood:
    """Read a source whose bytes are known; ``meta`` overrides what the file says of itself.

    A document without a title stays without one: ``SRC-101``.
    """
    reader, misnamed = _reader_for(source)
    reading = reader.read(source)
    _refuse_dangers(source, reading.findings)
    document = reading.document
    if meta:
        document = replace(document, meta=replace(document.meta, **meta))
    document, repairs = prepare(document)
    untitled = () if document.meta.title else (Finding("SRC-101", Severity.REVIEW),)
    return Understood(
        document,
        (*misnamed, *untitled, *reading.findings, *repairs),
        digest(document),
        sum(1 for _ in words(document)),
    )


def _refuse_dangers(source: Source, findings: Iterable[Finding]) -> None:
    """Refuse a source whose pictures reach out of its folder or would burst the memory.

    An edition without them would lack something, and the author can mend both in a minute. An
    address from the root of a web site (``/img/x.png``) is only absent here: a finding is enough.
    """
    for finding in findings:
        picture = str(finding.params.get("picture", ""))
        href = str(finding.params.get("href", ""))
        climbs = ".." in PurePosixPath(href.replace("\\", "/")).parts
        key = _DANGERS.get(finding.code)
        if key is not None and (climbs or finding.code != "SRC-011"):
            raise SourceError(key, file=source.name, picture=href or picture)


# A picture outside the source's folder, and one beyond the limits.
_DANGERS = {"SRC-011": "source-picture-outside", "SRC-013": "source-picture-too-large"}


def _reader_for(source: Source) -> tuple[Reader, tuple[Finding, ...]]:
    """Choose by what the bytes are; the suffix only where the bytes do not tell."""
    known = _readers()
    true_suffix = detect(source.data, source.suffix)
    name = known.get(true_suffix)
    if name is None:
        raise SourceError(
            "source-format-unknown",
            file=source.name,
            suffix=true_suffix or source.suffix,
            known=", ".join(sorted(known)),
        )
    reader: Reader = load(READERS, name)
    if known.get(source.suffix) == name:
        return reader, ()
    params = {"suffix": source.suffix, "true": true_suffix}
    return reader, (Finding("SRC-100", Severity.WARNING, params),)


def single(path: Path) -> SourceFile:
    """Make a source of one file, outside any library."""
    path = path.absolute()
    return SourceFile(path, path.parent, safe_name(path.name), PurePosixPath(path.stem))
