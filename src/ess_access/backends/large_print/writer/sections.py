"""Sections: the page, its header with the title, its footer with the page number."""

import copy

from ess_access.backends.large_print.sizes import Page
from ess_access.backends.large_print.writer.edition import Edition
from ess_access.backends.large_print.writer.markup import Element, child, clark, text_of
from ess_access.backends.large_print.writer.runs import Look, add_text

__all__ = [
    "add_field",
    "close_last_section",
    "emptied",
    "end_section",
    "ends_section",
    "fill_section",
    "share_furniture",
    "write_furniture",
]

_EDGE = 709  # 1.25 cm from the edge of the sheet to the header and to the footer


def end_section(parent: Element, page: Page, edition: Edition) -> None:
    """End a section here: what was written since the last end has this page.

    Where nothing was written since, there is no section to end: it would be an empty page.
    """
    if not len(parent) or ends_section(parent[-1]):
        return
    properties = child(child(parent, "p"), "pPr")
    child(properties, "spacing", before=0, after=0)
    fill_section(child(properties, "sectPr"), page)
    edition.break_before = False  # a section begins a page


def ends_section(element: Element) -> bool:
    """Say whether a block of the body is the paragraph that ends a section."""
    return element.find(f"{clark('pPr')}/{clark('sectPr')}") is not None


def close_last_section(body: Element, last: Element) -> None:
    """Make ``last``, the section of the whole body, the one that ends with its last words.

    A landscape table that ends the document would else be followed by an empty page.
    """
    if len(body) and ends_section(body[-1]):
        inner = body[-1].find(f"{clark('pPr')}/{clark('sectPr')}")
        for old in list(last):
            if not _is_reference(old):
                last.remove(old)
        last.extend(list(inner))
        for end in body[-1].findall(clark("bookmarkEnd")):
            body[-1].addprevious(end)
        body.remove(body[-1])


def share_furniture(body: Element, last: Element) -> None:
    """Give every section the header and the footer of the last one."""
    references = [node for node in last if _is_reference(node)]
    for section in body.iter(clark("sectPr")):
        if section is not last:
            for place, reference in enumerate(references):
                section.insert(place, copy.deepcopy(reference))


def _is_reference(node: Element) -> bool:
    return str(node.tag).endswith(("headerReference", "footerReference"))


def fill_section(section: Element, page: Page) -> None:
    """Describe the page of a section: A4, equal margins, one column, no gutter."""
    for old in list(section):
        if not _is_reference(old):
            section.remove(old)
    notes = child(section, "endnotePr")
    # Word's own default is roman numerals.
    child(notes, "numFmt", val="decimal")
    child(section, "type", val="nextPage")
    size = child(section, "pgSz", w=page.width, h=page.height)
    if page.width > page.height:
        size.set(clark("orient"), "landscape")
    margin = page.margin
    child(
        section,
        "pgMar",
        top=margin,
        right=margin,
        bottom=margin,
        left=margin,
        header=_EDGE,
        footer=_EDGE,
        gutter=0,
    )
    child(section, "cols", space=708)


def write_furniture(section: Element, edition: Edition) -> None:
    """Write the header and the footer of the document, at the size of the body."""
    look = Look(edition.document.meta.lang)
    title = edition.document.meta.title
    if edition.options.header and title:
        paragraph = emptied(section.header)
        add_text(paragraph, title, look, edition)
    paragraph = emptied(section.footer)
    add_text(paragraph, f"{edition.words.page} ", look, edition)
    add_field(paragraph, "PAGE", "1")


def emptied(furniture: Element) -> Element:
    """Give the first paragraph of a header or a footer, without what the template had in it."""
    furniture.is_linked_to_previous = False
    paragraph = furniture.paragraphs[0]._p  # noqa: SLF001  # python-docx has no public way to it
    for old in list(paragraph):
        if not str(old.tag).endswith("}pPr"):
            paragraph.remove(old)
    return paragraph


def add_field(paragraph: Element, instruction: str, result: str) -> None:
    """Append a field that Word and LibreOffice compute, with the result known so far."""
    for kind in ("begin", "separate", "end"):
        if kind == "end":
            text_of(child(paragraph, "r"), result)
        child(child(paragraph, "r"), "fldChar", fldCharType=kind)
        if kind == "begin":
            code = child(child(paragraph, "r"), "instrText")
            code.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
            code.text = f" {instruction} "
