"""What the writer keeps in mind while it writes one edition."""

import io
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from ess_access.api.findings import Finding, Severity
from ess_access.backends.large_print.fonts import Family
from ess_access.backends.large_print.options import LargePrintOptions
from ess_access.backends.large_print.sizes import Page, Sizes
from ess_access.backends.large_print.themes import Theme
from ess_access.backends.large_print.words import Wording
from ess_access.backends.large_print.writer.numbering import Numbering
from ess_access.backends.large_print.writer.rhythm import Rhythm
from ess_access.document.nodes import Document, Note, Place

__all__ = ["Edition", "Story"]


@dataclass(frozen=True, slots=True)
class Story:
    """A part of the package that holds text: the body, the notes. Links belong to one part."""

    part: Any
    in_note: bool = False

    def external(self, address: str) -> str:
        """Give the relationship that leads to an address outside."""
        from docx.opc.constants import RELATIONSHIP_TYPE

        return str(self.part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True))

    def picture(self, data: bytes) -> str:
        """Give the relationship to a picture, stored once in the package."""
        from docx.opc.constants import RELATIONSHIP_TYPE

        image = self.part.package.get_or_add_image_part(io.BytesIO(data))
        return str(self.part.relate_to(image, RELATIONSHIP_TYPE.IMAGE))


@dataclass(slots=True)
class Edition:
    """The edition being written: its choices, its counters, what it met on the way.

    ``targets`` maps the id of each heading to its bookmark. ``plain_notes``: notes become
    paragraphs at the end, for LibreOffice sets true endnotes on a page without page number.
    """

    document: Document
    options: LargePrintOptions
    face: Family
    sizes: Sizes
    page: Page
    theme: Theme
    rhythm: Rhythm
    words: Wording
    numbering: Numbering
    targets: Mapping[str, str]
    plain_notes: bool = False
    findings: list[Finding] = field(default_factory=list)
    place: Place | None = None
    notes: list[tuple[Note, Place | None]] = field(default_factory=list)
    # Headings typed in capitals: as written, as printed, and where.
    lowered: list[tuple[str, str, Place | None]] = field(default_factory=list)
    # Set where a paragraph must begin a page; the next paragraph takes it.
    break_before: bool = False
    _note_numbers: dict[int, int] = field(default_factory=dict)
    _bookmarks: int = 0
    _drawings: int = 0
    _expanded: set[str] = field(default_factory=set)
    _reported: set[tuple[str, str]] = field(default_factory=set)

    def report(self, code: str, severity: Severity, /, **params: str | int) -> None:
        """Note a finding at the block being written."""
        self.findings.append(Finding(code, severity, params, self.place))

    def report_once(
        self, code: str, severity: Severity, about: str, /, **params: str | int
    ) -> None:
        """Note a finding unless this one, about this same thing, was noted before."""
        if (code, about) not in self._reported:
            self._reported.add((code, about))
            self.report(code, severity, **params)

    def bookmark(self) -> int:
        """Give the id of a new bookmark."""
        self._bookmarks += 1
        return self._bookmarks

    def drawing(self) -> int:
        """Give the id of a new drawing."""
        self._drawings += 1
        return self._drawings

    def number_of(self, note: Note) -> tuple[int, bool]:
        """Give a note its number, and say whether it is called for the first time.

        A cell that spans rows is printed again in each when its table is linearised, and so are
        the calls of its notes: the note itself is printed once.
        """
        known = self._note_numbers.get(id(note))
        if known is not None:
            return known, False
        self.notes.append((note, self.place))
        self._note_numbers[id(note)] = len(self.notes)
        return len(self.notes), True

    def first_use(self, short: str) -> bool:
        """Say whether an abbreviation is met for the first time."""
        is_first = short not in self._expanded
        self._expanded.add(short)
        return is_first
