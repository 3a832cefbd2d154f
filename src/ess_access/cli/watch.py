"""``ess-access watch``: build again each time something changes."""

import os
import time
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ess_access.cli.common import (
    cache_folder,
    load_config,
    many_sources,
    settings_options,
)
from ess_access.cli.frame import Command, Option
from ess_access.cli.interrupts import heeded_interrupts

if TYPE_CHECKING:
    from ess_access.pipeline.addresses import Location

__all__ = ["watch"]


@click.command(cls=Command)
@many_sources
@settings_options
@click.option("--jobs", cls=Option, type=click.IntRange(1, 256), metavar="N")
@click.option("--plain", is_flag=True, cls=Option)
def watch(
    sources: "tuple[Location, ...]",
    output: "Location",
    formats: tuple[str, ...],
    config_path: Path | None,
    assignments: tuple[str, ...],
    jobs: int | None,
    plain: bool,
) -> None:
    from ess_access.cli.language import messages
    from ess_access.cli.progress import follow
    from ess_access.cli.reports import write_reports
    from ess_access.cli.show import error_lines
    from ess_access.errors import EssAccessError, MissingError
    from ess_access.pipeline.runner import Build, usual_jobs
    from ess_access.pipeline.settings import CONFIG_NAME

    try:
        import watchfiles  # noqa: F401 - said before anything is done
    except ImportError as error:
        command = "pip install 'ess-access[watch]'"
        raise MissingError("watchfiles-missing", command=command) from error

    click.get_current_context().with_resource(heeded_interrupts())
    paths = tuple(_here(place) for place in sources or (Path("sources"),))
    folder = _here(output)
    settings = config_path or Path(CONFIG_NAME)
    read: list[Path] = []

    def build() -> list[tuple[int, ...]]:
        """Build, and tell what the settings were."""
        # The configuration may be what changed: it is read each time, and its faults end nothing.
        read[:] = [settings]
        stamps = _stamps(read)  # before it is read: what changes from now on is for the next time
        try:
            config = load_config(config_path, assignments, formats)
            read.extend(config.lexicon_files)
            stamps += _stamps(config.lexicon_files)
            job = Build(paths, folder, config, jobs=jobs or usual_jobs(), cache=cache_folder())
            with follow(plain=plain, as_json=False) as listen:
                job.run(listen, write_reports)
        except EssAccessError as error:
            for line in error_lines(error):
                click.echo(line, err=True)
        return stamps

    # Files that may come, go and be replaced are looked at: to watch them is to watch their folder,
    # which may hold anything.
    folders = _folders(paths)
    coming = _changes(folders)
    next(coming)  # from now on, what changes during a build is kept for the next one
    known = build()
    click.echo(messages().text("watching"))
    for seen in coming:
        if _stamps(read) != known or _concern(seen, folders, folder):
            known = build()
            click.echo(messages().text("watching"))


_LOOK_MS = 250


def _here(place: "Location") -> Path:
    """Refuse an address: a store tells nobody that something changed."""
    from ess_access.errors import ConfigurationError

    if isinstance(place, Path):
        return place
    raise ConfigurationError("address-unwatched", address=str(place))


def _folders(paths: Sequence[Path]) -> list[Path]:
    """List what to watch: the folders of the sources, for pictures lie there."""
    from ess_access.errors import SourceError

    folders = [path if path.is_dir() else path.absolute().parent for path in paths]
    for folder, path in zip(folders, paths, strict=True):
        if not folder.is_dir():
            raise SourceError("source-absent", file=str(path))
    return folders


def _changes(folders: Sequence[Path]) -> Iterator[set[tuple[object, str]]]:
    """Yield what changed, or nothing, a few times a second.

    A folder that is taken away and put back (``git switch``, a disk that is mounted again) is
    another one, which the system has to be asked to watch.
    """
    from watchfiles import watch as changes

    roots = {os.path.abspath(folder) for folder in folders}  # noqa: PTH100 - it may be gone
    back: set[tuple[object, str]] = set()
    while True:
        left = False
        events = changes(
            *folders, raise_interrupt=True, rust_timeout=_LOOK_MS, yield_on_timeout=True
        )
        try:
            for seen in events:
                yield {*seen, *back}
                back = set()
                there = all(folder.is_dir() for folder in folders)
                # Its inode says nothing: the system gives the next folder the same one.
                gone = any(kind.name == "deleted" and path in roots for kind, path in seen)
                left = left or gone or not there
                if left and there:
                    back = {("back", str(folder / "*")) for folder in folders}
                    break
        except FileNotFoundError:  # it left again before it was watched
            time.sleep(_LOOK_MS / 1000)
            yield set()


def _stamps(files: Iterable[Path]) -> list[tuple[int, ...]]:
    """Tell a file that was changed or replaced from what it was."""
    stamps: list[tuple[int, ...]] = []
    for file in files:
        try:
            status = file.stat()
            stamps.append((status.st_ino, status.st_size, status.st_mtime_ns))
        except OSError:
            stamps.append(())
    return stamps


def _concern(seen: Iterable[tuple[object, str]], folders: Sequence[Path], folder: Path) -> bool:
    """Say whether changes are the author's, not those that the build itself made."""
    from ess_access.pipeline.folders import REPORTS
    from ess_access.pipeline.outputs import output_at
    from ess_access.pipeline.state import HIDDEN

    changed = [Path(path).resolve() for _, path in seen]
    away = folder.resolve()
    if not any(each.resolve().is_relative_to(away) for each in folders):
        return any(not path.is_relative_to(away) for path in changed)
    # Sources and editions share a folder.
    records = output_at(folder).state().records.values()
    ours = {away / file.path for record in records for file in record.files}
    ours |= {away / name for name in REPORTS}
    return any(
        path not in ours and not path.is_relative_to(away / HIDDEN) and path != away
        for path in changed
    )
