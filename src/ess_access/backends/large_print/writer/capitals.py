"""Headings typed in capitals are set in sentence case, whatever is nested in them."""

from ess_access.api.findings import Finding, Severity
from ess_access.backends.large_print.writer.edition import Edition
from ess_access.document.inlines import plain_text
from ess_access.document.nodes import Abbreviation, Code, Image, Inline, LineBreak, Text
from ess_access.document.walk import map_inlines

__all__ = ["lowered_headings", "spelled", "without_capitals"]

_EXCERPT = 60


def without_capitals(children: tuple[Inline, ...], edition: Edition) -> tuple[Inline, ...]:
    """Set a heading typed in capitals in sentence case (UKAAF, DISIC), acronyms kept."""
    from ess_access.french.typography import is_capitals, sentence_case

    words = plain_text(children)
    if not is_capitals(words):
        return children
    lowered = sentence_case(words)
    edition.lowered.append((words, lowered, edition.place))
    if len(lowered) != len(words):
        return (Text(lowered),)
    position = 0

    def take(node: Inline) -> tuple[Inline, ...]:
        # Leaves come in reading order, so each finds its own words in the whole.
        nonlocal position
        start = position
        match node:
            case Text(text):
                position += len(text)
                return (Text(lowered[start:position]),)
            case Code(text) | Abbreviation(text, _, _):
                position += len(text)
            case Image(_, alt, _):
                position += len(alt or "")
            case LineBreak():
                position += 1
            case _:
                pass
        return (node,)

    return map_inlines(children, take)


def lowered_headings(edition: Edition) -> tuple[Finding, ...]:
    """Tell the headings set in sentence case: one habit of the author, one finding (LP-105)."""
    if not edition.lowered:
        return ()
    before, after, place = edition.lowered[0]
    params: dict[str, str | int] = {
        "before": before[:_EXCERPT],
        "after": after[:_EXCERPT],
        "count": len(edition.lowered),
        "headings": " ; ".join(after[:_EXCERPT] for _, after, _ in edition.lowered),
    }
    return (Finding("LP-105", Severity.INFO, params, place),)


def spelled(words: str) -> str:
    """Give a heading's words as they are printed: in sentence case if typed in capitals."""
    from ess_access.french.typography import is_capitals, sentence_case

    return sentence_case(words) if is_capitals(words) else words
