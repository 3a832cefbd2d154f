"""Sentences for the terminal: errors, findings, outcomes."""

import itertools
import os
import sys
from collections.abc import Iterable, Iterator

from ess_access.api.findings import Finding, Severity
from ess_access.cli.language import messages
from ess_access.errors import EssAccessError
from ess_access.pipeline.outcome import EditionOutcome, Fault, SourceOutcome
from ess_access.pipeline.settings import ConfigurationErrors

__all__ = ["error_lines", "fault_line", "finding_lines", "is_lively", "source_lines"]


_MOST = 3  # of one code, for one edition: a terminal is no report


def is_lively(*, plain: bool) -> bool:
    """Say whether colours and moving bars are welcome here."""
    return (
        not plain
        and sys.stderr.isatty()
        and not os.environ.get("NO_COLOR")
        and os.environ.get("TERM") != "dumb"
    )


def error_lines(error: EssAccessError) -> Iterator[str]:
    """Say an error in one sentence, or a configuration's errors in one sentence each."""
    catalogue = messages()
    if isinstance(error, ConfigurationErrors):
        for fault in error.faults:
            sentence = catalogue.text(fault.key, **fault.params)
            yield catalogue.text("located", place=fault.where, sentence=sentence)
    else:
        yield catalogue.error(error)


def fault_line(fault: Fault, source: str) -> str:
    """Say what ended a source or an edition; the sentence names its source once."""
    catalogue = messages()
    sentence = catalogue.text(fault.key, **fault.params)
    if sentence.startswith(source):
        return sentence
    return catalogue.text("located", place=source, sentence=sentence)


def finding_lines(
    findings: Iterable[Finding],
    source: str,
    *,
    least: Severity = Severity.INFO,
    most: int | None = None,
) -> Iterator[str]:
    """Say findings, the gravest first, each with its severity and code; ``most`` of each code."""
    catalogue = messages()
    order = list(Severity)
    kept = [found for found in findings if order.index(found.severity) <= order.index(least)]
    kept.sort(key=lambda found: (order.index(found.severity), found.code))
    for (severity, code), group in itertools.groupby(
        kept, key=lambda found: (found.severity, found.code)
    ):
        alike = list(group)
        word = catalogue.text(f"severity.{severity.value}")
        # One more than the most is said rather than counted.
        shown = alike if most is None or len(alike) <= most + 1 else alike[:most]
        for found in shown:
            yield f"{word} {code} – {catalogue.finding(found, source)}"
        if len(shown) < len(alike):
            more = catalogue.plural("findings-more", len(alike) - len(shown), source=source)
            yield f"{word} {code} – {more}"


def edition_line(source: str, outcome: EditionOutcome) -> str:
    """Say in one line what became of an edition."""
    catalogue = messages()
    name = format_name(outcome.format)
    status = catalogue.text(f"status.{_key(outcome.status)}")
    return catalogue.text("edition-line", source=source, format=name, status=status)


def format_name(name: str) -> str:
    """Give the name of a format in the session's language; a plug-in's own name otherwise."""
    catalogue = messages()
    key = f"format.{name}"
    return catalogue.text(key) if catalogue.knows(key) else name


def reason_text(reason: str) -> str:
    """Say why an edition is made."""
    return messages().text(f"reason.{_key(reason)}")


def _key(value: str) -> str:
    return value.replace(" ", "-")


def source_lines(outcome: SourceOutcome) -> Iterator[str]:
    """Say what stands in the way of a source: faults, and findings at error level."""
    if outcome.fault is not None:
        yield fault_line(outcome.fault, outcome.name)
    yield from finding_lines(outcome.findings, outcome.name, least=Severity.ERROR, most=_MOST)
    for edition in outcome.editions:
        place = f"{outcome.name} ({format_name(edition.format)})"
        if edition.fault is not None:
            yield fault_line(edition.fault, place)
        yield from finding_lines(edition.findings, place, least=Severity.ERROR, most=_MOST)
