"""What reports say, in the words of one language."""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from ess_access.api.findings import Finding, Severity
from ess_access.document.nodes import Place
from ess_access.locale import Catalogue
from ess_access.pipeline.outcome import EditionOutcome, Fault, FileRecord, Status
from ess_access.pipeline.report import safe

__all__ = [
    "Speaker",
    "common_measures",
    "failed",
    "gravest_first",
    "is_audio",
    "is_braille_text",
]

# How a language writes thousands and decimals (French: Lexique de l’Imprimerie nationale).
_MARKS = {"fr": ("\N{NARROW NO-BREAK SPACE}", ","), "en": (",", ".")}
_ORDER = tuple(Severity)


class _Count(int):
    """A number that a message writes the way of its language: ``1 234``."""

    thousands = ""

    def __format__(self, spec: str) -> str:
        return format(int(self), ",").replace(",", self.thousands)


@dataclass(frozen=True, slots=True)
class Speaker:
    """Say the parts of an outcome. Every text is plain: the writer of a format escapes it."""

    catalogue: Catalogue

    def text(self, key: str, /, **params: str | int) -> str:
        """Give the sentence of a key."""
        return safe.printable(self.catalogue.text(key, **params))

    def plural(self, key: str, count: int) -> str:
        """Say a number of things, its thousands apart."""
        number = _Count(count)
        number.thousands = self._marks()[0]
        return self.catalogue.plural(key, number)

    def _marks(self) -> tuple[str, str]:
        return _MARKS.get(self.catalogue.language, _MARKS["en"])

    def decimal(self, value: float) -> str:
        """Write a number with at most one decimal."""
        thousands, point = self._marks()
        text = f"{value:,.1f}".removesuffix(".0")
        return text.replace(",", "\0").replace(".", point).replace("\0", thousands)

    # --- names ------------------------------------------------------------------------------

    def format(self, name: str) -> str:
        """Name a format; that of a plug-in bears its own name."""
        key = f"format.{name}"
        return self.text(key) if self.catalogue.knows(key) else safe.printable(name)

    def status(self, status: Status) -> str:
        """Say what became of an edition."""
        return self.text(f"status.{status.value.replace(' ', '-')}")

    def reason(self, reason: str) -> str:
        """Say why an edition was made, or was not."""
        key = f"reason.{reason.replace(' ', '-')}"
        return self.text(key) if self.catalogue.knows(key) else safe.printable(reason)

    def severity(self, severity: Severity) -> str:
        """Name a severity."""
        return self.text(f"severity.{severity.value}")

    # --- measures ---------------------------------------------------------------------------

    def measure(self, name: str, value: float) -> str:
        """Say a measure: ``12 pages``, ``3 minutes 20 secondes``."""
        if name == "duration_s":
            return self.duration(value)
        key = f"measure.{name}"
        if name.isidentifier() and value == int(value):
            said = self.plural(key, int(value))
            if said != key:
                return said
        label = safe.printable(name)
        return self.text("report.measure", name=label, value=self.decimal(value))

    def measures(self, measures: Mapping[str, int | float]) -> str:
        """Say measures, with commas; one that is no number is left out."""
        finite = {name: value for name, value in measures.items() if math.isfinite(value)}
        return ", ".join(self.measure(name, value) for name, value in finite.items())

    def duration(self, seconds: float) -> str:
        """Say a duration: seconds under an hour, minutes beyond."""
        whole = round(seconds)
        hours, minutes, rest = whole // 3600, whole % 3600 // 60, whole % 60
        parts = (("hours", hours), ("minutes", minutes), ("duration_s", 0 if hours else rest))
        said = [self.plural(f"measure.{name}", count) for name, count in parts if count]
        return " ".join(said) or self.plural("measure.duration_s", 0)

    def size(self, size_bytes: int) -> str:
        """Say the size of a file."""
        if size_bytes < 1_000:
            return self.plural("measure.bytes", size_bytes)
        if size_bytes < 1_000_000:
            return self.text("report.kilobytes", size=self.decimal(round(size_bytes / 1_000)))
        return self.text("report.megabytes", size=self.decimal(size_bytes / 1_000_000))

    # --- faults and findings ----------------------------------------------------------------

    def fault(self, fault: Fault, source: str = "") -> str:
        """Say a fault, its source named once; without a source, as a sentence of its own."""
        sentence = self._filled(fault.key, safe.private_params(fault.params))
        if not source:
            return self._with_capital(fault.key, sentence)
        name = safe.printable(source)
        return sentence if sentence.startswith(name) else self.located(name, sentence)

    def sentence(self, finding: Finding) -> str:
        """Say a finding without its place."""
        values = safe.params(finding.params)
        if self.catalogue.knows(finding.code):
            return self._filled(finding.code, values)
        bare = Finding(safe.printable(finding.code), finding.severity, values)
        return self.catalogue.finding(bare)

    def place(self, at: Place | None, source: str = "") -> str:
        """Name a place: ``guide.md, ligne 12``; ``""`` when nothing is known of it."""
        return safe.printable(self.catalogue.place(source, at))

    def alone(self, finding: Finding) -> str:
        """Say a finding without its place, as a sentence of its own, with its capital.

        A sentence that begins with a name of the source keeps it as it is written.
        """
        return self._with_capital(finding.code, self.sentence(finding))

    def finding(self, finding: Finding, source: str = "") -> str:
        """Say a finding: where, what, what to do."""
        place = self.place(finding.at, source)
        return self.located(place, self.sentence(finding)) if place else self.alone(finding)

    def located(self, place: str, sentence: str) -> str:
        """Put a place before a sentence."""
        return self.catalogue.text("located", place=place, sentence=sentence)

    def _with_capital(self, key: str, said: str) -> str:
        begins = self.catalogue.translations.gettext(key)[:1]
        return said[:1].upper() + said[1:] if said[:1] == begins else said

    def _filled(self, key: str, params: Mapping[str, str | int]) -> str:
        try:
            return safe.printable(self.catalogue.text(key, **params))
        except (KeyError, IndexError, ValueError):
            # A plug-in's code or an older state whose params are not those of our sentence.
            told = ", ".join(f"{name}={value}" for name, value in params.items())
            return f"{safe.printable(key)} ({told})" if told else safe.printable(key)


def gravest_first(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Sort findings by severity, then by code; findings of one code keep their order."""
    return tuple(sorted(findings, key=lambda f: (_ORDER.index(f.severity), f.code)))


def common_measures(files: tuple[FileRecord, ...]) -> Mapping[str, int | float] | None:
    """Give the measures that all files of an edition share, ``None`` when they differ."""
    first = files[0].measures if files else {}
    return first if all(file.measures == first for file in files) else None


def is_audio(file: FileRecord) -> bool:
    """Say whether a browser's player is for this file."""
    return file.media_type.startswith("audio/") or file.path.endswith((".mp3", ".m4b", ".opus"))


def is_braille_text(file: FileRecord) -> bool:
    """Say whether a file holds Unicode Braille that a person can be shown."""
    return file.path.endswith(".braille.txt")


def failed(edition: EditionOutcome) -> bool:
    """Say whether there is no edition."""
    return edition.fault is not None or edition.status is Status.FAILED
