"""``ess-access preview``: the words that will be spoken, the Braille page, before building."""

from pathlib import Path

import click

from ess_access.cli.common import load_config, one_source, settings_options, understand
from ess_access.cli.frame import Command, Option
from ess_access.cli.interrupts import heeded_interrupts

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
    from ess_access.api.plugins import BACKENDS, load, names
    from ess_access.cli.language import messages
    from ess_access.pipeline.options import field_names

    click.get_current_context().with_resource(heeded_interrupts())
    asked = [name for name, on in (("explain", explain), ("interlined", interlined)) if on]
    if form in names(BACKENDS):
        known = field_names(load(BACKENDS, form).options)
        for flag in asked:
            if flag not in known:
                reason = messages().text("preview-without", option=f"--{flag}", format=form)
                raise click.UsageError(reason)
    flags = [f"{form}.{flag}=true" for flag in asked]
    config = load_config(config_path, (*assignments, *flags), (form,))
    name = file.name if str(file) != "-" else "-"
    options = config.for_source(name, file).options[form]
    understood = understand(file, suffix, config)
    backend = load(BACKENDS, form)
    click.echo(backend.preview(understood.document, options))
