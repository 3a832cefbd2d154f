"""A page of HTML gives its content, whole, and nothing of what surrounds or hides."""

import base64

import pytest

from ess_access.api.reader import Limits, Source
from ess_access.errors import SourceError
from ess_access.readers.html import HtmlReader
from sketches import codes, reading, sketched

PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNk+A8AAQUBAScY42YAAAAASUVORK5CYII="
)


def page(body: str, head: str = "") -> str:
    return f'<!DOCTYPE html><html lang="fr"><head>{head}</head><body>{body}</body></html>'


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("<h1>A <small>b</small></h1><p>c<p>d", "# A b\nc\nd"),
        ('<div role="heading" aria-level="3">T</div>', "### T"),
        ("a<br>b<br><br>c", "a⏎b\nc"),
        ("<p>&nbsp;</p><p> a&nbsp; </p><div></div>", "a"),
        ("mots <div>bloc</div> suite", "mots\nbloc\nsuite"),
        ('<span style="font-style: italic"><div>a</div>b</span>', "_a_\n_b_"),
        ('<a href="/x"><h3>Carte</h3><p>texte</p></a>', "### [Carte](/x)\n[texte](/x)"),
        ("<em>a</em><i> b</i> <strong>c</strong>", "_a b_ *c*"),
        ('<span style="font-weight: 700">g</span>', "*g*"),
        ("H<sub>2</sub>O, 1<sup>er</sup>", "H^sub(2)O, 1^super(er)"),
        ('<abbr title="Économie">ESS</abbr> <acronym>X</acronym>', "ESS(Économie) X()"),
        ("<q>a <q>b</q></q>", "«\u00a0a “b”\u00a0»"),
        ("<ruby>漢<rp>(</rp><rt>kan</rt><rp>)</rp></ruby>", "漢 (kan)"),
        ("<code>a  b</code>", "`a  b`"),
        ('<math alttext="x²"><mi>x</mi></math>', "x²"),
        ("<pre>\na\n  b<br>c</pre>", "code 'a\\n  b\\nc'"),
        ("<blockquote>a<p>b</blockquote>", "> a\n  b"),
        ("<hr><p>a", "rule\na"),
        ('<p style="page-break-before: always">a', "page break\na"),
        ("<ul><li>a<li><li>b<ul><li>c</ul></ul>", "- a\n- b\n  - c"),
        ("<ul><li>a</li><ul><li>b</li></ul></ul>", "- a\n  - b"),
        ('<ol start="3"><li>a<li>b</ol><ol><li value="7">c</ol>', "3. a\n4. b\n7. c"),
        ("<ol><li>a<li value=20>b<li>c</ol>", "1. a\n20. b\n21. c"),
        ("<ol><li>a<li>b<li value=1>c<li>d</ol>", "1. a\n2. b\n1. c\n2. d"),
        ("<ol><li>a<li><li>c</ol>", "1. a\n3. c"),
        ("<ol start=0><li value=0>a<li>b</ol>", "0. a\n1. b"),
        ("<ol type=a><li>a<li>b</ol>", "a. a\nb. b"),
        ("<ol type=I start=4><li>a<li>b</ol>", "IV. a\nV. b"),
        ('<ol style="list-style: lower-roman"><li>a<li>b</ol>', "i. a\nii. b"),
        ("<ol reversed><li>a<li>b<li>c</ol>", "- 3. a\n- 2. b\n- 1. c"),
        ("<ol start=-1><li>a<li>b</ol>", "- -1. a\n- 0. b"),
        ("<ol>mot<li>a</li> x <li>b</ol>", "mot\n1. a\n   x\n2. b"),
        ("<ul>mot<li>a</li> x <li>b</ul>", "- mot\n- a\n- x\n- b"),
        ("<ol><div><li>a</li><li>b</li></div></ol>", "1. a\n2. b"),
        ("<dl><dt>a<dt>b<dd>c<dd>d<dt>e</dl>", "term a, b\n  : c\n    d\nterm e"),
        ("<dl><div><dt>a</dt><dd>b</dd></div></dl>", "term a\n  : b"),
        ("<details><summary>t</summary>x<p>y</details>", "[details  t\n  x\n  y\n]"),
        ("<aside><p>a</aside>", "[aside\n  a\n]"),
        ('<div role="note">a</div>', "[note\n  a\n]"),
        (
            '<div class="alert alert-danger"><p class="alert-title">t</p><p>a</div>',
            "[warning  t\n  a\n]",
        ),
        ("<s>vieux</s> prix", "vieux prix"),
        ("<del>vieux</del><ins>neuf</ins>", "neuf"),
        ("<form><label>Nom</label><input value=x><button>ok</button></form>", "Nom"),
        ("<h2><button>Question</button></h2>", "## Question"),
        ('<h2>T <a class="anchor" href="#t">#</a></h2>', "## T"),
        ("<svg><path/></svg>a", "a"),
    ],
)
def test_an_element_is_what_it_says(body: str, expected: str) -> None:
    assert sketched(".html", page(body)) == expected


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ('<p lang="en">Hello <i lang="de">Welt</i>', "{en: Hello {de: _Welt_}}"),
        ('<div lang="en_GB"><p>a<p>b</div>', "[section en-GB\n  a\n  b\n]"),
        ('<p lang="fr-CA">a', "a"),
        ('<ul><li lang="en">a<li>b</ul>', "- {en: a}\n- b"),
        ('<ul lang="en"><li>a</ul>', "[section en\n  - a\n]"),
        ('<aside lang="en"><p>a</aside>', "[aside en\n  a\n]"),
        ('<h2 lang="en">a</h2>', "## {en: a}"),
        (
            '<table><tr><th>a<th>b<tr><td lang="en">c<td>d</table>',
            "table 1\n  | *a | *b\n  | {en: c} | d",
        ),
        ('<p>a <span lang="">b</span>', "a b"),
    ],
)
def test_a_language_is_kept_where_it_changes(body: str, expected: str) -> None:
    assert sketched(".html", page(body)) == expected


