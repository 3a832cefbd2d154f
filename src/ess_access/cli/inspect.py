"""``ess-access inspect``: the structure that was understood."""

import json
from pathlib import Path

import click

from ess_access.cli.common import load_config, one_source, settings_options, understand
from ess_access.cli.frame import Command, Option
from ess_access.cli.interrupts import heeded_interrupts

__all__ = ["inspect"]


@click.command(cls=Command)
@one_source
@settings_options
@click.option("as_json", "--json", is_flag=True, cls=Option)
def inspect(
    file: Path,
    suffix: str | None,
    config_path: Path | None,
    assignments: tuple[str, ...],
    as_json: bool,
) -> None:
    from ess_access.cli.language import messages
    from ess_access.cli.show import finding_lines
    from ess_access.document.codec import jsonable
    from ess_access.pipeline.outline import outline
    from ess_access.pipeline.state import plain_finding

    click.get_current_context().with_resource(heeded_interrupts())
    config = load_config(config_path, assignments)
    understood = understand(file, suffix, config)
    document = understood.document
    if as_json:
        value = {
            "meta": jsonable(document.meta),
            "children": jsonable(document.children),
            "findings": [
                {**plain_finding(found), "message": messages().finding(found)}
                for found in understood.findings
            ],
        }
        click.echo(json.dumps(value, ensure_ascii=False, indent=1))
        return
    for line in outline(document, messages()):
        click.echo(line)
    if understood.findings:
        click.echo()
    for line in finding_lines(understood.findings, file.name):
        click.echo(line)
