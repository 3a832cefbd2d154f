"""Readers, backends and engines are found by their entry points."""

import subprocess
import sys
from collections.abc import Callable, Iterator
from importlib.metadata import EntryPoint, entry_points
from types import SimpleNamespace

import pytest

from ess_access.api import plugins
from ess_access.errors import ConfigurationError

GROUP = "ess_access.backends"


@pytest.fixture(autouse=True)
def _forgotten() -> Iterator[None]:
    """Let no test see the entry points that another one set."""
    plugins._entries.cache_clear()
    yield
    plugins._entries.cache_clear()


@pytest.fixture
def registered(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Say which entry points are installed: pairs of a name and a distribution."""

    def register(*entries: tuple[str, str, str]) -> None:
        found = [entry(*claim) for claim in entries]
        monkeypatch.setattr(plugins, "entry_points", lambda *, group: found)

    return register


def printed(script: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def entry(name: str, value: str, distribution: str) -> EntryPoint:
    made = EntryPoint(name, value, GROUP)
    if distribution:
        # What importlib.metadata itself does for a distribution that it found.
        vars(made).update(dist=SimpleNamespace(name=distribution))
    return made


def test_names_are_sorted(registered: Callable[..., None]) -> None:
    registered(("text", "a:A", "one"), ("audio", "b:B", "one"))
    assert plugins.names(GROUP) == ("audio", "text")


def test_listing_names_imports_no_plug_in() -> None:
    script = (
        "import sys; from ess_access.api import plugins as p;"
        "[p.names(group) for group in (p.READERS, p.BACKENDS, p.ENGINES)];"
        "print([m for m in sys.modules if m.startswith(('ess_access.readers',"
        "'ess_access.backends', 'ess_access.engines'))])"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"


def test_loading_a_plug_in_makes_it(registered: Callable[..., None]) -> None:
    registered(("namespace", "types:SimpleNamespace", "one"))
    assert plugins.load(GROUP, "namespace") == SimpleNamespace()


def test_a_name_that_two_distributions_claim_names_both(registered: Callable[..., None]) -> None:
    registered(("text", "b:B", "zebra-text"), ("text", "a:A", "alpha-text"))
    with pytest.raises(ConfigurationError) as caught:
        plugins.names(GROUP)
    assert caught.value.key == "plugin-duplicate"
    assert caught.value.params["name"] == "text"
    assert (caught.value.params["first"], caught.value.params["second"]) == (
        "alpha-text",
        "zebra-text",
    )


def test_two_distributions_that_claim_one_name_for_one_class_are_a_duplicate_too(
    registered: Callable[..., None],
) -> None:
    registered(("text", "a:A", "one"), ("text", "a:A", "other"))
    with pytest.raises(ConfigurationError, match="plugin-duplicate"):
        plugins.names(GROUP)


def test_a_distribution_that_is_seen_twice_is_no_duplicate(
    registered: Callable[..., None],
) -> None:
    registered(("text", "a:A", "one"), ("text", "a:A", "one"))
    assert plugins.names(GROUP) == ("text",)


def test_a_claim_without_a_distribution_is_named_by_its_module(
    registered: Callable[..., None],
) -> None:
    registered(("text", "module_a:A", ""), ("text", "module_b:B", ""))
    with pytest.raises(ConfigurationError) as caught:
        plugins.names(GROUP)
    assert {caught.value.params["first"], caught.value.params["second"]} == {
        "module_a",
        "module_b",
    }


def test_an_unknown_name_lists_the_known_ones(registered: Callable[..., None]) -> None:
    registered(("text", "a:A", "one"), ("audio", "b:B", "one"))
    with pytest.raises(ConfigurationError) as caught:
        plugins.load(GROUP, "txet")
    assert caught.value.key == "plugin-unknown"
    assert caught.value.params["known"] == "audio, text"


@pytest.mark.parametrize("value", ["no_such_module_here:A", "types:NoSuchClass"])
def test_a_broken_plug_in_names_its_package(registered: Callable[..., None], value: str) -> None:
    registered(("text", value, "broken-text"))
    with pytest.raises(ConfigurationError) as caught:
        plugins.load(GROUP, "text")
    assert caught.value.key == "plugin-broken"
    assert caught.value.params["package"] == "broken-text"
    assert caught.value.params["reason"]


def test_a_broken_plug_in_does_not_stop_the_others(registered: Callable[..., None]) -> None:
    registered(("bad", "no_such_module_here:A", "bad"), ("good", "types:SimpleNamespace", "good"))
    assert plugins.names(GROUP) == ("bad", "good")
    assert plugins.load(GROUP, "good") == SimpleNamespace()


@pytest.mark.parametrize("group", [plugins.READERS, plugins.BACKENDS, plugins.ENGINES])
def test_every_plug_in_of_ours_loads_and_bears_the_name_of_its_entry(group: str) -> None:
    ours = [e for e in entry_points(group=group) if e.dist and e.dist.name == "ess-access"]
    assert ours
    for one in ours:
        assert one.load().name == one.name


@pytest.mark.parametrize("group", [plugins.READERS, plugins.BACKENDS, plugins.ENGINES])
def test_loading_any_plug_in_of_ours_imports_no_heavy_library(group: str) -> None:
    script = (
        "import sys; from ess_access.api import plugins as p;"
        f"[p.load({group!r}, name) for name in p.names({group!r})];"
        "print(sorted({'lxml', 'docx', 'av', 'PIL', 'num2words', 'pydantic', 'louis', 'gtts',"
        "'pyttsx3', 'fontTools', 'markdown_it'} & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"
