"""Which sources a ``[[for]]`` of the configuration is for: a glob, a folder or one name."""

import fnmatch
import re
from collections.abc import Iterable
from functools import lru_cache
from unicodedata import normalize

__all__ = ["beginning", "matches"]

# What ``fnmatch.translate`` puts around a pattern, by the version of Python.
_WHOLE = re.compile(r"\(\?s:(.*)\)\\[Zz]", re.DOTALL)
_SIGNS = re.compile(r"[*?\[]")


def matches(pattern: str, names: Iterable[str]) -> bool:
    """Say whether one of these names is meant; that of a folder stands for all it holds.

    ``*`` crosses slashes, and ``**/`` may stand for no folder at all. An accent is the same whether
    it is a sign of its own (as a Mac may write it) or not.
    """
    meant = normalize("NFC", pattern.removeprefix("./"))
    folder = meant.rstrip("/") + "/"
    glob = _compiled(meant)
    return any(
        glob.fullmatch(name) is not None or name.startswith(folder)
        for name in (normalize("NFC", name) for name in names)
    )


def beginning(pattern: str) -> str:
    """Give the first name of a pattern up to a slash, ``""`` where it has signs of a glob."""
    first, slash, _ = pattern.removeprefix("./").partition("/")
    return "" if not first or _SIGNS.search(first) else first + slash


@lru_cache(maxsize=256)
def _compiled(pattern: str) -> re.Pattern[str]:
    parts = [_WHOLE.sub(r"\1", fnmatch.translate(part)) for part in pattern.split("**/")]
    return re.compile("(?s:" + "(?:.*/)?".join(parts) + ")")
