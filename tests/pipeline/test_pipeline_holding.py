"""One build at a time holds an output folder; the next command finishes what a killed one began."""

import multiprocessing
import time
from pathlib import Path

import pytest

import pipeline_tasks as tasks
from editions_that_move import Edition, Killed
from ess_access.errors import EditionError
from ess_access.pipeline.holding import lock, settle, settle_above
from ess_access.pipeline.moves import stage_folder


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
    told: list[str] = []
    with lock(tmp_path, timeout_s=30, waiting=lambda: told.append("waiting")):
        assert time.monotonic() - started > 0.2
    holder.join()
    assert told == ["waiting"]
    with lock(tmp_path, timeout_s=30, waiting=lambda: told.append("again")):
        assert told == ["waiting"]


def _wait_for(path: Path) -> None:
    end = time.monotonic() + 20
    while not path.exists():
        assert time.monotonic() < end
        time.sleep(0.02)


def test_what_a_killed_build_staged_is_swept_away(tmp_path: Path) -> None:
    half = stage_folder(tmp_path) / "0/0-braille/guide.brf"
    half.parent.mkdir(parents=True)
    half.touch()
    with lock(tmp_path, timeout_s=1):
        assert not stage_folder(tmp_path).exists()
        half.parent.mkdir(parents=True)
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


def test_a_command_that_only_looks_finishes_what_was_begun(tmp_path: Path) -> None:
    for look in (settle, lambda output: settle_above(output / "a/guide/guide.brf")):
        edition = Edition(tmp_path)
        with pytest.raises(Killed):
            edition.publish(killed_at="replace guide.pef")
        assert edition.standing() == {"guide.brf": "new", "guide.pef": "old", "guide.txt": "old"}
        look(tmp_path)
        assert edition.is_new()


def test_a_command_that_only_looks_leaves_a_running_build_alone(tmp_path: Path) -> None:
    edition = Edition(tmp_path)
    with pytest.raises(Killed):
        edition.publish(killed_at="replace guide.pef")
    noted = sorted(stage_folder(tmp_path).rglob("*"))
    (stage_folder(tmp_path)).rename(tmp_path / "apart")
    with lock(tmp_path, timeout_s=1):
        (tmp_path / "apart").rename(stage_folder(tmp_path))
        settle(tmp_path)
        assert sorted(stage_folder(tmp_path).rglob("*")) == noted
    assert edition.is_new()


def test_looking_makes_nothing_where_there_is_no_output(tmp_path: Path) -> None:
    settle(tmp_path / "output")
    settle_above(tmp_path / "guide.brf")
    assert list(tmp_path.iterdir()) == []
