"""``build`` and ``plan``, as communications staff and build jobs use them."""

import json
import os
import sys
from pathlib import Path

import pytest
from click.testing import Result

from tests_cli_types import Run

GUIDE = """# Guide

Bienvenue à tous.

- un
- deux
"""
SILENT = ("-s", "audio.engine=silence", "--jobs", "1")


def _files(folder: Path) -> set[str]:
    return {
        path.relative_to(folder).as_posix()
        for path in folder.rglob("*")
        if path.is_file() and ".ess-access" not in path.parts
    }


def _sentences(result: Result) -> list[str]:
    return [line for line in result.stderr.splitlines() if line.strip()]


def _write(folder: Path, name: str, content: str | bytes = GUIDE) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def _reasons(result: Result) -> dict[tuple[str, str], str]:
    jobs = json.loads(result.stdout)["jobs"]
    return {(job["source"], job["format"]): job["reason"] for job in jobs}


def test_three_editions_come_out_of_every_source(here: Path, run: Run) -> None:
    _write(here, "sources/a/guide.md")
    result = run("build", *SILENT)
    assert result.exit_code == 0, result.stderr
    assert _files(here / "output") >= {
        "a/guide/guide.large-print.docx",
        "a/guide/guide.mp3",
        "a/guide/guide.brf",
        "a/guide/guide.pef",
        "a/guide/guide.braille.txt",
        "report.json",
        "report.html",
    }


def test_a_shared_stem_keeps_its_suffix_in_the_folder_s_name(here: Path, run: Run) -> None:
    _write(here, "sources/guide.md")
    _write(here, "sources/guide.txt", "Bonjour à tous.")
    _write(here, "sources/autre.md")
    assert run("build", "--to", "braille", *SILENT).exit_code == 0
    assert {name.split("/")[0] for name in _files(here / "output")} >= {
        "guide.md",
        "guide.txt",
        "autre",
    }


def test_a_second_build_makes_nothing(here: Path, run: Run) -> None:
    _write(here, "sources/guide.md")
    run("build", "--to", "braille", *SILENT)
    stamps = {path: path.stat().st_mtime_ns for path in (here / "output/guide").iterdir()}
    again = run("build", "--to", "braille", *SILENT)
    assert again.exit_code == 0
    assert "à jour" in again.stdout
    assert stamps == {path: path.stat().st_mtime_ns for path in (here / "output/guide").iterdir()}


def test_the_plan_tells_why(here: Path, run: Run) -> None:
    guide = _write(here, "sources/guide.md")
    asked = ("--to", "braille", "--json")
    key = ("guide.md", "braille")
    assert _reasons(run("plan", *asked))[key] == "new"
    run("build", "--to", "braille", *SILENT)
    assert _reasons(run("plan", *asked))[key] == "up to date"
    assert _reasons(run("plan", *asked, "-s", "braille.width=32"))[key] == "option changed"
    assert _reasons(run("plan", *asked, "--force"))[key] == "forced"
    brf = here / "output/guide/guide.brf"
    kept = brf.read_bytes()
    brf.write_bytes(kept + b" ")
    assert _reasons(run("plan", *asked))[key] == "edition altered"
    brf.unlink()
    assert _reasons(run("plan", *asked))[key] == "edition missing"
    brf.write_bytes(kept)
    assert _reasons(run("plan", *asked))[key] == "up to date"
    guide.write_text(GUIDE + "\nUne phrase de plus.\n")
    assert _reasons(run("plan", *asked))[key] == "source changed"
    other = json.loads(run("plan", "--to", "large-print", "--json").stdout)
    assert {"guide/guide.brf", "guide/guide.pef"} <= set(other["outdated"])
    assert json.loads(run("plan", *asked).stdout)["outdated"] == []
    assert "guide/guide.brf\u00a0: plus ancien" in run("plan", "--to", "large-print").stdout
    told = run("build", "--to", "large-print", *SILENT).stdout
    assert "plus anciens que leur document" in told
    report = json.loads((here / "output/report.json").read_text("utf-8"))
    assert "guide/guide.brf" in {each["path"] for each in report["outdated"]}
    assert 'id="outdated"' in (here / "output/report.html").read_text("utf-8")
    guide.unlink()
    gone = json.loads(run("plan", *asked).stdout)
    assert gone["jobs"] == gone["outdated"] == []
    assert "guide/guide.brf" in gone["orphans"]


