"""What is in force for each source: formats, options, metadata, lexicon, limits."""

import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Any

from ess_access.api.plugins import BACKENDS, load, names
from ess_access.api.reader import Limits
from ess_access.errors import ConfigurationError
from ess_access.pipeline.addresses import Location
from ess_access.pipeline.lexicon import read_pls
from ess_access.pipeline.matches import beginning
from ess_access.pipeline.metadata import META, checked_meta
from ess_access.pipeline.options import Refused, field_names, make_options
from ess_access.pipeline.origins import absolute
from ess_access.pipeline.settings import ConfigurationErrors, Fault, Layer, Setting, nearest

__all__ = ["SOURCES", "CacheSettings", "Config", "SourceConfig", "known_keys"]

# Where sources lie when nobody says where.
SOURCES = "sources"

_LISTS = frozenset({"formats", "lexicon_files"})
_WORDS = ("lexicon_files", "lexicon")


@dataclass(frozen=True, slots=True)
class CacheSettings:
    """How much the cache may hold."""

    max_size_mb: int = field(default=5_000, metadata={"ge": 0, "le": 1_000_000})


@dataclass(frozen=True, slots=True)
class SourceConfig:
    """What is in force for one source. ``options`` holds those of its formats alone."""

    formats: tuple[str, ...]
    options: Mapping[str, Any]
    meta: Mapping[str, Any]
    limits: Limits


def known_keys() -> Iterator[str]:
    """List every key that a configuration may set, ``lexicon`` and ``[[for]]`` aside."""
    yield "formats"
    yield "lexicon_files"
    yield from (f"limits.{name}" for name in field_names(Limits))
    yield from (f"cache.{name}" for name in field_names(CacheSettings))
    yield from (f"meta.{name}" for name in META)
    for name in names(BACKENDS):
        yield from (f"{name}.{option}" for option in field_names(load(BACKENDS, name).options))


