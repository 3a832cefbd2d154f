"""Sources are found once each, and a document reaches nothing outside its folder."""

import errno
import hashlib
import os
import sys
from dataclasses import replace
from pathlib import Path, PurePosixPath
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ess_access.api.reader import Limits
from ess_access.errors import SourceError
from ess_access.pipeline.origins import absolute
from ess_access.pipeline.outputs import FolderOutput
from ess_access.pipeline.reach import safe_resource
from ess_access.pipeline.shelves import Shelves
from ess_access.pipeline.sources import SourceFile, discover, open_source, sha256_of
from ess_access.pipeline.state import State
from pipeline_records import RECORD

KNOWN = frozenset({".md", ".txt", ".html", ".docx"})
POSIX = pytest.mark.skipif(sys.platform == "win32", reason="links and pipes are made otherwise")


def write(path: Path, text: str = "Texte.") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def found(*paths: Path, output: Path | None = None) -> dict[str, str]:
    listed = discover(paths, KNOWN, output=output or Path("/nowhere/at/all"))
    return {file.name: str(file.folder) for file in listed}


def test_a_folder_is_searched_whole_and_sorted(tmp_path: Path) -> None:
    for name in ("b.md", "a/c.txt", "a/b/d.HTML"):
        write(tmp_path / name)
    assert list(found(tmp_path).items()) == [
        ("a/b/d.HTML", "a/b/d"),
        ("a/c.txt", "a/c"),
        ("b.md", "b"),
    ]


@pytest.mark.parametrize(
    "name",
    [".caché.md", ".git/a.md", "~$lettre.docx", ".~lock.a.txt#", "image.png", "sans-suffixe"],
)
def test_what_is_no_source_is_passed_over(tmp_path: Path, name: str) -> None:
    write(tmp_path / name)
    assert found(tmp_path) == {}


def test_a_named_file_is_taken_whatever_its_suffix(tmp_path: Path) -> None:
    assert found(write(tmp_path / "notes.xyz")) == {"notes.xyz": "notes"}


def test_a_path_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(SourceError) as error:
        found(tmp_path / "absent.md")
    assert error.value.key == "source-absent"


def test_a_file_named_twice_is_found_once(tmp_path: Path) -> None:
    file = write(tmp_path / "a.md")
    assert found(file, tmp_path, file) == {"a.md": "a"}


@POSIX
@pytest.mark.parametrize(
    ("name", "shown"),
    [
        (b"a\nb.md", "a%0Ab.md"),
        (b"\xe9t\xe9.md", "%E9t%E9.md"),
        (b"\x1b[31m.md", "%1B[31m.md"),
        ("été 100 %.md".encode(), "été 100 %.md"),
    ],
)
def test_a_name_that_no_line_can_hold_is_shown_and_published_encoded(
    tmp_path: Path, name: bytes, shown: str
) -> None:
    """Else a file's name could forge a line of the log, or be what no report can write."""
    try:
        write(Path(os.fsdecode(os.fsencode(tmp_path) + b"/" + name)))
    except OSError:  # APFS takes UTF-8 alone
        pytest.skip("this disk refuses such names")
    (file,) = discover([tmp_path], KNOWN, output=tmp_path / "output")
    assert (file.name, str(file.folder)) == (shown, shown.removesuffix(".md"))
    assert open_source(file, Limits()).data == b"Texte."


@POSIX
def test_two_names_that_differ_by_case_alone_cost_no_other_source(tmp_path: Path) -> None:
    for name in ("Guide.md", "guide.md", "b.md"):
        write(tmp_path / name)
    if len(list(tmp_path.iterdir())) < 3:
        pytest.skip("this disk does not tell cases apart")
    files = {file.name: file for file in discover([tmp_path], KNOWN, output=tmp_path / "out")}
    assert open_source(files["b.md"], Limits()).data == b"Texte."
    for one, two in (("Guide.md", "guide.md"), ("guide.md", "Guide.md")):
        with pytest.raises(SourceError) as error:
            open_source(files[one], Limits())
        assert error.value.params == {"first": one, "second": two}


