"""Where a setting's value comes from, and which wins: file, environment, command line."""

import difflib
import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType
from typing import Any

from ess_access.errors import ConfigurationError, reason_of
from ess_access.pipeline.matches import matches
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

    def added_to(self, former: "Setting | None") -> "Setting":
        """Put words of the user on top of former ones; those that are there twice are replaced."""
        if former is None or not isinstance(former.value, dict) or not isinstance(self.value, dict):
            return self
        return Setting({**former.value, **self.value}, f"{former.where}, {self.where}")


@dataclass(frozen=True, slots=True)
class Layer:
    """Settings by dotted key (``braille.width``, ``formats``), for the sources that match.

    ``match`` is a glob on the source's name (``"*"``: all). Later layers win. ``faults`` are those
    of the shape of what was written, told together with those of the values. ``where`` is the place
    of ``match``.
    """

    settings: Mapping[str, Setting]
    match: str = "*"
    faults: tuple[Fault, ...] = ()
    where: str = ""

    def applies_to(self, *names: str) -> bool:
        """Say whether the layer is for a source that goes by these names."""
        if self.match in ("*", NOWHERE):
            return self.match == "*"
        return matches(self.match, names)


def nearest(name: str, known: Iterable[str]) -> str:
    """Give the known name that was probably meant, or all of them."""
    names = sorted(known)
    close = difflib.get_close_matches(name, names, n=1)
    return close[0] if close else ", ".join(names)


# --- the file -----------------------------------------------------------------------------


# tomllib tells the line at the end of its sentence.
_AT_LINE = re.compile(r" \(at (?:line (\d+), column \d+|end of document)\)")


def _text(path: Path) -> str:
    """Read a file that people write, with an editor of theirs."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise ConfigurationError(
            "config-unreadable", file=str(path), reason=reason_of(error)
        ) from error
    try:
        return data.decode("utf-8-sig").replace("\r\n", "\n")  # Notepad writes a mark
    except UnicodeDecodeError as error:
        where = f"{path.name}:{data.count(10, 0, error.start) + 1}"
        raise ConfigurationErrors([Fault("config-not-utf8", {}, where)]) from error


def from_file(path: Path) -> tuple[Layer, ...]:
    """Read ``ess-access.toml``: one layer for the project, one for each ``[[for]]``.

    Errors of its shape are told by the layers. Raises ConfigurationError where there is no TOML.
    """
    text = _text(path)
    try:
        content = tomllib.loads(text)
    except (ValueError, RecursionError) as error:  # no TOML, or too many digits or brackets
        found = _AT_LINE.search(str(error))
        line = (found[1] or text.count("\n") + 1) if found else ""
        where = f"{path.name}:{line}" if line else path.name
        reason = _AT_LINE.sub("", str(error))
        raise ConfigurationErrors([Fault("config-not-toml", {"reason": reason}, where)]) from error
    lines = TomlLines(path.name, text)
    chosen = content.pop("for", [])
    layers = [_layer(content, lines, (), "*")]
    if not isinstance(chosen, list):
        return (*layers, Layer({}, NOWHERE, (Fault("config-for", {}, lines.of(("for",))),)))
    for number, table in enumerate(chosen):
        here = ("for", number)
        match = table.pop("match", None) if isinstance(table, dict) else None
        if isinstance(match, str) and match:
            layer = _layer(table, lines, here, match)
            layers.append(replace(layer, where=lines.of((*here, "match"))))
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
    """Read ``ESS_ACCESS_BRAILLE_WIDTH`` and the like for the keys that exist.

    One that is set to nothing is not set: so do build jobs leave out an input.
    """
    known = {_PREFIX + re.sub(r"[.\-]", "_", key).upper(): key for key in keys}
    settings = {
        known[name]: Setting(value, name, raw=True)
        for name, value in variables.items()
        if name in known and value
    }
    # What begins like an option of ours is meant for us; others may use the prefix alone.
    sections = tuple(
        name[: -len(option)] for name, key in known.items() if (option := key.partition(".")[2])
    )
    faults = tuple(
        Fault("option-unknown", {"key": name, "nearest": nearest(name, known)}, name)
        for name in sorted(variables)
        if name not in known and name.startswith(sections)
    )
    return Layer(MappingProxyType(settings), faults=faults)


def from_assignments(assignments: Sequence[str]) -> Layer:
    """Read ``KEY=VALUE`` pairs of the command line. Raises for one without an equals sign."""
    settings = {}
    for assignment in assignments:
        key, equals, value = assignment.partition("=")
        if not equals or not key.strip():
            raise ConfigurationError("config-assignment", text=assignment)
        settings[key.strip()] = Setting(value.strip(), f"-s {assignment}", raw=True)
    return Layer(MappingProxyType(settings))
