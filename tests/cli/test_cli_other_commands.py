"""The commands beside ``build`` and ``plan``."""

import json
import tomllib
from pathlib import Path

import pytest

from ess_access.api.plugins import BACKENDS, ENGINES, names
from support import ROOT
from tests_cli_types import Run

PAGE = """# Guide

Bonjour *à tous*, <span lang="en">welcome</span>.[^1]

1. un
2. deux

> Cité.

| Soin | Prix |
|------|------|
| Vue  | 10 € |

Terme
: Sa définition.

<img src="deco.png" alt=""> ![Un plan](plan.png) ![](bare.png)

    du code

[^1]: La note.
"""


def _page(here: Path) -> str:
    (here / "page.md").write_text(PAGE, encoding="utf-8")
    return "page.md"


# --- inspect ------------------------------------------------------------------------------


def test_inspect_shows_the_outline(here: Path, run: Run) -> None:
    shown = run("inspect", _page(here)).stdout
    for words in (
        "# Guide",
        "  Bonjour à tous, welcome.",
        "[en] welcome",
        "Note\u00a0:",
        "Liste numérotée de 2 éléments, à partir de 1",
        "1. un",
        "Citation",
        "Tableau de 2 × 2, lignes d’en-tête\u00a0: 1",
        "Soin | Prix",
        "Image décorative",
        "Image SANS DESCRIPTION",
        "Image\u00a0: Un plan",
        "Code, 1 ligne",
    ):
        assert words in shown, words


def test_inspect_says_that_a_document_has_no_title(here: Path, run: Run) -> None:
    (here / "sans_nom.md").write_text("Bonjour.\n")
    result = run("inspect", "sans_nom.md")
    assert "(sans titre) [fr]" in result.stdout
    assert "SRC-101" in result.stdout + result.stderr


def test_inspect_gives_nodes_as_json(here: Path, run: Run) -> None:
    value = json.loads(run("inspect", _page(here), "--json").stdout)
    assert value.keys() == {"meta", "children", "findings"}
    heading = value["children"][0]
    assert heading["type"] == "Heading"
    assert heading["level"] == 1
    assert heading["children"] == [{"type": "Text", "text": "Guide"}]
    assert all("at" not in child for child in value["children"])


def test_one_text_in_three_formats_has_equal_children(here: Path, run: Run) -> None:
    texts = {
        "md": "# ACCUEIL\n\nBonjour à toutes et à tous, et bienvenue.\n\n- un\n- deux\n",
        "html": "<h1>ACCUEIL</h1><p>Bonjour à toutes et à tous, et bienvenue.</p>"
        "<ul><li>un</li><li>deux</li></ul>",
        "txt": "ACCUEIL\n\nBonjour à toutes et à tous, et bienvenue.\n\n- un\n- deux\n",
    }
    children = []
    for suffix, text in texts.items():
        result = run("inspect", "-", "--from", suffix, "--json", input=text.encode())
        children.append(json.loads(result.stdout)["children"])
    assert children[0] == children[1] == children[2]


def test_inspect_says_what_is_wrong_in_one_sentence(here: Path, run: Run) -> None:
    (here / "vide.md").write_bytes(b"")
    result = run("inspect", "vide.md")
    assert result.exit_code == 4
    assert len(result.stderr.strip().splitlines()) == 1
    assert "vide.md" in result.stderr


# --- preview ------------------------------------------------------------------------------


def test_preview_gives_words_to_be_spoken(here: Path, run: Run) -> None:
    shown = run("preview", "-", "--to", "audio", input="Les usager.ère.s de 2014.".encode()).stdout
    assert "Les usagers et usagères de deux mille quatorze" in shown


def test_preview_gives_unicode_braille(here: Path, run: Run) -> None:
    shown = run("preview", "-", "--to", "braille", input=b"Bonjour.").stdout
    assert "⠨⠃⠕⠝⠚⠕⠥⠗⠲" in shown


def test_an_interlined_preview_has_the_print_under_each_row_of_braille(
    here: Path, run: Run
) -> None:
    plain = run("preview", "-", "--to", "braille", input="Bonjour à tous.".encode())
    both = run("preview", "-", "--to", "braille", "--interlined", input="Bonjour à tous.".encode())
    assert both.exit_code == 0, both.stderr
    rows = both.stdout.splitlines()
    under = rows[rows.index("\u2800\u2800⠨⠃⠕⠝⠚⠕⠥⠗⠀⠷⠀⠞⠕⠥⠎⠲") + 1]
    assert under == "Bonjour à tous."
    assert under not in plain.stdout
    assert [row for row in rows if row != under] == plain.stdout.splitlines()


