"""What several commands take: settings, a source, a document."""

import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from ess_access.cli.frame import Argument, Option
from ess_access.cli.place import LocalPath, Place

if TYPE_CHECKING:
    from ess_access.pipeline.addresses import Location
    from ess_access.pipeline.config import Config
    from ess_access.pipeline.reading import Understood

__all__ = [
    "cache_folder",
    "load_config",
    "many_sources",
    "one_source",
    "read_stdin",
    "settings_options",
    "tell_unmatched",
    "understand",
]

F = TypeVar("F", bound=Callable[..., Any])


def settings_options(command: F) -> F:
    """Add ``-s`` and ``--config``."""
    command = click.option(
        "assignments",
        "-s",
        "--set",
        multiple=True,
        cls=Option,
        metavar="KEY=VALUE",
        help_key="cli.option.set",
    )(command)
    return click.option(
        "config_path",
        "--config",
        cls=Option,
        metavar="FILE",
        type=click.Path(path_type=Path),
        help_key="cli.option.config",
    )(command)


def many_sources(command: F) -> F:
    """Add ``[SOURCE]...``, ``-o`` and ``--to``."""
    command = click.option(
        "formats", "--to", multiple=True, cls=Option, metavar="FORMAT", help_key="cli.option.to"
    )(command)
    command = click.option(
        "-o",
        "--output",
        cls=Option,
        metavar="DIR",
        default=Path("output"),
        type=Place(),
        show_default=True,
    )(command)
    return click.argument("sources", nargs=-1, cls=Argument, metavar="[SOURCE]...", type=Place())(
        command
    )


def one_source(command: F) -> F:
    """Add ``FILE`` and ``--from``."""
    command = click.argument("file", cls=Argument, type=LocalPath())(command)
    return click.option(
        "suffix", "--from", cls=Option, metavar="SUFFIX", help_key="cli.option.from"
    )(command)


def load_config(
    config_path: Path | None, assignments: Sequence[str], formats: Sequence[str] = ()
) -> "Config":
    """Gather the settings: file, environment, command line; later wins."""
    from ess_access.errors import ConfigurationError
    from ess_access.pipeline.config import Config, known_keys
    from ess_access.pipeline.settings import (
        CONFIG_NAME,
        from_assignments,
        from_environment,
        from_file,
    )
    from ess_access.pipeline.sources import is_there

    path = config_path or Path(CONFIG_NAME)
    if config_path is not None and not path.exists():
        raise ConfigurationError("config-unreadable", file=str(path), reason="ENOENT")
    layers = list(from_file(path)) if is_there(path) else []
    layers.append(from_environment(os.environ, known_keys()))
    layers.append(from_assignments(assignments))
    return Config(layers, formats=formats, folder=path.parent)


def tell_unmatched(config: "Config", sources: "Sequence[Location]") -> None:
    """Tell of every ``[[for]]`` that no source was found for."""
    from ess_access.cli.language import messages

    for fault in config.unmatched(sources):
        sentence = messages().text(fault.key, **fault.params)
        click.echo(messages().text("located", place=fault.where, sentence=sentence), err=True)


def cache_folder() -> Path:
    """Give the folder of the caches: ``ESS_ACCESS_CACHE``, or the user's own."""
    from platformdirs import user_cache_path

    own = os.environ.get("ESS_ACCESS_CACHE")
    return Path(own) if own else user_cache_path("ess-access", appauthor=False)


def read_stdin() -> bytes:
    """Give the bytes that come through the pipe."""
    return sys.stdin.buffer.read()


def understand(file: Path, suffix: str | None, config: "Config") -> "Understood":
    """Read one file, or standard input for ``-``. Raises SourceError."""
    from ess_access.api.reader import Source
    from ess_access.errors import SourceError
    from ess_access.pipeline.reading import read, read_source, single

    if str(file) == "-":
        named = "." + (suffix or "txt").lstrip(".").lower()
        own = config.for_source("-")
        source = Source("-", named, read_stdin(), limits=own.limits)
        return read_source(source, own.meta)
    if not file.exists():
        raise SourceError("source-absent", file=str(file))
    own = config.for_source(file.name, file)
    return read(single(file), own.limits, own.meta, suffix=suffix)
