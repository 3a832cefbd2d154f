"""``ess-access cache``: what is kept from one build to the next."""

import click

from ess_access.cli.common import cache_folder
from ess_access.cli.frame import Argument, Command

__all__ = ["cache"]


@click.command(cls=Command)
@click.argument("action", cls=Argument, type=click.Choice(["info", "clear"]))
def cache(action: str) -> None:
    from ess_access.cli.language import messages
    from ess_access.pipeline.cache import size_of
    from ess_access.pipeline.cache_folder import claim, clear
    from ess_access.pipeline.report.words import Speaker

    folder = cache_folder()
    claim(folder)
    catalogue = messages()
    held, left = size_of(folder), 0
    key = "cache-info"
    if action == "clear":
        clear(folder)
        left = size_of(folder)
        key = "cache-not-cleared" if left else "cache-cleared"
    megabytes = Speaker(catalogue).decimal((held - left) / 1_000_000)
    click.echo(catalogue.text(key, folder=folder, megabytes=megabytes), err=bool(left))
    click.get_current_context().exit(6 if left else 0)
