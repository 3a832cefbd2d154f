"""What people find in the output folder is whole, whatever the disk does."""

import errno
import multiprocessing
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from io import FileIO
from pathlib import Path, PurePosixPath

import pytest

import pipeline_tasks as tasks
from ess_access.errors import EditionError
from ess_access.pipeline.outcome import FileRecord
from ess_access.pipeline.outputs import FolderOutput
from ess_access.pipeline.publish import (
    lock,
    publish,
    remove,
    stage_folder,
    unwritable,
    write_whole,
)
from ess_access.pipeline.state import State
from ess_access.pipeline.work import StagedFile
from pipeline_records import RECORD

FOLDER = PurePosixPath("a/guide")


def staged(output: Path, **contents: str) -> tuple[Path, tuple[StagedFile, ...]]:
    stage = stage_folder(output) / "0-braille"
    stage.mkdir(parents=True)
    files = []
    for name, text in contents.items():
        (stage / name).write_text(text)
        files.append(StagedFile(name, "text/plain", len(text), "d", {"pages": 1}))
    return stage, tuple(files)


def test_an_edition_is_moved_where_people_find_it(tmp_path: Path) -> None:
    stage, files = staged(tmp_path, brf="new", pef="new")
    (tmp_path / FOLDER).mkdir(parents=True)
    (tmp_path / FOLDER / "brf").write_text("old")
    (tmp_path / FOLDER / "note").write_text("not ours")
    made = publish(stage, files, tmp_path, FOLDER)
    assert [file.path for file in made] == ["a/guide/brf", "a/guide/pef"]
    assert {file.name: file.read_text() for file in (tmp_path / FOLDER).iterdir()} == {
        "brf": "new", "pef": "new", "note": "not ours",
    }  # fmt: skip
    assert not stage.exists()


def test_a_file_where_a_folder_must_be_is_said(tmp_path: Path) -> None:
    stage, files = staged(tmp_path, brf="new")
    (tmp_path / "a").write_text("in the way")
    with pytest.raises(EditionError) as error:
        publish(stage, files, tmp_path, FOLDER)
    assert error.value.key == "output-blocked"
    assert (tmp_path / "a").read_text() == "in the way"


def test_a_folder_where_a_file_must_be_is_said(tmp_path: Path) -> None:
    stage, files = staged(tmp_path, brf="new")
    (tmp_path / FOLDER / "brf/inside").mkdir(parents=True)
    with pytest.raises(EditionError) as error:
        publish(stage, files, tmp_path, FOLDER)
    assert error.value.key == "output-blocked"


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


# --- the lock ---


def test_a_second_build_says_that_the_folder_is_in_use(tmp_path: Path) -> None:
    holder = multiprocessing.get_context("spawn").Process(
        target=tasks.hold, args=(str(tmp_path), 30)
    )
    holder.start()
    try:
        _wait_for(tmp_path / "held")
        with pytest.raises(EditionError) as error, lock(tmp_path, timeout_s=0.2):
            pytest.fail("two builds hold one folder")
        assert error.value.key == "output-in-use"
    finally:
        holder.kill()
        holder.join()
    with lock(tmp_path, timeout_s=5):  # a build that was killed holds nothing
        pass


def test_a_second_build_waits_for_the_first(tmp_path: Path) -> None:
    holder = multiprocessing.get_context("spawn").Process(
        target=tasks.hold, args=(str(tmp_path), 0.6)
    )
    holder.start()
    _wait_for(tmp_path / "held")
    started = time.monotonic()
    with lock(tmp_path, timeout_s=30):
        assert time.monotonic() - started > 0.2
    holder.join()


def _wait_for(path: Path) -> None:
    end = time.monotonic() + 20
    while not path.exists():
        assert time.monotonic() < end
        time.sleep(0.02)


def test_what_a_killed_build_staged_is_swept_away(tmp_path: Path) -> None:
    staged(tmp_path, brf="half")
    with lock(tmp_path, timeout_s=1):
        assert not stage_folder(tmp_path).exists()
        staged(tmp_path, brf="new")
    assert not stage_folder(tmp_path).exists()


def test_the_lock_is_given_back_when_a_build_fails(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="x"), lock(tmp_path, timeout_s=1):
        raise ValueError("x")
    with lock(tmp_path, timeout_s=0.1):
        pass


def test_a_file_in_the_place_of_the_folder_is_said(tmp_path: Path) -> None:
    (tmp_path / "output").write_text("a file")
    with pytest.raises(EditionError) as error, lock(tmp_path / "output", timeout_s=1):
        pass
    assert error.value.key == "output-blocked"


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


def test_a_read_only_output_is_said_and_untouched(read_only: Path, tmp_path: Path) -> None:
    with pytest.raises(EditionError) as error, lock(read_only, timeout_s=1):
        pass
    assert error.value.key == "output-read-only"
    with pytest.raises(EditionError) as error:
        write_whole(read_only / "report.json", b"x")
    assert error.value.key == "output-read-only"
    stage, files = staged(tmp_path, brf="new")
    with pytest.raises(EditionError):
        publish(stage, files, read_only, PurePosixPath("a"))
    with pytest.raises(EditionError) as error:
        remove(read_only, records("a/guide.brf"))
    assert error.value.key == "output-read-only"
    assert (read_only / "a/guide.brf").read_text() == "old"
