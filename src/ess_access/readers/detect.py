"""What a file is, by its bytes: the suffix is only believed where the bytes do not tell."""

import re
from collections.abc import Iterable

__all__ = ["detect"]

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MAGIC = (
    (b"\x89PNG\r\n", ".png"),
    (b"\xff\xd8\xff", ".jpg"),
    (b"GIF8", ".gif"),
    (b"II*\x00", ".tif"),
    (b"MM\x00*", ".tif"),
    (b"\x1f\x8b\x08", ".gz"),
    (b"7z\xbc\xaf\x27\x1c", ".7z"),
    (b"Rar!\x1a\x07", ".rar"),
    (b"ID3", ".mp3"),
    (b"OggS", ".ogg"),
    (b"\x7fELF", ".elf"),
)
_OLE_STREAMS = (
    ("EncryptedPackage", ".docx"),  # an OOXML file behind a password
    ("WordDocument", ".doc"),
    ("PowerPoint Document", ".ppt"),
    ("Workbook", ".xls"),
)
_MIMETYPES = {
    "application/epub+zip": ".epub",
    "application/vnd.oasis.opendocument.text": ".odt",
    "application/vnd.oasis.opendocument.text-template": ".odt",
    "application/vnd.oasis.opendocument.text-master": ".odm",
    "application/vnd.oasis.opendocument.presentation": ".odp",
    "application/vnd.oasis.opendocument.presentation-template": ".odp",
    "application/vnd.oasis.opendocument.spreadsheet": ".ods",
    "application/vnd.oasis.opendocument.graphics": ".odg",
    "application/vnd.sun.xml.writer": ".sxw",
}
_FOLDERS = (
    ("word/document", ".docx"),
    ("ppt/presentation", ".pptx"),
    ("xl/workbook", ".xlsx"),
    ("META-INF/container.xml", ".epub"),
)
_CONTENT_TYPES = (
    (b"wordprocessingml", ".docx"),
    (b"ms-word", ".docx"),
    (b"presentationml", ".pptx"),
    (b"spreadsheetml", ".xlsx"),
)
# Names of one format that differ only in what an office suite does with the file.
_SAME = {
    ".docx": frozenset({".docx", ".docm", ".dotx", ".dotm"}),
    ".odt": frozenset({".odt", ".ott"}),
    ".html": frozenset({".html", ".htm", ".xhtml", ".xht"}),
    ".doc": frozenset({".doc", ".dot", ".wps"}),
    ".pptx": frozenset({".pptx", ".pptm", ".ppsx", ".potx"}),
    ".ppt": frozenset({".ppt", ".pps", ".pot"}),
    ".odp": frozenset({".odp", ".otp"}),
    ".jpg": frozenset({".jpg", ".jpeg"}),
    ".tif": frozenset({".tif", ".tiff"}),
}
_BINARY = frozenset(
    {".docx", ".docm", ".dotx", ".dotm", ".odt", ".ott", ".epub", ".pdf", ".doc", ".dot", ".rtf"}
    | {".odp", ".pptx", ".ppt", ".wps", ".odm", ".sxw", ""}
)
_TEXT = frozenset({".md", ".markdown", ".txt", ".text"})
_HTML = re.compile(
    r"\s*(?:<\?xml[^>]*\?>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b",
    re.IGNORECASE | re.DOTALL,
)
_ELEMENTS = re.compile(r"<(?:p|h[1-6]|div|table|ul|ol|meta|title|span)\b[^<>]*>", re.IGNORECASE)


def detect(data: bytes, suffix: str) -> str:
    """Give the suffix that the file deserves, in lower case with its dot.

    ``suffix`` is what it bears, and what is answered where the bytes fit it or say nothing. A
    damaged archive keeps its suffix when that is an archive's: its reader can say what is wrong.
    """
    suffix = suffix.lower()
    found = _by_magic(data, suffix)
    if not found:
        found = _by_words(data, suffix)
    return suffix if suffix in _SAME.get(found, ()) else found or suffix


