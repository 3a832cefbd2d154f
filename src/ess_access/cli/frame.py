"""What every command shares: lazy loading, help from the catalogues, errors as one sentence."""

import importlib
from collections.abc import Mapping, Sequence
from typing import Any

import click

from ess_access.cli.language import messages, speak_to_click
from ess_access.cli.unheard import hush, is_untold
from ess_access.errors import EssAccessError, reason_of

__all__ = ["Argument", "Command", "Group", "Option"]


class Option(click.Option):
    """An option whose help is a message of the catalogues: ``cli.<name>`` or ``help_key``."""

    def __init__(self, *args: Any, help_key: str = "", **attributes: Any) -> None:
        super().__init__(*args, **attributes)
        self._help_key = help_key or f"cli.option.{self.name}"

    def get_help_record(self, ctx: click.Context) -> tuple[str, str] | None:
        """Give the names and the help in the session's language."""
        self.help = messages().text(self._help_key)
        return super().get_help_record(ctx)


class Argument(click.Argument):
    """An argument; its meaning is told in the command's own help."""


class Command(click.Command):
    """A command whose help is the message ``cli.<name>``, and ``cli.<name>.more`` below it."""

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the help in the session's language."""
        catalogue = messages()
        paragraphs = [catalogue.text(f"cli.{self.name}")]
        if catalogue.knows(f"cli.{self.name}.more"):
            paragraphs.append(catalogue.text(f"cli.{self.name}.more"))
        self.help = "\n\n".join(paragraphs)
        super().format_help_text(ctx, formatter)


class Group(click.Group):
    """The program: its commands are imported when they are used, never for ``--help``."""

    def __init__(self, *, lazy: Mapping[str, str], **attributes: Any) -> None:
        """``lazy`` maps names of commands to ``module:attribute``."""
        super().__init__(**attributes)
        self._lazy = lazy

    def list_commands(self, ctx: click.Context) -> list[str]:
        """List the commands in the order in which they are useful."""
        return list(self._lazy)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import a command's module."""
        if cmd_name not in self._lazy:
            return None
        module, _, attribute = self._lazy[cmd_name].partition(":")
        command = getattr(importlib.import_module(module), attribute)
        if not isinstance(command, click.Command):
            raise TypeError(f"{self._lazy[cmd_name]} is not a command")
        return command

    def collect_usage_pieces(self, ctx: click.Context) -> list[str]:
        """Name what follows the program, in the session's language."""
        return [messages().text("cli.usage")]

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands with their help, importing none of them."""
        catalogue = messages()
        rows = [(name, catalogue.text(f"cli.{name}")) for name in self.list_commands(ctx)]
        with formatter.section(catalogue.translations.gettext("Commands")):
            formatter.write_dl(rows)

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the help in the session's language."""
        self.help = messages().text("cli")
        super().format_help_text(ctx, formatter)

    def main(self, args: Sequence[str] | None = None, *rest: Any, **extra: Any) -> Any:
        """Run the program."""
        speak_to_click()
        return super().main(args, *rest, **extra)

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command; a fault of the world is one sentence and an exit code."""
        try:
            return super().invoke(ctx)
        except EssAccessError as error:
            from ess_access.cli.show import error_lines

            for line in error_lines(error):
                click.echo(line, err=True)
            ctx.exit(error.exit_code)
        except OSError as error:
            if not is_untold(error):
                raise
            hush()
            click.echo(messages().text("untold", reason=reason_of(error)), err=True)
            ctx.exit(6)
        except KeyboardInterrupt:
            click.echo(messages().text("interrupted"), err=True)
            # Where it struck in a text that was executed, as dataclasses do, Python would remember
            # it and end itself by the signal all the same; the next such text makes it forget.
            exec("")  # noqa: S102
            ctx.exit(130)
