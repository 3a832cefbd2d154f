"""Hold a DOCX, whoever made it, against the rules of large print: one name for each rule."""

from collections.abc import Iterator
from pathlib import Path

from ess_access.api.findings import Finding, Severity
from ess_access.document.nodes import Document

__all__ = ["check_docx"]


def check_docx(path: Path, document: Document | None) -> Iterator[Finding]:
    """Open a DOCX from disk and say what is wrong with it.

    ``document`` is what it was made of: when it is known, every word of it must be there.
    """
    from ess_access.backends.large_print.checks import (
        faces,
        furniture,
        links,
        looks,
        outline,
        pictures,
        tables,
        typed,
        words,
    )
    from ess_access.backends.large_print.checks.opened import (
        BrokenFileError,
        LockedFileError,
        opened,
    )

    try:
        word = opened(path)
    except LockedFileError:
        yield Finding("LP-091", Severity.ERROR, {"file": path.name})
        return
    except BrokenFileError as error:
        if path.is_file() and path.stat().st_size == 0:
            yield Finding("LP-092", Severity.ERROR, {"file": path.name})
            return
        yield Finding("LP-090", Severity.ERROR, {"file": path.name, "reason": str(error)})
        return
    if outline.is_empty(word):
        yield Finding("LP-092", Severity.ERROR, {"file": path.name})
    for module in (looks, faces, typed, outline, links, pictures, tables, furniture):
        for rule in module.RULES:
            yield from rule(word)
    if document is not None:
        yield from words.lost(word, document)
