"""The organisation's own Word document: its logo, its header, its colours if they can be read."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ess_access.api.findings import Severity
from ess_access.backends.large_print.themes import MINIMUM_CONTRAST, contrast
from ess_access.backends.large_print.writer.edition import Edition, Story
from ess_access.backends.large_print.writer.pictures import add_logo
from ess_access.backends.large_print.writer.runs import Look, add_text
from ess_access.backends.large_print.writer.sections import emptied
from ess_access.document.nodes import Asset, Image
from ess_access.errors import ConfigurationError

__all__ = ["Charter", "charter_of", "heading_colour", "write_charter"]

_V = "{urn:schemas-microsoft-com:vml}"
_COLOUR = re.compile("[0-9A-F]{6}")


@dataclass(frozen=True, slots=True)
class Charter:
    """What an edition takes over. ``logo`` comes with its description, ``None`` without one."""

    name: str
    words: str
    colour: str
    logo: Asset | None
    description: str | None


def charter_of(template: str) -> Charter:
    """Read a template. Raises ConfigurationError where it does not open as a DOCX."""
    import docx
    from docx.opc.exceptions import OpcError

    path = Path(template)
    try:
        word = docx.Document(str(path))
    except (OpcError, OSError, KeyError, ValueError) as error:
        # python-docx raises KeyError for a ZIP that is no package, ValueError for another kind.
        raise ConfigurationError(
            "large-print-template", template=path.name, reason=str(error).strip("'\"")
        ) from error
    for header in _headers(word.sections[0]):
        words, (logo, description) = _words(header), _logo(header)
        if words or logo is not None:
            return Charter(path.name, words, _heading_colour(word), logo, description)
    return Charter(path.name, "", _heading_colour(word), None, None)


def _headers(section: Any) -> Iterator[Any]:
    """Yield the header of each page, then that of the first: a letterhead may have no other."""
    yield section.header
    first = section.first_page_header
    if section.different_first_page_header_footer and not first.is_linked_to_previous:
        yield first


def _words(header: Any) -> str:
    """Give the words of a header, those of its tables and boxes too, without its page numbers."""
    from docx.oxml.ns import qn

    lines: list[str] = []
    depth = 0  # of fields: what they say is another document's
    element = header._element  # noqa: SLF001  # no public way to it
    for node in element.iter(*(qn(f"w:{name}") for name in ("p", "t", "tab", "br", "fldChar"))):
        around = {str(above.tag).rpartition("}")[2] for above in node.iterancestors()}
        if around & {"Fallback", "fldSimple"}:
            continue  # drawn a second time for old programs; a field
        match str(node.tag).rpartition("}")[2], node.get(qn("w:fldCharType")):
            case "p", _:
                lines.append("")
            case "fldChar", "begin":
                depth += 1
            case "fldChar", "end":
                depth -= 1
            case "t", _ if not depth:
                lines[-1] += node.text or ""
            case _ if not depth:
                lines[-1] += " "
            case _:
                pass
    return " ".join(" ".join(lines).split())


def _heading_colour(word: Any) -> str:
    try:
        style = word.styles["Heading 1"]
    except KeyError:
        return ""  # a template without headings
    while style is not None and style.font.color.rgb is None:
        style = style.base_style
    return str(style.font.color.rgb) if style is not None else ""


def _logo(header: Any) -> tuple[Asset | None, str | None]:
    import hashlib

    from docx.oxml.ns import qn

    shapes = (qn("w:drawing"), f"{_V}shape")
    for drawing in header._element.iter(*shapes):  # noqa: SLF001  # no public way to it
        blip = next(drawing.iter(qn("a:blip"), f"{_V}imagedata"), None)
        relation = None if blip is None else blip.get(qn("r:embed")) or blip.get(qn("r:id"))
        if relation is None or relation not in header.part.related_parts:
            continue
        part = header.part.related_parts[relation]
        properties = next(drawing.iter(qn("wp:docPr")), None)
        description = drawing.get("alt") if properties is None else properties.get("descr")
        digest = hashlib.sha256(part.blob).hexdigest()
        return Asset(digest, part.content_type, part.blob), description
    return None, None


def heading_colour(charter: Charter | None, edition: Edition) -> str:
    """Give the colour of headings: the template's where it is readable, else that of the text."""
    if charter is None or not _COLOUR.fullmatch(charter.colour):
        return edition.theme.text
    ratio = contrast(charter.colour, edition.theme.background)
    if ratio >= MINIMUM_CONTRAST:
        return charter.colour
    edition.report(
        "LP-108",
        Severity.INFO,
        template=charter.name,
        colour=charter.colour,
        ratio=f"{ratio:.1f}",
        ratio_fr=f"{ratio:.1f}".replace(".", ","),
    )
    return edition.theme.text


def write_charter(section: Any, charter: Charter, edition: Edition) -> None:
    """Put the template's logo and words into the header, at the size of the body."""
    if charter.logo is None and not charter.words:
        return
    paragraph = emptied(section.header)
    if charter.logo is not None:
        # A logo repeats on each page what the header or the title says: decorative by default.
        image = Image(charter.logo.digest, charter.description or "")
        add_logo(paragraph, charter.logo, image, edition, Story(section.header.part))
    look = Look(edition.document.meta.lang)
    title = edition.document.meta.title if edition.options.header else ""
    words = " \u2013 ".join(text for text in (charter.words, title) if text)
    if words:
        add_text(paragraph, (" " if charter.logo is not None else "") + words, look, edition)
