"""Write the reports beside the editions."""

import hashlib
import json
from dataclasses import replace
from pathlib import Path

from ess_access import __version__
from ess_access.cli.language import messages
from ess_access.pipeline.outcome import BuildOutcome, Status
from ess_access.pipeline.outputs import Output
from ess_access.pipeline.publish import write_whole
from ess_access.pipeline.report import as_html, as_json, as_junit

__all__ = ["write_junit", "write_reports"]


def write_junit(outcome: BuildOutcome, file: Path) -> None:
    """Write a JUnit file. Raises EditionError where it cannot be written."""
    write_whole(file.absolute(), as_junit(outcome, messages()).encode())


def write_reports(outcome: BuildOutcome, output: Output) -> None:
    """Write ``report.json`` and ``report.html``.

    Where writing is dear, reports that say the same already are left.
    """

    def signature() -> str:
        return _signature(outcome)

    if output.says(signature):
        return
    text = json.dumps(as_json(outcome), ensure_ascii=False, indent=1) + "\n"
    output.write("report.json", text.encode())
    page = as_html(outcome, messages(), load_text=output.first_text)
    output.write("report.html", page.encode())
    output.remember(signature)


def _signature(outcome: BuildOutcome) -> str:
    """Name what the reports say, whether editions were made now or stood already."""
    sources = (
        replace(
            source,
            editions=tuple(
                edition
                if edition.status is Status.FAILED
                else replace(edition, status=Status.UP_TO_DATE, reason="")
                for edition in source.editions
            ),
        )
        for source in outcome.sources
    )
    told = as_json(replace(outcome, sources=tuple(sources)))
    text = json.dumps([__version__, messages().language, told])
    return hashlib.sha256(text.encode()).hexdigest()
