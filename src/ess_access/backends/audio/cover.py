"""A cover for players to show: the title in large letters, white on dark blue."""

import io
import textwrap
from functools import cache

__all__ = ["cover"]

_SIDE = 600
_MARGIN = 48
_PAPER, _INK = (16, 32, 80), (255, 255, 255)
# Shades from paper to ink: four bits a pixel.
_SHADES = 16
_SIZES = (96, 80, 64, 52, 44, 36)


@cache
def cover(title: str, authors: tuple[str, ...]) -> tuple[str, bytes]:
    """Draw a square cover; give its media type and bytes. Contrast is above 12:1."""
    from PIL import Image, ImageDraw

    picture = Image.new("L", (_SIDE, _SIDE))
    draw = ImageDraw.Draw(picture)
    for size in _SIZES:
        font = _font(size)
        lines = textwrap.wrap(title, max(6, int((_SIDE - 2 * _MARGIN) / (0.56 * size)))) or [""]
        widest = max(draw.textlength(line, font=font) for line in lines)
        fits = len(lines) * size * 1.25 <= 0.7 * _SIDE and widest <= _SIDE - 2 * _MARGIN
        if fits or size == _SIZES[-1]:
            most = int(0.7 * _SIDE / (size * 1.25))
            draw.multiline_text(
                (_MARGIN, _MARGIN), "\n".join(lines[:most]), 255, font, spacing=size // 4
            )
            break
    name = textwrap.shorten(", ".join(authors), 40, placeholder="\u2026")
    draw.text((_MARGIN, _SIDE - _MARGIN - 32), name, 255, _font(32))
    shaded = picture.point([level * _SHADES // 256 for level in range(256)])
    shaded.putpalette(_palette())
    held = io.BytesIO()
    shaded.save(held, "PNG", bits=4)
    return "image/png", held.getvalue()


def _palette() -> list[int]:
    return [
        round(paper + (ink - paper) * shade / (_SHADES - 1))
        for shade in range(_SHADES)
        for paper, ink in zip(_PAPER, _INK, strict=True)
    ]


@cache
def _font(size: int):  # type: ignore[no-untyped-def]
    from pathlib import Path

    import fontpkg_atkinson_hyperlegible as package
    from PIL import ImageFont

    bold = sorted(
        path
        for path in Path(package.__file__).parent.rglob("*")
        if path.suffix.lower() in {".ttf", ".otf"} and path.stem.lower().endswith("bold")
    )
    return ImageFont.truetype(str(bold[0]), size) if bold else ImageFont.load_default(size)
