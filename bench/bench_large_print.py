"""Large print against `pandoc --reference-doc`: CPU of 100 DOCX; time and memory of 1,000 pages.

Both read the same DOCX of about 1,300 words with a picture, a list and a table, and write a DOCX
in large print. pandoc is started for each; ess-access once for all, its start included.
pandoc counts no pages, so neither does ess-access here; what the numbers of the contents cost is
told apart.
"""

import io
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

SENTENCE = (
    "La mutuelle accueille chaque personne avec attention et lui explique ses droits, au guichet, "
    "par téléphone ou par courrier, selon ses besoins et son calendrier."
)
WORDS_A_PAGE = 230


def main() -> None:
    """Run both and print the ratio, then long documents."""
    if len(sys.argv) > 2:
        work(sys.argv[1], Path(sys.argv[2]))
        return
    count = int(os.environ.get("BENCH_DOCUMENTS", "100"))
    with tempfile.TemporaryDirectory() as folder:
        here = Path(folder)
        sources = make_sources(here / "sources", count)
        ours = cpu([sys.executable, __file__, "batch", str(here / "sources")])
        print(f"ess-access: {count} DOCX, {ours[0]:.2f} s CPU, {ours[1]:.0f} MB (no pages counted)")
        if shutil.which("soffice") is not None:
            counted = cpu([sys.executable, __file__, "numbered", str(here / "sources")])
            print(f"  with the page numbers of LibreOffice: {counted[0]:.2f} s CPU")
        if shutil.which("pandoc") is None:
            print("pandoc is not here (make oracles): nothing to compare with")
        else:
            theirs = sum(pandoc(path, here) for path in sources)
            print(f"pandoc --reference-doc: {theirs:.2f} s CPU")
            print(f"ratio: {ours[0] / theirs:.2f} (target: 0.80)")
        for pages in (250, 500, 1000):
            seconds, megabytes = cpu([sys.executable, __file__, "long", str(here / str(pages))])
            print(f"{pages} pages: {seconds:.2f} s CPU, {megabytes:.0f} MB")


def cpu(command: list[str]) -> tuple[float, float]:
    """Run a command; give its CPU in seconds and its peak memory in MB."""
    process = subprocess.Popen(command)
    _, status, usage = os.wait4(process.pid, 0)
    if status:
        raise SystemExit(f"{command} ended with {status}")
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def pandoc(path: Path, here: Path) -> float:
    """Convert one file with pandoc; give its CPU in seconds."""
    target = here / "pandoc.docx"
    reference = here / "sources" / "reference.docx"
    return cpu(["pandoc", str(path), f"--reference-doc={reference}", "-o", str(target)])[0]


def make_sources(folder: Path, count: int) -> list[Path]:
    """Write the same kind of document, 100 times, with other numbers."""
    import docx
    from docx.shared import Pt
    from PIL import Image, ImageDraw

    folder.mkdir()
    picture = io.BytesIO()
    drawing = Image.new("RGB", (640, 360), "white")
    ImageDraw.Draw(drawing).ellipse((40, 40, 600, 320), outline="black", width=9)
    drawing.save(picture, "PNG")
    paths = []
    for number in range(count):
        word = docx.Document()
        word.core_properties.title = f"Guide {number}"
        word.add_heading(f"Guide {number}", 1)
        for chapter in range(5):
            word.add_heading(f"Chapitre {chapter}", 2)
            for _ in range(5):
                word.add_paragraph(f"{SENTENCE} {SENTENCE} Voir la page {number}.")
            for point in range(3):
                word.add_paragraph(f"Point {point} du guide {number}", style="List Bullet")
        table = word.add_table(4, 3)
        for row in table.rows:
            for cell in row.cells:
                cell.text = f"{number} €"
        picture.seek(0)
        word.add_picture(picture)
        path = folder / f"guide-{number:03d}.docx"
        word.save(str(path))
        paths.append(path)
    reference = docx.Document()
    reference.styles["Normal"].font.size = Pt(18)
    reference.save(str(folder / "reference.docx"))
    return paths


def work(kind: str, place: Path) -> None:
    """Do our part: a folder of documents, or one document of so many pages."""
    from ess_access.api import plugins
    from ess_access.api.backend import Workspace
    from ess_access.api.reader import Source
    from ess_access.backends.large_print import LargePrintBackend, LargePrintOptions
    from ess_access.transforms.outline import prepare

    counts = "always" if kind == "numbered" else "never"
    backend, options = LargePrintBackend(), LargePrintOptions(contents_pages=counts)
    if kind == "long":
        place.mkdir()
        document, _ = prepare(long_document(int(place.name)))
        started = time.process_time()
        backend.render(document, options, Workspace(place, "long"))
        print(f"  writing alone: {time.process_time() - started:.2f} s", flush=True)
        return
    reader = plugins.load(plugins.READERS, "docx")
    target = place.parent / f"ours-{kind}"
    target.mkdir()
    for path in sorted(place.glob("guide-*.docx")):
        reading = reader.read(Source(path.name, ".docx", path.read_bytes()))
        document, _ = prepare(reading.document)
        backend.render(document, options, Workspace(target, path.stem))
    if kind == "numbered":
        from ess_access.backends.large_print.kept_office import kept_office

        kept_office().close()  # waited for, so that its CPU is counted


def long_document(pages: int):
    """Build a document of about so many pages at 18 pt."""
    from ess_access.document.build import doc, h, p, ul

    blocks = [h(1, "Guide")]
    words = len(SENTENCE.split())
    chapters = pages * WORDS_A_PAGE // (words * 10)
    for number in range(chapters):
        blocks += [h(2, f"Chapitre {number}"), *[p(f"{SENTENCE} {SENTENCE}")] * 4]
        blocks.append(ul(SENTENCE, SENTENCE))
    return doc(*blocks, title="Guide")


if __name__ == "__main__":
    main()
