"""``ess-access watch``: build again each time something changes."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ess_access.cli.common import (
    cache_folder,
    load_config,
    many_sources,
    settings_options,
)
from ess_access.cli.frame import Command, Option
from ess_access.cli.interrupts import heeded_interrupts

if TYPE_CHECKING:
    from ess_access.pipeline.addresses import Location

__all__ = ["watch"]


@click.command(cls=Command)
@many_sources
@settings_options
@click.option("--jobs", cls=Option, type=click.IntRange(1, 256), metavar="N")
@click.option("--plain", is_flag=True, cls=Option)
def watch(
    sources: "tuple[Location, ...]",
    output: "Location",
    formats: tuple[str, ...],
    config_path: Path | None,
    assignments: tuple[str, ...],
    jobs: int | None,
    plain: bool,
) -> None:
    from ess_access.cli.language import messages
    from ess_access.cli.progress import follow
    from ess_access.cli.reports import write_reports
    from ess_access.cli.show import error_lines
    from ess_access.errors import EssAccessError, MissingError
    from ess_access.pipeline.runner import Build, cores
    from ess_access.pipeline.settings import CONFIG_NAME

    try:
        from watchfiles import watch as changes
    except ImportError as error:
        command = "pip install 'ess-access[watch]'"
        raise MissingError("watchfiles-missing", command=command) from error

    click.get_current_context().with_resource(heeded_interrupts())
    paths = tuple(_here(place) for place in sources or (Path("sources"),))
    folder = _here(output)

    def build() -> None:
        # The configuration may be what changed: it is read each time, and its faults end nothing.
        try:
            config = load_config(config_path, assignments, formats)
            job = Build(paths, folder, config, jobs=jobs or cores(), cache=cache_folder())
            with follow(plain=plain, as_json=False) as listen:
                job.run(listen, write_reports)
        except EssAccessError as error:
            for line in error_lines(error):
                click.echo(line, err=True)

    build()
    click.echo(messages().text("watching"))
    places = _places(paths, config_path or Path(CONFIG_NAME))
    away = folder.absolute()
    for seen in changes(*places, raise_interrupt=True, recursive=True):
        if any(not Path(path).is_relative_to(away) for _, path in seen):
            build()
            click.echo(messages().text("watching"))


def _here(place: "Location") -> Path:
    """Refuse an address: a store tells nobody that something changed."""
    from ess_access.errors import ConfigurationError

    if isinstance(place, Path):
        return place
    raise ConfigurationError("address-unwatched", address=str(place))


def _places(paths: Sequence[Path], config: Path) -> list[Path]:
    """List what to watch: the folders of the sources (pictures lie there), the configuration."""
    folders = [path if path.is_dir() else path.absolute().parent for path in paths]
    return [*folders, *([config] if config.is_file() else [])]
