"""A tree of elements from characters, whatever their faults, and small questions about it."""

import re
from collections.abc import Iterator

from lxml import etree

from ess_access.api.reader import Limits
from ess_access.document.text import clean
from ess_access.errors import SourceError

__all__ = [
    "HEADINGS",
    "Element",
    "attribute",
    "heading_level",
    "is_block",
    "lang_of",
    "name_of",
    "names",
    "parsed",
    "refuse_deep",
    "removed",
    "settled",
    "tokens",
    "words_in",
]

Element = etree._Element  # noqa: SLF001 - lxml gives the type of its elements no public name


def names(listed: str) -> frozenset[str]:
    """Make a set of names out of names parted by spaces."""
    return frozenset(listed.split())


HEADINGS = {"h1": 1, "h2": 2, "h3": 3, "h4": 4, "h5": 5, "h6": 6}
_BLOCKS = names(
    "address article aside blockquote body caption center dd details dialog dir div dl dt fieldset"
    " figcaption figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main menu nav"
    " ol p pre search section summary table tbody td tfoot th thead tr ul"
)
# Elements that group and say nothing: they do not count in the depth that a source may have.
_WRAPPERS = names("div span section article main body html center font tbody thead tr")
_RAW_DEPTH = 250
# The names that the HTML parser and the XML parser give, and ours (a colon cannot be written).
_RENAMED = {
    "xml:lang": "xml-lang",
    "{http://www.w3.org/XML/1998/namespace}lang": "xml-lang",
    "epub:type": "epub-type",
    "{http://www.idpf.org/2007/ops}type": "epub-type",
}


def parsed(text: str) -> Element | None:
    """Read HTML as browsers do, mending what is malformed; ``None`` when there is no element."""
    parser = etree.HTMLParser(
        encoding="utf-8", huge_tree=True, no_network=True, remove_comments=True, remove_pis=True
    )
    # Among others, libxml2 would end the page at the first zero character.
    data = clean(text).encode()
    try:
        return etree.fromstring(data, parser)
    except etree.XMLSyntaxError:
        return None


def settled(root: Element) -> None:
    """Bring the names of an XHTML tree to those of HTML, and mend lists of definitions, in place.

    libxml2 puts a ``<dd>`` that follows an open one inside it; browsers put it beside.
    """
    for element in list(root.iter("dt", "dd")):
        parent = element.getparent()
        if parent is not None and parent.tag in ("dt", "dd"):
            parent.addnext(element)
    for element in root.iter():
        if not isinstance(element.tag, str):
            continue
        if element.tag.startswith("{"):
            element.tag = element.tag.rpartition("}")[2].lower()
        for name, plain in _RENAMED.items():
            value = element.get(name)
            if value is not None:
                element.set(plain, clean(value))


def refuse_deep(name: str, root: Element, limits: Limits) -> None:
    """Raise SourceError where elements are nested deeper than the limits allow."""
    raw = counted = 0
    for event, element in etree.iterwalk(root, events=("start", "end")):
        step = 1 if event == "start" else -1
        raw += step
        counted += step if element.tag not in _WRAPPERS else 0
        if counted > limits.nesting or raw > max(_RAW_DEPTH, limits.nesting):
            raise SourceError("source-too-deep", name=name, limit=limits.nesting)


def removed(element: Element) -> None:
    """Take an element out of its tree; the words after it stay."""
    parent = element.getparent()
    if parent is None:
        return
    tail = element.tail
    if tail:
        previous = element.getprevious()
        if previous is not None:
            previous.tail = clean((previous.tail or "") + tail)  # lxml writes no control character
        else:
            parent.text = clean((parent.text or "") + tail)
    element.tail = None
    parent.remove(element)


def name_of(element: Element) -> str:
    """Give the element's name, ``""`` for a comment or a processing instruction."""
    return element.tag if isinstance(element.tag, str) else ""


def attribute(element: Element, name: str) -> str:
    """Give an attribute's value without white space around it, ``""`` where it is absent."""
    return (element.get(name) or "").strip()


def tokens(element: Element, *attributes: str) -> frozenset[str]:
    """Give the words of attributes such as ``class`` and ``role``, in lower case."""
    if not element.attrib:  # most elements, and asked for all of them
        return frozenset()
    return frozenset(
        word for name in attributes for word in (element.get(name) or "").lower().split()
    )


def is_block(element: Element) -> bool:
    """Say whether the element stands on lines of its own."""
    if name_of(element) in _BLOCKS or "heading" in tokens(element, "role"):
        return True
    style = element.get("style")
    return style is not None and re.search(r"display\s*:\s*(?:block|flex|grid)", style) is not None


def heading_level(element: Element) -> int:
    """Give 1 to 6 for a heading, 0 for anything else."""
    roles = tokens(element, "role")
    if "heading" in roles:
        level = attribute(element, "aria-level")
        return min(6, max(1, int(level))) if level.isdecimal() and len(level) < 4 else 2
    if roles & {"presentation", "none"}:
        return 0
    return HEADINGS.get(name_of(element), 0)


def lang_of(element: Element) -> str | None:
    """Give the language that the element declares, as written; ``None`` where it declares none."""
    for name in ("lang", "xml-lang"):
        value = element.get(name)
        if value is not None:
            return value.strip()
    return None


def words_in(element: Element) -> Iterator[str]:
    """Yield the words of an element and of all it holds."""
    for text in element.itertext():
        yield from text.split()
