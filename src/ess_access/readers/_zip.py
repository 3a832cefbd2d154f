"""Archives of documents, opened with care: sizes counted, entities refused, names not believed."""

import io
import posixpath
import re
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import unquote

from lxml import etree

from ess_access.api.reader import Source
from ess_access.errors import SourceError

__all__ = ["Archive", "Element", "joined", "name_of", "parsed", "safe_xml"]

Element = etree._Element  # noqa: SLF001 - lxml gives the type of its elements no public name

_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, OverflowError)
_ENTITY = re.compile(rb"<!ENTITY|<\x00!\x00E\x00N\x00T\x00I\x00T\x00Y|\x00<\x00!\x00E\x00N\x00T")


class Archive:
    """The parts of one archive, read once each and within the limits.

    Raises :class:`~ess_access.errors.SourceError`: ``source-empty``, ``source-truncated``,
    ``source-zip-bomb``, ``source-password``.
    """

    def __init__(self, source: Source) -> None:
        self._name = source.name
        self._limits = source.limits
        self._left = source.limits.unzipped_bytes
        if not source.data:
            raise SourceError("source-empty", name=source.name)
        if source.data.startswith(b"\xd0\xcf\x11\xe0") and _is_encrypted(source.data):
            raise SourceError("source-password", name=source.name)
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(source.data))
            self._infos = {info.filename.lstrip("/"): info for info in self._zip.infolist()}
        except (*_BROKEN, NotImplementedError) as error:
            key = "source-truncated" if source.data.startswith(b"PK") else "source-not-archive"
            raise SourceError(key, name=source.name) from error
        self._folded = {name.casefold(): name for name in self._infos}

    @property
    def names(self) -> tuple[str, ...]:
        """The parts' names, in the order of the archive."""
        return tuple(self._infos)

    def __contains__(self, name: str) -> bool:
        return self._real(name) is not None

    def _real(self, name: str) -> str | None:
        # Part names are compared without regard to case (ECMA-376-2 §6.2.2.3).
        return name if name in self._infos else self._folded.get(name.casefold())

    def read(self, name: str) -> bytes:
        """Give the bytes of a part. Raises KeyError where there is none of that name."""
        real = self._real(name)
        if real is None:
            raise KeyError(name)
        info = self._infos[real]
        if info.flag_bits & 1:
            raise SourceError("source-password", name=self._name)
        if info.file_size > self._left:
            raise self._too_large()
        try:
            with self._zip.open(info) as stream:
                data = stream.read(self._left + 1)
        except (*_BROKEN, NotImplementedError, RuntimeError) as error:
            raise SourceError("source-truncated", name=self._name) from error
        if len(data) > self._left:
            raise self._too_large()
        self._left -= len(data)
        return data

    def _too_large(self) -> SourceError:
        limit = self._limits.unzipped_bytes // 1_000_000
        return SourceError("source-zip-bomb", name=self._name, limit=limit)

    def xml(self, name: str) -> Element:
        """Parse a part. Raises KeyError where it is absent, SourceError where it is no XML."""
        return parsed(self.read(name), self._name)


def _is_encrypted(data: bytes) -> bool:
    return "EncryptedPackage".encode("utf-16-le") in data


@contextmanager
def safe_xml(data: bytes, name: str) -> Iterator[None]:
    """Refuse entities before parsing, and say in one sentence what a parser meets in ``data``."""
    if _ENTITY.search(data):
        raise SourceError("source-entities", name=name)
    try:
        yield
    except etree.XMLSyntaxError as error:
        raise SourceError("source-damaged", name=name, reason=_reason(error)) from error


def _reason(error: etree.XMLSyntaxError) -> str:
    return " ".join((error.msg or "XML").split())[:120]


def parsed(data: bytes, name: str) -> Element:
    """Parse XML from an unknown hand: no entity, no network, no tree deeper than libxml2 allows."""
    with safe_xml(data, name):
        parser = etree.XMLParser(
            resolve_entities=False,
            no_network=True,
            load_dtd=False,
            remove_comments=True,
            remove_pis=True,
            huge_tree=len(data) > 10_000_000,
        )
        return etree.fromstring(data, parser)


def name_of(element: Element) -> str:
    """Give an element's full name, ``""`` for a comment or a processing instruction."""
    return element.tag if isinstance(element.tag, str) else ""


def joined(base: str, target: str) -> str:
    """Resolve a part's name against the part that names it; ``""`` where it leaves the archive."""
    target = unquote(target.split("#", 1)[0])
    if target.startswith("/"):
        path = posixpath.normpath(target).lstrip("/")
    else:
        path = posixpath.normpath(posixpath.join(posixpath.dirname(base), target))
    return "" if path.startswith("..") or path in (".", "") else path
