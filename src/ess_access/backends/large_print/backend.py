"""The large-print backend: DOCX first, other formats through LibreOffice."""

import hashlib
from collections.abc import Iterable, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import ClassVar

from ess_access.api.backend import Artifact, Workspace
from ess_access.api.findings import Finding, Missing
from ess_access.backends.large_print.options import LargePrintOptions
from ess_access.document.nodes import Document

__all__ = ["LargePrintBackend"]


class LargePrintBackend:
    """Make large print."""

    name: ClassVar[str] = "large-print"
    version: ClassVar[int] = 5
    options: ClassVar[type[LargePrintOptions]] = LargePrintOptions
    opens: ClassVar[tuple[str, ...]] = (".docx",)

    def missing(self, options: LargePrintOptions) -> Iterable[Missing]:
        """Name LibreOffice when these options need it and it is absent."""
        from ess_access.backends.large_print.office import missing_office

        if set(options.formats) - {"docx"}:
            return missing_office(required=True)
        if options.contents_pages == "always" or options.render_check:
            return missing_office(required=False)
        return ()

    def fingerprint(self, options: LargePrintOptions) -> str:
        """Name the versions of the libraries, of the font and, where it is used, LibreOffice."""
        from ess_access.backends.large_print.fonts import family
        from ess_access.backends.large_print.office import office_version, uses_office

        parts = [
            f"{package} {version(package)}" for package in ("python-docx", "pillow", "fonttools")
        ]
        parts.append(f"font {family(options.font_family, options.font_dir).digest}")
        if options.template:
            parts.append(f"template {_digest(Path(options.template))}")
        if uses_office(options):
            # With LibreOffice the contents have numbers: an edition made before it came has none.
            parts.append(office_version())
        return "; ".join(parts)

    def render(
        self, document: Document, options: LargePrintOptions, work: Workspace
    ) -> tuple[Artifact, ...]:
        """Write ``<stem>.large-print.docx``, and other formats through LibreOffice."""
        from ess_access.backends.large_print.editions import rendered

        return rendered(document, options, work)

    def check(
        self,
        artifacts: Sequence[Artifact],
        document: Document | None,
        options: LargePrintOptions,
    ) -> Iterable[Finding]:
        """Open each DOCX again and hold it against the rules of large print."""
        from ess_access.backends.large_print.checks import check_docx
        from ess_access.backends.large_print.render import render_check

        for artifact in artifacts:
            if artifact.path.suffix.lower() == ".docx":
                yield from check_docx(artifact.path, document)
                if options.render_check:
                    yield from render_check(artifact.path)

    def preview(self, document: Document, options: LargePrintOptions) -> str:
        """Give the words as they will be printed, one paragraph a line."""
        from ess_access.backends.large_print.preview import preview

        return preview(document, options)


def _digest(path: Path) -> str:
    """Name the bytes of a file; a file that is not there is said when the edition is made."""
    return hashlib.sha256(path.read_bytes()).hexdigest()[:16] if path.is_file() else ""
