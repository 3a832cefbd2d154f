"""Find readers, backends and engines by their entry points, ours and anybody's alike.

Listing the names imports nothing; loading one imports that one alone.
"""

from collections.abc import Mapping
from functools import cache
from importlib.metadata import EntryPoint, entry_points
from types import MappingProxyType
from typing import Any

from ess_access.errors import ConfigurationError

__all__ = ["BACKENDS", "ENGINES", "READERS", "load", "names"]

READERS = "ess_access.readers"
BACKENDS = "ess_access.backends"
ENGINES = "ess_access.engines"


def names(group: str) -> tuple[str, ...]:
    """List the names of a group, sorted. Raises ConfigurationError when one is claimed twice."""
    return tuple(sorted(_entries(group)))


def load(group: str, name: str) -> Any:
    """Make the plug-in of that name. Raises ConfigurationError when it is unknown or broken."""
    entries = _entries(group)
    if name not in entries:
        raise ConfigurationError(
            "plugin-unknown", name=name, kind=group, known=", ".join(sorted(entries))
        )
    try:
        return entries[name].load()()
    except (ImportError, AttributeError) as error:
        raise ConfigurationError(
            "plugin-broken", name=name, package=_distribution(entries[name]), reason=str(error)
        ) from error


@cache
def _entries(group: str) -> Mapping[str, EntryPoint]:
    found: dict[str, EntryPoint] = {}
    for entry in entry_points(group=group):
        other = found.get(entry.name)
        if other is not None and _claim(other) != _claim(entry):
            first, second = sorted((_distribution(other), _distribution(entry)))
            raise ConfigurationError(
                "plugin-duplicate", name=entry.name, kind=group, first=first, second=second
            )
        found[entry.name] = entry
    return MappingProxyType(found)


def _claim(entry: EntryPoint) -> tuple[str, str]:
    """Say who gives what: one distribution may lie on the path twice."""
    return _distribution(entry), entry.value


def _distribution(entry: EntryPoint) -> str:
    return entry.dist.name if entry.dist is not None else entry.module
