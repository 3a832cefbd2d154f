"""A browser, axe-core and a keyboard try report.html, light and dark, narrow and wide."""

import json
import os
import subprocess
from pathlib import Path
from typing import Any

import pytest

from ess_access.locale import catalogue
from ess_access.pipeline.report import as_html
from report_outcomes import BRAILLE, whole
from support import ROOT, program

pytestmark = [pytest.mark.oracle]


def _modules() -> Path:
    folder = Path(os.environ.get("ESS_ACCESS_NODE_MODULES", ROOT / ".oracles/node_modules"))
    for name in ("axe-core", "puppeteer-core"):
        if not (folder / name).is_dir():
            pytest.skip(f"{name} is not in {folder}: make oracles")
    return folder


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """Give what the browser tells of the page in which everything happens."""
    node, chromium, modules = program("node"), program("chromium"), _modules()
    folder = tmp_path_factory.mktemp("page")
    page = folder / "report.html"
    page.write_text(
        as_html(whole(), catalogue("fr"), load_text=lambda path: BRAILLE), encoding="utf-8"
    )
    script = Path(__file__).with_name("report_axe.js")
    done = subprocess.run(
        [node, str(script), str(modules), chromium, str(page), str(folder / "profile")],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1200])
def test_axe_finds_no_violation(told: Any, scheme: str, width: int) -> None:
    judged = told["judged"][f"{scheme} {width}"]
    assert judged["violations"] == []
    assert "color-contrast-enhanced" in judged["passes"]
    assert ("scrollable-region-focusable" in judged["passes"]) == (width == 360)


@pytest.mark.parametrize("width", [360, 1200])
def test_the_page_is_never_wider_than_the_screen(told: Any, width: int) -> None:
    assert told["judged"][f"light {width}"]["overflow"] <= 0


def test_the_browser_asks_for_the_page_and_nothing_else(told: Any) -> None:
    asked = {address for address in told["asked"] if not address.startswith("data:")}
    assert [address.rpartition("/")[2] for address in asked] == ["report.html"]


def test_the_first_stop_of_the_keyboard_skips_to_the_content(told: Any) -> None:
    assert told["first"]["href"] == "#content"
    assert told["first"]["seen"]
    assert told["skipped"]["id"] == "content"


def test_every_stop_of_the_keyboard_is_seen(told: Any) -> None:
    stops = told["stops"]
    assert {"a", "input", "select", "audio", "summary"} <= {stop["tag"] for stop in stops}
    assert [stop for stop in stops if not (stop["seen"] and stop["outlined"])] == []


def test_the_form_narrows_the_page_by_name_without_accents(told: Any) -> None:
    assert told["filtered"]["sources"] == ["dossier/abîmé.docx"]
    assert told["filtered"]["rows"] == 1
    assert told["filtered"]["told"] == "Documents montrés\u00a0: 1 sur 4"
    assert told["stayed"]


def test_the_form_narrows_the_page_to_what_failed(told: Any) -> None:
    assert told["failed"] == ["dossier/abîmé.docx", "notice.txt", "lettre.html"]


def test_a_link_to_a_document_that_the_form_hides_shows_it(told: Any) -> None:
    """Else links of the first part would lead nowhere, and nobody would know why."""
    assert told["uncovered"]["covered"]
    assert told["uncovered"]["back"] == "Documents montrés\u00a0: 4 sur 4"
    assert told["uncovered"]["name"] == ""
    assert 0 <= told["uncovered"]["top"] < 800


def test_the_braille_unfolds_by_keyboard(told: Any) -> None:
    assert told["unfolded"]


def test_without_javascript_everything_is_there(told: Any) -> None:
    assert told["plain"]
