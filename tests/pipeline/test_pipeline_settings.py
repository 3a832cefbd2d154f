"""Every value of the configuration is checked, and every error is told at once with its place."""

import contextlib
import pickle
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ess_access.api.options import option
from ess_access.errors import ConfigurationError
from ess_access.pipeline import config as config_module
from ess_access.pipeline.config import Config, known_keys
from ess_access.pipeline.options import Refused, field_names, make_options
from ess_access.pipeline.settings import (
    ConfigurationErrors,
    Fault,
    Layer,
    Setting,
    from_assignments,
    from_environment,
    from_file,
    nearest,
)


@dataclass(frozen=True, slots=True)
class Options:
    """Options of every kind."""

    width: int = option(30, doc="x", ge=20, le=40)
    rate: float = option(1.0, doc="x", ge=0.5)
    name: str = option("", doc="x")
    contents: bool = option(True, doc="x")
    mode: Literal["both", "masculine"] = option("both", doc="x")
    grade: Literal[1, 2] = option(1, doc="x")
    words: tuple[str, ...] = option((), doc="x")

    def __post_init__(self) -> None:
        if self.mode == "masculine" and self.grade == 2:
            raise ValueError("masculine goes with grade 1")


def given_(**values: Any) -> dict[str, Setting]:
    return {name: Setting(value, "here") for name, value in values.items()}


def raw(**values: str) -> dict[str, Setting]:
    return {name: Setting(value, "-s", raw=True) for name, value in values.items()}


def faults_of(values: dict[str, Setting]) -> list[tuple[str, dict[str, str | int]]]:
    with pytest.raises(Refused) as refused:
        make_options(Options, "braille", values)
    return [(fault.key, dict(fault.params)) for fault in refused.value.faults]


@pytest.mark.parametrize(
    ("name", "text", "value"),
    [
        ("width", "32", 32),
        ("rate", "2", 2.0),
        ("rate", "0.75", 0.75),
        ("name", "3", "3"),
        ("name", "true", "true"),
        ("name", "a, b", "a, b"),
        ("contents", "non", False),
        ("contents", "Yes", True),
        ("contents", "off", False),
        ("contents", "true", True),
        ("mode", "masculine", "masculine"),
        ("grade", "2", 2),
        ("words", "a, b,, c ", ("a", "b", "c")),
        ("words", '["a, b", "c"]', ("a, b", "c")),
        ("words", "", ()),
    ],
)
def test_text_of_the_command_line_becomes_its_type(name: str, text: str, value: object) -> None:
    made = getattr(make_options(Options, "", raw(**{name: text})), name)
    assert (made, type(made)) == (value, type(value))


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        (given_(width=19), "20–40"),
        (given_(width=41), "20–40"),
        (given_(width="30"), "20–40"),
        (given_(width=30.5), "20–40"),
        (given_(width=True), "20–40"),
        (given_(rate=0.1), "0.5–…"),
        (given_(rate=float("nan")), "0.5–…"),
        (given_(rate=float("inf")), "0.5–…"),
        (given_(name=3), '"…"'),
        (given_(contents="true"), "true | false"),
        (given_(contents=1), "true | false"),
        (given_(mode="neuter"), "both | masculine"),
        (given_(grade=3), "1 | 2"),
        (given_(grade=True), "1 | 2"),
        (given_(words="a"), '["…", …]'),
        (given_(words=["a", 1]), '["…", …]'),
        (given_(width={"a": 1}), "20–40"),
        (raw(width="wide"), "20–40"),
        (raw(width="32\nx = 1"), "20–40"),
        (raw(contents="maybe"), "true | false"),
        (raw(grade="oui"), "1 | 2"),
        (raw(width="9" * 5_000), "20–40"),
        (raw(width="[" * 5_000), "20–40"),
    ],
)
def test_a_value_that_does_not_fit_is_told_with_what_does(
    values: dict[str, Setting], expected: str
) -> None:
    ((key, params),) = faults_of(values)
    assert (key, params["expected"]) == ("option-invalid", expected)


def test_every_fault_is_told_at_once() -> None:
    told = faults_of(given_(width=1, contnts=True, mode="x"))
    assert [key for key, _ in told] == ["option-invalid", "option-unknown", "option-invalid"]
    assert told[1][1] == {"key": "braille.contnts", "nearest": "braille.contents"}


