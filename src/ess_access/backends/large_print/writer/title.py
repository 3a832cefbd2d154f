"""The title block: title, authors, date, each once."""

from dataclasses import replace

from ess_access.backends.large_print.writer.capitals import spelled
from ess_access.backends.large_print.writer.markup import Element
from ess_access.backends.large_print.writer.paragraphs import Setting, add_line
from ess_access.backends.large_print.writer.ranges import enclose
from ess_access.document.nodes import Document, Heading
from ess_access.transforms.outline import title_heading

__all__ = ["opening_title", "write_title"]


def opening_title(document: Document) -> Heading | None:
    """Give the heading that says the title, when it is the first block."""
    found = title_heading(document)
    return found if found is not None and found is document.children[0] else None


def write_title(body: Element, setting: Setting, *, has_heading: bool) -> None:
    """Append the title, unless a heading says it, then authors and date."""
    meta = setting.edition.document.meta
    if meta.title.strip() and not has_heading:
        title = replace(setting, style="Title", bold=True)
        add_line(body, spelled(meta.title.strip()), title)
    for name, line in (("authors", ", ".join(meta.authors)), ("published", meta.published)):
        if line.strip():
            first = len(body)
            add_line(body, line.strip(), replace(setting, style="Subtitle"))
            enclose(body, first, name, setting.edition)
