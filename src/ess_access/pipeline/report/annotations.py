"""GitHub workflow commands: findings shown beside the lines of the sources.

The form is that of GitHub's « Workflow commands for GitHub Actions »: ``::error file=…::message``.
"""

from collections.abc import Iterator, Mapping
from pathlib import PurePath
from types import MappingProxyType

from ess_access.api.findings import Finding, Severity
from ess_access.locale import Catalogue
from ess_access.pipeline.outcome import BuildOutcome, Fault, SourceOutcome
from ess_access.pipeline.report import safe
from ess_access.pipeline.report.words import Speaker

__all__ = ["as_annotations"]

_COMMANDS = {
    Severity.ERROR: "error",
    Severity.WARNING: "warning",
    Severity.REVIEW: "notice",
    Severity.INFO: "notice",
}
_ORDER = tuple(Severity)


def as_annotations(
    outcome: BuildOutcome,
    catalogue: Catalogue,
    root: str,
    paths: Mapping[str, str] = MappingProxyType({}),
) -> str:
    """Give one command a line, the gravest first: GitHub shows ten of a kind and no more.

    ``root`` is the folder, from that of the repository, at which the names of sources begin;
    ``paths`` are those of sources that begin elsewhere, by their names.
    """
    speaker = Speaker(catalogue)
    told = [
        item
        for source in outcome.sources
        for item in _of_source(
            source, speaker, paths.get(source.name) or (PurePath(root) / source.name).as_posix()
        )
    ]
    ordered = sorted(told, key=lambda item: item[0])
    return "\n".join(dict.fromkeys(line for _, line in ordered))


def _of_source(source: SourceOutcome, speaker: Speaker, path: str) -> Iterator[tuple[int, str]]:
    if source.fault is not None:
        yield -1, _of_fault(source.fault, speaker, source.name, path)
    for finding in source.findings:
        yield _of_finding(finding, speaker, path)
    for edition in source.editions:
        if edition.fault is not None:
            name = f"{source.name} ({speaker.format(edition.format)})"
            yield -1, _of_fault(edition.fault, speaker, name, path)
        for finding in edition.findings:
            yield _of_finding(finding, speaker, path)


def _of_fault(fault: Fault, speaker: Speaker, source: str, path: str) -> str:
    return _command("error", {"file": path, "title": fault.key}, speaker.fault(fault, source))


def _of_finding(finding: Finding, speaker: Speaker, path: str) -> tuple[int, str]:
    properties = {"file": path}
    at = finding.at
    if at is not None and at.line is not None:
        properties["line"] = str(at.line)
    properties["title"] = finding.code
    # The line is a property; a page or a part is said with the sentence.
    message = speaker.finding(finding)
    return _ORDER.index(finding.severity), _command(
        _COMMANDS[finding.severity], properties, message
    )


def _command(command: str, properties: dict[str, str], message: str) -> str:
    told = ",".join(f"{name}={_property(value)}" for name, value in properties.items())
    return f"::{command} {told}::{_escaped(message)}"


def _escaped(text: str) -> str:
    clean = safe.printable(text)
    return clean.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _escaped(text).replace(":", "%3A").replace(",", "%2C")
