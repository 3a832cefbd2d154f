"""A catalogue turns keys, findings and errors into sentences."""

import errno
import gettext
import io
import os

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo

from ess_access import errors
from ess_access.api.findings import Finding, Severity
from ess_access.document.nodes import Place
from ess_access.errors import ConfigurationError, EditionError, SourceError, reason_of
from ess_access.locale import LANGUAGES, Catalogue, catalogue

NBSP = "\u00a0"


@pytest.fixture
def small() -> Catalogue:
    """Make a French catalogue of three sentences."""
    catalog = Catalog(locale="fr")
    # Ours have two forms; Babel's own notion of French follows CLDR, which knows a third.
    catalog.mime_headers = [("Plural-Forms", "nplurals=2; plural=(n > 1);")]
    catalog.add("hello", "Bonjour {name}.")
    catalog.add(("pages", "pages"), ("{count} page", "{count} pages"))
    catalog.add("XX-001", "l’image {name} est floue.")
    catalog.add("place-line", "ligne {line}")
    catalog.add("place-page", "page {page}")
    catalog.add("located", "{place}" + NBSP + ": {sentence}")
    file = io.BytesIO()
    write_mo(file, catalog)
    file.seek(0)
    return Catalogue("fr", gettext.GNUTranslations(file))


def test_a_key_gives_its_sentence_with_its_braces_filled(small: Catalogue) -> None:
    assert small.text("hello", name="Léa") == "Bonjour Léa."
    assert small.knows("hello")


def test_a_value_with_braces_is_left_as_it_is(small: Catalogue) -> None:
    assert small.text("hello", name="{count}") == "Bonjour {count}."


def test_an_unknown_key_shows_itself_and_its_params(small: Catalogue) -> None:
    assert small.text("no-such-key", name="Léa") == "no-such-key (name=Léa)"
    assert small.text("no-such-key") == "no-such-key"
    assert not small.knows("no-such-key")


@pytest.mark.parametrize(
    ("count", "said"), [(0, "0 page"), (1, "1 page"), (2, "2 pages"), (12, "12 pages")]
)
def test_a_number_of_things_has_its_form(small: Catalogue, count: int, said: str) -> None:
    assert small.plural("pages", count) == said


@pytest.mark.parametrize(
    ("at", "said"),
    [
        (None, "guide.md"),
        (Place(line=12), "guide.md, ligne 12"),
        (Place(page=3), "guide.md, page 3"),
        (Place(line=2, part="notes.xhtml"), "guide.md, notes.xhtml, ligne 2"),
    ],
)
def test_a_place_is_named_from_the_outside_in(
    small: Catalogue, at: Place | None, said: str
) -> None:
    assert small.place("guide.md", at) == said


def test_a_finding_says_where_then_what(small: Catalogue) -> None:
    finding = Finding("XX-001", Severity.WARNING, {"name": "plan.png"}, Place(line=12))
    said = "guide.md, ligne 12" + NBSP + ": l’image plan.png est floue."
    assert small.finding(finding, "guide.md") == said


def test_a_finding_without_a_place_is_its_sentence(small: Catalogue) -> None:
    finding = Finding("XX-001", Severity.WARNING, {"name": "plan.png"})
    assert small.finding(finding) == "l’image plan.png est floue."


def test_a_plug_in_brings_its_own_sentence(small: Catalogue) -> None:
    finding = Finding("ZZ-001", Severity.ERROR, {"message": "Il manque un mot."})
    assert small.finding(finding) == "Il manque un mot."


def test_a_finding_that_nobody_knows_shows_its_code_and_params(small: Catalogue) -> None:
    assert small.finding(Finding("ZZ-002", Severity.ERROR, {"n": 1})) == "ZZ-002 (n=1)"


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_error_is_said_in_each_language(language: str) -> None:
    error = ConfigurationError("plugin-unknown", name="txet", kind="x", known="audio, braille")
    said = catalogue(language).error(error)
    assert "txet" in said
    assert "audio, braille" in said
    assert "{" not in said


def test_the_languages_differ() -> None:
    error = SourceError("plugin-unknown", name="a", kind="b", known="c")
    assert catalogue("fr").error(error) != catalogue("en").error(error)


def test_what_the_system_says_is_said_in_the_reader_s_language() -> None:
    error = OSError(errno.ENOSPC, "No space left on device")
    fault = EditionError("output-unwritable", folder="o", reason=reason_of(error))
    assert "(plus de place sur le disque)" in catalogue("fr").error(fault)
    assert "(No space left on device)" in catalogue("en").error(fault)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_reason_of_a_system_has_its_words(language: str) -> None:
    known = catalogue(language)
    for name in errors._SAID:
        assert known.knows(f"errno.{name}")
        number = getattr(errno, name, None)  # some systems have fewer
        # Two names may share a number: EAGAIN and EWOULDBLOCK, ENOTSUP and EOPNOTSUPP.
        if number is not None and errno.errorcode[number] == name:
            assert reason_of(OSError(number, os.strerror(number))) == name


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (OSError(errno.EDOM, "Argument out of domain"), "Argument out of domain"),
        (OSError("a sentence of its own"), "a sentence of its own"),
        (TimeoutError(), "TimeoutError"),
    ],
)
def test_another_reason_stays_as_it_is(error: OSError, words: str) -> None:
    fault = EditionError("output-unwritable", folder="o", reason=reason_of(error))
    assert f"({words})" in catalogue("fr").error(fault)
