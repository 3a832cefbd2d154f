"""NatBraille, an independent French engine, on Debian's French documentation."""

import difflib
import gzip
import os
import re
import subprocess
import sys
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
            pytest.skip(
                f"{document} is not there: apt-get install debian-faq-fr debian-reference-fr"
            )
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


def _kind(ours: str, theirs: str, in_full: set[str]) -> str:
    """Say in which way contracted words differ."""
    if theirs.removeprefix("\u2830") in in_full and ours not in in_full:
        return "NatBraille writes the word in full"
    if "\u2830" in theirs and "\u2830" not in ours:
        return "NatBraille marks the base value"
    if ours in in_full:
        return "we write the word in full"
    if ours.count(" ") != theirs.count(" "):
        return "words are joined or parted otherwise"
    return "another contraction"


def _contracted(paragraphs: list[str], folder: Path) -> list[list[str] | None]:
    """Have NatBraille contract the paragraphs; ``None`` for one that it ends at without a file."""
    found: list[list[str]] = []
    (folder / "out.txt").unlink(missing_ok=True)
    try:
        found = _natbraille(paragraphs, folder, is_contracted=True)
    except FileNotFoundError:
        if len(paragraphs) == 1:
            return [None]
    if len(found) == len(paragraphs):
        return [*found]
    half = len(paragraphs) // 2
    return _contracted(paragraphs[:half], folder) + _contracted(paragraphs[half:], folder)


@pytest.mark.oracle
@pytest.mark.e2e
def test_contracted_words_differ_from_natbraille_in_known_kinds(tmp_path: Path) -> None:
    program("natbraille")
    paragraphs = _paragraphs()
    in_full = {word for paragraph in paragraphs for word in cells(paragraph).split("\u2800")}
    theirs: list[list[str] | None] = []
    for start in range(0, PARAGRAPHS, 50):
        theirs += _contracted(paragraphs[start : start + 50], tmp_path)
    done = [
        (ours, their) for ours, their in zip(paragraphs, theirs, strict=True) if their is not None
    ]

    total, differing = _differences([ours for ours, _ in done], [their for _, their in done], 2)
    kinds: Counter[str] = Counter()
    for (ours, their_cells), count in differing.items():
        kinds[_kind(ours, their_cells, in_full)] += count
    lines = [f"{len(done)} paragraphs, {total} words, {differing.total()} differ:"]
    lines += [f"{count:6} {kind}" for kind, count in kinds.most_common()]
    sys.stdout.write("\n".join([*lines, ""]))  # the list is read with `pytest -s`

    assert len(done) >= PARAGRAPHS - 5  # NatBraille itself ends at a few
    assert total > 10_000
    assert 1 - differing.total() / total >= 0.93, differing.most_common(40)
