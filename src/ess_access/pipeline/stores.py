"""Files at an address, through fsspec: list, read, write, copy; its errors become ours.

Nothing is taken from a store's times. What identifies a content is its *tag*: the ETag or the
checksum that the store gives it; a store that gives none has its files read.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from ess_access.errors import ConfigurationError, EditionError, EssAccessError, MissingError
from ess_access.pipeline.addresses import Address
from ess_access.pipeline.store_errors import install_command, said

__all__ = ["Absent", "Seen", "Store", "Taken"]

T = TypeVar("T")


class Absent(Exception):  # noqa: N818 - it says what happened
    """Nothing is there."""


class Taken(Exception):  # noqa: N818 - it says what happened
    """Something is there already."""


@dataclass(frozen=True, slots=True)
class Seen:
    """A file of a store. ``tag`` changes with its content; ``""``: the store gives none."""

    size_bytes: int
    tag: str = ""


class Store:
    """The files below an address, by their names below it, with ``/``.

    ``fault`` is the class of the errors that are raised: what cannot be listed or read is a source
    at fault, what cannot be written an edition. Its clients try again by themselves after a passing
    fault of the network; what they give up is not tried once more.
    """

    def __init__(self, address: Address, fault: type[EssAccessError] = EditionError) -> None:
        """Open the store. Raises MissingError without its package, ConfigurationError."""
        self._shown = str(Address(address.text))  # the place, as it was given
        self._fault = fault
        try:
            from fsspec.core import url_to_fs

            fs, root = self._told(lambda: url_to_fs(address.text))
        except ImportError as error:
            command = install_command(address.scheme)
            raise MissingError("store-missing", address=self._shown, command=command) from error
        except ValueError as error:
            raise ConfigurationError("address-unknown", address=self._shown) from error
        except Absent as error:  # the archive of a chain
            raise fault("store-absent", address=self._shown) from error
        self._fs: Any = fs
        self._keeps_types = "s3" in (self._fs.protocol, *self._fs.protocol)
        # The root of a store is "" or "/"; names follow it with one slash.
        self._root = f"{str(root).rstrip('/')}/{address.name}".rstrip("/")

    @property
    def identity(self) -> tuple[str, str]:
        """What two addresses share that name the same place: the store and the path in it."""
        return f"{type(self._fs).__qualname__}:{self._fs.storage_options}", self._root

    def listing(self) -> dict[str, Seen]:
        """List all files; a file that the address itself names is ``""``.

        Where there is no such place, there are no files.
        """
        self._fs.invalidate_cache()
        try:
            found = self._told(self._find)
        except Absent:
            return {}
        except ValueError as error:  # "s3://": not all buckets at once
            raise ConfigurationError("address-unknown", address=self._shown) from error
        if list(found) == [self._root]:
            return {"": self.seen("")}
        # From the root of a store, some name "/a" and some "a".
        above = f"{self._root}/" if self._root else ""
        return {
            path.removeprefix(above or "/"): _seen(info)
            for path, info in sorted(found.items())
            # A name that ends in a slash stands for a folder.
            if path.startswith(above) and not path.endswith("/")
        }

    def exists(self) -> bool:
        """Say whether the place itself is there, be it empty; not all stores have such places."""
        return bool(self._told(lambda: self._fs.exists(self._root or "/")))

    def _find(self) -> dict[str, Mapping[str, Any]]:
        from fsspec.asyn import AsyncFileSystem
        from fsspec.spec import AbstractFileSystem

        kind = type(self._fs)
        walks = (
            kind._find is AsyncFileSystem._find  # noqa: SLF001 - does it list by walking?
            if issubclass(kind, AsyncFileSystem)
            else kind.find is AbstractFileSystem.find
        )
        if walks:
            return self._walked()
        found: dict[str, Mapping[str, Any]] = self._fs.find(self._root, detail=True)
        return found

    def _walked(self) -> dict[str, Mapping[str, Any]]:
        """List folder by folder: fsspec passes over one that cannot be listed, as if it were empty.

        Sources would seem to be gone, and their editions with them.
        """
        found: dict[str, Mapping[str, Any]] = {}
        folders, known = [self._root], {self._root}
        while folders:
            folder = folders.pop()
            try:
                listed = self._fs.ls(folder, detail=True)
            except FileNotFoundError:  # but one that is gone by now is empty
                if folder == self._root:
                    raise
                continue
            for info in listed:
                path = str(info["name"]).rstrip("/")
                if info.get("type") != "directory":
                    found[path] = info
                elif path not in known:
                    known.add(path)
                    folders.append(path)
        return found

    def seen(self, name: str) -> Seen:
        """Look at one file. Raises Absent, for a folder too."""
        self._fs.invalidate_cache()
        info = self._told(lambda: self._fs.info(self._path(name)))
        if info.get("type") == "directory":
            raise Absent(name)
        return _seen(info)

    def read(self, name: str, *, end: int | None = None) -> bytes:
        """Give the bytes of a file, or the first ones. Raises Absent."""
        return bytes(self._told(lambda: self._fs.cat_file(self._path(name), end=end)))

    def read_all(self, names: Iterable[str]) -> dict[str, bytes]:
        """Give the bytes of the files that are there, many at a time where the store can."""
        paths = {self._path(name): name for name in names}
        # A list with one of these signs would be taken for a pattern.
        plain = [path for path in paths if not _MAGIC.search(path)]
        found: dict[str, bytes] = {}
        if len(plain) > 1:
            read = self._told(lambda: self._fs.cat(plain, on_error="return"))
            for path, data in read.items():
                if not isinstance(data, Exception):
                    found[paths[path]] = bytes(data)
        # One by one: the odd names, and those whose error is to be told.
        for name in [name for name in paths.values() if name not in found]:
            with suppress(Absent):
                found[name] = self.read(name)
        return found

    def write(self, name: str, data: bytes) -> None:
        """Write a file whole."""
        self._put(name, lambda: self._fs.pipe_file(self._path(name), data))

    def upload(self, file: Path, name: str, media_type: str) -> None:
        """Write a file of this machine whole, with its type where we know how to tell it."""
        if media_type.startswith("text/") and "charset" not in media_type:
            media_type += "; charset=utf-8"  # or a browser takes Braille for something else
        told = {"ContentType": media_type} if self._keeps_types else {}
        self._put(name, lambda: self._fs.put_file(str(file), self._path(name), **told))

    def create(self, name: str, data: bytes) -> bool:
        """Write a file where there is none; say whether it was.

        A store that cannot tell writes it all the same: look at what is there afterwards.
        """

        def put() -> None:
            try:
                self._fs.pipe_file(self._path(name), data, mode="create")
            except TypeError:  # it knows of no such condition
                self._fs.pipe_file(self._path(name), data)

        try:
            self._put(name, put, taken=True)
        except ValueError as error:  # an archive that is open for reading
            raise self._fault("store-read-only", address=self._shown) from error
        except Taken:
            return False
        except EssAccessError:
            # Some servers refuse without saying why.
            try:
                self.seen(name)
            except (Absent, EssAccessError):
                pass
            else:
                return False
            raise
        return True

    def copy(self, name: str, to: str) -> None:
        """Put the content of a file in the place of another, in one step where the store can.

        Where it cannot copy, the file is moved. Raises Absent.
        """

        def put() -> None:
            try:
                self._fs.cp_file(self._path(name), self._path(to))
            except NotImplementedError:  # SFTP and shares: they rename
                self._fs.mv(self._path(name), self._path(to))

        try:
            self._told(put)
        except Absent:
            self.seen(name)  # raises where it is the first that is not there
            self._put(to, put)

    def remove(self, names: Iterable[str]) -> None:
        """Remove files; one that is not there is no error."""
        paths = [self._path(name) for name in names]
        plain = [path for path in paths if not _MAGIC.search(path)]
        if len(plain) > 1:
            with suppress(Absent):
                self._told(lambda: self._fs.rm(plain))
                paths = [path for path in paths if path not in plain]
        for path in paths:
            with suppress(Absent):
                self._told(partial(self._fs.rm_file, path))

    def _put(self, name: str, put: Callable[[], Any], *, taken: bool = False) -> None:
        try:
            try:
                self._told(put)
            except Absent:
                self._make_folders(name)
                self._told(put)
        except Absent as error:
            raise self._fault("store-absent", address=self._shown) from error
        except Taken as error:
            if taken:
                raise
            # A file stands where a folder is asked for.
            raise self._fault("store-blocked", address=self._shown, file=name) from error

    def _make_folders(self, name: str) -> None:
        """Make the folders above a name, never the bucket or the share that holds them all."""
        parent = self._path(name).rpartition("/")[0]
        first = parent.lstrip("/").partition("/")[0]
        if not first or first == parent or not self._told(lambda: self._fs.exists(first)):
            raise Absent(first)
        self._told(lambda: self._fs.makedirs(parent, exist_ok=True))

    def _path(self, name: str) -> str:
        return f"{self._root}/{name}" if name else self._root

    def _told(self, ask: Callable[[], T]) -> T:
        """Ask the store; tell its error in our words."""
        try:
            return ask()
        except FileNotFoundError as error:
            raise Absent from error
        except FileExistsError as error:
            raise Taken from error
        except (ImportError, EssAccessError):
            raise
        except Exception as error:
            if type(error).__module__ == "builtins" and not isinstance(error, _OF_THE_WORLD):
                raise
            # Not "from error": a store's own words may hold what opens it.
            raise said(error, self._fault, self._shown) from None


_MAGIC = re.compile(r"[*?\[\]{}]")
_OF_THE_WORLD = (OSError, EOFError, NotImplementedError)
_TAGS = ("ETag", "etag", "md5Hash", "content_md5", "checksum")


def _seen(info: Mapping[str, Any]) -> Seen:
    tags = (info.get(name) for name in _TAGS)
    tag = next((tag for tag in tags if isinstance(tag, str) and tag), "")
    # A weak ETag stands for contents that are alike, not the same (RFC 9110 §8.8.1).
    return Seen(int(info.get("size") or 0), "" if tag.startswith("W/") else tag.strip('"'))
