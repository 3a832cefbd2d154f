"""The document model: what a reader understands and a backend renders.

A closed set of frozen dataclasses, tuples only, no raw node: a reader maps what it finds or
reports it as a finding. Blocks carry ``at``, their place in the source, for messages; it stays
out of equality and of the digest.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

__all__ = [
    "Abbreviation",
    "Asset",
    "Block",
    "Cell",
    "Code",
    "CodeBlock",
    "Definition",
    "Definitions",
    "Division",
    "Document",
    "Emphasis",
    "Figure",
    "Heading",
    "Image",
    "Inline",
    "Language",
    "LineBreak",
    "Link",
    "ListBlock",
    "Meta",
    "Note",
    "PageBreak",
    "PageMark",
    "Paragraph",
    "Place",
    "Quote",
    "Rule",
    "Script",
    "Strong",
    "Table",
    "Text",
]


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands in its source. Lines and pages count from 1.

    ``part`` names a part of a source that has no lines: ``"paragraph 12"``, ``"chapter2.xhtml"``.
    """

    line: int | None = None
    page: int | None = None
    part: str | None = None


# --- Inline nodes -------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Text:
    """Characters, cleaned at the reader's door (see :mod:`ess_access.document.text`)."""

    text: str


@dataclass(frozen=True, slots=True)
class Emphasis:
    """Emphasis: italics in most sources."""

    children: tuple["Inline", ...]


@dataclass(frozen=True, slots=True)
class Strong:
    """Strong importance: bold in most sources."""

    children: tuple["Inline", ...]


@dataclass(frozen=True, slots=True)
class Script:
    """Raised or lowered characters; ``position`` is ``"super"`` or ``"sub"``."""

    position: str
    children: tuple["Inline", ...]


@dataclass(frozen=True, slots=True)
class Language:
    """A passage in another language than its surroundings; ``lang`` is a BCP 47 tag."""

    lang: str
    children: tuple["Inline", ...]


@dataclass(frozen=True, slots=True)
class Abbreviation:
    """A short form, what it stands for (``""``: not said by the source) and how it is spoken.

    ``say`` is ``"letters"``, ``"word"`` or ``""`` where the source gives no hint.
    """

    text: str
    expansion: str = ""
    say: str = ""


@dataclass(frozen=True, slots=True)
class Link:
    """A link; ``href`` is an address or ``#id`` of a heading of this document."""

    href: str
    children: tuple["Inline", ...]


@dataclass(frozen=True, slots=True)
class Image:
    """A picture. ``alt=None``: no description, a finding; ``""``: declared decorative.

    ``asset`` is the digest of an :class:`Asset` of the document, or ``None`` when the bytes
    could not be had. ``description`` is the long description, ``""`` without one.
    """

    asset: str | None
    alt: str | None
    description: str = ""


@dataclass(frozen=True, slots=True)
class Note:
    """A footnote or endnote, held where it is called."""

    children: tuple["Block", ...]


@dataclass(frozen=True, slots=True)
class Code:
    """Characters of a computer, kept as they are."""

    text: str


@dataclass(frozen=True, slots=True)
class LineBreak:
    """A line break that means something (a verse, an address)."""


@dataclass(frozen=True, slots=True)
class PageMark:
    """The start of a page of the printed source; ``label`` is the number printed on it."""

    label: str


Inline = (
    Text
    | Emphasis
    | Strong
    | Script
    | Language
    | Abbreviation
    | Link
    | Image
    | Note
    | Code
    | LineBreak
    | PageMark
)


# --- Block nodes --------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; ``level`` is 1 to 6. ``id`` is unique in the document, ``""`` until given."""

    level: int
    children: tuple[Inline, ...]
    id: str = ""
    at: Place | None = field(default=None, compare=False, kw_only=True)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of running text."""

    children: tuple[Inline, ...]
    at: Place | None = field(default=None, compare=False, kw_only=True)


@dataclass(frozen=True, slots=True)
class ListBlock:
    """A list; each item is a tuple of blocks. ``start`` is the first number when ordered.

    ``form`` says how the numbers are written (:data:`ess_access.document.numerals.FORMS`).
    """

    items: tuple[tuple["Block", ...], ...]
    ordered: bool = False
    start: int = 1
    form: str = "decimal"
    at: Place | None = field(default=None, compare=False, kw_only=True)


@dataclass(frozen=True, slots=True)
class Definition:
    """One entry of :class:`Definitions`: a term and the blocks that define it."""

    term: tuple[Inline, ...]
    children: tuple["Block", ...]


@dataclass(frozen=True, slots=True)
class Definitions:
    """A list of terms with their definitions."""

    items: tuple[Definition, ...]
    at: Place | None = field(default=None, compare=False, kw_only=True)


@dataclass(frozen=True, slots=True)
class Quote:
    """A quotation set apart."""

    children: tuple["Block", ...]
    at: Place | None = field(default=None, compare=False, kw_only=True)


@dataclass(frozen=True, slots=True)
class CodeBlock:
    """Lines of a computer, kept as they are, without a final line feed."""

    text: str
    at: Place | None = field(default=None, compare=False, kw_only=True)


@dataclass(frozen=True, slots=True)
class Figure:
    """A picture standing by itself, with its caption."""

    image: Image
    caption: tuple[Inline, ...] = ()
    at: Place | None = field(default=None, compare=False, kw_only=True)


@dataclass(frozen=True, slots=True)
class Division:
    """A part set apart: a box, an aside, a passage in another language.

    ``role`` is ``"aside"``, ``"note"``, ``"warning"``, ``"example"``, ``"details"``, or
    ``"section"`` for a division that only carries a language. ``lang`` is ``""`` when it is that of
    its surroundings.
    """

    role: str
    lang: str
    title: tuple[Inline, ...]
    children: tuple["Block", ...]
    at: Place | None = field(default=None, compare=False, kw_only=True)


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table; ``header`` says that it names its column or its row."""

    children: tuple["Block", ...]
    row_span: int = 1
    col_span: int = 1
    header: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table; the first ``head_rows`` rows name the columns.

    A row holds only the cells that begin in it, in order: a spanned place has no cell of its own.
    """

    rows: tuple[tuple[Cell, ...], ...]
    head_rows: int = 0
    caption: tuple[Inline, ...] = ()
    summary: str = ""
    at: Place | None = field(default=None, compare=False, kw_only=True)


@dataclass(frozen=True, slots=True)
class Rule:
    """A thematic break."""

    at: Place | None = field(default=None, compare=False, kw_only=True)


@dataclass(frozen=True, slots=True)
class PageBreak:
    """A page break that the author asked for."""

    at: Place | None = field(default=None, compare=False, kw_only=True)


Block = (
    Heading
    | Paragraph
    | ListBlock
    | Definitions
    | Quote
    | CodeBlock
    | Figure
    | Division
    | Table
    | Rule
    | PageBreak
)


# --- Root ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Meta:
    """What is known of the document. ``lang`` is a BCP 47 tag; ``published`` is as written."""

    title: str = ""
    lang: str = "fr"
    authors: tuple[str, ...] = ()
    published: str = ""


@dataclass(frozen=True, slots=True)
class Asset:
    """The bytes of a picture; ``digest`` is their SHA-256 in hexadecimal."""

    digest: str
    media_type: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Document:
    """A whole document. ``assets`` maps the digests that pictures name to their bytes."""

    meta: Meta
    children: tuple[Block, ...]
    assets: Mapping[str, Asset] = field(default_factory=lambda: MappingProxyType({}))