def test_the_editions_of_another_build_are_no_sources(tmp_path: Path) -> None:
    """``build .`` after ``build guide.md``: what lies in output/ was not written by the author."""
    write(tmp_path / "a.md")
    write(tmp_path / "output/a/a.braille.txt")
    write(tmp_path / "output/report.html")
    write(tmp_path / "output/mine.md")
    file = replace(RECORD.files[0], path="a/a.braille.txt")
    State(tmp_path / "output").add(replace(RECORD, files=(file,)))
    assert list(found(tmp_path, output=tmp_path / "editions")) == ["a.md", "output/mine.md"]


def test_the_output_folder_is_not_searched(tmp_path: Path) -> None:
    write(tmp_path / "a.md")
    write(tmp_path / "output/report.html")
    assert found(tmp_path, output=tmp_path / "output") == {"a.md": "a"}


def test_an_output_folder_named_by_a_detour_is_not_searched(tmp_path: Path) -> None:
    write(tmp_path / "sources/a.md")
    write(tmp_path / "sources/out/report.html")
    detour = tmp_path / "sources/../sources/out"
    assert found(tmp_path / "sources", output=detour) == {"a.md": "a"}


@POSIX
def test_an_output_folder_named_by_a_link_is_not_searched(tmp_path: Path) -> None:
    write(tmp_path / "sources/out/report.html")
    (tmp_path / "link").symlink_to(tmp_path / "sources")
    assert found(tmp_path / "sources", output=tmp_path / "link/out") == {}


@POSIX
def test_links_in_a_ring_end(tmp_path: Path) -> None:
    write(tmp_path / "a/b.md")
    (tmp_path / "a/ring").symlink_to(tmp_path)
    assert found(tmp_path) == {"a/b.md": "a/b"}


@POSIX
def test_a_link_to_itself_is_a_source_that_cannot_be_read(tmp_path: Path) -> None:
    write(tmp_path / "a.md")
    (tmp_path / "ring.md").symlink_to("ring.md")
    (tmp_path / "ring").symlink_to("ring")
    assert found(tmp_path) == {"a.md": "a", "ring.md": "ring"}


