"""Addresses are told from paths, and never show a secret."""

from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ess_access.errors import ConfigurationError
from ess_access.pipeline.addresses import Address, place_of


@pytest.mark.parametrize(
    "text", ["guides", "../a b", "/srv/guides", "C:\\guides", "c:/guides", "a::b.md", "é:à.md", ""]
)
def test_what_has_no_scheme_is_a_path(text: str) -> None:
    assert place_of(text) == Path(text)


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ("file:///srv/guides", "/srv/guides"),
        ("file://localhost/srv/a%20b", "/srv/a b"),
        ("local:///srv/guides", "/srv/guides"),
        ("FILE:///srv/guides", "/srv/guides"),
        ("file:///C:/guides", "C:/guides"),
    ],
)
def test_a_file_address_names_a_path_of_this_machine(text: str, path: str) -> None:
    assert place_of(text) == Path(path)


def test_a_file_of_another_machine_is_refused() -> None:
    with pytest.raises(ConfigurationError) as error:
        place_of("file://server/share/a.md")
    assert error.value.key == "address-unknown"


@pytest.mark.parametrize(
    ("text", "scheme"),
    [
        ("s3://bucket/guides", "s3"),
        ("S3://bucket", "s3"),
        ("memory://guides", "memory"),
        ("simplecache::s3://bucket/a.md", "simplecache"),
        ("zip://a.md::file:///srv/c.zip", "zip"),
    ],
)
def test_an_address_says_its_kind_of_store(text: str, scheme: str) -> None:
    place = place_of(text)
    assert isinstance(place, Address)
    assert place.scheme == scheme


@pytest.mark.parametrize(
    "text",
    [
        "sftp://marie:s3cret@host/guides",
        "sftp://marie:s3cr@et@host/guides",
        "sftp://s3cret@host/guides/",
        "simplecache::ftp://marie:s3cret@host/guides",
    ],
)
def test_no_password_is_shown(text: str) -> None:
    address = Address(text)
    for shown in (str(address), repr(address), str(address / "a.md")):
        assert "s3cr" not in shown
        assert "marie" not in shown
        assert "host/guides" in shown
    assert address.text == text


def test_a_signed_address_of_the_web_is_refused_without_showing_its_signature() -> None:
    with pytest.raises(ConfigurationError) as error:
        place_of("https://host/guide.md?X-Amz-Signature=s3cret")
    assert error.value.params == {"address": "https://host/guide.md"}


@pytest.mark.parametrize(
    ("text", "folder", "name"),
    [
        ("s3://bucket/guides/a.b.md", "s3://bucket/guides", "a.b.md"),
        ("s3://bucket/a.md/", "s3://bucket", "a.md"),
        ("memory://a.md", "memory://", "a.md"),
        ("zip://x/a.md::s3://b/c.zip", "zip://x::s3://b/c.zip", "a.md"),
    ],
)
def test_an_address_is_parted_into_a_folder_and_a_name(text: str, folder: str, name: str) -> None:
    parted = Address(text).parted()
    assert (parted.text, parted.name) == (folder, name)
    assert (Address(text).last, Address(text).suffix) == (name, ".md")
    assert parted.stem == name.removesuffix(".md")


def test_names_are_added_below_an_address() -> None:
    file = Address("s3://bucket/guides/") / "a" / "b.md"
    assert str(file) == "s3://bucket/guides/a/b.md"
    assert file.name == "a/b.md"
    assert str(Address("s3://")) == "s3://"


@given(st.text(st.sampled_from("s3:/@?#.~ \x00aé"), max_size=30))
def test_every_text_is_a_path_an_address_or_refused(text: str) -> None:
    with suppress(ConfigurationError):
        place = place_of(text)
        assert ("://" in text) >= isinstance(place, Address)
        assert "@" not in str(place).partition("://")[2].partition("/")[0] or "://" not in text
