"""``ess-access formats``: the kinds of editions that can be made here, and their options."""

import dataclasses
import json
from typing import Any

import click

from ess_access.cli.frame import Command, Option

__all__ = ["formats"]


@click.command(cls=Command)
@click.option("as_json", "--json", is_flag=True, cls=Option)
def formats(as_json: bool) -> None:
    from ess_access.api.plugins import BACKENDS, load, names
    from ess_access.cli.language import messages
    from ess_access.cli.show import format_name
    from ess_access.pipeline.template import option_help

    catalogue = messages()
    shown: list[dict[str, Any]] = []
    for name in names(BACKENDS):
        backend = load(BACKENDS, name)
        absent = [item.name for item in backend.missing(backend.options()) if item.required]
        options = [
            {
                "key": f"{name}.{field.name}",
                "default": field.default,
                "doc": option_help(field, catalogue),
            }
            for field in dataclasses.fields(backend.options)
        ]
        shown.append({"name": name, "missing": absent, "options": options})
    if as_json:
        click.echo(json.dumps(shown, ensure_ascii=False, indent=1))
        return
    for entry in shown:
        state = (
            catalogue.text("missing-list", names=", ".join(entry["missing"]))
            if entry["missing"]
            else catalogue.text("ready")
        )
        click.echo(f"{entry['name']} – {format_name(entry['name'])} – {state}")
        for option in entry["options"]:
            click.echo(f"  {option['key']} = {json.dumps(option['default'], ensure_ascii=False)}")
            click.echo(f"      {option['doc']}")
