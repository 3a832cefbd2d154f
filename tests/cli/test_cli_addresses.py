"""Addresses on the command line: fsspec's memory, folders by file://, and what is refused."""

import json
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import Result
from fsspec.implementations.memory import MemoryFileSystem

from dying_store import empty_stores
from tests_cli_types import Run

MAKE = ("--to", "braille", "--plain")
GUIDE = "# Guide\n\nBienvenue à tous.\n"


@pytest.fixture(autouse=True)
def memory() -> Iterator[dict[str, bytes]]:
    """Give a library in memory."""
    with empty_stores():
        MemoryFileSystem().pipe_file("/library/guides/a/guide.md", GUIDE.encode())
        yield {}


def _in_memory() -> set[str]:
    return {name for name in MemoryFileSystem.store if "/.ess-access/" not in name}


def _sentences(result: Result) -> list[str]:
    return [line for line in result.stderr.splitlines() if line.strip()]


def test_memory_is_read_and_written(run: Run) -> None:
    result = run("build", "memory://library/guides", "-o", "memory://library/editions", *MAKE)
    assert result.exit_code == 0, result.stderr
    assert _in_memory() == {
        "/library/guides/a/guide.md",
        "/library/editions/a/guide/guide.brf",
        "/library/editions/a/guide/guide.pef",
        "/library/editions/a/guide/guide.braille.txt",
        "/library/editions/report.html",
        "/library/editions/report.json",
    }
    again = run("build", "memory://library/guides", "-o", "memory://library/editions", *MAKE)
    assert again.exit_code == 0
    assert "à fabriquer" not in again.stdout


def test_an_address_and_a_folder_may_be_mixed(here: Path, run: Run) -> None:
    (here / "sources").mkdir()
    (here / "sources/ici.md").write_text(GUIDE, encoding="utf-8")
    assert run("build", "sources", "memory://library/guides", *MAKE).exit_code == 0
    assert (here / "output/ici/ici.brf").read_bytes()
    assert (here / "output/a/guide/guide.brf").read_bytes()
    result = run("build", "sources", "-o", "memory://away", *MAKE)
    assert result.exit_code == 0
    assert "/away/ici/ici.brf" in _in_memory()
    (here / "sources/ici.md").unlink()
    (here / "sources/autre.md").write_text(GUIDE, encoding="utf-8")
    assert run("build", "sources", "-o", "memory://away", "--prune", *MAKE).exit_code == 0
    assert "/away/ici/ici.brf" not in _in_memory()
    assert "/away/autre/autre.brf" in _in_memory()


def test_a_build_of_one_source_takes_no_other_for_gone(here: Path, run: Run) -> None:
    places = ("-o", "memory://away", *MAKE)
    for name in ("un", "deux"):
        (here / name).mkdir()
        (here / name / f"{name}.md").write_text(GUIDE, encoding="utf-8")
        assert run("build", name, *places).exit_code == 0
    (here / "un/un.md").unlink()
    assert run("build", "deux", "--prune", *places).exit_code == 0
    assert "/away/un/un.brf" in _in_memory()


def test_file_addresses_are_folders(here: Path, run: Run) -> None:
    (here / "mes guides").mkdir()
    (here / "mes guides/guide.md").write_text(GUIDE, encoding="utf-8")
    source = (here / "mes guides").as_uri()
    assert run("build", source, "-o", (here / "éditions").as_uri(), *MAKE).exit_code == 0
    assert (here / "éditions/guide/guide.brf").exists()
    again = run("build", "mes guides", "-o", "éditions", *MAKE)
    assert "à fabriquer" not in again.stdout
    assert run("inspect", (here / "mes guides/guide.md").as_uri()).exit_code == 0


@pytest.mark.parametrize("place", ["ici", "memory://library/guides"])
def test_editions_beside_their_sources_are_no_sources(here: Path, run: Run, place: str) -> None:
    (here / "ici/a").mkdir(parents=True)
    (here / "ici/a/guide.md").write_text(GUIDE, encoding="utf-8")
    make = ("--to", "large-print", "--to", "braille", "--plain")
    assert "2 éditions à fabriquer" in run("build", place, "-o", place, *make).stdout
    again = run("build", place, "-o", place, *make)
    assert "à fabriquer" not in again.stdout
    below = run("plan", f"{place}/a", "-o", place, "--to", "braille", "--json")
    assert [job["source"] for job in json.loads(below.stdout)["jobs"]] == ["guide.md"]


