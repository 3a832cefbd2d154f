"""Helpers of the Braille tests: marked print, rows of an edition, words."""

import re
from pathlib import Path

from ess_access.backends.braille import BrailleOptions, marks
from ess_access.backends.braille.edition import Edition, make_edition
from ess_access.backends.braille.integral import LOWER, RAISE, script
from ess_access.backends.braille.liblouis import liblouis
from ess_access.backends.braille.translator import Translator
from ess_access.document.nodes import Document

GOLDEN = Path(__file__).parent / "braille" / "golden"

_TAGS = {
    "<em>": marks.EMPHASIS_ON,
    "</em>": marks.EMPHASIS_OFF,
}
_SCRIPTS = {"sup": RAISE, "sub": LOWER}


def marked(print_text: str) -> str:
    """Turn the tags of a golden file into the marks of the room."""
    text = re.sub("</?em>", lambda found: _TAGS[found[0]], print_text)
    return re.sub(
        "<(sup|sub)>(.*?)</\\1>", lambda found: script(_SCRIPTS[found[1]], found[2]), text
    )


def cells(print_text: str, grade: int = 1, *, is_base: bool = False) -> str:
    """Translate a print text with tags."""
    translator = Translator(liblouis(), grade, is_base=is_base)
    return translator.cells(marked(print_text)).replace(marks.ADDRESS, "")


def edition(document: Document, options: BrailleOptions | None = None) -> Edition:
    """Make an edition."""
    return make_edition(document, options or BrailleOptions())


def rows(document: Document, options: BrailleOptions | None = None) -> list[str]:
    """Give the rows of all the pages."""
    made = edition(document, options)
    return [row.cells for volume in made.volumes for page in volume.pages for row in page.rows]


def shown(document: Document, options: BrailleOptions | None = None) -> str:
    """Give the rows of all the pages, a blank cell as a middle dot, so that a person can count."""
    return "\n".join(row.replace("\u2800", "·") for row in rows(document, options))
