"""Write a package of python-docx so that the same parts give the same bytes."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any
from xml.sax.saxutils import quoteattr
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

__all__ = ["save"]

# The first instant that a ZIP can name: no clock is read.
_EPOCH = (1980, 1, 1, 0, 0, 0)
_CONTENT_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_DEFAULTS = {
    "rels": "application/vnd.openxmlformats-package.relationships+xml",
    "xml": "application/xml",
}
_BY_EXTENSION = frozenset({"png", "jpeg", "jpg", "gif", "bmp", "tiff", "odttf"})
_PACKED_ALREADY = frozenset({"png", "jpeg", "jpg"})


def save(package: Any, path: Path) -> None:
    """Write the parts of a python-docx package, in order of name, with fixed times."""
    parts = sorted(package.iter_parts(), key=lambda part: str(part.partname))
    with ZipFile(path, "w") as archive:
        # Content types come first: some readers sniff a DOCX by its first entry.
        _write(archive, "[Content_Types].xml", _content_types(parts))
        for name, data in _entries(package, parts):
            _write(archive, name, data)


def _entries(package: Any, parts: Iterable[Any]) -> Iterator[tuple[str, bytes]]:
    yield "_rels/.rels", package.rels.xml
    for part in parts:
        yield part.partname.membername, part.blob
        if len(part.rels):
            yield part.partname.rels_uri.membername, part.rels.xml


def _write(archive: ZipFile, name: str, data: bytes | str) -> None:
    entry = ZipInfo(name, _EPOCH)
    entry.create_system = 0  # the same on every system
    packed = name.rpartition(".")[2] in _PACKED_ALREADY
    entry.compress_type = ZIP_STORED if packed else ZIP_DEFLATED
    archive.writestr(entry, data)


def _content_types(parts: Iterable[Any]) -> bytes:
    defaults = dict(_DEFAULTS)
    overrides: list[tuple[str, str]] = []
    for part in parts:
        extension = part.partname.ext.lower()
        if extension in _BY_EXTENSION and defaults.get(extension, part.content_type) == (
            part.content_type
        ):
            defaults[extension] = part.content_type
        else:
            overrides.append((str(part.partname), part.content_type))
    lines = [
        f"<Default Extension={quoteattr(extension)} ContentType={quoteattr(kind)}/>"
        for extension, kind in sorted(defaults.items())
    ] + [
        f"<Override PartName={quoteattr(name)} ContentType={quoteattr(kind)}/>"
        for name, kind in overrides
    ]
    text = (
        "<?xml version='1.0' encoding='UTF-8' standalone='yes'?>\n"
        f'<Types xmlns="{_CONTENT_TYPES}">{"".join(lines)}</Types>'
    )
    return text.encode()
