"""PEF 2008-1: what we write and what we find wrong, against the official grammar where it is."""

import zipfile
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from braille_texts import edition
from ess_access.backends.braille import BrailleOptions, writer
from ess_access.backends.braille.pef import open_pef
from ess_access.document.build import doc, h, p
from ess_access.document.nodes import Document, Meta

SOUND = """<?xml version="1.0" encoding="UTF-8"?>
<pef version="2008-1" xmlns="http://www.daisy.org/ns/2008/pef">
<head><meta xmlns:dc="http://purl.org/dc/elements/1.1/">
<dc:title>Guide</dc:title><dc:language>fr</dc:language><dc:date>2024-03-01</dc:date>
<dc:format>application/x-pef+xml</dc:format><dc:identifier>urn:x:1</dc:identifier>
</meta></head>
<body><volume cols="30" rows="27" rowgap="0" duplex="false"><section><page>
<row>\u2813\u2800\u2811</row><row/>
</page></section></volume></body></pef>"""

# What is changed, what it becomes, and whether PEF 2008-1 allows it.
CHANGES = [
    ("<row/>", "", True),
    ("<row/>", "<!-- a comment -->", True),
    ("<row>\u2813\u2800\u2811</row><row/>\n", "", True),
    ("<row/>", '<row rowgap="2">\u28ff</row>', True),
    ("<section>", '<section cols="20" rows="10" rowgap="1" duplex="true">', True),
    ('duplex="false"', 'duplex="1"', True),
    ('cols="30"', 'cols=" +030 "', True),
    ('rowgap="0"', 'rowgap="-0"', True),
    ("<dc:title>Guide</dc:title>", "", True),
    ("<dc:title>Guide</dc:title>", "<dc:creator>A</dc:creator><dc:creator>B</dc:creator>", True),
    ("<dc:title>", '<dc:title xml:lang="fr">', True),
    ("<body>", '<body><x:y xmlns:x="urn:x" a="1">mot <x:z/></x:y>', True),
    ("</head>", '<x:y xmlns:x="urn:x"/></head>', True),
    ("</meta>", '<x:y xmlns:x="urn:x">mot</x:y></meta>', True),
    ("<page>", '<page x:y="1" xmlns:x="urn:x">', True),
    ("<dc:language>fr<", "<dc:language>fr-CA<", True),
    ('version="2008-1"', 'version=" 2008-1 "', True),
    ('version="2008-1"', "", False),
    ('version="2008-1"', 'version="2009-1"', False),
    ('version="2008-1"', 'version="2008-1" lang="fr"', False),
    ("http://www.daisy.org/ns/2008/pef", "http://www.daisy.org/ns/2009/pef", False),
    ("<dc:identifier>urn:x:1</dc:identifier>", "", False),
    ("</meta>", "<dc:identifier>b</dc:identifier></meta>", False),
    ("<dc:format>application/x-pef+xml</dc:format>", "", False),
    ("x-pef+xml", "pef", False),
    ("2024-03-01", "2024", False),
    ("2024-03-01", "1 mars 2024", False),
    ("<dc:language>fr<", "<dc:language>fran&#231;ais<", False),
    ("<dc:language>fr<", "<dc:language><", False),
    ("</dc:title>", "</dc:title><dc:title>Deux</dc:title>", False),
    ("<dc:title>Guide", "<dc:title>Gu<b>i</b>de", False),
    ("</dc:title>", "</dc:title><dc:editor>E</dc:editor>", False),
    ("</dc:title>", "</dc:title><page/>", False),
    ("</dc:title>", "</dc:title>mot", False),
    ("</meta>", '<x:y xmlns:x="urn:x"><dc:title/></x:y></meta>', False),
    ("<head>", '<head id="1">', False),
    ("</meta></head>", "</meta></head><x/>", False),
    ("</meta></head>", '</meta></head><x:y xmlns:x="urn:x"/>', False),
    ("<body>", "<body>mot", False),
    ("<body>", '<body><x:y xmlns:x="urn:x"><row/></x:y>', False),
    ('cols="30"', "", False),
    ('cols="30"', 'cols="0"', False),
    ('cols="30"', 'cols="trente"', False),
    ('rows="27"', 'rows="-27"', False),
    ('rowgap="0"', 'rowgap="-1"', False),
    ('duplex="false"', 'duplex="non"', False),
    ('duplex="false"', 'duplex="False"', False),
    ("<section>", '<section cols="x">', False),
    ("<page>", '<page cols="20">', False),
    ("<row/>", '<row cols="20"/>', False),
    ("<row/>", "<row>a</row>", False),
    ("<row/>", "<row> </row>", False),
    ("<row/>", "<row>\u2801<b/></row>", False),
    ("<row/>", "<line/>", False),
    ("<row/>", "mot", False),
    ("<page>\n", "<page></page></section><section></section><section><page>", False),
    ("</volume>", "</volume><volume cols='1' rows='1' rowgap='0' duplex='true'/>", False),
]


