"""Look at sources, settings, state and output folder, and ask the planner what is to be done."""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ess_access import __version__
from ess_access.api.findings import Missing
from ess_access.api.plugins import BACKENDS, load
from ess_access.pipeline.config import Config, SourceConfig
from ess_access.pipeline.planner import Plan, SourceSeen, Wanted, plan
from ess_access.pipeline.reading import known_suffixes
from ess_access.pipeline.sources import SourceFile, discover, sha256_of
from ess_access.pipeline.state import EditionRecord, Stamp, State

__all__ = ["Survey", "survey"]


@dataclass(frozen=True, slots=True)
class Survey:
    """A plan with what it was made from. ``missing`` is by source and format."""

    files: tuple[SourceFile, ...]
    settings: Mapping[str, SourceConfig]
    plan: Plan
    missing: Mapping[tuple[str, str], Missing]


def survey(
    paths: Sequence[Path], output: Path, config: Config, state: State, *, force: bool = False
) -> Survey:
    """Plan the build of these paths. Reads files, writes nothing.

    Raises :class:`~ess_access.errors.SourceError` for a path that is not there.
    """
    files = discover(paths, known_suffixes(), output=output)
    settings = {file.name: config.for_source(file.name) for file in files}
    by_source: dict[str, list[EditionRecord]] = {}
    for (name, _), record in state.records.items():
        by_source.setdefault(name, []).append(record)
    formats = _Formats()
    missing: dict[tuple[str, str], Missing] = {}
    seen: list[SourceSeen] = []
    for file in files:
        own = settings[file.name]
        for name in own.formats:
            absent = formats.missing(name, own.options[name])
            if absent is not None:
                missing[file.name, name] = absent
        seen.append(
            SourceSeen(
                file.name,
                file.folder.as_posix(),
                _digest(file.path),
                _resources(file.root, by_source.get(file.name, ())),
                tuple(formats.wanted(name, own) for name in own.formats),
            )
        )
    standing = _standing(output, state.records.values())
    origins = {record.origin for record in state.records.values()}
    gone = frozenset(origin for origin in origins if not (output / origin).exists())
    made = plan(seen, state.records, standing, gone=gone, force=force)
    return Survey(files, settings, made, missing)


class _Formats:
    """What is asked of each format with each set of options, computed once."""

    def __init__(self) -> None:
        self._missing: dict[tuple[str, str], Missing | None] = {}
        self._fingerprints: dict[tuple[str, str], str] = {}

    def missing(self, name: str, options: Any) -> Missing | None:
        key = (name, repr(options))
        if key not in self._missing:
            absent = load(BACKENDS, name).missing(options)
            self._missing[key] = next((item for item in absent if item.required), None)
        return self._missing[key]

    def wanted(self, name: str, own: SourceConfig) -> Wanted:
        backend = load(BACKENDS, name)
        options = own.options[name]
        key = (name, repr(options))
        if key not in self._fingerprints:
            absent = self.missing(name, options) is not None
            self._fingerprints[key] = "absent" if absent else backend.fingerprint(options)
        shaping = json.dumps([repr(options), repr(sorted(own.meta.items())), repr(own.limits)])
        return Wanted(
            name,
            hashlib.sha256(shaping.encode()).hexdigest(),
            f"{__version__}/{backend.version}",
            self._fingerprints[key],
        )


def _digest(path: Path) -> str:
    try:
        return sha256_of(path) if path.is_file() else ""
    except OSError:  # the reading will say why; it is always tried again
        return ""


def _resources(root: Path, records: Iterable[EditionRecord]) -> Mapping[str, str]:
    known = {path for record in records for path in record.made_from.resources}
    return {path: _digest(root / path) for path in sorted(known)}


def _standing(output: Path, records: Iterable[EditionRecord]) -> Mapping[str, str]:
    """Give the digests of the published files that are there."""
    standing: dict[str, str] = {}
    for record in records:
        for file, stamp in zip(record.files, record.stamps, strict=True):
            path = output / file.path
            try:
                unchanged = Stamp.of(path) == stamp
                standing[file.path] = file.digest if unchanged else sha256_of(path)
            except OSError:
                continue
    return standing
