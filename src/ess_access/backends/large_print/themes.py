"""Colours of the page, and the contrast between two of them."""

from dataclasses import dataclass

__all__ = ["MINIMUM_CONTRAST", "THEMES", "Theme", "contrast"]

# WCAG 2.2 §1.4.6 (AAA): someone with low vision needs 7:1; links as well.
MINIMUM_CONTRAST = 7.0


@dataclass(frozen=True, slots=True)
class Theme:
    """Colours as six hexadecimal digits."""

    background: str
    text: str
    link: str


THEMES = {
    "black-on-white": Theme("FFFFFF", "000000", "0000C0"),
    "black-on-cream": Theme("FFF6DC", "000000", "0000A0"),
    "white-on-black": Theme("000000", "FFFFFF", "8CC8FF"),
    "yellow-on-black": Theme("000000", "FFFF00", "8CE8FF"),
}


def _luminance(colour: str) -> float:
    """Give the relative luminance of a colour (WCAG 2.2, definition)."""
    channels = (int(colour[start : start + 2], 16) / 255 for start in (0, 2, 4))
    red, green, blue = (
        value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4
        for value in channels
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Give the contrast ratio of two colours, from 1 to 21 (WCAG 2.2 §1.4.3)."""
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)
