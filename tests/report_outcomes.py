"""Outcomes that the tests of the reports tell."""

from dataclasses import replace
from typing import Any

from hypothesis import strategies as st

from ess_access.api.findings import Finding, Severity
from ess_access.document.nodes import Place
from ess_access.pipeline.outcome import (
    BuildOutcome,
    EditionOutcome,
    Fault,
    FileRecord,
    SourceOutcome,
    Status,
)

# A line of forty cells is wider than a narrow screen.
BRAILLE = "⠠⠨⠇⠑ ⠛⠥⠊⠙⠑\n" + "⠿" * 40 + "\n⠃⠗⠁⠊⠇⠇⠑\n\f⠎⠥⠊⠞⠑\n"


def file(path: str, media_type: str, size: int = 34_567, **measures: float) -> FileRecord:
    return FileRecord(path, media_type, size, "0" * 64, measures)


def large_print(source: str, **changes: Any) -> EditionOutcome:
    path = f"{source}/{source}.large-print.docx"
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    made = EditionOutcome(
        "large-print", Status.BUILT, "new", (file(path, kind, words=1234, pages=12),)
    )
    return replace(made, **changes)


def audio(source: str, **changes: Any) -> EditionOutcome:
    path = f"{source}/{source}.mp3"
    files = (file(path, "audio/mpeg", 4_560_000, duration_s=754.6, chapters=9),)
    made = EditionOutcome("audio", Status.RESTORED, "source changed", files)
    return replace(made, **changes)


def braille(source: str, **changes: Any) -> EditionOutcome:
    files = tuple(
        file(f"{source}/{source}.{suffix}", kind, volumes=1, pages=21)
        for suffix, kind in (
            ("brf", "text/x-brf"),
            ("pef", "application/x-pef+xml"),
            ("braille.txt", "text/plain; charset=utf-8"),
        )
    )
    made = EditionOutcome("braille", Status.UP_TO_DATE, "up to date", files)
    return replace(made, **changes)


def whole() -> BuildOutcome:
    """Give an outcome in which everything happens."""
    guide = SourceOutcome(
        "guide.md",
        "Le guide des usagers",
        "fr",
        1234,
        (
            *(
                Finding(
                    "ZZ-001", Severity.WARNING, {"message": "l’image est floue."}, Place(line=n)
                )
                for n in range(3, 14)
            ),
            Finding("ZZ-002", Severity.REVIEW, {"message": "ce titre est deviné."}, Place(page=2)),
            Finding("ZZ-003", Severity.INFO, {"message": "des lignes ont été jointes."}),
        ),
        editions=(
            large_print("guide"),
            audio("guide"),
            braille(
                "guide",
                findings=(
                    Finding("ZZ-009", Severity.ERROR, {"message": "un mot manque."}, Place(line=9)),
                    Finding("ZZ-009", Severity.ERROR, {"message": "une ligne manque."}),
                ),
            ),
        ),
    )
    broken = SourceOutcome(
        "dossier/abîmé.docx",
        fault=Fault("source-unreadable", {"file": "dossier/abîmé.docx", "reason": "refusé"}, 4),
    )
    lacking = SourceOutcome(
        "notice.txt",
        "Notice",
        "en",
        320,
        editions=(
            large_print("notice"),
            audio("notice"),
            EditionOutcome(
                "braille",
                Status.FAILED,
                "new",
                fault=Fault("worker-died", {}, 6),
            ),
        ),
    )
    defect = Fault(
        "defect", {"reason": "ValueError: 3"}, 1, 'File "/root/x/y.py", line 3\nValueError: 3\n'
    )
    ours = SourceOutcome(
        "lettre.html",
        "Lettre",
        "fr",
        90,
        editions=(EditionOutcome("audio", Status.FAILED, "new", fault=defect),),
    )
    return BuildOutcome((guide, broken, lacking, ours), ("ancien/ancien.mp3", "ancien/à 100 %.brf"))


# --- any outcome at all ---

NAMES = st.text(st.characters(), min_size=1, max_size=12)
PARAMS = st.dictionaries(NAMES, st.one_of(NAMES, st.integers(0, 99)), max_size=2)
FINDINGS = st.builds(
    Finding,
    st.one_of(NAMES, st.sampled_from(["SRC-100", "located", "LP-001", "measure.pages"])),
    st.sampled_from(Severity),
    PARAMS,
    st.one_of(st.none(), st.builds(Place, st.integers(1, 9), st.none(), NAMES)),
)
FILES = st.builds(
    FileRecord,
    NAMES.map(lambda name: name.lstrip("/") or "x"),
    st.sampled_from(["audio/mpeg", "text/plain"]),
    st.integers(0, 10**10),
    st.just("a" * 64),
    st.dictionaries(st.one_of(NAMES, st.just("pages")), st.floats(), max_size=2),
)
FAULTS = st.one_of(
    st.none(),
    st.builds(Fault, st.one_of(NAMES, st.just("output-full")), PARAMS, st.sampled_from([4, 5, 6])),
)
EDITIONS = st.builds(
    EditionOutcome,
    st.one_of(st.just("braille"), NAMES),
    st.sampled_from(Status),
    NAMES,
    st.lists(FILES, max_size=2).map(tuple),
    st.lists(FINDINGS, max_size=3).map(tuple),
    FAULTS,
)
SOURCES = st.builds(
    SourceOutcome,
    NAMES,
    st.text(st.characters(), max_size=8),
    st.text(max_size=5),
    st.integers(0, 10**6),
    st.lists(FINDINGS, max_size=4).map(tuple),
    FAULTS,
    st.lists(EDITIONS, max_size=3).map(tuple),
)
OUTCOMES = st.builds(
    BuildOutcome,
    st.lists(SOURCES, max_size=3).map(tuple),
    st.lists(NAMES.map(lambda name: name.lstrip("/") or "x"), max_size=2).map(tuple),
)
