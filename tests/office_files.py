"""Small office documents, made part by part, for tests of readers."""

import io
import struct
import zipfile
import zlib
from collections.abc import Mapping

from ess_access.api.reader import Limits, Reading, Resource, Source

__all__ = [
    "LIMITS",
    "codes",
    "docx",
    "epub",
    "flat_odt",
    "odt",
    "para",
    "pdf",
    "png",
    "read_docx",
    "read_odt",
    "read_pdf",
    "run",
    "shown",
    "source",
    "style",
    "zipped",
]

LIMITS = Limits()
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


def source(
    data: bytes, suffix: str, limits: Limits = LIMITS, files: Mapping[str, bytes] = {}
) -> Source:
    """Make a source of bytes; ``files`` are what its folder holds."""

    def resource(href: str) -> Resource:
        if ".." in href or href.startswith("/"):
            return Resource(None, "outside")
        if "://" in href:
            return Resource(None, "remote")
        return Resource(files[href]) if href in files else Resource(None, "absent")

    return Source(f"essai{suffix}", suffix, data, resource, limits)


def read_docx(data: bytes, limits: Limits = LIMITS) -> Reading:
    """Read a Word document from its bytes."""
    from ess_access.readers.docx import DocxReader

    return DocxReader().read(source(data, ".docx", limits))


def codes(reading: Reading) -> list[str]:
    """List the codes of the findings of a reading."""
    return [finding.code for finding in reading.findings]


_ODF = "urn:oasis:names:tc:opendocument:xmlns:"
_ODF_PREFIXES = " ".join(
    f'xmlns:{prefix}="{_ODF}{name}:1.0"'
    for prefix, name in (
        ("office", "office"),
        ("style", "style"),
        ("text", "text"),
        ("table", "table"),
        ("draw", "drawing"),
        ("fo", "xsl-fo-compatible"),
        ("svg", "svg-compatible"),
        ("meta", "meta"),
        ("manifest", "manifest"),
        ("chart", "chart"),
    )
) + (
    ' xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:dc="http://purl.org/dc/elements/1.1/"'
    ' xmlns:math="http://www.w3.org/1998/Math/MathML" office:version="1.3"'
    ' xmlns:loext="urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0"'
)


def odt(
    body: str,
    *,
    automatic: str = "",
    styles: str = "",
    meta: str = "<dc:language>fr</dc:language>",
    extra: Mapping[str, bytes | str] = {},
) -> bytes:
    """Make an OpenDocument text of the XML of its body and of its styles."""
    return zipped(
        {
            "mimetype": "application/vnd.oasis.opendocument.text",
            "content.xml": f"<office:document-content {_ODF_PREFIXES}><office:automatic-styles>"
            f"{automatic}</office:automatic-styles><office:body><office:text>{body}</office:text>"
            "</office:body></office:document-content>",
            "styles.xml": f"<office:document-styles {_ODF_PREFIXES}><office:styles>{styles}"
            "</office:styles></office:document-styles>",
            "meta.xml": f"<office:document-meta {_ODF_PREFIXES}><office:meta>{meta}</office:meta>"
            "</office:document-meta>",
            "META-INF/manifest.xml": f"<manifest:manifest {_ODF_PREFIXES}/>",
            **extra,
        }
    )


def flat_odt(body: str) -> bytes:
    """Make a flat OpenDocument text."""
    return (
        f"<office:document {_ODF_PREFIXES}><office:meta><dc:language>fr</dc:language></office:meta>"
        f"<office:body><office:text>{body}</office:text></office:body></office:document>"
    ).encode()


def read_odt(data: bytes, limits: Limits = LIMITS) -> Reading:
    """Read an OpenDocument text from its bytes."""
    from ess_access.readers.odt import OdtReader

    return OdtReader().read(source(data, ".odt", limits))


