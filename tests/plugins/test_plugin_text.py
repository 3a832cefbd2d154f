"""A format that another package adds, installed for real and found without touching this one."""

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from support import ROOT

PACKAGE = ROOT / "examples" / "plugin-text"

USE = """
import json, sys
from dataclasses import replace
from pathlib import Path
from ess_access.api import plugins
from ess_access.api.backend import Workspace
from ess_access.document.build import doc, dl, em, figure, h, link, note, ol, p, quote, table, ul
from ess_access.document.nodes import CodeBlock, Division, Image, PageMark, Rule, Text

folder = Path(sys.argv[1])
folder.mkdir()
names = plugins.names(plugins.BACKENDS)
assert "ess_access_text" not in sys.modules, "listing names imported a plug-in"
backend = plugins.load(plugins.BACKENDS, "text")
options = backend.options(width=30)
document = doc(
    h(1, "Bien accueillir"),
    p("Une phrase assez longue pour tenir sur plus d\\u2019une ligne", note("Une note."), "."),
    ul("pain", (p("eau"), ul("plate", "gazeuse"))),
    ol("premier", "second", start=3),
    dl(("Sigle", "Des lettres.")),
    quote(p("On entre chez soi.")),
    Division("aside", "", (Text("\\u00c0 savoir"),), (p("Le chien guide entre."),)),
    table(("Soin", "Prix"), ("Lunettes", "80 \\u20ac"), caption="Garanties"),
    figure(Image(None, "Plan", "La porte est en bas."), "Agence"),
    figure(Image(None, ""), "Un filet"),
    p("Voir ", link("https://exemple.fr/page", "la page"), ", ",
      link("https://exemple.fr", "https://exemple.fr"), PageMark("7"), "fin."),
    CodeBlock("a = 1\\nb = 2"),
    Rule(),
)
artifacts = backend.render(document, options, Workspace(folder, "guide"))
path = artifacts[0].path
said = {"names": names, "missing": list(backend.missing(options)),
        "fingerprint": backend.fingerprint(options),
        "files": sorted(item.name for item in folder.iterdir()),
        "text": path.read_text(encoding="utf-8"), "measures": dict(artifacts[0].measures),
        "preview": backend.preview(document, options),
        "right": [f.code for f in backend.check(artifacts, document, options)],
        "elsewhere": [f.code for f in backend.check(artifacts, None, replace(options, width=20))]}
path.write_text(said["text"].replace("gratuit", "").replace("chien", ""), encoding="utf-8")
said["damaged"] = [(f.code, f.params["message"]) for f in
                   backend.check(artifacts, document, options)]
path.write_bytes(b"\\xff\\xfe\\xff")
said["undecodable"] = [f.code for f in backend.check(artifacts, document, options)]
print(json.dumps(said))
"""


def run(arguments: Sequence[str | Path], **environment: str) -> str:
    """Run a program and give what it printed; its errors are the test's."""
    done = subprocess.run(
        [str(argument) for argument in arguments],
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Install the example into a folder of its own, without the network."""
    target = tmp_path_factory.mktemp("plugin") / "site"
    pip = (sys.executable, "-m", "pip", "--disable-pip-version-check", "install", "--quiet")
    offline = ("--no-index", "--no-deps", "--no-build-isolation")
    run((*pip, *offline, "--target", target, PACKAGE))
    return target


@pytest.fixture(scope="module")
def used(installed: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    folder = tmp_path_factory.mktemp("edition") / "work"
    answer: dict[str, Any] = json.loads(
        run((sys.executable, "-c", USE, folder), PYTHONPATH=str(installed))
    )
    return answer


def test_an_installed_package_adds_a_format(used: dict[str, Any]) -> None:
    assert set(used["names"]) == {"audio", "braille", "large-print", "text"}


def test_without_the_package_the_format_is_not_there() -> None:
    script = "from ess_access.api import plugins; print(plugins.names(plugins.BACKENDS))"
    assert "'text'" not in run((sys.executable, "-c", script))


def test_the_edition_is_one_file_in_short_lines(used: dict[str, Any]) -> None:
    assert used["files"] == ["guide.txt"]
    assert max(len(line) for line in used["text"].splitlines()) <= 30
    assert used["text"].startswith("Bien accueillir\n===============\n\nUne phrase assez longue")
    assert used["measures"]["words"] == len(used["text"].split())
    assert used["preview"] == used["text"]
    assert used["missing"] == []
    assert used["fingerprint"].startswith("python 3.")


@pytest.mark.parametrize(
    "words",
    [
        "[Note : Une note.]",
        "- pain",
        "3. premier",
        "4. second",
        "    Des lettres.",
        "À savoir",
        "Lunettes | 80 €",
        "[Image : Plan La porte est en bas.] Agence",
        "<https://exemple.fr/page>",
        "[page 7]",
        "b = 2",
    ],
)
def test_the_edition_holds_what_plain_text_has_no_sign_for(
    used: dict[str, Any], words: str
) -> None:
    flat = " ".join(used["text"].split())
    assert words in used["text"] or words in flat


def test_an_address_that_is_its_own_words_is_written_once(used: dict[str, Any]) -> None:
    assert "<https://exemple.fr>" not in used["text"]


def test_the_check_reads_the_file_again(used: dict[str, Any]) -> None:
    assert used["right"] == []
    assert used["elsewhere"] == ["TXT-002"]
    assert [code for code, _ in used["damaged"]] == ["TXT-003"]
    assert "Le chien guide entre." in used["damaged"][0][1]
    assert used["undecodable"] == ["TXT-001"]


PROGRAM = "from ess_access.cli import main; main()"


def test_the_program_lists_the_format_and_its_options(installed: Path) -> None:
    listed = json.loads(
        run((sys.executable, "-c", PROGRAM, "formats", "--json"), PYTHONPATH=str(installed))
    )
    text = next(entry for entry in listed if entry["name"] == "text")
    assert text["missing"] == []
    assert text["options"][0]["key"] == "text.width"
    assert text["options"][0]["doc"] == "Nombre de caractères par ligne."


def test_the_program_builds_previews_and_checks_the_format(installed: Path, tmp_path: Path) -> None:
    source = tmp_path / "guide.md"
    source.write_text("# Bien accueillir\n\nOn entre ici chez soi, sans rien demander.\n", "utf-8")
    output = tmp_path / "editions"
    arguments = ("build", source, "-o", output, "--to", "text", "-s", "text.width=24", "--no-cache")
    run((sys.executable, "-c", PROGRAM, *arguments), PYTHONPATH=str(installed))
    edition = output / "guide" / "guide.txt"
    made = edition.read_text(encoding="utf-8")
    assert made.splitlines()[3:] == ["On entre ici chez soi,", "sans rien demander."]
    report = json.loads((output / "report.json").read_text(encoding="utf-8"))
    assert "guide.txt" in json.dumps(report)
    shown = run(
        (sys.executable, "-c", PROGRAM, "preview", source, "--to", "text", "-s", "text.width=24"),
        PYTHONPATH=str(installed),
    )
    assert shown.strip() == made.strip()
    run((sys.executable, "-c", PROGRAM, "check", edition), PYTHONPATH=str(installed))


def test_the_plug_ins_own_option_is_checked_like_ours(installed: Path, tmp_path: Path) -> None:
    source = tmp_path / "guide.md"
    source.write_text("Un mot.\n", "utf-8")
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, "preview", source, "--to", "text", "-s", "text.width=5"],
        env={**os.environ, "PYTHONPATH": str(installed)},
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )
    assert done.returncode == 3
    assert "text.width" in done.stderr
    assert "20" in done.stderr
