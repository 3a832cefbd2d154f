"""A conversion by LibreOffice, in a profile of its own, with a time limit."""

import os
import shutil
import signal
import subprocess
import tempfile
from dataclasses import replace
from pathlib import Path

from ess_access.api.findings import Finding, Severity
from ess_access.api.reader import Reader, Reading, Source
from ess_access.errors import MissingError, SourceError

__all__ = ["TIME_LIMIT_S", "read_office", "soffice"]

TIME_LIMIT_S = 120
_PLACES = (
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    r"C:\Program Files\LibreOffice\program\soffice.exe",
)
_TAGGED_PDF = 'pdf:impress_pdf_Export:{"UseTaggedPDF":{"type":"boolean","value":"true"}}'
_SLIDES = frozenset({".odp", ".ppt", ".pptx"})


def soffice() -> str | None:
    """Find the program, ``None`` where it is not installed."""
    found = shutil.which("soffice") or shutil.which("libreoffice")
    return found or next((place for place in _PLACES if Path(place).exists()), None)


def read_office(source: Source, seconds: int = TIME_LIMIT_S) -> Reading:
    """Convert and read. Raises MissingError, SourceError."""
    if not source.data:
        raise SourceError("source-empty", name=source.name)
    program = soffice()
    if program is None:
        raise MissingError("source-needs-soffice", name=source.name, suffix=source.suffix)
    with tempfile.TemporaryDirectory(prefix="ess-access-", ignore_cleanup_errors=True) as folder:
        data, suffix = _converted(program, Path(folder), source, seconds)
    reading = _reader(suffix).read(replace(source, data=data, suffix=suffix))
    converted = Finding("SRC-080", Severity.REVIEW, {"suffix": source.suffix})
    return replace(reading, findings=(converted, *reading.findings))


def _reader(suffix: str) -> Reader:
    match suffix:
        case ".docx":
            from ess_access.readers.docx import DocxReader

            return DocxReader()
        case ".html":
            from ess_access.readers.html import HtmlReader

            return HtmlReader()
        case _:
            from ess_access.readers.pdf import PdfReader

            return PdfReader()


def _converted(program: str, folder: Path, source: Source, seconds: int) -> tuple[bytes, str]:
    """Convert texts to Word, slides to PDF: LibreOffice makes no text of slides."""
    suffix = source.suffix or ".doc"
    target = "pdf" if suffix in _SLIDES else "docx"
    written = folder / f"source{suffix}"
    written.write_bytes(source.data)
    command = [
        program,
        f"-env:UserInstallation={(folder / 'profile').as_uri()}",
        "--headless",
        "--norestore",
        "--convert-to",
        _TAGGED_PDF if target == "pdf" else target,
        "--outdir",
        str(folder / "made"),
        str(written),
    ]
    process = subprocess.Popen(  # noqa: S603 - an argument list, no shell; the file is ours
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired as error:
        _stop(process)
        raise SourceError("source-conversion-slow", name=source.name, seconds=seconds) from error
    except BaseException:  # Ctrl-C: it is in a session of its own, and would go on
        _stop(process)
        raise
    made = folder / "made" / f"source.{target}"
    if not made.is_file():
        raise SourceError("source-not-converted", name=source.name)
    return made.read_bytes(), f".{target}"


def _stop(process: "subprocess.Popen[bytes]") -> None:
    """End the program with the process that it starts in turn."""
    if os.name == "posix":
        os.killpg(process.pid, signal.SIGKILL)
    else:
        process.kill()
    process.wait()
