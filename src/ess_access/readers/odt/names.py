"""Names of OpenDocument elements and attributes, in Clark notation (ODF 1.3, part 3)."""

__all__ = [
    "CHART",
    "DC",
    "DRAW",
    "FO",
    "LOEXT",
    "MANIFEST",
    "MATH",
    "META",
    "OFFICE",
    "STYLE",
    "SVG",
    "TABLE",
    "TEXT",
    "XLINK",
    "XML",
]

_OASIS = "urn:oasis:names:tc:opendocument:xmlns:"
OFFICE = f"{{{_OASIS}office:1.0}}"
STYLE = f"{{{_OASIS}style:1.0}}"
TEXT = f"{{{_OASIS}text:1.0}}"
TABLE = f"{{{_OASIS}table:1.0}}"
DRAW = f"{{{_OASIS}drawing:1.0}}"
FO = f"{{{_OASIS}xsl-fo-compatible:1.0}}"
SVG = f"{{{_OASIS}svg-compatible:1.0}}"
META = f"{{{_OASIS}meta:1.0}}"
CHART = f"{{{_OASIS}chart:1.0}}"
MANIFEST = f"{{{_OASIS}manifest:1.0}}"
XLINK = "{http://www.w3.org/1999/xlink}"
DC = "{http://purl.org/dc/elements/1.1/}"
MATH = "{http://www.w3.org/1998/Math/MathML}"
XML = "{http://www.w3.org/XML/1998/namespace}"
LOEXT = "{urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0}"
