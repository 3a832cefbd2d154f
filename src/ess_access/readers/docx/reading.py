"""A whole Word document: its parts in order, then the document they make."""

import re
from collections.abc import Iterable, Iterator, Mapping
from io import BytesIO
from types import MappingProxyType

from lxml import etree

from ess_access.api.findings import Finding, Severity
from ess_access.api.reader import Reading, Source
from ess_access.document.nodes import Document, Meta
from ess_access.document.text import clean, collapse
from ess_access.errors import SourceError
from ess_access.readers._doubts import doubts
from ess_access.readers._links import internal_links_settled
from ess_access.readers._passages import settled_language, tag_of
from ess_access.readers._pictures import Pictures
from ess_access.readers._processor.raw import Part
from ess_access.readers._processor.whole import (
    about_typed_lists,
    composer_for,
    own_title,
    title_apart,
)
from ess_access.readers._zip import Element, safe_xml
from ess_access.readers.docx.body import parts_of
from ess_access.readers.docx.context import Context, Story
from ess_access.readers.docx.names import w
from ess_access.readers.docx.numbering import Numbering
from ess_access.readers.docx.package import Package
from ess_access.readers.docx.styles import Styles

__all__ = ["DEFAULT_LANG", "read_docx"]

DEFAULT_LANG = "fr"
_DC = "{http://purl.org/dc/elements/1.1/}"
_ANCHORS = re.compile(rb'w:anchor="([^"]+)"|\\l\s*(?:"|&quot;)([^"&]+)')
_SKIPPED_NOTES = ("separator", "continuationSeparator", "continuationNotice")


def read_docx(source: Source) -> Reading:
    """Read a Word document. Raises SourceError."""
    package = Package(source)
    main = package.xml_bytes(package.main)
    styles = Styles.of(_related(package, "styles"))
    context = Context(
        source,
        package,
        styles,
        Numbering(_related(package, "numbering"), styles.number_of_style),
        Pictures(source),
        _notes(package),
        _linked(main),
    )
    parts = list(_body_parts(main, Story(context, package.main)))
    del main
    context.paragraph = 0
    core = _core(package)
    lang = _language(core, context)
    title, parts = title_apart(parts)
    composer = composer_for(parts, context.sizes, lang)
    blocks = internal_links_settled(composer.whole(parts), composer.aliases)
    if not blocks and not title:
        raise SourceError("source-no-content", name=source.name)
    title = title or own_title(core.get("title", ""))
    meta = Meta(title, lang, _authors(core), composer.published)
    document = Document(meta, blocks, context.pictures.assets)
    findings = (
        *_about_language(core, context, lang),
        *context.summary(),
        *_about_margins(package),
        *context.findings,
        *context.pictures.findings,
        *composer.findings,
        *about_typed_lists(composer),
        *doubts(document),
    )
    return Reading(document, findings)


def _related(package: Package, kind: str) -> Element | None:
    part = package.related(kind)
    return package.xml(part) if part is not None else None


def _notes(package: Package) -> Mapping[tuple[str, str], tuple[str, Element]]:
    found: dict[tuple[str, str], tuple[str, Element]] = {}
    for kind in ("footnote", "endnote"):
        part = package.related(f"{kind}s")
        if part is None:
            continue
        for element in package.xml(part).iter(w(kind)):
            if element.get(w("type")) not in _SKIPPED_NOTES:
                found[kind, element.get(w("id")) or ""] = (part, element)
    return MappingProxyType(found)


def _linked(main: bytes) -> frozenset[str]:
    """List the bookmarks that links of the document lead to."""
    return frozenset(
        (anchor or other).decode("utf-8", "replace") for anchor, other in _ANCHORS.findall(main)
    )


def _body_parts(data: bytes, story: Story) -> Iterator[Part]:
    """Read the body block by block, and let go of each: long documents do not fit in memory."""
    name = story.context.source.name
    body: Element | None = None
    done: Element | None = None  # libxml2 still needs the last one, emptied
    with safe_xml(data, name):
        events = etree.iterparse(
            BytesIO(data),
            events=("end",),
            tag=(w("p"), w("tbl"), w("sdt"), w("body")),
            resolve_entities=False,
            no_network=True,
            load_dtd=False,
            remove_comments=True,
            remove_pis=True,
            huge_tree=True,
        )
        for _, element in events:
            body = element if element.tag == w("body") else element.getparent()
            if body is None or body.tag != w("body"):
                continue
            # What stands before a whole element is whole too; what follows it may not be.
            while len(body) and body[0] is not element:
                child = body[0]
                if child is not done:
                    yield from parts_of(child, story)
                del body[0]
            if element is body:
                break
            yield from parts_of(element, story)
            element.clear()
            done = element
    if body is None or body.tag != w("body"):
        raise SourceError("source-no-part", name=name, part="w:body")


# --- what the document says of itself -------------------------------------------------------


def _core(package: Package) -> Mapping[str, str]:
    part = package.related("core-properties", "")
    if part is None:
        return {}
    try:
        root = package.xml(part)
    except SourceError as error:
        if error.key != "source-damaged":
            raise
        return {}  # properties that nobody can read are no reason to refuse the text
    return {
        element.tag.removeprefix(_DC): (element.text or "").strip()
        for element in root
        if isinstance(element.tag, str) and element.tag.startswith(_DC)
    }


def _authors(core: Mapping[str, str]) -> tuple[str, ...]:
    names = (collapse(clean(name)).strip() for name in core.get("creator", "").split(";"))
    known = (name for name in names if name and name.lower() not in ("python-docx", "un-named"))
    return tuple(dict.fromkeys(known))


def _declared(core: Mapping[str, str], context: Context) -> tuple[str, bool]:
    """Give the language that the file declares, and whether somebody chose it."""
    own = tag_of(core.get("language", ""))
    if own:
        return own, True
    marked = context.langs.copy()
    unmarked = marked.pop("", 0)
    if marked:
        lang, count = max(marked.items(), key=lambda pair: (pair[1], pair[0]))
        if count > unmarked:
            return tag_of(lang), True
    return tag_of(context.styles.defaults.lang or ""), False


def _language(core: Mapping[str, str], context: Context) -> str:
    declared, is_explicit = _declared(core, context)
    return settled_language(
        declared, " ".join(context.sample), is_explicit=is_explicit, fallback=DEFAULT_LANG
    )


def _about_language(core: Mapping[str, str], context: Context, lang: str) -> Iterable[Finding]:
    declared, is_explicit = _declared(core, context)
    if declared and declared.partition("-")[0] != lang.partition("-")[0]:
        severity = Severity.REVIEW if is_explicit else Severity.INFO
        yield Finding("SRC-053", severity, {"declared": declared, "lang": lang})
    elif not declared:
        yield Finding("SRC-009", Severity.INFO)


def _about_margins(package: Package) -> Iterable[Finding]:
    """Say that headers and footers had words: they are no part of the text."""
    words: list[str] = []
    for relation in package.relations(package.main).values():
        if relation.kind in ("header", "footer") and relation.target in package:
            root = package.xml(relation.target)
            text = " ".join("".join(root.itertext(w("t"))).split())
            if sum(letter.isalpha() for letter in text) > 5 and text not in words:
                words.append(text)
    if words:
        yield Finding("SRC-052", Severity.INFO, {"words": " / ".join(words)[:160]})
