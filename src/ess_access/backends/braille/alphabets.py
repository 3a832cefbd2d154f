"""The characters that stand for the 64 cells in a BRF file."""

from collections.abc import Mapping
from types import MappingProxyType

__all__ = ["ALPHABETS", "decode_table", "encode_table", "encoding_of"]

# Each string gives the characters of U+2800 to U+283F, in order.
ALPHABETS: Mapping[str, str] = MappingProxyType(
    {
        # North American Braille Computer Code: what almost every embosser takes.
        "nabcc": " A1B'K2L@CIF/MSP\"E3H9O6R^DJG>NTQ,*5<-U8V.%[$+X!&;:4\\0Z7(_?W]#Y)=",
        # Table braille informatique française, 2007: the six-dot cells of its 256 characters
        # (liblouis/braille-specs, french/table_braille_informatique_tbfr2007.pdf).
        "tbfr2007": " a,b'k;l^cif/msp\u00b4e:h*o!r\u00a4djg@ntq`1?2-u(v\u00a8396\u00f3x\u00e7\u00e8"
        '\u201e5.8)z"\u00e0\u00b84w70y\u00f9\u00e9',
        # Its forerunner for Windows, 2001, as NatBraille and Duxbury write it.
        "cbfr1252": " a,b.k;l\u02c6cif^msp\u02dce:h*o!r>djg@ntq'1?2-u(v\u00a8396#x\u00e7\u00e8"
        '<5/8)z"\u00e0_4w70y\u00f9\u00e9',
    }
)
# BRF made elsewhere may write these for their neighbours, 32 places higher in ASCII.
_LOWER_ROW = {"`": "@", "{": "[", "|": "\\", "}": "]", "~": "^"}


def encoding_of(alphabet: str) -> str:
    """Give the encoding of a file in that alphabet."""
    return "ascii" if alphabet == "nabcc" else "cp1252"


def encode_table(alphabet: str) -> dict[int, str]:
    """Give the table for ``str.translate`` from cells to characters."""
    return {0x2800 + at: char for at, char in enumerate(ALPHABETS[alphabet])}


def decode_table(alphabet: str) -> dict[int, str]:
    """Give the table for ``str.translate`` from characters to cells; NABCC in either case."""
    cells = {char: chr(0x2800 + at) for at, char in enumerate(ALPHABETS[alphabet])}
    if alphabet == "nabcc":
        cells |= {char.lower(): cell for char, cell in cells.items()}
        cells |= {low: cells[high] for low, high in _LOWER_ROW.items()}
    return {ord(char): cell for char, cell in cells.items()}
