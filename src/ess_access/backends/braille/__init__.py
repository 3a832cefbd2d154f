"""French Braille editions, after the Code braille français uniformisé (CBFU)."""

from collections.abc import Iterable, Sequence
from typing import ClassVar

from ess_access.api.backend import Artifact, Workspace
from ess_access.api.findings import Finding, Missing
from ess_access.backends.braille.options import BrailleOptions
from ess_access.document.nodes import Document
from ess_access.errors import MissingError

__all__ = ["BrailleBackend", "BrailleOptions"]


class BrailleBackend:
    """Transcribe a document into Braille: BRF, PEF and Unicode text."""

    name: ClassVar[str] = "braille"
    version: ClassVar[int] = 5
    options: ClassVar[type[BrailleOptions]] = BrailleOptions
    opens: ClassVar[tuple[str, ...]] = (".brf", ".pef", ".braille.txt")

    def missing(self, options: BrailleOptions) -> Iterable[Missing]:
        """Name liblouis, its stranger's place, or its French table, when they are not here."""
        from ess_access.backends.braille import liblouis

        command = liblouis.install_command()
        try:
            louis = liblouis.liblouis()
        except MissingError as error:
            yield Missing("liblouis", error.key, command, params=error.params)
            return
        table = liblouis.CONTRACTED if options.grade == 2 else liblouis.UNCONTRACTED
        if not louis.has(table):
            yield Missing(table, "louis-table-missing", command, params={"table": table})

    def fingerprint(self, options: BrailleOptions) -> str:
        """Name liblouis's version and the table."""
        from ess_access.backends.braille import liblouis

        table = liblouis.CONTRACTED if options.grade == 2 else liblouis.UNCONTRACTED
        return f"liblouis {liblouis.liblouis().version} {table}"

    def render(
        self, document: Document, options: BrailleOptions, work: Workspace
    ) -> tuple[Artifact, ...]:
        """Write ``<stem>.brf``, ``<stem>.pef`` and ``<stem>.braille.txt``."""
        from ess_access.backends.braille import writer
        from ess_access.backends.braille.edition import make_edition

        edition = make_edition(document, options)
        files = (
            (".brf", "text/x-brf", writer.brf(edition, options.brf_table)),
            (
                ".pef",
                "application/x-pef+xml",
                writer.pef(
                    edition, document.meta, duplex=options.duplex, fallback_title=work.title
                ),
            ),
            (".braille.txt", "text/plain; charset=utf-8", writer.unicode_text(edition)),
        )
        measures = {
            "volumes": len(edition.volumes),
            "pages": sum(len(volume.pages) for volume in edition.volumes),
        }
        artifacts: list[Artifact] = []
        for suffix, media_type, content in files:
            path = work.folder / (work.stem + suffix)
            path.write_bytes(content)
            findings = edition.findings if suffix == ".brf" else ()
            artifacts.append(Artifact(path, media_type, measures, findings))
        return tuple(artifacts)

    def check(
        self, artifacts: Sequence[Artifact], document: Document | None, options: BrailleOptions
    ) -> Iterable[Finding]:
        """Open the files again: rows, pages, alphabet, numbers, and the words read back."""
        from ess_access.backends.braille.checks import check_files

        return check_files([artifact.path for artifact in artifacts], document, options)

    def preview(self, document: Document, options: BrailleOptions) -> str:
        """Give the pages in Unicode Braille; ``interlined`` puts the print under each row."""
        from ess_access.backends.braille.preview import pages

        return pages(document, options)
