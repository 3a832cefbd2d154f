"""The cache gives back the bytes that were kept, or nothing."""

import json
import os
import shutil
import threading
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ess_access.errors import ConfigurationError
from ess_access.pipeline.cache import EditionCache, evict, size_of
from ess_access.pipeline.cache_folder import claim, clear

KEY = "ab" + "0" * 62


@pytest.fixture
def made(tmp_path: Path) -> tuple[Path, ...]:
    folder = tmp_path / "made"
    folder.mkdir()
    for name in ("a.brf", "a.pef", "d\udce9j\udce0.txt"):
        (folder / name).write_bytes(name.encode("utf-8", "surrogateescape"))
    return tuple(sorted(folder.iterdir()))


def stage(tmp_path: Path, name: str = "stage") -> Path:
    folder = tmp_path / name
    folder.mkdir()
    return folder


def entry(tmp_path: Path) -> Path:
    return tmp_path / "cache/editions/ab" / KEY


def test_an_entry_comes_back_byte_for_byte(tmp_path: Path, made: tuple[Path, ...]) -> None:
    EditionCache(tmp_path / "cache").keep(KEY, made, "dit \udce9")
    into = stage(tmp_path)
    assert EditionCache(tmp_path / "cache").restore(KEY, into) == "dit \udce9"
    assert {file.name: file.read_bytes() for file in into.iterdir()} == {
        file.name: file.read_bytes() for file in made
    }


def test_what_was_never_kept_is_not_there(tmp_path: Path) -> None:
    assert EditionCache(tmp_path / "cache").restore(KEY, stage(tmp_path)) is None


def test_without_a_folder_nothing_is_kept(tmp_path: Path, made: tuple[Path, ...]) -> None:
    EditionCache(None).keep(KEY, made, "x")
    assert EditionCache(None).restore(KEY, stage(tmp_path)) is None


def _damages() -> dict[str, object]:
    def manifest(change: dict[str, object]) -> object:
        def apply(folder: Path) -> None:
            path = folder / "manifest.json"
            path.write_text(json.dumps({**json.loads(path.read_text()), **change}))

        return apply

    def become_a_file(folder: Path) -> None:
        shutil.rmtree(folder)
        folder.write_text("x")

    return {
        "a file is gone": lambda folder: (folder / "a.brf").unlink(),
        "a file is altered": lambda folder: (folder / "a.brf").write_bytes(b"x"),
        "a file is cut": lambda folder: os.truncate(folder / "a.pef", 1),
        "a file is a folder": lambda folder: (
            (folder / "a.brf").unlink(),
            (folder / "a.brf").mkdir(),
        ),
        "no manifest": lambda folder: (folder / "manifest.json").unlink(),
        "manifest cut": lambda folder: os.truncate(folder / "manifest.json", 9),
        "manifest empty": lambda folder: os.truncate(folder / "manifest.json", 0),
        "manifest is a list": lambda folder: (folder / "manifest.json").write_text("[]"),
        "manifest is deep": lambda folder: (folder / "manifest.json").write_text("[" * 99_999),
        "manifest is no text": lambda folder: (folder / "manifest.json").write_bytes(b"\xff"),
        "kept altered": manifest({"kept": "{"}),
        "files altered": manifest({"files": {}}),
        "files a list": manifest({"files": ["a.brf"]}),
        "a name that climbs": manifest({"files": {"../../../../evil": "0"}}),
        "entry is a file": become_a_file,
    }


@pytest.mark.parametrize("damage", _damages())
def test_a_damaged_entry_is_dropped_and_can_be_kept_again(
    tmp_path: Path, made: tuple[Path, ...], damage: str
) -> None:
    cache = EditionCache(tmp_path / "cache")
    cache.keep(KEY, made, "dit")
    _damages()[damage](entry(tmp_path))  # type: ignore[operator]
    into = stage(tmp_path)
    assert cache.restore(KEY, into) is None
    assert list(into.iterdir()) == []
    cache.keep(KEY, made, "dit")
    assert cache.restore(KEY, into) == "dit"


@settings(max_examples=80, deadline=None)
@given(at=st.integers(0, 10_000), bit=st.integers(0, 7))
def test_no_flipped_bit_of_the_manifest_goes_unseen(
    tmp_path_factory: pytest.TempPathFactory, at: int, bit: int
) -> None:
    base = tmp_path_factory.mktemp("bits")
    file = base / "a.brf"
    file.write_bytes(b"braille")
    cache = EditionCache(base / "cache")
    cache.keep(KEY, [file], '{"files": [], "findings": []}')
    path = entry(base) / "manifest.json"
    data = bytearray(path.read_bytes())
    data[at % len(data)] ^= 1 << bit
    path.write_bytes(bytes(data))
    assert cache.restore(KEY, stage(base)) in (None, '{"files": [], "findings": []}')


def test_keeping_twice_keeps_the_first(tmp_path: Path, made: tuple[Path, ...]) -> None:
    cache = EditionCache(tmp_path / "cache")
    cache.keep(KEY, made, "first")
    cache.keep(KEY, made, "second")
    assert cache.restore(KEY, stage(tmp_path)) == "first"
    assert [each.name for each in (tmp_path / "cache/editions").iterdir()] == ["ab"]