def test_the_plan_of_an_address_writes_nothing(run: Run) -> None:
    before = dict(MemoryFileSystem.store)
    result = run("plan", "memory://library/guides", "-o", "memory://away", "--to", "braille")
    assert result.exit_code == 0
    assert "a/guide.md" in result.stdout
    assert before == MemoryFileSystem.store


def test_reports_name_the_address_they_lie_at(run: Run) -> None:
    MemoryFileSystem().pipe_file("/library/guides/b.md", b"![](plan.png)\n")
    places = ("memory://library/guides", "-o", "memory://away")
    result = run("build", *places, *MAKE)
    assert "memory://away/report.html" in result.stdout
    page = MemoryFileSystem.store["/away/report.html"].getvalue().decode()
    assert "fr-Brai" in page  # the preview was read from the store
    told = json.loads(MemoryFileSystem.store["/away/report.json"].getvalue())
    assert [source["name"] for source in told["sources"]] == ["a/guide.md", "b.md"]
    stamp = MemoryFileSystem.store["/away/report.html"]
    run("build", *places, *MAKE)
    assert MemoryFileSystem.store["/away/report.html"] is stamp  # it says the same: left
    del MemoryFileSystem.store["/away/report.json"]
    run("build", *places, *MAKE)
    assert "/away/report.json" in _in_memory()


def test_a_report_in_another_language_is_another_report(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    places = ("memory://library/guides", "-o", "memory://away")
    run("build", *places, *MAKE)
    monkeypatch.setenv("LANGUAGE", "en")
    run("build", *places, *MAKE)
    assert b'lang="en"' in MemoryFileSystem.store["/away/report.html"].getvalue()


def test_a_bad_source_stops_no_other_one(run: Run) -> None:
    MemoryFileSystem().pipe_file("/library/guides/vide.md", b"")
    MemoryFileSystem().pipe_file("/library/guides/faux.docx", b"PK\x03\x04 no archive")
    result = run("build", "memory://library/guides", "-o", "memory://away", *MAKE)
    assert result.exit_code == 4
    assert len(_sentences(result)) == 2
    assert "/away/a/guide/guide.brf" in _in_memory()


def test_where_nothing_could_be_made_nothing_is_left(run: Run) -> None:
    MemoryFileSystem().pipe_file("/library/bad/vide.md", b"")
    before = dict(MemoryFileSystem.store)
    assert run("build", "memory://library/bad", "-o", "memory://away", *MAKE).exit_code == 4
    assert before == MemoryFileSystem.store


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        (("build", "memory://library/none"), 4, "memory://library/none"),
        (("build", "memory://library/guides", "--executor", "dask://x:1"), 3, "dask://x:1"),
        (("watch", "memory://library/guides"), 3, "surveiller"),
        (("watch", ".", "-o", "memory://away"), 3, "memory://away"),
        (("inspect", "memory://library/guides/a/guide.md"), 3, "téléchargez-le"),
        (("check", "memory://library/guides/a/guide.md"), 3, "téléchargez-le"),
        (("preview", "s3://b/a.md", "--to", "braille"), 3, "s3://b/a.md"),
        (("build", "file://server/share"), 3, "ne peut pas être comprise"),
        (("build", "https://user:s3cret@host/a.md?x=s3cret"), 3, "https://host/a.md"),
        (("plan", "nosuchstore://x", "--to", "braille"), 3, "nosuchstore://x"),
        (("build", "-o", "nosuchstore://x", "--to", "braille"), 3, "nosuchstore://x"),
    ],
)
def test_what_cannot_be_is_one_sentence(
    run: Run, arguments: tuple[str, ...], code: int, told: str
) -> None:
    result = run(*arguments)
    assert result.exit_code == code, result.stderr
    assert len(_sentences(result)) == 1, result.stderr
    assert told in result.stderr
    assert "s3cret" not in result.stderr


def test_the_command_that_installs_what_is_missing_is_said(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "fsspec.core", None)
    result = run("build", "s3://bucket/guides", *MAKE)
    assert result.exit_code == 5
    assert _sentences(result)[0].endswith("pip install 'ess-access[remote]'")


def test_annotations_name_sources_at_an_address_by_their_name(run: Run) -> None:
    MemoryFileSystem().pipe_file("/library/guides/b.md", b"![](plan.png)\n")
    result = run("build", "memory://library/guides", "-o", "memory://o", "--annotations", *MAKE)
    assert "file=b.md," in result.stdout
