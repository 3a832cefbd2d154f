"""NatBraille, an independent French engine, on Debian's French documentation."""

import difflib
import gzip
import os
import re
import subprocess
from collections import Counter
from pathlib import Path

import pytest

from braille_texts import cells
from support import program

DOCUMENTS = (
    Path("/usr/share/doc/debian/FAQ/debian-faq.fr.txt.gz"),
    Path("/usr/share/debian-reference/debian-reference.fr.txt.gz"),
)
UNICODE = Path("/usr/share/natbraille/configurations/unicode.cfg")
PARAGRAPHS = 400


def _paragraphs() -> list[str]:
    """Give paragraphs of running French, addresses and commands left out."""
    found: list[str] = []
    for document in DOCUMENTS:
        if not document.exists():
            pytest.skip(f"{document} is not there: apt-get install debian-faq debian-reference-fr")
        text = gzip.decompress(document.read_bytes()).decode("utf-8")
        for block in re.split(r"\n\s*\n", text):
            words = block.split()
            letters = sum(
                re.fullmatch(r"[^\W\d_]+(?:['’-][^\W\d_]+)*[.,;:!?)]*", w) is not None
                for w in words
            )
            is_prose = len(words) >= 15 and letters >= 0.75 * len(words)
            if is_prose and not re.search(r"[<>{}|\\=$#~`•│─_*+\[\]@→]|--|://|www\.", block):
                found.append(" ".join(words))
    half = PARAGRAPHS // 2
    chosen = found[:half] + found[-half:] if len(found) >= PARAGRAPHS else found
    assert len(chosen) == PARAGRAPHS
    return chosen


def _natbraille(paragraphs: list[str], folder: Path, *, is_contracted: bool) -> list[list[str]]:
    """Have NatBraille transcribe the paragraphs, each on a row of its own."""
    source, target = folder / "in.txt", folder / "out.txt"
    source.write_text("\n\n".join(paragraphs) + "\n", encoding="utf-8")
    command = [program("natbraille"), "-c", str(UNICODE), "-q", "--fi-line-length", "40"]
    command += ["--fi-hyphenation", "false", "--fi-litt-abbreg", str(is_contracted).lower()]
    command += ["-f", str(source), "-t", str(target)]
    # Its style sheets are deep: Java's own stack overflows on a book.
    home = {**os.environ, "HOME": str(folder), "JAVA_TOOL_OPTIONS": "-Xss512m"}
    subprocess.run(command, check=True, capture_output=True, timeout=300, env=home)
    found: list[str] = []
    for row in target.read_text(encoding="utf-8").replace("\f", "").split("\n"):
        words = row.strip("\u2800 ")
        if row.startswith("\u2800\u2800"):
            found.append(words)
        elif words:
            is_broken = found[-1].endswith("\u2824")  # at the hyphen of a compound word
            found[-1] += words if is_broken else "\u2800" + words
    return [paragraph.split("\u2800") for paragraph in found]


def _differences(
    paragraphs: list[str], theirs: list[list[str]], grade: int
) -> tuple[int, Counter[tuple[str, str]]]:
    total, differing = 0, Counter[tuple[str, str]]()
    for paragraph, their in zip(paragraphs, theirs, strict=True):
        ours = cells(paragraph, grade).split("\u2800")
        total += len(ours)
        for what, a, b, c, d in difflib.SequenceMatcher(
            None, ours, their, autojunk=False
        ).get_opcodes():
            if what != "equal":
                differing[" ".join(ours[a:b]), " ".join(their[c:d])] += max(b - a, d - c)
    return total, differing


@pytest.mark.oracle
@pytest.mark.e2e
def test_ninety_nine_words_in_a_hundred_are_as_natbraille_writes_them(tmp_path: Path) -> None:
    program("natbraille")
    paragraphs = _paragraphs()

    total, differing = _differences(
        paragraphs, _natbraille(paragraphs, tmp_path, is_contracted=False), 1
    )

    assert total > 10_000
    assert 1 - differing.total() / total >= 0.99, differing.most_common(40)
