"""Signs drawn by a font: a letter in Wingdings is a picture of something else."""

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType

__all__ = ["is_symbol_font", "symbol", "symbols"]


_PRIVATE = re.compile("[\uf000-\uf0ff]")


@cache
def _tables() -> Mapping[str, Mapping[int, str]]:
    path = files("ess_access.readers") / "data" / "symbols.toml"
    found = tomllib.loads(path.read_text("utf-8"))
    return MappingProxyType(
        {
            font: MappingProxyType({int(code, 16): sign for code, sign in signs.items()})
            for font, signs in found.items()
        }
    )


@cache
def is_symbol_font(font: str | None) -> bool:
    """Say whether the letters of a font are signs."""
    return font is not None and font.strip().lower() in _tables()


def symbol(code: int, font: str | None) -> str:
    """Give the character that a font draws for a code, ``""`` where it is not known.

    Codes of fonts of signs lie in U+F000 to U+F0FF too (ECMA-376-1 §17.3.3.30).
    """
    low = code & 0xFF if 0xF000 <= code <= 0xF0FF else code
    name = (font or "").strip().lower()
    if name in _tables():
        if low == 0x20:
            return " "
        return _tables()[name].get(low, chr(low) if name == "symbol" and low < 0x40 else "")
    if 0xF000 <= code <= 0xF0FF:  # a sign whose font is not said: most are of these two
        return _tables()["wingdings"].get(low) or _tables()["symbol"].get(low, "")
    return chr(code) if code < 0x11_0000 and not 0xD800 <= code <= 0xDFFF else ""


def symbols(text: str, font: str | None) -> tuple[str, str]:
    """Turn the letters of a font of signs into characters; also give those that are not known."""
    if not is_symbol_font(font) and not _PRIVATE.search(text):
        return text, ""
    found: list[str] = []
    unknown: list[str] = []
    for letter in text:
        code = ord(letter)
        if (is_symbol_font(font) and letter not in "\t\n") or 0xF000 <= code <= 0xF0FF:
            sign = symbol(code, font)
            if not sign:
                unknown.append(letter)
            found.append(sign)
        else:
            found.append(letter)
    return "".join(found), "".join(unknown)
