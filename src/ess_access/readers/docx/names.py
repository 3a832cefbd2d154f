"""Names of WordprocessingML elements and attributes, in Clark notation (ECMA-376-1)."""

from collections.abc import Mapping
from types import MappingProxyType

__all__ = ["DGM", "MC", "PIC", "RELATIONS", "STRICT", "WP", "A", "C", "M", "O", "R", "V", "W", "w"]

_OFFICE = "http://schemas.openxmlformats.org"
W = f"{{{_OFFICE}/wordprocessingml/2006/main}}"
R = f"{{{_OFFICE}/officeDocument/2006/relationships}}"
A = f"{{{_OFFICE}/drawingml/2006/main}}"
PIC = f"{{{_OFFICE}/drawingml/2006/picture}}"
WP = f"{{{_OFFICE}/drawingml/2006/wordprocessingDrawing}}"
C = f"{{{_OFFICE}/drawingml/2006/chart}}"
DGM = f"{{{_OFFICE}/drawingml/2006/diagram}}"
M = f"{{{_OFFICE}/officeDocument/2006/math}}"
MC = f"{{{_OFFICE}/markup-compatibility/2006}}"
RELATIONS = f"{{{_OFFICE}/package/2006/relationships}}"
V = "{urn:schemas-microsoft-com:vml}"
O = "{urn:schemas-microsoft-com:office:office}"  # noqa: E741 - the prefix of the specification

# Strict documents use other namespaces for the same elements (ECMA-376-1, annex A).
STRICT: Mapping[bytes, bytes] = MappingProxyType(
    {
        b"http://purl.oclc.org/ooxml/wordprocessingml/main": W[1:-1].encode(),
        b"http://purl.oclc.org/ooxml/officeDocument/relationships": R[1:-1].encode(),
        b"http://purl.oclc.org/ooxml/drawingml/main": A[1:-1].encode(),
        b"http://purl.oclc.org/ooxml/drawingml/picture": PIC[1:-1].encode(),
        b"http://purl.oclc.org/ooxml/drawingml/wordprocessingDrawing": WP[1:-1].encode(),
        b"http://purl.oclc.org/ooxml/drawingml/chart": C[1:-1].encode(),
        b"http://purl.oclc.org/ooxml/drawingml/diagram": DGM[1:-1].encode(),
        b"http://purl.oclc.org/ooxml/officeDocument/math": M[1:-1].encode(),
    }
)


def w(name: str) -> str:
    """Give the full name of an element or attribute of the main namespace."""
    return W + name
