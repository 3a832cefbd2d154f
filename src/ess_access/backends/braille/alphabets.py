"""The characters that stand for the 64 cells in a BRF file."""

from collections.abc import Mapping
from types import MappingProxyType

__all__ = ["ALPHABETS", "NABCC", "decode_table", "encode_table"]

# North American Braille Computer Code: the characters of U+2800 to U+283F, in order.
NABCC = " A1B'K2L@CIF/MSP\"E3H9O6R^DJG>NTQ,*5<-U8V.%[$+X!&;:4\\0Z7(_?W]#Y)="

ALPHABETS: Mapping[str, str] = MappingProxyType({"nabcc": NABCC})


def encode_table(alphabet: str) -> dict[int, str]:
    """Give the table for ``str.translate`` from cells to characters."""
    return {0x2800 + at: char for at, char in enumerate(ALPHABETS[alphabet])}


def decode_table(alphabet: str) -> dict[int, str]:
    """Give the table for ``str.translate`` from characters to cells; letters in either case."""
    table = {ord(char): chr(0x2800 + at) for at, char in enumerate(ALPHABETS[alphabet])}
    if alphabet == "nabcc":
        table |= {
            ord(char.lower()): cell
            for char, cell in ((chr(code), cell) for code, cell in tuple(table.items()))
            if char.isupper()
        }
        # BRF made elsewhere writes these four for their neighbours in the ASCII table.
        table |= {
            ord("`"): table[ord("@")],
            ord("{"): table[ord("[")],
            ord("}"): table[ord("]")],
            ord("|"): table[ord("\\")],
            ord("~"): table[ord("^")],
        }
    return table
