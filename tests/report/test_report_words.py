"""Measures, faults and findings are said in the words and signs of the language."""

import pytest

from ess_access.api.findings import Finding, Severity
from ess_access.document.nodes import Place
from ess_access.locale import LANGUAGES, catalogue
from ess_access.pipeline.outcome import Fault, SourceOutcome, Status
from ess_access.pipeline.planner import Reason
from ess_access.pipeline.report.points import points
from ess_access.pipeline.report.safe import is_language
from ess_access.pipeline.report.words import Speaker
from report_outcomes import audio, braille

FRENCH = Speaker(catalogue("fr"))
ENGLISH = Speaker(catalogue("en"))
NBSP, NNBSP = "\u00a0", "\u202f"


@pytest.mark.parametrize(
    ("name", "value", "french", "english"),
    [
        ("pages", 1, f"1{NBSP}page", "1 page"),
        ("pages", 12, f"12{NBSP}pages", "12 pages"),
        ("pages", 0, f"0{NBSP}page", "0 pages"),
        ("words", 12345, f"12{NNBSP}345{NBSP}mots", "12,345 words"),
        ("words", 3.0, f"3{NBSP}mots", "3 words"),
        ("duration_s", 0, f"0{NBSP}seconde", "0 seconds"),
        ("duration_s", 59.4, f"59{NBSP}secondes", "59 seconds"),
        ("duration_s", 59.6, f"1{NBSP}minute", "1 minute"),
        ("duration_s", 754.6, f"12{NBSP}minutes 35{NBSP}secondes", "12 minutes 35 seconds"),
        ("duration_s", 3725, f"1{NBSP}heure 2{NBSP}minutes", "1 hour 2 minutes"),
        ("loudness_lufs", -16.25, f"loudness_lufs{NBSP}: -16,2", "loudness_lufs: -16.2"),
        ("leaves", 4, f"leaves{NBSP}: 4", "leaves: 4"),
        ("{odd}", 1234, f"{{odd}}{NBSP}: 1{NNBSP}234", "{odd}: 1,234"),
    ],
)
def test_a_measure_is_said(name: str, value: float, french: str, english: str) -> None:
    assert FRENCH.measures({name: value}) == french
    assert ENGLISH.measures({name: value}) == english


def test_a_measure_that_is_no_number_is_not_said() -> None:
    assert ENGLISH.measures({"pages": float("nan"), "words": 2}) == "2 words"


@pytest.mark.parametrize(
    ("size", "said"),
    [
        (1, f"1{NBSP}octet"),
        (999, f"999{NBSP}octets"),
        (34_567, f"35{NBSP}ko"),
        (4_560_000, f"4,6{NBSP}Mo"),
        (2_000_000_000, f"2{NNBSP}000{NBSP}Mo"),
    ],
)
def test_the_size_of_a_file_is_said(size: int, said: str) -> None:
    assert FRENCH.size(size) == said


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_status_reason_severity_and_format_has_words(language: str) -> None:
    speaker = Speaker(catalogue(language))
    said = [*map(speaker.status, Status), *map(speaker.reason, map(str, Reason))]
    said += [*map(speaker.severity, Severity), *map(speaker.format, ["large-print", "audio"])]
    assert not [words for words in said if "." in words or words in map(str, Reason)] or (
        language == "en"
    )
    assert all(said)


def test_what_a_plug_in_names_keeps_its_name() -> None:
    assert FRENCH.format("texte") == "texte"
    assert FRENCH.reason("pleine lune") == "pleine lune"


def test_a_fault_names_its_source_once() -> None:
    unread = Fault("source-unreadable", {"file": "a.md", "reason": "refusé"}, 4)
    assert FRENCH.fault(unread, "a.md").count("a.md") == 1
    died = Fault("worker-died", {}, 6)
    assert FRENCH.fault(died, "a.md").startswith(f"a.md{NBSP}: le programme")


def test_a_fault_alone_has_its_capital_but_a_name_keeps_its_letters() -> None:
    assert FRENCH.fault(Fault("worker-died", {}, 6)).startswith("Le programme")
    unread = Fault("source-unreadable", {"file": "a.md", "reason": "refusé"}, 4)
    assert FRENCH.fault(unread).startswith("a.md")


def test_a_fault_whose_params_are_not_those_of_the_sentence_is_still_told() -> None:
    said = FRENCH.fault(Fault("output-full", {"disc": "D"}, 6), "a.md")
    assert said == f"a.md{NBSP}: output-full (disc=D)"
    assert FRENCH.fault(Fault("output-full", {}, 6)) == "output-full"


def test_a_finding_alone_has_its_capital_but_a_name_keeps_its_letters() -> None:
    renamed = Finding("SRC-100", Severity.REVIEW, {"suffix": ".doc", "true": "docx"})
    assert FRENCH.alone(renamed).startswith("Le fichier se termine")
    named = Finding("ZZ-001", Severity.REVIEW, {"message": "plan.png est flou."})
    assert FRENCH.alone(named) == "plan.png est flou."


def _blurred(line: int) -> Finding:
    return Finding("ZZ-2", Severity.WARNING, {"message": "flou."}, Place(line=line))


def test_a_sentence_is_said_once_with_its_places() -> None:
    source = SourceOutcome("a.md", findings=(_blurred(3), _blurred(8)))
    (point,) = points(source, FRENCH)
    assert [said.places for said in point.said] == [("ligne 3", "ligne 8")]
    assert point.places == 2


def test_the_same_finding_in_two_editions_is_one_place_that_names_both() -> None:
    same = (_blurred(3),)
    editions = (audio("a", findings=same), braille("a", findings=same))
    (point,) = points(SourceOutcome("a.md", editions=editions), FRENCH)
    assert point.said[0].places == ("ligne 3 (Audio, Braille)",)


def test_points_come_by_gravity_then_code() -> None:
    found = (
        Finding("B-1", Severity.INFO),
        Finding("B-2", Severity.ERROR),
        Finding("A-9", Severity.ERROR),
        Finding("B-1", Severity.WARNING),
    )
    codes = [(p.severity.value, p.code) for p in points(SourceOutcome("a", findings=found), FRENCH)]
    assert codes == [("error", "A-9"), ("error", "B-2"), ("warning", "B-1"), ("info", "B-1")]


@pytest.mark.parametrize(
    ("tag", "known"),
    [("fr", True), ("fr-CA", True), ("EN", True), ("zz", False), ("a ", False), ("", False),
     ("fr_FR", False), ("fr\"", False)],
)  # fmt: skip
def test_only_a_real_language_becomes_a_lang(tag: str, known: bool) -> None:
    assert is_language(tag) is known
