"""``ess-access config``: what is in force for a source, and where each value comes from."""

import dataclasses
import json
from pathlib import Path

import click

from ess_access.cli.common import load_config, settings_options
from ess_access.cli.frame import Argument, Command, Option

__all__ = ["config"]


@click.command(cls=Command)
@click.argument("source", cls=Argument, default="", metavar="[SOURCE]")
@settings_options
@click.option("as_json", "--json", is_flag=True, cls=Option)
def config(
    source: str, config_path: Path | None, assignments: tuple[str, ...], as_json: bool
) -> None:
    from ess_access.cli.language import messages

    settings = load_config(config_path, assignments)
    path = Path(source)
    own = settings.for_source(source, path)
    origins = settings.origins(source, path)
    default = "default" if as_json else messages().text("config-default")
    rows: list[tuple[str, object, str]] = []

    def row(key: str, value: object) -> None:
        rows.append((key, value, origins[key].where if key in origins else default))

    row("formats", list(own.formats))
    for name, value in own.meta.items():
        row(f"meta.{name}", value)
    for form, options in own.options.items():
        for field in dataclasses.fields(options):
            row(f"{form}.{field.name}", getattr(options, field.name))
    for prefix, kind in (("limits", own.limits), ("cache", settings.cache)):
        for entry in dataclasses.fields(kind):
            row(f"{prefix}.{entry.name}", getattr(kind, entry.name))
    if as_json:
        value = {key: {"value": value, "from": where} for key, value, where in rows}
        click.echo(json.dumps(value, ensure_ascii=False, indent=1))
        return
    for key, value, where in rows:
        click.echo(f"{key} = {json.dumps(value, ensure_ascii=False)}    # {where}")
