"""Write an audio edition: script, voices, sound, chapters, tags, what is said when."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from ess_access.api.backend import Artifact, Workspace
from ess_access.api.findings import Finding, Severity
from ess_access.backends.audio.casting import Casting, cast
from ess_access.backends.audio.chapters import openings
from ess_access.backends.audio.containers import MEDIA_TYPES, write_container
from ess_access.backends.audio.cover import cover
from ess_access.backends.audio.encoding import joined
from ess_access.backends.audio.id3 import Tags, id3_tag
from ess_access.backends.audio.loudness import Mastering, mastering
from ess_access.backends.audio.options import AudioOptions
from ess_access.backends.audio.parts import Part, cues_of, parts_of, playlist
from ess_access.backends.audio.script import Scripts
from ess_access.backends.audio.segments import segments
from ess_access.backends.audio.store import Store
from ess_access.backends.audio.studio import Studio, Take, spread
from ess_access.backends.audio.timeline import Cue, as_json, as_srt, as_vtt
from ess_access.backends.audio.unread import unread
from ess_access.backends.audio.utterances import Utterance
from ess_access.document.nodes import Document
from ess_access.errors import ConfigurationError, EditionError, MissingError

__all__ = ["HEAD_MS", "TAIL_MS", "write"]

# NNELS and ACX: 0.5 to 1 s of silence at the head, 1 to 3 s at the tail.
HEAD_MS = 750
TAIL_MS = 1500
_CAPTIONS = {"vtt": ("text/vtt", as_vtt), "srt": ("application/x-subrip", as_srt)}


def write(
    document: Document, options: AudioOptions, work: Workspace, scripts: Scripts
) -> tuple[Artifact, ...]:
    """Write the sound files, their captions and ``<stem>.audio.json``.

    Raises ConfigurationError for an unknown format, MissingError where no voice speaks the
    document's language, EditionError where there is nothing to say or the engine fails (and the
    fallback engine too, where there is one).
    """
    _know(options.formats, MEDIA_TYPES, "formats")
    _know(options.captions, _CAPTIONS, "captions")
    try:
        return _write(document, options, work, scripts, ())
    except (EditionError, MissingError) as failure:
        if not options.fallback or failure.key == "audio-nothing-to-say":
            raise
        params = {"engine": options.engine, "fallback": options.fallback, "reason": failure.key}
        fell = Finding("AU-020", Severity.WARNING, params)
        other = replace(options, engine=options.fallback, voice="", fallback="")
        return _write(document, other, work, scripts, (fell,))


def _know(wanted: Sequence[str], known: Iterable[str], option: str) -> None:
    for name in wanted:
        if name not in set(known):
            listed = ", ".join(known)
            raise ConfigurationError("audio-format", option=option, name=name, known=listed)


def _write(
    document: Document,
    options: AudioOptions,
    work: Workspace,
    scripts: Scripts,
    told: tuple[Finding, ...],
) -> tuple[Artifact, ...]:
    casting = cast(options, document.meta.lang or "fr")
    said = scripts.script(document, options, speaks=casting.speaks)
    if not said:
        raise EditionError("audio-nothing-to-say", stem=work.stem)
    opened = openings(document, said)
    apart = options.files == "chapters"
    told = (*told, *_voiceless(said, casting), *unread(said, casting))
    store = Store(work.cache / "audio" if work.cache is not None else None)
    with Studio(casting, options, store, work.folder) as studio:
        cut = tuple(segments(said, {o.utterance for o in opened}, (HEAD_MS, TAIL_MS), apart=apart))
        studio.settle_rate(cut)
        takes = studio.takes(cut)
        parts = parts_of(takes, opened, document.meta.title or work.title, work.stem, apart=apart)
        # A file is as loud as another: whoever hears one chapter alone has nothing to turn.
        mastered = tuple(_mastered(studio, part.takes) for part in parts)
        made = _Made(document, options, work, parts, tuple(cues_of(parts)))
        sounds = tuple(_sounds(made, studio, mastered))
    first, *others = sounds
    measures = {
        "duration_s": round(sum(part.seconds for part in parts), 1),
        "chapters": len(opened),
        "utterances": len(said),
        "words": sum(len(utterance.spoken.split()) for utterance in said),
    }
    return (
        Artifact(first.path, first.media_type, measures, told),
        *others,
        *_texts(made, casting),
    )


@dataclass(frozen=True, slots=True)
class _Made:
    """An edition laid out: what there is to write."""

    document: Document
    options: AudioOptions
    work: Workspace
    parts: tuple[Part, ...]
    cues: tuple[Cue, ...]


def _sounds(made: _Made, studio: Studio, levels: Sequence[Mastering]) -> Iterator[Artifact]:
    """Write the files of sound, one format after the other; ``levels`` are those of the parts."""
    meta, options, parts = made.document.meta, made.options, made.parts
    drawn = cover(meta.title, meta.authors) if options.cover and meta.title else None
    for kind in options.formats:
        for number, (part, mastered) in enumerate(zip(parts, levels, strict=True), 1):
            tags = Tags(
                part.title,
                meta.authors,
                meta.lang or "fr",
                meta.published,
                drawn,
                album=meta.title or made.work.title,
                track=(number, len(parts)) if len(parts) > 1 else None,
            )
            path = made.work.folder / f"{part.stem}.{kind}"
            if kind == "mp3":
                packets = studio.packets(part.takes, mastered)
                joined(path, id3_tag(tags, part.chapters), packets, studio.rate_hz, part.samples)
            else:
                sound = studio.sound(part.takes, mastered)
                rates = (studio.rate_hz, options.bitrate_kbps)
                write_container(path, sound, rates, tags, part.chapters)
            yield Artifact(path, MEDIA_TYPES[kind])


def _texts(made: _Made, casting: Casting) -> Iterator[Artifact]:
    """Write what is said when: JSON, captions, and the playlist of several files."""
    meta, options, work, parts = made.document.meta, made.options, made.work, made.parts
    kind = options.formats[0] if options.formats else "mp3"
    files = [f"{part.stem}.{kind}" for part in parts]
    path = work.folder / f"{work.stem}.audio.json"
    text = as_json(
        made.cues,
        files,
        title=meta.title or work.title,
        lang=meta.lang or "fr",
        engine=casting.engine,
        voice=casting.main.name,
    )
    path.write_text(text, encoding="utf-8", newline="\n")
    yield Artifact(path, "application/json")
    for name in options.captions:
        media_type, write_captions = _CAPTIONS[name]
        for number, part in enumerate(parts):
            path = work.folder / f"{part.stem}.{name}"
            own = [cue for cue in made.cues if cue.file == number]
            path.write_text(write_captions(own), encoding="utf-8", newline="\n")
            yield Artifact(path, media_type)
    if len(parts) > 1:
        path = work.folder / f"{work.stem}.m3u8"
        path.write_text(playlist(parts, kind), encoding="utf-8", newline="\n")
        yield Artifact(path, "application/vnd.apple.mpegurl")


def _mastered(studio: Studio, takes: tuple[Take, ...]) -> Mastering:
    """Choose the gain from speech taken all over the edition."""
    heard = spread(takes)
    return mastering(studio.level(heard, None), lambda chosen: studio.level(heard, chosen))


def _voiceless(said: tuple[Utterance, ...], casting: Casting) -> tuple[Finding, ...]:
    """Tell which languages had no voice of their own."""
    langs = sorted({each.lang for each in said if not casting.speaks(each.lang)})
    return tuple(
        Finding(
            "AU-001",
            Severity.WARNING,
            {"lang": lang, "engine": casting.engine, "voice": casting.main.name},
        )
        for lang in langs
    )
