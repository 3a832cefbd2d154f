"""Write the reports beside the editions."""

import json
from pathlib import Path

from ess_access.cli.language import messages
from ess_access.pipeline.outcome import BuildOutcome
from ess_access.pipeline.publish import write_whole
from ess_access.pipeline.report import as_html, as_json, as_junit

__all__ = ["write_reports"]


def write_reports(outcome: BuildOutcome, output: Path, *, junit: Path | None = None) -> None:
    """Write ``report.json`` and ``report.html``, and a JUnit file where one is asked for."""

    def load_text(path: str) -> str | None:
        try:
            return (output / path).read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError):  # the report says what is missing; it shows no more
            return None

    text = json.dumps(as_json(outcome), ensure_ascii=False, indent=1) + "\n"
    write_whole(output / "report.json", text.encode())
    page = as_html(outcome, messages(), load_text=load_text)
    write_whole(output / "report.html", page.encode())
    if junit is not None:
        write_whole(junit.absolute(), as_junit(outcome, messages()).encode())
