"""Write an audio edition: script, voices, sound, chapters, tags."""

import tempfile
from itertools import accumulate
from pathlib import Path

from ess_access.api.backend import Artifact, Workspace
from ess_access.api.findings import Finding, Severity
from ess_access.backends.audio.casting import Casting, cast
from ess_access.backends.audio.chapters import openings, timed
from ess_access.backends.audio.encoding import joined
from ess_access.backends.audio.id3 import Tags, id3_tag
from ess_access.backends.audio.loudness import Mastering, mastering, overall
from ess_access.backends.audio.options import AudioOptions
from ess_access.backends.audio.script import script
from ess_access.backends.audio.segments import segments
from ess_access.backends.audio.store import Store
from ess_access.backends.audio.studio import Studio, Take, spread
from ess_access.backends.audio.utterances import Utterance
from ess_access.document.nodes import Document
from ess_access.errors import EditionError

__all__ = ["HEAD_MS", "TAIL_MS", "write"]

# NNELS and ACX: 0.5 to 1 s of silence at the head, 1 to 3 s at the tail.
HEAD_MS = 750
TAIL_MS = 1500
# A voice is as loud on one page as on another: more would not change the gain.
_LISTENED_S = 180.0


def write(document: Document, options: AudioOptions, work: Workspace) -> tuple[Artifact, ...]:
    """Write ``<stem>.mp3``.

    Raises MissingError where no voice speaks the document's language, EditionError where there is
    nothing to say or the engine fails.
    """
    lang = document.meta.lang or "fr"
    casting = cast(options, lang)
    said = script(document, options, speaks=casting.speaks)
    if not said:
        raise EditionError("audio-nothing-to-say", stem=work.stem)
    path = work.folder / f"{work.stem}.mp3"
    with tempfile.TemporaryDirectory(dir=work.folder, prefix=".clips-") as spare:
        store = Store(work.cache / "audio" if work.cache is not None else Path(spare))
        with Studio(casting, options, store) as studio:
            parts = tuple(segments(said, HEAD_MS, TAIL_MS))
            studio.settle_rate(parts)
            takes = studio.takes(parts)
            mastered = _mastered(studio, takes)
            starts, total = _times(takes, studio.rate_hz)
            chapters = timed(openings(document, said), starts, total)
            tags = Tags(document.meta.title, document.meta.authors, lang, document.meta.published)
            joined(
                path,
                id3_tag(tags, chapters),
                studio.packets(takes, mastered),
                studio.rate_hz,
                sum(take.samples for take in takes),
            )
    measures = {
        "duration_s": round(total, 1),
        "chapters": len(chapters),
        "utterances": len(said),
        "words": sum(len(utterance.spoken.split()) for utterance in said),
    }
    return (Artifact(path, "audio/mpeg", measures, _findings(said, casting)),)


def _mastered(studio: Studio, takes: tuple[Take, ...]) -> Mastering:
    """Choose the gain from a few minutes of speech taken all over the edition."""
    heard = spread(takes, _LISTENED_S)

    def after(chosen: Mastering) -> float | None:
        return overall(studio.measured(heard, chosen))

    return mastering(studio.measured(heard, None), after)


def _times(takes: tuple[Take, ...], rate_hz: int) -> tuple[list[float], float]:
    """Give the start of every utterance and the whole length, in seconds."""
    ends = list(accumulate(take.samples for take in takes))
    starts = [
        (end - take.samples + start) / rate_hz
        for take, end in zip(takes, ends, strict=True)
        for start, _ in take.spans
    ]
    return starts, ends[-1] / rate_hz


def _findings(said: tuple[Utterance, ...], casting: Casting) -> tuple[Finding, ...]:
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
