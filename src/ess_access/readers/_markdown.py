"""A Markdown file to a document, by way of the page reader."""

import gc
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import lru_cache

from ess_access.api.findings import Finding, Severity
from ess_access.api.reader import Reading, Source
from ess_access.document.nodes import Document, Meta, Place
from ess_access.document.text import clean
from ess_access.errors import SourceError
from ess_access.readers._decoding import decoded
from ess_access.readers._doubts import doubts
from ess_access.readers._html import DEFAULT_LANG, blocks_of_elements, ids_of
from ess_access.readers._html_page import language_tag
from ess_access.readers._html_tasks import tasks_in_words
from ess_access.readers._html_tree import Element, parsed, refuse_deep, settled
from ess_access.readers._html_visible import prune
from ess_access.readers._markdown_front import Value, front_matter
from ess_access.readers._markdown_html import html_of_markdown
from ess_access.readers._pictures import Pictures

__all__ = ["read_markdown"]


def read_markdown(source: Source) -> Reading:
    """Read a whole file. Raises SourceError."""
    with _without_collector():
        return _read(source)


@contextmanager
def _without_collector() -> Iterator[None]:
    """Put off the search for cyclic garbage: a parse makes tokens by the thousand, and no cycles.

    It takes a quarter of the time otherwise. Whatever happens, the search is on again after.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _read(source: Source) -> Reading:
    text = decoded(source.name, source.data)
    written = clean(text.text)
    values, taken = front_matter(written)
    findings = list(text.findings)
    declared = _one(values, "lang", "language", "locale")
    lang = language_tag(declared)
    if declared and not lang:
        findings.append(Finding("SRC-008", Severity.WARNING, {"lang": declared}, Place(line=1)))
    html, lines = html_of_markdown("\n".join(written.split("\n")[taken:]), taken)
    root = parsed(html)
    if root is None:
        raise SourceError("source-no-content", name=source.name)
    refuse_deep(source.name, root, source.limits)
    settled(root)
    ids = ids_of(root)
    tasks_in_words(root, lang or DEFAULT_LANG)
    prune(root)
    pictures = Pictures(source)

    @lru_cache(maxsize=256)  # the elements of a line share its place
    def at(made: int) -> Place:
        return Place(line=lines.source(made))

    def place(element: Element) -> Place:
        return at(int(element.sourceline or 1))

    blocks, met = blocks_of_elements(
        tuple(root.iter("body")), ids, lang or DEFAULT_LANG, pictures, place
    )
    if not blocks:
        raise SourceError("source-no-content", name=source.name)
    document = Document(_meta(values, lang or DEFAULT_LANG), blocks, pictures.assets)
    return Reading(document, (*findings, *met, *pictures.findings, *doubts(document)))


def _meta(values: Mapping[str, Value], lang: str) -> Meta:
    authors = next((values[key] for key in ("author", "authors", "auteur") if key in values), ())
    return Meta(
        _one(values, "title", "titre"),
        lang,
        (authors,) if isinstance(authors, str) else authors,
        _one(values, "date", "published"),
    )


def _one(values: Mapping[str, Value], *keys: str) -> str:
    for key in keys:
        value = values.get(key)
        if value:
            return value if isinstance(value, str) else ", ".join(value)
    return ""
