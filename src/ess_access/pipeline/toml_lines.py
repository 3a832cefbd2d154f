"""On which line of a TOML file each key stands, for messages: tomllib does not say."""

import re
from collections.abc import Iterator

__all__ = ["TomlLines"]

_PART = r"(?:\"(?:[^\"\\]|\\.)*\"|'[^']*'|[\w\-]+)"
_KEY = rf"\s*({_PART}(?:\s*\.\s*{_PART})*)\s*"
_TABLE = re.compile(rf"\s*\[{_KEY}\]")
_BLOCK = re.compile(rf"\s*\[\[{_KEY}\]\]")
_ENTRY = re.compile(rf"{_KEY}=")
_LONG = re.compile(r"\"\"\"|'''")


class TomlLines:
    """The lines of keys, each by its whole path; of a ``[[block]]``, by its number as well."""

    def __init__(self, name: str, text: str) -> None:
        """Read a text that is TOML, in the order of its lines."""
        self._name = name
        self._found: dict[tuple[str | int, ...], int] = {}
        blocks: dict[tuple[str, ...], int] = {}
        table: tuple[str | int, ...] = ()
        for number, line in _outside_texts(text):
            if block := _BLOCK.match(line):
                path = _parts(block[1])
                blocks[path] = blocks.get(path, -1) + 1
                table = (*path, blocks[path])
            elif head := _TABLE.match(line):
                path = _parts(head[1])
                # A table below a block belongs to the last block of that name.
                above = next((n for n in range(len(path), 0, -1) if path[:n] in blocks), 0)
                own = (blocks[path[:above]],) if above else ()
                table = (*path[:above], *own, *path[above:])
            elif entry := _ENTRY.match(line):
                self._found.setdefault((*table, *_parts(entry[1])), number)
                continue
            else:
                continue
            self._found.setdefault(table, number)

    def of(self, path: tuple[str | int, ...]) -> str:
        """Give ``ess-access.toml:12`` for a key or what holds it, or the file's name alone."""
        for length in range(len(path), 0, -1):
            if path[:length] in self._found:
                return f"{self._name}:{self._found[path[:length]]}"
        return self._name


def _outside_texts(text: str) -> Iterator[tuple[int, str]]:
    """Yield numbered lines, but for those within a text of several lines."""
    closing = ""
    for number, line in enumerate(text.split("\n"), 1):
        if not closing:
            yield number, line
        for mark in _LONG.findall(line):
            closing = "" if closing == mark else closing or mark


def _parts(key: str) -> tuple[str, ...]:
    """Split a dotted key; a part between quotes may hold dots and escapes."""
    parts = []
    for found in re.finditer(_PART, key):
        part = found[0]
        if part.startswith("'"):
            part = part[1:-1]
        elif part.startswith('"'):
            part = _unescaped(part[1:-1])
        parts.append(part)
    return tuple(parts)


def _unescaped(text: str) -> str:
    r"""Read ``\uXXXX`` and the signs behind a backslash."""
    return re.sub(
        r"\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))",
        lambda found: chr(int(found[1] or found[2], 16)) if found[1] or found[2] else found[3],
        text,
    )
