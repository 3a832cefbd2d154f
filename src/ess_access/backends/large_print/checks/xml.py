"""Read WordprocessingML: names, and properties as plain dictionaries."""

import re
from typing import Any

__all__ = ["WP", "R", "W", "parsed", "values"]

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"

_OFFICE = b"http://schemas.openxmlformats.org/"
_STRICT = b"http://purl.oclc.org/ooxml/"
_STRICT_NAME = re.compile(rb"http://purl\.oclc\.org/ooxml/(\w+)/(\w+)")


def parsed(data: bytes) -> Any:
    """Parse a part; nothing outside of it is opened."""
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
    if _STRICT in data:
        # Strict documents use other namespaces for the same elements (ECMA-376-1, annex A).
        data = _STRICT_NAME.sub(_transitional, data)
    return etree.fromstring(data, parser)


def _transitional(found: re.Match[bytes]) -> bytes:
    return _OFFICE + found[1] + b"/2006/" + found[2]


def values(properties: Any) -> dict[str, dict[str, str]]:
    """Give ``rPr`` or ``pPr`` as name → attributes; ``numPr`` gets its children as attributes."""
    found: dict[str, dict[str, str]] = {}
    if properties is None:
        return found
    for node in properties:
        if not isinstance(node.tag, str):
            continue  # a comment
        attributes = {str(key).rpartition("}")[2]: value for key, value in node.attrib.items()}
        for inner in node:
            if isinstance(inner.tag, str):
                name = inner.tag.rpartition("}")[2]
                attributes.setdefault(name, inner.get(f"{W}val", ""))
        found[node.tag.rpartition("}")[2]] = attributes
    return found