def epub(
    *chapters: str,
    meta: str = "<dc:title>Guide</dc:title><dc:language>fr</dc:language>",
    extra: Mapping[str, bytes | str] = {},
) -> bytes:
    """Make a book of the bodies of its chapters."""
    names = [f"c{number}.xhtml" for number in range(1, len(chapters) + 1)]
    items = "".join(
        f'<item id="{name}" href="{name}" media-type="application/xhtml+xml"/>' for name in names
    )
    spine = "".join(f'<itemref idref="{name}"/>' for name in names)
    return zipped(
        {
            "mimetype": "application/epub+zip",
            "META-INF/container.xml": '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:'
            'container"><rootfiles><rootfile full-path="OPS/b.opf"/></rootfiles></container>',
            "OPS/b.opf": '<package xmlns="http://www.idpf.org/2007/opf" xmlns:dc="http://purl.org/dc'
            f'/elements/1.1/"><metadata>{meta}</metadata><manifest><item id="nav" href="nav.xhtml" '
            f'media-type="application/xhtml+xml" properties="nav"/>{items}</manifest><spine>'
            f'<itemref idref="nav"/>{spine}</spine></package>',
            "OPS/nav.xhtml": "<html><body><nav>Sommaire</nav></body></html>",
            **{
                f"OPS/{name}": '<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.'
                f'idpf.org/2007/ops"><head><title>x</title></head>{chapter}</html>'
                for name, chapter in zip(names, chapters, strict=True)
            },
            **extra,
        }
    )


def pdf(*pages: str, info: str = "", catalogue: str = "", extra: Mapping[int, bytes] = {}) -> bytes:
    """Make a PDF of content streams; fonts F1 (plain), F2 (bold), F3 (italic), pages of A4.

    ``extra`` are objects by number, from 100 on; ``/Im1`` is object 100 when there is one.
    """
    fonts = ("Helvetica", "Helvetica-Bold", "Helvetica-Oblique")
    objects: dict[int, bytes] = {}
    kids = " ".join(f"{10 + 2 * n} 0 R" for n in range(len(pages)))
    objects[1] = f"<< /Type /Catalog /Pages 2 0 R {catalogue} >>".encode()
    objects[2] = f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>".encode()
    for number, name in enumerate(fonts):
        objects[3 + number] = (
            f"<< /Type /Font /Subtype /Type1 /BaseFont /{name} /Encoding /WinAnsiEncoding >>"
        ).encode()
    objects[6] = f"<< {info} >>".encode()
    image = "/XObject << /Im1 100 0 R >>" if 100 in extra else ""
    for number, content in enumerate(pages):
        data = content.encode("cp1252")
        annotations = "/Annots [200 0 R]" if 200 in extra else ""
        objects[10 + 2 * number] = (
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /StructParents {number} "
            f"/Contents {11 + 2 * number} 0 R {annotations} /Resources << /Font << /F1 3 0 R "
            f"/F2 4 0 R /F3 5 0 R >> {image} >> >>"
        ).encode()
        objects[11 + 2 * number] = (
            f"<< /Length {len(data)} >>\nstream\n".encode() + data + b"\nendstream"
        )
    objects.update(extra)
    out = bytearray(b"%PDF-1.7\n")
    offsets: dict[int, int] = {}
    for key in sorted(objects):
        offsets[key] = len(out)
        out += f"{key} 0 obj\n".encode() + objects[key] + b"\nendobj\n"
    start = len(out)
    out += b"xref\n"
    for key in sorted(offsets):
        out += f"{key} 1\n{offsets[key]:010d} 00000 n \n".encode()
    size = max(offsets) + 1
    out += f"trailer\n<< /Size {size} /Root 1 0 R /Info 6 0 R >>\n".encode()
    out += f"startxref\n{start}\n%%EOF".encode()
    return bytes(out)


def shown(text: str, x: float, y: float, size: float = 11, font: str = "F1") -> str:
    """Write one line of a page."""
    safe = text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
    return f"BT /{font} {size} Tf {x} {y} Td ({safe}) Tj ET"


def read_pdf(data: bytes, limits: Limits = LIMITS) -> Reading:
    """Read a PDF from its bytes."""
    from ess_access.readers.pdf import PdfReader

    return PdfReader().read(source(data, ".pdf", limits))