class Config:
    """The layers of a configuration, checked; asks for one source give what is in force for it.

    Raises :class:`~ess_access.pipeline.settings.ConfigurationErrors` with every error at once.
    """

    def __init__(
        self,
        layers: Sequence[Layer],
        *,
        formats: Sequence[str] = (),
        folder: Path = Path(),
    ) -> None:
        """Check the layers.

        ``formats`` (of the command line) win over those of the layers; ``folder`` is where relative
        paths of the configuration begin.
        """
        self._layers = tuple(layers)
        self._formats = tuple(formats)
        self._folder = folder
        self._known: dict[tuple[int, ...], SourceConfig] = {}
        self._applied: set[int] = set()
        self._installed = names(BACKENDS)
        faults: list[Fault] = []
        for layer in self._layers:
            faults += (*layer.faults, *self._unknown_keys(layer))
        for chosen in self._combinations():
            try:
                self._in_force(chosen)
            except Refused as refused:
                faults += refused.faults
        for layer in self._layers if len(self._layers) > 1 else ():
            try:  # what a later layer overrules is wrong all the same
                self._computed(layer.settings)
            except Refused as refused:
                faults += (fault for fault in refused.faults if fault.key != "option-conflict")
        if faults:
            raise ConfigurationErrors(sorted(_without_repeats(faults), key=_by_line))
        everywhere = self._merged(self._for_all())
        self.cache: CacheSettings = make_options(
            CacheSettings, "cache", _below("cache", everywhere)
        )

    @property
    def lexicon_files(self) -> tuple[Path, ...]:
        """List the files that hold words, whatever the sources they are for."""
        named = (layer.settings.get("lexicon_files") for layer in self._layers)
        return tuple(self._folder / name for files in named if files for name in _as_list(files))

    def for_source(self, name: str, path: Location | None = None) -> SourceConfig:
        """Give what is in force for a source, by its name below its root.

        With its ``path``, ``[[for]]`` may also name it from the folder of the configuration, or
        from ``sources`` there: one guide that is built alone has the same settings as among all.

        Raises ConfigurationErrors when the layers that match it contradict each other.
        """
        try:
            return self._in_force(self._chosen(name, path))
        except Refused as refused:  # layers that are right one by one may contradict each other
            raise ConfigurationErrors(refused.faults) from refused

    def _chosen(self, name: str, path: Location | None) -> tuple[int, ...]:
        names = [name]
        if isinstance(path, Path) and any(layer.match != "*" for layer in self._layers):
            written = absolute(path).as_posix()
            here = absolute(self._folder).as_posix().rstrip("/") + "/"
            names += [
                written.removeprefix(above)
                for above in (f"{here}{SOURCES}/", here)
                if written.startswith(above)
            ]
        chosen = tuple(i for i, layer in enumerate(self._layers) if layer.applies_to(*names))
        self._applied.update(chosen)
        return chosen

    def unmatched(self, roots: Sequence[Location]) -> Iterator[Fault]:
        """Tell each ``[[for]]`` that was for none of the sources asked about: its match is wrong.

        Only where the project was searched whole; what begins with the name of something that is
        there may be meant for another build.
        """
        whole = {absolute(self._folder), absolute(self._folder / SOURCES)}
        if not any(isinstance(root, Path) and absolute(root) in whole for root in roots):
            return
        for number, layer in enumerate(self._layers):
            first = beginning(layer.match)
            there = first and any(os.path.lexists(folder / first) for folder in whole)
            if layer.where and number not in self._applied and not there:
                yield Fault("config-for-nothing", {"match": layer.match}, layer.where)

    def origins(self, name: str, path: Location | None = None) -> Mapping[str, Setting]:
        """Give the settings that were written somewhere and are in force for a source."""
        chosen = self._chosen(name, path)
        merged = self._merged(chosen)
        words = [merged[key].where for key in _WORDS if key in merged and merged[key].value]
        for form in self._installed if words else ():
            # What the words of the project become, unless the format has words of its own.
            merged.setdefault(f"{form}.lexicon", Setting((), ", ".join(words)))
        return MappingProxyType(merged)

    def _combinations(self) -> Iterator[tuple[int, ...]]:
        """Give the layers for all sources, then each other layer on top of them."""
        always = self._for_all()
        yield always
        for number, layer in enumerate(self._layers):
            if layer.match != "*":
                yield tuple(sorted((*always, number)))

    def _for_all(self) -> tuple[int, ...]:
        return tuple(i for i, layer in enumerate(self._layers) if layer.match == "*")

    def _merged(self, chosen: Sequence[int]) -> dict[str, Setting]:
        merged: dict[str, Setting] = {}
        for number in chosen:
            for key, setting in self._layers[number].settings.items():
                # Words of one document join those of the project; any other value takes its place.
                former = merged.get(key) if key == "lexicon" else None
                merged[key] = setting.added_to(former)
        return merged

    def _in_force(self, chosen: tuple[int, ...]) -> SourceConfig:
        if chosen not in self._known:
            self._known[chosen] = self._computed(self._merged(chosen))
        return self._known[chosen]

    def _computed(self, merged: Mapping[str, Setting]) -> SourceConfig:
        faults: list[Fault] = []
        formats = self._chosen_formats(merged, faults)
        options: dict[str, Any] = {}
        for name in self._installed:
            own = _below(name, merged)
            if name not in formats and not own:
                continue
            kind = load(BACKENDS, name).options
            words = self._words(merged, faults)
            if words and "lexicon" in field_names(kind) and "lexicon" not in own:
                own["lexicon"] = Setting(tuple(f"{w}={said}" for w, said in words), "[lexicon]")
            try:
                options[name] = make_options(kind, name, own, self._folder)
            except Refused as refused:
                faults += refused.faults
        meta = checked_meta(_below("meta", merged), faults)
        checked: dict[str, Any] = {}
        for prefix, kind in (("limits", Limits), ("cache", CacheSettings)):
            try:
                checked[prefix] = make_options(kind, prefix, _below(prefix, merged))
            except Refused as refused:
                faults += refused.faults
        if faults:
            raise Refused(tuple(faults))
        chosen = MappingProxyType({name: options[name] for name in formats})
        return SourceConfig(formats, chosen, meta, checked["limits"])

    def _chosen_formats(
        self, merged: Mapping[str, Setting], faults: list[Fault]
    ) -> tuple[str, ...]:
        if self._formats:
            asked, where = self._formats, "--to"
        elif "formats" in merged:
            asked, where = _as_list(merged["formats"]), merged["formats"].where
        else:
            return tuple(name for name in self._installed if name in _BUILT_IN)
        unknown = [name for name in asked if name not in self._installed]
        for name in unknown:
            params: dict[str, str | int] = {
                "name": str(name),
                "nearest": nearest(str(name), self._installed),
            }
            faults.append(Fault("format-unknown", params, where))
        return tuple(dict.fromkeys(name for name in asked if name not in unknown))

    def _words(
        self, merged: Mapping[str, Setting], faults: list[Fault]
    ) -> tuple[tuple[str, str], ...]:
        """Gather the user's words: those of PLS files, then the table, which wins."""
        words: dict[str, str] = {}
        files = merged.get("lexicon_files")
        for name in _as_list(files) if files is not None else ():
            try:
                words.update(read_pls(self._folder / name))
            except ConfigurationError as error:
                where = files.where if files is not None else ""
                faults.append(Fault(error.key, error.params, where))
        own = merged.get("lexicon")
        if own is not None and isinstance(own.value, dict):
            words.update((str(word), str(said)) for word, said in own.value.items())
        return tuple(words.items())

    def _unknown_keys(self, layer: Layer) -> Iterator[Fault]:
        sections = {"limits", "cache", "meta", *self._installed}
        for key, setting in layer.settings.items():
            head, _, rest = key.partition(".")
            if key == "lexicon":
                if not isinstance(setting.value, dict):
                    yield Fault("config-lexicon", {"word": key}, setting.where)
            elif head == "cache" and rest and layer.match != "*":
                yield Fault("config-cache-for", {"key": key}, setting.where)
            elif key in _LISTS or (head in sections and rest):
                continue  # the value is checked with the others of its section
            elif key in sections:
                example = next(known for known in known_keys() if known.startswith(f"{key}."))
                params: dict[str, str | int] = {"key": key, "example": example.partition(".")[2]}
                yield Fault("config-section", params, setting.where)
            else:
                known = [*_LISTS, "lexicon", "for", *sections]
                params = {"key": key, "nearest": nearest(head, known)}
                yield Fault("option-unknown", params, setting.where)


# Made when nobody asks for a format by name; those of plug-ins are asked for.
_BUILT_IN = ("large-print", "audio", "braille")


def _below(prefix: str, merged: Mapping[str, Setting]) -> dict[str, Setting]:
    return {
        key.removeprefix(prefix + "."): setting
        for key, setting in merged.items()
        if key.startswith(prefix + ".")
    }


def _as_list(setting: Setting) -> tuple[str, ...]:
    if isinstance(setting.value, str):
        return tuple(part.strip() for part in setting.value.split(",") if part.strip())
    if isinstance(setting.value, list | tuple):
        return tuple(str(item) for item in setting.value)
    return (str(setting.value),)


def _by_line(fault: Fault) -> tuple[bool, str, int]:
    """Order the faults of a file by their lines; those of its other sources come last."""
    name, _, line = fault.where.rpartition(":")
    return (True, "", 0) if not line.isdigit() else (False, name, int(line))


def _without_repeats(faults: Sequence[Fault]) -> list[Fault]:
    """Keep one of each: a project-wide error shows again under every ``[[for]]``."""
    return [fault for number, fault in enumerate(faults) if fault not in faults[:number]]
