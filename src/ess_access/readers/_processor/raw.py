"""What was read of a text before its language and sizes are known as a whole."""

from dataclasses import dataclass, field

from ess_access.document.nodes import Block, Inline, Place
from ess_access.readers._processor.kinds import Kind
from ess_access.readers._runs import PLAIN, Look

__all__ = [
    "ListPlace",
    "Part",
    "RawBox",
    "RawCell",
    "RawMark",
    "RawNote",
    "RawParagraph",
    "RawRange",
    "RawRun",
    "RawTable",
]


@dataclass(frozen=True, slots=True)
class RawNote:
    """A note where it is called."""

    parts: tuple["Part", ...]


@dataclass(frozen=True, slots=True)
class RawRun:
    """A node with its looks; ``size`` is in half-points, 0 where it has none."""

    node: Inline | RawNote
    look: Look = PLAIN
    size: int = 0


@dataclass(frozen=True, slots=True)
class ListPlace:
    """Where a paragraph stands in a list. ``label`` is the number as printed."""

    key: str
    level: int
    indent: int
    is_ordered: bool
    value: int
    label: str = ""
    form: str = "decimal"
    is_bare: bool = False


@dataclass(slots=True)
class RawParagraph:
    """A paragraph. ``anchors`` are the bookmarks in it; ``indent`` is in twips."""

    kind: Kind
    level: int
    runs: list[RawRun]
    at: Place
    in_list: ListPlace | None = None
    indent: int = 0
    anchors: tuple[str, ...] = ()
    is_drop_cap: bool = False
    goes_on: bool = False  # its end was deleted: the next paragraph continues it
    is_bold_style: bool = False
    keeps_next: bool = False  # it stays on the page of what follows


@dataclass(slots=True)
class RawCell:
    """A cell that begins at a column of the grid."""

    parts: list["Part"]
    column: int
    columns: int
    rows: int = 1
    is_header: bool = False  # its style says so


@dataclass(slots=True)
class RawTable:
    """A table, by the grid. ``is_ruled`` says whether lines are drawn around its cells."""

    rows: list[list[RawCell]]
    head_rows: int
    caption: str
    summary: str
    is_ruled: bool
    at: Place
    head_by_style: bool = False
    extra: list["Part"] = field(default_factory=list)


@dataclass(slots=True)
class RawBox:
    """What stands in a frame of its own."""

    parts: list["Part"]
    at: Place


@dataclass(slots=True)
class RawList:
    """A list whose items are known as such."""

    items: list[list["Part"]]
    is_ordered: bool
    start: int
    at: Place
    form: str = "decimal"


@dataclass(frozen=True, slots=True)
class RawMark:
    """Where a range of our own editions begins or ends: « quote », « box_warning », « item »."""

    identity: str
    name: str
    opens: bool


@dataclass(slots=True)
class RawRange:
    """What stands between two marks."""

    name: str
    parts: list["Part"]


Part = RawParagraph | RawTable | RawBox | RawList | RawMark | RawRange | Block
