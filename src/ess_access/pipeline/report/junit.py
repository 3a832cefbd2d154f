"""JUnit XML, as continuous integration reads it: a suite for each source, a case for each edition.

The elements are those that Jenkins, GitLab and GitHub actions agree on. There are no times: the
same build gives the same bytes.
"""

from xml.etree import ElementTree as ET

from ess_access.api.findings import Finding, Severity
from ess_access.locale import Catalogue
from ess_access.pipeline.outcome import BuildOutcome, EditionOutcome, Fault, SourceOutcome
from ess_access.pipeline.report import safe
from ess_access.pipeline.report.words import Speaker, failed, gravest_first

__all__ = ["as_junit"]


def as_junit(outcome: BuildOutcome, catalogue: Catalogue) -> str:
    """Give the XML of a build.

    A source that could not be read and an edition that could not be made are errors; an edition
    that a check found wanting is a failure; other findings are told beside.
    """
    speaker = Speaker(catalogue)
    root = ET.Element("testsuites", name="ess-access")
    for source in outcome.sources:
        root.append(_suite(source, speaker))
    for name in ("tests", "failures", "errors"):
        root.set(name, str(sum(int(suite.get(name, "0")) for suite in root)))
    ET.indent(root)
    declaration = '<?xml version="1.0" encoding="UTF-8"?>\n'
    return declaration + ET.tostring(root, encoding="unicode") + "\n"


def _suite(source: SourceOutcome, speaker: Speaker) -> ET.Element:
    name = safe.printable(source.name)
    suite = ET.Element("testsuite", name=name)
    if source.fault is not None:
        case = ET.SubElement(suite, "testcase", classname=name, name=speaker.text("report.reading"))
        _error(case, source.fault, speaker, source.name)
    for edition in source.editions:
        suite.append(_case(edition, source, speaker))
    suite.set("tests", str(len(suite)))
    suite.set("failures", str(len(suite.findall("testcase/failure"))))
    suite.set("errors", str(len(suite.findall("testcase/error"))))
    _told(suite, source.findings, speaker)
    return suite


def _case(edition: EditionOutcome, source: SourceOutcome, speaker: Speaker) -> ET.Element:
    attributes = {
        "classname": safe.printable(source.name),
        "name": speaker.format(edition.format),
    }
    case = ET.Element("testcase", attributes)
    errors = [found for found in edition.findings if found.severity is Severity.ERROR]
    if edition.fault is not None:
        _error(case, edition.fault, speaker, source.name)
    elif failed(edition):
        ET.SubElement(case, "error", message=speaker.status(edition.status))
    elif errors:
        told = [speaker.finding(found) for found in errors]
        failure = ET.SubElement(
            case, "failure", message=told[0], type=safe.printable(errors[0].code)
        )
        failure.text = "\n".join(told)
    others = tuple(found for found in edition.findings if found.severity is not Severity.ERROR)
    _told(case, others, speaker)
    return case


def _error(case: ET.Element, fault: Fault, speaker: Speaker, source: str) -> None:
    ET.SubElement(
        case, "error", message=speaker.fault(fault, source), type=safe.printable(fault.key)
    )


def _told(parent: ET.Element, findings: tuple[Finding, ...], speaker: Speaker) -> None:
    if findings:
        lines = [
            f"{speaker.severity(found.severity)} {found.code} – {speaker.finding(found)}"
            for found in gravest_first(findings)
        ]
        ET.SubElement(parent, "system-out").text = safe.printable("\n".join(lines))
