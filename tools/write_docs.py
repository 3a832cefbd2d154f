"""Write docs/commands.md from the program itself; ``--check`` says whether it is up to date."""

import os
import sys
from pathlib import Path

os.environ.update({"LANGUAGE": "fr", "LC_ALL": "fr_FR.UTF-8", "COLUMNS": "88"})

import click

from ess_access.api.plugins import BACKENDS, load
from ess_access.cli import main
from ess_access.cli.language import messages, speak_to_click
from ess_access.pipeline.template import described_options

PAGE = Path(__file__).parent.parent / "docs" / "commands.md"
FORMATS = ("large-print", "audio", "braille")


def page() -> str:
    """Give the page's text."""
    speak_to_click()
    context = click.Context(main, info_name="ess-access", max_content_width=88, terminal_width=88)
    parts = [
        "# Les commandes et les options",
        "Cette page est écrite par `make docs` à partir du programme.",
        "## ess-access",
        _shown(main.get_help(context)),
    ]
    for name in main.list_commands(context):
        command = main.get_command(context, name)
        if command is None:
            raise LookupError(name)
        below = click.Context(
            command, info_name=name, parent=context, max_content_width=88, terminal_width=88
        )
        parts += [f"## ess-access {name}", _shown(command.get_help(below))]
    parts.append("## Les options des formats")
    parts.append(
        "À donner dans `ess-access.toml`, par une variable d’environnement "
        "(`ESS_ACCESS_BRAILLE_WIDTH=32`) ou par `-s braille.width=32`."
    )
    for name in FORMATS:
        parts.append(f"### {name}")
        rows = ["| option | par défaut | ce que c’est |", "|---|---|---|"]
        for key, default, doc in described_options(name, load(BACKENDS, name), messages()):
            rows.append(f"| `{key}` | `{default}` | {doc.replace('|', '/')} |")
        parts.append("\n".join(rows))
    return "\n\n".join(parts) + "\n"


def _shown(text: str) -> str:
    return f"```text\n{text.strip()}\n```"


if __name__ == "__main__":
    if "--check" in sys.argv:
        sys.exit(PAGE.read_text(encoding="utf-8") != page())
    PAGE.write_text(page(), encoding="utf-8")
