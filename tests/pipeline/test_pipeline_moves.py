"""An edition of several files is the old one or the new one, whatever strikes on the way."""

import errno
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from editions_that_move import FILES, FOLDER, Edition, Killed, steps
from ess_access.backends.braille.liblouis import find
from ess_access.errors import EditionError, MissingError
from ess_access.pipeline.moves import Move, finish, is_pending, read_move, stage_folder
from ess_access.pipeline.state import State

EXTRA = ("guide-4.txt", "guide-5.txt")


def test_an_edition_is_put_in_its_place_and_recorded(tmp_path: Path) -> None:
    edition = Edition(tmp_path, extra=EXTRA)
    (tmp_path / FOLDER / "note").write_text("not ours")
    edition.publish()
    assert edition.standing() == {**dict.fromkeys(FILES, "new"), "note": "not ours"}
    (record,) = State(tmp_path).records.values()
    assert [stamp.size_bytes for stamp in record.stamps] == [3, 3, 3]
    assert not is_pending(tmp_path)
    assert list(stage_folder(tmp_path).rglob("*")) == [stage_folder(tmp_path) / "token"]


def test_a_kill_before_any_step_leaves_the_old_edition_or_the_new_one(tmp_path: Path) -> None:
    taken = Edition(tmp_path, extra=EXTRA).publish()
    assert len(taken) > 12
    came = set()
    for step in taken:
        edition = Edition(tmp_path, extra=EXTRA)
        with pytest.raises(Killed):
            edition.publish(killed_at=step)
        assert set(edition.standing().values()) <= {"old", "new"}, step
        finish(tmp_path)
        assert edition.is_old() or edition.is_new(), step
        came.add(edition.is_new())
    assert came == {False, True}


def test_a_kill_while_finishing_is_finished_by_the_next(tmp_path: Path) -> None:
    for step in ("replace guide.pef", "replace guide.txt", "add"):
        edition = Edition(tmp_path, extra=EXTRA)
        with pytest.raises(Killed):
            edition.publish(killed_at="replace guide.brf")
        with pytest.raises(Killed), steps(step):
            finish(tmp_path)
        finish(tmp_path)
        assert edition.is_new(), step


def _refuse(monkeypatch: pytest.MonkeyPatch, name: str, number: int = errno.EACCES) -> None:
    """Refuse to replace one file, as Windows does while a program holds it open."""
    allowed: Callable[..., Any] = Path.replace

    def replace(self: Path, target: Path) -> Any:
        if target.name == name:
            raise OSError(number, os.strerror(number), str(self))
        return allowed(self, target)

    monkeypatch.setattr(Path, "replace", replace)


