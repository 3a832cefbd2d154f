"""Stores: what is listed, read and written, and how their errors are said."""

import errno
import sys
from collections.abc import Iterator
from pathlib import Path
from zipfile import ZipFile

import pytest

from dying_store import DyingStore, empty_stores
from ess_access.errors import ConfigurationError, EssAccessError, MissingError, SourceError
from ess_access.pipeline.addresses import Address
from ess_access.pipeline.ledger import StoreLedger
from ess_access.pipeline.state import State
from ess_access.pipeline.stores import Absent, Seen, Store, Taken, _seen
from pipeline_records import RECORD

PLACE = Address("dying://bucket/place")


@pytest.fixture
def disk() -> Iterator[type[DyingStore]]:
    with empty_stores() as store:
        yield store


def test_what_is_written_is_listed_read_copied_and_removed(
    disk: type[DyingStore], tmp_path: Path
) -> None:
    store = Store(PLACE)
    store.write("a/b.txt", b"one")
    (tmp_path / "c").write_bytes(b"three")
    store.upload(tmp_path / "c", "a/[c]*?.txt", "text/plain")
    store.write("a/b.txt", b"two")
    assert store.listing() == {"a/[c]*?.txt": Seen(5), "a/b.txt": Seen(3)}
    store.copy("a/b.txt", "d.txt")
    assert store.read_all(["a/b.txt", "d.txt", "a/[c]*?.txt", "none"]) == {
        "a/b.txt": b"two",
        "d.txt": b"two",
        "a/[c]*?.txt": b"three",
    }
    assert store.read("a/[c]*?.txt", end=2) == b"th"
    store.remove(["a/b.txt", "none", "a/[c]*?.txt"])
    assert list(store.listing()) == ["d.txt"]
    store.remove(["none", "nothing"])
    assert set(disk.store) == {"/bucket/place/d.txt"}


def test_a_neighbour_whose_name_begins_alike_is_not_below(disk: type[DyingStore]) -> None:
    disk().pipe_file("/bucket/placebo/a.txt", b"x")
    assert Store(PLACE).listing() == {}
    assert not Store(PLACE).exists()


def test_an_address_may_name_one_file(disk: type[DyingStore]) -> None:
    disk().pipe_file("/bucket/place", b"abc")
    assert Store(PLACE).listing() == {"": Seen(3)}


def test_what_is_not_there_is_absent(disk: type[DyingStore]) -> None:
    store = Store(PLACE)
    for ask in (store.seen, store.read):
        with pytest.raises(Absent):
            ask("a")
    with pytest.raises(Absent):
        store.copy("a", "b")
    disk().pipe_file("/bucket/place/a/b", b"x")
    with pytest.raises(Absent):  # a folder is no file
        store.seen("a")


def test_a_file_is_created_once(disk: type[DyingStore]) -> None:
    store = Store(PLACE)
    assert store.create("lock", b"one")
    assert not store.create("lock", b"two")
    assert store.read("lock") == b"one"


def test_a_server_that_refuses_a_second_file_without_a_word_is_understood(
    disk: type[DyingStore], monkeypatch: pytest.MonkeyPatch
) -> None:
    store = Store(PLACE)
    store.write("lock", b"one")

    def refuse(*_: object, **__: object) -> None:
        raise OSError(errno.EINVAL, "At least one of the preconditions did not hold")

    monkeypatch.setattr(disk, "pipe_file", refuse)
    assert not store.create("lock", b"two")
    with pytest.raises(EssAccessError) as error:
        store.create("other", b"two")
    assert error.value.key == "store-failed"


def test_a_store_that_knows_no_condition_writes_all_the_same(
    disk: type[DyingStore], monkeypatch: pytest.MonkeyPatch
) -> None:
    pipe = disk.pipe_file

    def plain(self: DyingStore, path: str, value: bytes) -> None:
        pipe(self, path, value)

    monkeypatch.setattr(disk, "pipe_file", plain)
    assert Store(PLACE).create("lock", b"one")
    assert Store(PLACE).read("lock") == b"one"


