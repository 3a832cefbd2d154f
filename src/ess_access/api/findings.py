"""What is wrong with the data: a source, or an edition of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType

from ess_access.document.nodes import Place

__all__ = ["Finding", "Missing", "Severity"]


class Severity(StrEnum):
    """How grave a finding is."""

    ERROR = "error"  # something a person needs is lost: exit 7
    WARNING = "warning"  # the author should mend it
    REVIEW = "review"  # the machine guessed: a person should look
    INFO = "info"  # good to know


@dataclass(frozen=True, slots=True)
class Finding:
    """One fault of the data, returned and never printed.

    ``code`` is permanent (``SRC-001``, ``LP-014``, ``AU-003``, ``BR-021``) and names the message
    of the catalogues; ``params`` fill its braces. A plug-in whose codes the catalogues do not hold
    puts its sentence in ``params["message"]``.
    """

    code: str
    severity: Severity
    params: Mapping[str, str | int] = field(default_factory=lambda: MappingProxyType({}))
    at: Place | None = None

    def __reduce__(self) -> tuple[object, ...]:
        """Cross a process boundary (a mapping proxy does not)."""
        return (Finding, (self.code, self.severity, dict(self.params), self.at))


@dataclass(frozen=True, slots=True)
class Missing:
    """Something that is absent from this machine.

    ``name`` is what is absent (``"liblouis"``), ``key`` the message that says how to get it,
    ``command`` the command line that installs it (``""``: there is none), ``required`` whether
    nothing can be made without it.
    """

    name: str
    key: str
    command: str = ""
    required: bool = True
    params: Mapping[str, str | int] = field(default_factory=lambda: MappingProxyType({}))

    def __reduce__(self) -> tuple[object, ...]:
        """Cross a process boundary (a mapping proxy does not)."""
        parts = (self.name, self.key, self.command, self.required, dict(self.params))
        return (Missing, parts)
