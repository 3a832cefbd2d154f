"""A document into volumes of pages."""

from dataclasses import dataclass

from ess_access.api.findings import Finding, Severity
from ess_access.backends.braille.compose import Composer
from ess_access.backends.braille.elements import Element
from ess_access.backends.braille.liblouis import liblouis
from ess_access.backends.braille.options import BrailleOptions, page_size
from ess_access.backends.braille.pages import Page, Paginator
from ess_access.backends.braille.translator import Translator
from ess_access.backends.braille.unknown import Replacements
from ess_access.document.nodes import Document

__all__ = ["Edition", "Volume", "make_edition"]

_ENDLESS = 10**9


@dataclass(frozen=True, slots=True)
class Volume:
    """The pages of one volume."""

    pages: tuple[Page, ...]


@dataclass(frozen=True, slots=True)
class Edition:
    """The whole of an edition; ``width`` cells a row, ``height`` rows a page."""

    volumes: tuple[Volume, ...]
    width: int
    height: int
    findings: tuple[Finding, ...]


def make_edition(document: Document, options: BrailleOptions, *, trace: bool = False) -> Edition:
    """Make the edition. ``trace`` keeps the print of each row.

    Raises MissingError when liblouis or its tables are not there.
    """
    width, height = page_size(options)
    is_continuous = options.preset == "display"
    translator = Translator(liblouis(), options.grade)
    composer = Composer(document, options, translator, width)
    elements: list[Element] = list(composer.blocks(document.children))
    paginator = Paginator(
        width,
        _ENDLESS if is_continuous else height,
        has_numbers=options.page_numbers and not is_continuous,
        trace=trace,
    )
    pages = paginator.lay(elements)
    findings = (*composer.reader.findings, *_replacement_findings(translator.met))
    if is_continuous:
        height = max((len(page.rows) for page in pages), default=1)
    return Edition((Volume(pages),), width, height, findings)


def _replacement_findings(met: Replacements) -> list[Finding]:
    found = [
        Finding(
            "BR-002",
            Severity.INFO,
            {"char": char, "letters": letters, "count": met.counts[char]},
        )
        for char, letters in sorted(met.letters.items())
    ]
    found += [
        Finding(
            "BR-003",
            Severity.REVIEW,
            {"char": char, "name": name, "count": met.counts[char]},
        )
        for char, name in sorted(met.signs.items())
    ]
    return found
