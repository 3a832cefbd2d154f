"""How the state names the place that a source came from, so that a later build finds it gone."""

import os
from pathlib import Path

from ess_access.pipeline.addresses import Address, Location

__all__ = ["absolute", "is_address", "origin_from"]


def origin_from(source: Location, folder: Path) -> str:
    """Give a source's whole address, or its path from a folder."""
    if isinstance(source, Address):
        return str(source)
    try:
        return Path(os.path.relpath(source, folder)).as_posix()
    except ValueError:  # another drive
        return source.as_posix()


def is_address(origin: str) -> bool:
    """Tell an address from a path, which never has two slashes."""
    return "://" in origin


def absolute(path: Path) -> Path:
    """Give a path from the root, without ``..``; links are not followed: they may be gone."""
    return Path(os.path.abspath(path))  # noqa: PTH100 - see above
