"""Where a setting's value comes from, and which wins: file, environment, command line."""

import difflib
import fnmatch
import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any

from ess_access.errors import ConfigurationError

__all__ = [
    "CONFIG_NAME",
    "ConfigurationErrors",
    "Fault",
    "Layer",
    "Setting",
    "from_assignments",
    "from_environment",
    "from_file",
    "nearest",
]

CONFIG_NAME = "ess-access.toml"
_PREFIX = "ESS_ACCESS_"


@dataclass(frozen=True, slots=True)
class Fault:
    """One error of the configuration: a message key, its parameters, and where it stands."""

    key: str
    params: Mapping[str, str | int]
    where: str


class ConfigurationErrors(ConfigurationError):  # noqa: N818 - several errors, one exception
    """Every error of the configuration at once."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        first = faults[0]
        super().__init__(first.key, **dict(first.params))
        self.faults = tuple(faults)

    def __reduce__(self) -> tuple[object, ...]:
        """Cross a process boundary whole."""
        return (ConfigurationErrors, (self.faults,))


@dataclass(frozen=True, slots=True)
class Setting:
    """A value as it was written. ``raw``: a string that may stand for another type."""

    value: Any
    where: str
    raw: bool = False


@dataclass(frozen=True, slots=True)
class Layer:
    """Settings by dotted key (``braille.width``, ``formats``), for the sources that match.

    ``match`` is a glob on the source's name (``"*"``: all). Later layers win.
    """

    settings: Mapping[str, Setting]
    match: str = "*"

    def applies_to(self, source: str) -> bool:
        """Say whether the layer is for this source; a folder's name stands for all it holds."""
        if self.match == "*" or fnmatch.fnmatchcase(source, self.match):
            return True
        return source.startswith(self.match.rstrip("/") + "/")


def nearest(name: str, known: Iterable[str]) -> str:
    """Give the known name that was probably meant, or all of them."""
    names = sorted(known)
    close = difflib.get_close_matches(name, names, n=1)
    return close[0] if close else ", ".join(names)


# --- the file -----------------------------------------------------------------------------


def from_file(path: Path) -> tuple[Layer, ...]:
    """Read ``ess-access.toml``: one layer for the project, one for each ``[[for]]``.

    Raises :class:`ConfigurationErrors` with every error of the file's shape.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")  # Notepad writes a mark
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigurationError("config-unreadable", file=str(path), reason=str(error)) from error
    try:
        content = tomllib.loads(text)
    except (ValueError, RecursionError) as error:  # no TOML, or too many digits or brackets
        raise ConfigurationError("config-not-toml", file=path.name, reason=str(error)) from error
    lines = _Lines(path.name, text)
    faults: list[Fault] = []
    chosen = content.pop("for", [])
    layers = [Layer(MappingProxyType(dict(_flat(content, lines, ()))))]
    if not isinstance(chosen, list):
        chosen = []
        faults.append(Fault("config-for", {}, lines.of(("for",))))
    for number, table in enumerate(chosen):
        here = lines.of_block(number)
        match = table.pop("match", None) if isinstance(table, dict) else None
        if not isinstance(match, str) or not match:
            faults.append(Fault("config-for", {}, here))
            continue
        layers.append(Layer(MappingProxyType(dict(_flat(table, lines, (), here))), match))
    if faults:
        raise ConfigurationErrors(faults)
    return tuple(layers)


# Tables whose keys are words of the user, not options: they are kept whole.
_WHOLE = frozenset({"lexicon"})


def _flat(
    table: Mapping[str, Any], lines: "_Lines", above: tuple[str, ...], here: str = ""
) -> Iterator[tuple[str, Setting]]:
    for key, value in table.items():
        path = (*above, key)
        if isinstance(value, dict) and ".".join(path) not in _WHOLE:
            yield from _flat(value, lines, path, here)
        else:
            yield ".".join(path), Setting(value, here or lines.of(path))


class _Lines:
    """Find the line on which a key stands, for messages (tomllib does not say)."""

    def __init__(self, name: str, text: str) -> None:
        self._name = name
        self._found: dict[tuple[str, ...], int] = {}
        self._blocks: list[int] = []
        table: tuple[str, ...] = ()
        for number, line in enumerate(text.splitlines(), 1):
            if header := re.match(r"\s*\[\[?\s*([^\]]+?)\s*\]", line):
                table = _dotted(header[1])
                self._found.setdefault(table, number)
                if table == ("for",):
                    self._blocks.append(number)
            elif entry := re.match(r"\s*([\w\-\".' ]+?)\s*=", line):
                self._found.setdefault((*table, *_dotted(entry[1])), number)

    def of(self, path: tuple[str, ...]) -> str:
        """Give ``ess-access.toml:12`` for a key, or the file's name alone."""
        line = self._found.get(path)
        return f"{self._name}:{line}" if line else self._name

    def of_block(self, number: int) -> str:
        """Give the place of the n-th ``[[for]]``."""
        if number < len(self._blocks):
            return f"{self._name}:{self._blocks[number]}"
        return self._name


def _dotted(text: str) -> tuple[str, ...]:
    return tuple(part.strip(" \"'") for part in text.split("."))


# --- environment and command line ---------------------------------------------------------


def from_environment(variables: Mapping[str, str], keys: Iterable[str]) -> Layer:
    """Read ``ESS_ACCESS_BRAILLE_WIDTH`` and the like for the keys that exist."""
    settings = {}
    for key in keys:
        name = _PREFIX + re.sub(r"[.\-]", "_", key).upper()
        if name in variables:
            settings[key] = Setting(variables[name], name, raw=True)
    return Layer(MappingProxyType(settings))


def from_assignments(assignments: Sequence[str]) -> Layer:
    """Read ``KEY=VALUE`` pairs of the command line. Raises for one without an equals sign."""
    settings = {}
    for assignment in assignments:
        key, equals, value = assignment.partition("=")
        if not equals or not key.strip():
            raise ConfigurationError("config-assignment", text=assignment)
        settings[key.strip()] = Setting(value.strip(), f"-s {assignment}", raw=True)
    return Layer(MappingProxyType(settings))
