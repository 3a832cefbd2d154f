"""``ess-access init``: write a configuration to begin from, with comments."""

from pathlib import Path

import click

from ess_access.cli.frame import Command, Option

__all__ = ["init"]


@click.command(cls=Command)
@click.option("--force", is_flag=True, cls=Option, help_key="cli.option.init-force")
def init(force: bool) -> None:
    from ess_access.cli.language import messages
    from ess_access.errors import ConfigurationError
    from ess_access.pipeline.publish import write_whole
    from ess_access.pipeline.settings import CONFIG_NAME
    from ess_access.pipeline.template import template

    path = Path(CONFIG_NAME)
    if path.exists() and not force:
        raise ConfigurationError("config-exists", file=CONFIG_NAME)
    write_whole(path.absolute(), template(messages()).encode())
    click.echo(messages().text("config-written", file=CONFIG_NAME))
