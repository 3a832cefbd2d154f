"""Write the DOCX: python-docx opens and holds the package, this fills its parts."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from ess_access.api.findings import Finding
from ess_access.backends.large_print.options import LargePrintOptions
from ess_access.document.nodes import Document

__all__ = ["Result", "write"]

_UNKNOWN: Mapping[str, int] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Result:
    """What was met while writing, and the bookmarks that the contents list, in order."""

    findings: tuple[Finding, ...]
    listed: tuple[str, ...]


def write(
    document: Document,
    options: LargePrintOptions,
    path: Path,
    pages: Mapping[str, int] = _UNKNOWN,
) -> Result:
    """Write one document. ``pages`` gives the page of each bookmark, once it is known."""
    from ess_access.backends.large_print.writer.assembly import assembled
    from ess_access.backends.large_print.writer.package import save

    word, result = assembled(document, options, pages)
    save(word.part.package, path)
    return result