def test_options_that_contradict_each_other_say_why() -> None:
    ((key, params),) = faults_of(given_(mode="masculine", grade=2))
    assert (key, params["reason"]) == ("option-conflict", "masculine goes with grade 1")


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(field_names(Options)), st.text(max_size=12))
def test_no_text_makes_anything_but_options_or_a_fault(name: str, text: str) -> None:
    with contextlib.suppress(Refused):
        made = make_options(Options, "braille", raw(**{name: text}))
        assert 20 <= made.width <= 40
        assert made.rate >= 0.5
        assert isinstance(made.name, str)


# --- the file ---


def toml(folder: Path, text: str) -> Path:
    path = folder / "ess-access.toml"
    path.write_bytes(text.encode())
    return path


def test_a_file_gives_a_layer_for_all_and_one_for_each_choice(tmp_path: Path) -> None:
    layers = from_file(
        toml(
            tmp_path,
            """
formats = ["braille"]
[braille]
width = 32
contents = { a = 1 }
[[for]]
match = "lettres/*.md"
audio.rate = 1.2
[lexicon]
"C.P.A.M." = "caisse"
[[for]]
match = "guides"
""",
        )
    )
    assert [layer.match for layer in layers] == ["*", "lettres/*.md", "guides"]
    places = {key: setting.where for key, setting in layers[0].settings.items()}
    assert places["formats"] == "ess-access.toml:2"
    assert places["braille.width"] == "ess-access.toml:4"
    assert layers[0].settings["lexicon"].value == {"C.P.A.M.": "caisse"}
    assert layers[1].settings["audio.rate"].where == "ess-access.toml:8"


def test_a_mark_at_the_start_and_dos_lines_are_read(tmp_path: Path) -> None:
    (layer,) = from_file(toml(tmp_path, "\ufeffformats = ['audio']\r\n"))
    assert layer.settings["formats"].value == ["audio"]


@pytest.mark.parametrize(
    ("text", "where"),
    [
        ("width =", "ess-access.toml:1"),
        ("# é\r\na = 1\r\na = 2", "ess-access.toml:3"),
        ("a = 1\na = 2\nb = 3", "ess-access.toml:2"),
        ("a = " + "9" * 5_000, "ess-access.toml"),
        ("a = " + "[" * 9_999, "ess-access.toml"),
    ],
)
def test_a_file_that_is_no_toml_is_said_with_its_line(
    tmp_path: Path, text: str, where: str
) -> None:
    with pytest.raises(ConfigurationErrors) as error:
        from_file(toml(tmp_path, text))
    (fault,) = error.value.faults
    assert (fault.key, fault.where) == ("config-not-toml", where)
    assert "(at " not in str(fault.params["reason"])


@pytest.mark.parametrize(
    ("data", "line"),
    [("a = 1\ntitre = 'é'".encode("latin-1"), 2), ("a = 1".encode("utf-16"), 1)],
)
def test_a_line_that_is_not_in_utf8_is_said(tmp_path: Path, data: bytes, line: int) -> None:
    path = tmp_path / "ess-access.toml"
    path.write_bytes(data)
    with pytest.raises(ConfigurationErrors) as error:
        from_file(path)
    (fault,) = error.value.faults
    assert (fault.key, fault.where) == ("config-not-utf8", f"ess-access.toml:{line}")


