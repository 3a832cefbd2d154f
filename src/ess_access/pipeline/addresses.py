"""Addresses of files that are not on this machine: ``s3://bucket/guides``, ``memory://guides``.

What fsspec understands is an address; ``file://`` names a folder like any other.
"""

import re
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from typing import TypeAlias
from urllib.parse import unquote, urlsplit

from ess_access.errors import ConfigurationError

__all__ = ["Address", "Location", "place_of"]

# RFC 3986 §3.1; two letters at least, for "C:" is a disk. A chain of fsspec may come first:
# "zip://a.md::s3://b/c.zip", "simplecache::s3://b/c.md".
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]+)(?:://|::.*://)")
# All that stands before the last @ of the host: a password may hold an @ as well.
_USER = re.compile(r"(?<=://)[^/\s]*@")
_QUERY = re.compile(r"[?#].*", re.DOTALL)
_WEB = ("http", "https")


@dataclass(frozen=True, slots=True)
class Address:
    """A place of a store: what fsspec opens, and the name of a file below it (``""``: the place).

    ``text`` may hold a password: ``str`` and ``repr`` never show it.
    """

    text: str
    name: str = ""

    def __str__(self) -> str:
        """Give the address for people, reports and the state: no user, password or signature."""
        shown = _USER.sub("", self.text)
        if self.scheme in _WEB:
            shown = _QUERY.sub("", shown)
        # "s3://" alone keeps its slashes.
        shown = re.sub(r"(?<![:/])/+$", "", shown)
        return f"{shown.rstrip('/')}/{self.name}" if self.name else shown

    def __repr__(self) -> str:
        return f"Address({str(self)!r})"

    def __truediv__(self, name: str) -> "Address":
        return replace(self, name=f"{self.name}/{name}" if self.name else name)

    @property
    def scheme(self) -> str:
        """The kind of store, in lower case (``s3``)."""
        found = _SCHEME.match(self.text)
        return found[1].lower() if found else ""

    @property
    def last(self) -> str:
        """The last part of the address: a file's own name, if it names one."""
        return PurePosixPath(self.name or self.text.partition("::")[0].partition("://")[2]).name

    @property
    def suffix(self) -> str:
        """The suffix of the last part, with its dot."""
        return PurePosixPath(self.last).suffix

    @property
    def stem(self) -> str:
        """The last part without its suffix."""
        return PurePosixPath(self.last).stem

    @property
    def is_private(self) -> bool:
        """Say whether only this process sees what is there."""
        return "memory://" in self.text.lower()

    def parted(self) -> "Address":
        """Give the same place as a folder and a name in it: ``s3://b/a.md`` as ``a.md`` of ``b``.

        In a chain, it is the first link that names the file. An address with a name is parted.
        """
        if self.name:
            return self
        head, chained, tail = self.text.partition("::")
        scheme, marks, path = head.partition("://")
        folder, _, last = path.rstrip("/").rpartition("/")
        return Address(f"{scheme}{marks}{folder}{chained}{tail}", last)


Location: TypeAlias = Path | Address


def place_of(text: str) -> Location:
    """Tell a path from an address.

    Raises :class:`~ess_access.errors.ConfigurationError` for a ``file://`` of another machine, and
    for the address of a web page with a question in it, which may be a secret.
    """
    found = _SCHEME.match(text)
    if found is None:
        return Path(text)
    scheme = found[1].lower()
    if scheme in _WEB and _QUERY.search(text):
        raise ConfigurationError("address-query", address=str(Address(text)))
    if scheme not in ("file", "local") or "::" in text:
        return Address(text)
    parts = urlsplit(text)
    if parts.netloc not in ("", "localhost"):
        raise ConfigurationError("address-unknown", address=str(Address(text)))
    path = unquote(parts.path)
    return Path(path[1:] if re.match(r"/[A-Za-z]:[/\\]", path) else path)
