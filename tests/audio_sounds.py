"""What the tests of audio share: a document, and editions of it."""

from dataclasses import replace
from pathlib import Path

import pytest

from ess_access.api import plugins
from ess_access.api.backend import Artifact, Workspace
from ess_access.api.findings import Finding
from ess_access.backends.audio import AudioBackend, AudioOptions
from ess_access.document.build import doc, h, p, ul
from ess_access.document.nodes import Document
from ess_access.transforms.outline import prepare

SILENT = AudioOptions(engine="silence")
GUIDE = prepare(
    doc(
        p("Ce guide présente la mutuelle."),
        h(1, "Accueillir"),
        p("Nous recevons tout le monde. Les bureaux ouvrent le matin."),
        ul("sans rendez-vous", "par téléphone", "à domicile"),
        h(2, "Informer"),
        p("Chaque courrier existe en gros caractères, en braille et en audio."),
        title="Le guide de l’accueil",
        authors=("Ana Gomez",),
    )
)[0]


def speaking(*engines: str, **others: object) -> AudioOptions:
    """Choose an engine that speaks here, the quickest first; skip where none does."""
    for name in engines or ("espeak", "pico", "pyttsx3"):
        engine = plugins.load(plugins.ENGINES, name)
        absent = [each for each in engine.missing() if each.required]
        engine.close()
        if not absent:
            return replace(AudioOptions(engine=name), **others)  # type: ignore[arg-type]
    pytest.skip("no engine speaks on this machine")


def rendered(
    folder: Path,
    options: AudioOptions = SILENT,
    document: Document = GUIDE,
    cache: Path | None = None,
) -> tuple[Artifact, ...]:
    """Make an edition in a new folder."""
    folder.mkdir(parents=True)
    return AudioBackend().render(document, options, Workspace(folder, "guide", cache))


def checked(
    artifacts: tuple[Artifact, ...], options: AudioOptions, document: Document | None = GUIDE
) -> list[Finding]:
    """Check an edition."""
    return list(AudioBackend().check(artifacts, document, options))
