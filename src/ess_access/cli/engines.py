"""``ess-access engines``: the speech engines, and which of them can speak here."""

import json

import click

from ess_access.cli.frame import Command, Option
from ess_access.cli.interrupts import heeded_interrupts

__all__ = ["engines"]


@click.command(cls=Command)
@click.option("as_json", "--json", is_flag=True, cls=Option)
def engines(as_json: bool) -> None:
    from ess_access.api.plugins import ENGINES, load, names
    from ess_access.cli.language import messages

    click.get_current_context().with_resource(heeded_interrupts())
    catalogue = messages()
    shown = []
    for name in names(ENGINES):
        engine = load(ENGINES, name)
        absent = [item.name for item in engine.missing() if item.required]
        shown.append(
            {
                "name": name,
                "offline": engine.capabilities.offline,
                "deterministic": engine.capabilities.deterministic,
                "word_marks": engine.capabilities.word_marks,
                "missing": absent,
            }
        )
        engine.close()
    if as_json:
        click.echo(json.dumps(shown, ensure_ascii=False, indent=1))
        return
    for entry in shown:
        missing = entry["missing"]
        state = (
            catalogue.text("missing-list", names=", ".join(missing))
            if isinstance(missing, list) and missing
            else catalogue.text("ready")
        )
        where = catalogue.text("engine-offline" if entry["offline"] else "engine-online")
        click.echo(f"{entry['name']} – {where} – {state}")
