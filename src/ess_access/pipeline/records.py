"""What the state will say of an edition that was just made."""

from collections.abc import Mapping

from ess_access.pipeline.moves import Move
from ess_access.pipeline.outcome import FileRecord
from ess_access.pipeline.planner import Wanted
from ess_access.pipeline.sources import SourceFile
from ess_access.pipeline.state import EditionRecord, SourceRecord, Stamp
from ess_access.pipeline.work import Made, TaskResult

__all__ = ["move_of"]


def move_of(
    file: SourceFile,
    origin: str,
    wanted: Wanted,
    result: TaskResult,
    made: Made,
    *,
    records: Mapping[tuple[str, str], EditionRecord],
) -> Move:
    """Tell what goes into its place, and what leaves it. ``records`` are those of the state."""
    files = tuple(
        FileRecord(
            str(file.folder / item.name),
            item.media_type,
            item.size_bytes,
            item.digest,
            item.measures,
        )
        for item in made.files
    )
    record = EditionRecord(
        file.name,
        origin,
        wanted.format,
        made.key,
        wanted.settings,
        wanted.version,
        wanted.fingerprint,
        SourceRecord(
            result.source_digest,
            result.resources,
            result.title,
            result.lang,
            result.words,
            result.findings,
            result.tags,
        ),
        files,
        tuple(Stamp(0, 0) for _ in files),  # of no file: they are read where it lies then
        made.findings,
    )
    return Move(record, _left(record, records))


def _left(
    record: EditionRecord, records: Mapping[tuple[str, str], EditionRecord]
) -> tuple[str, ...]:
    """Name the files of the former edition that are no edition's now.

    The edition may have moved: a new neighbour bears the same name.
    """
    former = records.get((record.source, record.format))
    if former is None:
        return ()
    left = {item.path for item in former.files} - {item.path for item in record.files}
    if left:
        left -= {
            item.path for each in records.values() if each is not former for item in each.files
        }
    return tuple(sorted(left))
