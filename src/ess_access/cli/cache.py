"""``ess-access cache``: what is kept from one build to the next."""

import click

from ess_access.cli.common import cache_folder
from ess_access.cli.frame import Argument, Command

__all__ = ["cache"]


@click.command(cls=Command)
@click.argument("action", cls=Argument, type=click.Choice(["info", "clear"]))
def cache(action: str) -> None:
    from ess_access.cli.language import messages
    from ess_access.pipeline.cache import clear, size_of

    folder = cache_folder()
    megabytes = round(size_of(folder) / 1_000_000, 1)
    if action == "clear":
        clear(folder)
    key = "cache-info" if action == "info" else "cache-cleared"
    click.echo(messages().text(key, folder=folder, megabytes=megabytes))
