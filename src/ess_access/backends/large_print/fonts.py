"""The typeface: its files, its measures, the letters it lacks, and how a DOCX embeds it."""

import hashlib
import uuid
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from ess_access.errors import MissingError

__all__ = ["DEFAULT_FAMILY", "Face", "Family", "family", "obfuscated", "packaged"]

DEFAULT_FAMILY = "Atkinson Hyperlegible"


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


def _found_in(folder: Path, name: str) -> tuple[Path, Path]:
    """Find the regular and the bold file of a family by the names that the fonts bear inside."""
    from fontTools.ttLib import TTFont, TTLibError

    faces: dict[str, Path] = {}
    paths = sorted(folder.rglob("*")) if folder.is_dir() else []
    for path in paths:
        if path.suffix.lower() not in {".ttf", ".otf"}:
            continue
        try:
            with path.open("rb") as stream, TTFont(stream, lazy=True) as font:
                names = font["name"]
                found = names.getDebugName(16) or names.getDebugName(1) or ""
                style = names.getDebugName(17) or names.getDebugName(2) or ""
        except (TTLibError, OSError):
            continue  # not a font, whatever its name says
        if found.casefold() == name.casefold():
            faces.setdefault(style.casefold(), path)
    if "regular" not in faces:
        raise MissingError("large-print-font-missing", family=name, folder=str(folder))
    return faces["regular"], faces.get("bold", faces["regular"])


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
