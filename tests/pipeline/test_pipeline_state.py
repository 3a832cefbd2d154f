"""The state forgets nothing that was finished, whatever became of its file."""

import errno
import json
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ess_access.errors import EditionError
from ess_access.pipeline.state import EditionRecord, State
from pipeline_records import RECORD


def path_of(output: Path) -> Path:
    return output / ".ess-access/state.jsonl"


def same(one: EditionRecord, other: EditionRecord) -> bool:
    return repr(one).replace("mappingproxy({})", "{}") == repr(other).replace(
        "mappingproxy({})", "{}"
    )


def test_a_folder_without_a_state_has_no_records(tmp_path: Path) -> None:
    assert State(tmp_path).records == {}


def test_a_record_comes_back_as_it_was(tmp_path: Path) -> None:
    State(tmp_path).add(RECORD)
    (record,) = State(tmp_path).records.values()
    assert same(record, RECORD)


def test_the_last_record_of_an_edition_counts(tmp_path: Path) -> None:
    state = State(tmp_path)
    state.add(RECORD)
    state.add(replace(RECORD, key="newer"))
    assert [each.key for each in State(tmp_path).records.values()] == ["newer"]


def test_what_is_forgotten_stays_forgotten(tmp_path: Path) -> None:
    state = State(tmp_path)
    state.add(RECORD)
    state.forget("a.md", "braille")
    state.forget("never", "there")
    assert State(tmp_path).records == {}


@pytest.mark.parametrize(
    "name",
    ["a\u2028b.md", "a\x85b.md", "a\nb.md", "a\x0bb\x1c.md", "d\udce9j\udce0.md", "{}\"'.md"],
)
def test_any_name_is_kept(tmp_path: Path, name: str) -> None:
    State(tmp_path).add(replace(RECORD, source=name))
    assert list(State(tmp_path).records) == [(name, "braille")]


@settings(max_examples=60, deadline=None)
@given(
    names=st.lists(st.text(st.characters(), max_size=5), min_size=1, max_size=6),
    cut=st.integers(0, 5_000),
)
def test_a_file_cut_anywhere_loses_the_last_record_at_most(
    tmp_path_factory: pytest.TempPathFactory, names: list[str], cut: int
) -> None:
    output = tmp_path_factory.mktemp("cut")
    state = State(output)
    ends = []
    for name in names:
        state.add(replace(RECORD, source=name))
        ends.append(path_of(output).stat().st_size)
    whole = path_of(output).read_bytes()
    cut %= len(whole) + 1
    path_of(output).write_bytes(whole[:cut])
    kept = {name for name, end in zip(names, ends, strict=True) if end - 1 <= cut}
    after = State(output)
    assert {source for source, _ in after.records} == kept
    after.add(replace(RECORD, source="next"))
    assert {source for source, _ in State(output).records} == {*kept, "next"}


@pytest.mark.parametrize(
    "line",
    [
        "",
        "rien",
        "[]",
        "1",
        "null",
        '{"format_version": 2}',
        '{"format_version": 1}',
        '{"format_version": 1, "record": "x"}',
        '{"format_version": 1, "record": {"made_from": 1}}',
        '{"format_version": 1, "forget": true}',
        "\ufffd\x00",
    ],
)
def test_a_line_that_is_no_record_is_passed_over(tmp_path: Path, line: str) -> None:
    State(tmp_path).add(RECORD)
    with path_of(tmp_path).open("a", encoding="utf-8") as stream:
        stream.write(line + "\n")
    State(tmp_path).add(replace(RECORD, source="b.md"))
    assert [source for source, _ in State(tmp_path).records] == ["a.md", "b.md"]


def test_bytes_that_are_no_text_are_passed_over(tmp_path: Path) -> None:
    State(tmp_path).add(RECORD)
    with path_of(tmp_path).open("ab") as stream:
        stream.write(b"\xff\xfe\x00\n")
    assert len(State(tmp_path).records) == 1


def _altered(**changes: object) -> str:
    output = json.loads(_line(RECORD))
    output["record"].update(changes)
    return json.dumps(output)


def _line(record: EditionRecord) -> str:
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        State(Path(folder)).add(record)
        return path_of(Path(folder)).read_text(encoding="utf-8")


@pytest.mark.parametrize("path", ["../../secret", "/etc/passwd", "a/../../b"])
def test_a_record_of_a_file_outside_the_output_folder_is_refused(tmp_path: Path, path: str) -> None:
    file = {**json.loads(_line(RECORD))["record"]["files"][0], "path": path}
    path_of(tmp_path).parent.mkdir()
    path_of(tmp_path).write_text(_altered(files=[file]) + "\n", encoding="utf-8")
    assert State(tmp_path).records == {}


def test_a_record_without_a_stamp_for_each_file_is_refused(tmp_path: Path) -> None:
    path_of(tmp_path).parent.mkdir()
    path_of(tmp_path).write_text(_altered(stamps=[]) + "\n", encoding="utf-8")
    assert State(tmp_path).records == {}


def test_a_long_file_is_rewritten_and_says_the_same(tmp_path: Path) -> None:
    state = State(tmp_path)
    for number in range(40):
        state.add(replace(RECORD, key=str(number)))
    state.add(replace(RECORD, source="b.md"))
    state.compact()
    lines = path_of(tmp_path).read_text(encoding="utf-8").splitlines()
    assert len(lines) == 2
    assert [each.key for each in State(tmp_path).records.values()] == ["39", "key"]
    state.add(replace(RECORD, source="c.md"))
    assert len(State(tmp_path).records) == 3


def test_a_short_file_is_left_alone(tmp_path: Path) -> None:
    state = State(tmp_path)
    state.add(RECORD)
    before = path_of(tmp_path).read_bytes()
    state.compact()
    assert path_of(tmp_path).read_bytes() == before


def test_a_state_that_cannot_be_rewritten_keeps_its_long_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    state = State(tmp_path)
    for number in range(40):
        state.add(replace(RECORD, key=str(number)))
    before = path_of(tmp_path).read_bytes()

    def full(self: Path, target: Path) -> None:
        raise OSError(errno.ENOSPC, "full")

    monkeypatch.setattr(Path, "replace", full)
    state.compact()
    assert path_of(tmp_path).read_bytes() == before
    assert [file.name for file in path_of(tmp_path).parent.iterdir()] == ["state.jsonl"]


def test_a_state_that_cannot_be_written_is_an_error_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / ".ess-access").write_text("a file in the way")
    with pytest.raises(EditionError) as error:
        State(tmp_path).add(RECORD)
    assert error.value.key == "output-blocked"
