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

from ess_access.errors import ConfigurationError, reason_of
from ess_access.pipeline.toml_lines import TomlLines

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
# The match of a layer that does not tell for which sources it is: its settings are checked.
NOWHERE = ""


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

    ``match`` is a glob on the source's name (``"*"``: all). Later layers win. ``faults`` are those
    of the shape of what was written, told together with those of the values.
    """

    settings: Mapping[str, Setting]
    match: str = "*"
    faults: tuple[Fault, ...] = ()

    def applies_to(self, *names: str) -> bool:
        """Say whether the layer is for a source that goes by these names.

        A folder's name stands for all it holds.
        """
        if self.match in ("*", NOWHERE):
            return self.match == "*"
        folder = self.match.rstrip("/") + "/"
        return any(
            fnmatch.fnmatchcase(name, self.match) or name.startswith(folder) for name in names
        )


def nearest(name: str, known: Iterable[str]) -> str:
    """Give the known name that was probably meant, or all of them."""
    names = sorted(known)
    close = difflib.get_close_matches(name, names, n=1)
    return close[0] if close else ", ".join(names)


# --- the file -----------------------------------------------------------------------------


def from_file(path: Path) -> tuple[Layer, ...]:
    """Read ``ess-access.toml``: one layer for the project, one for each ``[[for]]``.

    Errors of its shape are told by the layers. Raises ConfigurationError where there is no TOML.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")  # Notepad writes a mark
    except (OSError, UnicodeDecodeError) as error:
        reason = reason_of(error) if isinstance(error, OSError) else str(error)
        raise ConfigurationError("config-unreadable", file=str(path), reason=reason) from error
    try:
        content = tomllib.loads(text)
    except (ValueError, RecursionError) as error:  # no TOML, or too many digits or brackets
        raise ConfigurationError("config-not-toml", file=path.name, reason=str(error)) from error
    lines = TomlLines(path.name, text)
    chosen = content.pop("for", [])
    layers = [_layer(content, lines, (), "*")]
    if not isinstance(chosen, list):
        return (*layers, Layer({}, NOWHERE, (Fault("config-for", {}, lines.of(("for",))),)))
    for number, table in enumerate(chosen):
        here = ("for", number)
        match = table.pop("match", None) if isinstance(table, dict) else None
        if isinstance(match, str) and match:
            layers.append(_layer(table, lines, here, match))
            continue
        fault = Fault("config-for", {}, lines.of(here))
        rest = table if isinstance(table, dict) else {}
        layers.append(_layer(rest, lines, here, NOWHERE, fault))
    return tuple(layers)


# Tables whose keys are words of the user, not options: they are kept whole.
_WHOLE = frozenset({"lexicon"})


def _layer(
    table: Mapping[str, Any],
    lines: TomlLines,
    here: tuple[str | int, ...],
    match: str,
    *faults: Fault,
) -> Layer:
    settings = dict(_flat(table, lines, here, ""))
    words = table.get("lexicon")
    odd = [
        Fault("config-lexicon", {"word": word}, lines.of((*here, "lexicon", word)))
        for word, said in (words.items() if isinstance(words, dict) else ())
        if not isinstance(said, str)
    ]
    return Layer(MappingProxyType(settings), match, (*faults, *odd))


def _flat(
    table: Mapping[str, Any], lines: TomlLines, above: tuple[str | int, ...], prefix: str
) -> Iterator[tuple[str, Setting]]:
    for key, value in table.items():
        name = f"{prefix}{key}"
        path = (*above, key)
        if isinstance(value, dict) and name not in _WHOLE:
            yield from _flat(value, lines, path, f"{name}.")
        else:
            yield name, Setting(value, lines.of(path))


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
