"""Time the Braille edition of 1 MB of French prose against bare liblouis and file2brl.

Run: ``python bench/bench_braille.py``. Each figure is processor time, the best of three; the
edition goes from the document to its BRF.
"""

import os
import random
import resource
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Literal
from xml.sax.saxutils import escape

from ess_access.backends.braille import BrailleOptions
from ess_access.backends.braille.edition import make_edition
from ess_access.backends.braille.liblouis import CONTRACTED, UNCONTRACTED, find, liblouis
from ess_access.backends.braille.writer import brf
from ess_access.document.build import doc, p
from ess_access.document.nodes import Document

SENTENCES = (
    "La mutuelle accueille chaque personne avec attention et lui explique ses droits.",
    "Depuis 2014, plus de 36 000 adhérents ont choisi cette garantie, qui couvre l’optique.",
    "Nos conseillers répondent au téléphone jusqu’à 18h30 ; ils parlent lentement.",
    "L’assemblée générale se réunit une fois par an : chacun peut y prendre la parole.",
    "« Vos remboursements arrivent en quatre jours », dit le guide remis aux usager·ère·s.",
    "Quand une facture manque, écrivez-nous : nous la demanderons à l’hôpital à votre place.",
    "Les structures de l’économie sociale et solidaire cherchent d’abord à rendre service.",
    "Elle a évalué ses effets sur la santé, le lien social et la vie quotidienne des familles.",
)


def prose(size: int) -> list[str]:
    """Give paragraphs of French, about ``size`` characters in all, always the same."""
    chance = random.Random(1)
    paragraphs: list[str] = []
    while size > 0:
        paragraph = " ".join(chance.choice(SENTENCES) for _ in range(chance.randint(3, 8)))
        paragraphs.append(paragraph)
        size -= len(paragraph)
    return paragraphs


def best(work: Callable[[], object]) -> float:
    """Give the least processor time of three runs, programs that they start included."""
    times: list[float] = []
    for _ in range(3):
        start = os.times()
        work()
        end = os.times()
        times.append(sum(end[:4]) - sum(start[:4]))
    return min(times)


# What file2brl reads rightly: XHTML in UTF-8. It takes the bytes of a plain text for Latin-1.
_XHTML = """<?xml version="1.0" encoding="UTF-8"?>
<html xmlns="http://www.w3.org/1999/xhtml" xml:lang="fr"><head><title>Prose</title></head><body>
{}
</body></html>
"""
_GRADES: tuple[tuple[Literal[1, 2], str], ...] = ((1, UNCONTRACTED), (2, CONTRACTED))


def main() -> None:
    """Print one row a grade."""
    paragraphs = prose(1_000_000)
    document = doc(*map(p, paragraphs))
    louis = find()
    print("grade  bare liblouis  file2brl  edition  ratio to liblouis  ratio to file2brl")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        source = folder / "prose.xhtml"
        body = "\n".join(f"<p>{escape(paragraph)}</p>" for paragraph in paragraphs)
        source.write_text(_XHTML.format(body), encoding="utf-8")
        for grade, table in _GRADES:
            liblouis().translate("a", table)  # compiled once a process, by all alike

            def bare(table: str = table) -> None:
                for paragraph in paragraphs:
                    louis.translateString(["unicode.dis", table], paragraph)

            def ours(grade: Literal[1, 2] = grade) -> None:
                _edition(document, grade, folder / "ours.brf")

            alone, edition = best(bare), best(ours)
            other = _file2brl(source, folder / "theirs.brf", table)
            shown = f"{other:8.2f}" if other else "  absent"
            ratio = f"{edition / other:17.2f}" if other else "                –"
            print(
                f"{grade:5}  {alone:13.2f}  {shown}  {edition:7.2f}"
                f"  {edition / alone:17.2f}  {ratio}"
            )
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    megabytes = peak / (1024 * 1024 if sys.platform == "darwin" else 1024)
    print(f"peak memory: {megabytes:.0f} MB")


def _edition(document: Document, grade: Literal[1, 2], target: Path) -> None:
    options = BrailleOptions(grade=grade, title_page="never", contents="never")
    target.write_bytes(brf(make_edition(document, options), "nabcc"))


def _file2brl(source: Path, target: Path, table: str) -> float:
    """Time liblouisutdml's transcriber with layout; ``0`` when it is not installed."""
    program = shutil.which("file2brl")
    if program is None:
        return 0.0
    command = [program, "-CliteraryTextTable=" + table, "-CcellsPerLine=30", "-ClinesPerPage=27"]
    return best(
        lambda: subprocess.run(
            [*command, str(source), str(target)],
            check=True,
            capture_output=True,
            timeout=120,
            cwd=target.parent,  # it leaves its own files where it runs
        )
    )


if __name__ == "__main__":
    main()
