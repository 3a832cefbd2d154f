"""What a file is, whatever it is called."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ess_access.readers.detect import detect
from office_files import docx, para, png, zipped

WORD = docx(para("Bonjour"))
ODT = zipped({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": "<x/>"})
EPUB = zipped({"mimetype": "application/epub+zip", "META-INF/container.xml": "<x/>"})
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600


@pytest.mark.parametrize(
    ("data", "suffix", "expected"),
    [
        (WORD, ".docx", ".docx"),
        (WORD, ".docm", ".docm"),
        (WORD, ".odt", ".docx"),
        (WORD, ".txt", ".docx"),
        (WORD[:300], ".docx", ".docx"),
        (WORD[: len(WORD) // 2], ".txt", ".docx"),
        (ODT, ".docx", ".odt"),
        (ODT, ".ott", ".ott"),
        (ODT[:120], ".zzz", ".odt"),
        (zipped({"content.xml": "", "META-INF/manifest.xml": ""}), ".zip", ".odt"),
        (EPUB, ".zip", ".epub"),
        (zipped({"ppt/presentation.xml": "x"}), ".docx", ".pptx"),
        (zipped({"a.txt": "x"}), ".docx", ".zip"),
        (
            zipped({"[Content_Types].xml": "wordprocessingml.document", "doc.xml": ""}),
            ".bin",
            ".docx",
        ),
        (b"\n%PDF-1.7\n", ".docx", ".pdf"),
        (b"{\\rtf1 Bonjour}", ".doc", ".rtf"),
        (OLE + "WordDocument".encode("utf-16-le"), ".doc", ".doc"),
        (OLE + "WordDocument".encode("utf-16-le"), ".docx", ".doc"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), ".docx", ".docx"),
        (OLE, ".bin", ".doc"),
        (png(), ".docx", ".png"),
        (b"<!DOCTYPE html><p>Bonjour</p>", ".docx", ".html"),
        (b"<!DOCTYPE html><p>Bonjour</p>", ".txt", ".html"),
        (b"<html><body>Bonjour", ".md", ".html"),
        (b"<!-- x --><html>", ".htm", ".htm"),
        (b"# Titre\n\n<p>Un</p><p>deux</p><p>trois</p>", ".md", ".md"),
        (b"<p>Un</p><p>deux</p><p>trois</p>", ".doc", ".html"),
        ("Été à la plage".encode("cp1252"), ".docx", ".txt"),
        ("Été".encode("utf-16"), ".docx", ".txt"),
        (("é" * 40_000).encode(), ".odt", ".txt"),
        (b"<office:document office:version='1.2'/>", ".xml", ".fodt"),
        (b'<?xml version="1.0"?><?mso-application progid="Word.Document"?><x/>', ".xml", ".doc"),
        (b"Bonjour", ".txt", ".txt"),
        (b"Bonjour", ".TXT", ".txt"),
        (b"a;b", ".csv", ".csv"),
        (b"", ".docx", ".docx"),
        (bytes(range(256)) * 8, ".docx", ".docx"),
        (bytes(range(128, 256)) * 8, ".pdf", ".pdf"),
    ],
)
def test_bytes_decide_and_the_suffix_only_where_they_do_not_tell(
    data: bytes, suffix: str, expected: str
) -> None:
    assert detect(data, suffix) == expected


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=300), st.sampled_from([".docx", ".pdf", ".md", ""]))
def test_any_bytes_have_an_answer(data: bytes, suffix: str) -> None:
    assert detect(data, suffix) == detect(data, detect(data, suffix))


@settings(max_examples=40, deadline=None)
@given(st.integers(0, len(WORD)))
def test_a_torn_word_file_keeps_its_suffix(cut: int) -> None:
    assert detect(WORD[:cut], ".docx") in (".docx", ".txt")
