"""``ess-access check``: what is wrong with an edition, whoever made it."""

import json
from pathlib import Path
from typing import Any

import click

from ess_access.cli.common import load_config, settings_options
from ess_access.cli.frame import Argument, Command, Option
from ess_access.cli.interrupts import heeded_interrupts
from ess_access.cli.place import LocalPath

__all__ = ["check"]


@click.command(cls=Command)
@click.argument(
    "files",
    nargs=-1,
    required=True,
    cls=Argument,
    metavar="FILE...",
    type=LocalPath(),
)
@settings_options
@click.option("--render", is_flag=True, cls=Option)
@click.option("as_json", "--json", is_flag=True, cls=Option)
@click.pass_context
def check(
    ctx: click.Context,
    files: tuple[Path, ...],
    config_path: Path | None,
    assignments: tuple[str, ...],
    render: bool,
    as_json: bool,
) -> None:
    from ess_access.api.backend import Artifact
    from ess_access.api.findings import Finding, Severity
    from ess_access.api.plugins import BACKENDS, load, names
    from ess_access.cli.language import messages
    from ess_access.cli.show import error_lines, finding_lines
    from ess_access.errors import EssAccessError, SourceError, reason_of
    from ess_access.pipeline.holding import settle_above
    from ess_access.pipeline.outcome import gravest
    from ess_access.pipeline.state import plain_finding

    ctx.with_resource(heeded_interrupts())
    # The one format whose pages a program can lay out.
    asked = ("large-print.render_check=true",) if render else ()
    config = load_config(config_path, (*assignments, *asked), names(BACKENDS))
    catalogue = messages()
    backends = {name: load(BACKENDS, name) for name in names(BACKENDS)}
    codes = [0]
    shown: list[dict[str, Any]] = []
    for file in files:
        settle_above(file)
        try:
            name = _format_of(file, {name: backend.opens for name, backend in backends.items()})
            options = config.for_source(file.name, file).options[name]
            found: tuple[Finding, ...] = tuple(
                backends[name].check((Artifact(file, ""),), None, options)
            )
        except OSError as error:
            reason = reason_of(error)
            fault = SourceError("source-unreadable", file=str(file), reason=reason)
            codes.append(fault.exit_code)
            for line in error_lines(fault):
                click.echo(line, err=True)
            continue
        except EssAccessError as error:
            codes.append(error.exit_code)
            for line in error_lines(error):
                click.echo(line, err=True)
            continue
        if any(finding.severity is Severity.ERROR for finding in found):
            codes.append(7)
        if as_json:
            shown.append(
                {
                    "file": str(file),
                    "format": name,
                    "findings": [
                        {**plain_finding(finding), "sentence": catalogue.finding(finding)}
                        for finding in found
                    ],
                }
            )
            continue
        for line in finding_lines(found, str(file)):
            click.echo(line)
        if not found:
            click.echo(catalogue.text("check-nothing", file=str(file)))
    if as_json:
        click.echo(json.dumps(shown, ensure_ascii=False, indent=1))
    ctx.exit(gravest(codes))


def _format_of(file: Path, opens: dict[str, tuple[str, ...]]) -> str:
    """Find the format whose longest suffix ends the file's name. Raises SourceError."""
    from ess_access.errors import SourceError

    if not file.exists():
        raise SourceError("source-absent", file=str(file))
    if file.is_dir():
        raise SourceError("source-is-folder", file=str(file))
    matches = [
        (len(suffix), name)
        for name, suffixes in opens.items()
        for suffix in suffixes
        if file.name.lower().endswith(suffix)
    ]
    if not matches:
        known = ", ".join(sorted({suffix for suffixes in opens.values() for suffix in suffixes}))
        raise SourceError("check-format-unknown", file=str(file), known=known)
    return max(matches)[1]
