"""Files that cannot be read, or should not be: one sentence each, and never a traceback."""

import io
import random
import zipfile
from collections.abc import Callable, Mapping

import pytest

from ess_access.api.reader import Limits, Reader
from ess_access.errors import EssAccessError, MissingError, SourceError
from ess_access.locale import catalogue
from ess_access.readers.docx import DocxReader
from ess_access.readers.epub import EpubReader
from ess_access.readers.odt import OdtReader
from ess_access.readers.office import OfficeReader
from ess_access.readers.pdf import PdfReader
from office_files import (
    LIMITS,
    codes,
    docx,
    epub,
    flat_odt,
    odt,
    para,
    pdf,
    png,
    shown,
    source,
    zipped,
)
from support import shared

BOMB = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
WORD = docx(para("Bonjour le monde"))
OPEN = odt("<text:p>Bonjour le monde</text:p>")
BOOK = epub("<body><p>Bonjour le monde</p></body>")
PRINT = pdf(shown("Bonjour le monde", 72, 700))
GOOD: Mapping[str, tuple[Reader, bytes]] = {
    ".docx": (DocxReader(), WORD),
    ".odt": (OdtReader(), OPEN),
    ".epub": (EpubReader(), BOOK),
    ".pdf": (PdfReader(), PRINT),
}
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le")


