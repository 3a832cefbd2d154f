"""Markdown gives all that the model can say, and the HTML within it too."""

import pytest

from ess_access.document.nodes import Heading, ListBlock, Table
from ess_access.document.walk import blocks_in
from ess_access.errors import SourceError
from sketches import codes, reading, sketched
from support import shared


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("# A\n\nb *c* **d** `e`\nf", "# A\nb _c_ *d* `e` f"),
        ("Titre\n=====\n\nDeux\n----", "# Titre\n## Deux"),
        ("texte\n- a\n- b", "texte\n- a\n- b"),
        ("texte\n1. a\n2. b", "texte\n1. a\n2. b"),
        ("- a\n  - b\n\n    c\n- d", "- a\n  - b\n    c\n- d"),
        ("3. a\n4. b", "3. a\n4. b"),
        ("> a\n>\n> b", "> a\n  b"),
        ("a  \nb\\\nc", "a⏎b⏎c"),
        ("```py\nx = 1\n```\n\n    y", "code 'x = 1'\ncode 'y'"),
        ("a\n\n---\n\nb", "a\nrule\nb"),
        ("[a](b c.md) <https://x.fr>", "[a](b c.md) [https://x.fr](https://x.fr)"),
        ("[a](<fiche été.md>)", "[a](fiche été.md)"),
        ("| a | b |\n|---|--:|\n| *c* | d |", "table 1\n  | *a | *b\n  | _c_ | d"),
        ("| | |\n|---|---|\n| c | d |\n| e | f |", "table 0\n  | c | d\n  | e | f"),
        ("terme\n: sens\n: autre", "term terme\n  : sens\n    autre"),
        ("a[^1] b\n\n[^1]: note\n\n    suite", "a(note: note / suite) b"),
        ("a[^x] b[^x]\n\n[^x]: n", "a(note: n) b(note: n)"),
        ("a^[note *b*] c", "a(note: note _b_) c"),
        ("a\n\n[^1]: jamais appelée", "a\n[note\n  jamais appelée\n]"),
        ("a[^1]\n\n[^1]: 1. Un décret", "a(note: 1. Un décret)"),
        ("> [!WARNING]\n> Gare à vous", "[warning\n  Gare à vous\n]"),
        ("::: aside Le *titre*\ntexte\n:::", "[aside  Le _titre_\n  texte\n]"),
        ("::: details Plus\ntexte\n:::", "[details  Plus\n  texte\n]"),
        ("::: exemple\ntexte\n:::", "[example\n  texte\n]"),
        ('!!! note "Titre"\n    texte', "[note  Titre\n  texte\n]"),
        ("~~barré~~", "barré"),
        ("[hello]{lang=en} monde", "{en: hello} monde"),
        ('<span lang="en">hello *you*</span>', "{en: hello _you_}"),
        ('<abbr title="Économie">ESS</abbr> 1<sup>er</sup><br>b', "ESS(Économie) 1^super(er)⏎b"),
        ("a <!-- caché --> b\n\n<!-- tout\n\ncaché -->\n\nc", "a b\nc"),
        ('<div lang="en">\n\nHello **you**\n\n</div>', "[section en\n  Hello *you*\n]"),
        ("<details><summary>t</summary>\n\n- a\n\n</details>", "[details  t\n  - a\n]"),
        ("<aside>\n\na\n\n</aside>", "[aside\n  a\n]"),
        (
            "<table><tr><th>a</th><th>b</th></tr><tr><td>1</td><td>2</td></tr></table>",
            "table 1\n  | *a | *b\n  | 1 | 2",
        ),
        ("[x](#la-suite)\n\n## La suite !", "[x](#la-suite)\n## La suite ! {la-suite}"),
        ("[x](#été)\n\n## Été", "[x](#été)\n## Été {été}"),
        ("[x](#ici)\n\n## Été {#ici}", "[x](#ici)\n## Été {ici}"),
        ("![un plan](a.png)", "figure ?'un plan'"),
        ('![un plan](a.png "la légende longue")', "figure ?'un plan' long 'la légende longue'"),
        ("a ![b](c.png) d", "a ?'b' d"),
        ('<img src="a.png" alt="">', "figure ?''"),
        ("![](a.png)", "figure ?none"),
        ("[" * 1000 + "a", "[" * 1000 + "a"),
    ],
)
def test_what_is_written_is_what_is_read(text: str, expected: str) -> None:
    assert sketched(".md", text) == expected


