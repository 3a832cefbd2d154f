"""Sources at addresses: what lies there, listed once a build, and how one of them is read."""

import hashlib
import posixpath
import re
from collections.abc import Callable, Iterator, Mapping
from urllib.parse import quote, unquote, urlsplit

from ess_access.api.reader import Limits, Resource
from ess_access.errors import SourceError
from ess_access.pipeline.addresses import Address
from ess_access.pipeline.stores import Absent, Seen, Store

__all__ = [
    "Shelves",
    "files_below",
    "is_path",
    "is_same_place",
    "name_below",
    "read_remote",
    "relative_path",
    "remote_resource",
    "safe_name",
]

# What no name of a file may hold, or what another system would take for a separator; surrogates
# stand for the odd bytes of a name (PEP 383), which no report can write.
_ODD = re.compile(r"[\x00-\x1f\x7f-\x9f\\\ud800-\udfff]")


class Shelves:
    """What lies at addresses. Asked once of the store, so that a build sees one moment of it."""

    def __init__(self) -> None:
        self._listed: dict[Address, Mapping[str, Seen]] = {}
        self._looked: dict[Address, Seen | None] = {}
        self._digests: dict[tuple[Address, str], str] = {}

    def listing(self, folder: Address) -> Mapping[str, Seen]:
        """List the files below an address. Raises SourceError where nothing is there."""
        if folder not in self._listed:
            store = Store(folder, SourceError)
            found = store.listing()
            if not found and not store.exists():
                raise SourceError("source-absent", file=str(folder))
            self._listed[folder] = found
        return self._listed[folder]

    def is_gone(self, origin: str) -> bool:
        """Say whether a folder that was listed has lost a file: ``origin`` is its whole address.

        Of a place that was not looked at, nothing is known.
        """
        for folder, found in self._listed.items():
            above = f"{folder}/"
            if origin.startswith(above):
                return origin.removeprefix(above) not in found
        return False

    def look(self, file: Address) -> Seen | None:
        """Look at a file; ``None`` where it is not there. Raises SourceError."""
        folder = Address(file.text)
        if folder in self._listed:
            return self._listed[folder].get(file.name)
        if file not in self._looked:
            try:
                self._looked[file] = Store(folder, SourceError).seen(file.name)
            except Absent:
                self._looked[file] = None
        return self._looked[file]

    def digest(self, file: Address, known: Mapping[str, str]) -> str:
        """Give the SHA-256 of a file, ``""`` where there is none or it cannot be read.

        ``known`` maps tags of the file to digests: what has a known tag is not read.
        """
        try:
            seen = self.look(file)
            if seen is None:
                return ""
            if seen.tag in known:
                return known[seen.tag]
            key = (file, seen.tag)
            if key not in self._digests:
                data = Store(Address(file.text), SourceError).read(file.name)
                self._digests[key] = hashlib.sha256(data).hexdigest()
            return self._digests[key]
        except (Absent, SourceError):  # the reading will say why; it is always tried again
            return ""


def safe_name(name: str) -> str:
    """Give a name as a path that no system misreads, odd signs and bytes percent-encoded."""
    if not _ODD.search(name) and is_path(name):
        return name
    parts = [
        _ODD.sub(lambda found: _encoded(found[0]), part.replace("%", "%25"))
        if part.strip(".")
        else part.replace(".", "%2E") or "%2F"
        for part in name.split("/")
    ]
    return "/".join(parts)


def _encoded(sign: str) -> str:
    escape = "surrogateescape" if "\udc80" <= sign <= "\udcff" else "surrogatepass"
    return quote(sign.encode("utf-8", escape), safe="")


def is_path(name: str) -> bool:
    """Say whether a name of a store means the same as a path: no ``..``, no part without a name."""
    return all(part not in {"", ".", ".."} for part in name.split("/"))


