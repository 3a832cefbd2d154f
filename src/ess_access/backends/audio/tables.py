"""Tables said row by row, each cell after the words that name it."""

from ess_access.backends.audio.scribe import Scribe
from ess_access.document.inlines import plain_text
from ess_access.document.nodes import Inline, Paragraph, Table, Text
from ess_access.transforms.tables import LinearEntry, flattened, grid, linearised

__all__ = ["say_table"]


def say_table(scribe: Scribe, table: Table, lang: str) -> None:
    """Announce a table, say its rows, and where it ends."""
    words = scribe.words
    places = grid(table)
    count = max(0, len(places) - _head_rows(table))
    columns = words.count("column", len(places[0]) if places else 0)
    if table.caption:
        rows = words.count("row", count)
        scribe.announce(
            "table_named", caption=plain_text(table.caption), rows=rows, columns=columns
        )
        if scribe.options.verbosity == "brief":
            scribe.inlines(table.caption, lang, "caption")
    else:
        scribe.announce("table_one" if count == 1 else "table_many", count=count, columns=columns)
    if table.summary:
        scribe.say(table.summary, lang, None, "caption")
    for number, row in enumerate(linearised(table), 1):
        if row.title:
            name = (*row.title_header, Text(" : "), *row.title) if row.title_header else row.title
            scribe.inlines(name, lang, "cell")
            scribe.pause("cell")
        elif len(row.entries) > 1:
            scribe.announce("row" if number > 1 else "row_first", number=number)
        for entry in row.entries:
            _entry(scribe, entry, lang)
        scribe.pause("paragraph")
    scribe.announce("table_end")
    scribe.pause("paragraph")


def _head_rows(table: Table) -> int:
    """Count the rows that name columns; a table that is all head has none (its rows are said)."""
    return table.head_rows if table.head_rows < len(table.rows) else 0


def _entry(scribe: Scribe, entry: LinearEntry, lang: str) -> None:
    """Say a cell: its header and its words in one breath where the cell is one paragraph."""
    match entry.children:
        case children if not any(flattened((child,)) for child in children):
            empty = Text(scribe.words.say("empty_cell"))
            scribe.inlines(_after(entry.header, (empty,)), lang, "cell")
        case (Paragraph(children),):
            scribe.inlines(_after(entry.header, children), lang, "cell")
        case children:
            if entry.header:
                scribe.inlines(entry.header, lang, "cell")
                scribe.pause("cell")
            scribe.tell_blocks(children, lang)
    scribe.pause("cell")


def _after(header: tuple[Inline, ...], children: tuple[Inline, ...]) -> tuple[Inline, ...]:
    return (*header, Text(" : "), *children) if header else children