@pytest.mark.skipif(sys.platform == "win32", reason="no system time of the last change there")
def test_an_edition_altered_without_a_trace_in_its_size_and_time_is_seen(
    here: Path, run: Run
) -> None:
    _write(here, "sources/guide.md", GUIDE)
    run("build", "--to", "braille", *SILENT)
    brf = here / "output/guide/guide.brf"
    status = brf.stat()
    brf.write_bytes(brf.read_bytes()[::-1])
    os.utime(brf, ns=(status.st_atime_ns, status.st_mtime_ns))
    told = _reasons(run("plan", "--to", "braille", "--json"))
    assert told["guide.md", "braille"] == "edition altered"


def test_a_picture_that_changes_rebuilds_its_guide(here: Path, run: Run) -> None:
    _write(here, "sources/guide.md", GUIDE + "\n![Un plan](plan.png)\n")
    run("build", "--to", "braille", *SILENT)
    _write(here, "sources/plan.png", b"\x89PNG now there")
    reasons = _reasons(run("plan", "--to", "braille", "--json"))
    assert reasons["guide.md", "braille"] == "source changed"


def test_a_lost_output_folder_comes_back_from_the_cache(here: Path, run: Run) -> None:
    _write(here, "sources/guide.md")
    run("build", "--to", "braille", *SILENT)
    before = (here / "output/guide/guide.pef").read_bytes()
    (here / "output").rename(here / "elsewhere")
    events = run("build", "--to", "braille", "--json", *SILENT).stdout.splitlines()
    editions = [event for event in map(json.loads, events) if event["event"] == "edition"]
    assert [edition["status"] for edition in editions] == ["restored"]
    assert (here / "output/guide/guide.pef").read_bytes() == before


def test_one_bad_source_stops_no_other(here: Path, run: Run) -> None:
    _write(here, "sources/bon.md")
    _write(here, "sources/vide.md", b"")
    _write(here, "sources/octets.html", bytes(range(256)) * 40)
    (here / "sources/dossier.docx").mkdir()
    result = run("build", "--to", "braille", *SILENT)
    assert result.exit_code == 4
    assert "bon/bon.brf" in _files(here / "output")
    for bad in ("vide.md", "dossier.docx"):
        told = [line for line in _sentences(result) if bad in line]
        assert len(told) == 1, result.stderr
    assert "Traceback" not in result.output
    assert not [name for name in _files(here / "output") if "vide" in name]
    report = json.loads((here / "output/report.json").read_text())
    assert report["exit_code"] == 4


@pytest.mark.skipif(sys.platform == "win32", reason="names are counted otherwise")
def test_names_that_no_edition_can_bear_are_said_and_stop_no_other(here: Path, run: Run) -> None:
    _write(here, f"sources/{'n' * 250}.md")
    _write(here, os.fsdecode(b"sources/\xe9t\xe9.md"))
    result = run("build", "--to", "braille", "--jobs", "1")
    assert result.exit_code == 6
    assert _sentences(result) == [
        f"{'n' * 250}.md (Braille) : le nom de ce document est trop long pour que son édition "
        "en porte un semblable. Raccourcissez-le et recommencez.".replace(" :", "\xa0:")
    ]
    assert (here / "output/%E9t%E9/%E9t%E9.brf").exists()


def test_an_edition_stays_until_its_successor_is_ready(here: Path, run: Run) -> None:
    guide = _write(here, "sources/guide.md")
    run("build", "--to", "braille", *SILENT)
    before = _files(here / "output")
    guide.write_bytes(b"")
    assert run("build", "--to", "braille", *SILENT).exit_code == 4
    assert _files(here / "output") == before


def test_a_path_that_is_not_there_is_said(here: Path, run: Run) -> None:
    result = run("build", "absent.md")
    assert result.exit_code == 4
    assert len(_sentences(result)) == 1
    assert "absent.md" in result.stderr
    assert not (here / "output/report.html").exists()


def test_standard_input_is_a_source(here: Path, run: Run) -> None:
    result = run("build", "-", "--from", "md", "--to", "braille", *SILENT, input=GUIDE.encode())
    assert result.exit_code == 0, result.stderr
    assert "document/document.brf" in _files(here / "output")


def test_what_came_through_standard_input_twice_is_not_pruned(here: Path, run: Run) -> None:
    for _ in range(2):
        result = run("build", "-", "--from", "md", "--to", "braille", "--prune", input=b"# A")
        assert result.exit_code == 0
        assert (here / "output/document/document.brf").exists()


