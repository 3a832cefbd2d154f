"""Look at sources, settings, state and output folder, and ask the planner what is to be done."""

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ess_access import __version__
from ess_access.api.plugins import BACKENDS, load
from ess_access.errors import EssAccessError
from ess_access.pipeline.addresses import Address, Location
from ess_access.pipeline.config import Config, SourceConfig
from ess_access.pipeline.outcome import Fault
from ess_access.pipeline.outputs import output_at
from ess_access.pipeline.planner import Plan, SourceSeen, Wanted, plan
from ess_access.pipeline.reading import known_suffixes
from ess_access.pipeline.shelves import Shelves
from ess_access.pipeline.sources import SourceFile, discover, sha256_of
from ess_access.pipeline.state import EditionRecord, State

__all__ = ["Survey", "survey"]


@dataclass(frozen=True, slots=True)
class Survey:
    """A plan with what it was made from.

    ``faults``, by source and format, are what stands in the way of editions before any is made.
    """

    files: tuple[SourceFile, ...]
    settings: Mapping[str, SourceConfig]
    plan: Plan
    faults: Mapping[tuple[str, str], Fault]


def survey(
    paths: Sequence[Location],
    output: Location,
    config: Config,
    state: State,
    *,
    force: bool = False,
    expect: Callable[[int], None] = lambda _: None,
) -> Survey:
    """Plan the build of these paths. Reads files, writes nothing.

    ``expect`` is told, before all is looked at, how many editions there will be to make at least.
    Raises :class:`~ess_access.errors.SourceError` for a path that is not there.
    """
    shelves = Shelves()
    published = frozenset(file.path for record in state.records.values() for file in record.files)
    files = discover(paths, known_suffixes(), output=output, published=published, shelves=shelves)
    settings = {file.name: config.for_source(file.name, file.path) for file in files}
    by_source: dict[str, list[EditionRecord]] = {}
    for (name, _), record in state.records.items():
        by_source.setdefault(name, []).append(record)
    digests = {file.name: _digests(file, by_source.get(file.name, ()), shelves) for file in files}
    changed = [name for name, seen in digests.items() if _is_new(seen, by_source.get(name, ()))]
    expect(sum(len(settings[name].formats) for name in changed))
    formats = _Formats()
    faults: dict[tuple[str, str], Fault] = {}
    seen: list[SourceSeen] = []
    for file in files:
        own = settings[file.name]
        for name in own.formats:
            fault, _ = formats.fingerprint(name, own.options[name])
            if fault is not None:
                faults[file.name, name] = fault
        seen.append(
            SourceSeen(
                file.name,
                file.folder.as_posix(),
                *digests[file.name],
                tuple(formats.wanted(name, own) for name in own.formats),
            )
        )
    place = output_at(output)
    standing = place.standing(state.records.values())
    gone = place.gone((record.origin for record in state.records.values()), shelves, paths)
    made = plan(seen, state.records, standing, gone=gone, force=force)
    return Survey(files, settings, made, faults)


class _Formats:
    """What is asked of each format with each set of options, computed once."""

    def __init__(self) -> None:
        self._known: dict[tuple[str, str], tuple[Fault | None, str]] = {}

    def fingerprint(self, name: str, options: Any) -> tuple[Fault | None, str]:
        """Give what is missing, or the fingerprint: a fault costs this format and no other."""
        key = (name, repr(options))
        if key not in self._known:
            self._known[key] = self._looked(load(BACKENDS, name), options)
        return self._known[key]

    @staticmethod
    def _looked(backend: Any, options: Any) -> tuple[Fault | None, str]:
        try:
            for item in backend.missing(options):
                if item.required:
                    params = {**item.params, "name": item.name, "command": item.command}
                    return Fault(item.key, params, 5), "absent"
            return None, backend.fingerprint(options)
        except EssAccessError as error:  # a font, a template, a model that is not there
            return Fault.of(error), "absent"

    def wanted(self, name: str, own: SourceConfig) -> Wanted:
        backend = load(BACKENDS, name)
        options = own.options[name]
        shaping = json.dumps([repr(options), repr(sorted(own.meta.items())), repr(own.limits)])
        return Wanted(
            name,
            hashlib.sha256(shaping.encode()).hexdigest(),
            f"{__version__}/{backend.version}",
            self.fingerprint(name, options)[1],
        )


def _digest(path: Location) -> str:
    try:
        return sha256_of(path) if isinstance(path, Path) and path.is_file() else ""
    except OSError:  # the reading will say why; it is always tried again
        return ""


def _is_new(seen: tuple[str, Mapping[str, str]], records: Sequence[EditionRecord]) -> bool:
    """Say whether a source, or a file it needs, is another than the one its editions are of."""
    digest, resources = seen
    return not records or any(
        record.made_from.digest != digest
        or any(resources[name] != known for name, known in record.made_from.resources.items())
        for record in records
    )


def _digests(
    file: SourceFile, records: Sequence[EditionRecord], shelves: Shelves
) -> tuple[str, Mapping[str, str]]:
    """Give the digests of a source and of the files that its last readings depended on."""
    names = sorted({name for record in records for name in record.made_from.resources})
    if isinstance(file.path, Path):
        return _digest(file.path), {name: _digest(file.root / name) for name in names}
    if not records:  # nothing to compare with: it is new, and read once, when it is made
        return "", {}
    known: dict[str, dict[str, str]] = {}
    for record in records:
        if record.origin != str(file.path):  # tags of another place may mean something else
            continue
        digests = {**record.made_from.resources, file.path.name: record.made_from.digest}
        for name, tag in record.made_from.tags.items():
            known.setdefault(name, {})[tag] = digests.get(name, "")
    root = Address(file.path.text)
    return (
        shelves.digest(file.path, known.get(file.path.name, {})),
        {name: shelves.digest(root / name, known.get(name, {})) for name in names},
    )
