"""Prove that each format and each engine works here, by making a little of it.

Programs that serve some documents alone, and packages of the extras, are only looked for.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from importlib.util import find_spec
from typing import Any

from ess_access.api.findings import Missing
from ess_access.api.plugins import BACKENDS, ENGINES, load, names
from ess_access.document.build import doc, p
from ess_access.errors import EssAccessError

__all__ = ["Verdict", "examine"]

_WORD = "Bonjour"
# What the extras of pyproject.toml bring that is neither a format nor a voice.
_EXTRAS = {"watch": ("watchfiles",), "cluster": ("distributed",), "remote": ("fsspec", "s3fs")}
# Impress opens slides.
_APT_OFFICE = "sudo apt-get install libreoffice-writer libreoffice-impress"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What an examination found. ``needed``: a default build cannot do without it.

    ``key`` and ``params`` make its sentence; ``command`` installs what is missing, or is ``""``.
    """

    kind: str
    name: str
    works: bool
    key: str
    params: Mapping[str, Any] = field(default_factory=dict)
    command: str = ""
    needed: bool = False


def examine() -> Iterator[Verdict]:
    """Examine every format with its default options, every engine, then what is optional."""
    for name in names(BACKENDS):
        yield from _format(name)
    for name in names(ENGINES):
        yield _engine(name)
    yield _office()
    for extra, packages in _EXTRAS.items():
        works = all(find_spec(package) is not None for package in packages)
        command = "" if works else f"pip install 'ess-access[{extra}]'"
        yield Verdict("extra", extra, works, f"doctor-{extra}", command=command)


def _office() -> Verdict:
    """Look for LibreOffice, which opens the files of other office programs."""
    from ess_access.readers._office import soffice

    if soffice() is not None:
        return Verdict("program", "LibreOffice", works=True, key="doctor-soffice")
    return Verdict(
        "program", "LibreOffice", works=False, key="doctor-soffice-missing", command=_APT_OFFICE
    )


def _format(name: str) -> Iterator[Verdict]:
    backend = load(BACKENDS, name)
    options = backend.options()
    absent = tuple(backend.missing(options))
    for item in absent:
        yield _absent("format", name, item, needed=item.required)
    if any(item.required for item in absent):
        return
    try:
        shown = backend.preview(doc(p(_WORD), title=_WORD), options)
    except EssAccessError as error:
        yield Verdict("format", name, works=False, key=error.key, params=error.params, needed=True)
        return
    works = bool(shown.strip())
    key = "doctor-format" if works else "doctor-format-empty"
    yield Verdict("format", name, works, key, {"word": _WORD}, needed=True)


def _engine(name: str) -> Verdict:
    engine = load(ENGINES, name)
    try:
        for item in engine.missing():
            if item.required:
                return _absent("engine", name, item, needed=False)
        if not engine.capabilities.offline:
            # Not tried: it would send words out of this machine without being asked.
            return Verdict("engine", name, works=True, key="doctor-engine-online")
        voices = engine.voices()
        if not voices:
            return Verdict("engine", name, works=False, key="doctor-engine-mute")
        voice = voices[0]
        speech = engine.synthesize(_WORD, voice, 1.0)
    except EssAccessError as error:
        return Verdict("engine", name, works=False, key=error.key, params=error.params)
    finally:
        engine.close()
    milliseconds = round(speech.seconds * 1000)
    params = {"word": _WORD, "voice": voice.name, "milliseconds": milliseconds}
    return Verdict("engine", name, works=milliseconds > 0, key="doctor-engine", params=params)


def _absent(kind: str, name: str, item: Missing, *, needed: bool) -> Verdict:
    params = {**item.params, "name": item.name, "command": item.command}
    return Verdict(
        kind, name, works=False, key=item.key, params=params, command=item.command, needed=needed
    )