def test_an_archive_is_read_and_never_written(tmp_path: Path) -> None:
    with ZipFile(tmp_path / "guides.zip", "w") as archive:
        archive.writestr("a.md", "one")
        archive.writestr("img/plan.png", "two")
    store = Store(Address(f"zip://::file://{tmp_path}/guides.zip"))
    assert set(store.listing()) == {"a.md", "img/plan.png"}
    assert store.read("img/plan.png") == b"two"
    with pytest.raises(EssAccessError) as error:
        store.create("lock", b"x")
    assert error.value.key == "store-read-only"
    with pytest.raises(EssAccessError) as error:
        Store(Address(f"zip://::file://{tmp_path}/none.zip"))
    assert error.value.key == "store-absent"


def test_a_file_in_the_place_of_a_folder_is_said(disk: type[DyingStore]) -> None:
    store = Store(PLACE)
    store.write("a", b"x")
    with pytest.raises(EssAccessError) as error:
        store.write("a/b", b"y")
    assert error.value.key == "store-blocked"
    assert error.value.params == {"address": "dying://bucket/place", "file": "a/b"}


class EndpointConnectionError(Exception):
    """Named as botocore names it."""


class NoCredentialsError(Exception):
    """Named as botocore names it."""


class _ClientError(Exception):
    """Says what S3 said, as botocore does."""


def _translated() -> OSError:
    """Give an error as s3fs translates it: the code is in the words of its cause."""
    error = OSError(errno.EINVAL, "the token s3cret is no good")
    error.__cause__ = _ClientError("An error occurred (InvalidToken) when calling the PutObject")
    return error


@pytest.mark.parametrize(
    ("fault", "key"),
    [
        (PermissionError("s3cret"), "store-denied"),
        (NoCredentialsError("s3cret"), "store-denied"),
        (_translated(), "store-denied"),
        (ConnectionResetError("s3cret"), "store-unreachable"),
        (TimeoutError("s3cret"), "store-unreachable"),
        (EndpointConnectionError("s3cret"), "store-unreachable"),
        (NotImplementedError("s3cret"), "store-read-only"),
        (OSError(errno.EIO, "s3cret and connect.md"), "store-failed"),
        (_ClientError("An error occurred (SlowDown) when calling s3cret"), "store-failed"),
        (EOFError("s3cret"), "store-failed"),
    ],
)
def test_errors_of_a_store_are_said_in_our_words_and_never_in_its_own(
    disk: type[DyingStore], fault: Exception, key: str
) -> None:
    store = Store(Address("dying://bucket/place"), SourceError)
    disk.at, disk.fault = 1, lambda: fault
    with pytest.raises(SourceError) as error:
        store.read("connect.md")
    assert error.value.key == key
    assert "s3cret" not in str(error.value)
    assert error.value.__cause__ is None
    assert error.value.params["address"] == "dying://bucket/place"


def test_a_defect_is_not_taken_for_a_fault_of_the_store(disk: type[DyingStore]) -> None:
    disk.at, disk.fault = 1, lambda: ZeroDivisionError("ours")
    with pytest.raises(ZeroDivisionError):
        Store(PLACE).read("a")


def test_an_unknown_kind_of_store_is_a_fault_of_the_configuration() -> None:
    with pytest.raises(ConfigurationError) as error:
        Store(Address("nosuchstore://x"))
    assert error.value.key == "address-unknown"


@pytest.mark.parametrize(
    ("address", "package", "command"),
    [
        ("s3://bucket/a", "fsspec.core", "pip install 'ess-access[remote]'"),
        ("s3://bucket/a", "s3fs", "pip install 'ess-access[remote]'"),
        ("gs://bucket/a", "gcsfs", "pip install 'fsspec[gcs]'"),
        ("abfs://bucket/a", "adlfs", "pip install 'fsspec[abfs]'"),
    ],
)
def test_a_package_that_is_not_installed_is_named_with_its_command(
    monkeypatch: pytest.MonkeyPatch, address: str, package: str, command: str
) -> None:
    from fsspec.registry import _registry

    monkeypatch.delitem(_registry, Address(address).scheme, raising=False)
    monkeypatch.setitem(sys.modules, package, None)
    with pytest.raises(MissingError) as error:
        Store(Address(address))
    assert error.value.key == "store-missing"
    assert error.value.params == {"address": address, "command": command}