def test_an_unknown_language_is_a_finding() -> None:
    assert codes(".html", page('<p lang="français">a')) == ["SRC-008"]
    assert codes(".html", "<p>a") == ["SRC-009"]
    assert reading(".html", '<html lang="en"><p>a').document.meta.lang == "en"
    assert reading(".html", '<body xml:lang="de"><p>a').document.meta.lang == "de"


@pytest.mark.parametrize(
    "hidden",
    [
        "<script>x</script>",
        "<style>.a{}</style>",
        "<template>x</template>",
        "<noscript>x</noscript>",
        "<!-- x -->",
        "<p hidden>x</p>",
        '<p style="display:none">x</p>',
        '<p style="visibility: hidden">x</p>',
        '<p aria-hidden="true">x</p>',
        "<dialog>x</dialog>",
        '<p class="gone">x</p>',
        '<div id="cookie-banner">x</div>',
        '<nav><a href="/">x</a></nav>',
        '<div role="navigation">x</div>',
        '<a class="skip-link" href="#c">x</a>',
        "<select><option>x</select>",
    ],
)
def test_what_is_not_shown_is_not_read(hidden: str) -> None:
    head = "<style>.gone { display: none } @media print { p { display: none } }</style>"
    assert sketched(".html", page(f"<p>a</p>{hidden}<p>b</p>", head)) == "a\nb"


@pytest.mark.parametrize(
    "shown",
    [
        '<p class="visually-hidden">x</p>',
        '<p class="sr-only">x</p>',
        '<p hidden="until-found">x</p>',
        '<p aria-hidden="false">x</p>',
        "<details>x</details>",
        '<button aria-controls="i">ok</button><p id="i" hidden>x</p>',
        '<p role="tabpanel" hidden>x</p>',
        '<p style="display: inline">x</p>',
    ],
)
def test_words_for_screen_readers_and_folded_parts_are_content(shown: str) -> None:
    assert "x" in sketched(".html", page(shown))


SITE = "<header><p>Site</p><nav>menu</nav></header>{content}<footer><p>pied</p></footer>"


def test_the_main_part_comes_without_what_surrounds_it() -> None:
    html = page(SITE.format(content="<p>avant</p><main><h1>T</h1><p>a</p><nav>x</nav></main>"))
    assert sketched(".html", html) == "# T\na"
    assert codes(".html", html) == ["SRC-018"]


def test_a_title_outside_the_main_part_comes_along() -> None:
    assert sketched(".html", page("<header><h1>T</h1></header><main><p>a</main>")) == "# T\na"


def test_a_lone_article_is_the_content() -> None:
    html = page(SITE.format(content="<article><h1>T</h1><p>un deux trois quatre</article>"))
    assert sketched(".html", html) == "# T\nun deux trois quatre"


def test_a_simple_document_keeps_its_header_and_footer() -> None:
    html = page("<header><h1>T</h1></header><p>a</p><footer>b</footer>")
    assert sketched(".html", html) == "# T\na\nb"


