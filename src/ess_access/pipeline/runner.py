"""Build: carry out a plan, publish what is whole, tell what happened."""

import os
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from ess_access.errors import ConfigurationError, EssAccessError
from ess_access.pipeline.addresses import Address, Location
from ess_access.pipeline.cache import evict
from ess_access.pipeline.cache_folder import claim
from ess_access.pipeline.cluster import DASK
from ess_access.pipeline.config import Config
from ess_access.pipeline.crew import Crew
from ess_access.pipeline.dispatch import one_by_one
from ess_access.pipeline.events import (
    BuildEnded,
    BuildPlanned,
    BuildWaiting,
    EditionEnded,
    Listener,
    SourceEnded,
)
from ess_access.pipeline.outcome import (
    BuildOutcome,
    EditionOutcome,
    Fault,
    SourceOutcome,
    Status,
)
from ess_access.pipeline.outputs import Output, output_at
from ess_access.pipeline.planner import Job, Reason
from ess_access.pipeline.records import move_of
from ess_access.pipeline.sources import SourceFile
from ess_access.pipeline.state import EditionRecord, State
from ess_access.pipeline.survey import Survey, survey
from ess_access.pipeline.work import AwayStage, Made, Request, Task, TaskResult

__all__ = ["Build", "cores", "usual_jobs"]


