"""Hold the chapters of a file against its sound: in order, within it, each where it is said."""

from collections.abc import Iterator, Sequence

from ess_access.api.findings import Finding, Severity
from ess_access.backends.audio.id3_reading import TagRead
from ess_access.backends.audio.listening import Heard

__all__ = ["check_chapters"]

# How far a chapter may open from its heading: a decoder's delay, a millisecond rounded.
_NEAR_S = 0.25
# Formats that want a chapter from the beginning on open the first one before the silence.
_HEAD_S = 1.0


def check_chapters(tag: TagRead, heard: Heard, starts_s: Sequence[float]) -> Iterator[Finding]:
    """Check that chapters follow one another within the file, and are all listed.

    ``starts_s`` is when each heading is said, where the timeline tells.
    """
    before = 0
    told: set[str] = set()
    for own, title, start, end in tag.chapters:
        if not before <= start < end or end > 1000 * heard.seconds + 500:
            told.add(own)
            yield Finding("AU-016", Severity.ERROR, {"title": title})
        before = start
    # What precedes the first heading may have a chapter, in formats that want one.
    chapters = tag.chapters[max(0, len(tag.chapters) - len(starts_s)) :]
    if starts_s and len(chapters) == len(starts_s):
        for (own, title, start, _), wanted in zip(chapters, starts_s, strict=True):
            is_head = start == 0 and wanted <= _HEAD_S
            if own not in told and not is_head and abs(start / 1000 - wanted) > _NEAR_S:
                yield Finding("AU-016", Severity.ERROR, {"title": title})
    if [own for own, *_ in tag.chapters] != list(tag.listed):
        counts = {"listed": len(tag.listed), "count": len(tag.chapters)}
        yield Finding("AU-017", Severity.ERROR, counts)
