"""``ess-access build``: make the editions."""

import contextlib
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ess_access.cli.common import (
    cache_folder,
    load_config,
    many_sources,
    read_stdin,
    settings_options,
    tell_unmatched,
)
from ess_access.cli.frame import Command, Option
from ess_access.cli.interrupts import heeded_interrupts

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ess_access.pipeline.addresses import Location
    from ess_access.pipeline.events import Event, Listener

__all__ = ["build"]


def _executor(ctx: click.Context, parameter: click.Parameter, value: str) -> str:
    """Accept ``processes``, ``serial`` and ``dask://host:port``."""
    if value in ("processes", "serial") or value.startswith("dask://"):
        return value
    raise click.BadParameter(value, ctx, parameter)


@click.command(cls=Command)
@many_sources
@click.option("suffix", "--from", cls=Option, metavar="SUFFIX", help_key="cli.option.from")
@settings_options
@click.option("--jobs", cls=Option, type=click.IntRange(1, 256), metavar="N")
@click.option("--executor", cls=Option, metavar="NAME", default="processes", callback=_executor)
@click.option("--force", is_flag=True, cls=Option)
@click.option("--no-cache", is_flag=True, cls=Option)
@click.option("--prune", is_flag=True, cls=Option)
@click.option("--strict", is_flag=True, cls=Option)
@click.option(
    "--junit", cls=Option, metavar="FILE", type=click.Path(path_type=Path, dir_okay=False)
)
@click.option("--annotations", is_flag=True, cls=Option)
@click.option("--log-file", cls=Option, metavar="FILE", type=click.Path(path_type=Path))
@click.option(
    "--log-level",
    cls=Option,
    type=click.Choice(["debug", "info", "warning", "error"]),
    default="info",
)
@click.option("--plain", is_flag=True, cls=Option)
@click.option("as_json", "--json", is_flag=True, cls=Option, help_key="cli.option.json-events")
@click.pass_context
def build(
    ctx: click.Context,
    sources: "tuple[Location, ...]",
    output: "Location",
    formats: tuple[str, ...],
    suffix: str | None,
    config_path: Path | None,
    assignments: tuple[str, ...],
    jobs: int | None,
    executor: str,
    force: bool,
    no_cache: bool,
    prune: bool,
    strict: bool,
    junit: Path | None,
    annotations: bool,
    log_file: Path | None,
    log_level: str,
    plain: bool,
    as_json: bool,
) -> None:
    from ess_access.cli.language import messages
    from ess_access.cli.log import log_to
    from ess_access.cli.progress import follow
    from ess_access.cli.reports import write_junit, write_reports
    from ess_access.pipeline.report import as_annotations
    from ess_access.pipeline.runner import Build, usual_jobs

    ctx.with_resource(heeded_interrupts())
    config = load_config(config_path, assignments, formats)
    with contextlib.ExitStack() as kept:
        paths = tuple(
            _kept(kept, suffix) if str(path) == "-" else path
            for path in sources or (Path("sources"),)
        )
        job = Build(
            paths,
            output,
            config,
            jobs=jobs or usual_jobs(),
            force=force,
            cache=None if no_cache else cache_folder(),
            prune=prune,
            executor=executor,
        )
        with follow(plain=plain, as_json=as_json) as listen, log_to(log_file, log_level) as log:
            outcome = job.run(_both(log, listen), write_reports)
            if junit is not None:
                write_junit(outcome, junit)
    tell_unmatched(config, paths)
    if not any(source.editions or source.fault for source in outcome.sources):
        nothing = "plan-no-format" if outcome.sources else "plan-nothing"
        click.echo(messages().text(nothing), err=True)
    if annotations:
        told = as_annotations(outcome, messages(), _root(sources), _paths(sources, output))
        if told:  # GitHub listens to both; events come alone, one a line.
            click.echo(told, err=as_json)
    ctx.exit(outcome.strict_exit_code if strict else outcome.exit_code)


def _both(first: "Listener", second: "Listener") -> "Listener":
    def listen(event: "Event") -> None:
        first(event)
        second(event)

    return listen


def _root(sources: "tuple[Location, ...]") -> str:
    """Give the folder that names of sources begin at, for links to them."""
    only = sources[0] if len(sources) == 1 else Path("sources")
    if not isinstance(only, Path):  # no file of the repository
        return ""
    return str(only if only.is_dir() else only.parent)


def _paths(sources: "tuple[Location, ...]", output: "Location") -> "Mapping[str, str]":
    """Give the paths from here of sources that come from several folders, by their names."""
    from ess_access.pipeline.origins import origin_from
    from ess_access.pipeline.reading import known_suffixes
    from ess_access.pipeline.sources import discover

    if len(sources) < 2 or not all(isinstance(source, Path) for source in sources):
        return {}
    files = discover(sources, known_suffixes(), output=output)
    return {file.name: origin_from(file.path, Path.cwd()) for file in files}


def _kept(kept: contextlib.ExitStack, suffix: str | None) -> Path:
    """Put what comes through the pipe in a file, so that it is a source like any other."""
    folder = kept.enter_context(tempfile.TemporaryDirectory(prefix="ess-access-"))
    path = Path(folder) / f"document.{(suffix or 'txt').lstrip('.').lower()}"
    path.write_bytes(read_stdin())
    return path
