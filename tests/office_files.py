"""Small office documents, made part by part, for tests of readers."""

import io
import struct
import zipfile
import zlib
from collections.abc import Mapping

from ess_access.api.reader import Limits, Reading, Resource, Source

__all__ = ["codes", "docx", "para", "png", "read_docx", "run", "source", "style", "zipped"]

_MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PREFIXES = (
    f'xmlns:w="{_MAIN}" xmlns:r="{_REL}"'
    ' xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"'
    ' xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
    ' xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"'
    ' xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart"'
    ' xmlns:dgm="http://schemas.openxmlformats.org/drawingml/2006/diagram"'
    ' xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
    ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    ' xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
    ' xmlns:wpg="http://schemas.microsoft.com/office/word/2010/wordprocessingGroup"'
    ' xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"'
    ' xmlns:adec="http://schemas.microsoft.com/office/drawing/2017/decorative"'
)
_KINDS = {
    "styles": "styles",
    "numbering": "numbering",
    "footnotes": "footnotes",
    "endnotes": "endnotes",
    "comments": "comments",
}


def zipped(parts: Mapping[str, bytes | str]) -> bytes:
    """Pack parts into an archive, the same bytes each time."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            info = zipfile.ZipInfo(name, (2020, 1, 1, 0, 0, 0))
            stored = name == "mimetype"
            info.compress_type = zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED
            archive.writestr(info, data)
    return buffer.getvalue()


def png(width: int = 2, height: int = 2, shade: int = 0) -> bytes:
    """Draw a grey picture; its header alone is right when it is huge."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return (
            struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
        )

    rows = b"".join(b"\0" + bytes([shade]) * width for _ in range(min(height, 50)))
    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(rows))
        + chunk(b"IEND", b"")
    )


def docx(
    body: str,
    *,
    relations: Mapping[str, tuple[str, str]] = {},
    core: str = "<dc:language>fr</dc:language>",
    extra: Mapping[str, bytes | str] = {},
    **parts: str,
) -> bytes:
    """Make a Word document of the XML of its body.

    ``parts`` are the inner XML of ``styles``, ``numbering``, ``footnotes`` and the like;
    ``relations`` maps an id to (kind, target), external where the target has ``://`` or ``..``.
    """
    rels = [
        f'<Relationship Id="p{name}" Type="{_REL}/{kind}" Target="{name}.xml"/>'
        for name, kind in _KINDS.items()
        if name in parts
    ]
    for key, (kind, target) in relations.items():
        mode = ' TargetMode="External"' if "://" in target or ".." in target else ""
        rels.append(f'<Relationship Id="{key}" Type="{_REL}/{kind}" Target="{target}"{mode}/>')
    names = "http://schemas.openxmlformats.org/package/2006"
    made: dict[str, bytes | str] = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/'
        'content-types"><Default Extension="xml" ContentType="application/vnd.openxmlformats-'
        'officedocument.wordprocessingml.document.main+xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{names}/relationships"><Relationship Id="r1" '
        f'Type="{_REL}/officeDocument" Target="word/document.xml"/><Relationship Id="r2" '
        f'Type="{names}/relationships/metadata/core-properties" Target="docProps/core.xml"/>'
        "</Relationships>",
        "docProps/core.xml": f'<cp:coreProperties xmlns:cp="{names}/metadata/core-properties" '
        f'xmlns:dc="http://purl.org/dc/elements/1.1/">{core}</cp:coreProperties>',
        "word/document.xml": f"<w:document {_PREFIXES}><w:body>{body}</w:body></w:document>",
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{names}/relationships">'
        + "".join(rels)
        + "</Relationships>",
    }
    for name, inner in parts.items():
        made[f"word/{name}.xml"] = f"<w:{name} {_PREFIXES}>{inner}</w:{name}>"
    return zipped({**made, **extra})


def run(text: str, properties: str = "") -> str:
    """Write a run of characters."""
    looks = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f'<w:r>{looks}<w:t xml:space="preserve">{text}</w:t></w:r>'


def para(*runs: str, style: str = "", properties: str = "") -> str:
    """Write a paragraph; a string without a tag is a run."""
    inner = "".join(item if item.startswith("<") else run(item) for item in runs)
    styled = f'<w:pStyle w:val="{style}"/>' if style else ""
    return f"<w:p><w:pPr>{styled}{properties}</w:pPr>{inner}</w:p>"


def style(key: str, name: str, inner: str = "", kind: str = "paragraph", based: str = "") -> str:
    """Write a style."""
    on = f'<w:basedOn w:val="{based}"/>' if based else ""
    default = ' w:default="1"' if name == "Normal" else ""
    return (
        f'<w:style w:type="{kind}" w:styleId="{key}"{default}><w:name w:val="{name}"/>{on}{inner}'
        "</w:style>"
    )


def source(data: bytes, suffix: str, files: Mapping[str, bytes] = {}, **limits: int) -> Source:
    """Make a source of bytes; ``files`` are what its folder holds."""

    def resource(href: str) -> Resource:
        if ".." in href or href.startswith("/"):
            return Resource(None, "outside")
        if "://" in href:
            return Resource(None, "remote")
        return Resource(files[href]) if href in files else Resource(None, "absent")

    return Source(f"essai{suffix}", suffix, data, resource, Limits(**limits))


def read_docx(data: bytes, **limits: int) -> Reading:
    """Read a Word document from its bytes."""
    from ess_access.readers.docx import DocxReader

    return DocxReader().read(source(data, ".docx", **limits))


def codes(reading: Reading) -> list[str]:
    """List the codes of the findings of a reading."""
    return [finding.code for finding in reading.findings]
