"""Short names for the elements of WordprocessingML."""

from typing import Any

from lxml import etree

__all__ = [
    "NAMESPACES",
    "Element",
    "R",
    "W",
    "child",
    "clark",
    "declarations",
    "property_of",
    "root",
    "text_of",
]

Element = Any  # lxml's element: its stubs know no custom classes of python-docx

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
NAMESPACES = {
    "w": W,
    "r": R,
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "pic": "http://schemas.openxmlformats.org/drawingml/2006/picture",
}
_W = f"{{{W}}}"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"


def clark(name: str) -> str:
    """Give the full name of an element of the ``w`` namespace."""
    return _W + name


def child(parent: Element, name: str, /, **attributes: str | int) -> Element:
    """Append an element of the ``w`` namespace; its attributes are of that namespace too."""
    return etree.SubElement(
        parent, _W + name, {_W + key: str(value) for key, value in attributes.items()}
    )


def text_of(parent: Element, words: str) -> None:
    """Append ``w:t`` holding these words, spaces kept."""
    element: Element = etree.SubElement(parent, _W + "t", {_SPACE: "preserve"})
    element.text = words


def root(name: str, /, **attributes: str | int) -> Element:
    """Make a root element of the ``w`` namespace."""
    return etree.Element(
        _W + name,
        {_W + key: str(value) for key, value in attributes.items()},
        nsmap=NAMESPACES,
    )


def declarations() -> str:
    """Give the declarations of namespaces, for a root written as text."""
    return " ".join(f'xmlns:{prefix}="{uri}"' for prefix, uri in NAMESPACES.items())


# CT_PPr is a sequence (ECMA-376 part 1 §17.3.1.26); these are the ones that the writer uses.
_PARAGRAPH_ORDER = (
    "pStyle",
    "keepNext",
    "keepLines",
    "pageBreakBefore",
    "widowControl",
    "numPr",
    "pBdr",
    "tabs",
    "spacing",
    "ind",
    "jc",
    "outlineLvl",
    "sectPr",
)


def property_of(paragraph: Element, name: str) -> Element:
    """Give a property of a paragraph, made at its place in the sequence when it is not there."""
    properties = paragraph.find(_W + "pPr")
    found = properties.find(_W + name)
    if found is not None:
        return found
    made = child(properties, name)
    rank = _PARAGRAPH_ORDER.index(name)
    for other in properties:
        if _PARAGRAPH_ORDER.index(str(other.tag).rpartition("}")[2]) > rank:
            other.addprevious(made)
            break
    return made
