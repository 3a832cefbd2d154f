"""Read the ID3 tag of a file again, byte by byte, without the writer's help."""

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field

__all__ = ["TagRead", "read_tag"]


@dataclass(frozen=True, slots=True)
class TagRead:
    """What a tag says: texts by frame name, chapters as ``(id, title, start_ms, end_ms)``.

    ``listed`` are the ids that the tables of contents lead to, in order; ``faults`` what is broken.
    """

    texts: dict[str, str] = field(default_factory=dict)
    chapters: tuple[tuple[str, str, int, int], ...] = ()
    listed: tuple[str, ...] = ()
    faults: tuple[str, ...] = ()


def read_tag(data: bytes) -> TagRead:
    """Read the tag at the start of a file (v2.3 or v2.4); an empty one where there is none."""
    if len(data) < 10 or data[:3] != b"ID3":
        return TagRead()
    version = data[3]
    size = _syncsafe(data[6:10])
    body = data[10 : 10 + size]
    if version not in {3, 4} or len(body) < size:
        return TagRead(faults=(f"v2.{version}, {len(body)} / {size}",))
    texts: dict[str, str] = {}
    chapters: list[tuple[str, str, int, int]] = []
    tables: dict[str, tuple[bool, tuple[str, ...]]] = {}
    faults: list[str] = []
    for name, content in _frames(body, version):
        try:
            if name.startswith("T") and name != "TXXX":
                texts.setdefault(name, _decoded(content))
            elif name == "CHAP":
                chapters.append(_chapter(content, version))
            elif name == "CTOC":
                own, _, rest = content.partition(b"\0")
                entries = rest[2:].split(b"\0")[: rest[1]]
                listed = tuple(entry.decode("latin-1") for entry in entries)
                tables[own.decode("latin-1")] = (bool(rest[0] & 2), listed)
        except (struct.error, IndexError, UnicodeDecodeError):
            faults.append(name)
    return TagRead(texts, tuple(chapters), tuple(_listed(tables)), tuple(faults))


def _syncsafe(data: bytes) -> int:
    value = 0
    for byte in data:
        value = value << 7 | byte & 0x7F
    return value


def _frames(body: bytes, version: int) -> Iterator[tuple[str, bytes]]:
    at = 0
    while at + 10 <= len(body) and body[at]:
        name = body[at : at + 4].decode("latin-1")
        field_ = body[at + 4 : at + 8]
        size = _syncsafe(field_) if version == 4 else int.from_bytes(field_, "big")
        yield name, body[at + 10 : at + 10 + size]
        at += 10 + size


def _decoded(content: bytes) -> str:
    codec = {0: "latin-1", 1: "utf-16", 2: "utf-16-be", 3: "utf-8"}.get(content[0], "latin-1")
    return content[1:].decode(codec).rstrip("\0")


def _chapter(content: bytes, version: int) -> tuple[str, str, int, int]:
    own, _, rest = content.partition(b"\0")
    start, end = struct.unpack_from(">II", rest)
    inner = dict(_frames(rest[16:], version))
    title = _decoded(inner["TIT2"]) if "TIT2" in inner else ""
    return own.decode("latin-1"), title, start, end


def _listed(tables: dict[str, tuple[bool, tuple[str, ...]]]) -> Iterator[str]:
    """Follow the tables from the top; each is entered once."""
    entered: set[str] = set()
    waiting = [name for name, (is_top, _) in tables.items() if is_top]
    while waiting:
        name = waiting.pop(0)
        if name in tables and name not in entered:
            entered.add(name)
            waiting[:0] = tables[name][1]
        elif name not in tables:
            yield name
