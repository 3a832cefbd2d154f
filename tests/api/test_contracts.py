"""What crosses from one room to another: findings, artifacts, options, errors."""

import dataclasses
import pickle
from pathlib import Path
from typing import ClassVar

import pytest

from ess_access import errors
from ess_access.api.backend import Artifact
from ess_access.api.engine import Speech
from ess_access.api.findings import Finding, Missing, Severity
from ess_access.api.options import option, option_doc
from ess_access.api.reader import Reader, Reading, Source
from ess_access.document.build import doc, p
from ess_access.document.nodes import Place
from ess_access.errors import (
    ConfigurationError,
    EditionError,
    EssAccessError,
    MissingError,
    SourceError,
)


@pytest.mark.parametrize(
    ("kind", "code"),
    [
        (EssAccessError, 1),
        (ConfigurationError, 3),
        (SourceError, 4),
        (MissingError, 5),
        (EditionError, 6),
    ],
)
def test_each_kind_of_error_has_the_exit_code_of_the_command_line(
    kind: type[EssAccessError], code: int
) -> None:
    assert kind.exit_code == code


def test_every_error_that_is_exported_is_one_of_the_house() -> None:
    kinds = [kind for name in errors.__all__ if isinstance(kind := vars(errors)[name], type)]
    assert len(kinds) == 5
    assert all(issubclass(kind, EssAccessError) for kind in kinds)


@pytest.mark.parametrize("kind", [ConfigurationError, SourceError, MissingError, EditionError])
def test_an_error_crosses_a_process_boundary_whole(kind: type[EssAccessError]) -> None:
    back = pickle.loads(pickle.dumps(kind("voice-missing", voice="Léa", count=2)))
    assert type(back) is kind
    assert back.key == "voice-missing"
    assert back.params == {"voice": "Léa", "count": 2}


def test_a_parameter_of_a_message_may_be_called_key() -> None:
    error = ConfigurationError("option-unknown", key="text.widht", nearest="text.width")
    assert pickle.loads(pickle.dumps(error)).params["key"] == "text.widht"


def test_an_error_shows_its_key_and_params_to_a_developer() -> None:
    assert str(SourceError("empty")) == "empty"
    assert str(SourceError("empty", name="a.md", size=0)) == "empty (name=a.md, size=0)"


@pytest.mark.parametrize(
    "value",
    [
        Finding("SRC-001", Severity.WARNING, {"name": "plan.png"}, Place(line=3)),
        Finding("SRC-001", Severity.INFO),
        Missing("liblouis", "louis-missing", "apt-get install python3-louis", params={"n": 1}),
        Missing("liblouis", "louis-missing"),
        Artifact(Path("a.brf"), "text/plain", {"pages": 3}, (Finding("BR-001", Severity.ERROR),)),
        Artifact(Path("a.brf"), "text/plain"),
    ],
)
def test_what_a_backend_gives_crosses_a_process_boundary_whole(value: object) -> None:
    assert pickle.loads(pickle.dumps(value)) == value


def test_an_option_carries_its_default_bounds_and_documentation() -> None:
    @dataclasses.dataclass(frozen=True, slots=True)
    class Options:
        width: int = option(72, ge=20, le=200, doc="Width.")
        plain: int = dataclasses.field(default=1)

    width, plain = dataclasses.fields(Options)
    assert Options().width == 72
    assert option_doc(width) == "Width."
    assert (width.metadata["ge"], width.metadata["le"]) == (20, 200)
    assert option_doc(plain) == ""


@pytest.mark.parametrize("default", [[], {}, set()])
def test_an_option_that_could_change_is_refused(default: object) -> None:
    with pytest.raises(TypeError, match="immutable"):
        option(default, doc="A list.")


def test_speech_knows_how_long_it_lasts() -> None:
    assert Speech(b"\0" * 32_000, 16_000).seconds == 1.0


def test_a_source_alone_has_no_pictures() -> None:
    resource = Source("a.md", ".md", b"").resource("plan.png")
    assert (resource.data, resource.reason) == (None, "absent")


def test_a_class_with_a_name_suffixes_and_read_is_a_reader() -> None:
    class Shout:
        name: ClassVar[str] = "shout"
        suffixes: ClassVar[frozenset[str]] = frozenset({".shout"})

        def read(self, source: Source) -> Reading:
            return Reading(doc(p(source.data.decode().upper())))

    reader: Reader = Shout()
    assert isinstance(reader, Reader)
    assert reader.read(Source("a", ".shout", b"oui")).document == doc(p("OUI"))
