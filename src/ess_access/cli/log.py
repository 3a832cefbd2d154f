"""A log file for build jobs: what was done, in order; nothing that was read, unless asked.

At ``info`` a line holds names of sources and formats, statuses and codes. The sentences of
findings may quote a source: they are written at ``debug`` alone.
"""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import assert_never

from ess_access.cli.language import messages
from ess_access.errors import ConfigurationError, reason_of
from ess_access.pipeline.events import (
    BuildEnded,
    BuildPlanned,
    BuildWaiting,
    EditionEnded,
    Event,
    Listener,
    SourceEnded,
)
from ess_access.pipeline.outcome import Fault

__all__ = ["log_to"]


@contextmanager
def log_to(path: Path | None, level: str) -> Iterator[Listener]:
    """Give a listener that writes the log; without a path, one that writes nothing."""
    if path is None:
        yield lambda _: None
        return
    try:
        path.absolute().parent.mkdir(parents=True, exist_ok=True)
        handler = logging.FileHandler(path, encoding="utf-8")
    except OSError as error:
        reason = reason_of(error)
        raise ConfigurationError("log-unwritable", file=str(path), reason=reason) from error
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
    log = logging.getLogger("ess_access.build")
    log.setLevel(level.upper())
    log.propagate = False
    log.addHandler(handler)
    try:
        yield lambda event: _write(log, event)
    finally:
        log.removeHandler(handler)
        handler.close()


def _write(log: logging.Logger, event: Event) -> None:
    match event:
        case BuildWaiting():
            log.info("waiting: another build holds the output")
        case BuildPlanned(to_build, up_to_date):
            log.info("planned: %d to build, %d up to date", to_build, up_to_date)
        case EditionEnded(source, outcome):
            level = logging.INFO if outcome.fault is None else logging.ERROR
            codes = sorted({finding.code for finding in outcome.findings})
            fault = "" if outcome.fault is None else outcome.fault.key
            status = outcome.status.value
            log.log(level, "%s: %s %s %s", source, outcome.format, status, fault or codes)
            for finding in outcome.findings:
                log.debug("%s: %s", source, messages().finding(finding))
            _write_defect(log, source, outcome.fault)
        case SourceEnded(outcome):
            if outcome.fault is not None:
                log.error("%s: %s", outcome.name, outcome.fault.key)
            _write_defect(log, outcome.name, outcome.fault)
            for finding in outcome.findings:
                log.debug("%s: %s", outcome.name, messages().finding(finding))
        case BuildEnded(outcome):
            log.info("ended: exit code %d", outcome.exit_code)
        case _:
            assert_never(event)


def _write_defect(log: logging.Logger, source: str, fault: Fault | None) -> None:
    """Name a defect's class; its words may quote the document, and its trace names folders."""
    if fault is not None and fault.trace:
        kind = str(fault.params.get("reason", "")).partition(":")[0]
        log.error("%s: %s", source, kind)
        log.debug("%s", fault.trace)
