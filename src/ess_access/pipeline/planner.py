"""What is to be built, and why: a pure function of sources, settings and state."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import PurePosixPath

from ess_access.pipeline.state import EditionRecord

__all__ = ["Job", "Plan", "Reason", "SourceSeen", "Wanted", "plan"]


class Reason(StrEnum):
    """Why an edition is made, or is not."""

    NEW = "new"
    SOURCE_CHANGED = "source changed"
    OPTION_CHANGED = "option changed"
    VOICE_CHANGED = "voice changed"  # a voice, a Braille table, a library: the fingerprint
    VERSION_CHANGED = "version changed"  # of ess-access or of the backend
    EDITION_MISSING = "edition missing"
    EDITION_ALTERED = "edition altered"
    FORCED = "forced"
    UP_TO_DATE = "up to date"


@dataclass(frozen=True, slots=True)
class Wanted:
    """An edition that is asked for: digests of everything that shapes it but the source."""

    format: str
    settings: str
    version: str
    fingerprint: str


@dataclass(frozen=True, slots=True)
class SourceSeen:
    """A source as it is now. ``resources`` are the files that its last reading depended on.

    ``digest`` is ``""`` for a source that cannot be opened: it is always tried again. ``folder`` is
    the place of its editions.
    """

    name: str
    folder: str
    digest: str
    resources: Mapping[str, str]
    wanted: tuple[Wanted, ...]


@dataclass(frozen=True, slots=True)
class Job:
    """An edition and why it is to be made; ``UP_TO_DATE`` asks for nothing."""

    source: str
    wanted: Wanted
    reason: Reason


@dataclass(frozen=True, slots=True)
class Plan:
    """The jobs, in the order of the sources, and the editions that no job keeps true.

    ``orphans`` are those whose source is gone; the source of ``outdated`` ones has changed since
    they were made, and nobody asked for their format this time.
    """

    jobs: tuple[Job, ...]
    orphans: tuple[EditionRecord, ...]
    outdated: tuple[EditionRecord, ...] = ()


def plan(
    sources: Sequence[SourceSeen],
    records: Mapping[tuple[str, str], EditionRecord],
    standing: Mapping[str, str],
    *,
    gone: frozenset[str] = frozenset(),
    force: bool = False,
) -> Plan:
    """Decide for each edition. ``standing`` maps the files of the output folder to their digests.

    A file that is not in ``standing`` is missing; ``gone`` are the origins where no source is any
    more. Times of files play no part.
    """
    jobs = tuple(
        Job(source.name, wanted, _reason(source, wanted, records, standing, force=force))
        for source in sources
        for wanted in source.wanted
    )
    # A source that came from elsewhere this time (standard input, a folder that moved) is not gone.
    present = {(job.source, job.wanted.format) for job in jobs}
    left = [
        record
        for key, record in sorted(records.items())
        if key not in present and any(file.path in standing for file in record.files)
    ]
    seen = {source.name: source for source in sources}
    return Plan(
        jobs,
        tuple(record for record in left if record.origin in gone),
        tuple(
            record
            for record in left
            if record.source in seen and _has_changed(seen[record.source], record)
        ),
    )


def _reason(
    source: SourceSeen,
    wanted: Wanted,
    records: Mapping[tuple[str, str], EditionRecord],
    standing: Mapping[str, str],
    *,
    force: bool,
) -> Reason:
    record = records.get((source.name, wanted.format))
    if record is None:
        return Reason.NEW
    if force:
        return Reason.FORCED
    for changed, reason in _comparisons(source, wanted, record, standing):
        if changed:
            return reason
    return Reason.UP_TO_DATE


def _has_changed(source: SourceSeen, record: EditionRecord) -> bool:
    """Say whether a source, or a file it needs, is another than the one an edition is of."""
    made_from = record.made_from
    return source.digest != made_from.digest or any(
        source.resources.get(path) != seen for path, seen in made_from.resources.items()
    )


def _comparisons(
    source: SourceSeen, wanted: Wanted, record: EditionRecord, standing: Mapping[str, str]
) -> Iterable[tuple[bool, Reason]]:
    yield _has_changed(source, record), Reason.SOURCE_CHANGED
    yield wanted.settings != record.settings, Reason.OPTION_CHANGED
    yield wanted.fingerprint != record.fingerprint, Reason.VOICE_CHANGED
    yield wanted.version != record.version, Reason.VERSION_CHANGED
    yield (
        any(
            file.path not in standing or PurePosixPath(file.path).parent.as_posix() != source.folder
            for file in record.files
        ),
        Reason.EDITION_MISSING,
    )
    yield any(standing[file.path] != file.digest for file in record.files), Reason.EDITION_ALTERED
