"""Sources at addresses: which they are, what they are named, what they may read."""

import hashlib
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dying_store import DyingStore, empty_stores
from ess_access.api.reader import Limits
from ess_access.errors import ConfigurationError, SourceError
from ess_access.pipeline.addresses import Address, Location
from ess_access.pipeline.shelves import Shelves, remote_resource, safe_name
from ess_access.pipeline.sources import SourceFile, discover, open_source
from ess_access.pipeline.stores import Seen, Store

KNOWN = frozenset({".md", ".docx"})
GUIDES = Address("dying://bucket/guides")


@pytest.fixture(autouse=True)
def disk() -> Iterator[type[DyingStore]]:
    with empty_stores() as store:
        yield store


def write(*keys: str, text: str = "x") -> None:
    for key in keys:
        # Past the file system, whose paths are more orderly than the keys of S3.
        DyingStore().pipe_file("/bucket/made", text.encode())
        DyingStore.store[f"/bucket/{key}"] = DyingStore.store.pop("/bucket/made")


def found(*places: Location, output: Location | None = None) -> dict[str, str]:
    files = discover(places or (GUIDES,), KNOWN, output=output or Path("out"))
    return {file.name: file.folder.as_posix() for file in files}


def source(key: str, name: str = "a.md") -> SourceFile:
    return SourceFile(GUIDES / key, GUIDES, name, PurePosixPath("a"))


def test_sources_are_found_below_an_address() -> None:
    write("guides/a.md", "guides/sub/b.DOCX", "guides/img/plan.png", "guidebook/c.md", "d.md")
    assert found() == {"a.md": "a", "sub/b.DOCX": "sub/b"}


def test_what_is_hidden_is_no_source() -> None:
    write("guides/.git/a.md", "guides/~$b.docx", "guides/.c.md", "guides/e/.f/g.md", "guides/h.md")
    assert found() == {"h.md": "h"}


def test_editions_among_the_sources_are_no_sources() -> None:
    write("guides/a.md", "guides/editions/a/a.docx", "guides/editions2/b.md")
    names = {"a.md": "a", "editions2/b.md": "editions2/b"}
    assert found(output=Address("dying://bucket/guides/editions/")) == names
    assert set(found(output=Address("memory://bucket/guides/editions"))) > set(names)


def test_an_address_may_name_one_source() -> None:
    write("guides/a.md", "guides/b.txt")
    assert found(GUIDES / "a.md") == {"a.md": "a"}
    assert found(Address("dying://bucket/guides/a.md")) == {"a.md": "a"}
    assert found(Address("dying://bucket/guides/b.txt")) == {"b.txt": "b"}  # named: taken


def test_a_source_that_is_named_twice_is_found_once() -> None:
    write("guides/a.md")
    assert found(GUIDES, Address("dying://bucket/guides/a.md")) == {"a.md": "a"}


def test_sources_of_one_name_are_told_apart_by_their_addresses() -> None:
    write("guides/a.md", "laws/a.md", "laws/b.md")
    assert found(GUIDES, Address("dying://bucket/laws")) == {
        "b.md": "b",
        "bucket/guides/a.md": "bucket/guides/a",
        "bucket/laws/a.md": "bucket/laws/a",
    }


def test_folders_and_addresses_go_together(tmp_path: Path) -> None:
    write("guides/a.md")
    (tmp_path / "b.md").write_text("x")
    assert found(GUIDES, tmp_path) == {"a.md": "a", "b.md": "b"}
    (tmp_path / "a.md").write_text("x")
    with pytest.raises(ConfigurationError) as error:
        found(GUIDES, tmp_path)
    assert error.value.key == "sources-clash"


def test_an_address_where_nothing_is_is_said() -> None:
    for address in (GUIDES, Address("dying://bucket/guides/a.md")):
        with pytest.raises(SourceError) as error:
            found(address)
        assert error.value.key == "source-absent"


def test_names_that_differ_by_case_alone_are_not_read_and_cost_no_other() -> None:
    """Their editions would lie in one folder, where the disk does not tell cases apart."""
    write("guides/Guide.md", "guides/guide.md", "guides/other.md")
    *rivals, other = discover([GUIDES], KNOWN, output=Path("o"))
    assert open_source(other, Limits()).data
    for one, two in (rivals, reversed(rivals)):
        with pytest.raises(SourceError) as error:
            open_source(one, Limits())
        assert error.value.key == "sources-clash"
        assert error.value.params == {"first": one.name, "second": two.name}


@pytest.mark.parametrize(
    "key", ["../up.md", "a/../../up.md", "./a.md", "a//b.md", "/root.md", "%2E%2E/../x.md"]
)
def test_a_key_that_climbs_names_no_file_and_is_refused(key: str) -> None:
    write(f"guides/{key}", "guides/good.md")
    (good,) = (name for name in found() if name == "good.md")
    (bad,) = (file for file in discover([GUIDES], KNOWN, output=Path("o")) if file.name != good)
    parts = bad.folder.parts
    assert not bad.folder.is_absolute()
    assert not {"..", "."} & set(parts)
    with pytest.raises(SourceError) as error:
        open_source(bad, Limits())
    assert error.value.key == "source-name-unsafe"


