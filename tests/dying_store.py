"""A store in memory that counts what it is asked, and fails or dies at one of the requests."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, ClassVar

import pytest

fsspec = pytest.importorskip("fsspec", reason="the extra `remote` is not installed")
from fsspec.implementations.memory import MemoryFileSystem  # noqa: E402 - after the skip


class Killed(BaseException):
    """The process is no more; not even its clean-up runs."""


class DyingStore(MemoryFileSystem):  # type: ignore[misc]  # fsspec has no types
    """``dying://``: the memory of fsspec, until a request is refused.

    ``fault`` is raised at the request number ``at``, and at every later one if ``for_good``.
    """

    protocol = "dying"
    store: ClassVar[dict[str, Any]] = {}
    pseudo_dirs: ClassVar[list[str]] = [""]
    asked: ClassVar[list[str]] = []
    at: ClassVar[int | None] = None
    for_good: ClassVar[bool] = False
    fault: ClassVar[Callable[[], BaseException]] = Killed

    @classmethod
    def _strip_protocol(cls, path: str) -> str:
        return str(super()._strip_protocol(path.replace("dying://", "memory://")))

    @classmethod
    def count(cls, what: str, path: object) -> None:
        """Count a request, and refuse it where that was asked for."""
        cls.asked.append(f"{what} {path}")
        if cls.at is None:
            return
        number = len(cls.asked)
        if number == cls.at or (cls.for_good and number > cls.at):
            raise cls.fault()

    def find(self, path: str, **options: Any) -> Any:
        self.count("find", path)
        return super().find(path, **options)

    def info(self, path: str, **options: Any) -> Any:
        self.count("info", path)
        return super().info(path, **options)

    def cat_file(self, path: str, **options: Any) -> Any:
        self.count("cat", path)
        return super().cat_file(path, **options)

    def pipe_file(self, path: str, value: bytes, **options: Any) -> Any:
        self.count("pipe", path)
        return super().pipe_file(path, value, **options)

    def put_file(self, lpath: str, rpath: str, **options: Any) -> Any:
        self.count("put", rpath)
        return super().put_file(lpath, rpath, **options)

    def cp_file(self, path1: str, path2: str, **options: Any) -> Any:
        self.count("copy", path2)
        return super().cp_file(path1, path2, **options)

    def rm_file(self, path: str) -> Any:
        self.count("remove", path)
        return super().rm_file(path)


@contextmanager
def empty_stores() -> Iterator[type[DyingStore]]:
    """Give stores without files and without faults, before and after."""
    fsspec.register_implementation("dying", DyingStore, clobber=True)
    _clear()
    try:
        yield DyingStore
    finally:
        _clear()


def _clear() -> None:
    for kind in (MemoryFileSystem, DyingStore):
        kind.store.clear()
        kind.pseudo_dirs[:] = [""]
    DyingStore.asked.clear()
    DyingStore.at = None
    DyingStore.for_good = False
    DyingStore.fault = Killed