def test_a_page_of_a_site_without_main_loses_menus_header_and_footer() -> None:
    html = page(SITE.format(content="<h1>T</h1><p>a</p><section><footer>f</footer></section>"))
    assert sketched(".html", html) == "# T\na\nf"


def test_the_meta_of_a_page() -> None:
    head = (
        '<title>Mes droits – Mutuelle</title><meta name="author" content="Ana">'
        '<meta name="author" content="Bob"><meta name="date" content="2024-05-01">'
    )
    meta = reading(".html", page("<h1>Mes droits</h1>", head)).document.meta
    assert (meta.title, meta.authors, meta.published) == (
        "Mes droits",
        ("Ana", "Bob"),
        "2024-05-01",
    )
    assert reading(".html", page("<p>a", "<title>Un – deux</title>")).document.meta.title == (
        "Un – deux"
    )


# --- Pictures -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("body", "expected", "found"),
    [
        ('<img src="a.png" alt="un plan">', "figure !'un plan'", []),
        ('<img src="a.png" alt="">', "figure !''", []),
        ('<img src="a.png" alt="x" role="presentation">', "figure !''", []),
        ('<img src="a.png">', "figure !none", ["SRC-003"]),
        ('<img src="a.png" title="plan">', "figure !'plan'", []),
        ('<img src="a.png" alt="x" aria-label="y">', "figure !'y'", []),
        ('<img src="a.png" alt="x" title="long">', "figure !'x' long 'long'", []),
        ('<img src="a.png" alt="plan.png">', "figure !'plan.png'", ["SRC-004"]),
        ('<img src="b.png" alt="x">', "figure ?'x'", ["SRC-010"]),
        ('<img src="../a.png" alt="x">', "figure ?'x'", ["SRC-011"]),
        ('<img src="https://x.fr/a.png" alt="x">', "figure ?'x'", ["SRC-012"]),
        ('<img src="bad.png" alt="x">', "figure ?'x'", ["SRC-014"]),
        ('<img data-src="a.png" src="data:image/gif;base64,R0" alt="x">', "figure !'x'", []),
        ('<img srcset="b.png 1x, a.png 2x" alt="x">', "figure !'x'", []),
        ('<picture><source srcset="a.png"><img alt="x"></picture>', "figure !'x'", []),
        ('<img src="a.png?v=2" alt="x">', "figure !'x'", []),
        ('<p>a <img src="a.png" alt="x"> b</p>', "a !'x' b", []),
        ('<a href="/b"><img src="a.png" alt="x"></a>', "[!'x'](/b)", []),
        (
            '<figure><img src="a.png" alt="x"><figcaption>l <em>é</em></figcaption></figure>',
            "figure !'x' l _é_",
            [],
        ),
        (
            '<img src="a.png" alt="x" aria-describedby="d"><p id="d" hidden>détail</p>',
            "figure !'x' long 'détail'",
            [],
        ),
        ('<svg role="img"><title>logo</title><path d="M0 0"/></svg>', "figure !'logo'", []),
        ("<svg><text>mots</text></svg>", "figure !none", ["SRC-003"]),
        ('<img src="a.png" alt="" width="1" height="1">a', "a", []),
    ],
)
def test_a_picture_and_the_words_for_it(body: str, expected: str, found: list[str]) -> None:
    files = {"a.png": PNG, "bad.png": b"not a picture"}
    assert sketched(".html", page(body), files) == expected
    assert codes(".html", page(body), files) == found


def test_a_picture_in_the_page_itself_is_kept_once() -> None:
    uri = "data:image/png;base64," + base64.b64encode(PNG).decode()
    document = reading(
        ".html", page(f'<img src="{uri}" alt="a"><img src="{uri}" alt="b">')
    ).document
    assert [asset.media_type for asset in document.assets.values()] == ["image/png"]


def test_a_picture_of_too_many_pixels_is_not_taken() -> None:
    source = Source(
        "x.html",
        ".html",
        page(
            f'<img src="data:image/png;base64,{base64.b64encode(PNG).decode()}" alt="a">'
        ).encode(),
        limits=Limits(pixels=0),
    )
    assert [finding.code for finding in HtmlReader().read(source).findings] == ["SRC-013"]


