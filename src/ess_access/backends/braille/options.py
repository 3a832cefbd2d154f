"""What a user may choose of a Braille edition."""

from dataclasses import dataclass
from typing import Literal

from ess_access.api.options import option

__all__ = ["PRESETS", "BrailleOptions", "page_size"]

# Cells a row, rows a page: CBFU 3.5, and the papers that embossers take.
PRESETS = {
    "a4": (30, 27),
    "letter": (30, 25),
    "30x27": (30, 27),
    "32x28": (32, 28),
    "40x25": (40, 25),
    "display": (40, 40),
}


@dataclass(frozen=True, slots=True)
class BrailleOptions:
    """Options of the Braille edition; sections are those of the CBFU."""

    grade: Literal[1, 2] = option(1, doc="option.braille.grade")
    preset: Literal["custom", "a4", "letter", "30x27", "32x28", "40x25", "display"] = option(
        "custom", doc="option.braille.preset"
    )
    width: int = option(30, doc="option.braille.width", ge=20, le=40)
    height: int = option(27, doc="option.braille.height", ge=15, le=40)
    duplex: bool = option(False, doc="option.braille.duplex")  # noqa: FBT003 - the default
    brf_table: Literal["nabcc", "tbfr2007", "cbfr1252"] = option(
        "nabcc", doc="option.braille.brf_table"
    )
    page_numbers: bool = option(True, doc="option.braille.page_numbers")  # noqa: FBT003
    print_pages: bool = option(False, doc="option.braille.print_pages")  # noqa: FBT003
    title_page: Literal["auto", "always", "never"] = option("auto", doc="option.braille.title_page")
    contents: Literal["auto", "always", "never"] = option("auto", doc="option.braille.contents")
    symbols: Literal["auto", "always", "never"] = option("auto", doc="option.braille.symbols")
    producer: str = option("", doc="option.braille.producer")
    volume_pages: int = option(75, doc="option.braille.volume_pages", ge=10, le=1000)
    hyphenation: Literal["none", "compounds", "syllables"] = option(
        "none", doc="option.braille.hyphenation"
    )
    capitals: Literal["code", "base", "sentence"] = option("code", doc="option.braille.capitals")
    emphasis: Literal["code", "none"] = option("code", doc="option.braille.emphasis")
    inclusive: Literal["as-written", "both", "masculine", "feminine"] = option(
        "as-written", doc="option.braille.inclusive"
    )
    link_addresses: bool = option(True, doc="option.braille.link_addresses")  # noqa: FBT003
    tables: Literal["auto", "columns", "lines", "steps", "titles", "list", "hybrid"] = option(
        "auto", doc="option.braille.tables"
    )
    interlined: bool = option(False, doc="option.braille.interlined")  # noqa: FBT003


def page_size(options: BrailleOptions) -> tuple[int, int]:
    """Give the cells of a row and the rows of a page: the preset's, or the two numbers."""
    return PRESETS.get(options.preset, (options.width, options.height))
