"""Colours as a reader sees them: those that are written, and those of the theme with their tint."""

import colorsys
from typing import Any

__all__ = ["HIGHLIGHTS", "colour_of", "ground_of", "six_digits", "theme_colours"]

_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
# What Word's names of its highlighters show (ECMA-376 part 1 §17.18.40).
HIGHLIGHTS = {
    "black": "000000",
    "blue": "0000FF",
    "cyan": "00FFFF",
    "darkBlue": "000080",
    "darkCyan": "008080",
    "darkGray": "808080",
    "darkGreen": "008000",
    "darkMagenta": "800080",
    "darkRed": "800000",
    "darkYellow": "808000",
    "green": "00FF00",
    "lightGray": "C0C0C0",
    "magenta": "FF00FF",
    "red": "FF0000",
    "white": "FFFFFF",
    "yellow": "FFFF00",
}
# What Word's names stand for in the theme (ECMA-376 part 1 §17.18.97).
_SLOTS = {
    "text1": "dk1",
    "dark1": "dk1",
    "background1": "lt1",
    "light1": "lt1",
    "text2": "dk2",
    "dark2": "dk2",
    "background2": "lt2",
    "light2": "lt2",
    "hyperlink": "hlink",
    "followedHyperlink": "folHlink",
}


def six_digits(value: str) -> str | None:
    """Give a colour as six digits; ``None`` for "auto", which Word keeps readable."""
    value = value.lstrip("#").upper()
    is_colour = len(value) == 6 and all(digit in "0123456789ABCDEF" for digit in value)
    return value if is_colour else None


def theme_colours(theme: Any) -> dict[str, str]:
    """Give the colours of a theme part by their slots (``"dk1"``, ``"accent1"``)."""
    scheme = theme.find(f".//{_A}clrScheme") if theme is not None else None
    found: dict[str, str] = {}
    for slot in scheme if scheme is not None else ():
        for colour in slot:
            value = six_digits(colour.get("lastClr") or colour.get("val") or "")
            if value is not None and isinstance(slot.tag, str):
                found[slot.tag.removeprefix(_A)] = value
    return found


def colour_of(
    attributes: dict[str, str], theme: dict[str, str], *, value: str = "val", prefix: str = "theme"
) -> str | None:
    """Resolve ``w:color`` or the fill of ``w:shd``: six digits, ``None`` where it says none.

    Word writes what it shows beside the name of the theme's colour; where it does not, the tint
    and the shade are those of ECMA-376 part 1 §17.3.2.6.
    """
    written = six_digits(attributes.get(value, ""))
    if written is not None:
        return written
    named = attributes.get("themeColor" if prefix == "theme" else prefix, "")
    base = theme.get(_SLOTS.get(named, named))
    if base is None:
        return None
    tint, shade = attributes.get(f"{prefix}Tint"), attributes.get(f"{prefix}Shade")
    return _lightened(base, _part(tint), _part(shade))


def ground_of(attributes: dict[str, str], theme: dict[str, str]) -> str | None:
    """Resolve ``w:shd``: its fill, covered by the part of its pattern that is inked.

    ECMA-376 part 1 §17.18.78: "solid" is ink alone, "pct25" a quarter of it; ink that is said by
    no colour is black, a fill that is said by none is the paper's.
    """
    fill = colour_of(attributes, theme, value="fill", prefix="themeFill")
    pattern = attributes.get("val", "clear")
    inked = 100.0 if pattern == "solid" else _percentage(pattern)
    if not inked:
        return fill
    ink = colour_of(attributes, theme, value="color") or "000000"
    return _mixed(ink, fill or "FFFFFF", inked / 100)


def _percentage(pattern: str) -> float:
    digits = pattern.removeprefix("pct")
    return float(digits) if pattern.startswith("pct") and digits.isdigit() else 0.0


def _mixed(ink: str, paper: str, part: float) -> str:
    pairs = ((int(one[at : at + 2], 16) for one in (ink, paper)) for at in (0, 2, 4))
    return "".join(f"{round(above * part + below * (1 - part)):02X}" for above, below in pairs)


def _part(digits: str | None) -> float:
    try:
        return int(digits, 16) / 255 if digits else 1.0
    except ValueError:
        return 1.0


def _lightened(colour: str, tint: float, shade: float) -> str:
    red, green, blue = (int(colour[start : start + 2], 16) / 255 for start in (0, 2, 4))
    hue, light, saturation = colorsys.rgb_to_hls(red, green, blue)
    light = light * shade * tint + (1 - tint)
    shown = colorsys.hls_to_rgb(hue, min(1.0, light), saturation)
    return "".join(f"{round(part * 255):02X}" for part in shown)