@pytest.fixture
def forbidden(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Make a folder that may not be searched, for root as well."""
    folder = tmp_path / "forbidden"
    write(folder / "b.md")
    search, look = os.scandir, os.lstat

    def scandir(path: Path) -> Any:
        if Path(path) == folder:
            raise PermissionError(errno.EACCES, "Permission denied", str(path))
        return search(path)

    def lstat(path: Path, **more: Any) -> os.stat_result:
        if folder in absolute(Path(path)).parents:
            raise PermissionError(errno.EACCES, "Permission denied", str(path))
        return look(path, **more)

    monkeypatch.setattr(os, "scandir", scandir)
    monkeypatch.setattr(os, "lstat", lstat)
    monkeypatch.setattr(Path, "lstat", lstat)
    return folder


def test_a_folder_that_may_not_be_searched_is_said_not_passed_over(
    tmp_path: Path, forbidden: Path
) -> None:
    write(tmp_path / "a.md")
    listed = discover([tmp_path], KNOWN, output=Path("/nowhere/at/all"))
    assert [file.name for file in listed] == ["a.md", "forbidden"]
    with pytest.raises(SourceError) as error:
        open_source(listed[1], Limits())
    assert (error.value.key, error.value.params["reason"]) == (
        "source-unreadable", "EACCES",
    )  # fmt: skip
    with pytest.raises(SourceError) as named:
        discover([forbidden], KNOWN, output=Path("/nowhere/at/all"))
    assert named.value.key == "source-unreadable"


def test_what_may_not_be_looked_at_is_not_taken_for_gone(tmp_path: Path, forbidden: Path) -> None:
    output = FolderOutput(tmp_path / "output")
    origins = [output.origin(forbidden / "b.md"), output.origin(tmp_path / "gone.md")]
    assert output.gone(origins, Shelves(), ()) == {origins[1]}


def test_sources_of_one_stem_keep_their_suffix(tmp_path: Path) -> None:
    for name in ("guide.md", "guide.docx", "autre.md"):
        write(tmp_path / name)
    assert found(tmp_path) == {
        "autre.md": "autre",
        "guide.docx": "guide.docx",
        "guide.md": "guide.md",
    }


def test_a_name_that_ends_like_that_of_another_source_leaves_it_its_place(tmp_path: Path) -> None:
    for name in ("a.md", "a.docx", "a.md.txt", "b.md.txt"):
        write(tmp_path / name)
    assert found(tmp_path) == {
        "a.docx": "a.docx",
        "a.md": "a.md",
        "a.md.txt": "a.md.txt",
        "b.md.txt": "b.md",
    }


@POSIX
def test_stems_that_differ_by_capitals_keep_their_suffix(tmp_path: Path) -> None:
    """On Windows and macOS they would be one folder."""
    write(tmp_path / "Guide.md")
    write(tmp_path / "guide.txt")
    assert found(tmp_path) == {"Guide.md": "Guide.md", "guide.txt": "guide.txt"}


def test_a_source_does_not_take_the_place_of_the_report(tmp_path: Path) -> None:
    assert found(write(tmp_path / "report.html.md")) == {"report.html.md": "report.html.md"}


def test_the_same_name_in_two_folders_is_told_apart(tmp_path: Path) -> None:
    one, other = write(tmp_path / "x/a.md"), write(tmp_path / "y/a.md")
    assert found(one, other) == {"x/a.md": "x/a", "y/a.md": "y/a"}


def test_a_folder_that_is_named_like_a_document_is_said_to_be_one(tmp_path: Path) -> None:
    write(tmp_path / "guide.docx/inside.md")
    (file,) = discover([tmp_path], KNOWN, output=tmp_path / "o")
    with pytest.raises(SourceError) as error:
        open_source(file, Limits())
    assert error.value.key == "source-is-folder"


# --- opening ---


def source(path: Path) -> SourceFile:
    (file,) = discover([path], KNOWN, output=path.parent / "o")
    return file


def test_an_opened_source_holds_its_bytes(tmp_path: Path) -> None:
    file = source(write(tmp_path / "a.MD", "é"))
    opened = open_source(file, Limits())
    assert (opened.name, opened.suffix, opened.data) == ("a.MD", ".md", "é".encode())
    assert file.stem == "a"
    assert sha256_of(tmp_path / "a.MD") == hashlib.sha256("é".encode()).hexdigest()


def test_a_source_beyond_the_limit_is_refused_before_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    with path.open("wb") as stream:
        stream.truncate(3_000_000_000)  # a hole: nothing is written
    with pytest.raises(SourceError) as error:
        open_source(source(path), Limits(source_bytes=1_000_000))
    assert error.value.params == {"file": "a.md", "megabytes": 3000, "limit": 1}


@POSIX
@pytest.mark.parametrize("kind", ["pipe", "broken link", "gone"])
def test_what_cannot_be_read_is_an_error_with_a_reason(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "a.md"
    if kind == "pipe":
        os.mkfifo(path)
    elif kind == "broken link":
        path.symlink_to(tmp_path / "absent")
    file = SourceFile(path, tmp_path, "a.md", PurePosixPath("a"))
    with pytest.raises(SourceError) as error:
        open_source(file, Limits())
    assert error.value.key == "source-unreadable"
    assert error.value.params["reason"]


# --- what a document reaches ---


@pytest.fixture
def house(tmp_path: Path) -> Path:
    """Make a root with a document's folder in it, and a secret beside the root."""
    write(tmp_path / "secret.txt", "secret")
    write(tmp_path / "root-beside/secret.txt", "secret")
    write(tmp_path / "root/plan.png", "plan")
    write(tmp_path / "root/doc/à côté.png", "à côté")
    return tmp_path / "root"


@pytest.mark.parametrize(
    ("href", "data"),
    [
        ("à côté.png", "à côté"),
        ("%C3%A0%20c%C3%B4t%C3%A9.png", "à côté"),
        ("./à%20côté.png#part?x", "à côté"),
        ("à côté.png?version=2", "à côté"),
        ("../plan.png", "plan"),
        ("%2e%2e/plan.png", "plan"),
        ("../doc/../plan.png", "plan"),
    ],
)
def test_a_relative_address_below_the_root_is_read(house: Path, href: str, data: str) -> None:
    seen: dict[str, str] = {}
    read = safe_resource(house / "doc", house, 10_000, seen)(href)
    assert read.data == data.encode()
    assert list(seen.values()) == [hashlib.sha256(data.encode()).hexdigest()]


@pytest.mark.parametrize(
    "href",
    [
        "../../secret.txt",
        "%2e%2e/%2e%2e/secret.txt",
        "..%2F..%2Fsecret.txt",
        "../../root-beside/secret.txt",
        "/etc/passwd",
        "%2Fetc%2Fpasswd",
        "file:///etc/passwd",
        "file:../../secret.txt",
        "//server/share/secret.txt",
        "https://example.org/secret.txt",
        "doc/../../../secret.txt",
    ],
)
def test_nothing_outside_the_root_is_read(house: Path, href: str) -> None:
    seen: dict[str, str] = {}
    read = safe_resource(house / "doc", house, 10_000, seen)(href)
    assert read.data is None
    assert read.reason in ("outside", "remote")
    assert seen == {}


@POSIX
@pytest.mark.parametrize("target", ["../secret.txt", "/etc/passwd", ".."])
def test_a_link_out_of_the_root_is_not_followed(house: Path, target: str) -> None:
    (house / "link").symlink_to(target)
    href = "link/secret.txt" if target == ".." else "link"
    assert safe_resource(house, house, 10_000)(href).reason == "outside"


@POSIX
def test_a_link_inside_the_root_is_followed(house: Path) -> None:
    (house / "doc/link.png").symlink_to("../plan.png")
    assert safe_resource(house / "doc", house, 10_000)("link.png").data == b"plan"


@POSIX
def test_links_in_a_ring_and_pipes_are_absent(house: Path) -> None:
    (house / "one").symlink_to("two")
    (house / "two").symlink_to("one")
    os.mkfifo(house / "pipe")
    resource = safe_resource(house, house, 10_000)
    assert resource("one").reason == "absent"
    assert resource("pipe").reason == "absent"


@pytest.mark.parametrize(
    "href", ["", "#x", "?x", "a\0b", "%00", "x" * 5000, "//[", "http://[::1", "doc", "\ud800", "."]
)
def test_an_address_of_nothing_is_absent(house: Path, href: str) -> None:
    assert safe_resource(house, house, 10_000)(href).data is None


def test_what_was_not_there_is_remembered_too(house: Path) -> None:
    seen: dict[str, str] = {}
    assert safe_resource(house / "doc", house, 10_000, seen)("bientôt.png").reason == "absent"
    assert seen == {"doc/bientôt.png": ""}


def test_a_picture_is_found_however_its_accents_are_written(house: Path) -> None:
    """A folder that was archived on a Mac has them apart from their letters."""
    (house / "e\u0301te\u0301.png").write_bytes(b"summer")
    for href in ("\u00e9t\u00e9.png", "%C3%A9t%C3%A9.png", "e\u0301te\u0301.png"):
        assert safe_resource(house, house, 10_000)(href).data == b"summer"


def test_a_file_beyond_the_limit_is_not_read(house: Path) -> None:
    assert safe_resource(house, house, 3)("plan.png").reason == "too-large"


@settings(max_examples=150, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            ["..", "%2e%2e", ".", "/", "//", "%2F", "\\", "doc", "secret.txt", "plan.png", "http:",
             "file:", "[", "]", "@", "?", "#", "%", "%00", "\u2100", "é"]
        ),
        max_size=7,
    ).map("".join)
)  # fmt: skip
def test_no_address_whatever_reaches_the_secret(
    tmp_path_factory: pytest.TempPathFactory, href: str
) -> None:
    folder = tmp_path_factory.getbasetemp() / "house"
    if not folder.exists():
        write(folder / "secret.txt", "secret")
        write(folder / "root/doc/plan.png", "plan")
    read = safe_resource(folder / "root/doc", folder / "root", 10_000)(href)
    assert read.data in (None, b"plan")