def test_preview_refuses_a_flag_that_means_nothing(here: Path, run: Run) -> None:
    result = run("preview", "-", "--to", "large-print", "--interlined", input=b"Bonjour.")
    assert result.exit_code == 2
    assert "--interlined" in result.stderr


def test_preview_of_an_unknown_format_names_the_nearest(here: Path, run: Run) -> None:
    result = run("preview", "-", "--to", "brail", input=b"Bonjour.")
    assert result.exit_code == 3
    assert "braille" in result.stderr


# --- check --------------------------------------------------------------------------------


def test_check_finds_nothing_in_our_editions(here: Path, run: Run) -> None:
    (here / "page.md").write_text("# Guide\n\nBonjour.\n\n- un\n- deux\n")
    assert run("build", "page.md", "-s", "audio.engine=silence", "--jobs", "1").exit_code == 0
    for name in ("page.large-print.docx", "page.brf", "page.pef"):
        result = run("check", f"output/page/{name}")
        assert result.exit_code == 0, (name, result.stdout)


def test_check_finds_a_line_too_long(here: Path, run: Run) -> None:
    (here / "long.brf").write_bytes(b"A" * 60 + b"\r\n")
    result = run("check", "long.brf")
    assert result.exit_code == 7
    assert "BR-" in result.stdout
    shown = json.loads(run("check", "long.brf", "--json").stdout)
    assert shown[0]["format"] == "braille"
    assert shown[0]["findings"]


