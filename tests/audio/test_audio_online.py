import importlib.util
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from audio_sounds import GUIDE, SILENT, checked, rendered
from ess_access.api import plugins
from ess_access.backends.audio.script import script
from ess_access.document.build import doc, h, p, ul
from ess_access.engines.gtts import GttsEngine
from ess_access.errors import EditionError
from ess_access.transforms.outline import prepare
from support import ROOT


def service() -> Any:
    """Load the server of the engine's own tests."""
    path = ROOT / "tests" / "engines" / "test_engine_gtts.py"
    spec = importlib.util.spec_from_file_location("gtts_service", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def online(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Lead the engine gtts to a server here; its acts can be changed between two builds."""
    module = service()
    server = module.Service("say")
    load = plugins.load

    def loaded(group: str, name: str) -> Any:
        if (group, name) != (plugins.ENGINES, "gtts"):
            return load(group, name)
        authority = module.CERTIFICATE
        return GttsEngine(
            domain=server.domain(), authority=authority, timeout_s=2.0, wait=lambda _s: None
        )

    monkeypatch.setattr(plugins, "load", loaded)
    yield server
    server.shutdown()
    server.server_close()


ONLINE = replace(SILENT, engine="gtts")


def test_a_book_is_said_by_google_each_sentence_once(online: Any, tmp_path: Path) -> None:
    artifacts = rendered(tmp_path / "a", ONLINE, cache=tmp_path / "cache")
    assert sorted(online.said) == sorted(set(online.said))
    assert "Nous recevons tout le monde." in online.said
    found = {each.code for each in checked(artifacts, ONLINE)}
    assert not found & {"AU-002", "AU-015", "AU-019"}


@pytest.mark.parametrize("trouble", ["cut", "empty", 503])
def test_a_build_that_broke_in_the_middle_goes_on_where_it_was(
    online: Any, tmp_path: Path, trouble: object
) -> None:
    cache = tmp_path / "cache"
    online.script = ["say", "say", "say", "say", trouble]
    with pytest.raises(EditionError) as caught:
        rendered(tmp_path / "a", ONLINE, cache=cache)
    assert caught.value.key == "gtts-failed"
    before = list(online.said)
    assert 0 < len(before) <= 4
    online.script = ["say"]
    rendered(tmp_path / "b", ONLINE, cache=cache)
    assert sorted(online.said) == sorted(set(online.said))
    whole = rendered(tmp_path / "c", SILENT)
    assert len(online.said) == whole[0].measures["utterances"]


def test_a_sentence_of_several_requests_goes_on_where_it_broke(online: Any, tmp_path: Path) -> None:
    text = ", ".join(f"la mutuelle numéro {word} rembourse" for word in "abcdefghij") + "."
    document = doc(p("Bonjour."), p(text))
    online.script = ["say", "say", "say", 503]
    with pytest.raises(EditionError):
        rendered(tmp_path / "a", ONLINE, document, tmp_path / "cache")
    assert len(online.said) == 3
    online.script = ["say"]
    rendered(tmp_path / "b", ONLINE, document, tmp_path / "cache")
    assert len(online.said) == len(set(online.said)) > 4
    assert " ".join(online.said).split() == f"Bonjour. {script(document, ONLINE)[1].spoken}".split()


def test_words_that_come_again_are_asked_for_once(online: Any, tmp_path: Path) -> None:
    chapters = [(h(1, f"Partie {name}"), p("Oui."), ul("un", "deux")) for name in "abcdefgh"]
    document = prepare(doc(*(block for chapter in chapters for block in chapter)))[0]
    rendered(tmp_path / "a", ONLINE, document, tmp_path / "cache")
    said = {utterance.spoken for utterance in script(document, ONLINE)}
    assert sorted(online.said) == sorted(said)


def test_the_fallback_engine_speaks_when_google_does_not(online: Any, tmp_path: Path) -> None:
    online.script = [403]
    options = replace(ONLINE, fallback="silence")
    (artifact, *_) = rendered(tmp_path / "a", options, GUIDE)
    assert [(f.code, f.params["reason"]) for f in artifact.findings] == [("AU-020", "gtts-failed")]