def cores() -> int:
    """Give the number of processors that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def usual_jobs() -> int:
    """Give the number of workers of a build when nobody says it: one a processor, two at least.

    An only worker is this process itself, and its death would be that of the build.
    """
    return max(2, cores())


@dataclass(frozen=True, slots=True)
class Build:
    """A build to run: what, where to, with which settings."""

    paths: tuple[Location, ...]
    output: Location
    config: Config
    jobs: int = 1
    force: bool = False
    cache: Path | None = None
    wait_s: float = 3600.0
    time_limit_s: float = 3600.0
    prune: bool = False
    executor: str = "processes"

    def run(
        self, listen: Listener, report: Callable[[BuildOutcome, Output], None] = lambda *_: None
    ) -> BuildOutcome:
        """Build, publish, have ``report`` write the reports, and give what was done.

        Where nothing could be made and nothing stands, no report is written.

        Raises :class:`~ess_access.errors.EssAccessError` for what stops everything: sources that
        are not there, an output folder that cannot be written.
        """
        if self.executor.startswith(DASK) and self.is_private:
            raise ConfigurationError("address-private", executor=self.executor)
        claim(self.cache)
        output = output_at(self.output)

        def waiting() -> None:
            listen(BuildWaiting(str(self.output)))

        with (
            output.held(timeout_s=self.wait_s, waiting=waiting),
            self._crew() as crew,
        ):
            state = output.state()
            surveyed = survey(
                self.paths,
                self.output,
                self.config,
                state,
                force=self.force,
                expect=crew.expect,
            )
            try:
                outcome = _Run(self, output, surveyed, state, listen).outcome(crew)
                refusal = None
                if self.prune:
                    outcome, refusal = _pruned(output, surveyed, state, outcome)
                reported = bool(state.records) or not outcome.exit_code
                # One of an earlier build would tell of editions that are no more.
                reported = reported or output.first_text("report.json") is not None
                if reported:
                    report(outcome, output)
                if refusal is not None:
                    raise refusal
            finally:
                state.compact()
        if not state.records:
            output.forget()
        if self.cache is not None and claim(self.cache):
            evict(self.cache, self.config.cache.max_size_mb * 1_000_000)
        listen(BuildEnded(outcome, str(self.output), reported))
        return outcome

    def _crew(self) -> Crew:
        is_alone = self.executor == "processes" and self.is_private
        executor = "serial" if is_alone else self.executor
        return Crew(executor, self.jobs, time_limit_s=self.time_limit_s)

    @property
    def is_private(self) -> bool:
        """Say whether a place that only this process sees is read or written."""
        places = (*self.paths, self.output)
        return any(isinstance(place, Address) and place.is_private for place in places)


class _Run:
    """One run of a build: results come in any order, outcomes in that of the sources."""

    def __init__(
        self, build: Build, output: Output, surveyed: Survey, state: State, listen: Listener
    ) -> None:
        self._build = build
        self._output = output
        self._survey = surveyed
        self._state = state
        self._listen = listen
        self._files = {file.name: file for file in surveyed.files}
        self._numbers = {file.name: number for number, file in enumerate(surveyed.files)}
        self._jobs: dict[str, list[Job]] = {name: [] for name in self._files}
        for job in surveyed.plan.jobs:
            self._jobs[job.source].append(job)
        self._editions: dict[tuple[str, str], EditionOutcome] = {}
        self._sources: dict[str, SourceOutcome] = {}

    def outcome(self, crew: Crew) -> BuildOutcome:
        """Have the plan carried out."""
        for job in self._survey.plan.jobs:
            fault = self._survey.faults.get((job.source, job.wanted.format))
            if fault is not None:
                self._failed(job, fault)
            elif job.reason is Reason.UP_TO_DATE:
                self._stands(job)
        tasks = self._tasks()
        waiting = sum(len(task.requests) for task in tasks)
        standing = sum(job.reason is Reason.UP_TO_DATE for job in self._survey.plan.jobs)
        self._listen(BuildPlanned(waiting, standing))
        pending = dict.fromkeys(self._files, 0)
        for task in tasks:
            pending[task.source.name] += len(task.requests)
        for name, count in pending.items():
            if not count:
                self._source_ended(name)
        for task, result in crew.results(tasks):
            name = task.source.name
            self._take(task, result)
            pending[name] -= len(task.requests)
            if not pending[name]:
                self._source_ended(name)
        return BuildOutcome(
            tuple(self._sources[name] for name in self._files),
            _paths(self._survey.plan.orphans),
            _paths(self._survey.plan.outdated),
        )

    # --- tasks ------------------------------------------------------------------------------

    def _tasks(self) -> list[Task]:
        """Make one task a source, or one an edition when there are fewer sources than workers."""
        tasks: list[Task] = []
        for file in self._survey.files:
            own = self._survey.settings[file.name]
            requests = [
                Request(
                    job.wanted.format,
                    own.options[job.wanted.format],
                    job.wanted.fingerprint,
                    self._stage(file, job.wanted.format),
                    fresh=job.reason is Reason.FORCED,
                )
                for job in self._jobs[file.name]
                if (file.name, job.wanted.format) not in self._editions
            ]
            if requests:
                task = Task(
                    file,
                    own.limits,
                    dict(own.meta),
                    tuple(requests),
                    self._build.cache,
                )
                tasks.append(task)
        if len(tasks) >= self._build.jobs:
            return tasks
        return [alone for task in tasks for alone in one_by_one(task)]

    def _stage(self, file: SourceFile, form: str) -> Path | AwayStage:
        number = self._numbers[file.name]
        elsewhere = self._build.executor.startswith(DASK)
        return self._output.stage(f"{number}-{form}", elsewhere=elsewhere)

    # --- results ----------------------------------------------------------------------------

    def _take(self, task: Task, result: TaskResult) -> None:
        name = task.source.name
        if result.fault is None or name not in self._sources:
            self._sources[name] = SourceOutcome(
                name, result.title, result.lang, result.words, result.findings, result.fault
            )
        made = {edition.format: edition for edition in result.made}
        for request in task.requests:
            job = next(job for job in self._jobs[name] if job.wanted.format == request.format)
            if request.format not in made:
                continue  # the source could not be read: its own fault says why
            edition = made[request.format]
            if edition.fault is not None:
                self._failed(job, edition.fault)
                continue
            try:
                self._publish(job, request, result, edition)
            except EssAccessError as error:
                self._failed(job, Fault.of(error))

    def _publish(self, job: Job, request: Request, result: TaskResult, made: Made) -> None:
        file = self._files[job.source]
        origin = self._output.origin(file.path)
        move = move_of(file, origin, job.wanted, result, made, records=self._state.records)
        record = self._output.publish(request.stage, move, self._state)
        status = Status.RESTORED if made.restored else Status.BUILT
        self._ended(
            job, EditionOutcome(record.format, status, job.reason, record.files, record.findings)
        )

    def _stands(self, job: Job) -> None:
        record = self._state.records[job.source, job.wanted.format]
        made_from = record.made_from
        self._sources[job.source] = SourceOutcome(
            job.source, made_from.title, made_from.lang, made_from.words, made_from.findings
        )
        self._editions[job.source, record.format] = EditionOutcome(
            record.format, Status.UP_TO_DATE, job.reason, record.files, record.findings
        )

    def _failed(self, job: Job, fault: Fault) -> None:
        self._ended(job, EditionOutcome(job.wanted.format, Status.FAILED, job.reason, fault=fault))

    def _ended(self, job: Job, outcome: EditionOutcome) -> None:
        self._editions[job.source, outcome.format] = outcome
        self._listen(EditionEnded(job.source, outcome))

    def _source_ended(self, name: str) -> None:
        editions = tuple(
            self._editions[name, job.wanted.format]
            for job in self._jobs[name]
            if (name, job.wanted.format) in self._editions
        )
        source = self._sources.get(name, SourceOutcome(name))
        self._sources[name] = replace(source, editions=editions)
        self._listen(SourceEnded(self._sources[name]))


def _paths(records: Iterable[EditionRecord]) -> tuple[str, ...]:
    return tuple(file.path for record in records for file in record.files)


def _pruned(
    output: Output, surveyed: Survey, state: State, outcome: BuildOutcome
) -> tuple[BuildOutcome, EssAccessError | None]:
    """Remove the editions whose source is gone, as far as they can be; give what refused it."""
    refusal: EssAccessError | None = None
    left: list[str] = []
    for record in surveyed.plan.orphans:
        try:
            output.remove(record.files)
            state.forget(record.source, record.format)
        except EssAccessError as error:
            refusal = refusal or error
            left += [file.path for file in record.files]
    return replace(outcome, orphans=tuple(left)), refusal
