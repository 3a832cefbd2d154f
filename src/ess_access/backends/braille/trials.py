"""Copies of what gathers things on the way, for what is tried and then done otherwise."""

from copy import copy
from dataclasses import fields
from typing import Any, TypeVar

__all__ = ["copied"]

_Gatherer = TypeVar("_Gatherer", bound=Any)


def copied(gatherer: _Gatherer) -> _Gatherer:
    """Copy a dataclass with the collections that it fills, not what these hold."""
    new = copy(gatherer)
    for place in fields(gatherer):
        setattr(new, place.name, copy(getattr(gatherer, place.name)))
    return new
