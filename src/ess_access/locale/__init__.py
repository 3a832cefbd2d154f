"""The message catalogues: keys of errors and findings in, sentences out.

Every key is the ``msgid`` of a ``.po`` file for each language; ``make messages`` compiles them.
The command line and the reports alone import this.
"""

import gettext
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ess_access.api.findings import Finding
from ess_access.document.nodes import Place
from ess_access.errors import EssAccessError

__all__ = ["DOMAIN", "FOLDER", "LANGUAGES", "Catalogue", "catalogue"]

DOMAIN = "ess_access"
FOLDER = Path(__file__).parent
LANGUAGES = ("fr", "en")


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The sentences of one language."""

    language: str
    translations: gettext.NullTranslations

    def text(self, key: str, /, **params: Any) -> str:
        """Give the sentence of a key, its braces filled; the key and params when it has none."""
        template = self.translations.gettext(key)
        if template == key:
            return _bare(key, params)
        return template.format_map(self._reasoned(params))

    def _reasoned(self, params: Mapping[str, Any]) -> Mapping[str, Any]:
        """Say why the system refused, which ``errors.reason_of`` names, in this language."""
        key = f"errno.{params.get('reason', '')}"
        return {**params, "reason": self.translations.gettext(key)} if self.knows(key) else params

    def plural(self, key: str, count: int, /, **params: Any) -> str:
        """Give the sentence of a key for a number of things, which is its ``{count}``."""
        template = self.translations.ngettext(key, key, count)
        return template.format_map({**params, "count": count})

    def knows(self, key: str) -> bool:
        """Say whether the catalogue holds a sentence for this key."""
        return self.translations.gettext(key) != key

    def place(self, source: str, at: Place | None) -> str:
        """Name a place: ``guide.md, ligne 12``."""
        parts = [source] if source else []
        if at is not None:
            if at.part is not None:
                parts.append(at.part)
            if at.page is not None:
                parts.append(self.text("place-page", page=at.page))
            if at.line is not None:
                parts.append(self.text("place-line", line=at.line))
        return ", ".join(parts)

    def finding(self, finding: Finding, source: str = "") -> str:
        """Say a finding in one sentence: where, what, what to do."""
        if self.knows(finding.code):
            sentence = self.text(finding.code, **self._located(finding.params))
        else:
            sentence = str(finding.params.get("message", _bare(finding.code, finding.params)))
        place = self.place(source, finding.at)
        return self.text("located", place=place, sentence=sentence) if place else sentence

    def _located(self, params: Mapping[str, Any]) -> Mapping[str, Any]:
        """Say in which part of a file a paragraph is numbered, unless it is the text itself."""
        key = f"story-{params.get('story', '')}"
        if "paragraph" not in params or not self.knows(key):
            return params
        return {**params, "paragraph": self.text(key, paragraph=params["paragraph"])}

    def error(self, error: EssAccessError) -> str:
        """Say an error in one sentence."""
        return self.text(error.key, **error.params)


def _bare(key: str, params: Any) -> str:
    details = ", ".join(f"{name}={value}" for name, value in params.items())
    return f"{key} ({details})" if details else key


def catalogue(language: str) -> Catalogue:
    """Open the catalogue of a language (``"fr"`` or ``"en"``)."""
    return Catalogue(language, gettext.translation(DOMAIN, FOLDER, [language]))