def test_a_font_that_is_not_there_costs_its_format_alone(here: Path, run: Run) -> None:
    _write(here, "sources/guide.md")
    _write(here, "ess-access.toml", '[large-print]\nfont_dir = "absent"\n')
    assert run("plan").exit_code == 0
    result = run("build", *SILENT)
    assert result.exit_code == 5
    assert "absent" in result.stderr
    made = _files(here / "output/guide")
    assert {"guide.brf", "guide.mp3"} <= made
    assert "guide.large-print.docx" not in made


def test_junit_tells_of_a_build_that_made_nothing(here: Path, run: Run) -> None:
    _write(here, "sources/vide.docx", b"")
    assert run("build", "--to", "braille", "--junit", "report.xml", *SILENT).exit_code == 4
    assert "vide.docx" in (here / "report.xml").read_text(encoding="utf-8")
    assert not (here / "output").exists()
    assert run("build", "--junit", ".", *SILENT).exit_code == 2


def test_a_report_does_not_outlive_the_editions_that_it_tells_of(here: Path, run: Run) -> None:
    good = _write(here, "sources/guide.md")
    _write(here, "sources/vide.docx", b"")
    run("build", "--to", "braille", *SILENT)
    good.unlink()
    assert run("build", "--to", "braille", "--prune", *SILENT).exit_code == 4
    report = json.loads((here / "output/report.json").read_text(encoding="utf-8"))
    assert [source["name"] for source in report["sources"]] == ["vide.docx"]
    assert report["totals"]["editions"] == 0


def test_a_state_that_cannot_be_read_is_one_sentence(here: Path, run: Run) -> None:
    _write(here, "sources/guide.md")
    (here / "output/.ess-access/state.jsonl").mkdir(parents=True)
    for command in ("plan", "build"):
        result = run(command, "--to", "braille", "--jobs", "1")
        assert result.exit_code == 6
        assert "state.jsonl" in result.stderr
        assert len(_sentences(result)) == 1


def test_a_folder_without_documents_is_said_to_have_none(here: Path, run: Run) -> None:
    """Else a slip in the name of a folder would pass every night."""
    _write(here, "sources/plan.png", b"")
    result = run("build")
    assert (result.exit_code, _sentences(result)) == (
        0,
        ["Rien à fabriquer\xa0: aucun document n’a été trouvé."],
    )
    _write(here, "sources/guide.md")
    assert "aucun format" in run("build", "-s", "formats=").stderr


def test_two_builds_give_the_same_bytes(here: Path, run: Run) -> None:
    _write(here, "sources/guide.md")
    for output in ("one", "two"):
        assert run("build", "-o", output, "--no-cache", *SILENT).exit_code == 0
    for name in ("guide.large-print.docx", "guide.brf", "guide.pef", "guide.mp3"):
        first = (here / "one/guide" / name).read_bytes()
        assert first == (here / "two/guide" / name).read_bytes(), name


def test_workers_give_the_same_bytes_as_one_process(here: Path, run: Run) -> None:
    for name in ("a", "b", "c"):
        _write(here, f"sources/{name}.md", GUIDE + f"\nGuide {name}.\n")
    for output, jobs in (("one", "1"), ("many", "2")):
        result = run("build", "-o", output, "--no-cache", "--to", "braille", "--jobs", jobs)
        assert result.exit_code == 0, result.stderr
    for path in (here / "one").rglob("*.brf"):
        other = here / "many" / path.relative_to(here / "one")
        assert path.read_bytes() == other.read_bytes()


def test_nothing_hidden_is_left_but_the_state(here: Path, run: Run) -> None:
    _write(here, "sources/guide.md")
    run("build", "--to", "braille", *SILENT)
    hidden = {path.name for path in (here / "output/.ess-access").iterdir()}
    assert hidden <= {"state.jsonl", "lock"}


# --- settings -----------------------------------------------------------------------------


def _width_of(folder: Path) -> int:
    return max(len(line) for line in (folder / "guide/guide.brf").read_text().splitlines())


