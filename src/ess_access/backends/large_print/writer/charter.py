"""The organisation's own Word document: its logo, its header, its colours if they can be read."""

import re
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
    header = word.sections[0].header
    words = " ".join(" ".join(one.text.split()) for one in header.paragraphs).strip()
    logo, description = _logo(header)
    return Charter(path.name, words, _heading_colour(word), logo, description)


def _heading_colour(word: Any) -> str:
    try:
        rgb = word.styles["Heading 1"].font.color.rgb
    except KeyError:
        return ""  # a template without headings
    return str(rgb) if rgb is not None else ""


def _logo(header: Any) -> tuple[Asset | None, str | None]:
    import hashlib

    from docx.oxml.ns import qn

    for drawing in header._element.iter(qn("w:drawing")):  # noqa: SLF001  # no public way to it
        blip = next(drawing.iter(qn("a:blip")), None)
        relation = blip.get(qn("r:embed")) if blip is not None else None
        if relation is None:
            continue
        part = header.part.related_parts[relation]
        properties = next(drawing.iter(qn("wp:docPr")), None)
        description = properties.get("descr") if properties is not None else None
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
