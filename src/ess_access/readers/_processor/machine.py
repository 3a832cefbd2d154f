"""Descriptions that Office made by itself, and what it adds to them."""

import re

__all__ = ["without_mention"]

_BY_MACHINE = re.compile(
    r"\s*(?:description (?:automatically generated|générée automatiquement)"
    r"(?: (?:with|avec) [^.\n]*)?"
    r"|ai-generated content may be incorrect"
    r"|le contenu généré par l.ia peut (?:être incorrect|contenir des erreurs))\.?\s*",
    re.IGNORECASE,
)


def without_mention(alt: str) -> tuple[str, bool]:
    """Take the mention of the machine out of a description; also say whether there was one."""
    shown = _BY_MACHINE.sub(" ", alt).strip()
    return shown, bool(_BY_MACHINE.search(alt))