def test_builds_that_keep_together_leave_one_whole_entry(
    tmp_path: Path, made: tuple[Path, ...]
) -> None:
    cache = EditionCache(tmp_path / "cache")
    threads = [threading.Thread(target=cache.keep, args=(KEY, made, "x")) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert cache.restore(KEY, stage(tmp_path)) == "x"
    assert [each.name for each in (tmp_path / "cache/editions").iterdir()] == ["ab"]


def test_a_cache_that_cannot_be_written_fails_no_build(
    tmp_path: Path, made: tuple[Path, ...]
) -> None:
    (tmp_path / "cache").write_text("a file in the way")
    cache = EditionCache(tmp_path / "cache")
    cache.keep(KEY, made, "x")
    assert cache.restore(KEY, stage(tmp_path)) is None


def test_a_file_that_is_gone_is_not_kept(tmp_path: Path) -> None:
    cache = EditionCache(tmp_path / "cache")
    cache.keep(KEY, [tmp_path / "absent"], "x")
    assert cache.restore(KEY, stage(tmp_path)) is None
    assert list((tmp_path / "cache/editions").glob("new-*")) == []


# --- size ---


def _fill(tmp_path: Path) -> Path:
    """Keep three editions and an utterance, each 1,000 bytes and older than the next."""
    folder = tmp_path / "cache"
    cache = EditionCache(folder)
    file = tmp_path / "x"
    file.write_bytes(b"x" * 1_000)
    for number, key in enumerate(("aa", "bb", "cc")):
        cache.keep(key * 32, [file], "")
        os.utime(folder / "editions" / key / (key * 32), (number, number))
    (folder / "audio").mkdir()
    (folder / "audio/utterance").write_bytes(b"x" * 1_000)
    os.utime(folder / "audio/utterance", (9, 9))
    return folder


def _left(folder: Path) -> list[str]:
    return sorted(
        each.name[:2] for each in folder.glob("*/*") if any(each.rglob("*")) or each.is_file()
    )


def test_the_oldest_leave_first_and_whole(tmp_path: Path) -> None:
    folder = _fill(tmp_path)
    whole = size_of(folder)
    assert whole > 4_000
    removed = evict(folder, whole - 1_500)
    assert removed >= 1_500
    assert _left(folder) == ["cc", "ut"]
    assert size_of(folder) == whole - removed


def test_what_was_used_lately_stays(tmp_path: Path) -> None:
    folder = _fill(tmp_path)
    assert EditionCache(folder).restore("aa" * 32, stage(tmp_path)) == ""
    evict(folder, size_of(folder) - 1)
    assert "aa" in _left(folder)


def test_what_is_quickly_made_again_leaves_first(tmp_path: Path) -> None:
    folder = _fill(tmp_path)
    spare = folder / "audio/spare/clips/spoken"
    spare.parent.mkdir(parents=True)
    spare.write_bytes(b"x" * 1_000)
    os.utime(spare, (99, 99))
    assert evict(folder, size_of(folder) - 1) == 1_000
    assert not spare.exists()
    assert {"aa", "bb", "cc", "ut"} <= set(_left(folder))


def test_a_link_out_of_the_cache_is_not_followed(tmp_path: Path) -> None:
    folder = _fill(tmp_path)
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "mine").write_bytes(b"x" * 9_000)
    (folder / "link").symlink_to(outside)
    evict(folder, 0)
    assert (outside / "mine").exists()


def test_a_cache_that_is_small_enough_is_left_alone(tmp_path: Path) -> None:
    folder = _fill(tmp_path)
    assert evict(folder, 10_000_000) == 0
    assert len(_left(folder)) == 4


def test_no_size_at_all_empties_it(tmp_path: Path) -> None:
    folder = _fill(tmp_path)
    evict(folder, 0)
    assert size_of(folder) == 0


def test_a_file_that_cannot_be_removed_stops_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = _fill(tmp_path)

    def refuse(self: Path, *, missing_ok: bool = False) -> None:
        raise PermissionError("held open")

    monkeypatch.setattr(Path, "unlink", refuse)
    evict(folder, 0)
    assert _left(folder) == ["ut"]


def test_a_cache_that_is_not_there_is_empty(tmp_path: Path) -> None:
    clear(tmp_path / "absent")
    assert size_of(tmp_path / "absent") == evict(tmp_path / "absent", 0) == 0


def test_clearing_removes_everything(tmp_path: Path) -> None:
    folder = _fill(tmp_path)
    assert claim(folder)
    clear(folder)
    assert not folder.exists()


def test_a_folder_that_holds_anything_else_is_never_taken_for_a_cache(tmp_path: Path) -> None:
    """A home, say: its own folder ``audio`` is no cache of ours."""
    folder = _fill(tmp_path)
    (folder / "Documents").mkdir()
    (folder / "Documents/lettre.txt").write_text("x")
    before = sorted(folder.rglob("*"))
    for touch in (claim, clear):
        with pytest.raises(ConfigurationError) as error:
            touch(folder)
        assert (error.value.key, error.value.params["name"]) == ("cache-foreign", "Documents")
    assert sorted(folder.rglob("*")) == before


def test_what_is_put_into_a_cache_later_is_neither_counted_nor_removed(tmp_path: Path) -> None:
    folder = _fill(tmp_path)
    claim(folder)
    held = size_of(folder)
    (folder / "lettre.txt").write_text("x")
    assert size_of(folder) == held
    evict(folder, 0)
    clear(folder)
    assert [path.name for path in folder.iterdir() if path.suffix == ".txt"] == ["lettre.txt"]


def test_what_a_disk_or_a_repository_leaves_in_a_folder_is_nothing(tmp_path: Path) -> None:
    for name in ("lost+found", ".gitkeep"):
        (tmp_path / name).mkdir()
    assert claim(tmp_path)
    assert (tmp_path / "CACHEDIR.TAG").read_text().startswith("Signature: 8a477f597d28d172789f06")
    assert not claim(None)
    assert not claim(tmp_path / "absent")
