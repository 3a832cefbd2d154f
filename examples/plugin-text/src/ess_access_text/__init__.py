"""A plain text edition, in short lines: the smallest whole backend."""

import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import ClassVar

from ess_access.api.backend import Artifact, Workspace
from ess_access.api.findings import Finding, Missing, Severity
from ess_access.api.options import option
from ess_access.document.nodes import Document
from ess_access_text.layout import leaves, lines

__all__ = ["TextBackend", "TextOptions"]


@dataclass(frozen=True, slots=True)
class TextOptions:
    """How the text is laid out."""

    width: int = option(72, ge=20, le=200, doc="Nombre de caractères par ligne.")


class TextBackend:
    """Write ``<stem>.txt``: UTF-8, words whole, one blank line between blocks."""

    name: ClassVar[str] = "text"
    version: ClassVar[int] = 1
    options: ClassVar[type[TextOptions]] = TextOptions
    opens: ClassVar[tuple[str, ...]] = (".txt",)

    def missing(self, options: TextOptions) -> Iterable[Missing]:
        """Name nothing: Python alone is enough."""
        return ()

    def fingerprint(self, options: TextOptions) -> str:
        """Name Python's version: its ``textwrap`` decides where lines end."""
        return f"python {sys.version_info.major}.{sys.version_info.minor}"

    def render(
        self, document: Document, options: TextOptions, work: Workspace
    ) -> tuple[Artifact, ...]:
        """Write the one file of this edition."""
        text = self.preview(document, options)
        path = work.folder / f"{work.stem}.txt"
        path.write_text(text, encoding="utf-8", newline="\n")
        measures = {"words": len(text.split()), "lines": text.count("\n")}
        return (Artifact(path, "text/plain", measures),)

    def check(
        self, artifacts: Sequence[Artifact], document: Document | None, options: TextOptions
    ) -> Iterable[Finding]:
        """Open the file again: it is UTF-8, its lines are short, it has every word."""
        for artifact in artifacts:
            try:
                text = artifact.path.read_bytes().decode("utf-8")
            except UnicodeDecodeError:
                yield _finding("TXT-001", "Le fichier n’est pas en UTF-8. Refaites-le.")
                continue
            long = sum(len(line) > options.width and " " in line for line in text.splitlines())
            if document is None and long:
                sentence = f"Lignes de plus de {options.width} caractères : {long}."
                yield _finding("TXT-002", sentence, Severity.INFO)
            squeezed = "".join(text.split())
            for words, at in leaves(document) if document is not None else ():
                if "".join(words.split()) not in squeezed:
                    sentence = f"Le texte « {words} » manque dans l’édition."
                    yield Finding("TXT-003", Severity.ERROR, {"message": sentence}, at)

    def preview(self, document: Document, options: TextOptions) -> str:
        """Give the whole edition: it is what a person reads."""
        return "\n".join(lines(document.children, options.width)).strip("\n") + "\n"


def _finding(code: str, sentence: str, severity: Severity = Severity.ERROR) -> Finding:
    return Finding(code, severity, {"message": sentence})
