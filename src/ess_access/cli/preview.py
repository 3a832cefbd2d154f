"""``ess-access preview``: the words that will be spoken, the Braille page, before building."""

from pathlib import Path

import click

from ess_access.cli.common import load_config, one_source, settings_options, understand
from ess_access.cli.frame import Command, Option

__all__ = ["preview"]


@click.command(cls=Command)
@one_source
@click.option("form", "--to", required=True, cls=Option, metavar="FORMAT", help_key="cli.option.to")
@settings_options
@click.option("--explain", is_flag=True, cls=Option)
@click.option("--interlined", is_flag=True, cls=Option)
def preview(
    file: Path,
    suffix: str | None,
    form: str,
    config_path: Path | None,
    assignments: tuple[str, ...],
    explain: bool,
    interlined: bool,
) -> None:
    from ess_access.api.plugins import BACKENDS, load

    flags = {"explain": explain, "interlined": interlined}
    asked = [f"{form}.{name}=true" for name, wanted in flags.items() if wanted]
    config = load_config(config_path, (*assignments, *asked), (form,))
    name = file.name if str(file) != "-" else "-"
    options = config.for_source(name).options[form]
    understood = understand(file, suffix, config)
    backend = load(BACKENDS, form)
    click.echo(backend.preview(understood.document, options))
