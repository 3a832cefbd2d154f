"""Listen to an audio edition again, without trusting whoever wrote it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from ess_access.api.backend import Artifact
from ess_access.api.findings import Finding, Severity
from ess_access.backends.audio.casting import cast
from ess_access.backends.audio.chapters import openings
from ess_access.backends.audio.id3 import iso_639_2
from ess_access.backends.audio.id3_reading import TagRead
from ess_access.backends.audio.listening import Heard, UnheardError, listen
from ess_access.backends.audio.media_reading import read_media
from ess_access.backends.audio.options import AudioOptions
from ess_access.backends.audio.script import script
from ess_access.backends.audio.timeline_check import check_timeline, engine_of
from ess_access.backends.audio.utterances import Utterance
from ess_access.backends.audio.wording import primary
from ess_access.document.nodes import Document
from ess_access.errors import EssAccessError

__all__ = ["SUFFIXES", "check"]

SUFFIXES = (".mp3", ".m4b", ".opus")

_LUFS = -19.0
# One chapter may be softer than the whole by its own nature.
_LUFS_RANGE, _LUFS_RANGE_OF_CHAPTERS = 1.0, 2.0
_PEAK_DB = -3.0
_HEAD_S = (0.5, 1.0)
_TAIL_S = (1.0, 3.0)
_HOLE_S = 5.0
# Seconds for a character, from a very fast voice to a very slow one, at its own pace.
_FASTEST, _SLOWEST = 1 / 40, 1 / 5
# How far the pace of a chapter may be from that of the whole, by its length in characters.
_STRAY = ((400, 1.45), (120, 1.9), (30, 3.0))
# Below this, a pace says nothing.
_FEW = 40


def check(
    artifacts: Sequence[Artifact], document: Document | None, options: AudioOptions
) -> Iterator[Finding]:
    """Say what is wrong with the sound files among the artifacts, and with their timeline.

    Several files of one format are the chapters of one edition, in order.
    """
    said = _script(artifacts, document, options) if document is not None else ()
    heard: dict[str, Heard] = {}
    for suffix in SUFFIXES:
        paths = [each.path for each in artifacts if each.path.suffix.lower() == suffix]
        wanted = _wanted(document, said, len(paths)) if document is not None else ()
        if document is not None and len(paths) != len(wanted):
            wanted = ()
            if paths:
                count = len(openings(document, said))
                yield _finding(
                    "AU-015", Severity.ERROR, headings=count, chapters=len(paths), title="\u2013"
                )
        for number, path in enumerate(paths):
            expected = wanted[number] if wanted else None
            yield from _check_file(path, expected, document, options, heard)
    for each in artifacts:
        if each.path.name.endswith(".audio.json"):
            yield from check_timeline(each.path, heard, said, silent=options.engine == "silence")


def _script(
    artifacts: Sequence[Artifact], document: Document, options: AudioOptions
) -> tuple[Utterance, ...]:
    """Give the script as it was said: passages that no voice spoke are worded otherwise."""
    lang = document.meta.lang or "fr"
    said = script(document, options)
    if all(primary(each.lang) == primary(lang) for each in said):
        return said
    told = (engine_of(a.path) for a in artifacts if a.path.name.endswith(".audio.json"))
    spoke = next(filter(None, told), options.engine)
    is_first = spoke == options.engine
    voice = options.voice if is_first or options.engine == "auto" else ""
    try:
        casting = cast(replace(options, engine=spoke, voice=voice), lang)
    except EssAccessError:
        return said  # whoever spoke is not here: nothing better is known
    return script(document, options, speaks=casting.speaks)


@dataclass(frozen=True, slots=True)
class _Wanted:
    """What a file should hold: its title, its utterances, and the chapters among them."""

    title: str
    said: tuple[Utterance, ...]
    opened: tuple[tuple[int, str], ...]


def _wanted(document: Document, said: Sequence[Utterance], files: int) -> tuple[_Wanted, ...]:
    opened = [(opening.utterance, opening.title) for opening in openings(document, said)]
    title = document.meta.title
    if files <= 1:
        return (_Wanted(title, tuple(said), tuple(opened)),) if files else ()
    edges = [at for at, _ in opened]
    found = [_Wanted(title, tuple(said[: edges[0]]), ())] if edges and edges[0] else []
    for (start, name), end in zip(opened, [*edges[1:], len(said)], strict=True):
        found.append(_Wanted(name, tuple(said[start:end]), ((0, name),)))
    return tuple(found)


def _check_file(
    path: Path,
    wanted: "_Wanted | None",
    document: Document | None,
    options: AudioOptions,
    kept: dict[str, Heard],
) -> Iterator[Finding]:
    try:
        heard = kept[path.name] = listen(path, _is_clear)
        tag = read_media(path)
    except (UnheardError, OSError) as fault:
        yield _finding("AU-002", Severity.ERROR, file=path.name, reason=str(fault))
        return
    is_part = wanted is not None and document is not None and wanted.title != document.meta.title
    yield from _sound(heard, document, options, _LUFS_RANGE_OF_CHAPTERS if is_part else _LUFS_RANGE)
    yield from _tags(tag, wanted, document)
    yield from _times(tag, heard)
    if wanted is None:
        return
    names = [title for _, title in wanted.opened]
    found = [title for _, title, _, _ in tag.chapters]
    chapters = tag.chapters
    if names != found and path.suffix.lower() != ".mp3" and found[1:] == names:
        # These formats want a chapter at the beginning: the words before the first heading.
        chapters = chapters[1:]
    elif names != found:
        missing = next((title for title in names if title not in found), "\u2013")
        yield _finding(
            "AU-015", Severity.ERROR, headings=len(names), chapters=len(found), title=missing
        )
    if heard.lufs is not None:
        yield from _words(chapters, heard, wanted, options)


def _finding(code: str, severity: Severity, **params: str | int) -> Finding:
    return Finding(code, severity, params)


def _number(value: float) -> str:
    """Write a number for a message: one decimal, a real minus sign."""
    return f"{value:.1f}".replace("-", "\u2212")


def _is_clear(heard: Heard) -> bool:
    """Say that a measure of loudness and peaks is so far from the limits that a rough one does."""
    if heard.lufs is None:
        return False
    return abs(heard.lufs - _LUFS) <= _LUFS_RANGE / 2 and heard.true_peak_db <= _PEAK_DB - 0.5


def _sound(
    heard: Heard, document: Document | None, options: AudioOptions, lufs_range: float
) -> Iterator[Finding]:
    if heard.lufs is None:
        is_meant = document is not None and options.engine == "silence"
        yield _finding("AU-014", Severity.INFO if is_meant else Severity.ERROR)
        return
    if abs(heard.lufs - _LUFS) > lufs_range:
        yield _finding("AU-004", Severity.WARNING, lufs=_number(heard.lufs))
    if heard.sample_peak >= 0.999:
        yield _finding("AU-006", Severity.WARNING)
    elif heard.true_peak_db > _PEAK_DB:
        yield _finding("AU-005", Severity.WARNING, peak=_number(heard.true_peak_db))
    head, tail = _ends(heard)
    if not _HEAD_S[0] - 0.05 <= head <= _HEAD_S[1] + 0.05:
        yield _finding("AU-007", Severity.WARNING, seconds=_number(head))
    if not _TAIL_S[0] - 0.05 <= tail <= _TAIL_S[1] + 0.05:
        yield _finding("AU-008", Severity.WARNING, seconds=_number(tail))
    severity = Severity.REVIEW if document is None else Severity.WARNING
    for start, end in heard.silences:
        if end - start > _HOLE_S and start > 0.1 and end < heard.seconds - 0.1:
            yield _finding("AU-009", severity, seconds=_number(end - start), at=_clock(start))


def _ends(heard: Heard) -> tuple[float, float]:
    """Give the silence at the head and at the tail, in seconds."""
    islands = heard.islands(0.0, heard.seconds)
    if not islands:
        return heard.seconds, heard.seconds
    return islands[0][0], heard.seconds - islands[-1][1]


def _clock(seconds: float) -> str:
    return f"{int(seconds) // 60}:{int(seconds) % 60:02}"


def _tags(tag: TagRead, wanted: _Wanted | None, document: Document | None) -> Iterator[Finding]:
    for fault in tag.faults:
        yield _finding("AU-010", Severity.ERROR, frame=fault)
    title = tag.texts.get("TIT2", "")
    lang = tag.texts.get("TLAN", "")
    if not title or (wanted is not None and wanted.title and title != wanted.title):
        yield _finding("AU-011", Severity.WARNING, title=title or "\u2013")
    if not lang or (document is not None and lang != iso_639_2(document.meta.lang or "fr")):
        yield _finding("AU-012", Severity.WARNING, lang=lang or "\u2013")
    if document is not None and document.meta.authors and not tag.texts.get("TPE1"):
        yield _finding("AU-013", Severity.WARNING, authors=", ".join(document.meta.authors))


def _times(tag: TagRead, heard: Heard) -> Iterator[Finding]:
    """Check that chapters follow one another within the file, and are all listed."""
    before = 0
    for _, title, start, end in tag.chapters:
        if not before <= start < end or end > 1000 * heard.seconds + 500:
            yield _finding("AU-016", Severity.ERROR, title=title)
        before = start
    if [own for own, *_ in tag.chapters] != list(tag.listed):
        listed, count = len(tag.listed), len(tag.chapters)
        yield _finding("AU-017", Severity.ERROR, listed=listed, count=count)


@dataclass(frozen=True, slots=True)
class _Part:
    """A chapter, or what stands before the first: its words, and where they should be."""

    title: str
    characters: int
    utterances: int
    voiced_s: float
    islands: int


def _words(
    chapters: Sequence[tuple[str, str, int, int]],
    heard: Heard,
    wanted: _Wanted,
    options: AudioOptions,
) -> Iterator[Finding]:
    """Check that every part lasts as long as its words, and has as many breaths as sentences."""
    characters = sum(len(each.spoken) for each in wanted.said)
    voiced = sum(end - start for start, end in heard.islands(0.0, heard.seconds))
    pace = voiced / characters if characters else 0.0
    if characters > _FEW and not _FASTEST <= pace * options.rate <= _SLOWEST:
        yield _finding(
            "AU-003", Severity.ERROR, seconds=round(voiced), expected=round(characters / 15)
        )
    if len(wanted.opened) != len(chapters):
        return  # told already: chapters cannot be compared
    for part in _parts(heard, wanted, chapters):
        if part.islands < part.utterances or _strays(part, pace):
            yield _finding(
                "AU-018",
                Severity.ERROR,
                title=part.title,
                seconds=round(part.voiced_s),
                expected=round(part.characters * pace),
            )


def _parts(
    heard: Heard, wanted: _Wanted, chapters: Sequence[tuple[str, str, int, int]]
) -> Iterator[_Part]:
    edges = [0, *(at for at, _ in wanted.opened), len(wanted.said)]
    times = [0.0, *(start / 1000 for _, _, start, _ in chapters), heard.seconds]
    titles = [wanted.title, *(title for _, title in wanted.opened)]
    for number, title in enumerate(titles):
        spoken = wanted.said[edges[number] : edges[number + 1]]
        islands = heard.islands(times[number], times[number + 1])
        yield _Part(
            title,
            sum(len(each.spoken) for each in spoken),
            len(spoken),
            sum(end - start for start, end in islands),
            len(islands),
        )


def _strays(part: _Part, pace: float) -> bool:
    wanted = part.characters * pace
    for characters, factor in _STRAY:
        if part.characters >= characters:
            return not wanted / factor <= part.voiced_s <= wanted * factor
    return False
