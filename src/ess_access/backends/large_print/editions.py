"""The files of an edition: the DOCX, its page numbers, and what LibreOffice makes of it."""

import json
import shutil
from collections.abc import Mapping
from pathlib import Path

from ess_access.api.backend import Artifact, Workspace
from ess_access.api.findings import Finding, Severity
from ess_access.backends.large_print.office import OFFICE, converted, has_office
from ess_access.backends.large_print.options import LargePrintOptions
from ess_access.backends.large_print.pages import count_pages
from ess_access.backends.large_print.writer import Result, write
from ess_access.backends.large_print.writer.contents import entries_of
from ess_access.document.nodes import Document
from ess_access.document.walk import words
from ess_access.errors import ConfigurationError, EditionError

__all__ = ["rendered"]

_DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_MEDIA_TYPES = {
    "docx": _DOCX,
    "odt": "application/vnd.oasis.opendocument.text",
    "pdf": "application/pdf",
}
# Tagged, PDF/UA-1, with an outline: what a screen reader needs of a PDF.
_PDF_OPTIONS = {
    "UseTaggedPDF": {"type": "boolean", "value": "true"},
    "PDFUACompliance": {"type": "boolean", "value": "true"},
    "ExportBookmarks": {"type": "boolean", "value": "true"},
    "DisplayPDFDocumentTitle": {"type": "boolean", "value": "true"},
}
_DRAFTS = "drafts"


def rendered(
    document: Document, options: LargePrintOptions, work: Workspace
) -> tuple[Artifact, ...]:
    """Write the files of an edition, the DOCX first.

    Raises ConfigurationError for an unknown format, MissingError where one needs LibreOffice.
    """
    for wanted in options.formats:
        if wanted not in _MEDIA_TYPES:
            raise ConfigurationError("large-print-format", format=wanted)
    path = work.folder / f"{work.stem}.large-print.docx"
    title = work.title
    result, pages, measures = _written(document, options, path, title, work.planned)
    artifacts: list[Artifact] = []
    for wanted in sorted(set(options.formats), key=tuple(_MEDIA_TYPES).index):
        made = path
        if wanted != "docx":
            made = _converted(
                _for_office(document, options, path, pages, title), wanted, work.folder
            )
        found = () if artifacts else result.findings
        artifacts.append(Artifact(made, _MEDIA_TYPES[wanted], measures, found))
    shutil.rmtree(path.parent / _DRAFTS, ignore_errors=True)
    if "docx" not in options.formats:
        path.unlink()
    return tuple(artifacts)


def _for_office(
    document: Document,
    options: LargePrintOptions,
    path: Path,
    pages: Mapping[str, int],
    title: str,
) -> Path:
    """Write the DOCX that LibreOffice lays out: its notes are plain paragraphs."""
    folder = path.parent / _DRAFTS
    folder.mkdir(exist_ok=True)
    write(document, options, folder / path.name, pages, plain_notes=True, fallback_title=title)
    return folder / path.name


def _converted(path: Path, wanted: str, folder: Path) -> Path:
    if wanted != "pdf":
        return converted(path, wanted, folder)
    return converted(path, f"pdf:writer_pdf_Export:{json.dumps(_PDF_OPTIONS)}", folder)


def _written(
    document: Document, options: LargePrintOptions, path: Path, title: str, planned: str
) -> tuple[Result, Mapping[str, int], Mapping[str, int | float]]:
    """Write the DOCX; give the pages of its contents too, if they are wanted and counted."""
    measures: dict[str, int | float] = {"words": sum(1 for _ in words(document))}
    pages: Mapping[str, int] = {}
    told: tuple[Finding, ...] = ()
    if options.contents_pages != "never" and entries_of(document, options):
        if has_office():
            pages, told = _counted(document, options, path, title, measures)
        # A worker of another machine may lack what the one that planned the edition has.
        elif options.contents_pages == "always" or OFFICE in planned:
            told = (Finding("LP-109", Severity.WARNING, {"missing": "LibreOffice"}),)
    result = write(document, options, path, pages, fallback_title=title)
    return Result((*result.findings, *told)), pages, measures


def _counted(
    document: Document,
    options: LargePrintOptions,
    path: Path,
    title: str,
    measures: dict[str, int | float],
) -> tuple[Mapping[str, int], tuple[Finding, ...]]:
    """Count the pages. Where LibreOffice fails, links alone and a finding: never no edition."""

    def draft(pages: Mapping[str, int]) -> Path:
        return _for_office(document, options, path, pages, title)

    try:
        pages, measures["pages"] = count_pages(document, entries_of(document, options), draft)
    except EditionError as error:
        reason = str(error.params.get("reason", ""))
        return {}, (Finding("LP-110", Severity.WARNING, {"reason": reason}),)
    return pages, ()
