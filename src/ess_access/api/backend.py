"""The contract of a backend: a document in, checked editions out."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePath
from types import MappingProxyType
from typing import Any, ClassVar, Protocol, TypeVar

from ess_access.api.findings import Finding, Missing
from ess_access.document.nodes import Document
from ess_access.document.text import readable

__all__ = ["Artifact", "Backend", "Workspace"]

OptionsT_contra = TypeVar("OptionsT_contra", contravariant=True)


@dataclass(frozen=True, slots=True)
class Workspace:
    """Where a backend may write.

    ``folder`` is empty, the backend's own, and published as a whole afterwards; names begin with
    ``stem``. ``cache`` may keep work from one build to the next (``None``: no cache); another
    process may write there at the same time, so put files in place by renaming them. Beyond the
    size that the user allows, what lies in a folder named ``spare`` is the first to be removed:
    what takes more room than time to make again.
    ``planned`` is what the backend's ``fingerprint`` said on the machine that planned the edition
    (``""``: nobody planned it); the one that makes it may lack a program of the other.
    """

    folder: Path
    stem: str
    cache: Path | None = None
    planned: str = ""

    @property
    def title(self) -> str:
        """Name the edition in metadata (tags, properties) when its document has no title.

        Made of the source's file name: nothing that its author wrote, so no page shows it and no
        voice says it.
        """
        return readable(PurePath(self.stem).name)


@dataclass(frozen=True, slots=True)
class Artifact:
    """One file of an edition.

    ``measures`` are numbers worth reporting, by name with the unit in it (``pages``, ``words``,
    ``duration_s``). ``findings`` are what the backend met while rendering (a letter that
    has no Braille cell, a voice that fell back).
    """

    path: Path
    media_type: str
    measures: Mapping[str, int | float] = field(default_factory=lambda: MappingProxyType({}))
    findings: tuple[Finding, ...] = ()

    def __reduce__(self) -> tuple[object, ...]:
        """Cross a process boundary (a mapping proxy does not)."""
        return (Artifact, (self.path, self.media_type, dict(self.measures), self.findings))


class Backend(Protocol[OptionsT_contra]):
    """Make one kind of edition. Made without arguments; keeps nothing between two documents.

    ``options`` is a frozen dataclass whose fields come from :func:`ess_access.api.options.option`.
    ``opens`` are the suffixes of the files that :meth:`check` understands, its own first.
    """

    name: ClassVar[str]
    version: ClassVar[int]
    options: ClassVar[type[Any]]
    opens: ClassVar[tuple[str, ...]]

    def missing(self, options: OptionsT_contra) -> Iterable[Missing]:
        """Name the programs, voices and tables that are absent here, and how to get them."""
        ...

    def fingerprint(self, options: OptionsT_contra) -> str:
        """Name the versions of voice, tables and libraries that shape the edition's bytes."""
        ...

    def render(
        self, document: Document, options: OptionsT_contra, work: Workspace
    ) -> tuple[Artifact, ...]:
        """Write the edition's files into ``work.folder``.

        Raises :class:`~ess_access.errors.MissingError` or :class:`~ess_access.errors.EditionError`.
        """
        ...

    def check(
        self, artifacts: Sequence[Artifact], document: Document | None, options: OptionsT_contra
    ) -> Iterable[Finding]:
        """Open the files again from disk and say what is wrong with them.

        ``document`` is ``None`` when the edition came from elsewhere: what needs the source is then
        left out.
        """
        ...

    def preview(self, document: Document, options: OptionsT_contra) -> str:
        """Give what a person can read before building: words to be spoken, a Braille page."""
        ...