@pytest.mark.parametrize(
    ("told", "tag"),
    [
        ({"ETag": '"abc"'}, "abc"),
        ({"ETag": 'W/"abc"'}, ""),  # alike is not the same
        ({"etag": "0x8D", "size": 1}, "0x8D"),
        ({"md5Hash": "q1=="}, "q1=="),
        ({"ETag": ""}, ""),
        ({"mtime": 12}, ""),  # a time is no content
        ({"ETag": 12}, ""),
    ],
)
def test_the_tag_of_a_content_is_what_the_store_names_it_by(
    told: dict[str, object], tag: str
) -> None:
    assert _seen(told).tag == tag


def test_two_addresses_of_one_place_are_the_same(disk: type[DyingStore]) -> None:
    one, other = Store(PLACE / "a"), Store(Address("dying://bucket/place/a/"))
    assert one.identity == other.identity
    assert one.identity != Store(Address("memory://bucket/place/a")).identity


def test_a_walk_that_meets_a_folder_it_cannot_list_is_no_empty_folder(
    disk: type[DyingStore], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Sources would seem to be gone, and their editions be pruned."""
    from fsspec.spec import AbstractFileSystem

    disk().pipe_file("/bucket/place/a/b.md", b"x")
    disk().pipe_file("/bucket/place/c.md", b"x")
    listed = disk.ls

    def refuse(self: DyingStore, path: str, detail: bool = True, **options: object) -> object:
        if path.rstrip("/").endswith("/a"):
            raise PermissionError(path)
        return listed(self, path, detail=detail, **options)

    monkeypatch.setattr(disk, "find", AbstractFileSystem.find)
    assert set(Store(PLACE).listing()) == {"a/b.md", "c.md"}
    monkeypatch.setattr(disk, "ls", refuse)
    with pytest.raises(EssAccessError) as error:
        Store(PLACE).listing()
    assert error.value.key == "store-denied"


def test_taken_is_told_from_absent() -> None:
    assert not issubclass(Taken, Absent)


# --- the journal of the records ---


def test_records_outlive_a_build_that_never_ended(disk: type[DyingStore]) -> None:
    store = Store(PLACE)
    state = State(StoreLedger(store))
    state.add(RECORD)
    state.forget("a.md", "braille")
    state.add(RECORD)
    again = State(StoreLedger(store))
    assert list(again.records) == [("a.md", "braille")]
    again.forget("a.md", "braille")
    assert State(StoreLedger(store)).records == {}
    assert len(store.listing()) == 4


def test_the_journal_is_folded_into_one_file(disk: type[DyingStore]) -> None:
    store = Store(PLACE)
    state = State(StoreLedger(store))
    state.add(RECORD)
    state.compact()
    assert list(store.listing()) == ["state.jsonl"]
    again = State(StoreLedger(store))
    disk.asked.clear()
    again.compact()
    assert disk.asked == []  # nothing new, nothing written
    again.forget("a.md", "braille")
    assert State(StoreLedger(store)).records == {}


def test_an_entry_that_was_folded_and_not_removed_is_passed_over(disk: type[DyingStore]) -> None:
    store = Store(PLACE)
    state = State(StoreLedger(store))
    state.add(RECORD)
    old = store.read("journal/00000001.jsonl")
    state.forget("a.md", "braille")
    state.compact()
    store.write("journal/00000001.jsonl", old)
    again = State(StoreLedger(store))
    assert again.records == {}
    again.add(RECORD)
    assert "journal/00000003.jsonl" in store.listing()
    assert list(State(StoreLedger(store)).records) == [("a.md", "braille")]
