"""Editions at an address: uploaded beside, checked, then copied by the store into their place."""

import contextlib
import hashlib
import secrets
import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path, PurePosixPath

from ess_access.errors import EditionError
from ess_access.pipeline.addresses import Address, Location
from ess_access.pipeline.ledger import StoreLedger
from ess_access.pipeline.moves import Move
from ess_access.pipeline.origins import absolute, is_address, origin_from
from ess_access.pipeline.outcome import FileRecord
from ess_access.pipeline.publish import unwritable, write_whole
from ess_access.pipeline.shelves import Shelves
from ess_access.pipeline.sources import is_there
from ess_access.pipeline.state import HIDDEN, EditionRecord, State
from ess_access.pipeline.store_lock import StoreLock
from ess_access.pipeline.store_moves import StoreMoves
from ess_access.pipeline.stores import Absent, Store
from ess_access.pipeline.work import AwayStage

__all__ = ["StoreOutput"]

_FIRST_BYTES = 16_384
_TYPES = {".html": "text/html", ".json": "application/json"}


class StoreOutput:
    """An address. An edition is uploaded beside, then copied by the store (``store_moves``).

    A file that a store copies or puts is seen whole or not at all; that is S3's promise, and that
    of the others of its kind.
    """

    def __init__(self, address: Address) -> None:
        self._address = address
        self._store = Store(address)
        self._hidden = Store(address / HIDDEN)
        self._lock = StoreLock(self._hidden, str(address))
        stages = Store(address / HIDDEN / "stage")
        self._moves = StoreMoves(self._store, stages, f"{HIDDEN}/stage")
        self._token = secrets.token_hex(8)
        self._scratch: Path | None = None
        self._staged = False

    @contextmanager
    def held(
        self, *, timeout_s: float, waiting: Callable[[], object] = lambda: None
    ) -> Iterator[None]:
        """Lock a file of the store, and have a folder of this machine to work in."""
        with self._lock.held(timeout_s=timeout_s, waiting=waiting):
            self._scratch = _temporary()
            try:
                self._moves.finish(self.state)
                yield
            finally:
                shutil.rmtree(self._scratch, ignore_errors=True)
                self._scratch = None
                if self._staged:
                    with contextlib.suppress(EditionError):  # the next build does it
                        self._moves.sweep(self.state)

    def settle(self) -> None:
        """Leave it to the next build: a store's lock takes too long to ask for."""

    def state(self) -> State:
        """Read the store's records."""
        return State(StoreLedger(self._hidden))

    def stage(self, name: str, *, elsewhere: bool) -> AwayStage:
        """Name a place of the store; another machine finds a folder to work in by itself."""
        self._staged = True
        scratch = None if elsewhere or self._scratch is None else self._scratch / name
        return AwayStage(self._address / HIDDEN / "stage" / self._token / name, scratch)

    def publish(self, stage: Path | AwayStage, move: Move, state: State) -> EditionRecord:
        """Have the store copy the files, and look at what it made."""
        if isinstance(stage, Path):
            raise TypeError(stage)
        self._lock.check()
        return self._moves.publish(f"{self._token}/{stage.address.last}", move, state)

    def remove(self, files: Sequence[FileRecord]) -> None:
        """Remove the files; a store has no folders to leave empty."""
        self._lock.check()
        self._store.remove([file.path for file in files])

    def standing(self, records: Iterable[EditionRecord]) -> Mapping[str, str]:
        """List the store once; read the files whose size is right and whose tag tells nothing."""
        found = self._store.listing()
        standing: dict[str, str] = {}
        for record in records:
            for file, stamp in zip(record.files, record.stamps, strict=True):
                seen = found.get(file.path)
                if seen is None:
                    continue
                if seen.size_bytes != file.size_bytes:
                    standing[file.path] = ""
                elif seen.tag and seen.tag == stamp.tag:
                    standing[file.path] = file.digest
                else:
                    with contextlib.suppress(Absent):
                        data = self._store.read(file.path)
                        standing[file.path] = hashlib.sha256(data).hexdigest()
        return standing

    def origin(self, source: Location) -> str:
        """Give the address, or the path from the working folder."""
        return origin_from(source, Path.cwd())

    def gone(
        self, origins: Iterable[str], shelves: Shelves, asked: Sequence[Location]
    ) -> frozenset[str]:
        """Look for the files of places that are asked for: other machines may have built others."""
        folders = [absolute(place) for place in asked if isinstance(place, Path)]

        def is_gone(origin: str) -> bool:
            if is_address(origin):
                return shelves.is_gone(origin)
            path = absolute(Path(origin))
            return any(path.is_relative_to(folder) for folder in folders) and not is_there(path)

        return frozenset(origin for origin in set(origins) if is_gone(origin))

    def write(self, name: str, data: bytes) -> None:
        """Upload a file of that name, with its type."""
        self._lock.check()
        folder = _temporary()
        try:
            file = folder / PurePosixPath(name).name
            write_whole(file, data)
            self._store.upload(file, name, _TYPES.get(file.suffix, ""))
        finally:
            shutil.rmtree(folder, ignore_errors=True)

    def first_text(self, name: str) -> str | None:
        """Read the beginning of the file."""
        try:
            return self._store.read(name, end=_FIRST_BYTES).decode("utf-8", errors="ignore")
        except (Absent, EditionError):  # the report says what is missing; it shows no more
            return None

    def says(self, signature: Callable[[], str]) -> bool:
        """Compare with what the last build remembered, and look whether the reports are there."""
        try:
            if self._hidden.read("report") != signature().encode():
                return False
            self._store.seen("report.html")
            self._store.seen("report.json")
        except Absent:
            return False
        return True

    def remember(self, signature: Callable[[], str]) -> None:
        """Write it beside the state."""
        self._lock.check()
        self._hidden.write("report", signature().encode())

    def forget(self) -> None:
        """Do nothing: the lock is gone with the build, and a store has no empty folders."""


def _temporary() -> Path:
    """Make a folder among the temporary files of this machine. Raises EditionError."""
    try:
        return Path(tempfile.mkdtemp(prefix="ess-access-"))
    except OSError as error:
        raise unwritable(Path(error.filename or "TMPDIR"), error) from error
