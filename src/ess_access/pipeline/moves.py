"""Put an edition in its place whole: people find the old one or the new one, never some of both.

An edition of several files takes a rename for each. What is to be done is therefore noted before
the first of them, with what the state will say: the next command finishes what a killed build had
begun. What stood there is kept aside until the end: where a rename is refused, all are undone.
"""

import contextlib
import errno
import json
import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from typing import Any

from ess_access.errors import EditionError, EssAccessError
from ess_access.pipeline.publish import unwritable
from ess_access.pipeline.sources import sha256_of
from ess_access.pipeline.state import HIDDEN, EditionRecord, Stamp, State, plain_record, record_from

__all__ = ["Move", "finish", "is_pending", "publish", "read_move", "stage_folder"]

_NOTE = ".move"


@dataclass(frozen=True, slots=True)
class Move:
    """An edition that goes from its staging folder to its place, and the files that leave it.

    ``left`` are files of the edition that stood there and of no other now. The record's stamps are
    not known before the files are there.
    """

    record: EditionRecord
    left: tuple[str, ...]

    def as_text(self) -> str:
        """Write it as :func:`read_move` reads it."""
        return json.dumps({"record": plain_record(self.record), "left": self.left})


def read_move(text: str) -> Move | None:
    """Read a note; ``None`` for one that was cut short, or that another version wrote."""
    try:
        value: dict[str, Any] = json.loads(text)
        left = tuple(str(path) for path in value["left"])
        parts = [PurePosixPath(path) for path in left]
        if any(path.is_absolute() or ".." in path.parts for path in parts):
            return None  # nothing outside the output folder is ours to remove
        return Move(record_from(value["record"]), left)
    except (ValueError, KeyError, TypeError, AttributeError):
        return None


def stage_folder(output: Path) -> Path:
    """Give the folder in which builds stage their editions."""
    return output / HIDDEN / "stage"


def is_pending(output: Path) -> bool:
    """Say whether a move was begun in an output folder and not yet finished."""
    return any(True for _ in _notes(output))


def _notes(output: Path) -> Iterator[Path]:
    return stage_folder(output).glob(f"*/*{_NOTE}")


def publish(output: Path, stage: Path, move: Move, state: State) -> EditionRecord:
    """Move an edition into its place and record it: all of this, or nothing.

    Raises EditionError when that is refused; then the old edition stands as it was.
    """
    moving = _Moving(output, stage, move)
    try:
        moving.prepare()
    except OSError as error:
        moving.clear()
        raise unwritable(moving.folder, error) from error
    except EssAccessError:
        moving.clear()
        raise
    try:
        record = moving.forward(state)
    except EssAccessError:
        moving.back()
        moving.clear()
        raise
    moving.clear()
    return record


def finish(output: Path) -> None:
    """Finish the moves that a build had begun, then sweep the staging folders away.

    Forward: what is moved was complete and checked. Where that is not possible any more, back;
    where neither is, the next plan finds the edition altered. For who holds the folder's lock.
    """
    for note in sorted(_notes(output)):
        with contextlib.suppress(OSError, EssAccessError):
            move = read_move(note.read_text(encoding="utf-8"))
            if move is not None:
                _resume(_Moving(output, note.with_suffix(""), move))
    shutil.rmtree(stage_folder(output), ignore_errors=True)


def _resume(moving: "_Moving") -> None:
    try:
        if moving.is_whole():
            moving.forward(State(moving.output))
            moving.leave_no_empty_folder()
            return
    except EssAccessError:
        pass  # refused: as a build does, it is undone
    moving.back()


