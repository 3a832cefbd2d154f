"""The title block: title, authors, date, each once."""

from dataclasses import replace

from ess_access.backends.large_print.writer.capitals import spelled
from ess_access.backends.large_print.writer.markup import Element
from ess_access.backends.large_print.writer.paragraphs import Setting, add_line
from ess_access.backends.large_print.writer.ranges import enclose
from ess_access.document.inlines import plain_text
from ess_access.document.nodes import Document, Heading
from ess_access.transforms.outline import is_title

__all__ = ["title_heading", "write_title"]


def title_heading(document: Document) -> Heading | None:
    """Give the first block when it is a level-1 heading that says the title: shown once."""
    first = document.children[0] if document.children else None
    if not isinstance(first, Heading) or first.level != 1:
        return None
    return first if is_title(plain_text(first.children), document.meta.title) else None


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
