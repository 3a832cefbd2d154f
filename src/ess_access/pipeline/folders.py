"""Search the folders of this machine for sources."""

import os
from collections.abc import Iterable
from pathlib import Path

from ess_access.errors import EssAccessError, SourceError, reason_of
from ess_access.pipeline.state import HIDDEN, State

__all__ = ["REPORTS", "files_in"]

REPORTS = ("report.html", "report.json")


def files_in(folder: Path, suffixes: frozenset[str], output: Path | None) -> Iterable[Path]:
    """Yield the files, and what is to be said of instead of passed over in silence.

    That is a folder named like a document, and one that may not be searched. The editions of an
    earlier build are no sources, wherever it put them.
    """
    waiting = [folder]
    published: set[Path] = set()
    while waiting:
        here = waiting.pop()
        try:
            with os.scandir(here) as listing:
                entries = sorted(listing, key=lambda entry: entry.name)
        except OSError as error:
            if here == folder:
                raise SourceError(
                    "source-unreadable", file=str(folder), reason=reason_of(error)
                ) from error
            yield here
            continue
        if any(entry.name == HIDDEN for entry in entries):
            published |= _published(here)
        for entry in entries:
            path = here / entry.name
            if path in published:
                continue
            # Word and LibreOffice leave ~$x.docx and .~lock.x.odt# beside an open file.
            if entry.name.startswith((".", "~$")):
                continue
            if path.suffix.lower() in suffixes:
                yield path
            # Links are not followed: they may go round in a ring, and what they hold lies outside.
            elif entry.is_dir(follow_symlinks=False) and path.resolve() != output:
                waiting.append(path)


def _published(folder: Path) -> set[Path]:
    """List what a build put in its output folder."""
    try:
        records = State(folder).records.values()
    except (EssAccessError, OSError):  # not ours to look into: its files are like any others
        return set()
    names = [file.path for record in records for file in record.files]
    return {folder / name for name in (*names, *REPORTS)} if names else set()
