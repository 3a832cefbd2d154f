"""A record of the state that the tests of the pipeline keep, cut and publish."""

from ess_access.api.findings import Finding, Severity
from ess_access.document.nodes import Place
from ess_access.pipeline.outcome import FileRecord
from ess_access.pipeline.state import EditionRecord, SourceRecord, Stamp

FILE = FileRecord("a/a.brf", "text/x-brf", 12, "d" * 64, {"pages": 2})
RECORD = EditionRecord(
    "a.md",
    "../sources/a.md",
    "braille",
    "key",
    "settings",
    "0.1/1",
    "table",
    SourceRecord(
        "digest",
        {"plan.png": ""},
        "Titre",
        "fr",
        3,
        (Finding("SRC-001", Severity.WARNING, {"n": 1}, Place(line=2, part="p")),),
    ),
    (FILE,),
    (Stamp(12, 34),),
    (Finding("BR-001", Severity.INFO),),
)
