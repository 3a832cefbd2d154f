"""The files of an edition: one, or one for each chapter and a playlist."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate

from ess_access.backends.audio.chapters import Chapter, Opening, timed
from ess_access.backends.audio.studio import Take
from ess_access.backends.audio.timeline import Cue
from ess_access.transforms.outline import slug

__all__ = ["Part", "cues_of", "parts_of", "playlist"]


@dataclass(frozen=True, slots=True)
class Part:
    """One file: its name without suffix, title, takes and chapters."""

    stem: str
    title: str
    takes: tuple[Take, ...]
    chapters: tuple[Chapter, ...]

    @property
    def samples(self) -> int:
        """How many samples it lasts."""
        return sum(take.samples for take in self.takes)

    @property
    def seconds(self) -> float:
        """How long it lasts."""
        return self.samples / self.takes[0].rate_hz


def parts_of(
    takes: Sequence[Take], opened: Sequence[Opening], title: str, stem: str, *, apart: bool
) -> tuple[Part, ...]:
    """Lay out one file, or one a chapter (what precedes the first bears number 00)."""
    if not apart or not opened:
        return (_part(stem, title, tuple(takes), opened),)
    edges = [0, *(opening.utterance for opening in opened), takes[-1].segment.first + 1_000_000]
    titles = [title, *(opening.title for opening in opened)]
    width = max(2, len(str(len(opened))))
    parts: list[Part] = []
    for number, name in enumerate(titles):
        own = tuple(t for t in takes if edges[number] <= t.segment.first < edges[number + 1])
        if own:
            # Opening k - 1 begins file k; the words before the first have none.
            within = opened[number - 1 : number] if number else ()
            label = f"{stem}-{number:0{width}}-{slug(name)[:40].strip('-')}".rstrip("-")
            parts.append(_part(label, name, own, within))
    return tuple(parts)


def _part(stem: str, title: str, takes: tuple[Take, ...], opened: Sequence[Opening]) -> Part:
    first = takes[0].segment.first
    starts = [start for take, at in _placed(takes) for start, _ in _spans(take, at)]
    shifted = [Opening(o.utterance - first, o.title, o.level) for o in opened]
    total = sum(take.samples for take in takes) / takes[0].rate_hz
    return Part(stem, title, takes, timed(shifted, starts, total))


def _placed(takes: Sequence[Take]) -> Iterator[tuple[Take, int]]:
    """Give each take with the sample at which it begins."""
    ends = accumulate((take.samples for take in takes), initial=0)
    return zip(takes, ends, strict=False)


def _spans(take: Take, at: int) -> Iterator[tuple[float, float]]:
    for start, end in take.spans:
        yield (at + start) / take.rate_hz, (at + end) / take.rate_hz


def cues_of(parts: Sequence[Part]) -> Iterator[Cue]:
    """Give every utterance its file and times."""
    for number, part in enumerate(parts):
        for take, at in _placed(part.takes):
            for utterance, (start, end), words in zip(
                take.segment.utterances, _spans(take, at), take.words, strict=True
            ):
                instants = tuple((offset, start + seconds) for offset, seconds in words)
                yield Cue(utterance, number, start, end, instants)


def playlist(parts: Sequence[Part], kind: str) -> str:
    """Give an extended M3U playlist, in UTF-8."""
    lines = ["#EXTM3U"]
    for part in parts:
        lines += [f"#EXTINF:{part.seconds:.3f},{part.title}", f"{part.stem}.{kind}"]
    return "\n".join(lines) + "\n"