@pytest.mark.parametrize(
    ("key", "name"),
    [
        ("a\nb.md", "a%0Ab.md"),
        ("a\x1b[31mb.md", "a%1B[31mb.md"),
        ("a\\..\\b.md", "a%5C..%5Cb.md"),
        ("50 %\n.md", "50 %25%0A.md"),
        ("été 100 %.md", "été 100 %.md"),
        ("q ? [x] *.md", "q ? [x] *.md"),
    ],
)
def test_odd_signs_of_a_key_are_encoded_in_its_name_and_the_source_is_read(
    key: str, name: str
) -> None:
    write(f"guides/{key}", text="# Titre")
    (file,) = discover([GUIDES], KNOWN, output=Path("o"))
    assert file.name == name
    assert open_source(file, Limits()).data == b"# Titre"


def test_two_keys_that_become_one_name_are_refused() -> None:
    write("guides/a\n.md", "guides/a%0A.md")
    with pytest.raises(ConfigurationError) as error:
        found()
    assert error.value.key == "sources-clash"


@given(st.text(st.sampled_from("./\\%\n\x00aé"), min_size=1, max_size=12))
def test_no_name_leaves_the_output_folder(key: str) -> None:
    parts = safe_name(key).split("/")
    assert all(part not in {"", ".", ".."} for part in parts)
    assert not {"\\", "\n", "\x00"} & set("".join(parts))


# --- reading ---


def test_a_source_is_read_with_the_pictures_beside_it() -> None:
    write("guides/doc/a.md", text="é")
    write("guides/img/plan.png", text="plan")
    seen: dict[str, str] = {}
    opened = open_source(source("doc/a.md"), Limits(), seen, {})
    assert opened.data == "é".encode()
    assert opened.suffix == ".md"
    assert opened.resource("../img/plan.png").data == b"plan"
    assert opened.resource("../img/pl%61n.png").data == b"plan"
    assert opened.resource("none.png").reason == "absent"
    assert seen == {
        "img/plan.png": hashlib.sha256(b"plan").hexdigest(),
        "doc/none.png": "",
    }


@pytest.mark.parametrize(
    ("href", "reason"),
    [
        ("../../secret.png", "outside"),
        ("../../guides/plan.png", "outside"),
        ("/bucket/secret.png", "outside"),
        ("../../../../../secret.png", "outside"),
        ("http://host/x.png", "remote"),
        ("dying:secret.png", "outside"),
        ("", "absent"),
        ("//[", "absent"),
        ("a%00.png", "absent"),
        (".", "absent"),
        ("..", "absent"),
    ],
)
def test_no_picture_outside_the_place_is_read(href: str, reason: str) -> None:
    write("secret.png", "guides/plan.png")
    seen: dict[str, str] = {}
    read = remote_resource(GUIDES / "doc/a.md", 1000, seen)(href)
    assert (read.data, read.reason) == (None, reason)


def test_what_is_beyond_the_limit_is_not_read(disk: type[DyingStore]) -> None:
    write("guides/a.md", "guides/plan.png", text="four")
    disk.asked.clear()
    assert remote_resource(GUIDES / "a.md", 3)("plan.png").reason == "too-large"
    with pytest.raises(SourceError) as error:
        open_source(source("a.md"), Limits(source_bytes=3))
    assert error.value.key == "source-too-large"
    assert not [asked for asked in disk.asked if asked.startswith("cat")]


def test_a_source_that_left_since_it_was_listed_is_said() -> None:
    with pytest.raises(SourceError) as error:
        open_source(source("a.md"), Limits())
    assert error.value.key == "source-absent"
    assert error.value.params == {"file": "a.md"}


# --- what is known without reading ---


def tagged(monkeypatch: pytest.MonkeyPatch, tags: list[str]) -> None:
    """Have the store give tags, one after another."""
    given_tags = iter(tags)

    def seen(self: Store, name: str) -> Seen:
        return Seen(1, next(given_tags))

    monkeypatch.setattr(Store, "seen", seen)


@pytest.mark.parametrize(
    ("tags", "kept"),
    [
        (["one", "one"], {"a.md": "one"}),
        (["one", "two"], {}),  # it changed while it was read
        (["9dd4e461268c8034f5c8564e155c67a6"], {"a.md": "9dd4e461268c8034f5c8564e155c67a6"}),
        ([""], {}),
    ],
)
def test_a_tag_is_kept_only_for_the_bytes_that_were_read(
    monkeypatch: pytest.MonkeyPatch, tags: list[str], kept: dict[str, str]
) -> None:
    write("guides/a.md", text="x")
    tagged(monkeypatch, tags)
    read: dict[str, str] = {}
    open_source(source("a.md"), Limits(), {}, read)
    assert read == kept


def test_what_has_a_known_tag_is_not_read(
    disk: type[DyingStore], monkeypatch: pytest.MonkeyPatch
) -> None:
    write("guides/a.md")
    tagged(monkeypatch, ["one"])
    shelves = Shelves()
    assert shelves.digest(GUIDES / "a.md", {"one": "digest"}) == "digest"
    assert not disk.asked[1:]
    digest = hashlib.sha256(b"x").hexdigest()
    assert shelves.digest(GUIDES / "a.md", {"two": "other"}) == digest
    disk.asked.clear()
    assert shelves.digest(GUIDES / "a.md", {}) == digest  # read once a build
    assert disk.asked == []


def test_of_a_place_that_was_not_listed_nothing_is_known_to_be_gone() -> None:
    write("guides/a.md", "laws/b.md")
    shelves = Shelves()
    shelves.listing(GUIDES)
    assert shelves.is_gone("dying://bucket/guides/c.md")
    assert not shelves.is_gone("dying://bucket/guides/a.md")
    assert not shelves.is_gone("dying://bucket/laws/c.md")
    assert not shelves.is_gone("dying://bucket/guidebook/c.md")