def test_the_front_matter_says_what_the_document_is() -> None:
    meta = reading(
        ".md",
        '---\n# une remarque\ntitle: "L’accueil : un \\"droit\\""\nlang: en_GB\nauthors:\n'
        "  - Ana\n  - name: Bob\ndate: 2024-05-01\ntags: [a, 'b']\n---\ntexte",
    ).document.meta
    assert (meta.title, meta.lang) == ('L’accueil : un "droit"', "en-GB")
    assert meta.published == "2024-05-01"


@pytest.mark.parametrize(
    ("written", "authors"),
    [
        ("author: Ana Le Gall", ("Ana Le Gall",)),
        ("authors: [Ana, 'Bob']", ("Ana", "Bob")),
        ("authors:\n- Ana\n- Bob", ("Ana", "Bob")),
        ("author:\n  - name: Ana\n    email: a@x.fr\n  - name: Bob", ("Ana", "Bob")),
        ("auteur: Ana", ("Ana",)),
    ],
)
def test_authors_are_named_in_many_ways(written: str, authors: tuple[str, ...]) -> None:
    assert reading(".md", f"---\n{written}\n---\n\ntexte").document.meta.authors == authors


def test_a_folded_title_is_one_line() -> None:
    meta = reading(".md", "---\ntitle: >\n  Un titre\n  long\n---\ntexte").document.meta
    assert meta.title == "Un titre long"


def test_a_rule_at_the_top_is_no_front_matter() -> None:
    assert sketched(".md", "---\n\ntexte simple\n\n---\n\nb") == "rule\ntexte simple\nrule\nb"


def test_places_are_lines_of_the_source() -> None:
    text = "---\ntitle: t\n---\n\n# A\n\nb\n![](x.png)\n\n- c\n- d\n\n<p>\n<img src='y.png'></p>\n"
    found = reading(".md", text)
    lines = [block.at.line for block in blocks_in(found.document.children) if block.at]
    assert lines[:5] == [5, 7, 10, 10, 11]
    assert [(item.code, item.at and item.at.line) for item in found.findings] == [
        ("SRC-010", 8),
        ("SRC-003", 8),
        ("SRC-010", 14),
        ("SRC-003", 14),
    ]


def test_doubts_are_findings() -> None:
    assert codes(".md", "---\nlang: français\n---\na") == ["SRC-008"]
    assert codes(".md", "[x](#nul) ~~a~~ <https://x.fr>") == ["SRC-005", "SRC-019", "SRC-021"]
    assert codes(".md", "a") == []


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("", "source-empty"),
        ("---\ntitle: a\n---\n", "source-no-content"),
        ("<!-- a -->", "source-no-content"),
        (">" * 3000 + " a", "source-too-deep"),
        ("\n".join("  " * n + "- a" for n in range(150)), "source-too-deep"),
    ],
)
def test_what_cannot_be_read_is_refused_with_a_reason(text: str, key: str) -> None:
    with pytest.raises(SourceError) as refused:
        reading(".md", text)
    assert refused.value.key == key


def test_a_real_guide_keeps_its_lists_table_and_boxes() -> None:
    data = shared("corpus", "etalab-algorithmes-guide.md").read_bytes()
    found = list(blocks_in(reading(".md", data).document.children))
    assert sum(isinstance(block, Table) for block in found) >= 1
    assert sum(isinstance(block, ListBlock) for block in found) >= 8
    assert found[0].at is not None
    assert found[0].at.line == 5
    assert sum(isinstance(block, Heading) for block in found) >= 10
