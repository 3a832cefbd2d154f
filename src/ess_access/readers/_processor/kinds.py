"""What the names of styles mean, in the languages that word processors speak."""

import re
from enum import StrEnum

__all__ = ["Kind", "is_code_name", "kind_of_name"]


class Kind(StrEnum):
    """What a style's name says of its paragraphs."""

    BODY = ""
    HEADING = "heading"
    TITLE = "title"
    CONTENTS = "contents"
    CAPTION = "caption"
    QUOTE = "quote"
    CODE = "code"
    TERM = "term"
    DEFINITION = "definition"
    CONTINUED = "continued"
    RULE = "rule"
    # What our own large print says of its paragraphs, so that it can be read again.
    PICTURE_DESCRIPTION = "picture description"
    LONG_DESCRIPTION = "long description"
    ABSENT_PICTURE = "absent picture"
    TABLE_SUMMARY = "table summary"
    TABLE_HEADING = "table heading"
    BOX_TITLE = "box title"


# Word keeps English names in its files whatever its language; other programs, and styles pasted
# from old documents, keep the names that a person saw.
_HEADING = re.compile(
    r"(?:heading|titre|überschrift|título|titulo|titolo|kop|rubrik|overskrift|nagłówek|otsikko)"
    r"[ _-]?([1-9])"
)
_NAMES = (
    (
        Kind.CONTENTS,
        re.compile(
            r"(?:toc|tm|table des matières niveau|contents|verzeichnis|tdc|sommario|inhoudsopgave)"
            r"[ _-]?\d+|toc heading|contents heading|en-tête de table des matières"
            r"|titre (?:de )?table des matières|table of figures|table des illustrations"
            r"|table of authorities"
        ),
    ),
    (Kind.TITLE, re.compile(r"title|titre|titre principal|titel|titolo|título|titre du document")),
    (
        Kind.CAPTION,
        re.compile(
            r"caption|légende|legende|(?:table|image|figure) ?caption|beschriftung|didascalia"
            r"|epígrafe|illustration|tableau|table|figure|drawing|dessin|figure legend"
        ),
    ),
    (
        Kind.QUOTE,
        re.compile(
            r"(?:intense )?quote|block text|citation(?: intense)?|quotations?|blockquote|zitat"
            r"|citation longue|texte cité|bloc de citation"
        ),
    ),
    (
        Kind.CODE,
        re.compile(
            r"source code|html preformatted|preformatted text|préformaté html|texte préformaté|code"
            r"|macro text|verbatim|code source|code block"
        ),
    ),
    (Kind.TERM, re.compile(r"definition term(?: tight)?|terme(?: défini)?")),
    (Kind.DEFINITION, re.compile(r"(?:definition )?definition(?: tight)?|définition")),
    (Kind.RULE, re.compile(r"horizontal line|ligne horizontale|separator")),
    (Kind.PICTURE_DESCRIPTION, re.compile("picture description")),
    (Kind.LONG_DESCRIPTION, re.compile("long description")),
    (Kind.ABSENT_PICTURE, re.compile("absent picture")),
    (Kind.TABLE_SUMMARY, re.compile("table summary")),
    (Kind.TABLE_HEADING, re.compile("table heading|titre de tableau")),
    (Kind.BOX_TITLE, re.compile("box title")),
    (Kind.CONTINUED, re.compile(r"list continue(?: \d)?|liste continue(?: \d)?")),
)
_CODE_CHARACTERS = re.compile(
    r"verbatim char|html (?:code|typewriter|keyboard|sample)|(?:code|clavier|machine à écrire) html"
    r"|source text|code|inline code|texte source|(?:(?:raised|lowered) )?code text"
)


def kind_of_name(name: str) -> tuple[Kind, int]:
    """Tell what a style's name means, and the level of a heading (0 for others)."""
    name = " ".join(name.lower().replace("_", " ").split())
    heading = _HEADING.fullmatch(name)
    if heading:
        return Kind.HEADING, int(heading[1])
    return next((kind for kind, names in _NAMES if names.fullmatch(name)), Kind.BODY), 0


def is_code_name(name: str) -> bool:
    """Say whether a character style is for computer text."""
    return _CODE_CHARACTERS.fullmatch(" ".join(name.lower().replace("_", " ").split())) is not None
