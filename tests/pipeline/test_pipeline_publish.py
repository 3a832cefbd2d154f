"""What people find in the output folder is whole, whatever the disk does."""

import errno
import os
import subprocess
import sys
from collections.abc import Iterator
from io import FileIO
from pathlib import Path

import pytest

from ess_access.errors import EditionError
from ess_access.pipeline.holding import lock
from ess_access.pipeline.moves import stage_folder
from ess_access.pipeline.outcome import FileRecord
from ess_access.pipeline.outputs import FolderOutput
from ess_access.pipeline.publish import remove, unwritable, write_whole
from ess_access.pipeline.state import State
from pipeline_records import RECORD


@pytest.mark.parametrize(
    ("number", "key"),
    [
        (errno.ENOSPC, "output-full"),
        (errno.EDQUOT, "output-full"),
        (errno.EACCES, "output-read-only"),
        (errno.EPERM, "output-read-only"),
        (errno.EROFS, "output-read-only"),
        (errno.ENOTDIR, "output-blocked"),
        (errno.EIO, "output-unwritable"),
    ],
)
def test_each_refusal_of_a_disk_has_its_sentence(number: int, key: str) -> None:
    error = unwritable(Path("o"), OSError(number, os.strerror(number)))
    assert (error.key, error.exit_code) == (key, 6)


def test_a_refusal_without_words_is_named_by_its_class() -> None:
    assert unwritable(Path("o"), TimeoutError()).params["reason"] == "TimeoutError"


# --- removing ---


def records(*paths: str) -> list[FileRecord]:
    return [FileRecord(path, "", 0, "") for path in paths]


def test_removing_leaves_no_empty_folder_and_nothing_else_is_touched(tmp_path: Path) -> None:
    for path in ("a/b/x.brf", "a/b/y.brf", "a/note"):
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).touch()
    remove(tmp_path, records("a/b/x.brf", "a/b/y.brf", "a/b/gone.brf"))
    assert sorted(p.relative_to(tmp_path).as_posix() for p in tmp_path.rglob("*")) == [
        "a",
        "a/note",
    ]


def test_the_output_folder_itself_stays(tmp_path: Path) -> None:
    (tmp_path / "x").touch()
    remove(tmp_path, records("x", "a/b/never"))
    assert tmp_path.is_dir()


def test_what_cannot_be_removed_is_said(tmp_path: Path) -> None:
    (tmp_path / "x/y").mkdir(parents=True)
    with pytest.raises(EditionError):
        remove(tmp_path, records("x"))
    assert (tmp_path / "x/y").is_dir()


# --- whole files ---


def test_a_file_is_replaced_in_one_step_and_leaves_nothing_beside(tmp_path: Path) -> None:
    path = tmp_path / "new/report.json"
    write_whole(path, b"one")
    write_whole(path, b"two")
    assert path.read_bytes() == b"two"
    assert list(path.parent.iterdir()) == [path]


def test_two_builds_of_one_folder_stage_apart(tmp_path: Path) -> None:
    # A worker of a killed build may still write: nothing of it is taken for the next build's.
    first, second = (FolderOutput(tmp_path).stage("0-audio", elsewhere=False) for _ in range(2))
    assert first != second
    assert {stage.parent.parent for stage in (first, second)} == {stage_folder(tmp_path)}


def test_a_report_that_is_being_written_lies_where_the_next_build_sweeps(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def killed(path: Path, target: Path) -> None:
        assert path.is_relative_to(stage_folder(tmp_path))
        raise KeyboardInterrupt

    monkeypatch.setattr(Path, "replace", killed)
    with pytest.raises(KeyboardInterrupt):
        FolderOutput(tmp_path).write("report.html", b"new")
    assert [path.name for path in tmp_path.iterdir()] == [".ess-access"]


def test_a_write_that_fails_leaves_the_old_file_and_nothing_beside(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "report.json"
    write_whole(path, b"old")

    def full(self: Path, target: Path) -> None:
        raise OSError(errno.ENOSPC, "full")

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(EditionError) as error:
        write_whole(path, b"new")
    assert error.value.key == "output-full"
    assert {each.name: each.read_bytes() for each in tmp_path.iterdir()} == {"report.json": b"old"}


# --- real disks ---


def _mounted(folder: Path, options: str) -> None:
    if not sys.platform.startswith("linux") or os.geteuid() != 0:
        pytest.skip("only root mounts a disk of its own")
    command = ["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        pytest.skip(f"mount: {done.stderr.strip()}")


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """Mount a disk of 64 KiB."""
    folder = tmp_path / "disk"
    folder.mkdir()
    _mounted(folder, "size=64k,nr_inodes=64")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


def _fill(disk: Path) -> None:
    with (disk / "filler").open("wb", buffering=0) as stream, pytest.raises(OSError, match="space"):
        _write_for_ever(stream)


def _write_for_ever(stream: FileIO) -> None:
    while True:
        stream.write(b"x" * 4096)


def _add_for_ever(state: State) -> None:
    while True:
        state.add(RECORD)


def test_on_a_full_disk_the_old_file_stays(disk: Path) -> None:
    write_whole(disk / "report.json", b"old" * 1_000)
    _fill(disk)
    with pytest.raises(EditionError) as error:
        write_whole(disk / "report.json", b"new" * 5_000)
    assert error.value.key == "output-full"
    assert (disk / "report.json").read_bytes() == b"old" * 1_000
    assert sorted(each.name for each in disk.iterdir()) == ["filler", "report.json"]


def test_on_a_full_disk_the_state_says_so_and_goes_on_when_there_is_room(disk: Path) -> None:
    state = State(disk)
    state.add(RECORD)
    _fill(disk)
    with pytest.raises(EditionError) as error:
        _add_for_ever(state)
    assert error.value.key == "output-full"
    state.compact()
    assert len(State(disk).records) == 1
    (disk / "filler").unlink()
    state.forget(RECORD.source, RECORD.format)
    assert State(disk).records == {}


def test_a_full_disk_in_which_no_folder_can_be_made_is_said(disk: Path) -> None:
    _fill(disk)
    for number in range(100_000):  # no room for names either
        try:
            (disk / f"{number:0200}").touch()
        except OSError:
            break
    with pytest.raises(EditionError) as error, lock(disk / "output", timeout_s=1):
        pass
    assert error.value.key == "output-full"


@pytest.fixture
def read_only(tmp_path: Path) -> Iterator[Path]:
    """Mount a disk that cannot be written, with an edition on it."""
    folder = tmp_path / "disk"
    folder.mkdir()
    _mounted(folder, "size=64k")
    (folder / "a").mkdir()
    (folder / "a/guide.brf").write_text("old")
    subprocess.run(["mount", "-o", "remount,ro", str(folder)], check=True)
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


def test_a_read_only_output_is_said_and_untouched(read_only: Path) -> None:
    with pytest.raises(EditionError) as error, lock(read_only, timeout_s=1):
        pass
    assert error.value.key == "output-read-only"
    with pytest.raises(EditionError) as error:
        write_whole(read_only / "report.json", b"x")
    assert error.value.key == "output-read-only"
    with pytest.raises(EditionError) as error:
        remove(read_only, records("a/guide.brf"))
    assert error.value.key == "output-read-only"
    assert (read_only / "a/guide.brf").read_text() == "old"
