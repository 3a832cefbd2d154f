"""Pages of Unicode Braille, and their print row under row for a sighted editor."""

from ess_access.backends.braille.edition import make_edition
from ess_access.backends.braille.options import BrailleOptions
from ess_access.document.nodes import Document

__all__ = ["pages"]


def pages(document: Document, options: BrailleOptions) -> str:
    """Give the edition as text: its rows of Braille.

    With ``options.interlined`` the print that a row stands for follows it.
    """
    edition = make_edition(document, options, trace=options.interlined)
    lines: list[str] = []
    for volume_number, volume in enumerate(edition.volumes, 1):
        for page_number, page in enumerate(volume.pages, 1):
            lines.append(_title(volume_number, page_number, len(edition.volumes)))
            for row in page.rows:
                lines.append(row.cells)
                if row.print and options.interlined:
                    lines.append(row.print)
            lines.append("")
    return "\n".join(lines)


def _title(volume: int, page: int, volumes: int) -> str:
    where = f"Volume {volume}, page {page}" if volumes > 1 else f"Page {page}"
    return f"— {where} —"
