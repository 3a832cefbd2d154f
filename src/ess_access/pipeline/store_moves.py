"""Put an edition in its place at an address, a whole file at a time, and finish what was cut off.

A store has no rename, and several files take as many requests. Before the first, what is to be done
is noted beside the staged files: the next build goes on from there. Nothing is undone: what refuses
one copy, the network or a right that was withdrawn, would refuse that as well.
"""

import contextlib
from collections.abc import Callable
from dataclasses import replace
from pathlib import PurePosixPath

from ess_access.errors import EditionError
from ess_access.pipeline.moves import Move, read_move
from ess_access.pipeline.outcome import FileRecord
from ess_access.pipeline.state import EditionRecord, Stamp, State
from ess_access.pipeline.stores import Absent, Store

__all__ = ["StoreMoves"]

_NOTE = ".move"


class StoreMoves:
    """Moves from ``stages``, a place ``above`` of the store ``output``, into their places.

    A stage is named ``token/edition``, as its files begin. All methods raise EditionError.
    """

    def __init__(self, output: Store, stages: Store, above: str) -> None:
        self._output = output
        self._stages = stages
        self._above = above
        self._begun: dict[str, Move] = {}
        self._kept: list[str] = []

    def publish(self, stage: str, move: Move, state: State) -> EditionRecord:
        """Copy the files, look at what the store made, record the edition.

        Where the first copy is refused, the old edition stands as it was; where it is a later one,
        the next build goes on.
        """
        # One file is the old one or the new one by itself.
        if len(move.record.files) == 1 and not move.left:
            return self._forward(stage, move, state, [])
        self._stages.write(stage + _NOTE, move.as_text().encode())
        placed: list[Stamp] = []
        self._begun[stage] = move
        try:
            record = self._forward(stage, move, state, placed)
        except EditionError:
            del self._begun[stage]
            if placed:
                self._kept.append(stage)
            raise
        del self._begun[stage]
        self._stages.remove([stage + _NOTE])
        return record

    def _forward(self, stage: str, move: Move, state: State, placed: list[Stamp]) -> EditionRecord:
        for file in move.record.files:
            placed.append(self._placed(stage, file))  # noqa: PERF401 - what is placed is told
        record = replace(move.record, stamps=tuple(placed))
        state.add(record)
        self._output.remove(move.left)
        return record

    def _placed(self, stage: str, file: FileRecord) -> Stamp:
        name = PurePosixPath(file.path).name
        try:
            self._output.copy(f"{self._above}/{stage}/{name}", file.path)
            seen = self._output.seen(file.path)
        except Absent as error:
            raise EditionError("store-lost", file=file.path) from error
        if seen.size_bytes != file.size_bytes:
            raise EditionError("store-lost", file=file.path)
        return Stamp(seen.size_bytes, 0, seen.tag)

    def finish(self, state: Callable[[], State]) -> None:
        """Finish what a killed build had begun, then remove all that is staged.

        What cannot be finished is forgotten: the next plan finds the edition altered.
        """
        found = self._stages.listing()
        for name in sorted(found):
            if not name.endswith(_NOTE):
                continue
            with contextlib.suppress(Absent):
                move = read_move(self._stages.read(name).decode(errors="replace"))
                if move is not None:
                    self._resume(name.removesuffix(_NOTE), move, state())
        self._stages.remove(found)

    def _resume(self, stage: str, move: Move, state: State) -> None:
        with contextlib.suppress(EditionError):
            self._forward(stage, move, state, [])

    def sweep(self, state: Callable[[], State]) -> None:
        """Finish what was cut off in this build, and remove what is staged for nothing."""
        for stage, move in self._begun.items():
            self._resume(stage, move, state())
        spared = tuple(f"{stage}{end}" for stage in self._kept for end in ("/", _NOTE))
        self._stages.remove(name for name in self._stages.listing() if not name.startswith(spared))