def ours(text: str) -> bool:
    return not open_pef(text.encode()).faults


@cache
def grammar() -> Any:
    """Read the grammar of PEF 2008-1 from Debian's libbrailleutils-java."""
    from lxml import etree

    for jar in sorted(Path("/usr/share/java").glob("brailleUtils-core*.jar")):
        with zipfile.ZipFile(jar) as archive:
            name = "org/daisy/braille/pef/resource-files/pef-2008-1-full.rng"
            if name in archive.namelist():
                return etree.RelaxNG(etree.fromstring(archive.read(name)))
    return None


def official(text: str | bytes) -> bool:
    from lxml import etree

    if grammar() is None:
        pytest.skip("libbrailleutils-java is not installed")
    data = text if isinstance(text, bytes) else text.encode()
    return bool(grammar().validate(etree.fromstring(data)))


@pytest.mark.parametrize(("old", "new", "is_allowed"), CHANGES)
def test_what_pef_does_not_allow_is_found(old: str, new: str, *, is_allowed: bool) -> None:
    assert old in SOUND

    assert ours(SOUND.replace(old, new, 1)) == is_allowed


@pytest.mark.oracle
@pytest.mark.parametrize(("old", "new", "is_allowed"), CHANGES)
def test_the_official_grammar_is_of_the_same_mind(old: str, new: str, *, is_allowed: bool) -> None:
    assert official(SOUND.replace(old, new, 1)) == is_allowed


def test_a_sound_file_has_no_fault_and_tells_its_sizes() -> None:
    found = open_pef(SOUND.replace("<page>", "<page/><page>", 1).encode())

    assert not found.faults
    assert found.sizes == ((30, 27), (30, 27))
    assert found.pages == ((), ("⠓\u2800⠑", ""))


def test_a_section_may_have_a_size_of_its_own() -> None:
    found = open_pef(SOUND.replace("<section>", '<section cols="20">', 1).encode())

    assert found.sizes == ((20, 27),)


def test_no_entity_of_a_file_from_elsewhere_is_resolved() -> None:
    bomb = SOUND.replace(
        "<pef", '<!DOCTYPE pef [<!ENTITY a SYSTEM "file:///etc/passwd">]><pef', 1
    ).replace("Guide", "&a;", 1)

    assert "root:" not in str(open_pef(bomb.encode()))


@pytest.mark.oracle
@settings(max_examples=60, deadline=None, derandomize=True)
@given(
    title=st.text(max_size=12),
    lang=st.sampled_from(["fr", "fr-FR", "pt_BR", "", "français", "x" * 9, "en-GB-oxendict"]),
    authors=st.lists(st.text(max_size=5), max_size=2),
    published=st.sampled_from(["2024-01-02", "2024", "2024-05", "mars 2024", "2024-01-02T10:00"]),
    words=st.lists(st.text("abé <&\u00a0", max_size=9), max_size=4),
    preset=st.sampled_from(["a4", "40x25", "display"]),
    duplex=st.booleans(),
)
def test_what_we_write_is_valid_whatever_the_metadata(
    title: str,
    lang: str,
    authors: list[str],
    published: str,
    words: list[str],
    preset: str,
    duplex: bool,
) -> None:
    meta = Meta(title, lang, tuple(authors), published)
    blocks = tuple(p(word) for word in words)
    made = edition(
        Document(meta, blocks, {}),
        BrailleOptions(preset=preset, duplex=duplex),  # type: ignore[arg-type]  # by name
    )
    data = writer.pef(made, meta, duplex=duplex, fallback_title="guide")

    assert not open_pef(data).faults
    assert official(data)


@pytest.mark.oracle
def test_an_edition_in_volumes_is_valid() -> None:
    document = doc(
        *(block for n in range(9) for block in (h(1, f"Partie {n}"), p("un mot " * 700))),
        title="Guide",
        lang="fr",
    )
    made = edition(document, BrailleOptions(volume_pages=20))
    data = writer.pef(made, document.meta, duplex=True)

    assert len(made.volumes) > 2
    assert data.count(b"<volume ") == len(made.volumes)
    assert official(data)
    assert open_pef(data).volumes == tuple(
        tuple(tuple(row.cells for row in page.rows) for page in volume.pages)
        for volume in made.volumes
    )