class _Moving:
    """The steps of a move. ``stage`` holds the new files under their own names."""

    def __init__(self, output: Path, stage: Path, move: Move) -> None:
        self.output = output
        self._stage = stage
        self._move = move
        self._note = stage.with_name(stage.name + _NOTE)
        self._aside = stage.with_name(stage.name + ".old")
        files = [PurePosixPath(file.path) for file in move.record.files]
        self.folder = output / files[0].parent if files else output

    def prepare(self) -> None:
        """Look for what would refuse the move, keep what stands there, note what is to be done.

        Raises OSError or EditionError; nothing was changed then.
        """
        self.folder.mkdir(parents=True, exist_ok=True)
        for path, staged in self._files():
            if path.is_dir():
                raise IsADirectoryError(errno.EISDIR, "", str(path))
            _to_disk(staged)
        self._aside.mkdir()
        for number, (path, _) in enumerate(self._files()):
            if os.path.lexists(path):
                _keep(path, self._aside / str(number))
        temporary = self._note.with_suffix(".new")
        temporary.write_text(self._move.as_text(), encoding="utf-8")
        _to_disk(temporary)
        temporary.replace(self._note)

    def is_whole(self) -> bool:
        """Say whether each new file is there, staged or in its place, as it was made."""
        return all(
            any(_is(place, file.digest) for place in (staged, path))
            for file, (path, staged) in zip(self._move.record.files, self._files(), strict=True)
        )

    def forward(self, state: State) -> EditionRecord:
        """Move what is not moved yet, and record the edition. Raises EditionError."""
        path = self.folder
        try:
            for path, kept in self._left():
                if os.path.lexists(path) and not path.is_dir():  # a folder is not ours
                    path.replace(kept)
            for path, staged in self._files():
                if staged.exists():
                    staged.replace(path)
            stamps = tuple(Stamp.of(path) for path, _ in self._files())
        except OSError as error:
            raise _refused(path, error) from error
        record = replace(self._move.record, stamps=stamps)
        state.add(record)
        return record

    def back(self) -> None:
        """Put back what stood there, as far as that is possible."""
        files = zip(self._move.record.files, self._files(), strict=True)
        for number, (file, (path, staged)) in enumerate(files):
            kept = self._aside / str(number)
            with contextlib.suppress(OSError):
                if os.path.lexists(staged):
                    continue  # never moved
                if os.path.lexists(kept):
                    kept.replace(path)
                elif _is(path, file.digest):
                    path.unlink()
        for path, kept in self._left():
            with contextlib.suppress(OSError):
                if os.path.lexists(kept) and not os.path.lexists(path):
                    kept.replace(path)
        _remove_empty(self.folder, self.output)

    def clear(self) -> None:
        """Forget the move, and remove what was kept aside and staged."""
        with contextlib.suppress(OSError):
            self._note.unlink(missing_ok=True)
        for folder in (self._aside, self._stage):
            shutil.rmtree(folder, ignore_errors=True)
        self.leave_no_empty_folder()

    def leave_no_empty_folder(self) -> None:
        """Remove the folders in which nothing is left."""
        for folder in {self.folder, *(path.parent for path, _ in self._left())}:
            _remove_empty(folder, self.output)

    def _files(self) -> Iterator[tuple[Path, Path]]:
        """Yield where each file of the new edition goes, and where it comes from."""
        for file in self._move.record.files:
            yield self.output / file.path, self._stage / PurePosixPath(file.path).name

    def _left(self) -> Iterator[tuple[Path, Path]]:
        """Yield each file that leaves, and where it is kept until all is done."""
        for number, name in enumerate(self._move.left):
            yield self.output / name, self._aside / f"left-{number}"


def _keep(path: Path, kept: Path) -> None:
    """Have a second name for a file, or a copy where the disk has no such names."""
    try:
        os.link(path, kept, follow_symlinks=os.link not in os.supports_follow_symlinks)
    except OSError:  # also: another account's file, which Linux lets nobody else name
        try:
            shutil.copy2(path, kept, follow_symlinks=False)
        except OSError as error:
            raise _refused(path, error) from error


def _to_disk(path: Path) -> None:
    """Have the machine write a file out: after a loss of power, no renamed file is empty."""
    with path.open("r+b") as stream:
        os.fsync(stream.fileno())


def _is(path: Path, digest: str) -> bool:
    try:
        return sha256_of(path) == digest
    except OSError:
        return False


def _refused(path: Path, error: OSError) -> EditionError:
    """Tell a file that cannot be replaced from a folder that cannot be written."""
    there = path.exists() and os.access(path.parent, os.W_OK)
    if there and error.errno in (errno.EACCES, errno.EPERM, errno.EBUSY, errno.ETXTBSY):
        return EditionError("output-held", file=str(path))
    return unwritable(path.parent, error)


def _remove_empty(folder: Path, output: Path) -> None:
    for each in (folder, *folder.parents):
        if each == output or not each.is_relative_to(output):
            break
        try:
            each.rmdir()
        except OSError:  # something lies there
            break
