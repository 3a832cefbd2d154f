"""Pictures of a source: fetched through the source alone, known by their bytes, doubted aloud."""

import base64
import binascii
import hashlib
import re
from collections.abc import Mapping
from types import MappingProxyType
from urllib.parse import unquote, unquote_to_bytes

from ess_access.api.findings import Finding, Severity
from ess_access.api.reader import Resource, Source
from ess_access.document.inlines import tidy
from ess_access.document.nodes import Asset, Image, Place, Text

__all__ = ["Pictures", "media_type"]

_MAGIC = (
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
    (b"BM", "image/bmp"),
    (b"II*\x00", "image/tiff"),
    (b"MM\x00*", "image/tiff"),
    (b"\xd7\xcd\xc6\x9a", "image/wmf"),
)
_FILE_NAME = re.compile(
    r"(?:[^\s/\\]+[/\\])*[^/\\\n]{1,80}\.(?:png|jpe?g|gif|webp|svg|bmp|tiff?|emf|wmf|heic|avif)",
    re.IGNORECASE,
)
_CAMERA_NAME = re.compile(
    r"(?:img|dsc[nf]?|dcim|pict?|image|photo|capture|scan)[-_ ]?\d+", re.IGNORECASE
)
_REASONS = {
    "absent": "SRC-010",
    "outside": "SRC-011",
    "remote": "SRC-012",
    "too-large": "SRC-013",
    "unknown": "SRC-014",
}


def media_type(data: bytes) -> str:
    """Tell what a picture's bytes are (``"image/png"``); ``""`` for what is no picture."""
    for magic, kind in _MAGIC:
        if data.startswith(magic):
            return kind
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "image/webp"
    if data[:4] == b"\x01\x00\x00\x00" and data[40:44] == b" EMF":
        return "image/emf"
    if b"<svg" in data[:4096] and data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        return "image/svg+xml"
    return ""


class Pictures:
    """The pictures met while one source is read, and what is wrong with them."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._assets: dict[str, Asset] = {}
        self._fetched: dict[str, str | None] = {}
        self.findings: list[Finding] = []

    @property
    def assets(self) -> Mapping[str, Asset]:
        """The pictures that were had, by digest, sorted."""
        return MappingProxyType(dict(sorted(self._assets.items())))

    def image(
        self, href: str, alt: str | None, at: Place | None = None, *, description: str = ""
    ) -> Image:
        """Make the node of the picture that an address of the source names.

        ``alt=None`` where the source gives no description. Findings: ``SRC-003``, ``SRC-004`` for
        the description, ``SRC-010`` to ``SRC-014`` where the bytes cannot be had.
        """
        name = _shown(href)
        if href not in self._fetched:
            self._fetched[href] = self._fetch(href, name, at)
        return self._described(self._fetched[href], name, alt, at, description)

    def image_of(
        self,
        data: bytes,
        name: str,
        alt: str | None,
        at: Place | None = None,
        description: str = "",
    ) -> Image:
        """Make the node of a picture whose bytes are at hand; ``name`` is for messages."""
        return self._described(self._keep(data, name, at), name, alt, at, description)

    def _described(
        self, asset: str | None, name: str, alt: str | None, at: Place | None, description: str
    ) -> Image:
        if alt is not None:
            alt = _one_line(alt)
            if _FILE_NAME.fullmatch(alt) or _CAMERA_NAME.fullmatch(alt):
                self._find("SRC-004", at, picture=name, alt=alt)
        else:
            self._find("SRC-003", at, picture=name)
        return Image(asset, alt, _one_line(description))

    def _fetch(self, href: str, name: str, at: Place | None) -> str | None:
        if href[:5].lower() == "data:":
            data = _data_uri(href)
            if data is None:
                self._find("SRC-014", at, picture=name)
                return None
            return self._keep(data, name, at)
        found = self._resource(href)
        if found.data is None:
            code = _REASONS.get(found.reason, "SRC-010")
            self._find(code, at, picture=name, href=unquote(href)[:500])
            return None
        return self._keep(found.data, name, at)

    def _resource(self, href: str) -> Resource:
        if not href.strip():
            return Resource(None, "absent")
        found = self._source.resource(href)
        plain = unquote(re.split("[?#]", href, maxsplit=1)[0])
        if found.data is None and found.reason == "absent" and plain not in ("", href):
            return self._source.resource(plain)
        return found

    def _keep(self, data: bytes, name: str, at: Place | None) -> str | None:
        kind = media_type(data)
        if not kind:
            self._find("SRC-014", at, picture=name)
            return None
        if _pixels(data, kind) > self._source.limits.pixels:
            self._find("SRC-013", at, picture=name)
            return None
        digest = hashlib.sha256(data).hexdigest()
        self._assets.setdefault(digest, Asset(digest, kind, data))
        return digest

    def _find(self, code: str, at: Place | None, **params: str) -> None:
        self.findings.append(Finding(code, Severity.WARNING, params, at))


def _pixels(data: bytes, kind: str) -> int:
    """Count the pixels that the header announces, decoding nothing; 0 for drawings."""
    if kind in ("image/svg+xml", "image/wmf", "image/emf"):
        return 0
    import io
    import warnings

    from PIL import Image as Raster

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # Pillow's own limit is not ours: ours is in Limits
        try:
            with Raster.open(io.BytesIO(data)) as picture:
                width, height = picture.size
        except Raster.DecompressionBombError:
            return 1 << 62
        except (OSError, ValueError, SyntaxError, EOFError, KeyError, IndexError, TypeError):
            return 0  # a header that Pillow cannot read is for the edition to say
    return width * height


def _data_uri(href: str) -> bytes | None:
    head, comma, payload = href.partition(",")
    if not comma:
        return None
    data = unquote_to_bytes(payload)
    if not head.rstrip().lower().endswith(";base64"):
        return data
    try:
        return base64.b64decode(re.sub(rb"\s", b"", data) + b"=" * (-len(data) % 4))
    except (binascii.Error, ValueError):
        return None


def _shown(href: str) -> str:
    """Shorten an address for a message: the file's name, not its folder or query."""
    if href[:5].lower() == "data:":
        return "data:"
    name = unquote(re.split("[?#]", href, maxsplit=1)[0]).rstrip("/").rpartition("/")[2]
    return _one_line(name)[:80] or "?"


def _one_line(text: str) -> str:
    match tidy((Text(text),)):
        case (Text(tidied),):
            return tidied
        case _:
            return ""
