"""``ess-access voices``: the voices of the speech engines that are here."""

import json

import click

from ess_access.cli.frame import Argument, Command, Option
from ess_access.cli.interrupts import heeded_interrupts

__all__ = ["voices"]


@click.command(cls=Command)
@click.argument("engine_names", nargs=-1, cls=Argument, metavar="[ENGINE]...")
@click.option("as_json", "--json", is_flag=True, cls=Option)
def voices(engine_names: tuple[str, ...], as_json: bool) -> None:
    from ess_access.api.plugins import ENGINES, load, names
    from ess_access.cli.language import messages
    from ess_access.errors import MissingError

    click.get_current_context().with_resource(heeded_interrupts())
    catalogue = messages()
    shown = []
    for name in engine_names or names(ENGINES):
        engine = load(ENGINES, name)
        absent = [item for item in engine.missing() if item.required]
        if absent:
            if engine_names:
                params = {**absent[0].params, "name": absent[0].name, "command": absent[0].command}
                raise MissingError(absent[0].key, **params)
            continue
        shown += [
            {
                "engine": name,
                "voice": voice.name,
                "lang": voice.lang,
                "description": voice.description,
            }
            for voice in engine.voices()
        ]
        engine.close()
    if as_json:
        click.echo(json.dumps(shown, ensure_ascii=False, indent=1))
        return
    for entry in shown:
        about = f" – {entry['description']}" if entry["description"] else ""
        click.echo(f"{entry['engine']} : {entry['voice']} ({entry['lang']}){about}")
    if not shown:
        click.echo(catalogue.text("voices-none"))
