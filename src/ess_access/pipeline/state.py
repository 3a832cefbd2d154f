"""What stands in an output folder, and what it was made from.

``.ess-access/state.jsonl`` holds one record a line, appended as each edition is published, so a
build that is killed loses nothing that was finished; the last record of an edition counts. A
line that was cut short is passed over: its edition is made again.
"""

import dataclasses
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any

from ess_access.api.findings import Finding, Severity
from ess_access.document.nodes import Place
from ess_access.pipeline.outcome import FileRecord

if TYPE_CHECKING:
    from ess_access.pipeline.ledger import Ledger

__all__ = [
    "HIDDEN",
    "EditionRecord",
    "SourceRecord",
    "Stamp",
    "State",
    "findings_from",
    "plain_finding",
    "plain_record",
    "record_from",
]

HIDDEN = ".ess-access"
_FORMAT = 1


@dataclass(frozen=True, slots=True)
class Stamp:
    """A file's size and times: while all are the same, its digest is taken as known.

    Only a shortcut for hashing: no decision rests on a time. ``ctime_ns`` is the system's own time
    of the last change, which nobody can set back. At an address, ``tag`` is what the store names
    the content by, and there are no times; ``""`` is no shortcut.
    """

    size_bytes: int
    mtime_ns: int
    tag: str = ""
    ctime_ns: int = 0

    @classmethod
    def of(cls, path: Path) -> "Stamp":
        """Read the stamp of a file. Raises OSError when it is not there."""
        status = path.stat()
        return cls(status.st_size, status.st_mtime_ns, ctime_ns=status.st_ctime_ns)


@dataclass(frozen=True, slots=True)
class SourceRecord:
    """What was understood of a source when its edition was made.

    ``tags`` names the contents at an address, the source's own included, as the store does.
    """

    digest: str
    resources: Mapping[str, str] = field(default_factory=dict)  # path below the root → digest
    title: str = ""
    lang: str = ""
    words: int = 0
    findings: tuple[Finding, ...] = ()
    tags: Mapping[str, str] = field(default_factory=dict)  # name below the root → tag


@dataclass(frozen=True, slots=True)
class EditionRecord:
    """An edition that was published, and everything it was made from.

    ``origin`` is the path of the source from the output folder, or its whole address: the source is
    gone when nothing is there any more.
    """

    source: str
    origin: str
    format: str
    key: str
    settings: str  # digest of options, metadata overrides and limits
    version: str
    fingerprint: str
    made_from: SourceRecord
    files: tuple[FileRecord, ...]
    stamps: tuple[Stamp, ...]
    findings: tuple[Finding, ...] = ()


class State:
    """The records of one output folder. Used by one process at a time (see ``publish.lock``)."""

    def __init__(self, output: "Path | Ledger") -> None:
        """Read the records; a folder without any is an empty state."""
        if isinstance(output, Path):
            from ess_access.pipeline.ledger import FolderLedger

            self._ledger: Ledger = FolderLedger(output / HIDDEN)
        else:
            self._ledger = output
        self._records: dict[tuple[str, str], EditionRecord] = {}
        self._lines = 0
        text = self._ledger.load()
        for line in text.split("\n"):
            if line:
                self._lines += 1
                self._take(line)

    def _take(self, line: str) -> None:
        try:
            value = json.loads(line)
            if value["format_version"] != _FORMAT:
                return
            if value.get("forget"):
                self._records.pop((value["source"], value["format"]), None)
                return
            record = record_from(value["record"])
        except (ValueError, KeyError, TypeError, AttributeError):
            return  # cut short or written by another version: the edition is made again
        self._records[record.source, record.format] = record

    @property
    def records(self) -> Mapping[tuple[str, str], EditionRecord]:
        """The records by source and format."""
        return self._records

    def add(self, record: EditionRecord) -> None:
        """Remember an edition that now stands in the output folder."""
        self._records[record.source, record.format] = record
        self._append({"format_version": _FORMAT, "record": plain_record(record)})

    def forget(self, source: str, form: str) -> None:
        """Forget an edition that was removed."""
        self._records.pop((source, form), None)
        self._append({"format_version": _FORMAT, "forget": True, "source": source, "format": form})

    def _append(self, value: Any) -> None:
        self._ledger.append(_line(value))
        self._lines += 1

    def compact(self) -> None:
        """Rewrite the file when most of its lines are out of date."""
        if not self._ledger.is_long(self._lines, len(self._records)):
            return
        text = "".join(
            _line({"format_version": _FORMAT, "record": plain_record(record)})
            for record in self._records.values()
        )
        if self._ledger.replace(text):
            self._lines = len(self._records)


def _line(value: Any) -> str:
    """Write a record on one line. In ASCII: names may hold U+2028, or bytes that are no UTF-8."""
    return json.dumps(value, separators=(",", ":")) + "\n"


def plain_record(record: EditionRecord) -> dict[str, Any]:
    """Turn a record into what :mod:`json` writes; :func:`record_from` reads it back."""
    made_from = record.made_from
    return {
        **{name: getattr(record, name) for name in _SCALARS},
        "made_from": {
            "digest": made_from.digest,
            "resources": dict(made_from.resources),
            "title": made_from.title,
            "lang": made_from.lang,
            "words": made_from.words,
            "tags": dict(made_from.tags),
            "findings": [plain_finding(finding) for finding in made_from.findings],
        },
        "files": [
            {**dataclasses.asdict(replace(file, measures={})), "measures": dict(file.measures)}
            for file in record.files
        ],
        "stamps": [dataclasses.asdict(stamp) for stamp in record.stamps],
        "findings": [plain_finding(finding) for finding in record.findings],
    }


_SCALARS = ("source", "origin", "format", "key", "settings", "version", "fingerprint")


def plain_finding(finding: Finding) -> dict[str, Any]:
    """Turn a finding into what :mod:`json` writes; :func:`findings_from` reads it back."""
    return {
        "code": finding.code,
        "severity": finding.severity.value,
        "params": dict(finding.params),
        "at": None if finding.at is None else dataclasses.asdict(finding.at),
    }


def record_from(value: dict[str, Any]) -> EditionRecord:
    """Read a record. Raises ValueError, KeyError or TypeError for what is none."""
    made_from = dict(value.pop("made_from"))
    made_from["findings"] = findings_from(made_from["findings"])
    paths = [PurePosixPath(file["path"]) for file in value["files"]]
    if any(path.is_absolute() or ".." in path.parts for path in paths):
        raise ValueError(paths)  # nothing outside the output folder is ours to compare or remove
    if len(value["stamps"]) != len(paths):
        raise ValueError(value["stamps"])
    return EditionRecord(
        **{
            **value,
            "made_from": SourceRecord(**made_from),
            "files": tuple(FileRecord(**file) for file in value["files"]),
            "stamps": tuple(Stamp(**stamp) for stamp in value["stamps"]),
            "findings": findings_from(value["findings"]),
        }
    )


def findings_from(values: Iterable[dict[str, Any]]) -> tuple[Finding, ...]:
    """Read the findings that :func:`plain_finding` turned into JSON."""
    return tuple(
        Finding(
            value["code"],
            Severity(value["severity"]),
            value["params"],
            None if value["at"] is None else Place(**value["at"]),
        )
        for value in values
    )
