"""How fast audio editions are made, beside ``espeak-ng | ffmpeg -b:a 64k``.

    python bench/bench_audio.py [DOCUMENTS] [PARAGRAPHS]

Prints CPU seconds (children included) and wall seconds for the same words, voice and bit rate,
then Pico's pace, what one changed sentence costs, and the memory of a long book.
"""

import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from multiprocessing import get_context
from pathlib import Path

from ess_access.api.backend import Workspace
from ess_access.backends.audio import AudioBackend, AudioOptions
from ess_access.backends.audio.script import script
from ess_access.document.build import doc, h, p
from ess_access.document.nodes import Document
from ess_access.transforms.outline import prepare

SENTENCES = (
    "La mutuelle rembourse les lunettes, les soins dentaires et les appareils auditifs.",
    "Les adhérents et les adhérentes votent chaque année lors de l’assemblée générale.",
    "Chaque courrier existe en gros caractères, en braille et en audio, sur simple demande.",
    "Nos conseillers répondent au téléphone du lundi au vendredi, sans interruption.",
    "Une personne qui ne peut pas se déplacer reçoit la visite d’un bénévole formé.",
)


def guide(number: int, paragraphs: int) -> Document:
    """Write a guide: no two have a sentence in common."""
    blocks = []
    for part in range(paragraphs):
        if part % 4 == 0:
            blocks.append(h(1, f"Partie {part} du guide {number}"))
        words = " ".join(f"{text[:-1]}, dit la note {number}-{part}." for text in SENTENCES)
        blocks.append(p(words))
    return prepare(doc(*blocks, title=f"Guide {number}"))[0]


def measured(work: Callable[[], object]) -> tuple[float, float]:
    """Give the CPU seconds, children included, and the wall seconds of some work."""

    def cpu() -> float:
        usages = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
        return sum(u.ru_utime + u.ru_stime for u in map(resource.getrusage, usages))

    before, start = cpu(), time.perf_counter()
    work()
    return cpu() - before, time.perf_counter() - start


def piped(text: Path, sound: Path) -> None:
    """Make an MP3 the usual way."""
    speak = subprocess.Popen(
        ["espeak-ng", "-v", "fr", "-f", str(text), "--stdout"], stdout=subprocess.PIPE
    )
    encode = ["ffmpeg", "-v", "error", "-y", "-i", "-", "-b:a", "64k", str(sound)]
    subprocess.run(encode, stdin=speak.stdout, check=True)
    speak.wait()


def build(
    document: Document, options: AudioOptions, folder: Path, cache: Path | None = None
) -> float:
    """Make an edition; give its length in seconds."""
    folder.mkdir(parents=True)
    artifacts = AudioBackend().render(document, options, Workspace(folder, "guide", cache))
    return float(artifacts[0].measures["duration_s"])


def build_guide(number: int, paragraphs: int, options: AudioOptions, folder: Path) -> float:
    """Make the edition of a guide in a process of its own."""
    return build(guide(number, paragraphs), options, folder)


def against_the_pipe(root: Path, documents: int, paragraphs: int) -> None:
    """Compare with ``espeak-ng | ffmpeg``; ours side by side in two processes, as build does."""
    if shutil.which("espeak-ng") is None or shutil.which("ffmpeg") is None:
        print("espeak-ng and ffmpeg are not installed: no comparison")
        return
    options = AudioOptions(engine="espeak", captions=(), cover=False)
    guides = [guide(number, paragraphs) for number in range(documents)]
    texts = []
    for number, each in enumerate(guides):
        text = root / f"{number}.txt"
        said = "\n".join(utterance.spoken for utterance in script(each, options))
        text.write_text(said, encoding="utf-8")
        texts.append(text)
    build(guides[0], options, root / "warm")

    def pipe_all() -> None:
        for text in texts:
            piped(text, text.with_suffix(".mp3"))

    lengths: list[float] = []

    def build_all() -> None:
        with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as pool:
            jobs = [
                pool.submit(build_guide, number, paragraphs, options, root / f"ours{number}")
                for number in range(documents)
            ]
            lengths.extend(job.result() for job in jobs)

    pipe_cpu, pipe_wall = measured(pipe_all)
    cpu, wall = measured(build_all)
    print(f"espeak, {documents} documents, {sum(lengths):.0f} s of speech")
    print(f"  espeak-ng | ffmpeg   cpu {pipe_cpu:6.2f} s   wall {pipe_wall:6.2f} s")
    print(f"  ess-access           cpu {cpu:6.2f} s   wall {wall:6.2f} s")
    print(
        f"  ratio                cpu {cpu / pipe_cpu:6.2f} (aim 0.70)"
        f"   wall {wall / pipe_wall:6.2f} (aim 0.50)"
    )


def pace_of_pico(root: Path, paragraphs: int) -> None:
    """Measure Pico, encoding included, and what one changed sentence costs."""
    options = AudioOptions(engine="pico", captions=(), cover=False)
    book = guide(99, paragraphs)
    cache = root / "cache"
    lengths: list[float] = []
    cpu, wall = measured(lambda: lengths.append(build(book, options, root / "cold", cache)))
    seconds = lengths[0]
    print(f"pico, {seconds / 60:.0f} minutes of speech")
    print(
        f"  cold      cpu {cpu:6.2f} s ({seconds / cpu:.0f} × real time a core)   wall {wall:.2f} s"
    )
    changed = replace(book, children=(*book.children[:-1], p("Cette phrase est toute nouvelle.")))
    again, wall_again = measured(lambda: build(changed, options, root / "again", cache))
    print(f"  a changed sentence   cpu {again:.2f} s   {100 * again / cpu:.1f} % of cold")
    print(
        f"                       wall {wall_again:.2f} s  {100 * wall_again / wall:.1f} % of cold"
    )


def main() -> None:
    """Run all."""
    documents = int(sys.argv[1]) if len(sys.argv) > 1 else 20
    paragraphs = int(sys.argv[2]) if len(sys.argv) > 2 else 12
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        against_the_pipe(root, documents, paragraphs)
        pace_of_pico(root, 120)
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        print(f"memory of this process: {peak} MB at most; cores: {os.cpu_count()}")


if __name__ == "__main__":
    main()
