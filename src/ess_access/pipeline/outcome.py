"""What a build did: plain data that reports, exit codes and the state are made from."""

import traceback
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from ess_access.api.findings import Finding, Severity
from ess_access.errors import EssAccessError

__all__ = [
    "BuildOutcome",
    "EditionOutcome",
    "Fault",
    "FileRecord",
    "SourceOutcome",
    "Status",
    "gravest",
]

# What a person should hear first: our own defect, then what stopped everything, what made no
# edition, and last what made one that a check found wanting.
_GRAVITY = (1, 2, 3, 6, 5, 4, 7, 0)


class Status(StrEnum):
    """What became of an edition."""

    BUILT = "built"
    RESTORED = "restored"  # taken from the cache, byte for byte
    UP_TO_DATE = "up to date"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Fault:
    """An error that ended a source or an edition, as data.

    ``trace`` is the traceback of a defect of ours, ``""`` for every other fault.
    """

    key: str
    params: Mapping[str, str | int]
    exit_code: int
    trace: str = ""

    @classmethod
    def of(cls, error: EssAccessError) -> "Fault":
        """Keep what an exception says."""
        return cls(error.key, dict(error.params), error.exit_code)

    @classmethod
    def of_defect(cls, error: BaseException) -> "Fault":
        """Keep a defect of ours with its traceback, so that it ends one edition and no other."""
        reason = "".join(traceback.format_exception_only(error)).strip()
        trace = "".join(traceback.format_exception(error))
        return cls("defect", {"reason": reason}, 1, trace)


@dataclass(frozen=True, slots=True)
class FileRecord:
    """A published file. ``path`` is below the output folder, with ``/``."""

    path: str
    media_type: str
    size_bytes: int
    digest: str
    measures: Mapping[str, int | float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class EditionOutcome:
    """One edition of one source."""

    format: str
    status: Status
    reason: str
    files: tuple[FileRecord, ...] = ()
    findings: tuple[Finding, ...] = ()
    fault: Fault | None = None

    @property
    def exit_code(self) -> int:
        """Give the exit code that this edition alone asks for."""
        if self.fault is not None:
            return self.fault.exit_code
        return 7 if any(found.severity is Severity.ERROR for found in self.findings) else 0


@dataclass(frozen=True, slots=True)
class SourceOutcome:
    """One source: what was understood of it, what is doubtful, and its editions."""

    name: str
    title: str = ""
    lang: str = ""
    words: int = 0
    findings: tuple[Finding, ...] = ()
    fault: Fault | None = None
    editions: tuple[EditionOutcome, ...] = ()

    @property
    def exit_code(self) -> int:
        """Give the gravest exit code of the source and its editions.

        A finding on the source, even an error, is the author's to mend: the editions say the same
        as the source does, so it does not fail the build by itself.
        """
        own = 0 if self.fault is None else self.fault.exit_code
        return gravest([own, *(edition.exit_code for edition in self.editions)])


@dataclass(frozen=True, slots=True)
class BuildOutcome:
    """A whole build.

    ``orphans`` are files whose source is gone; ``outdated`` ones are older than their source, and
    their format was not asked for.
    """

    sources: tuple[SourceOutcome, ...]
    orphans: tuple[str, ...] = ()
    outdated: tuple[str, ...] = ()

    @property
    def exit_code(self) -> int:
        """Give the gravest exit code of all."""
        return gravest(source.exit_code for source in self.sources)

    @property
    def strict_exit_code(self) -> int:
        """Give the exit code of a build that takes warnings for errors."""
        grave = (Severity.ERROR, Severity.WARNING)
        findings = [
            finding
            for source in self.sources
            for finding in (
                *source.findings,
                *(found for edition in source.editions for found in edition.findings),
            )
        ]
        warned = any(finding.severity in grave for finding in findings)
        return gravest([self.exit_code, 7 if warned else 0])


def gravest(codes: Iterable[int]) -> int:
    """Give the exit code that matters most."""
    return min(codes, key=_GRAVITY.index, default=0)
