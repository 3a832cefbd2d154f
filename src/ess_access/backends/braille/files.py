"""Open Braille files again: pages of rows of cells, from BRF, PEF and Unicode text."""

from dataclasses import dataclass
from pathlib import Path

from ess_access.backends.braille.alphabets import decode_table, encoding_of
from ess_access.backends.braille.cells import BLANK

__all__ = ["BrailleFile", "kind_of", "open_brf", "open_pef", "open_text"]

_PEF = "{http://www.daisy.org/ns/2008/pef}"


@dataclass(frozen=True, slots=True)
class BrailleFile:
    """What a file holds: volumes of pages of rows; ``faults`` are codes with their params.

    ``width`` and ``height`` are those that the file declares, ``0`` where it declares none.
    """

    volumes: tuple[tuple[tuple[str, ...], ...], ...]
    faults: tuple[tuple[str, dict[str, str | int]], ...] = ()
    width: int = 0
    height: int = 0

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
    faults: list[tuple[str, dict[str, str | int]]] = []
    text = data.decode(encoding_of(alphabet), errors="replace")
    if text and "\r\n" not in text and "\n" in text:
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
    faults: list[tuple[str, dict[str, str | int]]] = []
    text = data.decode("utf-8", errors="replace").removeprefix("\ufeff")
    strange = sorted({c for c in text if not ("\u2800" <= c <= "\u283f") and c not in "\r\n\f "})
    if strange:
        faults.append(("BR-104", {"chars": " ".join(f"U+{ord(char):04X}" for char in strange)}))
    pages = tuple(
        tuple(
            row.replace(" ", BLANK).rstrip(BLANK)
            for row in page.replace("\r\n", "\n").removesuffix("\n").split("\n")
        )
        for page in _pages(text)
    )
    return BrailleFile((pages,), tuple(faults))


def _pages(text: str) -> list[str]:
    return text.removesuffix("\f").split("\f") if text else []


def open_pef(data: bytes) -> BrailleFile:
    """Read a PEF file, and hold it against the rules of its schema, PEF 2008-1."""
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        return BrailleFile((), (("BR-110", {"reason": str(error)}),))
    faults: list[tuple[str, dict[str, str | int]]] = []

    def fault(reason: str) -> None:
        faults.append(("BR-111", {"reason": reason}))

    if root.tag != f"{_PEF}pef" or root.get("version") != "2008-1":
        fault("pef[@version='2008-1']")
    dc = "{http://purl.org/dc/elements/1.1/}"
    meta = root.find(f"{_PEF}head/{_PEF}meta")
    formats = [] if meta is None else [node.text for node in meta.findall(f"{dc}format")]
    if formats != ["application/x-pef+xml"]:
        fault("head/meta/dc:format")
    if meta is None or len(meta.findall(f"{dc}identifier")) != 1:
        fault("head/meta/dc:identifier")
    volumes: list[tuple[tuple[str, ...], ...]] = []
    width = height = 0
    found = root.findall(f"{_PEF}body/{_PEF}volume")
    if not found:
        fault("body/volume")
    for volume in found:
        sizes = [volume.get(name) or "" for name in ("cols", "rows", "rowgap")]
        if not all(size.isdecimal() for size in sizes) or volume.get("duplex") not in {
            "true",
            "false",
        }:
            fault("volume[@cols][@rows][@rowgap][@duplex]")
        width = int(sizes[0]) if sizes[0].isdecimal() else 0
        height = int(sizes[1]) if sizes[1].isdecimal() else 0
        pages: list[tuple[str, ...]] = []
        sections = volume.findall(f"{_PEF}section")
        if not sections:
            fault("volume/section")
        for section in sections:
            if section.find(f"{_PEF}page") is None:
                fault("section/page")
            for page in section.findall(f"{_PEF}page"):
                rows = [(row.text or "") for row in page.findall(f"{_PEF}row")]
                if not rows:
                    fault("page/row")
                if any(not ("\u2800" <= char <= "\u28ff") for row in rows for char in row):
                    fault("row/text()")
                pages.append(tuple(row.rstrip(BLANK) for row in rows))
        volumes.append(tuple(pages))
    return BrailleFile(tuple(volumes), tuple(faults), width, height)