def test_later_settings_win(here: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    _write(here, "sources/guide.md", "# Guide\n\n" + "Bonjour à toutes et à tous. " * 20)
    build = ("build", "--to", "braille", *SILENT)
    _write(here, "ess-access.toml", "[braille]\nwidth = 24\n")
    run(*build)
    assert 20 < _width_of(here / "output") <= 24
    monkeypatch.setenv("ESS_ACCESS_BRAILLE_WIDTH", "32")
    run(*build)
    assert 24 < _width_of(here / "output") <= 32
    run(*build, "-s", "braille.width=40")
    assert 32 < _width_of(here / "output") <= 40


def test_every_error_of_the_configuration_is_told_at_once(here: Path, run: Run) -> None:
    _write(
        here,
        "ess-access.toml",
        "formats = ['brail']\n\n[braille]\nwidht = 30\nheight = 900\n\n[colour]\nink = 1\n",
    )
    _write(here, "sources/guide.md")
    result = run("build")
    assert result.exit_code == 3
    told = _sentences(result)
    assert len(told) == 4, result.stderr
    joined = "\n".join(told)
    for place, word in (
        ("ess-access.toml:1", "braille"),
        ("ess-access.toml:4", "width"),
        ("ess-access.toml:5", "–"),
        ("ess-access.toml:8", "colour"),
    ):
        assert any(line.startswith(place) and word in line for line in told), joined
    assert not (here / "output/report.html").exists()


def test_some_sources_have_settings_of_their_own(here: Path, run: Run) -> None:
    _write(here, "sources/a/guide.md")
    _write(here, "sources/b/guide.md")
    _write(
        here,
        "ess-access.toml",
        'formats = ["braille"]\n[[for]]\nmatch = "b"\nformats = ["large-print"]\n',
    )
    assert run("build", *SILENT).exit_code == 0
    made = _files(here / "output")
    assert "a/guide/guide.brf" in made
    assert "b/guide/guide.large-print.docx" in made
    assert "b/guide/guide.brf" not in made


def test_a_config_file_that_is_not_there_is_an_error(here: Path, run: Run) -> None:
    assert run("build", "--config", "absent.toml").exit_code == 3


def test_a_folder_in_the_place_of_the_config_file_is_an_error(here: Path, run: Run) -> None:
    """Passed over, it would mean that all its settings are."""
    (here / "ess-access.toml").mkdir()
    _write(here, "sources/guide.md")
    assert run("plan").exit_code == 3


def test_a_choice_for_no_source_is_told_and_ends_nothing(here: Path, run: Run) -> None:
    _write(here, "ess-access.toml", '[[for]]\nmatch = "giude.md"\nformats = ["braille"]\n')
    _write(here, "sources/guide.md")
    for result in (run("plan"), run("build", *SILENT)):
        assert result.exit_code == 0
        assert result.stderr.startswith("ess-access.toml:2")
        assert "giude.md" in result.stderr


def test_documents_for_which_no_format_is_asked_are_not_said_to_be_absent(
    here: Path, run: Run
) -> None:
    _write(here, "ess-access.toml", "formats = []\n")
    _write(here, "sources/guide.md")
    assert "aucun format" in run("plan").stdout


def test_an_unknown_voice_is_an_error_and_nothing_is_spoken(here: Path, run: Run) -> None:
    _write(here, "sources/guide.md")
    result = run("build", "--to", "audio", "-s", "audio.voice=nobody", "--jobs", "1")
    assert result.exit_code == 5
    assert "nobody" in result.stderr
    assert not list((here / "output").rglob("*.mp3"))


def test_a_machine_without_shared_memory_builds_one_edition_after_the_other(
    here: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_: object) -> None:
        raise PermissionError

    monkeypatch.setattr("multiprocessing.context.BaseContext.Lock", refused)
    for name in ("a", "b"):
        _write(here, f"sources/{name}.md")
    assert run("build", "--to", "braille", "--jobs", "2").exit_code == 0
    assert "b/b.brf" in _files(here / "output")


def test_a_terminal_tells_three_of_a_kind_and_counts_the_rest(here: Path, run: Run) -> None:
    _write(here, "sources/guide.md", "# Guide\n\n" + "Voici ![](absent.png).\n\n" * 12)
    result = run("build", "--to", "braille", *SILENT)
    told = [line for line in _sentences(result) if "BR-001" in line]
    assert result.exit_code == 7
    assert len(told) == 4
    assert "9" in told[-1]
    report = json.loads((here / "output/report.json").read_text())
    findings = report["sources"][0]["editions"][0]["findings"]
    assert sum(finding["code"] == "BR-001" for finding in findings) == 12


def test_a_folder_in_the_way_leaves_the_old_edition_whole(here: Path, run: Run) -> None:
    guide = _write(here, "sources/guide.md")
    run("build", "--to", "braille", *SILENT)
    before = (here / "output/guide/guide.brf").read_bytes()
    (here / "output/guide/guide.pef").unlink()
    (here / "output/guide/guide.pef").mkdir()
    guide.write_text(GUIDE + "\nUne phrase de plus.\n")
    result = run("build", "--to", "braille", *SILENT)
    assert result.exit_code == 6
    assert "guide.pef" in result.stderr
    assert (here / "output/guide/guide.brf").read_bytes() == before
