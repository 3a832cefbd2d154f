"""Whole builds on full disks, with corrupt caches and odd names."""

import errno
import hashlib
import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from ess_access.errors import EditionError
from ess_access.locale import catalogue
from ess_access.pipeline import work
from ess_access.pipeline.config import Config
from ess_access.pipeline.events import EditionEnded, Event
from ess_access.pipeline.outcome import BuildOutcome, Status
from ess_access.pipeline.report import as_annotations, as_html, as_json, as_junit
from ess_access.pipeline.runner import Build
from ess_access.pipeline.settings import from_assignments


def build(sources: Path, output: Path, *, cache: Path | None = None) -> BuildOutcome:
    job = Build((sources,), output, Config([], formats=["large-print"]), cache=cache)
    return job.run(lambda _: None)


def write(folder: Path, name: str = "guide.md", text: str = "# Titre\n\nUn mot.\n") -> Path:
    folder.mkdir(exist_ok=True)
    (folder / name).write_text(text, encoding="utf-8")
    return folder


def digests(output: Path) -> dict[str, str]:
    return {
        path.relative_to(output).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(output.rglob("*"))
        if path.is_file() and ".ess-access" not in path.parts
    }


def statuses(outcome: BuildOutcome) -> list[Status]:
    return [edition.status for source in outcome.sources for edition in source.editions]


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """Mount a disk of 300 KiB: three times what an edition takes."""
    if not sys.platform.startswith("linux") or os.geteuid() != 0:
        pytest.skip("only root mounts a disk of its own")
    folder = tmp_path / "disk"
    folder.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=300k", "tmpfs", str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        pytest.skip(f"mount: {done.stderr.strip()}")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


def _fill(disk: Path) -> Path:
    filler = disk / "filler"
    with filler.open("wb", buffering=0) as stream:
        while True:
            try:
                stream.write(b"x" * 1024)
            except OSError:
                return filler


def test_a_disk_that_fills_up_leaves_the_old_editions_and_the_next_build_goes_on(
    disk: Path, tmp_path: Path
) -> None:
    sources, output = write(tmp_path / "sources"), disk / "output"
    assert statuses(build(sources, output)) == [Status.BUILT]
    before = digests(output)
    write(sources, text="# Titre\n\nUn autre mot.\n")
    filler = _fill(disk)
    try:
        outcome = build(sources, output)
    except EditionError as error:
        assert error.exit_code == 6  # noqa: PT017 - the disk decides where it is full
    else:
        assert outcome.exit_code == 6
        assert statuses(outcome) == [Status.FAILED]
    assert digests(output) == before
    filler.unlink()
    assert statuses(build(sources, output)) == [Status.BUILT]
    assert digests(output) != before
    assert statuses(build(sources, output)) == [Status.UP_TO_DATE]


