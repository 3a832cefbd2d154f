"""``report.json``: the whole outcome for programs, its shape published in docs/report.schema.json.

``schema`` is raised when a field changes its meaning or goes; new fields may come without that.
"""

import dataclasses
import math
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from ess_access.api.findings import Finding, Severity
from ess_access.locale import LANGUAGES, catalogue
from ess_access.pipeline.outcome import (
    BuildOutcome,
    EditionOutcome,
    Fault,
    FileRecord,
    SourceOutcome,
    Status,
)
from ess_access.pipeline.report import safe
from ess_access.pipeline.report.words import Speaker

__all__ = ["SCHEMA", "as_json"]

SCHEMA = 1

_Speakers = Mapping[str, Speaker]


def as_json(outcome: BuildOutcome) -> dict[str, Any]:
    """Give an outcome as plain values that :mod:`json` writes.

    Sentences are in French and English. There is no time, no folder of this machine and no
    traceback in it.
    """
    speakers = {language: Speaker(catalogue(language)) for language in LANGUAGES}
    return {
        "schema": SCHEMA,
        "exit_code": outcome.exit_code,
        "strict_exit_code": outcome.strict_exit_code,
        "totals": _totals(outcome),
        "sources": [_source(source, speakers) for source in outcome.sources],
        "orphans": [_path(path) for path in outcome.orphans],
        "outdated": [_path(path) for path in outcome.outdated],
    }


def _totals(outcome: BuildOutcome) -> dict[str, Any]:
    editions = [edition for source in outcome.sources for edition in source.editions]
    statuses = Counter(edition.status for edition in editions)
    found = [finding for source in outcome.sources for finding in source.findings]
    found += [finding for edition in editions for finding in edition.findings]
    severities = Counter(finding.severity for finding in found)
    return {
        "sources": len(outcome.sources),
        "editions": len(editions),
        "statuses": {status.value: statuses[status] for status in Status},
        "findings": {severity.value: severities[severity] for severity in Severity},
    }


def _source(source: SourceOutcome, speakers: _Speakers) -> dict[str, Any]:
    return {
        "name": safe.printable(source.name),
        "title": safe.printable(source.title),
        "lang": safe.printable(source.lang),
        "words": source.words,
        "exit_code": source.exit_code,
        "fault": _fault(source.fault, source.name, speakers),
        "findings": _findings(source.findings, source.name, speakers),
        "editions": [_edition(edition, source.name, speakers) for edition in source.editions],
    }


def _edition(edition: EditionOutcome, source: str, speakers: _Speakers) -> dict[str, Any]:
    return {
        "format": safe.printable(edition.format),
        "status": edition.status.value,
        "reason": safe.printable(edition.reason),
        "exit_code": edition.exit_code,
        "fault": _fault(edition.fault, source, speakers),
        "files": [_file(file) for file in edition.files],
        "findings": _findings(edition.findings, source, speakers),
    }


def _file(file: FileRecord) -> dict[str, Any]:
    return {
        **_path(file.path),
        "media_type": safe.printable(file.media_type),
        "size_bytes": file.size_bytes,
        "digest": file.digest,
        # JSON has no infinity.
        "measures": {
            safe.printable(name): value
            for name, value in file.measures.items()
            if math.isfinite(value)
        },
    }


def _path(path: str) -> dict[str, str]:
    return {"path": safe.printable(path), "href": safe.address(path)}


def _fault(fault: Fault | None, source: str, speakers: _Speakers) -> dict[str, Any] | None:
    if fault is None:
        return None
    return {
        "key": safe.printable(fault.key),
        "exit_code": fault.exit_code,
        "params": safe.private_params(fault.params),
        "sentence": {name: speaker.fault(fault, source) for name, speaker in speakers.items()},
    }


def _findings(
    findings: Iterable[Finding], source: str, speakers: _Speakers
) -> list[dict[str, Any]]:
    return [
        {
            "code": safe.printable(finding.code),
            "severity": finding.severity.value,
            "at": None if finding.at is None else _at(dataclasses.asdict(finding.at)),
            "params": safe.params(finding.params),
            "sentence": {
                name: speaker.finding(finding, source) for name, speaker in speakers.items()
            },
        }
        for finding in findings
    ]


def _at(place: dict[str, Any]) -> dict[str, Any]:
    part = place["part"]
    return {**place, "part": None if part is None else safe.printable(part)}
