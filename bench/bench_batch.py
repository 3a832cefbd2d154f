"""A library of 100 DOCX in three formats: ess-access against a pipeline of well-known programs.

Peers, by GNU parallel on two cores: `pandoc --reference-doc`, `pandoc | file2brl`,
`pandoc | espeak-ng | ffmpeg`. Same documents, voice (eSpeak NG, French), bitrate (64 kbit/s) and
Braille table (fr-bfu-comp6). Prints wall times and ratios.
"""

import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

WORDS = [
    "la",
    "mutuelle",
    "accueille",
    "chaque",
    "personne",
    "avec",
    "attention",
    "et",
    "explique",
    "les",
    "garanties",
    "dans",
    "une",
    "langue",
    "claire",
    "car",
    "tout",
    "le",
    "monde",
    "doit",
    "pouvoir",
    "lire",
    "comprendre",
    "choisir",
    "et",
    "demander",
    "de",
    "l’aide",
    "au",
    "guichet",
    "par",
    "téléphone",
    "ou",
    "par",
    "courrier",
    "selon",
    "ses",
    "besoins",
    "ses",
    "droits",
    "et",
    "son",
    "calendrier",
]


def main() -> None:
    """Run both and print ratios."""
    for name in ("pandoc", "file2brl", "espeak-ng", "ffmpeg", "parallel"):
        if shutil.which(name) is None:
            print(f"{name} is not here (make oracles): nothing to compare with")
            return
    count = int(os.environ.get("BENCH_DOCUMENTS", "100"))
    with tempfile.TemporaryDirectory() as folder:
        here = Path(folder)
        make_sources(here / "sources", count)
        peers = timed(["bash", str(write_peers(here))], here)
        ours = [
            sys.executable,
            "-m",
            "ess_access",
            "build",
            "sources",
            "-o",
            "output",
            "--plain",
            "-s",
            "audio.engine=espeak",
            "-s",
            "large-print.contents_pages=never",  # Pandoc counts no pages
            "--jobs",
            "2",
        ]
        cold = timed(ours, here)
        again = timed(ours, here)
        first = here / "sources" / "guide000.docx"
        add_sentence(first)
        changed = timed(ours, here)
        plan_sources = here / "many"
        plan_sources.mkdir()
        for number in range(10_000):
            (plan_sources / f"n{number:05}.txt").write_text(f"Bonjour numéro {number}.\n")
        planned = timed([sys.executable, "-m", "ess_access", "plan", "many", "-o", "none"], here)
    print(f"{count} documents, 3 formats, 2 cores (seconds of wall time)")
    print(f"peers                   {peers:8.2f}")
    print(f"ess-access, cold        {cold:8.2f}   ratio to peers {cold / peers:.2f}")
    print(f"nothing changed         {again:8.2f}   ratio to cold {again / cold:.4f}")
    print(f"one sentence changed    {changed:8.2f}   ratio to cold {changed / cold:.4f}")
    print(f"10,000 sources planned  {planned:8.2f}")


def make_sources(folder: Path, count: int) -> None:
    """Write DOCX of about 1,300 words with headings, a list and a table."""
    import docx

    folder.mkdir()
    for number in range(count):
        chance = random.Random(number)
        document = docx.Document()
        document.core_properties.language = "fr-FR"
        document.add_heading(f"Guide {number}", 1)
        for part in range(6):
            document.add_heading(f"Partie {part + 1}", 2)
            for _ in range(4):
                document.add_paragraph(sentence(chance, 50))
            for _ in range(3):
                document.add_paragraph(sentence(chance, 5), style="List Bullet")
        table = document.add_table(rows=4, cols=3)
        for row in table.rows:
            for cell in row.cells:
                cell.text = sentence(chance, 2)
        document.save(str(folder / f"guide{number:03}.docx"))


def sentence(chance: random.Random, length: int) -> str:
    """Make a sentence of so many words."""
    words = " ".join(chance.choice(WORDS) for _ in range(length))
    return words[0].upper() + words[1:] + "."


def add_sentence(path: Path) -> None:
    """Change one document by a sentence."""
    import docx

    document = docx.Document(str(path))
    document.add_paragraph("Une phrase de plus pour finir.")
    document.save(str(path))


def write_peers(here: Path) -> Path:
    """Write the script of the peers' pipeline."""
    (here / "peers").mkdir()
    subprocess.run(
        "pandoc -o reference.docx --print-default-data-file reference.docx",
        shell=True,
        cwd=here,
        check=True,
    )
    script = here / "peers.sh"
    script.write_text(
        "one() {\n"
        '  n=$(basename "$1" .docx)\n'
        '  pandoc --reference-doc reference.docx "$1" -o "peers/$n.docx"\n'
        '  pandoc "$1" -t html -o "peers/$n.html"\n'
        "  file2brl -CliteraryTextTable=fr-bfu-comp6.utb -CcellsPerLine=30 -ClinesPerPage=27 "
        '"peers/$n.html" "peers/$n.brf" 2>/dev/null\n'
        '  pandoc "$1" -t plain --wrap=none | espeak-ng -v fr --stdout '
        '| ffmpeg -v error -y -i - -ac 1 -b:a 64k "peers/$n.mp3"\n'
        "}\n"
        "export -f one\n"
        "parallel --will-cite -j2 one ::: sources/*.docx\n"
    )
    return script


def timed(command: list[str], folder: Path) -> float:
    """Run a command to its end and give its wall time in seconds."""
    environment = {**os.environ, "ESS_ACCESS_CACHE": str(folder / "cache"), "NO_COLOR": "1"}
    started = time.perf_counter()
    ended = subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, check=False
    )
    elapsed = time.perf_counter() - started
    if ended.returncode not in (0, 7):
        sys.exit(f"{command}: exit {ended.returncode}\n{ended.stderr[-2000:]}")
    return elapsed


if __name__ == "__main__":
    main()
