"""An edition of three files in its place, another to put there, and deaths on the way."""

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import Any
from unittest.mock import patch

from ess_access.pipeline.moves import Move, publish, stage_folder
from ess_access.pipeline.outcome import FileRecord
from ess_access.pipeline.state import EditionRecord, Stamp, State
from pipeline_records import RECORD

FOLDER = "a/guide"
FILES = ("guide.brf", "guide.pef", "guide.txt")


class Killed(BaseException):
    """The process is no more; not even its clean-up runs."""


class Edition:
    """``guide.brf``, ``guide.pef``, ``guide.txt`` and the former one’s ``extra`` files."""

    def __init__(self, output: Path, *, extra: tuple[str, ...] = ()) -> None:
        shutil.rmtree(output, ignore_errors=True)
        self.output = output
        self.extra = extra
        self.old = self._record("old", (*FILES, *extra))
        self.new = self._record("new", FILES)
        folder = output / FOLDER
        folder.mkdir(parents=True)
        for name in (*FILES, *extra):
            (folder / name).write_text("old")
        stamps = tuple(Stamp.of(output / file.path) for file in self.old.files)
        State(output).add(replace(self.old, stamps=stamps))
        self.stage = stage_folder(output) / "token/0-braille"
        self.stage.mkdir(parents=True)
        for name in FILES:
            (self.stage / name).write_text("new")

    @staticmethod
    def _record(text: str, names: tuple[str, ...]) -> EditionRecord:
        digest = sha256(text.encode()).hexdigest()
        files = tuple(FileRecord(f"{FOLDER}/{name}", "text/plain", 3, digest) for name in names)
        return replace(RECORD, key=text, files=files, stamps=tuple(Stamp(0, 0) for _ in files))

    def publish(self, *, killed_at: str = "") -> list[str]:
        """Publish the new edition; give the steps that it took."""
        move = Move(self.new, tuple(f"{FOLDER}/{name}" for name in self.extra))
        with steps(killed_at) as taken:
            publish(self.output, self.stage, move, State(self.output))
        return taken

    def standing(self) -> dict[str, str]:
        """Give what people find."""
        folder = self.output / FOLDER
        return {path.name: path.read_text() for path in sorted(folder.iterdir())}

    def is_old(self) -> bool:
        """Say whether the old edition stands, nothing else, and the state knows it."""
        return self._is(self.old, dict.fromkeys(sorted((*FILES, *self.extra)), "old"))

    def is_new(self) -> bool:
        """Say whether the new edition stands, nothing else, and the state knows it."""
        return self._is(self.new, dict.fromkeys(FILES, "new"))

    def _is(self, edition: EditionRecord, standing: dict[str, str]) -> bool:
        (record,) = State(self.output).records.values()
        return (
            self.standing() == standing
            and (record.key, record.files) == (edition.key, edition.files)
            and not stage_folder(self.output).exists()
        )


@contextmanager
def steps(killed_at: str) -> Iterator[list[str]]:
    """List the changes that are made to the disk; die before one of them (once)."""
    taken: list[str] = []

    def watched(kind: str, change: Callable[..., Any]) -> Callable[..., Any]:
        def step(path: Any, *rest: Any, **more: Any) -> Any:
            name = Path(path).name if isinstance(path, str | Path) else ""
            taken.append(f"{kind} {name}".strip())
            if taken[-1] == killed_at:
                raise Killed
            return change(path, *rest, **more)

        return step

    with (
        patch.object(Path, "replace", watched("replace", Path.replace)),
        patch.object(Path, "unlink", watched("unlink", Path.unlink)),
        patch.object(Path, "write_text", watched("write", Path.write_text)),
        patch.object(Path, "mkdir", watched("mkdir", Path.mkdir)),
        patch.object(os, "link", watched("link", os.link)),
        patch.object(shutil, "rmtree", watched("rmtree", shutil.rmtree)),
        patch.object(State, "add", watched("add", State.add)),
    ):
        yield taken
