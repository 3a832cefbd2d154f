"""Say one fault once: the first paragraph that has it, and how many others do."""

from collections.abc import Iterable, Iterator

from ess_access.api.findings import Finding, Severity
from ess_access.backends.large_print.checks.opened import Paragraph

__all__ = ["Params", "at", "decimal", "grouped"]

# Where a paragraph stands, for messages; "document" needs no saying.
Params = dict[str, str | int]


def at(paragraph: Paragraph) -> Params:
    """Name a paragraph: its number within its part, its first words."""
    return {
        "paragraph": paragraph.number,
        "excerpt": paragraph.excerpt,
        "story": paragraph.story.rstrip("0123456789"),
    }


def decimal(name: str, value: float, digits: int = 1) -> Params:
    """Give a number twice: ``name`` with a point, ``name_fr`` with a comma."""
    text = f"{value:.{digits}f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return {name: text, f"{name}_fr": text.replace(".", ",")}


def grouped(
    code: str, severity: Severity, faults: Iterable[tuple[Paragraph, Params]]
) -> Iterator[Finding]:
    """Give one finding for each kind of fault, at its first paragraph, with their ``count``."""
    kinds: dict[tuple[tuple[str, str | int], ...], list[Paragraph]] = {}
    for paragraph, params in faults:
        found = kinds.setdefault(tuple(sorted(params.items())), [])
        if not found or found[-1] is not paragraph:
            found.append(paragraph)
    for kind, paragraphs in kinds.items():
        params = {**dict(kind), **at(paragraphs[0]), "count": len(paragraphs)}
        yield Finding(code, severity, params)
