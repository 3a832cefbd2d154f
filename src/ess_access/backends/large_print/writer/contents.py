"""The table of contents: filled in when written, each line a link, with page numbers if known."""

from collections.abc import Mapping
from dataclasses import replace

from ess_access.backends.large_print.options import LargePrintOptions
from ess_access.backends.large_print.writer.bookmarks import bookmarks
from ess_access.backends.large_print.writer.capitals import spelled
from ess_access.backends.large_print.writer.markup import Element, child
from ess_access.backends.large_print.writer.paragraphs import Setting, add_line, add_paragraph
from ess_access.backends.large_print.writer.runs import add_text
from ess_access.backends.large_print.writer.sections import add_field
from ess_access.backends.large_print.writer.title import opening_title
from ess_access.document.inlines import plain_text
from ess_access.document.nodes import Document, Heading
from ess_access.document.walk import headings, words

__all__ = ["entries_of", "is_wanted", "listed_headings", "write_contents"]

_DEEPEST = 3
# AVH: contents from 4 or 5 pages on. Some 230 words fill a page at 18 pt.
_PAGES = 4
_WORDS_A_PAGE = 230
_LEAST_HEADINGS = 3


def entries_of(document: Document, options: LargePrintOptions) -> int:
    """Count the lines that the contents of a document's edition will have, 0 without contents."""
    listed = listed_headings(document, bookmarks(document), opening_title(document))
    return len(listed) if is_wanted(document, options, listed) else 0


def is_wanted(document: Document, options: LargePrintOptions, listed: tuple[Heading, ...]) -> bool:
    """Say whether this document gets contents."""
    match options.contents:
        case "never":
            return False
        case "always":
            return bool(listed)
        case _:
            density = (18 / options.size_pt) ** 2
            limit = int(_PAGES * _WORDS_A_PAGE * density)
            if len(listed) < _LEAST_HEADINGS:
                return False
            return sum(1 for _ in zip(words(document), range(limit), strict=False)) >= limit


def listed_headings(
    document: Document, targets: Mapping[str, str], title: Heading | None
) -> tuple[Heading, ...]:
    """Give the headings that the contents list: three levels, without the document's title."""
    return tuple(
        heading
        for heading in headings(document)
        if heading is not title and heading.level <= _DEEPEST and heading.id in targets
    )


def write_contents(
    body: Element, listed: tuple[Heading, ...], pages: Mapping[str, int], setting: Setting
) -> None:
    """Append the contents as Word's own field, filled in: F9 renews it, nothing asks a question.

    ``pages`` gives the page of each bookmark, when known.
    """
    top = min(heading.level for heading in listed)
    block = child(body, "sdt")
    gallery = child(child(block, "sdtPr"), "docPartObj")
    child(gallery, "docPartGallery", val="Table of Contents")
    child(gallery, "docPartUnique")
    holder = child(block, "sdtContent")
    title = replace(setting, style="TOCHeading", bold=True)
    add_line(holder, setting.edition.words.contents, title)
    for number, heading in enumerate(listed):
        level = min(_DEEPEST, heading.level - top + 1)
        line = replace(setting, style=f"TOC{level}")
        paragraph = add_paragraph(holder, line)
        if number == 0:
            _begin_field(paragraph, top)
        _write_line(paragraph, heading, pages, line)
        if number == len(listed) - 1:
            child(child(paragraph, "r"), "fldChar", fldCharType="end")


def _begin_field(paragraph: Element, top: int) -> None:
    child(child(paragraph, "r"), "fldChar", fldCharType="begin")
    code = child(child(paragraph, "r"), "instrText")
    code.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    code.text = f' TOC \\o "{top}-{top + _DEEPEST - 1}" \\h \\z \\u '
    child(child(paragraph, "r"), "fldChar", fldCharType="separate")


def _write_line(
    paragraph: Element, heading: Heading, pages: Mapping[str, int], line: Setting
) -> None:
    edition = line.edition
    target = edition.targets[heading.id]
    link = child(paragraph, "hyperlink", anchor=target, history=1)
    add_text(
        link,
        spelled(plain_text(heading.children).strip()),
        replace(line.look, is_link=True),
        edition,
    )
    page = pages.get(target)
    if page is not None:
        child(child(link, "r"), "tab")
        add_field(link, f"PAGEREF {target} \\h", str(page))
