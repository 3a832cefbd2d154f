"""The code of docs/plugins.md works as it stands."""

import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from ess_access.api.backend import Workspace
from ess_access.api.engine import Voice
from ess_access.api.reader import Reader, Source
from ess_access.document.build import doc, h, p
from ess_access.document.nodes import Place
from ess_access.errors import MissingError, SourceError
from support import ROOT

PAGE = (ROOT / "docs" / "plugins.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def shown() -> dict[str, Any]:
    """Run every Python block of the page, in one namespace."""
    names: dict[str, Any] = {"__name__": "page"}
    for block in re.findall(r"^```python\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL):
        exec(compile(block, "docs/plugins.md", "exec"), names)
    return names


def test_the_reader_reads(shown: dict[str, Any]) -> None:
    reader = shown["NotesReader"]()
    assert isinstance(reader, Reader)
    reading = reader.read(Source("a.notes", ".notes", b"!Titre\n!\n\nUn mot.\n"))
    assert reading.document == doc(h(1, "Titre"), p("Un mot."))
    assert [finding.code for finding in reading.findings] == ["NOTE-001"]
    assert reading.findings[0].at == Place(line=2)
    with pytest.raises(SourceError):
        reader.read(Source("a.notes", ".notes", b"\xff"))


def test_the_backend_writes_and_checks(shown: dict[str, Any], tmp_path: Path) -> None:
    backend = shown["ContentsBackend"]()
    options = replace(backend.options(), depth=2)
    document = doc(h(1, "Guide"), h(2, "Accueil"), h(3, "Porte"), p("Un mot."))
    artifacts = backend.render(document, options, Workspace(tmp_path, "guide"))
    assert [artifact.path.name for artifact in artifacts] == ["guide.contents.txt"]
    assert artifacts[0].path.read_text(encoding="utf-8") == "Guide\n  Accueil\n"
    assert artifacts[0].measures == {"headings": 2}
    assert list(backend.check(artifacts, document, options)) == []
    artifacts[0].path.write_text("Guide\n", encoding="utf-8")
    assert [found.code for found in backend.check(artifacts, document, options)] == ["TOC-001"]
    assert list(backend.check(artifacts, None, options)) == []
    assert (list(backend.missing(options)), backend.fingerprint(options)) == ([], "")


def test_the_engine_speaks(shown: dict[str, Any]) -> None:
    engine = shown["MorseEngine"]()
    voice = engine.voices()[0]
    assert engine.synthesize("bonjour", voice, 1.0).seconds == pytest.approx(0.42)
    assert engine.synthesize("bonjour", voice, 2.0).seconds == pytest.approx(0.21)
    with pytest.raises(MissingError):
        engine.synthesize("bonjour", Voice("sos", "fr"), 1.0)
    assert (list(engine.missing()), engine.fingerprint(voice)) == ([], "morse 1")
    engine.close()


@pytest.mark.parametrize("module", sorted(set(re.findall(r"`(ess_access(?:\.\w+)+)`", PAGE))))
def test_every_module_that_the_page_names_is_there(module: str) -> None:
    # Groups of entry points and classes look alike: a name of either kind must lead somewhere.
    if module in ("ess_access.readers", "ess_access.backends", "ess_access.engines"):
        return
    from pkgutil import resolve_name

    assert resolve_name(module)