def test_check_render_asks_for_the_pages_and_says_that_libreoffice_is_missing(
    here: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    (here / "page.md").write_text("# Guide\n\nBonjour.\n")
    assert run("build", "page.md", "--to", "large-print", "--jobs", "1").exit_code == 0
    monkeypatch.setattr("ess_access.backends.large_print.office._program", lambda: None)
    edition = "output/page/page.large-print.docx"
    assert "LibreOffice" not in run("check", edition).stdout
    result = run("check", "--render", edition)
    assert result.exit_code == 0
    assert "LP-086" in result.stdout
    assert "LibreOffice" in result.stdout


def test_check_says_what_it_can_check(here: Path, run: Run) -> None:
    (here / "x.xyz").write_bytes(b"?")
    result = run("check", "x.xyz", "absent.brf")
    assert result.exit_code == 4
    assert len(result.stderr.strip().splitlines()) == 2
    assert ".brf" in result.stderr


# --- what is here ------------------------------------------------------------------------


def test_formats_are_listed_with_their_options(run: Run) -> None:
    shown = run("formats").stdout
    for name in names(BACKENDS):
        assert name in shown
    assert "braille.width = 30" in shown
    assert "option." not in shown
    listed = json.loads(run("formats", "--json").stdout)
    assert {entry["name"] for entry in listed} == set(names(BACKENDS))


def test_engines_are_listed(run: Run) -> None:
    shown = run("engines").stdout
    for name in names(ENGINES):
        assert name in shown
    assert "en ligne" in shown
    listed = json.loads(run("engines", "--json").stdout)
    assert {entry["name"] for entry in listed} == set(names(ENGINES))


def test_voices_are_listed(run: Run) -> None:
    assert "fr" in run("voices", "silence").stdout
    listed = json.loads(run("voices", "silence", "--json").stdout)
    assert listed
    assert listed[0]["engine"] == "silence"


def test_an_unknown_engine_is_named(run: Run) -> None:
    result = run("voices", "nobody")
    assert result.exit_code == 3
    assert "nobody" in result.stderr


def test_the_doctor_proves_each_format(run: Run) -> None:
    verdicts = json.loads(run("doctor", "--json").stdout)
    named = {(verdict["kind"], verdict["name"]) for verdict in verdicts}
    assert {("format", name) for name in names(BACKENDS)} <= named
    assert {("engine", name) for name in names(ENGINES)} <= named
    for verdict in verdicts:
        assert verdict["works"] or verdict["sentence"]
    shown = run("doctor").stdout
    assert "[oui] large-print" in shown


@pytest.mark.parametrize(
    ("package", "extra"),
    [("watchfiles", "watch"), ("distributed", "cluster"), ("s3fs", "remote")],
)
def test_the_doctor_names_the_command_of_an_extra_that_is_missing(
    run: Run, monkeypatch: pytest.MonkeyPatch, package: str, extra: str
) -> None:
    monkeypatch.setattr(
        "ess_access.pipeline.health.find_spec", lambda name: None if name == package else name
    )
    verdicts = {each["name"]: each for each in json.loads(run("doctor", "--json").stdout)}
    assert verdicts[extra]["command"] == f"pip install 'ess-access[{extra}]'"
    assert not verdicts[extra]["works"]
    assert not verdicts[extra]["needed"]
    others = {"watch", "cluster", "remote"} - {extra}
    assert all(verdicts[other]["works"] for other in others)


@pytest.mark.parametrize("program", [None, "/usr/bin/soffice"])
def test_the_doctor_tells_of_libreoffice_and_does_without_it(
    run: Run, monkeypatch: pytest.MonkeyPatch, program: str | None
) -> None:
    monkeypatch.setattr("ess_access.readers._office.soffice", lambda: program)
    result = run("doctor", "--json")
    told = next(one for one in json.loads(result.stdout) if one["kind"] == "program")
    assert told["name"] == "LibreOffice"
    assert told["works"] is (program is not None)
    assert told["needed"] is False
    assert told["command"].startswith("" if program else "sudo apt-get install libreoffice")
    assert ".doc" in told["sentence"]
    assert result.exit_code == 0


# --- settings -----------------------------------------------------------------------------


def test_init_writes_a_configuration_that_changes_nothing(here: Path, run: Run) -> None:
    before = run("config", "--json").stdout
    assert run("init").exit_code == 0
    text = (here / "ess-access.toml").read_text(encoding="utf-8")
    assert "width" in text
    assert not any(tomllib.loads(text).values())
    assert run("config", "--json").stdout == before
    assert run("init").exit_code == 3
    assert run("init", "--force").exit_code == 0


def test_every_commented_line_of_init_is_a_valid_setting(here: Path, run: Run) -> None:
    run("init")
    path = here / "ess-access.toml"
    lines = path.read_text(encoding="utf-8").splitlines()
    settings = [
        line.removeprefix("# ") if line.startswith("# ") and " = " in line else line
        for line in lines
        if not line.startswith("# [[for]]")
    ]
    cut = next(i for i, line in enumerate(settings) if line.startswith("match"))
    path.write_text("\n".join(settings[:cut]), encoding="utf-8")
    result = run("config")
    assert result.exit_code == 0, result.stderr


def test_config_says_where_values_come_from(
    here: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    (here / "ess-access.toml").write_text("[braille]\nwidth = 32\n")
    monkeypatch.setenv("ESS_ACCESS_AUDIO_RATE", "0.9")
    shown = run("config", "-s", "braille.height=25").stdout.splitlines()
    assert any(
        line.startswith("braille.width = 32") and "ess-access.toml:2" in line for line in shown
    )
    assert any("audio.rate = 0.9" in line and "ESS_ACCESS_AUDIO_RATE" in line for line in shown)
    assert any("braille.height = 25" in line and "-s braille.height=25" in line for line in shown)
    assert any(line.startswith("large-print.") and "par défaut" in line for line in shown)


def test_programs_read_where_a_setting_comes_from_in_any_language(run: Run) -> None:
    told = json.loads(run("config", "--json", "-s", "braille.width=32").stdout)
    assert told["braille.width"] == {"value": 32, "from": "-s braille.width=32"}
    assert told["braille.height"]["from"] == "default"


def test_the_cache_is_told_and_emptied(here: Path, run: Run, tmp_path: Path) -> None:
    _page(here)
    run("build", "page.md", "--to", "braille", "--jobs", "1")
    assert str(tmp_path / "cache") in run("cache", "info").stdout
    assert run("cache", "clear").exit_code == 0
    assert not (tmp_path / "cache").exists()


def test_a_folder_named_for_the_cache_by_mistake_is_left_alone(
    here: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    _page(here)
    monkeypatch.setenv("ESS_ACCESS_CACHE", str(here))
    for arguments in (
        ("build", "page.md", "--to", "braille"),
        ("cache", "info"),
        ("cache", "clear"),
    ):
        result = run(*arguments)
        assert result.exit_code == 3
        assert "rien n’y a été touché" in result.stderr
    assert [path.name for path in here.iterdir()] == ["page.md"]


def test_a_cache_that_cannot_be_emptied_is_said(
    here: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    _page(here)
    run("build", "page.md", "--to", "braille", "--jobs", "1")
    monkeypatch.setattr("shutil.rmtree", lambda *_, **__: None)
    result = run("cache", "clear")
    assert result.exit_code == 6
    assert "0 Mo libérés, mais le reste" in result.stderr


# --- other programs -----------------------------------------------------------------------


def test_annotations_name_the_files_of_several_folders(here: Path, run: Run) -> None:
    for name in ("guides/a.md", "lois/b.md", "seul.md"):
        path = here / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("# Guide\n\n### Trop bas\n\nVoilà.\n")
    result = run(
        "build", "guides", "lois", "seul.md", "--to", "braille", "--jobs", "1", "--annotations"
    )
    told = [line for line in result.stdout.splitlines() if line.startswith("::")]
    named = {line.partition("file=")[2].partition(",")[0] for line in told}
    assert named == {"guides/a.md", "lois/b.md", "seul.md"}


def test_events_are_those_that_the_docs_tell_of(here: Path, run: Run) -> None:
    (here / "page.md").write_text("# Guide\n\nBonjour.\n")
    shown = run("build", "page.md", "--to", "braille", "--jobs", "1", "--json").stdout
    page = (ROOT / "docs/batches.md").read_text(encoding="utf-8")
    names = []
    for event in map(json.loads, shown.splitlines()):
        names.append(event.pop("event"))
        (row,) = (line for line in page.splitlines() if line.startswith(f"| `{names[-1]}` |"))
        assert all(f"`{field}`" in row for field in event), (row, event)
    assert names == ["planned", "edition", "source", "ended"]


def test_strict_takes_warnings_for_errors(here: Path, run: Run) -> None:
    (here / "page.md").write_text("# Guide\n\nBonjour.\n\n### Trop bas\n\nVoilà.\n")
    asked = ("build", "page.md", "--to", "braille", "--jobs", "1")
    assert run(*asked).exit_code == 0
    assert run(*asked, "--strict").exit_code == 7


def test_prune_removes_what_has_no_source_any_more(here: Path, run: Run) -> None:
    for name in ("a.md", "b.md"):
        (here / "sources").mkdir(exist_ok=True)
        (here / "sources" / name).write_text("# Guide\n\nBonjour.\n")
    asked = ("build", "--to", "braille", "--jobs", "1")
    run(*asked)
    (here / "sources/b.md").unlink()
    run(*asked)
    assert (here / "output/b/b.brf").exists()
    run("build", "sources/a.md", "--to", "braille", "--jobs", "1", "--prune", "-o", "other")
    assert (here / "output/b/b.brf").exists()
    run(*asked, "--prune")
    assert not (here / "output/b").exists()
    assert (here / "output/a/a.brf").exists()


def test_a_log_quotes_no_source_above_debug(here: Path, run: Run) -> None:
    (here / "page.md").write_text("# SECRET\n\nBonjour ![](secret.png).\n")
    run("build", "page.md", "--to", "braille", "--jobs", "1", "--log-file", "logs/build.log")
    log = (here / "logs/build.log").read_text(encoding="utf-8")
    assert "page.md: braille built" in log
    assert "secret" not in log.lower()


def test_junit_and_annotations_are_written_on_request(here: Path, run: Run) -> None:
    (here / "page.md").write_text("# Guide\n\nBonjour ![](absent.png).\n")
    result = run(
        "build",
        "page.md",
        "--to",
        "braille",
        "--jobs",
        "1",
        "--junit",
        "junit.xml",
        "--annotations",
    )
    assert "<testsuite" in (here / "junit.xml").read_text(encoding="utf-8")
    assert "::warning" in result.stdout


def test_events_stay_alone_on_their_lines_beside_annotations(here: Path, run: Run) -> None:
    (here / "page.md").write_text("# Guide\n\nBonjour ![](absent.png).\n")
    asked = ("build", "page.md", "--to", "braille", "--jobs", "1", "--json", "--annotations")
    result = run(*asked)
    assert all(json.loads(line)["event"] for line in result.stdout.splitlines())
    assert "::warning" in result.stderr


def test_reports_are_written_even_if_the_junit_file_cannot_be(here: Path, run: Run) -> None:
    (here / "page.md").write_text("# Guide\n\nBonjour.\n")
    (here / "file").write_text("no folder")
    result = run("build", "page.md", "--to", "braille", "--jobs", "1", "--junit", "file/j.xml")
    assert result.exit_code == 6
    assert (here / "output/report.html").exists()


@pytest.mark.parametrize(("level", "quoted"), [("error", False), ("debug", True)])
def test_the_words_of_a_defect_are_logged_at_debug_alone(
    here: Path, run: Run, monkeypatch: pytest.MonkeyPatch, level: str, *, quoted: bool
) -> None:
    def fails(*_: object) -> None:
        raise ValueError("the SECRET of the page")

    monkeypatch.setattr("ess_access.pipeline.work.read", fails)
    (here / "page.md").write_text("# Guide\n")
    log = here / "build.log"
    asked = ("build", "page.md", "--to", "braille", "--jobs", "1", "--log-level", level)
    assert run(*asked, "--log-file", str(log)).exit_code == 1
    text = log.read_text(encoding="utf-8")
    assert "page.md: ValueError" in text
    assert ("SECRET" in text) is quoted
