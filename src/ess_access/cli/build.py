"""``ess-access build``: make the editions."""

import tempfile
from pathlib import Path

import click

from ess_access.cli.common import cache_folder, load_config, read_stdin, settings_options
from ess_access.cli.frame import Argument, Command, Option

__all__ = ["build"]


@click.command(cls=Command)
@click.argument(
    "sources", nargs=-1, cls=Argument, metavar="[SOURCE]...", type=click.Path(path_type=Path)
)
@click.option(
    "-o",
    "--output",
    cls=Option,
    metavar="DIR",
    default=Path("output"),
    type=click.Path(path_type=Path),
    show_default="output",
)
@click.option(
    "formats", "--to", multiple=True, cls=Option, metavar="FORMAT", help_key="cli.option.to"
)
@click.option("suffix", "--from", cls=Option, metavar="SUFFIX", help_key="cli.option.from")
@settings_options
@click.option("--jobs", cls=Option, type=click.IntRange(1, 256), metavar="N")
@click.option("--force", is_flag=True, cls=Option)
@click.option("--no-cache", is_flag=True, cls=Option)
@click.option("--plain", is_flag=True, cls=Option)
@click.option("as_json", "--json", is_flag=True, cls=Option, help_key="cli.option.json-events")
@click.pass_context
def build(
    ctx: click.Context,
    sources: tuple[Path, ...],
    output: Path,
    formats: tuple[str, ...],
    suffix: str | None,
    config_path: Path | None,
    assignments: tuple[str, ...],
    jobs: int | None,
    force: bool,
    no_cache: bool,
    plain: bool,
    as_json: bool,
) -> None:
    from ess_access.cli.progress import follow
    from ess_access.cli.reports import write_reports
    from ess_access.pipeline.runner import Build, cores

    config = load_config(config_path, assignments, formats)
    with tempfile.TemporaryDirectory(prefix="ess-access-") as piped:
        paths = tuple(
            _kept(Path(piped), suffix) if str(path) == "-" else path
            for path in sources or (Path("sources"),)
        )
        job = Build(
            paths,
            output,
            config,
            jobs=jobs or cores(),
            force=force,
            cache=None if no_cache else cache_folder(),
        )
        with follow(plain=plain, as_json=as_json) as listen:
            outcome = job.run(listen, lambda made: write_reports(made, output))
    ctx.exit(outcome.exit_code)


def _kept(folder: Path, suffix: str | None) -> Path:
    """Put what comes through the pipe in a file, so that it is a source like any other."""
    path = folder / f"document.{(suffix or 'txt').lstrip('.').lower()}"
    path.write_bytes(read_stdin())
    return path
