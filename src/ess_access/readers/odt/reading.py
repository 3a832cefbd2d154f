"""A whole OpenDocument text, packed or flat."""

from collections.abc import Callable, Iterable, Mapping

from ess_access.api.findings import Finding, Severity
from ess_access.api.reader import Reading, Source
from ess_access.document.nodes import Document, Meta
from ess_access.document.text import clean, collapse
from ess_access.errors import SourceError
from ess_access.readers._doubts import doubts
from ess_access.readers._links import internal_links_settled
from ess_access.readers._passages import settled_language, tag_of
from ess_access.readers._pictures import Pictures
from ess_access.readers._processor.whole import (
    about_typed_lists,
    composer_for,
    own_title,
    title_apart,
)
from ess_access.readers._zip import Archive, Element, name_of, parsed
from ess_access.readers.odt.body import flow
from ess_access.readers.odt.context import Context
from ess_access.readers.odt.names import DC, MANIFEST, META, OFFICE, STYLE, TEXT, XLINK
from ess_access.readers.odt.styles import Styles

__all__ = ["read_odt"]

_DEFAULT_LANG = "fr"
_MARGINS = ("header", "footer", "header-first", "footer-first", "header-left", "footer-left")


def read_odt(source: Source) -> Reading:
    """Read an OpenDocument text. Raises SourceError."""
    content, styles, meta, part = _parts(source)
    body = content.find(f"{OFFICE}body/{OFFICE}text")
    if body is None:
        raise SourceError("source-no-part", name=source.name, part="office:text")
    roots = [root for root in (content, styles) if root is not None]
    context = Context(source, Styles.of(roots), Pictures(source), part, _linked(body))
    parts = flow(body, context)
    context.paragraph = 0
    told = _told(meta if meta is not None else content)
    declared, is_explicit = _declared(told, context)
    lang = settled_language(
        declared, " ".join(context.sample), is_explicit=is_explicit, fallback=_DEFAULT_LANG
    )
    title, parts = title_apart(parts)
    # LibreOffice changes the language of a passage on request alone: one word is meant.
    composer = composer_for(parts, context.sizes, lang, least_words=1)
    blocks = internal_links_settled(composer.whole(parts), composer.aliases)
    if not blocks and not title:
        raise SourceError("source-no-content", name=source.name)
    authors = (told.get("initial-creator") or told.get("creator", ""),)
    document = Document(
        Meta(
            title or own_title(told.get("title", "")),
            lang,
            tuple(name for name in (collapse(clean(one)).strip() for one in authors) if name),
        ),
        blocks,
        context.pictures.assets,
    )
    return Reading(
        document,
        (
            *_about_language(declared, lang, is_explicit=is_explicit),
            *context.summary(),
            *_about_margins(styles if styles is not None else content),
            *context.findings,
            *context.pictures.findings,
            *composer.findings,
            *about_typed_lists(composer),
            *doubts(document),
        ),
    )


Parts = tuple[Element, Element | None, Element | None, Callable[[str], bytes | None]]


def _parts(source: Source) -> Parts:
    """Give content, styles, properties, and a way to the other parts."""
    if not source.data.startswith(b"PK") and b"<office:document" in source.data[:2000]:
        root = parsed(source.data, source.name)
        return root, None, None, lambda _: None
    archive = Archive(source)
    if "META-INF/manifest.xml" in archive:
        manifest = archive.xml("META-INF/manifest.xml")
        if next(manifest.iter(f"{MANIFEST}encryption-data"), None) is not None:
            raise SourceError("source-password", name=source.name)
    if "content.xml" not in archive:
        raise SourceError("source-no-part", name=source.name, part="content.xml")

    def part(name: str) -> bytes | None:
        return archive.read(name) if name in archive else None

    styles = archive.xml("styles.xml") if "styles.xml" in archive else None
    meta = archive.xml("meta.xml") if "meta.xml" in archive else None
    return archive.xml("content.xml"), styles, meta, part


def _linked(body: Element) -> frozenset[str]:
    found: set[str] = set()
    for link in body.iter(f"{TEXT}a"):
        href = link.get(f"{XLINK}href") or ""
        if href.startswith("#"):
            found.add(href[1:].partition("|")[0])
    return frozenset(found)


def _told(root: Element) -> Mapping[str, str]:
    meta = root if root.tag == f"{OFFICE}meta" else root.find(f"{OFFICE}meta")
    found: dict[str, str] = {}
    for element in meta if meta is not None else ():
        if name_of(element).startswith((DC, META)):
            found.setdefault(name_of(element).rpartition("}")[2], (element.text or "").strip())
    return found


def _declared(told: Mapping[str, str], context: Context) -> tuple[str, bool]:
    own = tag_of(told.get("language", ""))
    if own:
        return own, True
    marked = context.langs.copy()
    unmarked = marked.pop("", 0)
    default = tag_of(context.styles.default_lang)
    if marked:
        lang, count = max(marked.items(), key=lambda pair: (pair[1], pair[0]))
        if count > unmarked:
            return tag_of(lang) or default, True
    return default, False


def _about_language(declared: str, lang: str, *, is_explicit: bool) -> Iterable[Finding]:
    if declared and declared.partition("-")[0] != lang.partition("-")[0]:
        severity = Severity.REVIEW if is_explicit else Severity.INFO
        yield Finding("SRC-053", severity, {"declared": declared, "lang": lang})
    elif not declared:
        yield Finding("SRC-009", Severity.INFO)


def _about_margins(root: Element) -> Iterable[Finding]:
    words: list[str] = []
    for name in _MARGINS:
        for margin in root.iter(STYLE + name):
            text = " ".join("".join(margin.itertext()).split())
            if sum(letter.isalpha() for letter in text) > 5 and text not in words:
                words.append(text)
    if words:
        yield Finding("SRC-052", Severity.INFO, {"words": " / ".join(words)[:160]})
