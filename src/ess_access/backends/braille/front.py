"""The pages before the text: title page (CBFU 3.6a) and contents (3.7)."""

from collections.abc import Sequence

from ess_access.backends.braille import cells as c
from ess_access.backends.braille.elements import Element, Flow, Grid
from ess_access.backends.braille.fill import Run
from ess_access.backends.braille.inlines import number_cells
from ess_access.backends.braille.options import BrailleOptions
from ess_access.backends.braille.pages import Page, Paginator, Placed
from ess_access.backends.braille.translator import Translator
from ess_access.document.nodes import Meta

__all__ = ["contents_pages", "title_page"]

_GAP = 2  # blank cells between the entry or its leaders and the number
_FEWEST_LEADERS = 2  # 3.7a: fewer are left out


def title_page(
    meta: Meta,
    options: BrailleOptions,
    translator: Translator,
    size: tuple[int, int],
    volume: tuple[int, int, int],
    *,
    trace: bool,
) -> tuple[Page, ...]:
    """Give the title page in its four zones, each line centred (3.6a).

    ``volume`` is its number, the number of volumes, and how many pages this one has (``0``: not
    known yet).
    """
    number, count, pages = volume
    grade = "en abrégé" if options.grade == 2 else "en intégral"
    zones = [
        [*meta.authors, *([""] if meta.authors else []), meta.title],
        [meta.published],
        [f"Transcription braille {grade}", "Code braille français uniformisé", options.producer],
        [
            f"Pages braille : 1-{pages}" if pages else "Pages braille",
            f"Volume {number} sur {count}" if count > 1 else "",
        ],
    ]
    elements: list[Element] = []
    for zone in zones:
        lines = list(zone)
        while lines and not lines[-1]:
            lines.pop()
        for at, line in enumerate(lines):
            if not line:
                elements.append(Grid((), after=1))
                continue
            said = translator.translate(line)
            before = 2 if at == 0 else 0
            flow = Flow(said.cells, said.print, is_centred=True, margin=0, before=before)
            elements.append(flow)
    width, height = size
    paginator = Paginator(width, height, has_numbers=options.page_numbers, trace=trace)
    return paginator.lay(elements)


def contents_pages(
    placed: Sequence[Placed],
    translator: Translator,
    size: tuple[int, int],
    first_number: int,
    *,
    trace: bool,
) -> tuple[Page, ...]:
    """Give the contents: each heading with the number of its page (3.7)."""
    width, height = size
    said = translator.translate("Table des matières")
    title = Flow(said.cells, said.print, is_centred=True, after=1)
    lowest = min((found.entry.level for found in placed), default=1)
    column = max((len(number_cells(found.page)) for found in placed), default=2)
    entries: list[Element] = []
    for at, found in enumerate(placed):
        level = min(found.entry.level - lowest, 4)
        follower = placed[at + 1].entry.level - lowest if at + 1 < len(placed) else 0
        rows = _entry_rows(found, level, width, column, has_lower=follower > level)
        entries.append(Grid(tuple(rows), is_whole=True))
    paginator = Paginator(
        width, height, first_number=first_number, is_number_alone=True, trace=trace
    )
    return paginator.lay([title, *entries])


def _entry_rows(
    found: Placed, level: int, width: int, column: int, *, has_lower: bool
) -> list[tuple[str, str]]:
    """Give the rows of one entry, as an item of a list of levels (3.1c), its number at the end."""
    first = 2 * level
    rest = first + (4 if has_lower else 2)
    room = width - column - _GAP
    run = Run(found.entry.cells)
    lines: list[str] = []
    indent = first
    while not run.is_done:
        lines.append(c.BLANK * indent + run.take(room - indent, room - rest))
        indent = rest
    number = number_cells(found.page)
    last = lines.pop()
    spare = width - len(last) - len(number)
    leaders = spare - _GAP - 1
    fill = (
        c.BLANK + c.LEADER * leaders + c.BLANK * _GAP
        if leaders >= _FEWEST_LEADERS
        else c.BLANK * spare
    )
    rows = [(line, "") for line in lines] + [(last + fill + number, "")]
    printed = f"{found.entry.print} … {found.page}"
    return [(cells, printed if at == 0 else "") for at, (cells, _) in enumerate(rows)]
