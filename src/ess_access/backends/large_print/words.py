"""The words that the edition adds to those of the source, in the document's language."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

__all__ = ["Wording", "wording"]

_NBSP = "\u00a0"


@dataclass(frozen=True, slots=True)
class Wording:
    """Words of the page. ``roles`` names the kinds of boxes; ``colon`` follows a label."""

    contents: str
    notes: str
    note: str
    note_title: str
    back_to_text: str
    page: str
    source_page: str
    picture: str
    absent_picture: str
    undescribed_picture: str
    description: str
    empty_cell: str
    colon: str
    roles: Mapping[str, str]


_FRENCH = Wording(
    contents="Sommaire",
    notes="Notes",
    note="note",
    note_title="Note",
    back_to_text="Retour au texte",
    page="Page",
    source_page="page",
    picture="Image",
    absent_picture="Image absente",
    undescribed_picture="Image sans description.",
    description="Description",
    empty_cell="vide",
    colon=f"{_NBSP}: ",
    roles=MappingProxyType(
        {
            "aside": "Encadré",
            "note": "À noter",
            "warning": "Attention",
            "example": "Exemple",
            "details": "Détails",
        }
    ),
)

_ENGLISH = Wording(
    contents="Contents",
    notes="Notes",
    note="note",
    note_title="Note",
    back_to_text="Back to the text",
    page="Page",
    source_page="page",
    picture="Picture",
    absent_picture="Missing picture",
    undescribed_picture="Picture without a description.",
    description="Description",
    empty_cell="empty",
    colon=": ",
    roles=MappingProxyType(
        {
            "aside": "Box",
            "note": "Note",
            "warning": "Warning",
            "example": "Example",
            "details": "Details",
        }
    ),
)


def wording(lang: str) -> Wording:
    """Give the words for a BCP 47 tag: English for English, French for all others."""
    return _ENGLISH if lang.lower().split("-")[0] == "en" else _FRENCH