@pytest.mark.parametrize("name", FILES)
def test_a_file_that_is_held_open_leaves_the_whole_old_edition(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    edition = Edition(tmp_path, extra=EXTRA)
    with monkeypatch.context() as held:
        _refuse(held, name)
        with pytest.raises(EditionError) as error:
            edition.publish()
    assert (error.value.key, error.value.exit_code) == ("output-held", 6)
    assert str(error.value.params["file"]).endswith(name)
    finish(tmp_path)
    assert edition.is_old()


def test_a_former_file_that_is_held_open_leaves_the_whole_old_edition(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    edition = Edition(tmp_path, extra=EXTRA)
    with monkeypatch.context() as held:
        _refuse(held, "left-1")
        with pytest.raises(EditionError):
            edition.publish()
    finish(tmp_path)
    assert edition.is_old()


@pytest.mark.parametrize(
    ("number", "key"),
    [
        (errno.ENOSPC, "output-full"),
        (errno.EROFS, "output-read-only"),
        (errno.EIO, "output-unwritable"),
    ],
)
def test_a_refusal_on_the_way_leaves_the_whole_old_edition(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, key: str
) -> None:
    edition = Edition(tmp_path, extra=EXTRA)
    with monkeypatch.context() as refused:
        _refuse(refused, "guide.txt", number)
        with pytest.raises(EditionError) as error:
            edition.publish()
    assert error.value.key == key
    finish(tmp_path)
    assert edition.is_old()


def test_a_state_that_cannot_be_written_leaves_the_whole_old_edition(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise EditionError("output-full", folder="o")

    edition = Edition(tmp_path, extra=EXTRA)
    with monkeypatch.context() as refused:
        refused.setattr(State, "add", full)
        with pytest.raises(EditionError):
            edition.publish()
    finish(tmp_path)
    assert edition.is_old()


def test_a_disk_without_second_names_keeps_copies(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(errno.EPERM, "")

    edition = Edition(tmp_path)
    with monkeypatch.context() as held:
        held.setattr(os, "link", refuse)
        _refuse(held, "guide.txt")
        with pytest.raises(EditionError):
            edition.publish()
    finish(tmp_path)
    assert edition.is_old()


def test_a_move_that_can_go_neither_way_is_left_to_the_next_plan(tmp_path: Path) -> None:
    edition = Edition(tmp_path)
    with pytest.raises(Killed):
        edition.publish(killed_at="replace guide.pef")
    (edition.stage / "guide.pef").write_text("damaged")
    shutil.rmtree(edition.stage.with_name("0-braille.old"))
    finish(tmp_path)
    assert not stage_folder(tmp_path).exists()
    assert set(edition.standing()) >= {"guide.pef", "guide.txt"}


def test_a_damaged_stage_brings_the_old_edition_back(tmp_path: Path) -> None:
    edition = Edition(tmp_path, extra=EXTRA)
    with pytest.raises(Killed):
        edition.publish(killed_at="replace guide.pef")
    (edition.stage / "guide.txt").write_text("damaged")
    finish(tmp_path)
    assert edition.is_old()


@pytest.mark.parametrize("first", [True, False], ids=["in the way", "of a former edition"])
def test_a_folder_where_a_file_was_is_not_touched(tmp_path: Path, *, first: bool) -> None:
    edition = Edition(tmp_path, extra=EXTRA)
    blocked = tmp_path / FOLDER / ("guide.pef" if first else EXTRA[0])
    blocked.unlink()
    (blocked / "inside").mkdir(parents=True)
    if first:
        with pytest.raises(EditionError) as error:
            edition.publish()
        assert error.value.key == "output-blocked"
    else:
        edition.publish()
    assert (blocked / "inside").is_dir()
    blocked_apart = tmp_path / "apart"
    blocked.rename(blocked_apart)
    others = {name: text for name, text in edition.standing().items() if name != blocked.name}
    assert set(others.values()) == {"old" if first else "new"}


def test_a_file_where_a_folder_must_be_is_said(tmp_path: Path) -> None:
    edition = Edition(tmp_path)
    shutil.rmtree(tmp_path / "a")
    (tmp_path / "a").write_text("in the way")
    with pytest.raises(EditionError) as error:
        edition.publish()
    assert error.value.key == "output-blocked"
    assert (tmp_path / "a").read_text() == "in the way"


@pytest.mark.parametrize("path", ["../passwd", "/etc/passwd"])
def test_a_note_about_what_is_not_ours_is_not_believed(tmp_path: Path, path: str) -> None:
    edition = Edition(tmp_path)
    assert read_move(Move(edition.new, (path,)).as_text()) is None
    move = Move(edition.new, ("a/old.brf",))
    assert read_move(move.as_text()) == move
    assert read_move(move.as_text()[:-9]) is None
    assert read_move("[]") is None


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="chattr is of Linux")
def test_a_file_that_nobody_may_change_is_named(tmp_path: Path) -> None:
    edition = Edition(tmp_path)
    held = tmp_path / FOLDER / "guide.pef"
    if os.geteuid() or shutil.which("chattr") is None:
        pytest.skip("only root makes a file immutable, with chattr")
    if subprocess.run(["chattr", "+i", str(held)], capture_output=True, check=False).returncode:
        pytest.skip("this disk knows no immutable files")
    try:
        with pytest.raises(EditionError) as error:
            edition.publish()
    finally:
        subprocess.run(["chattr", "-i", str(held)], check=True)
    assert (error.value.key, error.value.params) == ("output-held", {"file": str(held)})
    finish(tmp_path)
    assert edition.is_old()


_BUILD = """
import os, signal, sys
from pathlib import Path
from ess_access.cli import main

replace = Path.replace

def killed(self, target):
    done = replace(self, target)
    if Path(target).name == sys.argv[1]:
        os.kill(os.getpid(), signal.SIGKILL)
    return done

Path.replace = killed
main(["build", "sources", "--to", "braille", "--jobs", "1", "--no-cache"])
"""


@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL there")
@pytest.mark.parametrize(
    ("name", "command"),
    [("a.brf", "build"), ("a.pef", "plan"), ("a.brf", "check")],
)
def test_a_build_killed_between_two_renames_is_finished_by_any_command(
    tmp_path: Path, name: str, command: str
) -> None:
    try:
        find()
    except MissingError:
        pytest.skip("liblouis is not installed: apt install python3-louis")
    source = tmp_path / "sources/a.md"
    source.parent.mkdir()
    program = [sys.executable, "-m", "ess_access"]

    def run(*arguments: str) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            arguments, cwd=tmp_path, capture_output=True, text=True, check=False, timeout=120
        )

    def editions() -> dict[str, bytes]:
        return {path.name: path.read_bytes() for path in (tmp_path / "output/a").iterdir()}

    build = (*program, "build", "sources", "--to", "braille", "--jobs", "1", "--no-cache")
    source.write_text("# Guide\n\nBonsoir.\n", encoding="utf-8")
    assert run(*build).returncode == 0
    new = editions()
    source.write_text("# Guide\n\nBonjour.\n", encoding="utf-8")
    assert run(*build).returncode == 0
    old = editions()
    source.write_text("# Guide\n\nBonsoir.\n", encoding="utf-8")
    assert run(sys.executable, "-c", _BUILD, name).returncode == -signal.SIGKILL
    half = editions()
    assert half not in (old, new)
    assert all(data in (old[name], new[name]) for name, data in half.items())
    match command:
        case "build":
            assert '"to_build": 0' in run(*build, "--json").stdout
        case "plan":
            told = run(*program, "plan", "sources", "--to", "braille", "--json").stdout
            assert '"up to date"' in told
        case _:
            run(*program, "check", "output/a/a.pef")
    assert editions() == new
    assert not (tmp_path / "output/.ess-access/stage").exists()
