"""JUnit and GitHub annotations say what the outcome says, and nothing escapes them."""

import re
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given, settings

from ess_access.api.findings import Finding, Severity
from ess_access.document.nodes import Place
from ess_access.locale import catalogue
from ess_access.pipeline.outcome import BuildOutcome, EditionOutcome, SourceOutcome, Status
from ess_access.pipeline.report import as_annotations, as_junit
from report_outcomes import OUTCOMES, audio, whole

FRENCH = catalogue("fr")


def suites(outcome: BuildOutcome) -> ET.Element:
    return ET.fromstring(as_junit(outcome, FRENCH).encode())


def test_there_is_a_suite_for_each_source_and_a_case_for_each_edition() -> None:
    root = suites(whole())
    names = [suite.get("name") for suite in root]
    assert names == ["guide.md", "dossier/abîmé.docx", "notice.txt", "lettre.html"]
    assert [case.get("name") for case in root[0].findall("testcase")] == [
        "Grands caractères",
        "Audio",
        "Braille",
    ]
    assert dict(root.items()) == {
        "name": "ess-access", "tests": "8", "failures": "1", "errors": "3",
    }  # fmt: skip


def test_a_source_that_cannot_be_read_is_an_error() -> None:
    (case,) = suites(whole())[1].findall("testcase")
    (error,) = case
    assert (error.tag, error.get("type")) == ("error", "source-unreadable")


def test_an_edition_that_a_check_refuses_is_a_failure_with_every_error() -> None:
    failure = suites(whole())[0].find("testcase/failure")
    assert failure is not None
    assert failure.get("type") == "ZZ-009"
    assert (failure.text or "").splitlines() == [
        "ligne 9\u00a0: un mot manque.",
        "une ligne manque.",
    ]


def test_other_findings_are_told_beside() -> None:
    warned = audio("a", findings=(Finding("A-1", Severity.WARNING, {"message": "flou."}),))
    root = suites(BuildOutcome((SourceOutcome("a.md", editions=(warned,)),)))
    assert root.get("failures") == "0"
    assert root.findtext("testsuite/testcase/system-out") == "À corriger A-1 – flou."


def test_an_edition_that_failed_without_a_fault_is_an_error() -> None:
    edition = EditionOutcome("audio", Status.FAILED, "new")
    assert suites(BuildOutcome((SourceOutcome("a.md", editions=(edition,)),))).get("errors") == "1"


@settings(max_examples=40, deadline=None)
@given(OUTCOMES)
def test_any_outcome_is_well_formed_xml_that_agrees_with_the_exit_code(
    outcome: BuildOutcome,
) -> None:
    root = suites(outcome)
    bad = int(root.get("errors", "")) + int(root.get("failures", ""))
    assert len(root.findall("testsuite/testcase")) == int(root.get("tests", ""))
    if outcome.exit_code:
        assert bad
    unmade = [e for s in outcome.sources for e in s.editions if e.status is Status.FAILED]
    assert bool(bad) == bool(outcome.exit_code or unmade)


def lines(*findings: Finding, name: str = "a.md", root: str = "sources") -> list[str]:
    outcome = BuildOutcome((SourceOutcome(name, findings=findings),))
    return as_annotations(outcome, FRENCH, root).splitlines()


def test_a_finding_stands_beside_its_line() -> None:
    found = Finding("A-1", Severity.WARNING, {"message": "flou."}, Place(line=12))
    assert lines(found) == ["::warning file=sources/a.md,line=12,title=A-1::ligne 12\u00a0: flou."]


@pytest.mark.parametrize(
    ("severity", "command"),
    [
        (Severity.ERROR, "error"),
        (Severity.WARNING, "warning"),
        (Severity.REVIEW, "notice"),
        (Severity.INFO, "notice"),
    ],
)
def test_each_severity_has_its_command(severity: Severity, command: str) -> None:
    assert lines(Finding("A", severity, {"message": "x"}))[0].startswith(f"::{command} ")


def test_the_gravest_come_first_faults_before_all() -> None:
    commands = [
        line[2:].split(" ")[0] for line in as_annotations(whole(), FRENCH, "s").splitlines()
    ]
    assert commands == ["error"] * 5 + ["warning"] * 11 + ["notice"] * 2


def test_a_message_cannot_start_a_command_nor_a_property_another() -> None:
    hostile = "50%\r\n::error::faux\u2028x"
    (line,) = as_annotations(
        BuildOutcome(
            (
                SourceOutcome(
                    "a,line=1:b%.md",
                    findings=(Finding("C,D:E", Severity.ERROR, {"message": hostile}),),
                ),
            )
        ),
        FRENCH,
        ".",
    ).split("\n")
    assert line == (
        "::error file=a%2Cline=1%3Ab%25.md,title=C%2CD%3AE::50%25%0D%0A::error::faux\u2028x"
    )


def test_the_root_stands_before_the_name() -> None:
    found = Finding("A", Severity.ERROR, {"message": "x"})
    assert "file=docs/guides/b/a.md," in lines(found, name="b/a.md", root="docs/guides")[0]
    assert "file=b/a.md," in lines(found, name="b/a.md", root=".")[0]


def test_a_build_without_findings_says_nothing() -> None:
    assert as_annotations(BuildOutcome((SourceOutcome("a.md"),)), FRENCH, ".") == ""


@settings(max_examples=40, deadline=None)
@given(OUTCOMES)
def test_every_line_is_a_command_whatever_the_names_hold(outcome: BuildOutcome) -> None:
    text = as_annotations(outcome, FRENCH, "sources")
    text.encode()
    for line in text.split("\n") if text else ():
        assert re.fullmatch(
            r"::(error|warning|notice) file=[^,:\r\n]*(,line=\d+)?,title=[^,:\r\n]*::[^\r\n]*", line
        )
