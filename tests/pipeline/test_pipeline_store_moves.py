"""At an address, an edition of several files is finished by the build after the one that died."""

from collections.abc import Iterator
from dataclasses import replace
from hashlib import sha256

import pytest

from dying_store import DyingStore, Killed, empty_stores
from ess_access.errors import EditionError
from ess_access.pipeline import store_lock
from ess_access.pipeline.addresses import Address
from ess_access.pipeline.moves import Move
from ess_access.pipeline.outcome import FileRecord
from ess_access.pipeline.state import EditionRecord, Stamp
from ess_access.pipeline.store_lock import StoreLock
from ess_access.pipeline.store_output import StoreOutput
from ess_access.pipeline.work import AwayStage
from pipeline_records import RECORD

FILES = ("guide.brf", "guide.pef", "guide.txt")
ADDRESS = Address("dying://library/editions")
ROOT = "/library/editions/"


@pytest.fixture
def store(monkeypatch: pytest.MonkeyPatch) -> Iterator[type[DyingStore]]:
    """Give a store; the process that held its lock is always dead, and asks nothing by itself."""
    monkeypatch.setattr(store_lock, "_is_dead", lambda _content: True)
    monkeypatch.setattr(StoreLock, "_keep", lambda _self, _ended: None)
    with empty_stores() as store:
        yield store


def _record(text: str, *names: str) -> EditionRecord:
    digest = sha256(text.encode()).hexdigest()
    files = tuple(FileRecord(f"guide/{name}", "text/plain", len(text), digest) for name in names)
    return replace(RECORD, key=text, files=files, stamps=tuple(Stamp(0, 0) for _ in files))


def _publish(text: str, *names: str, left: tuple[str, ...] = ()) -> None:
    output = StoreOutput(ADDRESS)
    with output.held(timeout_s=5):
        stage = output.stage("0-braille", elsewhere=True)
        assert isinstance(stage, AwayStage)
        for name in names:
            DyingStore().pipe_file(f"/library/editions/{stage.address.name}/{name}", text.encode())
        move = Move(_record(text, *names), tuple(f"guide/{name}" for name in left))
        output.publish(stage, move, output.state())


def _standing() -> dict[str, str]:
    return {
        name.removeprefix(f"{ROOT}guide/"): file.getvalue().decode()
        for name, file in DyingStore.store.items()
        if name.startswith(f"{ROOT}guide/")
    }


def _hidden() -> set[str]:
    return {name for name in DyingStore.store if name.startswith(f"{ROOT}.ess-access/stage/")}


def _known() -> str:
    (record,) = StoreOutput(ADDRESS).state().records.values()
    return record.key


@pytest.mark.parametrize("count", [1, 3], ids=["one file", "three files"])
def test_a_kill_at_any_request_is_mended_by_the_next_build(
    store: type[DyingStore], count: int
) -> None:
    names, left = FILES[:count], ("guide-4.txt",)
    _publish("old", *names, *left)
    kept = dict(store.store)
    store.asked.clear()
    _publish("new", *names, left=left)
    requests = len(store.asked)
    came = set()
    for at in range(1, requests + 1):
        store.store.clear()
        store.store.update(kept)
        store.asked.clear()
        store.at, store.for_good, store.fault = at, True, Killed
        with pytest.raises(Killed):
            _publish("new", *names, left=left)
        store.at = None
        with StoreOutput(ADDRESS).held(timeout_s=5):
            pass
        came.add(_known())
        wanted = dict.fromkeys((*names, *left) if _known() == "old" else names, _known())
        assert _standing() == wanted, at
        assert not _hidden(), at
    assert came == {"old", "new"}


@pytest.mark.parametrize("refused", FILES)
def test_a_copy_that_is_refused_is_said_and_done_by_the_next_build(
    store: type[DyingStore], monkeypatch: pytest.MonkeyPatch, refused: str
) -> None:
    _publish("old", *FILES)
    copy = store.cp_file

    def refuse(self: DyingStore, path1: str, path2: str, **options: object) -> None:
        if path2.endswith(f"guide/{refused}"):
            raise PermissionError
        copy(self, path1, path2, **options)

    with monkeypatch.context() as held:
        held.setattr(store, "cp_file", refuse)
        with pytest.raises(EditionError) as error:
            _publish("new", *FILES)
    assert error.value.key == "store-denied"
    if refused == FILES[0]:
        assert not _hidden()
        assert _standing() == dict.fromkeys(FILES, "old")
    with StoreOutput(ADDRESS).held(timeout_s=5):
        pass
    known = "old" if refused == FILES[0] else "new"
    assert (_known(), _standing()) == (known, dict.fromkeys(FILES, known))
    assert not _hidden()


def test_an_interrupt_between_two_copies_is_finished_before_the_build_ends(
    store: type[DyingStore], monkeypatch: pytest.MonkeyPatch
) -> None:
    _publish("old", *FILES)
    copy = store.cp_file
    struck: list[str] = []

    def strike(self: DyingStore, path1: str, path2: str, **options: object) -> None:
        if path2.endswith("guide/guide.pef") and not struck:
            struck.append(path2)
            raise KeyboardInterrupt
        copy(self, path1, path2, **options)

    monkeypatch.setattr(store, "cp_file", strike)
    with pytest.raises(KeyboardInterrupt):
        _publish("new", *FILES)
    assert (_known(), _standing()) == ("new", dict.fromkeys(FILES, "new"))
    assert not _hidden()
