"""``ess-access plan``: what would be built, and why."""

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ess_access.cli.common import load_config, many_sources, settings_options, tell_unmatched
from ess_access.cli.frame import Command, Option

if TYPE_CHECKING:
    from ess_access.pipeline.addresses import Location

__all__ = ["plan"]


@click.command(cls=Command)
@many_sources
@settings_options
@click.option("--force", is_flag=True, cls=Option)
@click.option("as_json", "--json", is_flag=True, cls=Option)
# Taken so that the arguments of `build` work here unchanged; they do not change what is planned.
@click.option("--jobs", cls=Option, type=click.IntRange(1, 256), metavar="N", expose_value=False)
@click.option("--plain", is_flag=True, cls=Option, expose_value=False)
@click.option("--no-cache", is_flag=True, cls=Option, expose_value=False)
def plan(
    sources: "tuple[Location, ...]",
    output: "Location",
    formats: tuple[str, ...],
    config_path: Path | None,
    assignments: tuple[str, ...],
    force: bool,
    as_json: bool,
) -> None:
    from ess_access.cli.language import messages
    from ess_access.cli.show import format_name, reason_text
    from ess_access.pipeline.outputs import output_at
    from ess_access.pipeline.survey import survey

    config = load_config(config_path, assignments, formats)
    paths = sources or (Path("sources"),)
    place = output_at(output)
    place.settle()
    surveyed = survey(paths, output, config, place.state(), force=force)
    tell_unmatched(config, paths)
    orphans = [file.path for record in surveyed.plan.orphans for file in record.files]
    outdated = [file.path for record in surveyed.plan.outdated for file in record.files]
    if as_json:
        jobs = [
            {"source": job.source, "format": job.wanted.format, "reason": job.reason.value}
            for job in surveyed.plan.jobs
        ]
        told = {"jobs": jobs, "orphans": orphans, "outdated": outdated}
        click.echo(json.dumps(told, ensure_ascii=False, indent=1))
        return
    catalogue = messages()
    for job in surveyed.plan.jobs:
        click.echo(
            catalogue.text(
                "plan-line",
                source=job.source,
                format=format_name(job.wanted.format),
                reason=reason_text(job.reason.value),
            )
        )
    if not surveyed.plan.jobs:
        click.echo(catalogue.text("plan-no-format" if surveyed.files else "plan-nothing"))
    for path in orphans:
        click.echo(catalogue.text("plan-orphan", path=path))
    for path in outdated:
        click.echo(catalogue.text("plan-outdated", path=path))