# --- Tables -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (
            "<table><caption>c</caption><tr><td>a<td>b<tr><td>1<td>2</table>",
            "table 0 c\n  | a | b\n  | 1 | 2",
        ),
        (
            "<table><tfoot><tr><td>t<td>3</tfoot><thead><tr><td>a<td>b</thead><tr><td>1<td>2</table>",
            "table 1\n  | *a | *b\n  | 1 | 2\n  | t | 3",
        ),
        (
            '<table><tr><td><th>a<tr><th scope="row">r<td>1</table>',
            "table 1\n  | * | *a\n  | *r | 1",
        ),
        (
            "<table><tr><th rowspan=2>a<th colspan=2>b<tr><th>c<th>d<tr><td>1<td>2<td>3</table>",
            "table 2\n  | *a (2x1) | *b (1x2)\n  | *c | *d\n  | 1 | 2 | 3",
        ),
        ("<table><tr><th colspan=9>a<tr><td>1<td>2</table>", "table 1\n  | *a (1x2)\n  | 1 | 2"),
        (
            "<table><tr><th>a<th>b<tr><td rowspan=0>1<td>2<tr><td>3</table>",
            "table 1\n  | *a | *b\n  | 1 (2x1) | 2\n  | 3",
        ),
        (
            "<table summary='s t'><tr><th>a<th>b<tr><td>1<td>2</table>",
            "table 1  s t\n  | *a | *b\n  | 1 | 2",
        ),
        (
            "<table><tr><th>a<th>b<tr><td><ul><li>x</ul><td>2</table>",
            "table 1\n  | *a | *b\n  | - x | 2",
        ),
        ("<table role=none><tr><td>a<td>b</table>", "a\nb"),
        ("<table><tr><td><h2>a</h2><td>b<tr><td>c<td>d</table>", "## a\nb\nc\nd"),
        (
            "<figure><table><tr><th>a<th>b<tr><td>1<td>2</table><figcaption>l</figcaption></figure>",
            "table 1 l\n  | *a | *b\n  | 1 | 2",
        ),
    ],
)
def test_a_table_keeps_its_heads_spans_and_caption(body: str, expected: str) -> None:
    assert sketched(".html", page(body)) == expected


def test_a_table_that_only_lays_out_is_flattened_aloud() -> None:
    html = page("<table><tr><td><p>a</p><table><tr><th>x<th>y<tr><td>1<td>2</table></table>")
    assert sketched(".html", html) == "a\ntable 1\n  | *x | *y\n  | 1 | 2"
    assert codes(".html", html) == ["SRC-017"]
    assert codes(".html", page("<table><tr><td>a<td>b<tr><td>1<td>2</table>")) == ["SRC-007"]


def test_a_table_of_monstrous_spans_is_flattened_aloud() -> None:
    row = "<td colspan=1000 rowspan=9000>a" * 200 + "<th>b"
    html = page(f"<table><tr>{row}{'<tr><td>c' * 9000}</table>")
    assert codes(".html", html) == ["SRC-023"]
    assert sketched(".html", html).count("c") == 9000


# --- Notes, links, pages ------------------------------------------------------------------


@pytest.mark.parametrize(
    "html",
    [
        'a<sup><a href="#n" id="r">1</a></sup> b<ol><li id="n">la note <a href="#r">↩</a></ol>',
        'a<a epub:type="noteref" href="#n">1</a> b<aside epub:type="footnote" id=n>la note</aside>',
        'a<a role="doc-noteref" href="#n">*</a> b<p role="doc-footnote" id="n">la note</p>',
        (
            'a<sup id="r"><a href="#n">[1]</a></sup> b<h2>Notes</h2><ol class="reflist"><li id=n>'
            '<a href="#r">↑</a> la note</ol>'
        ),
        (
            'a<a href="#_ftn1" name="_ftnref1"><sup>[1]</sup></a> b<hr><div id="ftn1"><p>'
            '<a href="#_ftnref1" name="_ftn1">[1]</a> la note</p></div>'
        ),
        'a<sup><a href="#n">1</a></sup> b<p id="n"><sup>1</sup> la note</p>',
    ],
)
def test_a_note_is_held_where_it_is_called(html: str) -> None:
    found = sketched(".html", page(html)).replace("^super(1) ", "").replace("1 la", "la")
    assert found == "a(note: la note) b"


def test_notes_that_call_one_another_end() -> None:
    html = page(
        'a<sup><a href="#n">1</a></sup><ol class="footnotes"><li id="n">x<sup><a href="#m">2</a>'
        '</sup><li id="m">y<sup><a href="#n">1</a></sup></ol>'
    )
    assert sketched(".html", html) == "a(note: x(note: y^super(1)))"


