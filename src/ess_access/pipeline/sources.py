"""Which files are sources, and where the editions of each are put."""

import hashlib
import os
import stat
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

from ess_access.api.reader import Limits, Source
from ess_access.errors import ConfigurationError, SourceError, reason_of
from ess_access.pipeline.addresses import Address, Location
from ess_access.pipeline.folders import REPORTS, files_in
from ess_access.pipeline.reach import safe_resource
from ess_access.pipeline.shelves import (
    Shelves,
    files_below,
    is_same_place,
    name_below,
    read_remote,
    remote_resource,
    safe_name,
)

__all__ = [
    "SourceFile",
    "discover",
    "is_there",
    "open_source",
    "sha256_of",
]


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file to convert.

    ``name`` is its path below ``root``, with ``/``: it identifies the source in reports and in the
    state. ``folder`` is the place of its editions below the output folder. ``path`` and ``root``
    are both paths or both addresses. ``rival`` is a source whose editions would bear the same
    names, where the disk does not tell cases apart: neither is read.
    """

    path: Location
    root: Location
    name: str
    folder: PurePosixPath
    rival: str = ""

    @property
    def stem(self) -> str:
        """What the names of its editions begin with."""
        return PurePosixPath(self.name).stem


def discover(
    paths: Sequence[Location],
    suffixes: frozenset[str],
    *,
    output: Location,
    published: frozenset[str] = frozenset(),
    shelves: Shelves | None = None,
) -> tuple[SourceFile, ...]:
    """List the sources that the paths name, sorted, each with a place of its own.

    A folder is searched whole, but for hidden files, the lock files of word processors, files that
    no reader knows, the output folder and what is ``published`` in it, where sources and editions
    share a folder. A file that is named is taken whatever its suffix.
    ``shelves`` remembers what addresses were listed.
    Raises :class:`~ess_access.errors.SourceError` for a path that is not there.
    """
    here = [path for path in paths if isinstance(path, Path)]
    away = [path for path in paths if isinstance(path, Address)]
    files = [
        *_local(here, suffixes, output, published),
        *_remote(away, suffixes, output, published, shelves or Shelves()),
    ]
    return _placed(sorted(files, key=lambda file: file.name))


def _local(
    paths: Sequence[Path], suffixes: frozenset[str], output: Location, published: frozenset[str]
) -> Sequence[SourceFile]:
    apart = output.resolve() if isinstance(output, Path) else None
    found: dict[Path, Path] = {}
    for path in paths:
        # A folder that is named like a document is told to be one when it is opened.
        if os.path.isdir(path) and path.suffix.lower() not in suffixes:  # noqa: PTH112 - see is_there
            folder = path.absolute()
            ours = _ours(folder, output, published)
            for file in files_in(folder, suffixes, apart):
                if not ours or file.relative_to(folder).as_posix() not in ours:
                    found.setdefault(file, folder)
        elif is_there(path):
            found.setdefault(path.absolute(), path.absolute().parent)
        else:
            raise SourceError("source-absent", file=str(path))
    files = [
        SourceFile(path, root, safe_name(path.relative_to(root).as_posix()), PurePosixPath())
        for path, root in found.items()
    ]
    if len({file.name for file in files}) < len(files):
        common = Path(os.path.commonpath([path.parent for path in found]))
        files = [
            replace(file, root=common, name=safe_name(path.relative_to(common).as_posix()))
            for file, path in zip(files, found, strict=True)
        ]
    return files


def _remote(
    addresses: Sequence[Address],
    suffixes: frozenset[str],
    output: Location,
    published: frozenset[str],
    shelves: Shelves,
) -> Sequence[SourceFile]:
    """List sources at addresses; those that share a name are told apart by their whole address."""
    files: dict[Address, str] = {}
    for address in addresses:
        alone = address.parted()
        if address.suffix.lower() in suffixes and shelves.look(alone) is not None:
            files.setdefault(alone, alone.name)
            continue
        found = shelves.listing(address)
        if "" in found:
            files.setdefault(alone, alone.name)
            continue
        apart = name_below(address, output) if isinstance(output, Address) else None
        ours = _ours(address, output, published)
        for name in files_below(found, suffixes, apart):
            if name not in ours:
                files.setdefault(address / name, name)
    taken = Counter(files.values())
    return [
        SourceFile(
            file,
            Address(file.text),
            safe_name(name if taken[name] == 1 else str(file).partition("://")[2]),
            PurePosixPath(),
        )
        for file, name in files.items()
    ]


def _ours(folder: Location, output: Location, published: frozenset[str]) -> frozenset[str]:
    """Give the names below a folder of what is published there: no edition is a source."""
    above: str | None = None
    if isinstance(folder, Path) and isinstance(output, Path):
        here, top = folder.resolve(), output.resolve()
        if here.is_relative_to(top):
            above = here.relative_to(top).as_posix() + "/"
    elif isinstance(folder, Address) and isinstance(output, Address):
        above = "./" if is_same_place(folder, output) else name_below(output, folder)
    if above is None:
        return frozenset()
    above = above.removeprefix("./")
    names = {*published, *REPORTS} if published else published
    return frozenset(name.removeprefix(above) for name in names if name.startswith(above))


def is_there(path: Path) -> bool:
    """Say whether something is at a path, be it a broken link or what we may not look at."""
    try:
        path.lstat()
    except (FileNotFoundError, NotADirectoryError):
        return False
    except OSError:  # pathlib would raise it or not, by the version of Python
        return True
    return True


def _placed(files: Sequence[SourceFile]) -> tuple[SourceFile, ...]:
    """Give each source its folder; one whose stem is shared keeps its suffix in it."""
    bare = [PurePosixPath(file.name).with_suffix("") for file in files]
    # A source named report.html.md may not take the report's place.
    shared = Counter([*(str(place).casefold() for place in bare), *REPORTS])
    # Nor may a.md.txt take the place of a.md, where an a.docx makes that keep its suffix.
    shared.update(file.name.casefold() for file in files)
    placed = tuple(
        replace(
            file,
            folder=PurePosixPath(file.name) if shared[str(place).casefold()] > 1 else place,
        )
        for file, place in zip(files, bare, strict=True)
    )
    taken: dict[str, list[str]] = {}
    for file in placed:
        rivals = taken.setdefault(str(file.folder).casefold(), [])
        if file.name in rivals:  # one name for two: nothing could tell them apart
            raise ConfigurationError("sources-clash", first=file.name, second=file.name)
        rivals.append(file.name)
    return tuple(
        replace(file, rival=next((name for name in rivals if name != file.name), ""))
        for file in placed
        for rivals in (taken[str(file.folder).casefold()],)
    )


def sha256_of(path: Path) -> str:
    """Give the SHA-256 of a file's bytes, in hexadecimal."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def open_source(
    file: SourceFile,
    limits: Limits,
    seen: dict[str, str] | None = None,
    tags: dict[str, str] | None = None,
) -> Source:
    """Read the bytes of a source. Raises :class:`~ess_access.errors.SourceError` if it cannot.

    ``seen`` and ``tags`` are filled as ``safe_resource`` and ``read_remote`` tell.
    """
    if file.rival:
        raise SourceError("sources-clash", first=file.name, second=file.rival)
    if isinstance(file.path, Path) and isinstance(file.root, Path):
        data = _read(file.path, file.name, limits)
        resource = safe_resource(file.path.parent, file.root, limits.source_bytes, seen)
    elif isinstance(file.path, Address):
        data = read_remote(file.path, file.name, limits, tags)
        resource = remote_resource(file.path, limits.source_bytes, seen, tags)
    else:
        raise TypeError(file)
    return Source(file.name, file.path.suffix.lower(), data, resource, limits)


def _read(path: Path, name: str, limits: Limits) -> bytes:
    try:
        if os.path.isdir(path):  # noqa: PTH112 - see is_there
            os.scandir(path).close()  # one that may not be searched is said to be so
            raise SourceError("source-is-folder", file=name)
        status = path.stat()  # says what a broken link is
        if not stat.S_ISREG(status.st_mode):  # a pipe or a device would be waited for, maybe ever
            kind = stat.filemode(status.st_mode)
            raise SourceError("source-unreadable", file=name, reason=kind)
        if status.st_size > limits.source_bytes:
            raise SourceError(
                "source-too-large",
                file=name,
                megabytes=status.st_size // 1_000_000,
                limit=limits.source_bytes // 1_000_000,
            )
        return path.read_bytes()
    except OSError as error:
        raise SourceError("source-unreadable", file=name, reason=reason_of(error)) from error
