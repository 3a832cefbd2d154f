"""Tell a build as it goes: a bar on a terminal, plain lines elsewhere, JSON for programs."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import assert_never

import click

from ess_access.api.findings import Severity
from ess_access.cli.language import messages
from ess_access.cli.show import edition_line, is_lively, source_lines
from ess_access.cli.unheard import hush
from ess_access.pipeline.events import (
    BuildEnded,
    BuildPlanned,
    BuildWaiting,
    EditionEnded,
    Event,
    Listener,
    SourceEnded,
)
from ess_access.pipeline.outcome import BuildOutcome, EditionOutcome, SourceOutcome, Status

__all__ = ["follow"]


@contextmanager
def follow(*, plain: bool, as_json: bool) -> Iterator[Listener]:
    """Give a listener for a build's events.

    Where nobody reads on (``| head``), the build goes on all the same, and tells nothing.
    """
    if as_json:
        yield _while_read(_json_line)
    elif is_lively(plain=plain):
        with _bar() as listen:
            yield listen
    else:
        yield _while_read(_plain_line)


def _while_read(listen: Listener) -> Listener:
    is_read = True

    def tell(event: Event) -> None:
        nonlocal is_read
        if is_read:
            try:
                listen(event)
            except BrokenPipeError:
                is_read = False
                hush()

    return tell


def _plain_line(event: Event) -> None:
    match event:
        case BuildWaiting(output):
            click.echo(_waiting(output), err=True)
        case BuildPlanned(to_build, up_to_date):
            catalogue = messages()
            if to_build:  # the end tells what stands already, where that is all
                click.echo(catalogue.plural("planned", to_build))
                if up_to_date:
                    click.echo(catalogue.plural("planned-up-to-date", up_to_date))
        case EditionEnded(source, outcome):
            click.echo(edition_line(source, outcome))
        case SourceEnded(outcome):
            _say_faults(outcome)
        case BuildEnded(outcome, output, reported):
            for line in _summary(outcome, output, reported=reported):
                click.echo(line)
        case _:
            assert_never(event)


def _waiting(output: str) -> str:
    return messages().text("waiting", folder=output)


def _say_faults(outcome: SourceOutcome) -> None:
    for line in source_lines(outcome):
        click.echo(line, err=True)
    for fault in (outcome.fault, *(edition.fault for edition in outcome.editions)):
        if fault is not None and fault.trace:
            click.echo(fault.trace, err=True)


def _summary(outcome: BuildOutcome, output: str, *, reported: bool) -> Iterator[str]:
    catalogue = messages()
    yield from _ready(outcome)
    bad = sum(source.exit_code != 0 for source in outcome.sources)
    if bad:
        yield catalogue.plural("built-faults", bad)
    doubts = sum(
        finding.severity is not Severity.INFO
        for source in outcome.sources
        for finding in (
            *source.findings,
            *(found for edition in source.editions for found in edition.findings),
        )
    )
    if doubts and reported:
        yield catalogue.plural("built-findings", doubts, report=f"{output}/report.html")
    if outcome.orphans:
        yield catalogue.plural("built-orphans", len(outcome.orphans))
    if outcome.outdated:
        yield catalogue.plural("built-outdated", len(outcome.outdated))


def _ready(outcome: BuildOutcome) -> Iterator[str]:
    """Say how many editions are ready; nobody counts to nought."""
    catalogue = messages()
    statuses = [edition.status for source in outcome.sources for edition in source.editions]
    standing = statuses.count(Status.UP_TO_DATE)
    made = len(statuses) - standing - statuses.count(Status.FAILED)
    if not outcome.sources:
        yield catalogue.text("plan-nothing")
    elif made:
        yield catalogue.plural("built-summary", made + standing)
    else:
        if standing < len(statuses) or any(source.fault for source in outcome.sources):
            yield catalogue.text("built-none")
        if standing:
            yield catalogue.plural("planned-up-to-date", standing)


@contextmanager
def _bar() -> Iterator[Listener]:
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TextColumn,
        TimeRemainingColumn,
    )

    console = Console(stderr=True, emoji=False)
    with Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        console=console,
        transient=True,
    ) as progress:
        bar = progress.add_task(messages().text("progress"), total=None)

        def listen(event: Event) -> None:
            match event:
                case BuildWaiting(output):
                    console.print(_waiting(output), markup=False, highlight=False)
                case BuildPlanned(to_build, _):
                    progress.update(bar, total=to_build)
                case EditionEnded(source, outcome):
                    progress.update(bar, advance=1)
                    console.print(edition_line(source, outcome), markup=False, highlight=False)
                case SourceEnded(outcome):
                    for line in source_lines(outcome):
                        console.print(line, style="bold", markup=False, highlight=False)
                case BuildEnded(outcome, output, reported):
                    progress.stop()
                    for line in _summary(outcome, output, reported=reported):
                        console.print(line, markup=False, highlight=False)
                case _:
                    assert_never(event)

        yield listen


def _json_line(event: Event) -> None:
    click.echo(json.dumps(_as_json(event), ensure_ascii=False))


def _as_json(event: Event) -> dict[str, object]:
    match event:
        case BuildWaiting(output):
            return {"event": "waiting", "output": output}
        case BuildPlanned(to_build, up_to_date):
            return {"event": "planned", "to_build": to_build, "up_to_date": up_to_date}
        case EditionEnded(source, outcome):
            return {"event": "edition", "source": source, **_edition(outcome)}
        case SourceEnded(outcome):
            return {
                "event": "source",
                "source": outcome.name,
                "exit_code": outcome.exit_code,
                "messages": list(source_lines(outcome)),
            }
        case BuildEnded(outcome, output, _):
            return {
                "event": "ended",
                "exit_code": outcome.exit_code,
                "output": output,
                "orphans": list(outcome.orphans),
                "outdated": list(outcome.outdated),
            }
        case _:
            assert_never(event)


def _edition(outcome: EditionOutcome) -> dict[str, object]:
    return {
        "format": outcome.format,
        "status": outcome.status.value,
        "reason": outcome.reason,
        "files": [file.path for file in outcome.files],
        "exit_code": outcome.exit_code,
    }
