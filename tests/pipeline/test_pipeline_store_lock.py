"""One build at a time at an address, by a clock of the test's own."""

import json
import os
import time
from collections.abc import Callable, Iterator

import pytest

from dying_store import DyingStore, empty_stores
from ess_access.errors import EditionError
from ess_access.pipeline import store_lock
from ess_access.pipeline.addresses import Address
from ess_access.pipeline.store_lock import StoreLock
from ess_access.pipeline.stores import Store

LOCK = "/output/lock"


class Clock:
    """Time that passes when somebody waits; ``meanwhile`` is called each time."""

    def __init__(self) -> None:
        self.now = 1000.0
        self.meanwhile: Callable[[], object] = lambda: None

    def __call__(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.now += seconds
        self.meanwhile()


@pytest.fixture
def store(monkeypatch: pytest.MonkeyPatch) -> Iterator[type[DyingStore]]:
    """Give an empty store; no lock is written by the true clock."""
    monkeypatch.setattr(StoreLock, "_keep", lambda _self, _ended: None)
    with empty_stores() as store:
        yield store


def _lock(clock: Clock) -> StoreLock:
    store = Store(Address("dying://output"))
    return StoreLock(store, "dying://output", clock=clock, sleep=clock.sleep)


def _foreign(beat: int = 0, **more: object) -> bytes:
    return json.dumps(
        {"token": "other", "beat": beat, "at": "elsewhere", "pid": 1, **more}
    ).encode()


def test_the_lock_is_there_while_it_is_held_and_gone_afterwards(store: type[DyingStore]) -> None:
    lock = _lock(Clock())
    with lock.held(timeout_s=0):
        assert LOCK in store.store
        lock.check()
    assert LOCK not in store.store
    with _lock(Clock()).held(timeout_s=0):
        assert LOCK in store.store


def test_a_build_waits_for_the_other_one(store: type[DyingStore]) -> None:
    clock = Clock()
    first, second = _lock(clock), _lock(clock)
    held = first.held(timeout_s=0)
    held.__enter__()

    def end_soon() -> None:
        if clock.now > 1020 and LOCK in store.store:
            held.__exit__(None, None, None)

    clock.meanwhile = end_soon
    told: list[float] = []
    with second.held(timeout_s=3600, waiting=lambda: told.append(clock.now)):
        assert 1020 < clock.now < 1030
    assert told == [pytest.approx(1000, abs=5)]
    with second.held(timeout_s=3600, waiting=lambda: told.append(0)):
        assert len(told) == 1


def test_a_build_that_waited_long_enough_says_who_is_in_its_way(store: type[DyingStore]) -> None:
    clock = Clock()
    beats = iter(range(10**6))

    def beat() -> None:
        store().pipe_file(LOCK, _foreign(next(beats)))

    beat()
    clock.meanwhile = beat
    with pytest.raises(EditionError) as error, _lock(clock).held(timeout_s=300):
        pytest.fail("two builds hold one lock")
    assert error.value.key == "output-in-use"
    assert error.value.params == {"folder": "dying://output"}
    assert clock.now > 1300
    assert LOCK in store.store


@pytest.mark.parametrize("content", [_foreign(), b"", b"no JSON", b"[]", b"\xff"])
def test_a_lock_that_nobody_writes_any_more_is_taken_over(
    store: type[DyingStore], content: bytes
) -> None:
    store().pipe_file(LOCK, content)
    clock = Clock()
    with _lock(clock).held(timeout_s=3600):
        assert 1060 < clock.now < 1065
    assert LOCK not in store.store


@pytest.mark.skipif(not store_lock._machine(), reason="only Linux tells one machine from another")
def test_a_process_that_died_here_is_not_waited_for(store: type[DyingStore]) -> None:
    dead = 2**22 + 1  # more than any number of a process
    store().pipe_file(LOCK, _foreign(at=store_lock._machine(), pid=dead))
    clock = Clock()
    with _lock(clock).held(timeout_s=0):
        assert clock.now == 1000


def test_a_process_that_lives_is_waited_for(store: type[DyingStore]) -> None:
    store().pipe_file(LOCK, _foreign(at=store_lock._machine(), pid=os.getpid()))
    with pytest.raises(EditionError), _lock(Clock()).held(timeout_s=5):
        pytest.fail("two builds hold one lock")


@pytest.mark.parametrize("pid", [0, -1, "1", None, True])
def test_a_number_that_is_no_process_tells_nothing(store: type[DyingStore], pid: object) -> None:
    store().pipe_file(LOCK, _foreign(at=store_lock._machine(), pid=pid))
    with pytest.raises(EditionError), _lock(Clock()).held(timeout_s=5):
        pytest.fail("two builds hold one lock")


def test_a_build_that_lost_its_lock_says_so_and_leaves_the_other_one_s(
    store: type[DyingStore],
) -> None:
    clock = Clock()
    lock = _lock(clock)
    with lock.held(timeout_s=0):
        store().pipe_file(LOCK, _foreign())
        lock.check()  # it has had news a moment ago
        clock.now += 31
        with pytest.raises(EditionError) as error:
            lock.check()
    assert error.value.key == "output-taken"
    assert store.store[LOCK].getvalue() == _foreign()


def test_a_build_whose_lock_was_removed_says_so(store: type[DyingStore]) -> None:
    clock = Clock()
    lock = _lock(clock)
    with lock.held(timeout_s=0):
        del store.store[LOCK]
        clock.now += 31
        with pytest.raises(EditionError):
            lock.check()


def test_a_beat_changes_the_lock(store: type[DyingStore]) -> None:
    lock = _lock(Clock())
    with lock.held(timeout_s=0):
        before = store.store[LOCK].getvalue()
        lock.beat()
        assert store.store[LOCK].getvalue() != before
        lock.check()


def test_where_a_store_cannot_create_a_file_only_once_the_last_one_holds_it(
    store: type[DyingStore], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Some stores pass over the condition: what is there afterwards decides."""
    pipe = store.pipe_file

    def careless(self: DyingStore, path: str, value: bytes, **_: object) -> None:
        pipe(self, path, value)
        pipe(self, path, _foreign())

    monkeypatch.setattr(store, "pipe_file", careless)
    with pytest.raises(EditionError) as error, _lock(Clock()).held(timeout_s=5):
        pytest.fail("two builds hold one lock")
    assert error.value.key == "output-in-use"


def test_the_lock_is_written_anew_as_long_as_it_is_held(
    store: type[DyingStore], monkeypatch: pytest.MonkeyPatch
) -> None:
    """By the true clock, however late: the test waits for the beat, not for a time."""
    monkeypatch.undo()
    monkeypatch.setattr(store_lock, "_BEAT_S", 0.001)
    with StoreLock(Store(Address("dying://output")), "dying://output").held(timeout_s=0):
        while not json.loads(store.store[LOCK].getvalue())["beat"]:
            time.sleep(0.001)
    assert LOCK not in store.store