def _by_magic(data: bytes, suffix: str) -> str:
    if data.startswith(b"PK\x03\x04"):
        return _in_archive(data, suffix)
    if data.startswith(_OLE):
        return next(
            (kind for name, kind in _OLE_STREAMS if name.encode("utf-16-le") in data), ".doc"
        )
    if b"%PDF-" in data[:1024]:  # ISO 32000-1, annex H: readers look that far
        return ".pdf"
    if data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{\\rtf"):
        return ".rtf"
    return next((kind for magic, kind in _MAGIC if data.startswith(magic)), "")


def _in_archive(data: bytes, suffix: str) -> str:
    import io
    import zipfile

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = archive.namelist()
            mimetype, types = _told(archive, "mimetype"), _told(archive, "[Content_Types].xml")
    except (zipfile.BadZipFile, ValueError, OverflowError, OSError, NotImplementedError):
        return suffix if suffix in _BINARY - {"", ".pdf", ".rtf"} else _in_torn_archive(data)
    kind = _MIMETYPES.get(mimetype.decode("ascii", "replace").strip())
    if kind is not None:
        return kind
    by_name = _by_names(names)
    by_type = next((kind for word, kind in _CONTENT_TYPES if word in types), "")
    if not by_name and by_type:
        return by_type
    return by_name or ".zip"


def _told(archive: object, name: str) -> bytes:
    import zipfile
    import zlib

    if not isinstance(archive, zipfile.ZipFile):
        return b""
    try:
        with archive.open(name) as stream:
            return stream.read(20_000)
    except (KeyError, zipfile.BadZipFile, zlib.error, OSError, EOFError, RuntimeError, ValueError):
        return b""  # not there or not readable: the other names tell


def _by_names(names: Iterable[str]) -> str:
    listed = tuple(names)
    for beginning, kind in _FOLDERS:
        if any(name.startswith(beginning) for name in listed):
            return kind
    return ".odt" if {"content.xml", "META-INF/manifest.xml"} <= set(listed) else ""


def _in_torn_archive(data: bytes) -> str:
    """Look at the headers of the files, which stand before each even when the list is gone."""
    head = data[30:200].decode("latin-1")
    if head.startswith("mimetype"):
        told = sorted(_MIMETYPES, key=len, reverse=True)
        return next((_MIMETYPES[kind] for kind in told if head[8:].startswith(kind)), ".zip")
    for beginning, kind in _FOLDERS:
        if beginning.encode() in data:
            return kind
    return ".zip"


def _by_words(data: bytes, suffix: str) -> str:
    """Tell markup from plain words; ``""`` where the suffix may be right or bytes are no words."""
    text = _readable(data[:65_536])
    if not text.strip():
        return ""
    if re.match(
        r"\s*(?:<\?xml[^>]*\?>\s*)?(?:<\?mso-application[^>]*\?>\s*)?<office:document\b", text
    ):
        return ".fodt"
    if 'progid="Word.Document"' in text[:600]:
        return ".doc"
    if _HTML.match(text):
        return ".html"
    if suffix not in _BINARY:
        return ""
    return ".html" if len(_ELEMENTS.findall(text)) >= 3 else ".txt"


def _readable(sample: bytes) -> str:
    """Decode what is plainly text; ``""`` for anything else."""
    if sample.startswith((b"\xff\xfe", b"\xfe\xff")):
        return sample.decode("utf-16", "replace")
    controls = sum(byte < 32 and byte not in b"\t\n\r\f\x1b" for byte in sample)
    if controls:
        return ""
    try:
        return sample.decode("utf-8")
    except UnicodeDecodeError as error:
        if error.start >= len(sample) - 4:  # a letter that the sample cuts through
            return sample[: error.start].decode("utf-8")
    # French in Windows-1252 has one accented letter in eight; noise has one byte in two.
    high = sum(byte > 127 for byte in sample)
    return sample.decode("cp1252", "replace") if high * 3 < len(sample) else ""
