"""One worker's task: read a source once, make its editions in a staging folder.

Runs in another process: everything that goes in or comes out is plain, picklable data.
"""

import errno
import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ess_access import __version__
from ess_access.api.backend import Artifact, Workspace
from ess_access.api.findings import Finding
from ess_access.api.plugins import BACKENDS, load
from ess_access.api.reader import Limits
from ess_access.document.text import readable
from ess_access.errors import EssAccessError, reason_of
from ess_access.pipeline.addresses import Address
from ess_access.pipeline.cache import EditionCache
from ess_access.pipeline.outcome import Fault
from ess_access.pipeline.reading import Understood, read
from ess_access.pipeline.sources import SourceFile, sha256_of
from ess_access.pipeline.state import findings_from, plain_finding
from ess_access.pipeline.stores import Store

__all__ = [
    "AwayStage",
    "Made",
    "Request",
    "StagedFile",
    "Task",
    "TaskResult",
    "edition_key",
    "run",
    "warm",
]


@dataclass(frozen=True, slots=True)
class AwayStage:
    """Where an edition is uploaded once it is made and checked in ``scratch``, a folder here.

    Without ``scratch``, one is made among the temporary files of the machine that makes it.
    """

    address: Address
    scratch: Path | None


@dataclass(frozen=True, slots=True)
class Request:
    """An edition to make. ``stage`` is a place of its own, not there yet."""

    format: str
    options: Any
    fingerprint: str
    stage: Path | AwayStage
    fresh: bool = False  # made anew even if the cache holds it


@dataclass(frozen=True, slots=True)
class Task:
    """A source and the editions to make of it."""

    source: SourceFile
    limits: Limits
    meta: Mapping[str, Any]
    requests: tuple[Request, ...]
    cache: Path | None


@dataclass(frozen=True, slots=True)
class StagedFile:
    """A finished file in its staging folder."""

    name: str
    media_type: str
    size_bytes: int
    digest: str
    measures: Mapping[str, int | float]


@dataclass(frozen=True, slots=True)
class Made:
    """An edition that lies in its staging folder, or the fault that prevented it."""

    format: str
    key: str = ""
    restored: bool = False
    files: tuple[StagedFile, ...] = ()
    findings: tuple[Finding, ...] = ()
    fault: Fault | None = None


@dataclass(frozen=True, slots=True)
class TaskResult:
    """What became of a task. With ``fault``, the source could not be read."""

    source_digest: str = ""
    resources: Mapping[str, str] = field(default_factory=dict)
    title: str = ""
    lang: str = ""
    words: int = 0
    findings: tuple[Finding, ...] = ()
    fault: Fault | None = None
    made: tuple[Made, ...] = ()
    tags: Mapping[str, str] = field(default_factory=dict)


def edition_key(document_digest: str, request: Request, version: int, stem: str) -> str:
    """Name an edition by everything that shapes its bytes; never by a time."""
    parts = [__version__, document_digest, request.format, version, repr(request.options)]
    text = json.dumps([*parts, request.fingerprint, stem])  # ASCII: a stem may be no UTF-8
    return hashlib.sha256(text.encode()).hexdigest()


def warm() -> int:
    """Have a new worker know what tasks need, before there is one; give its process number."""
    return os.getpid()


def run(task: Task) -> TaskResult:
    """Read the source and make its editions; the world's faults come back as data."""
    try:
        understood = read(task.source, task.limits, task.meta)
    except EssAccessError as error:
        return TaskResult(fault=Fault.of(error))
    except MemoryError:  # tried once more, in a new process
        raise
    except Exception as error:  # noqa: BLE001 - a defect ends this source and no other: exit 1
        return TaskResult(fault=Fault.of_defect(error))
    made = tuple(_made(task, understood, request) for request in task.requests)
    meta = understood.document.meta
    return TaskResult(
        understood.source_digest,
        understood.resources,
        meta.title or readable(task.source.stem),
        meta.lang,
        understood.words,
        understood.findings,
        made=made,
        tags=understood.tags,
    )


