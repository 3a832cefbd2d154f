"""Audio editions: sound files with chapters, spoken from the words of the document."""

from collections.abc import Iterable, Sequence
from itertools import chain
from typing import TYPE_CHECKING, ClassVar

from ess_access.api.backend import Artifact, Workspace
from ess_access.api.findings import Finding, Missing
from ess_access.backends.audio.options import AudioOptions
from ess_access.document.nodes import Document

if TYPE_CHECKING:
    from ess_access.backends.audio.script import Scripts

__all__ = ["AudioBackend", "AudioOptions"]


class AudioBackend:
    """Say a document aloud, heading by heading."""

    name: ClassVar[str] = "audio"
    version: ClassVar[int] = 4
    options: ClassVar[type[AudioOptions]] = AudioOptions
    opens: ClassVar[tuple[str, ...]] = (".mp3", ".m4b", ".opus", ".vtt", ".srt")

    def __init__(self) -> None:
        self._kept: Scripts | None = None

    def _scripts(self) -> "Scripts":
        """Give what keeps the script between writing an edition and listening to it."""
        from ess_access.backends.audio.script import Scripts

        if self._kept is None:
            self._kept = Scripts()
        return self._kept

    def missing(self, options: AudioOptions) -> Iterable[Missing]:
        """Name what the chosen engine lacks here."""
        from ess_access.backends.audio.casting import engine_for

        engine = engine_for(options)
        try:
            yield from engine.missing()
        finally:
            engine.close()

    def fingerprint(self, options: AudioOptions) -> str:
        """Name the versions of the engine, its voices and the encoder."""
        from ess_access.backends.audio.casting import fingerprint

        return fingerprint(options)

    def render(
        self, document: Document, options: AudioOptions, work: Workspace
    ) -> tuple[Artifact, ...]:
        """Write ``<stem>.mp3`` (or other formats), captions and ``<stem>.audio.json``.

        Raises ConfigurationError for an unknown format, MissingError and EditionError as its engine
        does.
        """
        from ess_access.backends.audio.writer import write

        return write(document, options, work, self._scripts())

    def check(
        self, artifacts: Sequence[Artifact], document: Document | None, options: AudioOptions
    ) -> Iterable[Finding]:
        """Decode the files again and listen: chapters, tags, loudness, silences, duration."""
        from ess_access.backends.audio.captions_check import CAPTIONS, check_captions
        from ess_access.backends.audio.checks import check
        from ess_access.backends.audio.emptiness import parted

        full, empty = parted(artifacts)
        captions = [each.path for each in full if each.path.suffix.lower() in CAPTIONS]
        return chain(
            empty,
            *(check_captions(path) for path in captions),
            check(full, document, options, self._scripts()),
        )

    def preview(self, document: Document, options: AudioOptions) -> str:
        """Give the words to be spoken, an utterance a line; headings stand out."""
        from ess_access.backends.audio.preview import preview

        return preview(document, options)
