"""One LibreOffice for many documents: its start costs more than the pages of most of them."""

import contextlib
import os
import subprocess
import sys
import tempfile
import threading
import time
import weakref
from functools import cache
from pathlib import Path

from ess_access.backends.large_print import keeper
from ess_access.backends.large_print.office import converted, office_command
from ess_access.errors import EditionError

__all__ = ["KeptOffice", "kept_office"]

# Without work for so long, it goes: longer than a start may take.
_IDLE_S = 150
_START_S = 120
_WORK_S = 300
_LOCK = ".~lock.open.txt#"


@cache
def kept_office() -> "KeptOffice":
    """Give the office of this process; it is started when first used, and ends with the process."""
    return KeptOffice()


class KeptOffice:
    """An office with a profile of its own and an open text, so that it stays.

    A conversion in the same profile is handed to it by LibreOffice itself. Not for what must prove
    that a font is embedded: documents share the fonts that they bring. Where it cannot be kept,
    each conversion starts an office of its own.
    """

    def __init__(self) -> None:
        self._turn = threading.Lock()
        self._keeper: subprocess.Popen[bytes] | None = None
        self._folder = Path()
        # Elsewhere a program forwards nothing, or pipes cannot be waited for.
        self._can_keep = sys.platform == "linux"

    def converted(self, path: Path, target: str, folder: Path) -> Path:
        """Convert a file. Raises MissingError without LibreOffice, EditionError when it fails."""
        with self._turn:
            if self._can_keep and self._is_ready():
                try:
                    self._say(keeper.BEGIN)
                    profile = self._folder / "profile"
                    made = converted(path, target, folder, _WORK_S, profile=profile)
                    self._say(keeper.END)
                except (EditionError, BrokenPipeError) as error:
                    self.close()
                    if isinstance(error.__cause__, subprocess.TimeoutExpired):
                        raise
                else:
                    return made
            return converted(path, target, folder, _WORK_S)

    def close(self) -> None:
        """End the office, if there is one."""
        if self._keeper is not None:
            _end(self._keeper)
            self._keeper = None

    def _say(self, word: bytes) -> None:
        if self._keeper is not None and self._keeper.stdin is not None:
            self._keeper.stdin.write(word)
            self._keeper.stdin.flush()

    def _is_ready(self) -> bool:
        """Start the office, unless it runs; say whether it can be kept at all."""
        if self._keeper is not None and self._keeper.poll() is None:
            return True
        self.close()
        self._folder = Path(tempfile.mkdtemp(prefix="ess-access-kept-"))
        text = self._folder / "open.txt"
        text.write_text("-\n", encoding="utf-8")
        command = [*office_command(self._folder / "profile"), "--nologo", str(text)]
        program = [sys.executable, "-I", "-S", keeper.__file__, str(_IDLE_S), str(self._folder)]
        self._keeper = subprocess.Popen(  # noqa: S603  # our own module, no shell
            [*program, *command],
            stdin=subprocess.PIPE,
            # It may outlive this program by seconds: nobody should wait for the end of its words.
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            # What it leaves behind when it is ended goes with the folder.
            env={**os.environ, "TMPDIR": str(self._folder)},
        )
        weakref.finalize(self, _end, self._keeper)
        end = time.monotonic() + _START_S
        # LibreOffice locks a text once it is open: from then on it takes work.
        while not (self._folder / _LOCK).exists():
            if self._keeper.poll() is not None or time.monotonic() > end:
                self.close()
                self._can_keep = False
                return False
            time.sleep(0.02)
        return True


def _end(process: "subprocess.Popen[bytes]") -> None:
    """Close the keeper's standard input: it ends the office, then itself."""
    if process.stdin is not None:
        with contextlib.suppress(BrokenPipeError):
            process.stdin.close()
    process.wait()
