"""One build at a time at an address, as far as a store of objects can promise it.

The lock is a file that is created where there is none. Its holder writes it anew every few seconds,
so one that stays the same belongs to a build that died: it is taken over. A holder that was cut off
for so long finds another one's name there and publishes nothing more. Should two builds run all the
same, on a store that cannot create a file only once, each edition is still put in place whole.
"""

import contextlib
import hashlib
import json
import os
import secrets
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from ess_access.errors import EditionError, EssAccessError
from ess_access.pipeline.stores import Absent, Store

__all__ = ["StoreLock"]

_NAME = "lock"
_BEAT_S = 10.0
_STALE_S = 60.0
_LOOK_S = 1.0


class StoreLock:
    """The lock of an output at an address; ``store`` is its hidden folder."""

    def __init__(
        self,
        store: Store,
        shown: str,
        *,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], object] = time.sleep,
    ) -> None:
        """``clock`` and ``sleep`` count in seconds."""
        self._store = store
        self._shown = shown
        self._clock = clock
        self._sleep = sleep
        self._token = secrets.token_hex(8)
        self._beats = 0
        self._beaten = 0.0
        self._lost = False
        self._turn = threading.Lock()

    @contextmanager
    def held(
        self, *, timeout_s: float, waiting: Callable[[], object] = lambda: None
    ) -> Iterator[None]:
        """Hold the lock; call ``waiting`` once where another build does.

        Raises EditionError when it still does after ``timeout_s``, or for the store's faults.
        """
        self._acquire(timeout_s, waiting)
        ended = threading.Event()
        thread = threading.Thread(target=self._keep, args=(ended,), daemon=True)
        thread.start()
        try:
            yield
        finally:
            ended.set()
            thread.join()
            with contextlib.suppress(EssAccessError):  # it is taken over in a minute
                if self._is_ours():
                    self._store.remove([_NAME])

    def check(self) -> None:
        """Raise EditionError where the lock is another build's by now."""
        if self._clock() - self._beaten > 3 * _BEAT_S:  # this machine slept, or the network did
            self.beat()
        if self._lost:
            raise EditionError("output-taken", folder=self._shown)

    def beat(self) -> None:
        """Write the lock anew, as long as it is ours."""
        with self._turn:
            if not self._is_ours():
                self._lost = True
                return
            self._beats += 1
            self._store.write(_NAME, self._content())
            self._beaten = self._clock()

    def _acquire(self, timeout_s: float, waiting: Callable[[], object]) -> None:
        told = False
        started = since = self._clock()
        last = b""
        while not self._created():
            try:
                content = self._store.read(_NAME)
            except Absent:
                continue
            now = self._clock()
            if content != last:
                last, since = content, now
            if now - since > _STALE_S or _is_dead(content):
                self._take_over(content)
                continue
            if now - started > timeout_s:
                raise EditionError("output-in-use", folder=self._shown)
            if not told:
                waiting()
                told = True
            self._sleep(_LOOK_S)
        self._beaten = self._clock()

    def _created(self) -> bool:
        # A store that cannot create a file only once writes it: whose is it now?
        return self._store.create(_NAME, self._content()) and self._is_ours()

    def _take_over(self, content: bytes) -> None:
        with contextlib.suppress(Absent):
            if self._store.read(_NAME) == content:
                self._store.remove([_NAME])

    def _is_ours(self) -> bool:
        try:
            return _told(self._store.read(_NAME)).get("token") == self._token
        except Absent:
            return False

    def _content(self) -> bytes:
        told = {"token": self._token, "beat": self._beats, "at": _machine(), "pid": os.getpid()}
        return json.dumps(told).encode()

    def _keep(self, ended: threading.Event) -> None:
        while not ended.wait(_BEAT_S):
            # What cannot be written now may be in ten seconds; `check` tells if it lasts.
            with contextlib.suppress(EssAccessError):
                self.beat()


def _told(content: bytes) -> dict[str, object]:
    try:
        told = json.loads(content)
    except ValueError:
        return {}
    return told if isinstance(told, dict) else {}


def _is_dead(content: bytes) -> bool:
    """Say whether the holder ran here, among the processes that we see, and runs no more."""
    told = _told(content)
    pid = told.get("pid")
    if type(pid) is not int or pid <= 0 or not _machine() or told.get("at") != _machine():
        return False
    try:
        os.kill(pid, 0)  # asks, and sends nothing
    except (ProcessLookupError, OverflowError):
        return True
    except OSError:  # somebody else's: it lives
        return False
    return False


def _machine() -> str:
    """Name this run of this machine and this set of processes; ``""`` where nothing tells."""
    try:
        boot = Path("/proc/sys/kernel/random/boot_id").read_text(encoding="ascii")
        processes = Path("/proc/self/ns/pid").readlink()
    except OSError:
        return ""
    return hashlib.sha256(f"{boot}{processes}".encode()).hexdigest()[:16]
