"""Check the values of options where they enter, and make the frozen options of a backend."""

import dataclasses
import tomllib
import types
import typing
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from ess_access.pipeline.settings import Fault, Setting, nearest

__all__ = ["Refused", "field_names", "make_options"]


class Refused(Exception):  # noqa: N818 - a set of faults, not one error
    """Values that are not valid options, with one fault each."""

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        super().__init__(faults)
        self.faults = faults


def field_names(kind: Any) -> tuple[str, ...]:
    """List the options of a backend."""
    return tuple(field.name for field in dataclasses.fields(kind))


def make_options(
    kind: Any, prefix: str, settings: Mapping[str, Setting], folder: Path = Path()
) -> Any:
    """Make the options from settings by name (without the prefix). Raises :class:`Refused`.

    ``prefix`` is the format's name, for messages (``braille`` in ``braille.width``). Paths of a
    file of configuration begin at its ``folder``; others where the program runs.
    """
    faults: list[Fault] = []
    values: dict[str, Any] = {}
    fields = {field.name: field for field in dataclasses.fields(kind)}
    for name, setting in settings.items():
        key = f"{prefix}.{name}" if prefix else name
        if name not in fields:
            known = [f"{prefix}.{field}" if prefix else field for field in fields]
            params: dict[str, str | int] = {"key": key, "nearest": nearest(key, known)}
            faults.append(Fault("option-unknown", params, setting.where))
            continue
        problem, value = _checked(kind, fields[name], setting)
        if problem is None:
            placed = fields[name].metadata.get("path") and value and not setting.raw
            values[name] = str(folder / value) if placed else value
        else:
            faults.append(
                Fault(
                    "option-invalid",
                    {"key": key, "value": _written(setting), "expected": problem},
                    setting.where,
                )
            )
    if not faults:
        try:
            return kind(**values)
        except ValueError as error:  # a rule between two options, said by the options themselves
            faults.append(Fault("option-conflict", {"key": prefix, "reason": str(error)}, prefix))
    raise Refused(tuple(faults))


def _written(setting: Setting) -> str:
    """Show a value as its author wrote it: TOML has no ``True``."""
    return str(setting.value).lower() if isinstance(setting.value, bool) else str(setting.value)


def _checked(
    kind: Any, field: "dataclasses.Field[Any]", setting: Setting
) -> tuple[str | None, Any]:
    """Give ``(None, value)``, or what was expected and nothing."""
    from pydantic import ValidationError

    adapter = _adapter(kind, field.name)
    hint = _hints(kind)[field.name]
    for candidate in _candidates(setting, hint):
        if isinstance(candidate, bool) and _is_of_numbers(hint):
            continue  # for Python, True is 1
        try:
            return None, adapter.validate_python(_as_tuples(candidate))
        except ValidationError:
            continue
    return _expected(hint, field), None


def _is_of_numbers(hint: Any) -> bool:
    return typing.get_origin(hint) is typing.Literal and all(
        type(value) is not bool for value in typing.get_args(hint)
    )


def _candidates(setting: Setting, hint: Any) -> list[Any]:
    """Give the values that a string may stand for; what a file says stands for itself."""
    if not setting.raw:
        return [setting.value]
    text = str(setting.value)
    try:
        read = tomllib.loads(f"v = {text}")
        typed = list(read.values()) if len(read) == 1 else []
    except (ValueError, RecursionError):  # no TOML, or a number of thousands of digits
        typed = []
    if text.lower() in ("yes", "on", "oui"):
        typed.append(True)
    if text.lower() in ("no", "off", "non"):
        typed.append(False)
    if typing.get_origin(hint) is tuple:
        return [*typed, tuple(part.strip() for part in text.split(",") if part.strip())]
    return [text, *typed] if hint is str else [*typed, text]


def _as_tuples(value: Any) -> Any:
    if isinstance(value, list):
        return tuple(_as_tuples(item) for item in value)
    if isinstance(value, dict):
        return tuple((key, _as_tuples(item)) for key, item in value.items())
    return value


@cache
def _hints(kind: Any) -> dict[str, Any]:
    return typing.get_type_hints(kind)


@cache
def _adapter(kind: Any, name: str) -> Any:
    """Give a strict pydantic adapter for one field, its bounds included."""
    from pydantic import ConfigDict, Field, TypeAdapter

    field = next(field for field in dataclasses.fields(kind) if field.name == name)
    bounds = Field(ge=field.metadata.get("ge"), le=field.metadata.get("le"))
    hint = _hints(kind)[name]
    bounded = hint in (int, float) or typing.get_origin(hint) in (typing.Union, types.UnionType)
    annotated: Any = typing.Annotated[hint, bounds] if bounded else hint
    return TypeAdapter(annotated, config=ConfigDict(strict=True, allow_inf_nan=False))


def _expected(hint: Any, field: "dataclasses.Field[Any]") -> str:
    """Say in signs what is expected: ``20–40``, ``both | masculine``, ``true | false``."""
    if typing.get_origin(hint) is typing.Literal:
        return " | ".join(str(choice) for choice in typing.get_args(hint))
    if typing.get_origin(hint) is tuple:
        return f"[{_expected(typing.get_args(hint)[0], field)}, …]"
    if hint is bool:
        return "true | false"
    low, high = field.metadata.get("ge"), field.metadata.get("le")
    if hint in (int, float) and (low is not None or high is not None):
        return f"{'…' if low is None else low}–{'…' if high is None else high}"
    return {int: "1, 2, 3…", float: "1.5", str: '"…"'}.get(hint, str(hint))
