"""Descriptions that a machine made, as they are found in files."""

import pytest

from ess_access.document.nodes import Figure
from ess_access.readers._machine import without_mention
from sketches import codes, reading


@pytest.mark.parametrize(
    "mention",
    [
        "Description automatically generated",
        "Description automatically generated with medium confidence",
        "Description generated with very high confidence",
        "Description generated with high confidence.",
        "Automatically generated description",
        "Alt text generated automatically",
        "AI-generated content may be incorrect.",
        "Description générée automatiquement",
        "Description générée automatiquement avec un niveau de confiance élevé",
        "Description générée automatiquement avec une confiance faible",
        "Description générée automatiquement avec une confiance moyenne.",
        "Description générée avec un niveau de confiance très élevé",
        "Description générée avec un très haut niveau de confiance",
        "Texte de remplacement généré automatiquement",
        "Le contenu généré par l’IA peut être incorrect.",
        "Le contenu généré par l'intelligence artificielle peut comporter des erreurs",
        "Texte de remplacement généré par Copilot",
    ],
)
@pytest.mark.parametrize("gap", [" ", "\n\n", "\r\n"])
def test_the_mention_goes_and_is_told(mention: str, gap: str) -> None:
    assert without_mention(f"Un plan de la gare{gap}{mention}") == ("Un plan de la gare", True)
    assert without_mention(mention) == ("", True)


@pytest.mark.parametrize(
    "alt",
    [
        "Une image contenant texte, capture d’écran",
        "A picture containing cup",
        "Image may contain: 2 people",
    ],
)
def test_the_words_of_a_machine_are_told_without_its_mention(alt: str) -> None:
    assert without_mention(alt) == (alt, True)


@pytest.mark.parametrize(
    "alt",
    [
        "Un plan de la gare",
        "Courbe générée avec le tableur",
        "Description générée par les élèves",
        "Report generated with care",
        "Deux personnes lisent une image contenant du texte",
        "",
    ],
)
def test_the_words_of_people_stay(alt: str) -> None:
    assert without_mention(alt) == (alt, False)


def test_pages_made_of_office_files_are_read_without_the_mention() -> None:
    text = "![Un plan Description generated with very high confidence](x.png)"
    (block,) = reading(".md", text).document.children
    assert isinstance(block, Figure)
    assert block.image.alt == "Un plan"
    assert "SRC-058" in codes(".md", text)
    (block,) = reading(
        ".html", '<img src="x.png" alt="Description générée automatiquement">'
    ).document.children
    assert isinstance(block, Figure)
    assert block.image.alt is None
