"""How fast office files are read, beside Pandoc's conversion to JSON, and how much memory it takes.

    python bench/bench_readers.py

Pandoc is the one inside pypandoc-binary, whatever the path holds. Ours runs in a warm process;
times are CPU seconds of the best of five readings, children included. Memory is the peak of a
process that reads a Word document of 1,000 pages.
"""

import importlib
import os
import resource
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

from ess_access.api.reader import Reader, Source
from ess_access.readers.docx import DocxReader
from ess_access.readers.epub import EpubReader
from ess_access.readers.html import HtmlReader
from ess_access.readers.odt import OdtReader
from ess_access.readers.pdf import PdfReader

SENTENCE = "La mutuelle rembourse les lunettes, les soins dentaires et les **appareils** auditifs. "
READERS: dict[str, Reader] = {
    ".docx": DocxReader(),
    ".odt": OdtReader(),
    ".html": HtmlReader(),
    ".epub": EpubReader(),
}
PAGES, WORDS_A_PAGE = 1_000, 500
MOST_MEGABYTES = 300


def pandoc() -> str:
    return str(importlib.import_module("pypandoc").get_pandoc_path())


def markdown(chapters: int) -> str:
    parts: list[str] = ["---\ntitle: Guide\nlang: fr\n---\n"]
    for number in range(1, chapters + 1):
        parts.append(
            f"# Chapitre {number}\n\n{SENTENCE * 6}[^{number}]\n\n[^{number}]: Une note.\n"
        )
        parts.append(f"## Partie {number}\n\n- Un\n- Deux\n    - Deux a\n- Trois\n")
        parts.append("| Lieu | Prix |\n|---|---|\n| Lyon | 10 |\n| Nice | 12 |\n")
        parts.append(f"{SENTENCE * 4}\n")
    return "\n".join(parts)


def cpu() -> float:
    own, children = (
        resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    )
    return own.ru_utime + own.ru_stime + children.ru_utime + children.ru_stime


def best(work: Callable[[], object], times: int = 5) -> float:
    work()
    found: list[float] = []
    for _ in range(times):
        begin = cpu()
        work()
        found.append(cpu() - begin)
    return min(found)


def against_pandoc(folder: Path) -> bool:
    is_fast = True
    program = pandoc()
    told = subprocess.run([program, "--version"], check=True, capture_output=True, text=True)
    print(told.stdout.splitlines()[0], "from pypandoc-binary")
    for chapters in (3, 40, 200):
        (folder / "c.md").write_text(markdown(chapters), "utf-8")
        for suffix, reader in READERS.items():
            path = folder / f"c{suffix}"
            subprocess.run([program, "-s", str(folder / "c.md"), "-o", str(path)], check=True)
            source = Source(path.name, suffix, path.read_bytes())
            ours = best(lambda reader=reader, source=source: reader.read(source))  # type: ignore[misc]
            command = [program, str(path), "-t", "json", "-o", os.devnull]
            theirs = best(lambda command=command: subprocess.run(command, check=True))  # type: ignore[misc]
            is_fast = is_fast and ours <= theirs
            print(
                f"{suffix[1:]:5} {chapters:4} chapters: ess-access {ours:6.3f} s, pandoc "
                f"{theirs:6.3f} s, ratio {ours / theirs:4.2f}"
            )
    return is_fast


def printed(pages: int) -> bytes:
    """Make a PDF of full pages, as a word processor would: a piece of text for each line."""
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests"))
    files = importlib.import_module("office_files")
    line = SENTENCE.replace("*", "").strip()
    sheets = [
        "\n".join(
            [files.shown(f"Chapitre {number}", 72, 780, 18, "F2")]
            + [files.shown(line, 72, 750 - 14 * row) for row in range(45)]
        )
        for number in range(1, pages + 1)
    ]
    return bytes(files.pdf(*sheets))


def pdf_seconds() -> float:
    source = Source("print.pdf", ".pdf", printed(54))
    return best(lambda: PdfReader().read(source), 3)


def long_docx() -> bytes:
    words = ["La", "mutuelle", "rembourse", "les", "lunettes", "et", "les", "soins", "de", "tous."]
    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    paragraph = "".join(
        f'<w:r><w:rPr><w:b w:val="0"/><w:sz w:val="22"/></w:rPr><w:t xml:space="preserve">{word} '
        "</w:t></w:r>"
        for word in words * 10
    )
    page = f"<w:p>{paragraph}</w:p>" * (WORDS_A_PAGE // 100)
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(
            "[Content_Types].xml",
            '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
            f'<Override PartName="/word/document.xml" ContentType="{kind}"/></Types>',
        )
        archive.writestr(
            "word/document.xml", f"<w:document {space}><w:body>{page * PAGES}</w:body></w:document>"
        )
    return buffer.getvalue()


def peak_of(path: str) -> None:
    """Read a file in this process, and print its peak memory in megabytes and its time."""
    begin = time.perf_counter()
    reading = DocxReader().read(Source("long.docx", ".docx", Path(path).read_bytes()))
    seconds = time.perf_counter() - begin
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(peak, f"{seconds:.1f}", len(reading.document.children))


def main() -> int:
    if len(sys.argv) > 2 and sys.argv[1] == "--peak":
        peak_of(sys.argv[2])
        return 0
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        is_fast = against_pandoc(folder)
        seconds = pdf_seconds()
        print(f"pdf, 54 pages: {seconds:.2f} s")
        path = folder / "long.docx"
        path.write_bytes(long_docx())
        command = [sys.executable, __file__, "--peak", str(path)]
        told = subprocess.run(command, check=True, capture_output=True, text=True).stdout.split()
        print(f"docx, {PAGES} pages: {told[0]} MB, {told[1]} s, {told[2]} blocks")
    return 0 if is_fast and seconds < 1 and int(told[0]) < MOST_MEGABYTES else 1


if __name__ == "__main__":
    sys.exit(main())
