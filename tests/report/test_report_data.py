"""report.json tells the whole outcome, in a published shape, and nothing private."""

import json
from pathlib import PurePosixPath

import jsonschema
import pytest
from hypothesis import given, settings

from ess_access.api.findings import Finding, Severity
from ess_access.pipeline.outcome import (
    BuildOutcome,
    EditionOutcome,
    Fault,
    FileRecord,
    SourceOutcome,
    Status,
)
from ess_access.pipeline.report import as_json
from report_outcomes import OUTCOMES, audio, whole
from support import ROOT

SCHEMA = json.loads((ROOT / "docs/report.schema.json").read_text(encoding="utf-8"))
VALIDATOR = jsonschema.Draft202012Validator(SCHEMA)


def test_the_published_schema_is_a_schema() -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)


@pytest.mark.parametrize("outcome", [whole(), BuildOutcome(())], ids=["whole", "empty"])
def test_a_report_has_the_published_shape(outcome: BuildOutcome) -> None:
    VALIDATOR.validate(as_json(outcome))


@pytest.mark.parametrize("absent", ["schema", "totals", "sources", "orphans", "exit_code"])
def test_the_schema_refuses_a_report_that_lacks_a_part(absent: str) -> None:
    report = as_json(whole())
    del report[absent]
    assert not VALIDATOR.is_valid(report)


def test_every_source_edition_file_and_finding_is_told() -> None:
    outcome = whole()
    report = as_json(outcome)
    assert [each["name"] for each in report["sources"]] == [each.name for each in outcome.sources]
    guide = report["sources"][0]
    assert len(guide["findings"]) == 13
    assert [each["format"] for each in guide["editions"]] == ["large-print", "audio", "braille"]
    assert [len(each["files"]) for each in guide["editions"]] == [1, 1, 3]
    assert guide["editions"][1]["files"][0]["measures"] == {"duration_s": 754.6, "chapters": 9}
    assert guide["editions"][2]["exit_code"] == 7
    assert report["exit_code"] == outcome.exit_code == 1
    assert report["totals"]["statuses"] == {
        "built": 2, "restored": 2, "up to date": 1, "failed": 2,
    }  # fmt: skip
    assert report["totals"]["findings"] == {"error": 2, "warning": 11, "review": 1, "info": 1}
    assert report["orphans"][1] == {
        "path": "ancien/à 100 %.brf",
        "href": "./ancien/%C3%A0%20100%20%25.brf",
    }


def test_sentences_are_in_both_languages() -> None:
    fault = as_json(whole())["sources"][1]["fault"]
    assert fault["sentence"]["fr"].startswith("dossier/abîmé.docx\u00a0: ce fichier ne peut pas")
    assert fault["sentence"]["en"].startswith("dossier/abîmé.docx: ")
    assert fault["params"] == {"file": "dossier/abîmé.docx", "reason": "refusé"}


def test_the_same_outcome_gives_the_same_bytes() -> None:
    assert json.dumps(as_json(whole())) == json.dumps(as_json(whole()))


@pytest.mark.parametrize(
    "private",
    [
        "/home/léa/guides/sortie",
        "/home/lea/mes guides/sortie",
        "C:\\Users\\lea\\sortie",
        "[Errno 28] No space left on device: '/home/lea/x/sortie.docx'",
    ],
)
def test_no_folder_of_the_machine_is_told(private: str) -> None:
    fault = Fault("output-full", {"folder": private}, 6)
    edition = EditionOutcome("braille", Status.FAILED, "new", fault=fault)
    text = json.dumps(
        as_json(BuildOutcome((SourceOutcome("a.md", editions=(edition,)),))), ensure_ascii=False
    )
    assert "lea" not in text
    assert "léa" not in text
    assert "sortie" in text


def test_a_traceback_stays_out() -> None:
    assert "Traceback" not in json.dumps(as_json(whole()))
    assert "/root/x" not in json.dumps(as_json(whole()))


def test_the_password_of_an_address_stays_out() -> None:
    secret = "https://lea:s3cret@example.org/plan.png"
    finding = Finding("ZZ-1", Severity.INFO, {"message": f"{secret} n’est pas lu."})
    fault = Fault("source-unreadable", {"file": "a.md", "reason": secret}, 4)
    text = json.dumps(as_json(BuildOutcome((SourceOutcome("a.md", "", "", 0, (finding,), fault),))))
    assert "s3cret" not in text
    assert "https://example.org/plan.png" in text


def test_the_words_of_an_author_keep_their_slashes() -> None:
    finding = Finding("ZZ-1", Severity.INFO, {"message": "/images/a/plan.png manque, et/ou b."})
    report = as_json(BuildOutcome((SourceOutcome("a.md", findings=(finding,)),)))
    assert report["sources"][0]["findings"][0]["params"] == finding.params


def test_a_measure_that_json_cannot_write_is_left_out() -> None:
    files = (FileRecord("a.mp3", "audio/mpeg", 1, "0" * 64, {"pages": float("inf"), "words": 2}),)
    report = as_json(BuildOutcome((SourceOutcome("a", editions=(audio("a", files=files),)),)))
    assert report["sources"][0]["editions"][0]["files"][0]["measures"] == {"words": 2}


@settings(max_examples=60, deadline=None)
@given(OUTCOMES)
def test_any_outcome_can_be_written_in_the_published_shape(outcome: BuildOutcome) -> None:
    report = as_json(outcome)
    VALIDATOR.validate(report)
    text = json.dumps(report, ensure_ascii=False, allow_nan=False)
    assert json.loads(text.encode().decode()) == report


def test_a_name_that_is_no_utf_8_keeps_its_bytes_in_the_address() -> None:
    orphan = PurePosixPath("d\udce9j\udce0.brf")  # Latin-1 bytes on a UTF-8 system
    report = as_json(BuildOutcome((), (str(orphan),)))
    assert report["orphans"] == [{"path": "d\ufffdj\ufffd.brf", "href": "./d%E9j%E0.brf"}]
