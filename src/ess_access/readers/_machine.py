"""Descriptions that Office made by itself, and what it adds to them."""

import re

__all__ = ["without_mention"]

_WHAT = r"(?:image )?description|alt(?:ernative)? ?text|caption"
_QUOI = r"description(?: de l['’]image)?|texte (?:de remplacement|alternatif)|légende"
_SURE = r" with (?:an? )?(?:very )?(?:high|medium|low)(?: level of)? confidence"
_SUR = (
    r" avec (?:une? )?(?:très )?(?:haut |bon |faible )?(?:(?:niveau|degré|indice) de )?confiance"
    r"(?: (?:très )?(?:élevée?|haute?|moyen(?:ne)?|faible|basse?))?"
)
_FAUX = "(?:être (?:incorrect|inexact|erroné)|(?:contenir|comporter) des erreurs)"
_AUTO = "auto(?:matically)?[ -]"
_AI = r"(?:l['’]\s?)?(?:ia|ai|intelligence artificielle|artificial intelligence|copilot)"
# As found in files: Word 2016 said how sure it was, Word 365 says that AI may be wrong.
_MENTIONS = (
    rf"(?:{_WHAT}) (?:was )?(?:{_AUTO}generated|generated automatically)(?:{_SURE})?",
    rf"(?:{_WHAT}) (?:was )?generated(?:{_SURE}| by {_AI}\b)",
    rf"(?:{_AUTO}|ai[ -])generated (?:{_WHAT})",
    rf"(?:{_QUOI}) (?:a été )?générée? automatiquement(?:{_SUR})?",
    rf"(?:{_QUOI}) (?:a été )?générée?(?:{_SUR}| par {_AI}\b)",
    r"ai[ -]generated content (?:may|might|can) (?:be (?:incorrect|inaccurate)|contain errors)",
    rf"(?:le )?contenu (?:généré|créé) par {_AI} (?:peut|pourrait) {_FAUX}",
)
_BY_MACHINE = re.compile(rf"\s*(?:{'|'.join(_MENTIONS)})\.?\s*", re.IGNORECASE)
# How a machine begins, where somebody took its mention away.
_AS_MACHINE = re.compile(
    r"une image contenant\b|an? (?:picture|image) containing\b|(?:l['’])?image may contain\b"
    r"|may be an image of\b|peut être une image de\b|l['’]image contient peut-être\b",
    re.IGNORECASE,
)


def without_mention(alt: str) -> tuple[str, bool]:
    """Take the mention of the machine out of a description; also say whether one made it."""
    shown = _BY_MACHINE.sub(" ", alt).strip()
    is_made = _BY_MACHINE.search(alt) is not None or _AS_MACHINE.match(shown) is not None
    return shown, is_made
