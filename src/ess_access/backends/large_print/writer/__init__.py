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
    """What was met while writing."""

    findings: tuple[Finding, ...]


def write(
    document: Document,
    options: LargePrintOptions,
    path: Path,
    pages: Mapping[str, int] = _UNKNOWN,
    *,
    plain_notes: bool = False,
    fallback_title: str = "",
) -> Result:
    """Write one document. ``pages`` gives the page of each bookmark, once it is known.

    ``plain_notes`` sets notes as paragraphs, for LibreOffice to lay out.
    ``fallback_title`` goes into the file's properties when the document has no title.
    """
    from ess_access.backends.large_print.writer.assembly import assembled
    from ess_access.backends.large_print.writer.package import save

    word, result = assembled(
        document, options, pages, plain_notes=plain_notes, fallback_title=fallback_title
    )
    save(word.part.package, path)
    return result
