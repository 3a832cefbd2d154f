"""Open Braille files again: pages of rows of cells, from BRF and Unicode text."""

import re
from dataclasses import dataclass
from pathlib import Path

from ess_access.backends.braille.alphabets import decode_table, encoding_of
from ess_access.backends.braille.cells import BLANK

__all__ = ["BrailleFile", "Fault", "kind_of", "open_brf", "open_text"]

_OTHER_END = re.compile("(?<!\r)\n|\r(?!\n)")

Fault = tuple[str, dict[str, str | int]]  # a finding's code and its params


@dataclass(frozen=True, slots=True)
class BrailleFile:
    """What a file holds: volumes of pages of rows; ``faults`` are codes with their params.

    ``sizes`` are the cells a row and the rows a page that the file declares for each page, none
    where it declares nothing; ``duplex`` whether both sides of the paper are for text.
    """

    volumes: tuple[tuple[tuple[str, ...], ...], ...]
    faults: tuple[Fault, ...] = ()
    sizes: tuple[tuple[int, int], ...] = ()
    duplex: tuple[bool, ...] = ()

    @property
    def pages(self) -> tuple[tuple[str, ...], ...]:
        """All the pages, volume after volume."""
        return tuple(page for volume in self.volumes for page in volume)


def kind_of(path: Path) -> str:
    """Say which kind of Braille file this is by its name: ``brf``, ``pef`` or ``text``."""
    name = path.name.lower()
    if name.endswith(".pef"):
        return "pef"
    return "brf" if name.endswith(".brf") else "text"


def open_brf(data: bytes, alphabet: str) -> BrailleFile:
    """Read a BRF: characters into cells, form feeds into pages."""
    faults: list[Fault] = []
    text = data.decode(encoding_of(alphabet), errors="replace")
    if _OTHER_END.search(text):
        faults.append(("BR-105", {}))
    table = decode_table(alphabet)
    known = set(map(chr, table)) | {"\r", "\n", "\f"}
    strange = sorted(set(text) - known)
    if strange:
        faults.append(("BR-104", {"chars": " ".join(f"U+{ord(char):04X}" for char in strange)}))
    pages: list[tuple[str, ...]] = []
    for number, page in enumerate(_pages(text), 1):
        rows = page.replace("\r\n", "\n").replace("\r", "\n").removesuffix("\n").split("\n")
        if any(row.endswith(" ") for row in rows):
            faults.append(("BR-103", {"page": number}))
        pages.append(tuple(row.translate(table).rstrip(BLANK) for row in rows))
    return BrailleFile((tuple(pages),), tuple(faults))


def open_text(data: bytes) -> BrailleFile:
    """Read Unicode Braille patterns."""
    faults: list[Fault] = []
    text = data.decode("utf-8", errors="replace").removeprefix("\ufeff")
    strange = sorted({c for c in text if not ("\u2800" <= c <= "\u283f") and c not in "\r\n\f "})
    if strange:
        faults.append(("BR-104", {"chars": " ".join(f"U+{ord(char):04X}" for char in strange)}))
    pages: list[tuple[str, ...]] = []
    for number, page in enumerate(_pages(text), 1):
        rows = page.replace("\r\n", "\n").removesuffix("\n").replace(" ", BLANK).split("\n")
        if any(row.endswith(BLANK) for row in rows):
            faults.append(("BR-103", {"page": number}))
        pages.append(tuple(row.rstrip(BLANK) for row in rows))
    return BrailleFile((tuple(pages),), tuple(faults))


def _pages(text: str) -> list[str]:
    return text.removesuffix("\f").split("\f") if text else []