def test_a_link_within_the_page_leads_to_a_heading() -> None:
    html = page(
        '<a href="#s">vers</a> <a href="#t">là</a><section id="s"><h2>T</h2></section>'
        '<a name="t"></a><h2 id="u">U</h2>'
    )
    assert sketched(".html", html) == "[vers](#s) [là](#t)\n## T {s}\n## U {t}"


def test_a_link_that_leads_nowhere_keeps_its_words_and_says_so() -> None:
    html = page('<p>a <a href="#nul">b</a> <a href="javascript:x()">c</a> <a href="#top">d</a>')
    assert sketched(".html", html) == "a b c d"
    assert codes(".html", html) == ["SRC-019"]


def test_a_link_without_words_takes_its_label() -> None:
    assert sketched(".html", page('<a href="/x" aria-label="Suite"><svg/></a>')) == "[Suite](/x)"


def test_an_address_as_a_link_is_a_finding() -> None:
    assert codes(".html", page('<a href="https://x.fr">https://x.fr</a>')) == ["SRC-005"]


def test_pages_of_the_printed_book_are_marked() -> None:
    html = page(
        '<p>a</p><div role="doc-pagebreak" aria-label="12"></div><p>b '
        '<span epub:type="pagebreak" id="page13"></span>c'
    )
    assert sketched(".html", html) == "a\n<page 12>b <page 13>c"


def test_what_no_edition_can_carry_is_said() -> None:
    html = page(
        '<iframe src="/v" title="Film"></iframe><video><source src="a.mp4"></video>'
        "<s>vieux</s> <del>faux</del> CECI EST TOUT EN CAPITALES"
    )
    assert codes(".html", html) == ["SRC-020", "SRC-020", "SRC-021", "SRC-022"]
    assert sketched(".html", html).startswith("[Film](/v)")
    assert codes(".html", page("<p>CECI EST TOUT EN CAPITALES")) == ["SRC-006"]


# --- Bytes --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "data",
    [
        "<meta charset=utf-8><p>été".encode(),
        '<meta charset="iso-8859-1"><p>été'.encode("cp1252"),
        '<?xml version="1.0" encoding="windows-1252"?><p>été'.encode("cp1252"),
        '<meta http-equiv="Content-Type" content="text/html; charset=latin1"><p>été'.encode(
            "latin1"
        ),
        "<p>été".encode("utf-16"),
        "<p>été".encode("utf-8-sig"),
        "<p>été".encode("cp1252"),
        '<meta charset="utf-8"><p>été'.encode("cp1252"),
        '<meta charset="unknown-8"><p>été'.encode(),
    ],
)
def test_a_page_is_decoded_by_what_it_is(data: bytes) -> None:
    assert sketched(".html", data) == "été"


def test_an_encoding_that_was_guessed_is_said() -> None:
    assert "SRC-015" in codes(".html", "<html lang=fr><p>été".encode("cp1252"))


@pytest.mark.parametrize(
    ("data", "key"),
    [
        (b"", "source-empty"),
        (b"<html><body></body></html>", "source-no-content"),
        (b"<script>x</script>", "source-no-content"),
        (b"<blockquote>" * 5000, "source-too-deep"),
        (b"<div>" * 100_000, "source-too-deep"),
        (b"\x89PNG\r\n\x1a\n", "source-misnamed"),
    ],
)
def test_what_cannot_be_read_is_refused_with_a_reason(data: bytes, key: str) -> None:
    with pytest.raises(SourceError) as refused:
        reading(".html", data)
    assert refused.value.key == key


def test_entities_are_not_expanded_and_control_characters_go() -> None:
    bomb = '<!DOCTYPE x [<!ENTITY a "b">]><html lang="fr"><p>x &#1;&a; \x0by</p><script></script>z'
    assert "y" in sketched(".html", bomb)


def test_bullets_typed_by_hand_are_a_list_in_every_format() -> None:
    typed = "Il faut :\n• un\n• deux\n\nFin.\n"
    assert sketched(".md", typed) == "Il faut :\n- un\n- deux\nFin."
    assert sketched(".txt", typed) == "Il faut :\n- un\n- deux\nFin."
    assert sketched(".html", page("<p>Il faut :<br>• un<br>• deux<p>Fin.")) == (
        "Il faut :\n- un\n- deux\nFin."
    )
    assert "SRC-065" in codes(".md", typed)
