"""A whole EPUB book to a document."""

import html
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from urllib.parse import unquote, urlsplit

from ess_access.api.findings import Finding, Severity
from ess_access.api.reader import Reading, Resource, Source
from ess_access.document.nodes import Document, Meta, Place
from ess_access.document.text import clean, collapse
from ess_access.errors import SourceError
from ess_access.readers._decoding import decoded
from ess_access.readers._doubts import doubts
from ess_access.readers._epub_chapters import Chapter, linked_together
from ess_access.readers._html import blocks_of_elements
from ess_access.readers._html_page import language_tag
from ess_access.readers._html_tree import parsed as parsed_html
from ess_access.readers._html_tree import refuse_deep, settled, tokens
from ess_access.readers._html_visible import prune
from ess_access.readers._pictures import Pictures
from ess_access.readers._zip import Archive, Element, joined, name_of, parsed

__all__ = ["read_epub"]

_DEFAULT_LANG = "fr"
_OPF = "{http://www.idpf.org/2007/opf}"
_DC = "{http://purl.org/dc/elements/1.1/}"
_CONTAINER = "{urn:oasis:names:tc:opendocument:xmlns:container}"
_NAMED = re.compile(r"&(?!(?:amp|lt|gt|quot|apos);)([A-Za-z][A-Za-z0-9]*;)")
_TEXTS = frozenset({"application/xhtml+xml", "text/html", "application/x-dtbook+xml"})


@dataclass(frozen=True, slots=True)
class _Book:
    """The package document. ``spine`` lists the texts in reading order, without contents."""

    part: str
    titles: tuple[str, ...]
    langs: tuple[str, ...]
    authors: tuple[str, ...]
    date: str
    spine: tuple[str, ...]
    had_contents: bool


def read_epub(source: Source) -> Reading:
    """Read a book. Raises SourceError."""
    archive = Archive(source)
    book = _book(source, archive)
    _refuse_locked(source, archive, book)
    findings: list[Finding] = []
    declared = book.langs[0] if book.langs else ""
    lang = language_tag(declared)
    if declared and not lang:
        findings.append(Finding("SRC-008", Severity.WARNING, {"lang": declared}))
    elif not declared:
        findings.append(Finding("SRC-009", Severity.INFO))
    if book.had_contents:
        findings.append(Finding("SRC-057", Severity.INFO))
    meta = Meta(
        book.titles[0] if book.titles else "", lang or _DEFAULT_LANG, book.authors, book.date
    )
    chapters = [
        chapter for chapter in _chapters(source, archive, book) if not _is_title(chapter, meta)
    ]
    elements, ids = linked_together(chapters)
    parts = {chapter.body: chapter.part.rpartition("/")[2] for chapter in chapters}
    pictures = Pictures(replace(source, resource=_inside(archive)))

    def place(element: Element) -> Place:
        for above in (element, *element.iterancestors()):
            if above in parts:
                return Place(part=parts[above])
        return Place()

    blocks, met = blocks_of_elements(elements, ids, meta.lang, pictures, place)
    if not blocks:
        raise SourceError("source-no-content", name=source.name)
    document = Document(meta, blocks, pictures.assets)
    return Reading(document, (*findings, *met, *pictures.findings, *doubts(document)))


def _book(source: Source, archive: Archive) -> _Book:
    part = _package_part(source, archive)
    root = archive.xml(part)
    items: dict[str, tuple[str, str, str]] = {}
    for item in root.iter(f"{_OPF}item"):
        target = joined(part, item.get("href") or "")
        properties = item.get("properties") or ""
        items[item.get("id") or ""] = (target, item.get("media-type") or "", properties)
    spine: list[str] = []
    had_contents = False
    for reference in root.iter(f"{_OPF}itemref"):
        target, kind, properties = items.get(reference.get("idref") or "", ("", "", ""))
        if "nav" in properties.split():
            had_contents = True
        elif target in archive and kind in _TEXTS and target not in spine:
            spine.append(target)
    if not spine:
        raise SourceError("source-no-part", name=source.name, part="spine")

    def told(name: str) -> tuple[str, ...]:
        found = (collapse(clean(element.text or "")).strip() for element in root.iter(_DC + name))
        return tuple(dict.fromkeys(text for text in found if text))

    dates = told("date")
    return _Book(
        part,
        told("title"),
        told("language"),
        told("creator"),
        dates[0] if dates else "",
        tuple(spine),
        had_contents,
    )


def _package_part(source: Source, archive: Archive) -> str:
    if "META-INF/container.xml" in archive:
        for element in archive.xml("META-INF/container.xml").iter(f"{_CONTAINER}rootfile"):
            part = unquote(element.get("full-path") or "")
            if part in archive:
                return part
    for name in archive.names:
        if name.lower().endswith(".opf"):
            return name
    raise SourceError("source-no-part", name=source.name, part="META-INF/container.xml")


def _refuse_locked(source: Source, archive: Archive, book: _Book) -> None:
    """Raise SourceError where the texts themselves are encrypted, not only the fonts."""
    if "META-INF/encryption.xml" not in archive:
        return
    locked = {
        unquote(element.get("URI") or "").lstrip("/")
        for element in archive.xml("META-INF/encryption.xml").iter()
        if name_of(element).endswith("CipherReference")
    }
    if locked & set(book.spine):
        raise SourceError("source-locked", name=source.name)


def _chapters(source: Source, archive: Archive, book: _Book) -> Iterator[Chapter]:
    for part in book.spine:
        root = _tree(source, archive.read(part))
        if root is None:
            continue
        refuse_deep(source.name, root, source.limits)
        settled(root)
        prune(root)
        body = root if name_of(root) == "body" else next(root.iter("body"), root)
        lang = body.get("lang") or body.get("xml-lang") or root.get("lang") or root.get("xml-lang")
        body.tag = "div"  # a chapter may be in another language than the book
        if lang:
            body.set("lang", lang)
        yield Chapter(part, body)


def _tree(source: Source, data: bytes) -> Element | None:
    """Parse a chapter as XML, else as browsers read what they are given."""
    if not data.strip():
        return None
    text = decoded(source.name, data, _declared(data)).text
    named = _NAMED.sub(lambda match: html.unescape(match[0]), text)
    named = re.sub(r"^\s*<\?xml[^>]*\?>", "", named)
    try:
        return parsed(named.encode(), source.name)
    except SourceError as error:
        if error.key != "source-damaged":
            raise
        return parsed_html(text)


def _declared(data: bytes) -> tuple[str, ...]:
    found = re.search(rb"encoding\s*=\s*[\"']([\w.-]+)", data[:200])
    return (found[1].decode("ascii", "replace"),) if found else ()


def _is_title(chapter: Chapter, meta: Meta) -> bool:
    """Say whether a page holds but the title and the authors, which the document has already."""
    is_title = any(
        "titlepage" in tokens(element, "epub-type")
        for element in chapter.body.iter("div", "section")
    )
    if not is_title or next(chapter.body.iter("img", "svg"), None) is not None:
        return False
    known = " ".join((meta.title, *meta.authors, meta.published)).casefold().split()
    return set(" ".join(chapter.body.itertext()).casefold().split()) <= set(known)


def _inside(archive: Archive) -> Callable[[str], Resource]:
    """Give what finds pictures: in the book, and nowhere else."""

    def resource(href: str) -> Resource:
        if urlsplit(href).scheme or href.startswith("//"):
            return Resource(None, "remote")
        if not href:
            return Resource(None, "absent")
        name = joined("", href)
        if not name:
            return Resource(None, "outside")
        return Resource(archive.read(name)) if name in archive else Resource(None, "absent")

    return resource