@pytest.mark.parametrize("kind", ["absent", "folder"])
def test_a_file_that_cannot_be_read_is_said(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "ess-access.toml"
    if kind == "folder":
        path.mkdir()
    with pytest.raises(ConfigurationError) as error:
        from_file(path)
    assert error.value.key == "config-unreadable"


@pytest.mark.parametrize(
    ("text", "faults"),
    [
        ("for = 3", 1),
        ("for = [1, 2]", 1),
        ("[for]\nmatch = 'a'", 1),
        ("[[for]]\nformats = []", 1),
        ("[[for]]\nmatch = ''\n[[for]]\nmatch = 3", 2),
    ],
)
def test_every_choice_without_a_match_is_told(tmp_path: Path, text: str, faults: int) -> None:
    with pytest.raises(ConfigurationErrors) as error:
        Config(from_file(toml(tmp_path, text)))
    assert [fault.key for fault in error.value.faults] == ["config-for"] * faults


@pytest.mark.parametrize(
    ("match", "source", "applies"),
    [
        ("*", "a/b.md", True),
        ("*.md", "a/b.md", True),
        ("a/*", "a/b.md", True),
        ("a", "a/b.md", True),
        ("a/", "a/b/c.md", True),
        ("a", "ab/c.md", False),
        ("b.md", "a/b.md", False),
        ("[ab].md", "a.md", True),
        ("A.md", "a.md", False),
        ("**/a.md", "a.md", True),
        ("**/a.md", "x/y/a.md", True),
        ("**/a.md", "x/ba.md", False),
        ("x/**/a.md", "x/a.md", True),
        ("x/**/a.md", "x/y/z/a.md", True),
        ("./x/*.md", "x/a.md", True),
        ("./x", "x/a.md", True),
        ("[a.md", "[a.md", True),
        ("\u00e9t\u00e9/*", "e\u0301te\u0301/a.md", True),
        ("e\u0301t\u00e9", "\u00e9t\u00e9/a.md", True),
    ],
)
def test_a_layer_is_for_the_sources_it_matches(match: str, source: str, applies: bool) -> None:
    assert Layer({}, match).applies_to(source) is applies


def test_a_source_alone_has_the_settings_that_it_has_among_all(tmp_path: Path) -> None:
    layers = [layer("a/*", braille__width=32), layer("sources/b/*", braille__width=33)]
    config = Config(layers, folder=tmp_path)
    for folder, width in (("sources/a", 32), ("a", 32), ("sources/b", 33), ("b", 30), ("c/a", 30)):
        path = tmp_path / folder / "x.md"
        assert config.for_source("x.md", path).options["braille"].width == width, folder
        assert ("braille.width" in config.origins("x.md", path)) is (width != 30)


def test_words_of_the_project_are_told_where_they_are_used() -> None:
    config = Config([layer(lexicon={"CPAM": "caisse"})])
    assert config.origins("a.md")["audio.lexicon"].where == "*"


def test_the_environment_gives_the_keys_that_exist() -> None:
    layer = from_environment(
        {"ESS_ACCESS_LARGE_PRINT_SIZE_PT": "20", "ESS_ACCESS_CACHE": "/x", "OTHER": "1"},
        ["large-print.size_pt", "formats"],
    )
    assert dict(layer.settings) == {
        "large-print.size_pt": Setting("20", "ESS_ACCESS_LARGE_PRINT_SIZE_PT", raw=True)
    }


def test_a_variable_set_to_nothing_is_not_set() -> None:
    """Else ``ESS_ACCESS_FORMATS=`` in a build job would make no edition at all."""
    layer = from_environment({"ESS_ACCESS_FORMATS": ""}, ["formats"])
    assert dict(layer.settings) == {}


def test_a_slip_in_the_name_of_a_variable_is_said() -> None:
    layer = from_environment(
        {"ESS_ACCESS_BRAILLE_WIDHT": "30", "ESS_ACCESS_CACHE": "/x", "ESS_ACCESS_MINE": "1"},
        ["braille.width", "braille.height", "cache.max_size_mb", "formats"],
    )
    (fault,) = layer.faults
    assert (fault.key, fault.where) == ("option-unknown", "ESS_ACCESS_BRAILLE_WIDHT")
    assert fault.params["nearest"] == "ESS_ACCESS_BRAILLE_WIDTH"
    with pytest.raises(ConfigurationErrors):
        Config([layer])


def test_assignments_keep_what_follows_the_first_equals_sign() -> None:
    layer = from_assignments(["audio.lexicon=a=b", " braille.width = 32 "])
    assert {key: setting.value for key, setting in layer.settings.items()} == {
        "audio.lexicon": "a=b",
        "braille.width": "32",
    }


@pytest.mark.parametrize("text", ["braille.width", "=3", " = 3", ""])
def test_an_assignment_without_key_or_value_is_said(text: str) -> None:
    with pytest.raises(ConfigurationError) as error:
        from_assignments([text])
    assert error.value.key == "config-assignment"


def test_the_nearest_name_or_all_of_them() -> None:
    assert nearest("widht", ["height", "width"]) == "width"
    assert nearest("zzz", ["b", "a"]) == "a, b"


def test_errors_cross_a_process_boundary_whole() -> None:
    error = ConfigurationErrors([Fault("a", {"n": 1}, "x:1"), Fault("b", {}, "x:2")])
    again = pickle.loads(pickle.dumps(error))
    assert (again.faults, again.exit_code, again.key) == (error.faults, 3, "a")


# --- what is in force ---


def layer(match: str = "*", **values: Any) -> Layer:
    settings = {key.replace("__", "."): Setting(value, match) for key, value in values.items()}
    return Layer({k.replace("large_print", "large-print"): v for k, v in settings.items()}, match)


def test_later_layers_win_for_the_sources_they_match() -> None:
    config = Config([layer(braille__width=32), layer("a/*", braille__width=40)])
    assert config.for_source("a/x.md").options["braille"].width == 40
    assert config.for_source("b.md").options["braille"].width == 32
    assert config.for_source("b.md") is config.for_source("c.md")
    assert config.origins("a/x.md")["braille.width"].where == "a/*"


def test_the_three_editions_are_made_when_nobody_asks() -> None:
    assert set(Config([]).for_source("a.md").formats) == {"large-print", "audio", "braille"}


def test_the_command_line_s_formats_win_and_come_once() -> None:
    config = Config([layer(formats=["audio"])], formats=["braille", "braille"])
    assert config.for_source("a.md").formats == ("braille",)


@pytest.mark.parametrize("value", ["braille, audio", ["braille", "audio"]])
def test_formats_are_a_list_or_a_text(value: object) -> None:
    assert Config([layer(formats=value)]).for_source("a").formats == ("braille", "audio")


def test_limits_and_cache_are_those_of_the_project() -> None:
    config = Config([layer(limits__pages=12, cache__max_size_mb=0)])
    assert (config.for_source("a.md").limits.pages, config.cache.max_size_mb) == (12, 0)


def test_the_cache_is_no_choice_of_some_sources() -> None:
    """It would be passed over in silence."""
    with pytest.raises(ConfigurationErrors) as error:
        Config([layer("big/*", cache__max_size_mb=0)])
    (fault,) = error.value.faults
    assert (fault.key, dict(fault.params)) == ("config-cache-for", {"key": "cache.max_size_mb"})


def test_a_choice_of_sources_may_have_limits_of_its_own() -> None:
    config = Config([layer(limits__pages=12), layer("big/*", limits__pages=400)])
    assert config.for_source("a.pdf").limits.pages == 12
    assert config.for_source("big/a.pdf").limits.pages == 400


def test_metadata_and_words_reach_the_editions() -> None:
    config = Config([layer(meta__title="Titre", meta__authors=["A"], lexicon={"CPAM": "caisse"})])
    own = config.for_source("a.md")
    assert dict(own.meta) == {"title": "Titre", "authors": ("A",)}
    assert own.options["audio"].lexicon == ("CPAM=caisse",)


def test_words_of_one_document_join_those_of_the_project() -> None:
    words = {"CPAM": "caisse", "CAF": "allocations"}
    config = Config([layer(lexicon=words), layer("a.md", lexicon={"CAF": "caf", "RSA": "revenu"})])
    assert set(config.for_source("a.md").options["audio"].lexicon) == {
        "CPAM=caisse",
        "CAF=caf",
        "RSA=revenu",
    }
    assert config.origins("a.md")["lexicon"].where == "*, a.md"
    assert config.for_source("b.md").options["audio"].lexicon == (
        "CPAM=caisse",
        "CAF=allocations",
    )


@pytest.mark.parametrize(
    ("lang", "fits"),
    [("fr", True), ("fr-CA", True), ("français", False), ("f", False), ("", False)],
)
def test_a_language_that_no_reader_of_screens_knows_is_refused(lang: str, fits: bool) -> None:
    config = layer(meta__lang=lang)
    if fits:
        assert Config([config]).for_source("a.md").meta["lang"] == lang
        return
    with pytest.raises(ConfigurationErrors) as errors:
        Config([config])
    assert [fault.params["key"] for fault in errors.value.faults] == ["meta.lang"]


def test_a_value_is_shown_as_its_author_wrote_it() -> None:
    with pytest.raises(ConfigurationErrors) as errors:
        Config([layer(braille__width=True)])
    assert errors.value.faults[0].params["value"] == "true"


@pytest.mark.parametrize(
    ("match", "told"),
    [
        ("statut/*", True),
        ("statuts/*", False),
        ("guide.md", True),
        ("*.md", False),
        ("*.odt", True),
    ],
)
def test_a_choice_that_is_for_no_source_is_told(tmp_path: Path, match: str, told: bool) -> None:
    toml(tmp_path, f"[[for]]\nmatch = '{match}'\nformats = ['braille']\n")
    (tmp_path / "sources/statuts").mkdir(parents=True)
    config = Config(from_file(tmp_path / "ess-access.toml"), folder=tmp_path)
    config.for_source("a.md", tmp_path / "sources/a.md")
    assert [fault.where for fault in config.unmatched([tmp_path / "sources"])] == (
        ["ess-access.toml:2"] if told else []
    )
    assert list(config.unmatched([tmp_path / "sources/a.md"])) == []


def test_paths_of_a_file_begin_at_its_folder_and_others_where_the_program_runs() -> None:
    """``build --config ../ess-access.toml`` finds the same template as where that file is."""
    config = Config(
        [layer(large_print__template="t.docx"), from_assignments(["large-print.font_dir=fonts"])],
        folder=Path("project"),
    )
    options = config.for_source("a.md").options["large-print"]
    assert Path(options.template) == Path("project/t.docx")
    assert options.font_dir == "fonts"
    here = Config([layer(large_print__template="t.docx")])
    assert here.for_source("a.md").options["large-print"].template == "t.docx"


def test_an_edition_s_own_lexicon_wins() -> None:
    config = Config([layer(lexicon={"a": "b"}, audio__lexicon=["c=d"])])
    assert config.for_source("a.md").options["audio"].lexicon == ("c=d",)


def test_every_error_of_every_layer_is_told_once() -> None:
    with pytest.raises(ConfigurationErrors) as errors:
        Config(
            [
                layer(braille__width=3, nothing=1, limits=3, lexicon=[1], formats=["txet", 3]),
                layer("a/*", audio__rate="fast", meta__title=3, braile__width=3),
                layer("b/*", cache__max_size_mb=-1, limits__pages="x"),
            ]
        )
    told = [
        (fault.key, fault.params.get("key", fault.params.get("name")))
        for fault in errors.value.faults
    ]
    assert len(told) == len(set(told))
    assert set(told) == {
        ("option-invalid", "braille.width"),
        ("option-unknown", "nothing"),
        ("config-section", "limits"),
        ("config-lexicon", None),
        ("format-unknown", "txet"),
        ("format-unknown", "3"),
        ("option-invalid", "audio.rate"),
        ("option-invalid", "meta.title"),
        ("option-unknown", "braile.width"),
        ("option-invalid", "cache.max_size_mb"),
        ("config-cache-for", "cache.max_size_mb"),
        ("option-invalid", "limits.pages"),
    }


def test_layers_that_are_right_one_by_one_may_contradict_each_other(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    class Backend:
        options = Options

    monkeypatch.setattr(config_module, "load", lambda group, name: Backend)
    monkeypatch.setattr(config_module, "names", lambda group: ("braille",))
    config = Config(
        [
            layer(),
            layer("a/*", braille__mode="masculine"),
            layer("*.md", braille__grade=2),
        ]
    )
    assert config.for_source("a/x.txt").options["braille"].mode == "masculine"
    with pytest.raises(ConfigurationErrors) as errors:
        config.for_source("a/x.md")
    assert errors.value.key == "option-conflict"


@pytest.mark.parametrize("value", [["absent.pls"], "absent.pls", [3]])
def test_a_lexicon_file_that_cannot_be_read_is_told(tmp_path: Path, value: object) -> None:
    with pytest.raises(ConfigurationErrors) as errors:
        Config([layer(lexicon_files=value)], folder=tmp_path)
    assert [fault.key for fault in errors.value.faults] == ["lexicon-file"]


def test_words_of_files_are_known_and_the_table_wins(monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[Path] = []

    def words(path: Path) -> dict[str, str]:
        read.append(path)
        return {"CPAM": "file", "CAF": "file"}

    monkeypatch.setattr(config_module, "read_pls", words)
    config = Config([layer(lexicon_files=["l.pls"], lexicon={"CPAM": "own"})], folder=Path("f"))
    assert config.for_source("a").options["audio"].lexicon == ("CPAM=own", "CAF=file")
    assert read[0] == Path("f/l.pls")


def test_known_keys_are_those_that_a_file_may_hold() -> None:
    keys = list(known_keys())
    assert len(keys) == len(set(keys))
    assert {"formats", "braille.width", "meta.lang", "limits.pages", "cache.max_size_mb"} <= set(
        keys
    )
