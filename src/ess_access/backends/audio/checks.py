"""Listen to an audio edition again, without trusting whoever wrote it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path

from ess_access.api.backend import Artifact
from ess_access.api.findings import Finding, Severity
from ess_access.backends.audio.casting import cast
from ess_access.backends.audio.chapter_check import check_chapters
from ess_access.backends.audio.chapters import openings
from ess_access.backends.audio.id3 import iso_639_2
from ess_access.backends.audio.id3_reading import TagRead
from ess_access.backends.audio.listening import Heard, UnheardError, listen
from ess_access.backends.audio.media_reading import promised_s, read_media
from ess_access.backends.audio.options import AudioOptions
from ess_access.backends.audio.script import Scripts
from ess_access.backends.audio.timeline_check import (
    Placed,
    beside,
    check_timeline,
    engine_of,
    placed,
)
from ess_access.backends.audio.utterances import Utterance
from ess_access.backends.audio.wording import primary
from ess_access.document.nodes import Document
from ess_access.errors import EssAccessError, reason_of

__all__ = ["SUFFIXES", "check"]

SUFFIXES = (".mp3", ".m4b", ".opus")

_LUFS = -19.0
_LUFS_RANGE = 1.0
_PEAK_DB = -3.0
_HEAD_S = (0.5, 1.0)
_TAIL_S = (1.0, 3.0)
_HOLE_S = 5.0
# What the edges of words and of segments add to a pause (measured: 0.5 s), and the longest pause
# that a voice makes of its own.
_PAUSE_MORE_S, _BREATH_S = 0.8, 1.5
# A file so much shorter than it says of itself was cut.
_CUT_S = 0.5
# Seconds for a character, from a very fast voice to a very slow one, at its own pace.
_FASTEST, _SLOWEST = 1 / 40, 1 / 5
# How far the pace of a chapter may be from that of the whole, by its length in characters.
_STRAY = ((400, 1.45), (120, 1.9), (30, 3.0))
# Below this, a pace says nothing.
_FEW = 40


def check(
    artifacts: Sequence[Artifact],
    document: Document | None,
    options: AudioOptions,
    scripts: Scripts | None = None,
) -> Iterator[Finding]:
    """Say what is wrong with the sound files among the artifacts, and with their timeline.

    Several files of one format are the chapters of one edition, in order.
    """
    scripts = scripts or Scripts()
    said = _script(artifacts, document, options, scripts) if document is not None else ()
    heard: dict[str, Heard] = {}
    timelines = [each.path for each in artifacts if each.path.name.endswith(".audio.json")]
    if not timelines and document is None:
        timelines = list(beside([each.path for each in artifacts]))
    times = {stem: each for path in timelines for stem, each in placed(path).items()}
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
            told = times.get(path.stem, Placed())
            yield from _check_file(path, expected, document, options, heard, told=told)
    astray: list[Finding] = []
    for path in timelines:
        for suffix in SUFFIXES:
            sounds = {name: heard[name] for name in heard if name.lower().endswith(suffix)}
            if sounds or not heard:
                astray += check_timeline(path, sounds, said, silent=options.engine == "silence")
    yield from (each for at, each in enumerate(astray) if each not in astray[:at])


def _script(
    artifacts: Sequence[Artifact], document: Document, options: AudioOptions, scripts: Scripts
) -> tuple[Utterance, ...]:
    """Give the script as it was said: passages that no voice spoke are worded otherwise."""
    lang = document.meta.lang or "fr"
    said = scripts.script(document, options)
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
    return scripts.script(document, options, speaks=casting.speaks)


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
    *,
    told: Placed,
) -> Iterator[Finding]:
    try:
        heard = kept[path.name] = listen(path, _is_clear)
        tag = read_media(path)
    except (UnheardError, OSError) as fault:
        reason = reason_of(fault) if isinstance(fault, OSError) else str(fault)
        yield _finding("AU-002", Severity.ERROR, file=path.name, reason=reason)
        return
    yield from _sound(heard, options, wanted.said if wanted is not None else None)
    yield from _tags(tag, wanted, document)
    promised = max(promised_s(path), told.end_s)
    if heard.seconds < promised - _CUT_S:
        # What else is wrong with it comes of that.
        lengths = {"seconds": _clock(heard.seconds), "expected": _clock(promised)}
        yield _finding("AU-022", Severity.ERROR, file=path.name, **lengths)
        return
    yield from check_chapters(tag, heard, told.starts_s)
    if wanted is None:
        return
    names = [title for _, title in wanted.opened]
    found = [title for _, title, _, _ in tag.chapters]
    chapters = tag.chapters
    if names != found and path.suffix.lower() != ".mp3" and found[1:] == names:
        # These formats want a chapter at the beginning: the words before the first heading.
        chapters = chapters[1:]
    elif names != found:
        absent = (title for title in names if title not in found)
        strays = (title for title, other in zip(names, found, strict=False) if title != other)
        missing = next(chain(absent, strays), "\u2013")
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
    heard: Heard, options: AudioOptions, said: Sequence[Utterance] | None
) -> Iterator[Finding]:
    if heard.lufs is None:
        is_meant = said is not None and options.engine == "silence"
        yield _finding("AU-014", Severity.INFO if is_meant else Severity.ERROR)
        return
    if abs(heard.lufs - _LUFS) > _LUFS_RANGE:
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
    severity = Severity.REVIEW if said is None else Severity.WARNING
    # A sentence that was silenced joins the pauses around it, and no pause is as long.
    longest = max((each.pause_ms for each in said or ()), default=0) / 1000 + _PAUSE_MORE_S
    longest = _HOLE_S if said is None else max(_BREATH_S, longest)
    for start, end in heard.silences:
        if end - start > longest and start > 0.1 and end < heard.seconds - 0.1:
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
    named = tag.texts.get("TPE1", "")
    if document is not None and any(author not in named for author in document.meta.authors):
        yield _finding("AU-013", Severity.WARNING, authors=", ".join(document.meta.authors))


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
