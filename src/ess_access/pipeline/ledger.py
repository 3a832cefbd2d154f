"""Where the records of an output folder are written: a file that grows by one line an edition.

On an address, where no file can grow, each record is a file of its own until the build ends.
"""

import contextlib
import json
import re
from pathlib import Path
from typing import Protocol

from ess_access.pipeline.publish import unwritable
from ess_access.pipeline.stores import Absent, Store

__all__ = ["FolderLedger", "Ledger", "StoreLedger"]

_STATE = "state.jsonl"


class Ledger(Protocol):
    """Lines that are appended one at a time and outlive the death of the process."""

    def load(self) -> str:
        """Give all lines; the last one may have been cut short."""
        ...

    def append(self, line: str) -> None:
        """Add a line, which ends in a line feed. Raises EditionError where that is refused."""
        ...

    def is_long(self, lines: int, records: int) -> bool:
        """Say whether the lines are worth writing anew, for as many records."""
        ...

    def replace(self, text: str) -> bool:
        """Put other lines in the place of all; say whether it was done: nothing is lost if not."""
        ...


class FolderLedger:
    """The file ``state.jsonl`` of a folder."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / _STATE
        self._torn = False

    def load(self) -> str:
        """Read the file; without it, there are no lines. Raises EditionError for one in the way."""
        try:
            text = self._path.read_text(encoding="utf-8", errors="replace")
        except (FileNotFoundError, NotADirectoryError):
            text = ""
        except OSError as error:  # to take it for none would have every edition made again
            raise unwritable(self._path, error) from error
        # After a line that was cut short, the next record begins a line of its own.
        self._torn = bool(text) and not text.endswith("\n")
        return text

    def append(self, line: str) -> None:
        """Append to the file."""
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            with self._path.open("a", encoding="utf-8") as stream:
                stream.write("\n" + line if self._torn else line)
        except OSError as error:  # a part of the line may be there
            self._torn = True
            raise unwritable(self._path.parent.parent, error) from error
        self._torn = False

    def is_long(self, lines: int, records: int) -> bool:
        """Say whether most of the lines are out of date."""
        return lines > 2 * records + 10

    def replace(self, text: str) -> bool:
        """Write a new file and rename it."""
        temporary = self._path.with_suffix(".new")
        try:
            temporary.write_text(text, encoding="utf-8")
            temporary.replace(self._path)
        except OSError:  # the long file says the same: nothing is lost
            with contextlib.suppress(OSError):
                temporary.unlink(missing_ok=True)
            return False
        self._torn = False
        return True


_ENTRY = re.compile(r"journal/(\d{8})\.jsonl")


class StoreLedger:
    """``state.jsonl`` of a store, and ``journal/00000001.jsonl`` and so on, its lines since.

    The first line of ``state.jsonl`` says up to which entry it holds them: an entry that a build
    had no time to remove is passed over.
    """

    def __init__(self, store: Store) -> None:
        """``store`` is the hidden folder of the output."""
        self._store = store
        self._entries: list[str] = []
        self._number = 0

    def load(self) -> str:
        """Read the state and the entries of the journal that came after it."""
        listed = self._store.listing()
        text = ""
        if _STATE in listed:
            with contextlib.suppress(Absent):
                text = self._store.read(_STATE).decode(errors="replace")
        self._number = _folded(text)
        self._entries = sorted(name for name in listed if _ENTRY.fullmatch(name))
        later = [name for name in self._entries if _number(name) > self._number]
        read = self._store.read_all(later)
        if later:
            self._number = _number(later[-1])
        lines = [text, *(read[name].decode(errors="replace") for name in later if name in read)]
        return "\n".join(lines)

    def append(self, line: str) -> None:
        """Write the next entry of the journal."""
        self._number += 1
        name = f"journal/{self._number:08}.jsonl"
        self._store.write(name, line.encode())
        self._entries.append(name)

    def is_long(self, lines: int, records: int) -> bool:  # noqa: ARG002 - the protocol's signature
        """Say whether there are entries: reading one file is quicker than many."""
        return bool(self._entries)

    def replace(self, text: str) -> bool:
        """Write ``state.jsonl``, then remove the entries that it holds."""
        from ess_access.errors import EssAccessError

        head = json.dumps({"folded": self._number}) + "\n"
        try:
            self._store.write(_STATE, (head + text).encode())
            self._store.remove(self._entries)
        except EssAccessError:  # the journal says the same: nothing is lost
            return False
        self._entries = []
        return True


def _folded(text: str) -> int:
    """Read from the first line of the state which entries it holds."""
    try:
        return int(json.loads(text.partition("\n")[0])["folded"])
    except (ValueError, KeyError, TypeError):
        return 0


def _number(name: str) -> int:
    found = _ENTRY.fullmatch(name)
    return int(found[1]) if found else 0
