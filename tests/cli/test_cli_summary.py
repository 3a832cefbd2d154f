"""The last lines of a build say what is ready, whatever became of it, and count to no nought."""

import pytest

from ess_access.api.findings import Finding, Severity
from ess_access.cli.progress import follow
from ess_access.pipeline.events import BuildEnded, BuildPlanned
from ess_access.pipeline.outcome import (
    BuildOutcome,
    EditionOutcome,
    Fault,
    SourceOutcome,
    Status,
)

BAD = Fault("worker-died", {}, 6)


def _outcome(made: int, standing: int, failed: int, unread: int) -> BuildOutcome:
    sources = [
        SourceOutcome(f"{status.value}{n}.md", editions=(EditionOutcome("audio", status, "new"),))
        for status, count in ((Status.BUILT, made), (Status.UP_TO_DATE, standing))
        for n in range(count)
    ]
    broken = EditionOutcome("audio", Status.FAILED, "new", fault=BAD)
    sources += [SourceOutcome(f"failed{n}.md", editions=(broken,)) for n in range(failed)]
    sources += [SourceOutcome(f"unread{n}.md", fault=BAD) for n in range(unread)]
    return BuildOutcome(tuple(sources))


def _said(
    capsys: pytest.CaptureFixture[str], outcome: BuildOutcome, *, reported: bool = True
) -> list[str]:
    tried = sum(
        source.fault is not None or source.editions[0].status is not Status.UP_TO_DATE
        for source in outcome.sources
    )
    with follow(plain=True, as_json=False) as listen:
        listen(BuildPlanned(tried, len(outcome.sources) - tried))
        listen(BuildEnded(outcome, "output", reported))
    return capsys.readouterr().out.splitlines()


@pytest.mark.parametrize(
    ("counts", "french", "english"),
    [
        ((0, 0, 0, 0), ["Rien à fabriquer : aucun document n’a été trouvé."],
         ["Nothing to make: no document was found."]),
        ((1, 0, 0, 0), ["1 édition à fabriquer.", "1 édition est prête."],
         ["1 edition to make.", "1 edition is ready."]),
        ((3, 0, 0, 0), ["3 éditions à fabriquer.", "3 éditions sont prêtes."],
         ["3 editions to make.", "3 editions are ready."]),
        ((0, 1, 0, 0), ["1 édition est déjà à jour."], ["1 edition is up to date."]),
        ((0, 2, 0, 0), ["2 éditions sont déjà à jour."], ["2 editions are up to date."]),
        ((1, 2, 0, 0),
         ["1 édition à fabriquer.", "2 éditions sont déjà à jour.", "3 éditions sont prêtes."],
         ["1 edition to make.", "2 editions are up to date.", "3 editions are ready."]),
        ((0, 0, 1, 0),
         ["1 édition à fabriquer.", "Aucune édition n’a été fabriquée.",
          "1 document demande votre attention (voir ci-dessus)."],
         ["1 edition to make.", "No edition was made.",
          "1 document needs your attention (see above)."]),
        ((0, 0, 0, 2),
         ["2 éditions à fabriquer.", "Aucune édition n’a été fabriquée.",
          "2 documents demandent votre attention (voir ci-dessus)."],
         ["2 editions to make.", "No edition was made.",
          "2 documents need your attention (see above)."]),
        ((0, 1, 0, 1),
         ["1 édition à fabriquer.", "1 édition est déjà à jour.",
          "Aucune édition n’a été fabriquée.", "1 édition est déjà à jour.",
          "1 document demande votre attention (voir ci-dessus)."],
         ["1 edition to make.", "1 edition is up to date.", "No edition was made.",
          "1 edition is up to date.", "1 document needs your attention (see above)."]),
        ((2, 1, 1, 1),
         ["4 éditions à fabriquer.", "1 édition est déjà à jour.", "3 éditions sont prêtes.",
          "2 documents demandent votre attention (voir ci-dessus)."],
         ["4 editions to make.", "1 edition is up to date.", "3 editions are ready.",
          "2 documents need your attention (see above)."]),
    ],
)  # fmt: skip
def test_what_is_ready_is_said_as_one_says_it(
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    counts: tuple[int, int, int, int],
    french: list[str],
    english: list[str],
) -> None:
    outcome = _outcome(*counts)
    for language, wanted in (("fr", french), ("en", english)):
        monkeypatch.setenv("LANGUAGE", language)
        said = [line.replace("\N{NO-BREAK SPACE}", " ") for line in _said(capsys, outcome)]
        assert said == wanted


def test_a_report_that_was_not_written_is_not_named(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LANGUAGE", "fr")
    doubt = Finding("ZZ-001", Severity.WARNING, {"message": "flou"})
    broken = EditionOutcome("audio", Status.FAILED, "new", fault=BAD)
    outcome = BuildOutcome((SourceOutcome("a.md", findings=(doubt,), editions=(broken,)),))
    assert "report.html" in "".join(_said(capsys, outcome))
    assert "report.html" not in "".join(_said(capsys, outcome, reported=False))
