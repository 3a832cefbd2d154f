"""Open the word lists of ``data/*.toml``, once each.

Every list says its source in the file. They are part of the package, read when first needed.
"""

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

__all__ = ["mapping", "table", "words"]


@cache
def table(name: str) -> dict[str, Any]:
    """Give the whole of ``data/<name>.toml``."""
    text = files("ess_access.french").joinpath("data", f"{name}.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


@cache
def words(name: str, key: str) -> frozenset[str]:
    """Give a list of words of a table, ``key`` or ``table.key``; it may be one string of words."""
    value: Any = table(name)
    for part in key.split("."):
        value = value[part]
    return frozenset(value.split() if isinstance(value, str) else value)


@cache
def mapping(name: str, key: str) -> dict[str, str]:
    """Give a table of a table, words to words."""
    return {str(written): str(said) for written, said in table(name)[key].items()}
