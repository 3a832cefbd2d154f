"""The parts around the text: properties, settings, fonts, background."""

import re
from datetime import UTC, datetime
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from ess_access.backends.large_print.fonts import Family, obfuscated
from ess_access.backends.large_print.themes import Theme
from ess_access.backends.large_print.writer.edition import Edition
from ess_access.backends.large_print.writer.markup import Element, child, clark, declarations
from ess_access.backends.large_print.writer.runs import language_tag
from ess_access.document.nodes import Document

__all__ = [
    "blank_document",
    "embed_fonts",
    "replace_part",
    "set_background",
    "set_properties",
    "settings_xml",
]

_FONT_TABLE = "application/vnd.openxmlformats-officedocument.wordprocessingml.fontTable+xml"
_OBFUSCATED = "application/vnd.openxmlformats-officedocument.obfuscatedFont"
# What python-docx's template brings and an edition has no use for: a thumbnail of another
# document, styles of Word 2010's preview.
_UNWANTED = ("stylesWithEffects", "customXml", "webSettings", "thumbnail", "fontTable")
_EPOCH = datetime(1980, 1, 1, tzinfo=UTC)
_DATE = re.compile(r"\d{4}-\d\d-\d\d")


def blank_document() -> Any:
    """Open python-docx's own template, without the parts that would spoil an edition."""
    import docx

    word = docx.Document()
    for holder in (word.part, word.part.package):
        for key, relation in list(holder.rels.items()):
            if any(name in relation.reltype or name in str(relation._target) for name in _UNWANTED):  # noqa: SLF001  # no public way to the target
                del holder.rels[key]
    return word


def replace_part(part: Any, xml: str) -> None:
    """Put other XML in a part of python-docx, keeping its element."""
    from docx.oxml.parser import parse_xml

    part.element[:] = list(parse_xml(xml))


def embed_fonts(word: Any, face: Family) -> None:
    """Embed the regular and the bold face, obfuscated, under keys made of their bytes."""
    from docx.opc.constants import RELATIONSHIP_TYPE
    from docx.opc.packuri import PackURI
    from docx.opc.part import Part

    package = word.part.package
    table = Part(PackURI("/word/fontTable.xml"), _FONT_TABLE, b"", package)
    word.part.relate_to(table, RELATIONSHIP_TYPE.FONT_TABLE)
    _name_in_theme(word, face)
    embedded = []
    for number, (name, one) in enumerate((("Regular", face.regular), ("Bold", face.bold)), 1):
        data = obfuscated(one.data, one.key)
        part = Part(PackURI(f"/word/fonts/font{number}.odttf"), _OBFUSCATED, data, package)
        relation = table.relate_to(part, RELATIONSHIP_TYPE.FONT)
        embedded.append(
            f'<w:embed{name} r:id="{relation}" w:fontKey="{{{str(one.key).upper()}}}"/>'
        )
    table._blob = (  # noqa: SLF001  # a part's bytes have no public setter
        "<?xml version='1.0' encoding='UTF-8' standalone='yes'?>\n"
        f"<w:fonts {declarations()}><w:font w:name={quoteattr(face.name)}>"
        '<w:charset w:val="00"/><w:family w:val="swiss"/><w:pitch w:val="variable"/>'
        f"{''.join(embedded)}</w:font></w:fonts>"
    ).encode()


def _name_in_theme(word: Any, face: Family) -> None:
    """Make the theme's own fonts ours: what someone types later looks like the rest."""
    from docx.opc.constants import RELATIONSHIP_TYPE

    theme = word.part.part_related_by(RELATIONSHIP_TYPE.THEME)
    name = escape(face.name, {'"': "&quot;"})
    theme._blob = re.sub(  # noqa: SLF001  # a part's bytes have no public setter
        rb'<a:latin typeface="[^"]*"', f'<a:latin typeface="{name}"'.encode(), theme.blob
    )


def set_background(word: Any, theme: Theme) -> None:
    """Colour the page; white needs nothing said."""
    if theme.background == "FFFFFF":
        return
    background = child(word.element, "background", color=theme.background)
    word.element.insert(0, background)


def set_properties(word: Any, document: Document, fallback_title: str) -> None:
    """Fill in title, authors, language and dates; the clock is never read."""
    meta = document.meta
    core = word.core_properties
    core.title = (meta.title or fallback_title)[:255]
    core.author = "; ".join(meta.authors)[:255]
    core.last_modified_by = ""
    core.comments = ""
    core.keywords = ""
    core.language = language_tag(meta.lang)
    core.revision = 1
    core.created = core.modified = _published(meta.published)


def _published(text: str) -> datetime:
    found = _DATE.search(text)
    if found is None:
        return _EPOCH
    try:
        return datetime.strptime(found.group(), "%Y-%m-%d").replace(tzinfo=UTC)
    except ValueError:
        return _EPOCH  # "2024-13-45" is no date


def settings_xml(settings: Element, edition: Edition, *, has_notes: bool) -> None:
    """Rewrite settings.xml: a strict sequence (ECMA-376 part 1 §17.15.1.78)."""
    separators = settings.find(clark("endnotePr")) if has_notes else None
    for old in list(settings):
        settings.remove(old)
    child(settings, "zoom", percent=100)
    if edition.theme.background != "FFFFFF":
        child(settings, "displayBackgroundShape")
    child(settings, "embedTrueTypeFonts")
    child(settings, "defaultTabStop", val=709)
    child(settings, "autoHyphenation", val="0")
    child(settings, "characterSpacingControl", val="doNotCompress")
    if separators is not None:
        numbering = child(settings, "endnotePr")
        child(numbering, "numFmt", val="decimal")
        numbering.extend(list(separators))
    compatibility = child(settings, "compat")
    # Word 2013 and later: without it the document opens in compatibility mode.
    child(
        compatibility,
        "compatSetting",
        name="compatibilityMode",
        uri="http://schemas.microsoft.com/office/word",
        val=15,
    )
    tag = language_tag(edition.document.meta.lang)
    child(settings, "themeFontLang", val=tag)
    child(settings, "decimalSymbol", val="," if tag.startswith("fr") else ".")
    child(settings, "listSeparator", val=";" if tag.startswith("fr") else ",")