def test_an_edition_that_finds_no_room_leaves_its_own_to_the_next(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(path: Path) -> str:
        assert path.exists()
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(work, "sha256_of", full)
    sources, output = write(tmp_path / "sources"), tmp_path / "output"
    left: list[Path] = []

    def listen(event: Event) -> None:
        if isinstance(event, EditionEnded):
            left.extend(path for path in output.rglob("*.docx"))

    job = Build((sources,), output, Config([], formats=["large-print"]))
    outcome = job.run(listen)
    (fault,) = [edition.fault for source in outcome.sources for edition in source.editions]
    assert fault is not None
    assert (fault.key, fault.params) == ("edition-unwritable", {"reason": "ENOSPC"})
    assert left == []


def test_no_clock_and_no_date_of_a_file_decides_anything(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sources, cache = write(tmp_path / "sources"), tmp_path / "cache"
    build(sources, tmp_path / "one", cache=cache)
    for years, clock in ((50, 0.0), (-30, 4e9)):
        monkeypatch.setattr(time, "time", lambda clock=clock: clock)
        date = 1_760_000_000 + years * 31_557_600
        for path in tmp_path.rglob("*"):
            os.utime(path, (date, date))
        assert statuses(build(sources, tmp_path / "one", cache=cache)) == [Status.UP_TO_DATE]
        fresh = tmp_path / f"after {years}"
        assert statuses(build(sources, fresh, cache=cache)) == [Status.RESTORED]
        assert digests(fresh) == digests(tmp_path / "one")
    status = (sources / "guide.md").stat()
    write(sources, text="# Titre\n\nUn sot.\n")  # as long, and as old
    os.utime(sources / "guide.md", ns=(status.st_atime_ns, status.st_mtime_ns))
    assert statuses(build(sources, tmp_path / "one", cache=cache)) == [Status.BUILT]


@pytest.mark.parametrize("damage", ["altered", "cut", "emptied", "removed"])
def test_a_corrupt_cache_is_made_again_with_the_same_bytes(tmp_path: Path, damage: str) -> None:
    sources, cache = write(tmp_path / "sources"), tmp_path / "cache"
    build(sources, tmp_path / "one", cache=cache)
    for path in sorted(cache.rglob("*")):
        if path.is_file():
            if damage == "removed":
                path.unlink()
            elif damage == "altered":
                path.write_bytes(b"\xff" + path.read_bytes()[1:])
            else:
                os.truncate(path, 0 if damage == "emptied" else path.stat().st_size // 2)
    assert statuses(build(sources, tmp_path / "two", cache=cache)) == [Status.BUILT]
    assert digests(tmp_path / "one") == digests(tmp_path / "two")
    assert statuses(build(sources, tmp_path / "three", cache=cache)) == [Status.RESTORED]
    assert digests(tmp_path / "one") == digests(tmp_path / "three")


def speak(sources: Path, output: Path, cache: Path) -> BuildOutcome:
    layers = [from_assignments(["audio.engine=silence"])]
    return Build((sources,), output, Config(layers, formats=["audio"]), cache=cache).run(
        lambda _: None
    )


@pytest.mark.parametrize("damage", ["altered", "cut", "emptied", "exchanged"])
def test_corrupt_pieces_of_sound_are_made_again_with_the_same_bytes(
    tmp_path: Path, damage: str
) -> None:
    sources = write(tmp_path / "sources", text="# Titre\n\nUn mot.\n\nDeux mots.\n")
    cache = tmp_path / "cache"
    speak(sources, tmp_path / "one", cache)
    shutil.rmtree(cache / "editions")  # so that the pieces are asked for
    pieces = [path for path in sorted(cache.rglob("*")) if path.is_file()]
    assert pieces
    for path, other in zip(pieces, reversed(pieces), strict=True):
        data = path.read_bytes()
        if damage == "exchanged":
            if path < other:
                path.write_bytes(other.read_bytes())
                other.write_bytes(data)
        elif damage == "altered":
            path.write_bytes(data[:-1] + bytes([data[-1] ^ 1]))
        else:
            os.truncate(path, 0 if damage == "emptied" else len(data) // 2)
    assert statuses(speak(sources, tmp_path / "two", cache)) == [Status.BUILT]
    assert digests(tmp_path / "one") == digests(tmp_path / "two")


def test_a_cache_in_which_nothing_can_be_kept_fails_no_sound(tmp_path: Path) -> None:
    sources = write(tmp_path / "sources")
    (tmp_path / "file").write_text("no folder")
    assert statuses(speak(sources, tmp_path / "one", tmp_path / "file")) == [Status.BUILT]


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="names there are text")
@pytest.mark.parametrize(
    "name", [b"d\xe9j\xe0.md", "a\u2028b.md".encode(), b"a\nb.md", b"'\"<&.md"]
)
def test_a_source_of_any_name_is_built_once_and_reported(tmp_path: Path, name: bytes) -> None:
    sources, output, cache = tmp_path / "sources", tmp_path / "output", tmp_path / "cache"
    write(sources, os.fsdecode(name))
    outcome = build(sources, output, cache=cache)
    assert statuses(outcome) == [Status.BUILT]
    assert statuses(build(sources, output, cache=cache)) == [Status.UP_TO_DATE]
    assert statuses(build(sources, tmp_path / "again", cache=cache)) == [Status.RESTORED]
    french = catalogue("fr")
    json.dumps(as_json(outcome), ensure_ascii=False).encode()
    for text in (as_html(outcome, french), as_junit(outcome, french)):
        text.encode()
    as_annotations(outcome, french, "sources").encode()


def test_a_state_that_was_cut_short_rebuilds_what_it_lost_and_nothing_else(tmp_path: Path) -> None:
    sources, output = write(tmp_path / "sources", "a.md"), tmp_path / "output"
    write(sources, "b.md", "# Autre\n\nTexte.\n")
    build(sources, output)
    state = output / ".ess-access/state.jsonl"
    os.truncate(state, state.stat().st_size - 30)
    assert sorted(statuses(build(sources, output))) == sorted([Status.UP_TO_DATE, Status.BUILT])
    assert statuses(build(sources, output)) == [Status.UP_TO_DATE, Status.UP_TO_DATE]


def test_an_edition_that_cannot_be_removed_leaves_the_others_no_worse(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sources, output = write(tmp_path / "sources", "a.md"), tmp_path / "output"
    write(sources, "b.md", "# Autre\n\nTexte.\n")
    write(sources, "c.md", "# Encore\n\nTexte.\n")
    build(sources, output)
    (sources / "a.md").unlink()
    (sources / "b.md").unlink()
    unlink = Path.unlink

    def held(path: Path, *, missing_ok: bool = False) -> None:
        if path.name == "a.large-print.docx":
            raise PermissionError(13, "held open", str(path))
        unlink(path, missing_ok=missing_ok)

    monkeypatch.setattr(Path, "unlink", held)
    reported: list[BuildOutcome] = []
    job = Build((sources,), output, Config([], formats=["large-print"]), prune=True)
    with pytest.raises(EditionError):
        job.run(lambda _: None, lambda outcome, _: reported.append(outcome))
    left = sorted(path.name for path in output.rglob("*.docx"))
    assert left == ["a.large-print.docx", "c.large-print.docx"]
    assert [outcome.orphans for outcome in reported] == [("a/a.large-print.docx",)]
