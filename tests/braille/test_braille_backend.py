"""The Braille backend as the pipeline sees it: files, options, what is missing, messages."""

import re
import sys
from pathlib import Path
from types import ModuleType

import pytest

from ess_access.api.backend import Workspace
from ess_access.api.plugins import BACKENDS, load
from ess_access.backends.braille import BrailleBackend, BrailleOptions
from ess_access.backends.braille import liblouis as wrapper
from ess_access.document.build import doc, h, ol, p, table, ul
from ess_access.document.nodes import Document
from ess_access.errors import EditionError, MissingError
from ess_access.locale import LANGUAGES, catalogue
from support import ROOT, shared

GUIDE = doc(
    h(1, "Votre mutuelle"),
    p("Nous accueillons les usager·ère·s de 9 h à 18h30, au 01 44 49 35 35."),
    h(2, "VOS GARANTIES"),
    ul("les soins courants", "l’optique"),
    ol("Appelez-nous.", "Envoyez la demande."),
    table(("Soin", "Part"), ("Optique", "60 %"), ("Dentaire", "80 %")),
    p("Écrivez à accueil@mutuelle.example.org, ou rendez-vous sur le site."),
    title="Votre mutuelle",
)


def render(document: Document, options: BrailleOptions, folder: Path) -> dict[str, bytes]:
    artifacts = BrailleBackend().render(document, options, Workspace(folder, "guide"))
    assert not list(BrailleBackend().check(artifacts, document, options))
    return {artifact.path.name: artifact.path.read_bytes() for artifact in artifacts}


def test_the_entry_point_gives_the_backend() -> None:
    assert isinstance(load(BACKENDS, "braille"), BrailleBackend)


def test_an_edition_is_a_brf_a_pef_and_a_text(tmp_path: Path) -> None:
    files = render(GUIDE, BrailleOptions(), tmp_path)

    assert sorted(files) == ["guide.braille.txt", "guide.brf", "guide.pef"]


def test_rows_of_a_brf_end_with_cr_lf_without_blanks_and_fit_the_page(tmp_path: Path) -> None:
    brf = render(GUIDE, BrailleOptions(), tmp_path)["guide.brf"].decode("ascii")

    for page in brf.split("\f"):
        assert page.endswith("\r\n")
        rows = page.removesuffix("\r\n").split("\r\n")
        assert len(rows) <= 27
        assert all(len(row) <= 30 and row == row.rstrip(" ") and "\n" not in row for row in rows)


def test_two_builds_give_the_same_bytes(tmp_path: Path) -> None:
    (tmp_path / "1").mkdir()
    (tmp_path / "2").mkdir()

    first = render(GUIDE, BrailleOptions(), tmp_path / "1")

    assert first == render(GUIDE, BrailleOptions(), tmp_path / "2")


def test_the_guide_reads_back_word_for_word(tmp_path: Path) -> None:
    lines = shared("guide", "usagers.txt").read_text(encoding="utf-8").split("\n")
    document = doc(*(p(line) for line in lines if line.strip(" -")))

    brf = render(document, BrailleOptions(), tmp_path)["guide.brf"].decode("ascii")

    from ess_access.backends.braille.alphabets import decode_table

    cells = brf.translate(decode_table("nabcc"))
    cells = re.sub("\u2810[\r\n\f]+\u2800*", "", cells)  # an address goes on, CBFU 1.8
    rows = [
        re.sub("\u2800{3,}\u2820[\u2801-\u283f]+$", "", row) for row in re.split("[\r\n\f]+", cells)
    ]
    words = re.findall(r"[^\W_]+", wrapper.liblouis().back_translate("\u2800".join(rows)))
    assert words == re.findall(r"[^\W_]+", "\n".join(lines).replace("’", "'"))


def test_nothing_is_missing_where_liblouis_is() -> None:
    assert not list(BrailleBackend().missing(BrailleOptions()))
    assert not list(BrailleBackend().missing(BrailleOptions(grade=2)))


def _absent(_name: str) -> ModuleType:
    raise ImportError


def test_a_missing_liblouis_has_its_own_message() -> None:
    with pytest.raises(MissingError) as raised:
        wrapper.find(_absent, places=())

    assert raised.value.key == "louis-missing"
    for language in LANGUAGES:
        assert "liblouis" in catalogue(language).error(raised.value)


def test_the_stranger_from_pypi_has_its_own_message() -> None:
    with pytest.raises(MissingError) as raised:
        wrapper.find(ModuleType, places=())

    assert raised.value.key == "louis-stranger"
    for language in LANGUAGES:
        assert "PyPI" in catalogue(language).error(raised.value)


def test_the_real_module_is_found_behind_the_stranger() -> None:
    assert hasattr(wrapper.find(ModuleType), "translateString")


def test_a_folder_whose_module_does_not_load_is_passed_over(tmp_path: Path) -> None:
    (tmp_path / "louis").mkdir()
    (tmp_path / "louis" / "__init__.py").write_text("import ctypes\nctypes.CDLL('nowhere.so')\n")

    with pytest.raises(MissingError):
        wrapper.find(_absent, places=(str(tmp_path),))


def test_what_is_missing_is_told_before_building(monkeypatch: pytest.MonkeyPatch) -> None:
    def absent() -> wrapper.Liblouis:
        raise MissingError("louis-missing", command="apt-get install python3-louis")

    monkeypatch.setattr(wrapper, "liblouis", absent)

    (missing,) = BrailleBackend().missing(BrailleOptions())

    assert (missing.name, missing.key) == ("liblouis", "louis-missing")


def test_a_missing_table_is_told_before_building(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wrapper, "UNCONTRACTED", "no-such-table.utb")

    (missing,) = BrailleBackend().missing(BrailleOptions())

    assert (missing.name, missing.key) == ("no-such-table.utb", "louis-table-missing")


def test_each_system_has_its_command() -> None:
    assert wrapper.install_command("darwin") == "brew install liblouis"
    assert "python3-louis" in wrapper.install_command("linux")
    assert wrapper.install_command("win32") == ""


def test_a_table_that_is_not_there_is_an_error_of_the_edition() -> None:
    with pytest.raises(EditionError) as raised:
        wrapper.liblouis().translate("bonjour", "no-such-table.utb")

    assert raised.value.key == "liblouis-failed"


def test_the_backend_loads_no_heavy_module() -> None:
    import subprocess

    code = (
        "import sys, ess_access.backends.braille as b;"
        "b.BrailleBackend();"
        "print(sorted({'louis', 'lxml', 'pyphen', 'ctypes'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert done.stdout.strip() == "[]"


def test_every_code_and_key_has_its_message_and_its_entry() -> None:
    room = ROOT / "src" / "ess_access" / "backends" / "braille"
    text = "\n".join(path.read_text(encoding="utf-8") for path in sorted(room.rglob("*.py")))
    codes = set(re.findall(r'"(BR-\d{3})"', text))
    keys = set(re.findall(r'"((?:louis|liblouis)-[a-z-]+|option\.braille\.\w+)"', text))
    page = (ROOT / "docs" / "codes" / "BR.md").read_text(encoding="utf-8")

    assert codes == set(re.findall(r"^## (BR-\d{3})", page, re.MULTILINE))
    for language in LANGUAGES:
        messages = catalogue(language)
        assert not [key for key in sorted(codes | keys) if not messages.knows(key)]
