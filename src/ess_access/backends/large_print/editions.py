"""The files of an edition: the DOCX, its page numbers, and what LibreOffice makes of it."""

import json
import re
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path

from ess_access.api.backend import Artifact, Workspace
from ess_access.api.findings import Finding, Severity
from ess_access.backends.large_print.office import converted, missing_office
from ess_access.backends.large_print.options import LargePrintOptions
from ess_access.backends.large_print.paper import Paper, Title, measured
from ess_access.backends.large_print.writer import Result, write
from ess_access.backends.large_print.writer.bookmarks import bookmarks
from ess_access.backends.large_print.writer.capitals import spelled
from ess_access.document.inlines import plain_text
from ess_access.document.nodes import Document
from ess_access.document.walk import headings, words
from ess_access.errors import ConfigurationError

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
# The contents grow when they get their numbers: a second pass moves what follows, a third rests.
_MOST_PASSES = 3
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
    result, pages, measures = _written(document, options, path, title)
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
    document: Document, options: LargePrintOptions, path: Path, title: str
) -> tuple[Result, Mapping[str, int], Mapping[str, int | float]]:
    """Write the DOCX; give the pages of its contents too, if they are asked for and counted."""
    measures: dict[str, int | float] = {"words": sum(1 for _ in words(document))}
    if not options.contents_pages:
        return write(document, options, path, fallback_title=title), {}, measures
    if missing_office(required=False):
        result = write(document, options, path, fallback_title=title)
        absent = Finding("LP-109", Severity.WARNING, {"missing": "LibreOffice"})
        return Result((*result.findings, absent)), {}, measures
    names = bookmarks(document)
    # The first pass has a number of two digits everywhere, to take the room.
    pages = dict.fromkeys(names.values(), 10)
    for _ in range(_MOST_PASSES):
        draft = _for_office(document, options, path, pages, title)
        paper = _paper(draft)
        measures["pages"] = paper.pages
        counted = _counted(paper.outline, document, names)
        if counted == pages:
            break
        pages = counted
    result = write(document, options, path, pages, fallback_title=title)
    return result, pages, measures


def _paper(path: Path) -> Paper:
    with tempfile.TemporaryDirectory(prefix="ess-access-pages-") as folder:
        return measured(converted(path, "pdf", Path(folder)))


def _counted(
    outline: tuple[Title, ...], document: Document, names: Mapping[str, str]
) -> dict[str, int]:
    """Give the page of each bookmark: headings and outline come in the same order."""
    pages: dict[str, int] = {}
    position = 0
    for heading in headings(document):
        words_ = _folded(spelled(plain_text(heading.children)))
        rest = outline[position:]
        step = next(
            (index for index, title in enumerate(rest) if _folded(title.text).startswith(words_)),
            None,
        )
        if step is not None and heading.id in names:
            position += step + 1
            pages[names[heading.id]] = rest[step].page
    return pages


def _folded(text: str) -> str:
    """Keep letters and digits alone: print changes spaces and signs."""
    return re.sub(r"\W+", "", text).casefold()
