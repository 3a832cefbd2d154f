"""``ess-access doctor``: what is missing here, and the command that installs it."""

import json
from typing import Any

import click

from ess_access.cli.frame import Command, Option
from ess_access.cli.interrupts import heeded_interrupts

__all__ = ["doctor"]


@click.command(cls=Command)
@click.option("as_json", "--json", is_flag=True, cls=Option)
@click.pass_context
def doctor(ctx: click.Context, as_json: bool) -> None:
    from ess_access.cli.language import messages
    from ess_access.pipeline.health import examine

    ctx.with_resource(heeded_interrupts())
    catalogue = messages()
    verdicts = tuple(examine())
    if as_json:
        shown: list[dict[str, Any]] = [
            {
                "kind": verdict.kind,
                "name": verdict.name,
                "works": verdict.works,
                "needed": verdict.needed,
                "command": verdict.command,
                "sentence": catalogue.text(verdict.key, **verdict.params),
            }
            for verdict in verdicts
        ]
        click.echo(json.dumps(shown, ensure_ascii=False, indent=1))
    else:
        for verdict in verdicts:
            mark = catalogue.text("doctor-works" if verdict.works else "doctor-wanting")
            sentence = catalogue.text(verdict.key, **verdict.params)
            click.echo(f"{mark} {verdict.name} – {sentence}")
            if verdict.command and not verdict.works:
                click.echo(f"    {verdict.command}")
    broken = any(verdict.needed and not verdict.works for verdict in verdicts)
    ctx.exit(5 if broken else 0)
