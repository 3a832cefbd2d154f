"""The canonical JSON of a document, and its digest.

A node is ``{"type": "Heading", "level": 2, "children": [...], "id": "..."}`` with the names of
its fields. Keys are sorted and nothing is left out, so equal documents have equal bytes.
Places (``at``) are written on request alone.
"""

import base64
import dataclasses
import hashlib
import json
import types
import typing
from collections.abc import Callable, Mapping
from functools import cache
from types import MappingProxyType
from typing import Any

from ess_access.document import nodes
from ess_access.document.nodes import Asset, Document, Place

__all__ = ["CodecError", "as_json", "decode", "digest", "encode", "jsonable"]

_TYPES: Mapping[str, type] = MappingProxyType(
    {
        kind.__name__: kind
        for kind in vars(nodes).values()
        if isinstance(kind, type) and dataclasses.is_dataclass(kind) and kind not in (Asset, Place)
    }
)


class CodecError(ValueError):
    """JSON that is not a document: the message names the path where it departs."""


def jsonable(node: object, *, places: bool = False) -> Any:
    """Turn a node, or a tuple of nodes, into what :mod:`json` writes."""
    match node:
        case None | bool() | int() | str():
            return node
        case tuple():
            return [jsonable(child, places=places) for child in node]
        case Place():
            return {
                name: value
                for name, value in (("line", node.line), ("page", node.page), ("part", node.part))
                if value is not None
            }
        case Asset():
            return {
                "digest": node.digest,
                "media_type": node.media_type,
                "data": base64.b64encode(node.data).decode("ascii"),
            }
        case Document():
            return {
                "type": "Document",
                "meta": jsonable(node.meta, places=places),
                "children": jsonable(node.children, places=places),
                "assets": [jsonable(node.assets[key]) for key in sorted(node.assets)],
            }
        case _:
            kind: Any = type(node)
            if kind.__name__ not in _TYPES:
                raise TypeError(f"not a node of the document model: {kind.__name__}")
            fields: dict[str, Any] = {"type": kind.__name__}
            for name in _field_names(kind):
                if name != "at":
                    fields[name] = jsonable(getattr(node, name), places=places)
                elif places and getattr(node, name) is not None:
                    fields[name] = jsonable(getattr(node, name))
            return fields


@cache
def _field_names(kind: Any) -> tuple[str, ...]:
    return tuple(field.name for field in dataclasses.fields(kind))


def as_json(value: object) -> str:
    """Write JSON in its canonical form: sorted keys, no spaces, UTF-8 characters."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def encode(document: Document, *, places: bool = False) -> str:
    """Write a whole document, pictures included."""
    return as_json(jsonable(document, places=places))


def digest(document: Document) -> str:
    """Give the SHA-256 of the document's canonical JSON, in hexadecimal; places do not count."""
    seen = jsonable(dataclasses.replace(document, assets=MappingProxyType({})))
    seen["assets"] = sorted(document.assets)
    return hashlib.sha256(as_json(seen).encode()).hexdigest()


def decode(text: str) -> Document:
    """Read what :func:`encode` wrote. Raises :class:`CodecError` for anything else."""
    try:
        value = json.loads(text)
    except ValueError as error:
        raise CodecError(f"not JSON: {error}") from error
    document = _node(value, Document, "document")
    if not isinstance(document, Document):  # pragma: no cover - _node allowed nothing else
        raise CodecError("document: a document is expected")
    return document


def _node(value: Any, allowed: Any, path: str) -> object:
    """Build the value that the annotation ``allowed`` describes."""
    origin = typing.get_origin(allowed)
    if origin is tuple:
        if not isinstance(value, list):
            raise CodecError(f"{path}: a list is expected")
        inner = typing.get_args(allowed)[0]
        return tuple(_node(item, inner, f"{path}[{i}]") for i, item in enumerate(value))
    options = _alternatives(allowed)
    if value is None and type(None) in options:
        return None
    for scalar in (bool, int, str):
        if scalar in options and type(value) is scalar:
            return value
    if Place in options:
        return _place(value, path)
    if not isinstance(value, dict):
        raise CodecError(f"{path}: a node is expected")
    kind = _TYPES.get(value.get("type", ""))
    if kind is None or kind not in options:
        raise CodecError(f"{path}: {value.get('type')!r} cannot stand here")
    return _build(kind, value, path)


def _alternatives(allowed: Any) -> tuple[Any, ...]:
    if typing.get_origin(allowed) in (typing.Union, types.UnionType):
        return typing.get_args(allowed)
    return (allowed,)


def _place(value: Any, path: str) -> Place:
    known = {"line": int, "page": int, "part": str}
    if not isinstance(value, dict) or any(
        type(content) is not known.get(name) for name, content in value.items()
    ):
        raise CodecError(f"{path}: a place is expected")
    return Place(**value)


@cache
def _annotations(kind: Any) -> dict[str, Any]:
    return typing.get_type_hints(kind, vars(nodes))


def _build(kind: type, value: dict[str, Any], path: str) -> object:
    hints = _annotations(kind)
    unknown = value.keys() - hints.keys() - {"type"}
    if unknown:
        raise CodecError(f"{path}: unknown field {min(unknown)!r}")
    arguments: dict[str, Any] = {}
    for name, hint in hints.items():
        if name not in value:
            if name == "at":
                continue
            raise CodecError(f"{path}: {name!r} is missing")
        reader: Callable[[Any, Any, str], Any] = _assets if name == "assets" else _node
        arguments[name] = reader(value[name], hint, f"{path}.{name}")
    return kind(**arguments)


def _assets(value: Any, _hint: Any, path: str) -> Mapping[str, Asset]:
    if not isinstance(value, list):
        raise CodecError(f"{path}: a list is expected")
    assets: dict[str, Asset] = {}
    for number, item in enumerate(value):
        try:
            data = base64.b64decode(item["data"], validate=True)
            asset = Asset(str(item["digest"]), str(item["media_type"]), data)
        except (TypeError, KeyError, ValueError) as error:
            raise CodecError(f"{path}[{number}]: a picture is expected") from error
        if hashlib.sha256(data).hexdigest() != asset.digest:
            raise CodecError(f"{path}[{number}]: the digest is not that of the bytes")
        assets[asset.digest] = asset
    return MappingProxyType(assets)
