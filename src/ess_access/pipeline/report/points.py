"""Findings as an author works through them: by gravity, by code, places together."""

from collections.abc import Iterator
from dataclasses import dataclass

from ess_access.api.findings import Severity
from ess_access.pipeline.outcome import SourceOutcome
from ess_access.pipeline.report.words import Speaker, gravest_first

__all__ = ["Point", "Said", "counts", "points"]


@dataclass(frozen=True, slots=True)
class Said:
    """One sentence and the places it is true of (``()``: of the whole source)."""

    sentence: str
    alone: str  # the same with its capital
    places: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Point:
    """All findings of one code in a source."""

    severity: Severity
    code: str
    said: tuple[Said, ...]

    @property
    def places(self) -> int:
        """Count the places there are to look at."""
        return sum(max(1, len(said.places)) for said in self.said)


def points(source: SourceOutcome, speaker: Speaker) -> tuple[Point, ...]:
    """Gather the findings of a source and of its editions.

    The same finding in several editions is one place, with the editions named.
    """
    gathered: dict[tuple[Severity, str], dict[tuple[str, str], dict[str, list[str]]]] = {}
    labels = {edition.format: speaker.format(edition.format) for edition in source.editions}
    found = [(finding, "") for finding in source.findings]
    for edition in source.editions:
        found += [(finding, labels[edition.format]) for finding in edition.findings]
    for finding, label in found:
        said = gathered.setdefault((finding.severity, finding.code), {})
        places = said.setdefault((speaker.sentence(finding), speaker.alone(finding)), {})
        formats = places.setdefault(speaker.place(finding.at), [])
        if label and label not in formats:
            formats.append(label)
    order = {(f.severity, f.code): None for f in gravest_first(f for f, _ in found)}
    return tuple(
        Point(
            severity,
            code,
            tuple(
                Said(sentence, alone, tuple(_places(places, speaker)))
                for (sentence, alone), places in gathered[severity, code].items()
            ),
        )
        for severity, code in order
    )


def _places(places: dict[str, list[str]], speaker: Speaker) -> Iterator[str]:
    for place, formats in places.items():
        editions = ", ".join(formats)
        if place and editions:
            yield f"{place} ({editions})"
        elif place or editions:
            yield place or editions
        elif len(places) > 1:
            yield speaker.text("report.whole-document")


def counts(found: tuple[Point, ...]) -> dict[Severity, int]:
    """Count the places of a source's points, by severity."""
    return {
        severity: sum(point.places for point in found if point.severity is severity)
        for severity in Severity
    }
