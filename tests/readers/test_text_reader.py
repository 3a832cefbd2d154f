"""Plain text comes out with the structure that a careful person would mark."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ess_access.document.build import h, p, ul
from ess_access.document.nodes import Heading, ListBlock, Paragraph
from ess_access.errors import SourceError
from sketches import codes, reading, sketched
from support import shared

FOLDER = Path(__file__).parent / "text"


@pytest.mark.parametrize("name", sorted(file.stem for file in FOLDER.glob("*.txt")))
def test_a_text_has_the_structure_that_its_sketch_shows(name: str) -> None:
    text = (FOLDER / f"{name}.txt").read_text(encoding="utf-8")
    assert sketched(".txt", text) + "\n" == (FOLDER / f"{name}.sketch").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", sorted(file.stem for file in FOLDER.glob("*.txt")))
def test_line_ends_and_encodings_of_windows_change_nothing(name: str) -> None:
    text = (FOLDER / f"{name}.txt").read_text(encoding="utf-8")
    if any(mark in text for mark in "▪➢"):
        pytest.skip("a mark that Windows-1252 has not")
    for data in (
        text.replace("\n", "\r\n").encode("cp1252"),
        text.encode("utf-8-sig"),
        text.encode("utf-16"),
        text.replace("\n", "\r").encode("mac_roman"),
    ):
        assert sketched(".txt", data) == sketched(".txt", text)


def test_the_guide_has_its_headings_lists_and_paragraphs() -> None:
    text = shared("guide", "usagers.txt").read_text(encoding="utf-8")
    children = reading(".txt", text).document.children
    headings = [
        (block.level, block.at and block.at.line)
        for block in children
        if isinstance(block, Heading)
    ]
    assert headings == [
        (1, 3),
        (2, 4),
        (2, 10),
        (1, 14),
        (2, 15),
        (1, 21),
        (2, 23),
        (2, 25),
        (2, 27),
        (2, 29),
    ]
    assert [len(block.items) for block in children if isinstance(block, ListBlock)] == [4, 2, 4, 2]
    lines = [block.at.line for block in children if isinstance(block, Paragraph) and block.at]
    assert lines == [1, 2, 22, 24, 26, 28, 30, 31, 32, 35, 36]
    assert not any(isinstance(block, Paragraph) and block == p("-") for block in children)


def test_a_lone_dash_under_a_line_makes_it_a_heading_and_goes() -> None:
    assert sketched(".txt", "Nos aides\n-\n- une\n- deux\nSuite du texte, assez longue.") == (
        "# Nos aides\n- une\n- deux\nSuite du texte, assez longue."
    )


def test_lines_that_are_whole_paragraphs_stay_apart() -> None:
    one = "Une phrase qui tient sur une seule ligne très longue, et qui dit tout. " * 2
    assert len(reading(".txt", f"{one}\n{one}\n{one}").document.children) == 3


@pytest.mark.parametrize("mark", ["-", "–", "—", "•", "*", "·", "▪", "◦", "\uf0b7", "o"])
def test_a_mark_makes_a_list(mark: str) -> None:
    found = reading(".txt", f"Voici :\n{mark} un\n{mark}\tdeux\n").document.children
    assert found == (p("Voici :"), ul("un", "deux"))


@pytest.mark.parametrize(
    ("text", "heading"),
    [
        ("POURQUOI ?\nParce que.", "POURQUOI ?"),
        ("Comment faire ?\n\nIl suffit de demander.", "Comment faire ?"),
        ("Horaires :\n\nDu lundi au vendredi.", "Horaires :"),
        ("Bon à savoir\nLe délai est de huit jours.", "Bon à savoir"),
        ("Article premier – Objet\n\nLe contrat garantit les soins.", "Article premier – Objet"),
        ("## Déjà marqué\n\nTexte.", "Déjà marqué"),
        ("=====\nTitre\n=====\nTexte.", "Titre"),
    ],
)
def test_a_short_line_that_heads_a_paragraph_is_a_heading(text: str, heading: str) -> None:
    first = reading(".txt", text).document.children[0]
    assert isinstance(first, Heading)
    assert first == h(first.level, heading)


@pytest.mark.parametrize(
    "text",
    [
        "Vous devez fournir :\n\n- une photo",
        "Bonjour à tous,\n\nVoici la suite du message, qui est longue.",
        "Objet : résiliation\n\nJe vous informe de ma décision de partir.",
        "12 rue de Siam\n\nVenez nous voir, nous sommes ouverts le lundi.",
        "Brest, le 3 mars 2025\n\nNous avons bien reçu votre demande.",
        "Le dernier mot n’a rien sous lui",
        "1. un\n2. deux\n3. trois",
    ],
)
def test_a_line_that_heads_nothing_is_no_heading(text: str) -> None:
    assert not any(isinstance(block, Heading) for block in reading(".txt", text).document.children)


def test_what_was_guessed_is_said_with_its_lines() -> None:
    found = reading(".txt", "TITRE UN\n\nTexte.\n\nTITRE DEUX\n\na\tb\nc\td\n").findings
    guessed = {finding.code: finding for finding in found}
    assert guessed["SRC-016"].params == {"count": 2, "lines": "1, 5"}
    assert guessed["SRC-024"].at is not None
    assert guessed["SRC-024"].at.line == 7


def test_a_soft_hyphen_at_a_line_end_joins_the_word() -> None:
    assert sketched(".txt", "Un mot cou\u00ad\npé.") == "Un mot coupé."


def test_the_encoding_that_was_guessed_is_said() -> None:
    found = reading(".txt", "Un été.\nDéjà.".encode("cp1252")).findings
    assert [(item.code, item.params["encoding"]) for item in found] == [("SRC-015", "Windows-1252")]
    assert codes(".txt", "Un été.") == []


@pytest.mark.parametrize(
    ("data", "key"),
    [
        (b"", "source-empty"),
        (b" \n\n", "source-empty"),
        (b"%PDF-1.7\n", "source-misnamed"),
        (b"PK\x03\x04abc", "source-misnamed"),
        (bytes(range(256)) * 20, "source-binary"),
        (b"-\n", "source-no-content"),
    ],
)
def test_what_is_no_text_is_refused_with_a_reason(data: bytes, key: str) -> None:
    with pytest.raises(SourceError) as refused:
        reading(".txt", data)
    assert refused.value.key == key


@settings(max_examples=150, deadline=None)
@given(st.text(st.sampled_from("aZé.?:;,-–•*o>|=#\t\n\n 1)\u00a0"), max_size=120))
def test_no_word_is_lost_whatever_the_text(text: str) -> None:
    try:
        found = sketched(".txt", text)
    except SourceError:
        return
    for letter in "aZé":
        assert found.count(letter) == text.count(letter) + (
            found.count("table ") if letter == "a" else 0
        )


def test_a_line_that_holds_a_sentence_end_is_prose_and_no_heading() -> None:
    line = "Vous pouvez aussi venir à l’accueil. Dites-nous si vous avez besoin :"
    text = f"COMMENT S’INSCRIRE ?\nAppelez le 3939.\n{line}\n-\n- d’une place\n- d’un document\n"
    assert sketched(".txt", text) == (
        f"# COMMENT S’INSCRIRE ?\nAppelez le 3939.\n{line}\n- d’une place\n- d’un document"
    )


@pytest.mark.parametrize("title", ["CHAPITRE 2. LES AIDES", "I. LES AIDES", "A. LES AIDES"])
def test_the_full_stop_of_a_number_ends_no_sentence(title: str) -> None:
    found = reading(".txt", f"{title}\n\nLe centre verse une aide à ceux qui en ont besoin.")
    assert isinstance(found.document.children[0], Heading)


def test_lines_of_a_paragraph_are_joined_where_blank_lines_part_paragraphs() -> None:
    text = "Notre agence est ouverte.\nElle ferme\nle dimanche.\n\nVenez nous voir.\n"
    assert reading(".txt", text).document.children == (
        p("Notre agence est ouverte. Elle ferme le dimanche."),
        p("Venez nous voir."),
    )


def test_capitals_are_said_once_for_the_whole_document() -> None:
    text = "POURQUOI ?\nParce que.\n\nCOMMENT FAIRE ?\nIl suffit de demander.\n"
    found = [finding for finding in reading(".txt", text).findings if finding.code == "SRC-006"]
    assert [dict(finding.params) for finding in found] == [
        {"count": 2, "words": "POURQUOI ? (l. 1) / COMMENT FAIRE ? (l. 4)"}
    ]
    assert found[0].at is not None
    assert found[0].at.line == 1
