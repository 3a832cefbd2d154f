"""Pages of Unicode Braille with their print, row under row, for a sighted editor."""

from ess_access.backends.braille.edition import make_edition
from ess_access.backends.braille.options import BrailleOptions
from ess_access.document.nodes import Document

__all__ = ["interlined"]


def interlined(document: Document, options: BrailleOptions) -> str:
    """Give the edition as text: a row of Braille, then the print that it stands for."""
    edition = make_edition(document, options, trace=True)
    lines: list[str] = []
    for volume_number, volume in enumerate(edition.volumes, 1):
        for page_number, page in enumerate(volume.pages, 1):
            lines.append(_title(volume_number, page_number, len(edition.volumes)))
            for row in page.rows:
                lines.append(row.cells)
                if row.print:
                    lines.append(row.print)
            lines.append("")
    return "\n".join(lines)


def _title(volume: int, page: int, volumes: int) -> str:
    where = f"Volume {volume}, page {page}" if volumes > 1 else f"Page {page}"
    return f"— {where} —"
