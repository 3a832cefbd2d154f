"""Books: chapters in order, notes from other chapters, covers, links, languages."""

from ess_access.api.reader import Reading
from ess_access.document.build import h, link, note, p
from ess_access.document.nodes import Division, Figure
from ess_access.readers.epub import EpubReader
from office_files import codes, epub, png, source

PICTURE = {"OPS/images/x.png": png()}
SVG = 'xmlns:svg="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'


def read(data: bytes) -> Reading:
    return EpubReader().read(source(data, ".epub"))


def test_chapters_follow_the_spine_without_the_navigation() -> None:
    reading = read(epub("<body><h1>Un</h1></body>", "<body><h1>Deux</h1><p>Fin&nbsp;!</p></body>"))
    assert reading.document.children == (h(1, "Un"), h(1, "Deux"), p("Fin\u00a0!"))
    assert "SRC-057" in codes(reading)


def test_properties_are_those_of_the_package() -> None:
    meta = (
        "<dc:title>Guide</dc:title><dc:language>en-GB</dc:language><dc:creator>Ana</dc:creator>"
        "<dc:creator>Bob</dc:creator><dc:date>2024</dc:date>"
    )
    title = '<body><section epub:type="titlepage"><h1>Guide</h1><p>Ana Bob</p></section></body>'
    told = read(epub(title, "<body><p>Text</p></body>", meta=meta)).document
    assert (told.meta.title, told.meta.lang, told.meta.authors) == (
        "Guide",
        "en-GB",
        ("Ana", "Bob"),
    )
    assert told.meta.published == "2024"
    assert told.children == (p("Text"),)


def test_a_cover_keeps_its_description_however_it_is_framed() -> None:
    cover = (
        f'<body><svg xmlns="http://www.w3.org/2000/svg" {SVG}><title>Couverture</title>'
        '<image xlink:href="images/x.png"/></svg></body>'
    )
    plain = '<body><p><img src="images/x.png" alt="Un plan"/></p></body>'
    reading = read(epub(cover, plain, extra=PICTURE))
    first, second = reading.document.children
    assert isinstance(first, Figure)
    assert isinstance(second, Figure)
    assert (first.image.alt, second.image.alt) == ("Couverture", "Un plan")
    assert first.image.asset == second.image.asset is not None


def test_notes_in_a_chapter_of_their_own_are_held_where_they_are_called() -> None:
    text = '<body><p>Mot<a epub:type="noteref" href="c2.xhtml#n1">1</a>.</p></body>'
    notes = '<body><aside epub:type="footnote" id="n1"><p>La note.</p></aside></body>'
    assert read(epub(text, notes)).document.children == (p("Mot", note("La note."), "."),)


def test_links_lead_to_other_chapters_and_ids_may_clash() -> None:
    one = (
        '<body><h1 id="t">Un</h1><p><a href="c2.xhtml#t">deux</a> <a href="c2.xhtml">chapitre</a> '
        '<a href="https://x.fr/">site</a> <a href="x.css">style</a></p></body>'
    )
    two = '<body id="b"><h1 id="t">Deux</h1></body>'
    first, words, second = read(epub(one, two)).document.children
    assert (first, second) == (h(1, "Un"), h(1, "Deux", id="t-2"))
    assert words == p(
        link("#t-2", "deux"),
        " ",
        link("#t-2", "chapitre"),
        " ",
        link("https://x.fr/", "site"),
        " style",
    )


def test_a_chapter_may_be_in_another_language() -> None:
    reading = read(epub('<body xml:lang="en"><p>Hello</p></body>', "<body><p>Un</p></body>"))
    assert reading.document.children == (Division("section", "en", (), (p("Hello"),)), p("Un"))


def test_malformed_chapters_are_read_as_browsers_do() -> None:
    assert read(epub("<body><p>Un<br>deux <i>trois</p></body>")).document.children


def test_pictures_outside_the_book_are_not_fetched() -> None:
    body = "".join(
        f'<p>x <img src="{src}" alt="a"/></p>'
        for src in ("https://x.fr/y.png", "../../etc/passwd", "absent.png", "//x.fr/y.png")
    )
    reading = read(epub(f"<body>{body}</body>"))
    assert {"SRC-010", "SRC-011", "SRC-012"} <= set(codes(reading))
    assert not reading.document.assets


def test_an_unknown_language_and_none_are_said() -> None:
    odd = "<dc:title>x</dc:title><dc:language>???</dc:language>"
    assert "SRC-008" in codes(read(epub("<body><p>Un</p></body>", meta=odd)))
    assert "SRC-009" in codes(read(epub("<body><p>Un</p></body>", meta="<dc:title>x</dc:title>")))


def test_places_name_the_chapter() -> None:
    body = '<body><p>Un <img src="absent.png"/></p></body>'
    found = next(
        f for f in read(epub("<body><p>x</p></body>", body)).findings if f.code == "SRC-003"
    )
    assert found.at is not None
    assert found.at.part == "c2.xhtml"


def test_only_the_encryption_of_fonts_is_no_lock() -> None:
    fonts = {"META-INF/encryption.xml": '<e><CipherReference URI="OPS/font.otf"/></e>'}
    assert read(epub("<body><p>Un</p></body>", extra=fonts)).document.children == (p("Un"),)
