"""A build at an address that dies or is refused at any request leaves whole editions."""

import hashlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from dying_store import DyingStore, Killed, empty_stores
from ess_access.errors import EssAccessError
from ess_access.pipeline import store_lock
from ess_access.pipeline.addresses import Address
from ess_access.pipeline.config import Config
from ess_access.pipeline.events import Event
from ess_access.pipeline.outcome import BuildOutcome
from ess_access.pipeline.outputs import Output
from ess_access.pipeline.runner import Build
from ess_access.pipeline.store_lock import StoreLock

FORMAT = "large-print"
OUTPUT = "/library/editions/"


@pytest.fixture
def store(monkeypatch: pytest.MonkeyPatch) -> Iterator[type[DyingStore]]:
    """Give a store with two guides; the process that held its lock is always dead."""
    monkeypatch.setattr(store_lock, "_is_dead", lambda _content: True)
    # On a slow machine, the lock's own requests would be counted too.
    monkeypatch.setattr(StoreLock, "_keep", lambda _self, _ended: None)
    with empty_stores() as store:
        _write("guide.md", "# Guide\n\nBonjour.\n")
        _write("statuts/loi.md", "# Loi\n\nArticle premier.\n")
        store.asked.clear()
        yield store


def _write(name: str, text: str) -> None:
    DyingStore().pipe_file(f"/library/guides/{name}", text.encode())


def _build(*, prune: bool = False) -> BuildOutcome:
    def listen(event: Event) -> None:
        assert event

    def report(outcome: BuildOutcome, output: Output) -> None:
        output.write("report.json", str(outcome.exit_code).encode())

    config = Config([], formats=[FORMAT])
    places = (Address("dying://library/guides"),)
    build = Build(
        places, Address("dying://library/editions"), config, executor="serial", prune=prune
    )
    return build.run(listen, report)


def _attempt() -> tuple[int, str]:
    """Build; give the exit code, and the key of what stopped everything."""
    try:
        return _build().exit_code, ""
    except EssAccessError as error:
        return error.exit_code, error.key


def _editions() -> dict[str, str]:
    return {
        name: hashlib.sha256(file.getvalue()).hexdigest()
        for name, file in DyingStore.store.items()
        if name.startswith(OUTPUT) and name.endswith(".docx") and ".ess-access" not in name
    }


def _requests_of_a_build(store: type[DyingStore]) -> int:
    """Build once on a copy of what is there, and count."""
    kept = dict(store.store)
    store.asked.clear()
    _build()
    count = len(store.asked)
    store.store.clear()
    store.store.update(kept)
    store.asked.clear()
    return count


def test_a_build_killed_at_any_request_leaves_old_or_new_editions(
    store: type[DyingStore], tmp_path: Path
) -> None:
    _build()
    old = _editions()
    before = dict(store.store)
    _write("guide.md", "# Guide\n\nBonsoir.\n")
    _write("nouveau.md", "# Nouveau\n\nBonne nuit.\n")
    changed = dict(store.store)
    count = _requests_of_a_build(store)
    _build()
    new = _editions()
    assert before != changed
    assert len(old) == 2
    assert len(new) == 3
    for at in range(1, count + 1):
        store.store.clear()
        store.store.update(changed)
        store.asked.clear()
        store.at, store.for_good, store.fault = at, True, Killed
        with pytest.raises(Killed):
            _build()
        store.at = None
        for name, digest in _editions().items():
            assert digest in (old.get(name), new[name]), (at, name)
        assert _editions().keys() >= old.keys(), at
        assert _build().exit_code == 0
        assert _editions() == new, at
        left = {name for name in store.store if ".ess-access" in name}
        assert left == {f"{OUTPUT}.ess-access/state.jsonl"}, at


@pytest.mark.parametrize("fault", [ConnectionResetError, PermissionError, OSError])
def test_a_fault_at_any_request_is_said_and_mended_by_the_next_build(
    store: type[DyingStore], fault: type[OSError]
) -> None:
    fresh = dict(store.store)
    count = _requests_of_a_build(store)
    _build()
    new = _editions()
    for at in range(1, count + 1):
        store.store.clear()
        store.store.update(fresh)
        store.asked.clear()
        store.at, store.for_good, store.fault = at, False, fault
        code, key = _attempt()
        # Nothing was lost, or it is said: never a defect of ours.
        assert code in (0, 4, 6), at
        assert key.startswith("store-") or not key, at
        if code == 0:
            assert _editions() == new, at
        store.at = None
        for name, digest in _editions().items():
            assert digest == new[name], (at, name)
        assert _build().exit_code == 0
        assert _editions() == new, at


def test_a_store_that_only_reads_is_said_before_anything_is_made(
    store: type[DyingStore], monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise NotImplementedError

    monkeypatch.setattr(store, "pipe_file", refuse)
    with pytest.raises(EssAccessError) as error:
        _build()
    assert (error.value.key, error.value.exit_code) == ("store-read-only", 6)
    assert error.value.params == {"address": "dying://library/editions"}
    assert not [name for name in store.store if name.startswith(OUTPUT)]


def test_an_edition_that_the_store_loses_as_it_is_published_is_said(
    store: type[DyingStore], monkeypatch: pytest.MonkeyPatch
) -> None:
    copy = store.cp_file

    def lose(self: DyingStore, path1: str, path2: str, **options: object) -> None:
        copy(self, path1, path2, **options)
        if path2.endswith("guide.large-print.docx"):
            del self.store[path2]

    monkeypatch.setattr(store, "cp_file", lose)
    outcome = _build()
    faults = {
        source.name: edition.fault.key if edition.fault else ""
        for source in outcome.sources
        for edition in source.editions
    }
    assert faults == {"guide.md": "store-lost", "statuts/loi.md": ""}
    assert outcome.exit_code == 6
    monkeypatch.undo()
    monkeypatch.setattr(store_lock, "_is_dead", lambda _content: True)
    assert _build().exit_code == 0
    assert len(_editions()) == 2


def test_a_damaged_edition_is_made_again(store: type[DyingStore]) -> None:
    _build()
    whole = _editions()
    name = next(iter(whole))
    for data in (b"", b"half", store.store[name].getvalue()[::-1]):
        DyingStore().pipe_file(name, data)
        assert _editions() != whole
        assert _build().exit_code == 0
        assert _editions() == whole


def test_a_damaged_state_costs_work_and_nothing_else(store: type[DyingStore]) -> None:
    _build()
    whole = _editions()
    state = f"{OUTPUT}.ess-access/state.jsonl"
    text = store.store[state].getvalue()
    for data in (b"", b"\xff\xfe", text[: len(text) // 2], text.partition(b"\n")[2], b"[]\n[]"):
        DyingStore().pipe_file(state, data)
        assert _build().exit_code == 0
        assert _editions() == whole


def test_what_left_is_removed_only_when_asked(store: type[DyingStore]) -> None:
    _build()
    del store.store["/library/guides/statuts/loi.md"]
    assert len(_build().orphans) == 1
    assert len(_editions()) == 2
    assert _build(prune=True).orphans == ()
    assert list(_editions()) == [f"{OUTPUT}guide/guide.large-print.docx"]
    assert _build(prune=True).orphans == ()