def with_part(data: bytes, name: str, content: bytes | str) -> bytes:
    """Put another part in the place of one of an archive."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {info.filename: archive.read(info) for info in archive.infolist()}
    return zipped({**parts, name: content})


def without_part(data: bytes, name: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return zipped(
            {i.filename: archive.read(i) for i in archive.infolist() if i.filename != name}
        )


def nested(depth: int) -> str:
    table = para("x")
    for _ in range(depth):
        table = f"<w:tbl><w:tr><w:tc>{table}</w:tc></w:tr></w:tbl>"
    return table


def open_nested(depth: int) -> str:
    return "<text:section>" * depth + "<text:p>x</text:p>" + "</text:section>" * depth


def scan() -> bytes:
    image = (
        b"<< /Type /XObject /Subtype /Image /Width 2 /Height 2 /ColorSpace /DeviceGray "
        b"/BitsPerComponent 8 /Length 4 >>\nstream\nabcd\nendstream"
    )
    return pdf("q 500 0 0 700 40 40 cm /Im1 Do Q", extra={100: image})


Case = tuple[Reader, str, bytes, Limits, str]
CASES: dict[str, Callable[[], Case]] = {
    "docx password": lambda: (DocxReader(), ".docx", OLE, LIMITS, "source-password"),
    "docx truncated": lambda: (DocxReader(), ".docx", WORD[:-200], LIMITS, "source-truncated"),
    "docx random": lambda: (DocxReader(), ".docx", bytes(range(256)), LIMITS, "source-not-archive"),
    "docx zip bomb": lambda: (
        DocxReader(),
        ".docx",
        docx(para("x") * 200_000),
        Limits(unzipped_bytes=1_000_000),
        "source-zip-bomb",
    ),
    "docx entity bomb": lambda: (
        DocxReader(),
        ".docx",
        with_part(WORD, "word/document.xml", f"{BOMB}<x>&b;</x>"),
        LIMITS,
        "source-entities",
    ),
    "docx wide entity bomb": lambda: (
        DocxReader(),
        ".docx",
        with_part(WORD, "word/document.xml", f"{BOMB}<x>&b;</x>".encode("utf-16")),
        LIMITS,
        "source-entities",
    ),
    "docx malformed": lambda: (
        DocxReader(),
        ".docx",
        with_part(WORD, "word/document.xml", "<w:p>"),
        LIMITS,
        "source-damaged",
    ),
    "docx without a body": lambda: (
        DocxReader(),
        ".docx",
        with_part(WORD, "word/document.xml", "<x/>"),
        LIMITS,
        "source-no-part",
    ),
    "docx without a document": lambda: (
        DocxReader(),
        ".docx",
        without_part(WORD, "word/document.xml"),
        LIMITS,
        "source-no-part",
    ),
    "docx without words": lambda: (
        DocxReader(),
        ".docx",
        docx("<w:p/>"),
        LIMITS,
        "source-no-content",
    ),
    "docx too deep": lambda: (
        DocxReader(),
        ".docx",
        docx(nested(30)),
        Limits(nesting=20),
        "source-too-deep",
    ),
    "docx deeper than any parser": lambda: (
        DocxReader(),
        ".docx",
        docx(nested(3000)),
        LIMITS,
        "source-damaged",
    ),
    "odt password": lambda: (
        OdtReader(),
        ".odt",
        with_part(
            OPEN,
            "META-INF/manifest.xml",
            '<m:manifest xmlns:m="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
            "<m:encryption-data/></m:manifest>",
        ),
        LIMITS,
        "source-password",
    ),
    "odt truncated": lambda: (OdtReader(), ".odt", OPEN[:-100], LIMITS, "source-truncated"),
    "odt without content": lambda: (
        OdtReader(),
        ".odt",
        without_part(OPEN, "content.xml"),
        LIMITS,
        "source-no-part",
    ),
    "odt that is no text": lambda: (
        OdtReader(),
        ".odt",
        with_part(OPEN, "content.xml", "<x/>"),
        LIMITS,
        "source-no-part",
    ),
    "odt without words": lambda: (
        OdtReader(),
        ".odt",
        odt("<text:p/>"),
        LIMITS,
        "source-no-content",
    ),
    "odt too deep": lambda: (
        OdtReader(),
        ".odt",
        odt(open_nested(30)),
        Limits(nesting=20),
        "source-too-deep",
    ),
    "flat odt with entities": lambda: (
        OdtReader(),
        ".fodt",
        BOMB.encode() + flat_odt("<text:p>&b;</text:p>"),
        LIMITS,
        "source-entities",
    ),
    "epub without a package": lambda: (
        EpubReader(),
        ".epub",
        zipped({"mimetype": "application/epub+zip"}),
        LIMITS,
        "source-no-part",
    ),
    "epub without a spine": lambda: (EpubReader(), ".epub", epub(), LIMITS, "source-no-part"),
    "epub without words": lambda: (
        EpubReader(),
        ".epub",
        epub("<body/>"),
        LIMITS,
        "source-no-content",
    ),
    "epub with a lock": lambda: (
        EpubReader(),
        ".epub",
        with_part(BOOK, "META-INF/encryption.xml", '<e><CipherReference URI="OPS/c1.xhtml"/></e>'),
        LIMITS,
        "source-locked",
    ),
    "epub with entities": lambda: (
        EpubReader(),
        ".epub",
        with_part(BOOK, "OPS/c1.xhtml", f"{BOMB}<html>&b;</html>"),
        LIMITS,
        "source-entities",
    ),
    "pdf scan": lambda: (PdfReader(), ".pdf", scan(), LIMITS, "source-scan"),
    "pdf without words": lambda: (PdfReader(), ".pdf", pdf(""), LIMITS, "source-no-content"),
    "pdf random": lambda: (PdfReader(), ".pdf", b"%PDF-1.7 rien", LIMITS, "source-damaged"),
    "pdf too long": lambda: (
        PdfReader(),
        ".pdf",
        pdf("", "", ""),
        Limits(pages=2),
        "source-too-many-pages",
    ),
    "office empty": lambda: (OfficeReader(), ".doc", b"", LIMITS, "source-empty"),
    **{
        f"empty {suffix}": lambda suffix=suffix, reader=reader: (  # type: ignore[misc]
            reader,
            suffix,
            b"",
            LIMITS,
            "source-empty",
        )
        for suffix, (reader, _) in GOOD.items()
    },
}


@pytest.mark.parametrize("name", CASES)
def test_each_fault_has_its_own_sentence(name: str) -> None:
    reader, suffix, data, limits, key = CASES[name]()
    with pytest.raises(SourceError) as caught:
        reader.read(source(data, suffix, limits))
    assert caught.value.key == key
    for language in ("fr", "en"):
        sentence = catalogue(language).error(caught.value)
        assert sentence.startswith(f"essai{suffix}")
        assert "{" not in sentence


@pytest.mark.parametrize(
    ("file", "key"),
    [("docling-password.pdf", "source-password"), ("markitdown-scan.pdf", "source-scan")],
)
def test_real_locked_and_scanned_files_say_so(file: str, key: str) -> None:
    with pytest.raises(SourceError) as caught:
        PdfReader().read(source(shared("corpus", file).read_bytes(), ".pdf"))
    assert caught.value.key == key


def test_a_picture_outside_the_folder_is_not_followed() -> None:
    data = docx(
        para('<w:r><w:pict><v:shape alt="Secret"><v:imagedata r:id="i"/></v:shape></w:pict></w:r>'),
        relations={"i": ("image", "../../etc/passwd")},
    )
    asked: list[str] = []
    made = source(data, ".docx")
    reading = DocxReader().read(made)
    assert "SRC-011" in codes(reading)
    assert not reading.document.assets
    assert not asked


def test_a_picture_of_twenty_thousand_pixels_is_left_out_with_a_finding() -> None:
    image = '<w:r><w:pict><v:shape alt="Grand"><v:imagedata r:id="i"/></v:shape></w:pict></w:r>'
    data = docx(
        para("Texte ", image),
        relations={"i": ("image", "media/x.png")},
        extra={"word/media/x.png": png(20_000, 20_000)},
    )
    reading = DocxReader().read(source(data, ".docx"))
    assert "SRC-013" in codes(reading)
    assert not reading.document.assets


def test_without_libreoffice_the_sentence_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ess_access.readers._office.soffice", lambda: None)
    with pytest.raises(MissingError) as caught:
        OfficeReader().read(source(b"{\\rtf1 Bonjour}", ".rtf"))
    assert caught.value.key == "source-needs-soffice"
    assert "LibreOffice" in catalogue("fr").error(caught.value)


def mutated(data: bytes, seed: int) -> bytes:
    """Spoil a file in a way that the seed says."""
    chance = random.Random(seed)
    spoilt = bytearray(data)
    match seed % 4:
        case 0:
            del spoilt[chance.randrange(len(spoilt)) :]
        case 1:
            for _ in range(chance.randint(1, 20)):
                spoilt[chance.randrange(len(spoilt))] = chance.randrange(256)
        case 2:
            begin = chance.randrange(len(spoilt))
            del spoilt[begin : begin + chance.randint(1, 60)]
        case _:
            begin = chance.randrange(len(spoilt))
            spoilt[begin:begin] = spoilt[begin : begin + chance.randint(1, 60)]
    return bytes(spoilt)


INNER = {".docx": "word/document.xml", ".odt": "content.xml", ".epub": "OPS/c1.xhtml"}


def _survives(suffix: str, seed: int) -> None:
    reader, data = GOOD[suffix]
    if suffix in INNER and seed % 2:  # spoil the words rather than the archive
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            part = archive.read(INNER[suffix])
        data = with_part(data, INNER[suffix], mutated(part, seed // 2))
    else:
        data = mutated(data, seed // 2)
    try:
        reading = reader.read(source(data, suffix))
    except EssAccessError as error:
        is_said = catalogue("fr").knows(error.key)
    else:
        is_said = bool(reading.document.children or reading.document.meta.title)
    assert is_said


@pytest.mark.parametrize("suffix", GOOD)
def test_spoilt_files_are_read_or_refused(suffix: str) -> None:
    for seed in range(60):
        _survives(suffix, seed)


@pytest.mark.e2e
@pytest.mark.parametrize("suffix", GOOD)
def test_two_thousand_spoilt_files_are_read_or_refused(suffix: str) -> None:
    for seed in range(2000):
        _survives(suffix, seed)
