"""Where editions are published: a folder of this machine, or an address."""

import secrets
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Protocol

from ess_access.pipeline import holding, moves, publish
from ess_access.pipeline.addresses import Location
from ess_access.pipeline.moves import Move
from ess_access.pipeline.origins import is_address, origin_from
from ess_access.pipeline.outcome import FileRecord
from ess_access.pipeline.shelves import Shelves
from ess_access.pipeline.sources import is_there, sha256_of
from ess_access.pipeline.state import EditionRecord, Stamp, State
from ess_access.pipeline.store_output import StoreOutput
from ess_access.pipeline.work import AwayStage

__all__ = ["FolderOutput", "Output", "output_at"]


class Output(Protocol):
    """What a build asks of the place of its editions. Methods that write raise EditionError."""

    def held(
        self, *, timeout_s: float, waiting: Callable[[], object] = lambda: None
    ) -> AbstractContextManager[None]:
        """Hold the place for one build; call ``waiting`` once where another one holds it."""
        ...

    def settle(self) -> None:
        """Finish what a killed build had begun to put there, where looking tells of it."""
        ...

    def state(self) -> State:
        """Read what stands there."""
        ...

    def stage(self, name: str, *, elsewhere: bool) -> Path | AwayStage:
        """Name a place for an edition in the making; ``elsewhere``: by another machine."""
        ...

    def publish(self, stage: Path | AwayStage, move: Move, state: State) -> EditionRecord:
        """Put an edition in its place and record it, with the stamps of its files."""
        ...

    def remove(self, files: Sequence[FileRecord]) -> None:
        """Remove an edition's files."""
        ...

    def standing(self, records: Iterable[EditionRecord]) -> Mapping[str, str]:
        """Give the digests of the published files that are there."""
        ...

    def origin(self, source: Location) -> str:
        """Name a source so that a later build finds out whether it is gone."""
        ...

    def gone(
        self, origins: Iterable[str], shelves: Shelves, asked: Sequence[Location]
    ) -> frozenset[str]:
        """Tell which origins are gone, of those that a build of what is ``asked`` knows of."""
        ...

    def write(self, name: str, data: bytes) -> None:
        """Write a report whole."""
        ...

    def first_text(self, name: str) -> str | None:
        """Give the text of a file, or as much of it as shows what it is; ``None`` without it."""
        ...

    def says(self, signature: Callable[[], str]) -> bool:
        """Say whether the reports that stand were remembered with what ``signature`` gives."""
        ...

    def remember(self, signature: Callable[[], str]) -> None:
        """Keep what names the reports that were just written."""
        ...

    def forget(self) -> None:
        """Leave no trace where nothing was ever published."""
        ...


def output_at(place: Location) -> Output:
    """Open the place of editions. Raises MissingError, ConfigurationError."""
    return FolderOutput(place) if isinstance(place, Path) else StoreOutput(place)


class FolderOutput:
    """A folder; see :mod:`ess_access.pipeline.moves`."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        # What a worker of an earlier build, cut off from it, still writes is not taken for ours.
        self._stages = moves.stage_folder(folder.absolute()) / secrets.token_hex(8)

    def held(
        self, *, timeout_s: float, waiting: Callable[[], object] = lambda: None
    ) -> AbstractContextManager[None]:
        """Lock a file of the folder."""
        return holding.lock(self._folder, timeout_s=timeout_s, waiting=waiting)

    def settle(self) -> None:
        """Finish it unless a build runs."""
        holding.settle(self._folder)

    def state(self) -> State:
        """Read the folder's records."""
        return State(self._folder)

    def stage(self, name: str, *, elsewhere: bool) -> Path:  # noqa: ARG002 - all see the folder
        """Name a folder on the same disk, so that a rename is one step. Raises EditionError."""
        try:
            self._stages.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise publish.unwritable(self._folder, error) from error
        return self._stages / name

    def publish(self, stage: Path | AwayStage, move: Move, state: State) -> EditionRecord:
        """Rename the files."""
        if not isinstance(stage, Path):
            raise TypeError(stage)
        return moves.publish(self._folder.absolute(), stage, move, state)

    def remove(self, files: Sequence[FileRecord]) -> None:
        """Remove the files, and the folders that are empty then."""
        publish.remove(self._folder.absolute(), files)

    def standing(self, records: Iterable[EditionRecord]) -> Mapping[str, str]:
        """Hash the files whose stamp changed."""
        standing: dict[str, str] = {}
        for record in records:
            for file, stamp in zip(record.files, record.stamps, strict=True):
                path = self._folder / file.path
                try:
                    unchanged = Stamp.of(path) == stamp
                    standing[file.path] = file.digest if unchanged else sha256_of(path)
                except OSError:
                    continue
        return standing

    def origin(self, source: Location) -> str:
        """Give the path from the folder, or the address."""
        return origin_from(source, self._folder.absolute())

    def gone(
        self,
        origins: Iterable[str],
        shelves: Shelves,
        asked: Sequence[Location],  # noqa: ARG002 - paths from the folder mean the same for all
    ) -> frozenset[str]:
        """Look for the files."""
        return frozenset(
            origin
            for origin in set(origins)
            if (
                shelves.is_gone(origin)
                if is_address(origin)
                else not is_there(self._folder / origin)
            )
        )

    def write(self, name: str, data: bytes) -> None:
        """Write where editions are staged, then rename: nothing half lies among them if killed."""
        publish.write_whole(self._folder / name, data, scratch=self._stages)

    def first_text(self, name: str) -> str | None:
        """Read the file."""
        try:
            return (self._folder / name).read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError):  # the report says what is missing; it shows no more
            return None

    def says(self, signature: Callable[[], str]) -> bool:  # noqa: ARG002 - writing costs nothing here
        """Have the reports written each time."""
        return False

    def remember(self, signature: Callable[[], str]) -> None:
        """Do nothing."""

    def forget(self) -> None:
        """Remove the folder if it is empty."""
        holding.forget(self._folder)