def read_remote(
    file: Address, shown: str, limits: Limits, tags: dict[str, str] | None = None
) -> bytes:
    """Read the bytes of a source. Raises :class:`~ess_access.errors.SourceError` if it cannot.

    ``tags`` is given the tag of what was read.
    """
    if not is_path(file.name):
        raise SourceError("source-name-unsafe", file=shown)
    store = Store(Address(file.text), SourceError)
    try:
        seen = store.seen(file.name)
        if seen.size_bytes > limits.source_bytes:
            raise SourceError(
                "source-too-large",
                file=shown,
                megabytes=seen.size_bytes // 1_000_000,
                limit=limits.source_bytes // 1_000_000,
            )
        return _read(store, file.name, seen, tags)
    except Absent as error:
        raise SourceError("source-absent", file=shown) from error


def remote_resource(
    file: Address,
    limit_bytes: int,
    seen: dict[str, str] | None = None,
    tags: dict[str, str] | None = None,
) -> Callable[[str], Resource]:
    """Give a function that reads the file a relative address names, as ``safe_resource`` does.

    Nothing outside the folder that ``file`` is a name in is read. ``tags`` is given the tags of
    what was read.
    """
    store = Store(Address(file.text), SourceError)
    folder = posixpath.dirname(file.name)

    def resource(href: str) -> Resource:
        relative = relative_path(href)
        if isinstance(relative, Resource):
            return relative
        name = posixpath.normpath(posixpath.join("/" + folder, relative))
        # "/.." is "/": count the steps instead.
        if relative.startswith("/") or _climbs(folder, relative):
            return Resource(None, "outside")
        name = name.lstrip("/")
        try:
            found = store.seen(name)
            if found.size_bytes > limit_bytes:
                return Resource(None, "too-large")
            data = _read(store, name, found, tags)
        except Absent:
            if seen is not None:
                seen[name] = ""
            return Resource(None, "absent")
        if seen is not None:
            seen[name] = hashlib.sha256(data).hexdigest()
        return Resource(data)

    return resource


def relative_path(href: str) -> str | Resource:
    """Give the path that a relative address names, or what is to be said of another one."""
    try:
        parts = urlsplit(href)
    except ValueError:  # "//[": no address at all
        return Resource(None, "absent")
    if parts.scheme or parts.netloc:
        return Resource(None, "remote" if parts.netloc else "outside")
    relative = unquote(parts.path)
    if "\0" in relative or not relative:
        return Resource(None, "absent")
    return relative


def _climbs(folder: str, relative: str) -> bool:
    """Say whether a relative path leaves the place that ``folder`` is in."""
    return ".." in posixpath.normpath(posixpath.join(folder, relative)).split("/")[:1]


def _read(store: Store, name: str, seen: Seen, tags: dict[str, str] | None) -> bytes:
    """Read a file; keep its tag only where it is sure to be that of these bytes."""
    data = store.read(name)
    if tags is not None and seen.tag:
        # For most files of S3 the tag is the MD5 of the content; for others, look again.
        summed = hashlib.md5(data, usedforsecurity=False).hexdigest()
        if seen.tag == summed or store.seen(name) == seen:
            tags[name] = seen.tag
    return data


def files_below(
    found: Mapping[str, Seen], suffixes: frozenset[str], apart: str | None
) -> Iterator[str]:
    """Yield the names that are sources: neither hidden nor below ``apart``, of a known suffix."""
    for name in found:
        if apart is not None and name.startswith(apart):
            continue
        *folders, last = name.split("/")
        hidden = any(part.startswith(".") and part.strip(".") for part in folders)
        if hidden or last.startswith((".", "~$")):
            continue
        if posixpath.splitext(last)[1].lower() in suffixes:
            yield name


def name_below(folder: Address, other: Address) -> str | None:
    """Give the name of a place below another one, with a slash at its end; ``None`` elsewhere."""
    kind, above = Store(folder).identity
    other_kind, path = Store(other).identity
    if kind != other_kind or not path.startswith(above + "/"):
        return None
    return path.removeprefix(above + "/") + "/"


def is_same_place(one: Address, other: Address) -> bool:
    """Say whether two addresses name one place."""
    return Store(one).identity == Store(other).identity
