"""The typeface: its files, its measures, the letters it lacks, and how a DOCX embeds it."""

import hashlib
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from ess_access.errors import MissingError

__all__ = ["DEFAULT_FAMILY", "Face", "Family", "family", "obfuscated", "packaged"]

DEFAULT_FAMILY = "Atkinson Hyperlegible"
# OpenType, OS/2: bits of fsSelection; weights above this one are no face for a whole text.
_SLANTED, _BOLD, _REGULAR = 1 | 1 << 9, 1 << 5, 1 << 6
_HEAVIEST_TEXT = 550
_NORMAL_WIDTH = 5
# Letters in the proportion of French (Universal Declaration of Human Rights, article 1).
_SAMPLE = (
    "Tous les êtres humains naissent libres et égaux en dignité et en droits. Ils sont doués de "
    "raison et de conscience et doivent agir les uns envers les autres dans un esprit de "
    "fraternité."
)


@dataclass(frozen=True, slots=True)
class Face:
    """One weight of a family. ``advances`` are widths by character, in thousandths of an em."""

    data: bytes
    advances: dict[int, float]
    line_height: float

    @property
    def key(self) -> uuid.UUID:
        """The GUID that the embedded font is obfuscated with: of its bytes, never random."""
        return uuid.UUID(bytes=hashlib.sha256(self.data).digest()[:16], version=4)

    def width(self, text: str, size_pt: float) -> float:
        """Measure a text set in one line, in points. A character it lacks counts as one em."""
        advances = self.advances
        return sum(advances.get(ord(char), 1000.0) for char in text) * size_pt / 1000

    def lacks(self, char: str) -> bool:
        """Say whether the face has no glyph for this character."""
        return ord(char) not in self.advances


@dataclass(frozen=True, slots=True)
class Family:
    """A family: its name as Word knows it, its regular and its bold face."""

    name: str
    regular: Face
    bold: Face

    @property
    def line_height(self) -> float:
        """The natural distance of two baselines, in ems."""
        return max(self.regular.line_height, self.bold.line_height)

    def letter_width(self, size_pt: float) -> float:
        """Give the width of a letter of French text on average, in points."""
        return self.regular.width(_SAMPLE, size_pt) / len(_SAMPLE)

    @property
    def digest(self) -> str:
        """Name the files' bytes."""
        return hashlib.sha256(self.regular.data + self.bold.data).hexdigest()[:16]


@cache
def family(name: str, folder: str = "") -> Family:
    """Load a family from a folder of fonts, or the one that comes with ess-access.

    Raises :class:`~ess_access.errors.MissingError` when the folder holds no such family.
    """
    if folder:
        regular, bold = _found_in(Path(folder), name)
    else:
        if name != DEFAULT_FAMILY:
            raise MissingError("large-print-font-dir", family=name)
        regular, bold = packaged()
    return Family(name, _face(regular), _face(bold))


def packaged() -> tuple[Path, Path]:
    """Give the files, regular and bold, of the family that comes with ess-access."""
    import fontpkg_atkinson_hyperlegible as package

    files = Path(package.__file__).parent / "files"
    return files / "AtkinsonHyperlegible-Regular.ttf", files / "AtkinsonHyperlegible-Bold.ttf"


@dataclass(frozen=True, slots=True)
class _Design:
    """A font of a folder. ``weight`` and ``width`` are OS/2's: 400 is regular, 5 is normal."""

    path: Path
    weight: int
    width: int


def _found_in(folder: Path, name: str) -> tuple[Path, Path]:
    """Find the regular and the bold file of a family by the names that the fonts bear inside.

    By what the fonts measure, not by how their styles are called: « Book », « Roman », « Text ».
    """
    found = [] if not folder.is_dir() else list(_designs(folder, name.casefold()))
    texts = [one for one in found if one.weight <= _HEAVIEST_TEXT]
    if not texts:
        raise MissingError("large-print-font-missing", family=name, folder=str(folder))
    regular = min(texts, key=lambda one: (abs(one.width - _NORMAL_WIDTH), abs(one.weight - 400)))
    bold = min(
        (one for one in found if one.weight > _HEAVIEST_TEXT and one.width == regular.width),
        key=lambda one: abs(one.weight - 700),
        default=regular,
    )
    return regular.path, bold.path


def _designs(folder: Path, name: str) -> Iterator[_Design]:
    """Yield the upright fonts of a family, whose name is in lower case."""
    from fontTools.ttLib import TTFont, TTLibError

    for path in sorted(folder.rglob("*")):
        if path.suffix.lower() not in {".ttf", ".otf"}:
            continue
        try:
            with path.open("rb") as stream, TTFont(stream, lazy=True) as font:
                names, measures = font["name"], font["OS/2"]
                families = {(names.getDebugName(key) or "").casefold() for key in (1, 16)}
                style = measures.fsSelection
                weight, width = measures.usWeightClass, measures.usWidthClass
        except (TTLibError, OSError, KeyError):
            continue  # not a font, whatever its name says
        if name in families and not style & _SLANTED:
            weight = 700 if style & _BOLD else 400 if style & _REGULAR else weight
            yield _Design(path, weight, width)


def _face(path: Path) -> Face:
    from fontTools.ttLib import TTFont

    with TTFont(path, lazy=True) as font:
        scale = 1000 / font["head"].unitsPerEm
        metrics = font["hmtx"].metrics
        advances = {code: metrics[glyph][0] * scale for code, glyph in font.getBestCmap().items()}
        horizontal = font["hhea"]
        windows = font["OS/2"]
        # Word takes the Windows measures, LibreOffice hhea: the greater keeps lines apart in both.
        height = max(
            horizontal.ascent - horizontal.descent + horizontal.lineGap,
            windows.usWinAscent + windows.usWinDescent,
        )
    return Face(path.read_bytes(), advances, height * scale / 1000)


def obfuscated(data: bytes, key: uuid.UUID) -> bytes:
    """Hide a font as ECMA-376 part 4 §2.8.1 asks: 32 bytes against the GUID read backwards."""
    mask = key.bytes[::-1] * 2
    return bytes(byte ^ hidden for byte, hidden in zip(data[:32], mask, strict=True)) + data[32:]