def _made(task: Task, understood: Understood, request: Request) -> Made:
    if isinstance(request.stage, Path):
        made = _made_here(task, understood, request, request.stage)
        if made.fault is not None:  # a disk that is full has room for the next edition
            shutil.rmtree(request.stage, ignore_errors=True)
        return made
    folder = request.stage.scratch
    try:
        folder = folder or Path(tempfile.mkdtemp(prefix="ess-access-"))
        made = _made_here(task, understood, request, folder)
        if made.fault is None:
            store = Store(request.stage.address)
            for file in made.files:
                store.upload(folder / file.name, file.name, file.media_type)
    except EssAccessError as error:
        return Made(request.format, fault=Fault.of(error))
    except OSError as error:  # no room, or no folder, for temporary files
        return Made(request.format, fault=_unwritable(error))
    finally:
        if folder is not None:
            shutil.rmtree(folder, ignore_errors=True)
    return made


def _made_here(task: Task, understood: Understood, request: Request, stage: Path) -> Made:
    backend = load(BACKENDS, request.format)
    key = edition_key(understood.digest, request, backend.version, task.source.stem)
    cache = EditionCache(task.cache)
    try:
        shutil.rmtree(stage, ignore_errors=True)  # left by a worker that died at this task
        stage.mkdir()  # not its parents: a build that ended takes them away for ever
        kept = None if request.fresh else cache.restore(key, stage)
        if kept is None:
            artifacts = _rendered(backend, task, understood, request, stage)
            cache.keep(key, (artifact.path for artifact in artifacts), _for_cache(artifacts))
        else:
            artifacts = _from_cache(kept, stage)
        # A restored edition is checked like any other: checks may have learnt since.
        checked = tuple(backend.check(artifacts, understood.document, request.options))
        staged = tuple(_staged(artifact) for artifact in artifacts)
    except EssAccessError as error:
        return Made(request.format, key, fault=Fault.of(error))
    except OSError as error:
        # The disk is full, a file is held open: the world's fault, wherever it struck.
        return Made(request.format, key, fault=_unwritable(error))
    except MemoryError:  # tried once more, in a new process
        raise
    except Exception as error:  # noqa: BLE001 - a defect ends this edition and no other: exit 1
        return Made(request.format, key, fault=Fault.of_defect(error))
    rendered = tuple(found for artifact in artifacts for found in artifact.findings)
    return Made(request.format, key, kept is not None, staged, (*rendered, *checked))


def _unwritable(error: OSError) -> Fault:
    if error.errno == errno.ENAMETOOLONG:  # those of editions are longer than that of the source
        return Fault("edition-name-too-long", {}, 6)
    return Fault("edition-unwritable", {"reason": reason_of(error)}, 6)


def _rendered(
    backend: Any, task: Task, understood: Understood, request: Request, stage: Path
) -> tuple[Artifact, ...]:
    cache = _writable(task.cache, request.format)
    workspace = Workspace(stage, task.source.stem, cache, request.fingerprint)
    artifacts: tuple[Artifact, ...] = backend.render(
        understood.document, request.options, workspace
    )
    return artifacts


def _writable(cache: Path | None, form: str) -> Path | None:
    """Give the folder in which a format keeps its pieces, ``None`` where it can keep nothing."""
    if cache is None:
        return None
    folder = cache / form
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        return None
    return folder if os.access(folder, os.W_OK | os.X_OK) else None


def _staged(artifact: Artifact) -> StagedFile:
    return StagedFile(
        artifact.path.name,
        artifact.media_type,
        artifact.path.stat().st_size,
        sha256_of(artifact.path),
        dict(artifact.measures),
    )


def _for_cache(artifacts: Sequence[Artifact]) -> str:
    return json.dumps(
        [
            {
                "name": artifact.path.name,
                "media_type": artifact.media_type,
                "measures": dict(artifact.measures),
                "findings": [plain_finding(finding) for finding in artifact.findings],
            }
            for artifact in artifacts
        ]
    )


def _from_cache(kept: str, stage: Path) -> tuple[Artifact, ...]:
    return tuple(
        Artifact(
            stage / value["name"],
            value["media_type"],
            value["measures"],
            findings_from(value["findings"]),
        )
        for value in json.loads(kept)
    )
