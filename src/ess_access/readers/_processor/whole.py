"""A whole text of a word processor: its title, the sizes of its words, what its lists were."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from ess_access.api.findings import Finding, Severity
from ess_access.document.inlines import plain_text
from ess_access.document.nodes import Text
from ess_access.document.text import clean, collapse
from ess_access.readers._processor.compose import Composer
from ess_access.readers._processor.kinds import Kind
from ess_access.readers._processor.raw import Part, RawBox, RawList, RawParagraph, RawTable

__all__ = ["about_typed_lists", "composer_for", "own_title", "title_apart"]

# Titles that programs give by themselves.
_NO_TITLE = re.compile(
    r"(?:document|présentation|presentation|word document|sans titre|untitled|titre|title)\s*\d*"
    r"|microsoft word\b.*|powerpoint presentation|présentation powerpoint"
    r"|.*\.(?:docx?|odt|rtf|pdf)",
    re.IGNORECASE,
)


def own_title(written: str) -> str:
    """Give the title of a file's properties, ``""`` for one that its program made up."""
    title = collapse(clean(written)).strip()
    return "" if _NO_TITLE.fullmatch(title) else title


def about_typed_lists(composer: Composer) -> Iterable[Finding]:
    """Say that lists were typed by hand."""
    if composer.typed_lists:
        yield Finding("SRC-065", Severity.REVIEW, {"count": composer.typed_lists})


def title_apart(parts: list[Part]) -> tuple[str, list[Part]]:
    """Take a title that opens the document out of the text: it is the document's own title."""
    titles = [part for part in _paragraphs(parts) if part.kind is Kind.TITLE and part.runs]
    for number, part in enumerate(parts):
        if isinstance(part, RawParagraph) and not part.runs:
            continue
        if (
            isinstance(part, RawParagraph)
            and part.kind is Kind.TITLE
            and len(titles) == 1
            and not part.anchors
            and all(isinstance(run.node, Text) and not run.look.href for run in part.runs)
        ):
            words = collapse(
                clean(
                    "".join(
                        plain_text((run.node,)) for run in part.runs if isinstance(run.node, Text)
                    )
                )
            ).strip()
            return words, parts[:number] + parts[number + 1 :]
        break
    return "", parts


def composer_for(
    parts: Sequence[Part], sizes: Counter[int], lang: str, least_words: int = 3
) -> Composer:
    """Make a composer that knows the size of the text, and those of headings without a style.

    ``sizes`` counts characters by size in half-points.
    """
    body = sizes.most_common(1)[0][0] if sizes else 22
    composer = Composer(lang, body, {}, least_words)
    paragraphs = list(_paragraphs(parts))
    fakes = {composer.fake_size(paragraph) for paragraph in paragraphs} - {0}
    ranked = sorted(fakes, reverse=True)
    return replace(composer, fake_levels={size: rank + 1 for rank, size in enumerate(ranked)})


def _paragraphs(parts: Iterable[Part]) -> Iterator[RawParagraph]:
    for part in parts:
        match part:
            case RawParagraph():
                yield part
            case RawTable():
                for row in part.rows:
                    for cell in row:
                        yield from _paragraphs(cell.parts)
            case RawBox():
                yield from _paragraphs(part.parts)
            case RawList():
                for item in part.items:
                    yield from _paragraphs(item)
            case _:
                pass
